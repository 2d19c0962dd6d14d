/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Large neighbourhoods solved exactly: most calls keep their place and times, a few that lie close
 * together are solved anew by the tree, with all their options. What that proves is proved about
 * the neighbourhood only.
 */
#include "bacap/tree.h"

#include <string.h>

static const char WHERE[] = "bacap.improve";

enum { FIRST_SIZE = 5, NODES_EACH = 1000 };

/* The option that is the stay, or UINT32_MAX. */
static uint32_t option_of(const qwr__tree *t, const qwr__node *root, uint32_t k,
                          const qwr__berthing *s)
{
    for (size_t j = root->begin[k]; j < root->begin[k + 1]; j++) {
        const qwr__option *o = &t->options.option[root->list[j]];
        const qwr__window *w = &t->options.window[o->window];
        if (o->place == s->place && w->side == s->side && w->start == s->start && w->end == s->end)
            return root->list[j];
    }
    return UINT32_MAX;
}

/* Would the option take cells that calls which stay where they are hold? `x` holds those only. */
static bool in_the_way(const qwr__tree *t, const qwr__field *x, uint32_t option)
{
    const qwr__option *o = &t->options.option[option];
    const qwr__window *w = &t->options.window[o->window];
    const qwr__place *p = &t->facts->place[o->place];
    return !qwr__field_has_room(x, p, w->start, w->end);
}

/* A node where the calls that are not `free` have one option. False: one of them has none. */
static qwr_status make_node(qwr__node *n, qwr__tree *t, const qwr__node *root,
                            const qwr__field *field, const bool *free, bool *made)
{
    const qwr__bacap_facts *f = t->facts;
    size_t kept = 0, ticks = (size_t)f->ticks;
    *made = true;
    QWR_TRY(qwr__node_new(n, t, root->calls, root->begin[root->calls], 0, f->ticks));
    for (uint32_t k = 0; k < root->calls; k++)
        if (!free[k])
            qwr__field_put(&t->trial, &field->stay[root->call[k]]);
    for (uint32_t k = 0; k < root->calls; k++) {
        n->call[k] = root->call[k];
        n->begin[k] = kept;
        if (free[k]) {
            for (size_t j = root->begin[k]; j < root->begin[k + 1]; j++)
                if (!in_the_way(t, &t->trial, root->list[j]))
                    n->list[kept++] = root->list[j];
            continue;
        }
        uint32_t option = option_of(t, root, k, &field->stay[root->call[k]]);
        *made = *made && option != UINT32_MAX;
        n->list[kept++] = option;
    }
    n->begin[root->calls] = kept;
    for (uint32_t k = 0; k < root->calls; k++)
        qwr__field_lift(&t->trial, root->call[k]);
    memcpy(n->cell, root->cell, t->dual.cells * ticks * sizeof *n->cell);
    memcpy(n->crane, root->crane, f->quays * ticks * sizeof *n->crane);
    return QWR_OK;
}

/* The `size` calls whose stays begin nearest to that of the `seed`-th, by chance a bit further. */
static void choose_free(const qwr__tree *t, const qwr__node *root, const qwr__field *field,
                        uint32_t seed, uint32_t size, uint64_t draw, bool *free, int64_t *far)
{
    memset(free, 0, root->calls * sizeof *free);
    int64_t at = field->stay[root->call[seed]].start;
    for (uint32_t k = 0; k < root->calls; k++) {
        int64_t d = field->stay[root->call[k]].start - at;
        uint64_t chance = qwr__random(t->b->seed, draw, k) % 12;
        far[k] = k == seed ? -1 : (d < 0 ? -d : d) * 2 + (int64_t)chance;
    }
    for (uint32_t taken = 0; taken < size && taken < root->calls; taken++) {
        uint32_t nearest = 0;
        for (uint32_t k = 1; k < root->calls; k++)
            if (!free[k] && (free[nearest] || far[k] < far[nearest]))
                nearest = k;
        free[nearest] = true;
    }
}

static qwr_status one(qwr__tree *t, const qwr__node *root, qwr__field *field, const bool *free,
                      bool *better, bool *whole)
{
    qwr__node n;
    bool made;
    int64_t before = field->mu;
    QWR_TRY(make_node(&n, t, root, field, free, &made));
    qwr__berth_worked(t->b, (int64_t)(root->begin[root->calls] / 256) + 1);
    *whole = true;
    qwr_status status = QWR_OK;
    if (made)
        status = qwr__tree_search(t, &n, field, NODES_EACH, whole);
    *better = field->mu < before;
    qwr__node_free(&n, t->b->ctx);
    return status;
}

qwr_status qwr__tree_improve(qwr__tree *t, const qwr__node *root, qwr__field *field)
{
    qwr_context *ctx = t->b->ctx;
    bool *free = qwr__alloc(ctx, (size_t)root->calls + 1, sizeof *free);
    int64_t *far = qwr__alloc(ctx, (size_t)root->calls + 1, sizeof *far);
    qwr_status status = free && far ? QWR_OK : qwr__no_memory(ctx, WHERE);
    uint32_t size = FIRST_SIZE, seed = 0, fruitless = 0;
    while (status == QWR_OK && root->calls > 1 && size <= root->calls && !qwr__berth_over(t->b)) {
        bool better = false, whole;
        choose_free(t, root, field, seed, size, UINT64_C(0x6e6561720000) + t->improvements++, free,
                    far);
        status = one(t, root, field, free, &better, &whole);
        seed = (seed + 1) % root->calls;
        fruitless = better ? 0 : fruitless + 1;
        if (fruitless < root->calls)
            continue;
        fruitless = 0; /* once round without a gain: wider */
        size += 1 + size / 4;
    }
    qwr__free(ctx, free);
    qwr__free(ctx, far);
    return status;
}
