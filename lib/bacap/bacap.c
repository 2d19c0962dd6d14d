/* SPDX-License-Identifier: Apache-2.0 */
/* The room's turn: takes over the plan with one count a stay, improves it, hands it back. */
#include "bacap/tree.h"

#include <string.h>

/** Steps of the dual ascent at the root, at most. */
enum { ROOT_ROUNDS = 600 };

static int64_t unplaced_mu(const qwr__berth *b)
{
    return b->problem->cand.view.unplaced_cost * b->problem->cand.view.cost_unit_mu;
}

/* The stay of the berth stage's solution, with one count throughout, as a stay of this room. False:
 * this room has no such stay. */
static bool constant_stay(qwr__berthing *out, const qwr__bacap_facts *f, const qwr__berth *b,
                          uint32_t call)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    if (b->row[call] == UINT32_MAX)
        return false;
    uint32_t k = qwr__row_class(v, b->row[call]);
    qwr__segment segment[QWR__BACAP_SEGMENTS];
    for (uint32_t j = f->side_begin[call]; j < f->side_begin[call + 1]; j++) {
        const qwr__side *side = &f->side[j];
        if (side->quay != v->class_group[k] || v->class_cranes[k] < side->least ||
            v->class_cranes[k] > side->most)
            continue;
        for (uint32_t p = side->first_place; p < side->end_place; p++) {
            if (f->place[p].cell != v->row_cell[b->row[call]])
                continue;
            *out = (qwr__berthing){.side = j,
                                   .place = p,
                                   .start = b->start[call],
                                   .end = b->start[call] + v->class_duration[k]};
            out->segments = qwr__bacap_segments(segment, f, side, out->start, out->end);
            if (out->segments < 0)
                return false;
            memset(out->cranes, v->class_cranes[k], (size_t)out->segments);
            out->mu = qwr__bacap_mu(f, out);
            return true;
        }
    }
    return false;
}

/* A stay of somebody's plan as one of this room. False: this room has no such stay. */
static bool given_stay(qwr__berthing *out, const qwr__bacap_facts *f, uint32_t call,
                       const qwr_stay *stay)
{
    const qwr__problem *p = f->problem;
    qwr__segment segment[QWR__BACAP_SEGMENTS];
    if (!stay->placed)
        return false;
    int64_t start = stay->start_s - p->shift_s[call] - p->origin_s, end = stay->end_s - p->origin_s;
    if (start < 0 || start >= end || start % f->step_s || end % f->step_s ||
        end / f->step_s > f->ticks)
        return false;
    for (uint32_t j = f->side_begin[call]; j < f->side_begin[call + 1]; j++) {
        const qwr__side *side = &f->side[j];
        if (side->quay != stay->quay.v || stay->cranes < side->least || stay->cranes > side->most)
            continue;
        for (uint32_t k = side->first_place; k < side->end_place; k++) {
            int32_t cell = f->place[k].cell;
            if (p->cell_mm[cell] != stay->position_mm || p->cell_berth[cell] != stay->berth.v)
                continue;
            *out = (qwr__berthing){.side = j,
                                   .place = k,
                                   .start = (int32_t)(start / f->step_s),
                                   .end = (int32_t)(end / f->step_s)};
            out->segments = qwr__bacap_segments(segment, f, side, out->start, out->end);
            for (int32_t i = 0; i < out->segments; i++) {
                int64_t cranes = stay->cranes;
                for (uint32_t n = 0; n < stay->step_count; n++)
                    if (stay->steps[n].from_s <= qwr__tick_s(p, segment[i].from) + p->shift_s[call])
                        cranes = stay->steps[n].cranes;
                out->cranes[i] = (uint8_t)(cranes < 0 || cranes > side->most ? 0 : cranes);
            }
            out->mu = qwr__bacap_mu(f, out);
            return out->segments >= 0;
        }
    }
    return false;
}

/* Puts a plan on the field: `given`, or the berth stage's so far. What cannot be taken over is put
 * where it is cheapest. */
static void load(qwr__field *x, const qwr__berth *b, const qwr_plan *given)
{
    const qwr__bacap_facts *f = x->facts;
    qwr__berthing stay;
    qwr__field_clear(x);
    for (uint32_t i = 0; i < f->calls; i++) {
        bool known = given ? given_stay(&stay, f, i, qwr_plan_stay(given, (qwr_call_ix){i}))
                           : constant_stay(&stay, f, b, i);
        if (known && qwr__field_free_at(x, &stay))
            qwr__field_put(x, &stay);
    }
    for (uint32_t i = 0; i < f->calls; i++) {
        if (x->stay[i].place != UINT32_MAX)
            continue;
        qwr__field_best(&stay, x, i, unplaced_mu(b), NULL);
        qwr__field_put(x, &stay);
    }
}

/* A stay as the plan has it: counts that do not change are no profile. False: the plan cannot hold
 * so many changes. */
