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

static qwr_status make_arrays(qwr__stay_set *set)
{
    const qwr__stays *t = set->stays;
    set->alive = qwr__alloc(t->ctx, t->cells / 64 + 1, sizeof *set->alive);
    set->of_call = qwr__alloc(t->ctx, (size_t)t->calls + 1, sizeof *set->of_call);
    set->trail = qwr__alloc(t->ctx, t->count + 1, sizeof *set->trail);
    bool good = set->alive != NULL && set->of_call != NULL && set->trail != NULL;
    return good ? QWR_OK : qwr__no_memory(t->ctx, WHERE);
}

qwr_status qwr__stay_set_init(qwr__stay_set *set, const qwr__stays *stays, const qwr__likes *likes)
{
    *set = (qwr__stay_set){.stays = stays, .likes = likes};
    qwr_status status = make_arrays(set);
    if (status != QWR_OK) {
        qwr__stay_set_free(set);
        return status;
    }
    for (size_t cell = 0; cell < stays->cells; cell++)
        if (stays->free_at[cell] != QWR__NO_STAY)
            set->alive[cell / 64] |= UINT64_C(1) << (cell % 64);
    memcpy(set->of_call, stays->of_call, stays->calls * sizeof *set->of_call);
    return QWR_OK;
}

void qwr__stay_set_free(qwr__stay_set *set)
{
    if (set->stays == NULL)
        return;
    qwr_context *ctx = set->stays->ctx;
    qwr__free(ctx, set->alive);
    qwr__free(ctx, set->of_call);
    qwr__free(ctx, set->trail);
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
    for (uint32_t k = t->row_begin[call]; k < t->row_begin[call + 1]; k++) {
        uint32_t row = t->row_of[k];
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

/** What the order of copies goes by; of copies all starts of one step are the same. */
typedef struct place {
    uint32_t group; /**< of the berth */
    int32_t at;     /**< step */
} place;

static place first_place(const qwr__stay_set *set, uint32_t call)
{
    const qwr__stays *t = set->stays;
    place first = {QWR_NONE, INT32_MAX};
    for (uint32_t k = t->row_begin[call]; k < t->row_begin[call + 1]; k++) {
        const qwr__stay_row *x = &t->row[t->row_of[k]];
        uint32_t group = set->likes->group_of[x->berth];
        size_t end = x->base + x->count, cell = first_left(set, x->base, end);
        if (group > first.group)
            break;
        int32_t at = x->first + (int32_t)(cell - x->base);
        if (cell < end && (group < first.group || at < first.at))
            first = (place){group, at};
    }
    return first;
}

static place last_place(const qwr__stay_set *set, uint32_t call)
{
    const qwr__stays *t = set->stays;
    place last = {0, INT32_MIN};
    for (uint32_t k = t->row_begin[call + 1]; k-- > t->row_begin[call];) {
        const qwr__stay_row *x = &t->row[t->row_of[k]];
        uint32_t group = set->likes->group_of[x->berth];
        size_t end = x->base + x->count, cell = last_left(set, x->base, end);
        if (last.at != INT32_MIN && group < last.group)
            break;
        int32_t at = x->first + (int32_t)(cell - x->base);
        if (cell < end && (last.at == INT32_MIN || at > last.at))
            last = (place){group, at};
    }
    return last;
}

/** How many cells of a row come before a step. */
static size_t cells_before(const qwr__stay_row *x, int64_t at)
{
    int64_t count = at - x->first;
    return count < 0 ? 0 : count > (int64_t)x->count ? x->count : (size_t)count;
}

static void clear_before(qwr__stay_set *set, uint32_t call, place from)
{
    const qwr__stays *t = set->stays;
    for (uint32_t k = t->row_begin[call]; k < t->row_begin[call + 1]; k++) {
        const qwr__stay_row *x = &t->row[t->row_of[k]];
        uint32_t group = set->likes->group_of[x->berth];
        if (group > from.group)
            break;
        size_t count = group < from.group ? x->count : cells_before(x, from.at);
        clear(set, t->row_of[k], x->base, x->base + count);
    }
}

static void clear_after(qwr__stay_set *set, uint32_t call, place to)
{
    const qwr__stays *t = set->stays;
    for (uint32_t k = t->row_begin[call + 1]; k-- > t->row_begin[call];) {
        const qwr__stay_row *x = &t->row[t->row_of[k]];
        uint32_t group = set->likes->group_of[x->berth];
        if (group < to.group)
            break;
        size_t from = group > to.group ? 0 : cells_before(x, (int64_t)to.at + 1);
        clear(set, t->row_of[k], x->base + from, x->base + x->count);
    }
}

void qwr__stay_set_tighten(qwr__stay_set *set)
{
    size_t before;
    if (set->likes == NULL)
        return;
    const uint32_t *next = set->likes->next_copy;
    do {
        before = set->trail_count;
        for (uint32_t i = 0; i < set->stays->calls && set->bare == 0; i++)
            if (next[i] != QWR_NONE)
                clear_before(set, next[i], first_place(set, i));
        for (uint32_t i = set->stays->calls; i-- > 0 && set->bare == 0;)
            if (next[i] != QWR_NONE)
                clear_after(set, i, last_place(set, next[i]));
    } while (set->trail_count > before && set->bare == 0);
}
