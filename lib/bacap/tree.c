/* SPDX-License-Identifier: Apache-2.0 */
/* The tree: depth-first, groups of calls that cannot meet one after the other. */
#include "bacap/tree.h"

#include <string.h>

static const char WHERE[] = "bacap.tree";

enum { MOST_DEPTH = 500 };

/** More options than this are not held in memory: then there is only the bound without prices. */
#define MOST_OPTIONS 12000000

static void *take(qwr__tree *t, size_t count, size_t size)
{
    return qwr__alloc(t->b->ctx, count + 1, size);
}

qwr_status qwr__tree_init(qwr__tree *t, const qwr__bacap_facts *f, qwr__berth *b)
{
    memset(t, 0, sizeof *t);
    t->b = b;
    t->facts = f;
    t->node_rounds = 40;
    t->unit_mu = f->exact ? b->problem->cand.view.cost_unit_mu : 1;
    t->unplaced_mu = b->problem->cand.view.unplaced_cost * b->problem->cand.view.cost_unit_mu;
    QWR_TRY(qwr__dual_init(&t->dual, f));
    QWR_TRY(qwr__field_init(&t->trial, f));
    size_t ticks = (size_t)f->ticks, cells = (size_t)t->dual.cells * ticks,
           cranes = (size_t)f->quays * ticks;
    t->pricer = take(t, 1, sizeof *t->pricer);
    t->choice = take(t, f->calls, sizeof *t->choice);
    t->least = take(t, f->calls, sizeof *t->least);
    t->cell_step = take(t, cells, sizeof *t->cell_step);
    t->crane_step = take(t, cranes, sizeof *t->crane_step);
    t->load = take(t, ((size_t)t->dual.cells + 1) * (ticks + 1), sizeof *t->load);
    t->held = take(t, cranes, sizeof *t->held);
    bool all =
        t->pricer && t->choice && t->least && t->cell_step && t->crane_step && t->load && t->held;
    for (int d = 0; d < 3; d++) {
        t->mean[d] = take(t, f->calls, sizeof *t->mean[d]);
        t->spread[d] = take(t, f->calls, sizeof *t->spread[d]);
        all = all && t->mean[d] && t->spread[d];
    }
    if (!all)
        return qwr__no_memory(b->ctx, WHERE);
    t->pricer->dual = &t->dual;
    return QWR_OK;
}

void qwr__tree_free(qwr__tree *t)
{
    if (!t->b)
        return;
    qwr_context *ctx = t->b->ctx;
    qwr__choices_free(&t->options);
    qwr__dual_free(&t->dual);
    qwr__field_free(&t->trial);
    void *blocks[] = {t->pricer,    t->choice,    t->least,    t->cell_step, t->crane_step,
                      t->load,      t->held,      t->mean[0],  t->mean[1],   t->mean[2],
                      t->spread[0], t->spread[1], t->spread[2]};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        qwr__free(ctx, blocks[k]);
    memset(t, 0, sizeof *t);
}

/* --- the root --- */

/* All calls that have an option, with all their options. */
static qwr_status gather(qwr__node *root, qwr__tree *t)
{
    const qwr__bacap_facts *f = t->facts;
    QWR_TRY(qwr__node_new(root, t, f->calls, t->options.options, 0, f->ticks));
    uint32_t calls = 0;
    for (size_t k = 0; k < t->options.options; k++)
        root->list[k] = (uint32_t)k;
    for (uint32_t i = 0; i < f->calls; i++)
        if (t->least[i] < t->unplaced_mu) {
            root->call[calls] = i;
            root->begin[calls++] = t->options.call_begin[i];
        }
    root->begin[calls] = t->options.options;
    root->calls = calls;
    return QWR_OK;
}

