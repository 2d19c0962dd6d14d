/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What else a call could do. The optimiser's candidates are put to the checker from the cheapest
 * on, with all other calls where they are. Must never judge a stay itself.
 */
#include "explain/explain_private.h"

#include <stdlib.h>
#include <string.h>

#define WHERE     "explain"
#define TRIES_MAX 200000

/* A stay the call could have: a candidate and the place and cranes it is compared under. */
typedef struct option {
    uint32_t quay, berth;
    int32_t cranes, start;
    int64_t cost; /* in cost units */
    uint32_t row;
} option;

typedef struct work {
    qwr_explanation *e;
    const qwr_scenario *scenario;
    const qwr_stay *now; /* as the plan has it */
    qwr_call_ix call;
    int64_t now_mu;
    qwr__problem *problem;
    qwr_checker *checker;
    option *options;
    size_t count, groups;
} work;

void qwr_explanation_free(qwr_explanation *explanation)
{
    if (explanation == NULL)
        return;
    qwr__free(explanation->ctx, explanation->list);
    qwr__free(explanation->ctx, explanation->obstacles);
    qwr__free(explanation->ctx, explanation->conflicts);
    qwr__strings_free(&explanation->strings);
    qwr__free(explanation->ctx, explanation);
}

size_t qwr_explanation_count(const qwr_explanation *explanation)
{
    return explanation->count;
}

const qwr_alternative *qwr_explanation_get(const qwr_explanation *explanation, size_t i)
{
    return i < explanation->count ? &explanation->list[i].alternative : NULL;
}

size_t qwr_explanation_conflict_count(const qwr_explanation *explanation)
{
    return explanation->conflict_count;
}

const qwr_conflict *qwr_explanation_conflict(const qwr_explanation *explanation, size_t i)
{
    return i < explanation->conflict_count ? &explanation->conflicts[i] : NULL;
}

const char *qwr_alternative_kind_name(qwr_alternative_kind kind)
{
    return kind == QWR_ALTERNATIVE_FREE      ? "free"
           : kind == QWR_ALTERNATIVE_BLOCKED ? "blocked"
                                             : "unknown";
}

/* --- the stays there are ---------------------------------------------------------------------- */

static int compare_groups(const option *x, const option *y)
{
    if (x->quay != y->quay)
        return x->quay < y->quay ? -1 : 1;
    if (x->berth != y->berth)
        return x->berth < y->berth ? -1 : 1;
    return (x->cranes > y->cranes) - (x->cranes < y->cranes);
}

static int compare_options(const void *a, const void *b)
{
    const option *x = a, *y = b;
    int group = compare_groups(x, y);

    if (group != 0)
        return group;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void each_option(work *w, option *out)
{
    const qwr_problem_view *v = &w->problem->cand.view;

    w->count = 0;
    for (uint32_t k = v->call_class_begin[w->call.v]; k < v->call_class_begin[w->call.v + 1]; k++)
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++)
            for (int32_t t = v->row_first[r]; t <= v->row_last[r]; t++, w->count++)
                if (out != NULL)
                    out[w->count] = (option){.quay = w->problem->cell_quay[v->row_cell[r]],
                                             .berth = w->problem->cell_berth[v->row_cell[r]],
                                             .cranes = v->class_cranes[k],
                                             .start = t,
                                             .cost = qwr__candidate_cost(v, r, t),
                                             .row = r};
}

static qwr_status gather(work *w)
{
    QWR_TRY(qwr__problem_new(&w->problem, w->e->ctx, w->scenario, false, -1));
    if (w->problem->cut)
        return QWR_OK; /* cancelled: nothing is known of any stay */
    each_option(w, NULL);
    if (w->count == 0)
        return QWR_OK;
    w->options = qwr__alloc(w->e->ctx, w->count, sizeof *w->options);
    if (w->options == NULL)
        return qwr__no_memory(w->e->ctx, WHERE);
    each_option(w, w->options);
    qsort(w->options, w->count, sizeof *w->options, compare_options);
    for (size_t i = 0; i < w->count; i++)
        w->groups += i == 0 || compare_groups(&w->options[i - 1], &w->options[i]) != 0;
    return QWR_OK;
}

/* --- words ------------------------------------------------------------------------------------ */