static bool hand_over(qwr__varied *v, const qwr__bacap_facts *f, const qwr__berthing *s,
                      uint32_t call)
{
    const qwr__problem *p = f->problem;
    qwr__segment segment[QWR__BACAP_SEGMENTS];
    qwr_stay *stay = &v->stay[call];
    *stay = qwr_stay_init();
    if (s->place == UINT32_MAX)
        return true;
    const qwr__side *side = &f->side[s->side];
    int32_t cell = f->place[s->place].cell,
            count = qwr__bacap_segments(segment, f, side, s->start, s->end);
    const qwr_call *c = qwr_scenario_call(p->scenario, (qwr_call_ix){call});
    stay->placed = 1;
    stay->quay = (qwr_quay_ix){p->cell_quay[cell]};
    stay->berth = (qwr_berth_ix){p->cell_berth[cell]};
    stay->position_mm = p->cell_mm[cell];
    if (c->pin_position_mm != QWR_UNSET && stay->berth.v == QWR_NONE)
        stay->position_mm = c->pin_position_mm;
    stay->start_s = qwr__tick_s(p, s->start) + p->shift_s[call];
    stay->end_s = qwr__tick_s(p, s->end);
    stay->cranes = count > 0 ? 0 : side->least;
    stay->cost_mu = s->mu;
    qwr_crane_step *step = v->step + (size_t)call * QWR_CRANE_STEPS_MAX;
    uint32_t steps = 0;
    for (int32_t j = 0; j < count; j++) {
        stay->cranes = s->cranes[j] > stay->cranes ? s->cranes[j] : stay->cranes;
        if (j > 0 && s->cranes[j] == s->cranes[j - 1])
            continue;
        if (steps == QWR_CRANE_STEPS_MAX)
            return false;
        int64_t from_s = qwr__tick_s(p, segment[j].from) + (j == 0 ? p->shift_s[call] : 0);
        step[steps++] = (qwr_crane_step){.from_s = from_s, .cranes = s->cranes[j]};
    }
    if (steps > 1) {
        stay->steps = step;
        stay->step_count = steps;
    }
    return true;
}

/* In cost units, with what is left out. */
static int64_t value_of(const qwr__berth *b, const qwr__field *x)
{
    const qwr_problem_view *v = &b->problem->cand.view;
    return x->mu / v->cost_unit_mu + (int64_t)x->unplaced * v->unplaced_cost;
}

/* Makes the field's plan the berth stage's, if it is better. */
static qwr_status offer(qwr__berth *b, const qwr__field *x)
{
    const qwr__bacap_facts *f = x->facts;
    qwr__varied *varied;
    int64_t value = value_of(b, x);
    if (value >= b->value)
        return QWR_OK;
    QWR_TRY(qwr__varied_new(&varied, b->ctx, f->calls));
    for (uint32_t i = 0; i < f->calls; i++)
        if (!hand_over(varied, f, &x->stay[i], i)) {
            qwr__varied_free(varied);
            return QWR_OK;
        }
    (void)qwr__berth_take_varied(b, varied, value, x->unplaced - b->hopeless);
    return QWR_OK;
}

/* The better of the berth stage's plan and the one to start from. */
static void begin(qwr__field *field, qwr__field *other, const qwr__berth *b, const qwr_plan *start)
{
    load(field, b, NULL);
    if (!start)
        return;
    load(other, b, start);
    if (value_of(b, other) < value_of(b, field))
        qwr__field_copy(field, other);
    qwr__field_clear(other);
}

static void offer_bound(qwr__berth *b, const qwr__bacap_facts *f, int64_t bound_mu)
{
    int64_t unit = b->problem->cand.view.cost_unit_mu;
    /* Costs are whole units where they are exact. */
    int64_t bound = bound_mu / unit + (f->exact && bound_mu % unit > 0);
    (void)qwr__berth_offer_bound(b, bound, "lagrangian");
}

/* Searches a copy of the root: the search strikes options off that a later turn needs as they were.
 */
static qwr_status search_copy(qwr__tree *tree, qwr__node *root, qwr__field *field, bool *done)
{
    qwr__node copy;
    static const qwr__split nothing = {UINT32_MAX, 0, 0};
    QWR_TRY(qwr__node_child(&copy, root, tree, &nothing, true));
    qwr_status status = qwr__tree_search(tree, &copy, field, INT64_MAX / 2, done);
    qwr__node_free(&copy, tree->b->ctx);
    /* A search that came to no end has still told what some groups of calls cost. */
    if (status == QWR_OK && !*done && tree->partial_mu != INT64_MIN &&
        tree->partial_mu + tree->alone_mu > root->bound_mu)
        root->bound_mu = tree->partial_mu + tree->alone_mu;
    return status;
}

/** Parts of a turn in percent. */
enum { SEARCH_PERCENT = 20, IMPROVE_PERCENT = 35, TREE_PERCENT = 45 };

/** The first turn is this long, each later one twice as long as the one before: little is lost
 * where a short one would do, and none is too short for ever. */