qwr_status qwr__tree_root(qwr__tree *t, qwr__node *root, qwr__field *field, int rounds)
{
    const qwr__bacap_facts *f = t->facts;
    int64_t best_mu = field->mu + (int64_t)field->unplaced * t->unplaced_mu, alone = 0, sum = 0;
    uint32_t hopeless = 0;
    memset(root, 0, sizeof *root);
    qwr_status status =
        qwr__choices_make(&t->options, f, t->b, best_mu, t->unplaced_mu, MOST_OPTIONS, t->least);
    if (status != QWR_OK && status != QWR_ETOOBIG)
        return status;
    root->bound_mu = INT64_MIN;
    for (uint32_t i = 0; i < f->calls; i++) {
        if (t->least[i] == INT64_MIN)
            return QWR_OK; /* no time even for that */
        sum += t->least[i];
        hopeless += t->least[i] >= t->unplaced_mu;
        alone += t->least[i] >= t->unplaced_mu ? t->unplaced_mu : 0;
    }
    root->bound_mu = sum;
    if (status == QWR_ETOOBIG || field->unplaced > hopeless)
        return QWR_OK;
    QWR_TRY(gather(root, t));
    int64_t limit = field->mu - t->unit_mu, value = INT64_MAX;
    qwr__berthing *plan = take(t, f->calls, sizeof *plan);
    if (!plan)
        return qwr__no_memory(t->b->ctx, WHERE);
    (void)qwr__ascend(t, root, rounds, &limit, plan, &value);
    t->alone_mu = alone;
    root->bound_mu = root->bound_mu + alone > sum ? root->bound_mu + alone : sum;
    if (value != INT64_MAX)
        qwr__tree_adopt(root, plan, field);
    qwr__free(t->b->ctx, plan);
    return QWR_OK;
}

void qwr__tree_adopt(const qwr__node *n, const qwr__berthing *plan, qwr__field *field)
{
    for (uint32_t k = 0; k < n->calls; k++)
        qwr__field_lift(field, n->call[k]);
    for (uint32_t k = 0; k < n->calls; k++)
        qwr__field_put(field, &plan[n->call[k]]);
}

/* --- the search --- */

static qwr_status solve(qwr__tree *t, qwr__node *n, int depth, int64_t limit, qwr__berthing *plan,
                        int64_t *value);

static void copy_plan(const qwr__node *n, qwr__berthing *to, const qwr__berthing *from)
{
    for (uint32_t k = 0; k < n->calls; k++)
        to[n->call[k]] = from[n->call[k]];
}

/* Both sides of a split, first the one the choices lean to. */
static qwr_status branch(qwr__tree *t, qwr__node *n, const qwr__split *s, int depth, int64_t limit,
                         qwr__berthing *plan, int64_t *value)
{
    bool first = t->mean[s->dimension][n->call[s->k]] - (float)s->last < 0.5f;
    qwr__berthing *better = take(t, t->facts->calls, sizeof *better);
    qwr_status status = better ? QWR_OK : qwr__no_memory(t->b->ctx, WHERE);
    for (int side = 0; side < 2 && status == QWR_OK && !t->aborted; side++) {
        qwr__node child;
        int64_t found = INT64_MAX;
        status = qwr__node_child(&child, n, t, s, side == 0 ? first : !first);
        if (status != QWR_OK)
            break;
        status = solve(t, &child, depth + 1, limit, better, &found);
        qwr__node_free(&child, t->b->ctx);
        if (found == INT64_MAX)
            continue;
        *value = found;
        limit = found - t->unit_mu;
        copy_plan(n, plan, better);
    }
    qwr__free(t->b->ctx, better);
    return status;
}

/* Group by group: each may cost what the limit leaves when the others cost their bounds, or what
 * they were found to cost. */
static qwr_status solve_parts(qwr__tree *t, const qwr__node *n, qwr__node *part, uint32_t parts,
                              int depth, int64_t limit, qwr__berthing *plan, int64_t *value)
{
    int64_t sum = 0;
    for (uint32_t p = 0; p < parts; p++) {
        qwr__node_evaluate(t, &part[p]);
        sum += part[p].bound_mu;
    }
    qwr__berthing *whole = take(t, t->facts->calls, sizeof *whole);
    qwr_status status = whole ? QWR_OK : qwr__no_memory(t->b->ctx, WHERE);
    bool all = true;
    for (uint32_t p = 0; p < parts && status == QWR_OK && all; p++) {
        int64_t found = INT64_MAX, bound = part[p].bound_mu;
        all = sum <= limit;
        if (all)
            status = solve(t, &part[p], depth + 1, limit - (sum - bound), whole, &found);
        all = all && found != INT64_MAX && !t->aborted;
        sum += all ? found - bound : part[p].bound_mu - bound;
    }
    if (depth == 0)
        t->partial_mu = sum;
    if (status == QWR_OK && all && sum <= limit) {
        *value = sum;
        copy_plan(n, plan, whole);
    }
    qwr__free(t->b->ctx, whole);
    return status;
}

