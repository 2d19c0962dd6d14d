/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The set of stays that are left at a node. What is taken out goes on a trail, so that it can be
 * put back without a copy of the set. Must never know of steps, prices or chains.
 */
#include "check/certificate.h"

#include <string.h>

#define WHERE "check.certificate"

/* --- making it ----------------------------------------------------------------------------------
 */

static void group_rows(qwr__stay_set *set)
{
    const qwr__stays *t = set->stays;
    for (size_t k = 0; k < t->rows; k++)
        if (t->row[k].call + 1 < t->calls)
            set->row_begin[t->row[k].call + 2]++;
    for (uint32_t i = 1; i <= t->calls; i++)
        set->row_begin[i] += set->row_begin[i - 1];
    for (size_t k = 0; k < t->rows; k++)
        set->row_of[set->row_begin[t->row[k].call + 1]++] = (uint32_t)k;
}

static qwr_status make_arrays(qwr__stay_set *set, bool copies)
{
    const qwr__stays *t = set->stays;
    set->alive = qwr__alloc(t->ctx, t->cells / 64 + 1, sizeof *set->alive);
    set->of_call = qwr__alloc(t->ctx, (size_t)t->calls + 1, sizeof *set->of_call);
    set->row_of = qwr__alloc(t->ctx, t->rows + 1, sizeof *set->row_of);
    set->row_begin = qwr__alloc(t->ctx, (size_t)t->calls + 2, sizeof *set->row_begin);
    set->trail = qwr__alloc(t->ctx, t->count + 1, sizeof *set->trail);
    if (copies)
        set->next_copy = qwr__alloc(t->ctx, (size_t)t->calls + 1, sizeof *set->next_copy);
    bool good = set->alive != NULL && set->of_call != NULL && set->row_of != NULL &&
                set->row_begin != NULL && set->trail != NULL && (!copies || set->next_copy != NULL);
    return good ? QWR_OK : qwr__no_memory(t->ctx, WHERE);
}

qwr_status qwr__stay_set_init(qwr__stay_set *set, const qwr__stays *stays, bool copies)
{
    qwr_status status;
    *set = (qwr__stay_set){.stays = stays};
    QWR_TRY_DONE(make_arrays(set, copies));
    group_rows(set);
    for (size_t cell = 0; cell < stays->cells; cell++)
        if (stays->free_at[cell] != QWR__NO_STAY)
            set->alive[cell / 64] |= UINT64_C(1) << (cell % 64);
    memcpy(set->of_call, stays->of_call, stays->calls * sizeof *set->of_call);
    for (uint32_t i = 0; copies && i < stays->calls; i++)
        set->next_copy[i] = QWR_NONE;
    if (copies)
        QWR_TRY_DONE(qwr__find_copies(set));
done:
    if (status != QWR_OK)
        qwr__stay_set_free(set);
    return status;
}

void qwr__stay_set_free(qwr__stay_set *set)
{
    if (set->stays == NULL)
        return;
    void *blocks[] = {set->alive,     set->of_call, set->row_of,
                      set->row_begin, set->trail,   set->next_copy};
    for (size_t k = 0; k < sizeof blocks / sizeof blocks[0]; k++)
        qwr__free(set->stays->ctx, blocks[k]);
    *set = (qwr__stay_set){.stays = NULL};
}

/* --- out and in ---------------------------------------------------------------------------------
 */

void qwr__stay_set_take_out(qwr__stay_set *set, uint32_t row, size_t cell)
{
    const qwr__stay_row *x = &set->stays->row[row];
    set->alive[cell / 64] &= ~(UINT64_C(1) << (cell % 64));
    if (--set->of_call[x->call] == 0)
        set->bare++;
    set->trail[set->trail_count++] = (uint64_t)row << 32 | (cell - x->base);
}

void qwr__stay_set_put_back(qwr__stay_set *set, size_t trail)
{
    while (set->trail_count > trail) {
        uint64_t entry = set->trail[--set->trail_count];
        const qwr__stay_row *x = &set->stays->row[entry >> 32];
        size_t cell = x->base + (size_t)(entry & UINT32_MAX);
        set->alive[cell / 64] |= UINT64_C(1) << (cell % 64);
        if (set->of_call[x->call]++ == 0)
            set->bare--;
    }
}

/** The first cell from `cell` to before `end` that is left; `end` if there is none. */
static size_t first_left(const qwr__stay_set *set, size_t cell, size_t end)
{
    while (cell < end) {
        uint64_t word = set->alive[cell / 64] >> (cell % 64);
        if (word != 0) {
            cell += (size_t)__builtin_ctzll(word);
            return cell < end ? cell : end;
        }
        cell = (cell / 64 + 1) * 64;
    }
    return end;
}

