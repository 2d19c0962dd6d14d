/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which calls are copies of each other and which berths are alike, as <quaywright/certificate.h>
 * defines it. Copies have the same legal stays at costs that differ by one constant: a fingerprint
 * brings those together that may be, and whole comparison decides. Must never know what likes are
 * good for.
 */
#include "check/certificate.h"
#include "check/check_sort.h"

#define WHERE "check.certificate"

typedef struct candidate {
    uint64_t print;
    uint32_t call;
} candidate;

static bool sooner(const candidate *a, const candidate *b)
{
    return a->print != b->print ? a->print < b->print : a->call < b->call;
}

QWR__DEFINE_SORT(sort_candidates, candidate, sooner)

static uint64_t mix(uint64_t print, int64_t value)
{
    return qwr__hash(print, &value, sizeof value);
}

static const qwr__stay_row *row_at(const qwr__stays *t, uint32_t call, uint32_t k)
{
    return &t->row[t->row_of[t->row_begin[call] + k]];
}

static uint32_t rows_of(const qwr__stays *t, uint32_t call)
{
    return t->row_begin[call + 1] - t->row_begin[call];
}

/** Cells of a row to look at: where all is straight the first says it all. */
static uint32_t telling(const qwr__stay_row *row)
{
    return row->plain ? 1 : row->count;
}

/** Equal for copies. */
static uint64_t print_of(const qwr__stays *t, uint32_t call)
{
    uint64_t print = 0;
    int64_t first_mu = t->cost_mu[row_at(t, call, 0)->base];
    for (uint32_t k = 0; k < rows_of(t, call); k++) {
        const qwr__stay_row *x = row_at(t, call, k);
        print = mix(print, x->berth);
        print = mix(print, x->first);
        print = mix(print, x->count);
        print = mix(print, x->shift_s);
        print = mix(print, x->plain ? x->slope_mu : -1);
        for (size_t cell = x->base; cell < x->base + telling(x); cell++) {
            print = mix(print, t->free_at[cell]);
            if (t->free_at[cell] != QWR__NO_STAY)
                print = mix(print, qwr__sat_sub(t->cost_mu[cell], first_mu));
        }
    }
    return print;
}

/** The same starts and ends, at costs `apart`; the berths may be two. */
static bool same_row(const qwr__stays *t, const qwr__stay_row *a, const qwr__stay_row *b,
                     qwr__wide apart)
{
    if (a->first != b->first || a->count != b->count || a->shift_s != b->shift_s ||
        a->plain != b->plain)
        return false;
    if (a->plain && (a->slope_mu != b->slope_mu || a->occupied != b->occupied))
        return false;
    for (uint32_t k = 0; k < telling(a); k++) {
        int32_t free_at = t->free_at[a->base + k];
        if (free_at != t->free_at[b->base + k])
            return false;
        if (free_at != QWR__NO_STAY &&
            (qwr__wide)t->cost_mu[b->base + k] - t->cost_mu[a->base + k] != apart)
            return false;
    }
    return true;
}

static bool are_copies(const qwr__stays *t, uint32_t a, uint32_t b)
{
    qwr__wide apart =
        (qwr__wide)t->cost_mu[row_at(t, b, 0)->base] - t->cost_mu[row_at(t, a, 0)->base];
    if (rows_of(t, a) != rows_of(t, b))
        return false;
    for (uint32_t k = 0; k < rows_of(t, a); k++)
        if (row_at(t, a, k)->berth != row_at(t, b, k)->berth ||
            !same_row(t, row_at(t, a, k), row_at(t, b, k), apart))
            return false;
    return true;
}

static qwr_status find_copies(qwr__likes *likes)
{
    const qwr__stays *t = likes->stays;
    size_t count = 0;
    candidate *list = qwr__alloc(t->ctx, (size_t)t->calls + 1, sizeof *list);
    if (list == NULL)
        return qwr__no_memory(t->ctx, WHERE);
    for (uint32_t i = 0; i < t->calls; i++) {
        likes->class_of[i] = i;
        likes->next_copy[i] = QWR_NONE;
        if (t->of_call[i] > 0)
            list[count++] = (candidate){print_of(t, i), i};
    }
    sort_candidates(list, count);
    /* Back to the nearest call of the same kind: almost always the one before. */
    for (size_t k = 1; k < count; k++)
        for (size_t back = k; back-- > 0 && list[back].print == list[k].print;)
            if (are_copies(t, list[back].call, list[k].call)) {
                likes->next_copy[list[back].call] = list[k].call;
                likes->class_of[list[k].call] = likes->class_of[list[back].call];
                break;
            }
    qwr__free(t->ctx, list);
    return QWR_OK;
}

/* --- berths -------------------------------------------------------------------------------------
 */

static bool are_alike(const qwr__stays *t, uint32_t a, uint32_t b)
{
    uint32_t count = t->begin[a + 1] - t->begin[a];
    if (t->begin[b + 1] - t->begin[b] != count)
        return false;
    for (uint32_t k = 0; k < count; k++) {
        const qwr__stay_row *x = &t->row[t->begin[a] + k], *y = &t->row[t->begin[b] + k];
        if (x->call != y->call || !same_row(t, x, y, 0))
            return false;
    }
    return true;
}

static void find_groups(qwr__likes *likes)
{
    const qwr__stays *t = likes->stays;
    for (uint32_t b = 0; b < t->berths; b++)
        likes->group_of[b] = b > 0 && are_alike(t, b - 1, b) ? likes->group_of[b - 1] : b;
}

/* --- both ---------------------------------------------------------------------------------------
 */

qwr_status qwr__likes_init(qwr__likes *likes, const qwr__stays *stays)
{
    qwr_status status;
    *likes = (qwr__likes){.stays = stays};
    likes->class_of = qwr__alloc(stays->ctx, (size_t)stays->calls + 1, sizeof *likes->class_of);
    likes->next_copy = qwr__alloc(stays->ctx, (size_t)stays->calls + 1, sizeof *likes->next_copy);
    likes->group_of = qwr__alloc(stays->ctx, (size_t)stays->berths + 1, sizeof *likes->group_of);
    if (likes->class_of == NULL || likes->next_copy == NULL || likes->group_of == NULL)
        status = qwr__no_memory(stays->ctx, WHERE);
    else
        status = find_copies(likes);
    if (status != QWR_OK) {
        qwr__likes_free(likes);
        return status;
    }
    find_groups(likes);
    return QWR_OK;
}

void qwr__likes_free(qwr__likes *likes)
{
    if (likes->stays == NULL)
        return;
    qwr_context *ctx = likes->stays->ctx;
    qwr__free(ctx, likes->class_of);
    qwr__free(ctx, likes->next_copy);
    qwr__free(ctx, likes->group_of);
    *likes = (qwr__likes){.stays = NULL};
}