static qwr_status take_apart(qwr__tree *t, const qwr__node *n, const uint32_t *group,
                             uint32_t parts, int depth, int64_t limit, qwr__berthing *plan,
                             int64_t *value)
{
    qwr__node *part = take(t, parts, sizeof *part);
    qwr_status status = part ? QWR_OK : qwr__no_memory(t->b->ctx, WHERE);
    uint32_t made = 0;
    for (; made < parts && status == QWR_OK; made++)
        status = qwr__node_part(&part[made], n, t, group, made);
    /* Small groups first: what they cost tightens the limits of the large ones. */
    for (uint32_t p = 1; p < made; p++)
        for (uint32_t q = p; q > 0 && part[q - 1].calls > part[q].calls; q--) {
            qwr__node swap = part[q];
            part[q] = part[q - 1];
            part[q - 1] = swap;
        }
    if (status == QWR_OK)
        status = solve_parts(t, n, part, parts, depth, limit, plan, value);
    for (uint32_t p = 0; part && p < made; p++)
        qwr__node_free(&part[p], t->b->ctx);
    qwr__free(t->b->ctx, part);
    return status;
}

/*
 * The cheapest plan of the node that costs at most `limit`: its stays go to `plan`, its cost to
 * *value, which stays INT64_MAX if there is none. Nothing of that holds once t->aborted is set, but
 * a plan that was found is one.
 */
static qwr_status solve(qwr__tree *t, qwr__node *n, int depth, int64_t limit, qwr__berthing *plan,
                        int64_t *value)
{
    qwr__split s = {0, 0, 0};
    t->nodes++;
    for (uint32_t k = 0; k < n->calls; k++)
        if (n->begin[k] == n->begin[k + 1])
            return QWR_OK;
    if (qwr__ascend(t, n, t->node_rounds, &limit, plan, value))
        return QWR_OK;
    for (uint32_t k = 0; k < n->calls; k++)
        if (n->begin[k] == n->begin[k + 1])
            return QWR_OK;
    if (qwr__berth_over(t->b) || t->nodes >= t->last_node || depth == MOST_DEPTH) {
        t->aborted = true;
        return QWR_OK;
    }
    uint32_t *group = take(t, n->calls, sizeof *group);
    if (!group)
        return qwr__no_memory(t->b->ctx, WHERE);
    uint32_t groups = qwr__node_groups(n, t, group);
    int64_t found = INT64_MAX;
    qwr__berthing *better = take(t, t->facts->calls, sizeof *better);
    qwr_status status = better ? QWR_OK : qwr__no_memory(t->b->ctx, WHERE);
    if (status != QWR_OK) {
        qwr__free(t->b->ctx, group);
        return status;
    }
    if (groups > 1) {
        status = take_apart(t, n, group, groups, depth, limit, better, &found);
    } else if (qwr__node_split(n, t, &s)) {
        status = branch(t, n, &s, depth, limit, better, &found);
    } else {
        status = qwr__leaf_solve(t, n, limit, better, &found);
    }
    if (found != INT64_MAX) {
        *value = found;
        copy_plan(n, plan, better);
    }
    qwr__free(t->b->ctx, group);
    qwr__free(t->b->ctx, better);
    return status;
}

qwr_status qwr__tree_search(qwr__tree *t, qwr__node *root, qwr__field *field, int64_t nodes,
                            bool *done)
{
    int64_t value = INT64_MAX;
    qwr__berthing *plan = take(t, t->facts->calls, sizeof *plan);
    *done = false;
    if (!plan)
        return qwr__no_memory(t->b->ctx, WHERE);
    t->aborted = false;
    t->partial_mu = INT64_MIN;
    t->last_node = t->nodes + nodes;
    qwr_status status = solve(t, root, 0, field->mu - t->unit_mu, plan, &value);
    if (value != INT64_MAX)
        qwr__tree_adopt(root, plan, field);
    *done = status == QWR_OK && !t->aborted;
    qwr__free(t->b->ctx, plan);
    return status;
}