enum { FIRST_TURN_US = 1000000, FIRST_TURN_WORK = 20000, MOST_TURNS = 30 };

/** A bound further off than this leaves no hope of a proof, and the search has more of the time. */
enum { HOPEFUL_PERCENT = 12, FAR_SEARCH_PERCENT = 60 };

/* `percent` of turn `turn`, but no more than is left of the whole budget. */
static qwr__budget part_of_turn(const qwr__berth *b, int64_t deadline_us, int64_t work_end,
                                uint64_t turn, int percent)
{
    qwr__budget budget = qwr__berth_share(b, deadline_us, work_end, 100);
    int64_t end_us = qwr__now_us() + (((int64_t)FIRST_TURN_US << turn) / 100) * percent;
    int64_t work = (((int64_t)FIRST_TURN_WORK << turn) / 100) * percent;
    if (deadline_us >= 0 && end_us < budget.deadline_us)
        budget.deadline_us = end_us;
    if (work_end >= 0 && work < budget.work)
        budget.work = work;
    return budget;
}

/* Is there hope of a proof? With a bound this far off the tree would not come to an end. */
static bool is_near(const qwr__field *field, const qwr__node *root)
{
    return root->bound_mu != INT64_MIN &&
           field->mu - root->bound_mu < field->mu / 100 * HOPEFUL_PERCENT;
}

/* Search, neighbourhoods and tree by turns; `field` holds the best plan all through. */
static qwr_status turns(qwr__field *field, qwr__berth *b, qwr__tree *tree, qwr__node *root)
{
    int64_t deadline_us = b->budget.deadline_us;
    int64_t work_end = b->budget.work >= 0 ? b->work + b->budget.work : -1;
    bool done = false, stuck = false;
    b->budget = qwr__berth_share(b, deadline_us, work_end, 3);
    QWR_TRY(qwr__bacap_search(field, b, NULL, 0));
    QWR_TRY(offer(b, field));
    b->budget = qwr__berth_share(b, deadline_us, work_end, 25);
    QWR_TRY(qwr__tree_root(tree, root, field, ROOT_ROUNDS));
    QWR_TRY(offer(b, field));
    if (root->bound_mu != INT64_MIN && field->facts->whole)
        offer_bound(b, field->facts, root->bound_mu);
    for (uint64_t turn = 0; turn < MOST_TURNS && !done && !qwr__berth_closed(b); turn++) {
        bool near = is_near(field, root);
        b->budget = !root->call ? qwr__berth_share(b, deadline_us, work_end, 100)
                    : near      ? part_of_turn(b, deadline_us, work_end, turn, SEARCH_PERCENT)
                                : qwr__berth_share(b, deadline_us, work_end, FAR_SEARCH_PERCENT);
        if (qwr__berth_over(b))
            break;
        if (root->call)
            qwr__node_evaluate(tree, root); /* its prices again */
        QWR_TRY(qwr__bacap_search(field, b, root->call ? &tree->dual : NULL, turn + 1));
        QWR_TRY(offer(b, field));
        if (!root->call)
            continue;
        b->budget = part_of_turn(b, deadline_us, work_end, turn, IMPROVE_PERCENT);
        QWR_TRY(qwr__tree_improve(tree, root, field));
        QWR_TRY(offer(b, field));
        b->budget = part_of_turn(b, deadline_us, work_end, turn, TREE_PERCENT);
        if (stuck || !is_near(field, root))
            continue;
        tree->node_rounds = turn % 2 ? 60 : 40; /* another tree each time: one may be lucky */
        QWR_TRY(search_copy(tree, root, field, &done));
        stuck = !done && !qwr__berth_over(b); /* at a leaf it cannot settle */
        QWR_TRY(offer(b, field));
        if (root->bound_mu != INT64_MIN && field->facts->whole)
            offer_bound(b, field->facts, root->bound_mu);
    }
    if (done && field->facts->whole)
        (void)qwr__berth_offer_bound(b, value_of(b, field), "branch-and-bound");
    return QWR_OK;
}

qwr_status qwr__bacap_solve(qwr__berth *b, const qwr_plan *start, qwr__budget budget)
{
    qwr__bacap_facts facts;
    qwr__field field = {.facts = NULL};
    qwr__tree tree = {.b = NULL};
    qwr__node root = {.call = NULL};
    b->budget = budget;
    qwr_status status = qwr__bacap_facts_init(&facts, b);
    b->confirmed = status == QWR_OK && facts.whole;
    if (status == QWR_OK)
        status = qwr__field_init(&field, &facts);
    if (status == QWR_OK)
        status = qwr__tree_init(&tree, &facts, b);
    if (status == QWR_OK) {
        begin(&field, &tree.trial, b, start);
        status = turns(&field, b, &tree, &root);
    }
    if (root.call)
        qwr__node_free(&root, b->ctx);
    qwr__tree_free(&tree);
    qwr__field_free(&field);
    qwr__bacap_facts_free(&facts);
    return status;
}