static void put_delta(qwr__text *out, const work *w, int64_t delta_mu)
{
    const char *currency = qwr_scenario_get_info(w->scenario)->currency;

    if (delta_mu == 0 && w->now->placed) {
        qwr__text_add(out, "the same cost");
        return;
    }
    qwr__text_fixed(out, qwr__magnitude(delta_mu), 3);
    qwr__text_add(out, "%s%s", currency != NULL ? " " : "", currency != NULL ? currency : "");
    if (w->now->placed)
        qwr__text_add(out, delta_mu > 0 ? " more" : " less");
}

/* "EVER A (V1) could have B2 from ... to ... with 3 cranes: 20 EUR less. In the way: V1 and ..." */
static qwr_status put_sentence(const char **out, const work *w, const qwr__told *f)
{
    qwr__text text;
    qwr_status status;

    qwr__text_init(&text, w->e->ctx);
    qwr__diff_put_call(&text, qwr_scenario_call(w->scenario, w->call));
    qwr__text_add(&text, " could have ");
    qwr__diff_put_stay(&text, w->scenario, &f->stay);
    qwr__text_add(&text, ": ");
    put_delta(&text, w, f->alternative.cost_delta_mu);
    for (uint32_t i = 0; i < f->alternative.obstacle_count; i++)
        qwr__text_add(&text, "%s%s", i == 0 ? ". In the way: " : " ",
                      w->e->obstacles[f->first_obstacle + i].sentence);
    status = text.status;
    if (status == QWR_OK && (*out = qwr__strings_copy(&w->e->strings, text.data)) == NULL)
        status = qwr__no_memory(w->e->ctx, WHERE);
    qwr__text_free(&text);
    return status;
}

static qwr_status keep_obstacles(work *w, qwr__told *f, const qwr_violation *seen, size_t count)
{
    qwr_explanation *e = w->e;
    void *grown = e->obstacles;

    QWR_TRY(qwr__reserve(e->ctx, &grown, &e->obstacle_capacity, e->obstacle_count + count,
                         sizeof *e->obstacles));
    e->obstacles = grown;
    f->first_obstacle = e->obstacle_count;
    f->alternative.obstacle_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        qwr_violation own = seen[i];
        const char **const texts[] = {&own.rule, &own.resource, &own.unit, &own.sentence};
        own.size = sizeof own;
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
            if (*texts[k] != NULL &&
                (*texts[k] = qwr__strings_intern(&e->strings, *texts[k])) == NULL)
                return qwr__no_memory(e->ctx, WHERE);
        e->obstacles[e->obstacle_count++] = own;
    }
    return QWR_OK;
}

static qwr_status keep(work *w, const qwr_stay *stay, const qwr_violation *seen, size_t count)
{
    qwr_explanation *e = w->e;
    qwr__told f = {.alternative = {.size = sizeof(qwr_alternative)}, .stay = *stay};
    void *grown = e->list;

    QWR_TRY(qwr__reserve(e->ctx, &grown, &e->capacity, e->count + 1, sizeof *e->list));
    e->list = grown;
    f.alternative.kind = count > 0 ? QWR_ALTERNATIVE_BLOCKED : QWR_ALTERNATIVE_FREE;
    if (!qwr__add64(&f.alternative.cost_delta_mu, stay->cost_mu, -w->now_mu))
        f.alternative.cost_delta_mu = stay->cost_mu;
    if (count > 0)
        QWR_TRY(keep_obstacles(w, &f, seen, count));
    QWR_TRY(put_sentence(&f.alternative.sentence, w, &f));
    e->list[e->count++] = f;
    return QWR_OK;
}

/* --- the search ------------------------------------------------------------------------------- */

static bool is_now(const work *w, const qwr_stay *stay)
{
    const qwr_stay *now = w->now;

    return now->placed && now->quay.v == stay->quay.v && now->berth.v == stay->berth.v &&
           (stay->berth.v != QWR_NONE || now->position_mm == stay->position_mm) &&
           now->start_s == stay->start_s && now->cranes == stay->cranes && now->step_count == 0;
}