/** The last cell from `begin` to before `end` that is left; `end` if there is none. */
static size_t last_left(const qwr__stay_set *set, size_t begin, size_t end)
{
    for (size_t cell = end; cell > begin;) {
        size_t top = (cell - 1) % 64; /* place of the cell before in its word */
        uint64_t word = set->alive[(cell - 1) / 64] << (63 - top);
        if (word != 0) {
            cell -= 1 + (size_t)__builtin_clzll(word);
            return cell >= begin ? cell : end;
        }
        cell -= 1 + top;
    }
    return end;
}

/** Takes out what is left of the row's cells from `from` to before `to`. */
static void clear(qwr__stay_set *set, uint32_t row, size_t from, size_t to)
{
    for (size_t cell = first_left(set, from, to); cell < to; cell = first_left(set, cell + 1, to))
        qwr__stay_set_take_out(set, row, cell);
}

void qwr__stay_set_split(qwr__stay_set *set, const qwr_certificate_step *split, bool others)
{
    const qwr__stays *t = set->stays;
    uint32_t call = split->call.v;
    for (uint32_t k = set->row_begin[call]; k < set->row_begin[call + 1]; k++) {
        uint32_t row = set->row_of[k];
        const qwr__stay_row *x = &t->row[row];
        size_t end = x->base + x->count;
        bool berth = split->berth.v == QWR_NONE ||
                     (x->berth >= split->berth.v && x->berth <= split->berth_last.v);
        for (size_t cell = first_left(set, x->base, end); cell < end;
             cell = first_left(set, cell + 1, end)) {
            int64_t start_s = qwr__cell_start_s(t, x, cell);
            bool named = berth && start_s >= split->from_s && start_s <= split->to_s;
            if (named == others)
                qwr__stay_set_take_out(set, row, cell);
        }
    }
}

/* --- copies -------------------------------------------------------------------------------------
 */

/** A stay's place among those of its call; the same place is the same stay of a copy. */
typedef struct place {
    uint32_t row; /**< which row of the call */
    size_t cell;  /**< of that row */
} place;

static place first_place(const qwr__stay_set *set, uint32_t call)
{
    uint32_t begin = set->row_begin[call], rows = set->row_begin[call + 1] - begin;
    for (uint32_t k = 0; k < rows; k++) {
        const qwr__stay_row *x = &set->stays->row[set->row_of[begin + k]];
        size_t end = x->base + x->count, cell = first_left(set, x->base, end);
        if (cell < end)
            return (place){k, cell - x->base};
    }
    return (place){rows, 0}; /* never: some stay is left */
}

static place last_place(const qwr__stay_set *set, uint32_t call)
{
    uint32_t begin = set->row_begin[call], rows = set->row_begin[call + 1] - begin;
    for (uint32_t k = rows; k-- > 0;) {
        const qwr__stay_row *x = &set->stays->row[set->row_of[begin + k]];
        size_t end = x->base + x->count, cell = last_left(set, x->base, end);
        if (cell < end)
            return (place){k, cell - x->base};
    }
    return (place){0, 0}; /* never: some stay is left */
}

/** Takes out the call's stays before a place, or those after it. */
static void cut_off(qwr__stay_set *set, uint32_t call, place at, bool after)
{
    uint32_t begin = set->row_begin[call], rows = set->row_begin[call + 1] - begin;
    uint32_t from = after ? at.row : 0, to = after ? rows : at.row + 1;
    for (uint32_t k = from; k < to && k < rows; k++) {
        uint32_t row = set->row_of[begin + k];
        const qwr__stay_row *x = &set->stays->row[row];
        size_t here = x->base + at.cell, end = x->base + x->count;
        if (k != at.row)
            clear(set, row, x->base, end);
        else if (after)
            clear(set, row, here + 1, end);
        else
            clear(set, row, x->base, here);
    }
}

void qwr__stay_set_tighten(qwr__stay_set *set)
{
    size_t before;
    if (set->next_copy == NULL)
        return;
    do {
        before = set->trail_count;
        for (uint32_t i = 0; i < set->stays->calls && set->bare == 0; i++)
            if (set->next_copy[i] != QWR_NONE)
                cut_off(set, set->next_copy[i], first_place(set, i), false);
        for (uint32_t i = set->stays->calls; i-- > 0 && set->bare == 0;)
            if (set->next_copy[i] != QWR_NONE)
                cut_off(set, i, last_place(set, set->next_copy[i]), true);
    } while (set->trail_count > before && set->bare == 0);
}
