/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which calls are copies of each other, as <quaywright/certificate.h> defines it: the same legal
 * stays, at costs that differ by one constant. A fingerprint brings those together that may be, and
 * whole comparison decides. Must never know what copies are good for.
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

static const qwr__stay_row *row_at(const qwr__stay_set *set, uint32_t call, uint32_t k)
{
    return &set->stays->row[set->row_of[set->row_begin[call] + k]];
}

static uint32_t rows_of(const qwr__stay_set *set, uint32_t call)
{
    return set->row_begin[call + 1] - set->row_begin[call];
}

/** Cells of a row to look at: where all is straight the first says it all. */
static uint32_t telling(const qwr__stay_row *row)
{
    return row->plain ? 1 : row->count;
}

/** Equal for copies. */
static uint64_t print_of(const qwr__stay_set *set, uint32_t call)
{
    const qwr__stays *t = set->stays;
    uint64_t print = 0;
    int64_t first_mu = t->cost_mu[row_at(set, call, 0)->base];
    for (uint32_t k = 0; k < rows_of(set, call); k++) {
        const qwr__stay_row *x = row_at(set, call, k);
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

static bool same_row(const qwr__stays *t, const qwr__stay_row *a, const qwr__stay_row *b,
                     qwr__wide apart)
{
    if (a->berth != b->berth || a->first != b->first || a->count != b->count ||
        a->shift_s != b->shift_s || a->plain != b->plain)
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

static bool are_copies(const qwr__stay_set *set, uint32_t a, uint32_t b)
{
    const qwr__stays *t = set->stays;
    qwr__wide apart =
        (qwr__wide)t->cost_mu[row_at(set, b, 0)->base] - t->cost_mu[row_at(set, a, 0)->base];
    if (rows_of(set, a) != rows_of(set, b))
        return false;
    for (uint32_t k = 0; k < rows_of(set, a); k++)
        if (!same_row(t, row_at(set, a, k), row_at(set, b, k), apart))
            return false;
    return true;
}

qwr_status qwr__find_copies(qwr__stay_set *set)
{
    const qwr__stays *t = set->stays;
    size_t count = 0;
    candidate *list = qwr__alloc(t->ctx, (size_t)t->calls + 1, sizeof *list);
    if (list == NULL)
        return qwr__no_memory(t->ctx, WHERE);
    for (uint32_t i = 0; i < t->calls; i++)
        if (t->of_call[i] > 0)
            list[count++] = (candidate){print_of(set, i), i};
    sort_candidates(list, count);
    /* Back to the nearest call of the same kind: almost always the one before. */
    for (size_t k = 1; k < count; k++)
        for (size_t back = k; back-- > 0 && list[back].print == list[k].print;)
            if (are_copies(set, list[back].call, list[k].call)) {
                set->next_copy[list[back].call] = list[k].call;
                break;
            }
    qwr__free(t->ctx, list);
    return QWR_OK;
}