/* One berth and number of cranes: options from the cheapest on, until one is free. */
static qwr_status try_group(work *w, const option *options, size_t count)
{
    qwr_violation seen[QWR_OBSTACLES_MAX];
    qwr_stay stay, first = qwr_stay_init();
    size_t found_count = 1, first_count = 0, most = TRIES_MAX / w->groups + 1;

    for (size_t i = 0; i < count && i < most && !qwr__cancelled(w->e->ctx); i++) {
        qwr__problem_stay(&stay, w->problem, options[i].row, options[i].start);
        if (is_now(w, &stay))
            continue;
        QWR_TRY(qwr_checker_try(w->checker, w->call, &stay, seen, QWR_OBSTACLES_MAX, &found_count,
                                &stay.cost_mu));
        if (found_count == 0)
            break;
        if (first_count == 0) {
            first_count = found_count < QWR_OBSTACLES_MAX ? found_count : QWR_OBSTACLES_MAX;
            first = stay;
        }
    }
    if (found_count == 0)
        QWR_TRY(keep(w, &stay, NULL, 0));
    if (first_count == 0 || (w->now->placed && first.cost_mu >= w->now_mu) ||
        (found_count == 0 && first.cost_mu >= stay.cost_mu))
        return QWR_OK;
    /* Its words were lost with the next try. */
    QWR_TRY(
        qwr_checker_try(w->checker, w->call, &first, seen, QWR_OBSTACLES_MAX, &found_count, NULL));
    return keep(w, &first, seen, first_count);
}

static int compare_found(const void *a, const void *b)
{
    const qwr_alternative *x = &((const qwr__told *)a)->alternative;
    const qwr_alternative *y = &((const qwr__told *)b)->alternative;
    const qwr_stay *s = &((const qwr__told *)a)->stay, *t = &((const qwr__told *)b)->stay;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->cost_delta_mu != y->cost_delta_mu)
        return x->cost_delta_mu < y->cost_delta_mu ? -1 : 1;
    if (s->start_s != t->start_s)
        return s->start_s < t->start_s ? -1 : 1;
    if (s->quay.v != t->quay.v)
        return s->quay.v < t->quay.v ? -1 : 1;
    if (s->berth.v != t->berth.v)
        return s->berth.v < t->berth.v ? -1 : 1;
    return (s->cranes > t->cranes) - (s->cranes < t->cranes);
}

/* Only now do the lists stay where they are. */
static void point(qwr_explanation *e)
{
    if (e->count > 1)
        qsort(e->list, e->count, sizeof *e->list, compare_found);
    for (size_t i = 0; i < e->count; i++) {
        qwr__told *f = &e->list[i];
        f->alternative.stay = &f->stay;
        f->alternative.obstacle =
            f->alternative.obstacle_count > 0 ? e->obstacles + f->first_obstacle : NULL;
    }
}

static qwr_status explain(work *w, const qwr_plan *plan)
{
    QWR_TRY(gather(w));
    if (w->count == 0 && !w->problem->cut)
        return qwr__find_conflicts(w->e, w->scenario, w->call);
    QWR_TRY(qwr_checker_new(&w->checker, w->e->ctx, w->scenario, plan));
    if (w->now->placed) {
        size_t broken;
        QWR_TRY(qwr_checker_try(w->checker, w->call, w->now, NULL, 0, &broken, &w->now_mu));
    }
    for (size_t from = 0, to; from < w->count; from = to) {
        for (to = from + 1;
             to < w->count && compare_groups(&w->options[from], &w->options[to]) == 0; to++)
            ;
        QWR_TRY(try_group(w, w->options + from, to - from));
    }
    point(w->e);
    return QWR_OK;
}

qwr_status qwr_plan_explain(qwr_explanation **out, qwr_context *ctx, const qwr_plan *plan,
                            qwr_call_ix call)
{
    work w = {.call = call};
    qwr_status status;

    if (out == NULL || ctx == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (plan == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "no plan is given");
    w.scenario = qwr_plan_scenario(plan);
    w.now = qwr_plan_stay(plan, call);
    if (w.now == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "the scenario has no such call");
    w.e = qwr__alloc(ctx, 1, sizeof *w.e);
    if (w.e == NULL)
        return qwr__no_memory(ctx, WHERE);
    w.e->ctx = ctx;
    qwr__strings_init(&w.e->strings, ctx);
    status = explain(&w, plan);
    qwr__problem_free(w.problem);
    qwr_checker_free(w.checker);
    qwr__free(ctx, w.options);
    if (status == QWR_OK)
        *out = w.e;
    else
        qwr_explanation_free(w.e);
    return status;
}
