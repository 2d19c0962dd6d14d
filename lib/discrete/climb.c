/* SPDX-License-Identifier: Apache-2.0 */
/* The first bounds: multipliers for the whole table, and then for what they leave of it. */
#include "discrete/engine.h"
#include "discrete/root.h"

#include <string.h>

/* Evaluations of the climb with many calls and with few, and of the graph when there was none;
 * rounds of column generation. */
enum { CLIMB_ROUNDS = 4000, SHORT_ROUNDS = 400, GRAPH_ROUNDS = 60, ROUNDS = 200 };
/* More candidates than this are not made a graph of: about 100 bytes each, while it lasts. */
enum { MOST_CHOICES = 400000 };
/* The first choice reaches this part of the bound beyond it, or of the way to the incumbent. */
enum { BOUND_PART = 100, GAP_PART = 4 };

static int64_t ceil_units(int64_t dual)
{
    return dual / QWR__DUAL_SCALE + (dual % QWR__DUAL_SCALE > 0);
}

/* Offers the bound of the multipliers at hand; `chosen`: of what the first ones left. */
static void offer_bound(qwr__engine *e, int64_t dual, bool chosen)
{
    if (dual == INT64_MIN)
        return;
    int64_t bound = ceil_units(dual);
    /* The dual is about solutions that leave nobody out; others cost short_one at least. */
    bound = bound < e->short_one ? bound : e->short_one;
    if (bound <= e->bound)
        return;
    e->bound = bound;
    qwr__ledger_clear(&e->ledger);
    if (chosen && e->has_dense)
        qwr__ledger_prices(&e->ledger, e->first_pi);
    qwr__ledger_prices(&e->ledger, e->pi);
    qwr__ledger_end(&e->ledger);
    (void)qwr__ledger_submit(&e->ledger, bound - 1 + e->left_out, chosen);
}

int32_t qwr__engine_climb(qwr__engine *e)
{
    qwr__field f = {.dense = e->has_dense ? &e->dense : NULL, .visits = e->visits};
    int64_t dual, upper = e->value == INT64_MAX ? 0 : e->value;
    if (upper == 0)
        for (uint32_t i = 0; i < e->lanes.calls; i++)
            upper += e->pi[i] / QWR__DUAL_SCALE * 2;
    if (!e->has_dense)
        return QWR_PLUGIN_OK;
    int32_t status = qwr__root_climb(
        &dual, &f, &e->rules, e->pi, upper * QWR__DUAL_SCALE, (upper - 1) * QWR__DUAL_SCALE,
        e->lanes.calls >= QWR__MANY_CALLS ? CLIMB_ROUNDS : SHORT_ROUNDS);
    if (status == QWR_PLUGIN_OK)
        offer_bound(e, dual, false);
    return status;
}

/* Every candidate, in the order of a graph's; more than the limit: UINT32_MAX. */
static uint32_t all_choices(const qwr__engine *e, qwr__choice *keep, uint32_t most)
{
    const qwr__lanes *l = &e->lanes;
    uint32_t count = 0;
    for (uint32_t x = 0; x < l->lanes; x++)
        for (int32_t t = 0; t < l->ticks; t++)
            for (uint32_t k = l->begin[x]; k < l->begin[x + 1]; k++) {
                uint32_t j = e->rules.order[k];
                if (t < l->first[j] || t > l->last[j])
                    continue;
                if (count == most)
                    return UINT32_MAX;
                keep[count++] = (qwr__choice){j, t};
            }
    return count;
}

/* The multipliers to choose by: those that chose before, or today's if the dual of the whole table
 * is higher there. It has been evaluated at them last; false: it can be at neither. */
static bool choose_prices(qwr__engine *e, int64_t *dual)
{
    int64_t now = INT64_MIN;
    bool can = qwr__dense_dual(&now, &e->dense, e->pi);
    if (e->span > 0 && qwr__dense_dual(dual, &e->dense, e->first_pi) && (!can || *dual >= now))
        return true;
    memcpy(e->first_pi, e->pi, e->lanes.calls * sizeof *e->pi);
    return can && qwr__dense_dual(dual, &e->dense, e->pi);
}

/* How far to choose: near the bound, where little is left; farther once that is used up. */
static int64_t choose_target(qwr__engine *e, int64_t dual)
{
    int64_t highest = qwr__engine_highest(e), least = ceil_units(dual);
    least = e->bound > least ? e->bound : least;
    int64_t part = (least < 0 ? -least : least) / BOUND_PART;
    int64_t gap = highest > least ? highest / GAP_PART - least / GAP_PART : 0;
    if (e->span == 0)
        e->span = 1 + (part > gap ? part : gap);
    else if (e->choice_target != INT64_MIN && e->bound > e->choice_target)
        e->span *= e->span < INT64_MAX / 4 ? 2 : 1;
    return e->span < highest - least ? least + e->span : highest;
}

int32_t qwr__engine_choose(qwr__engine *e)
{
    int64_t dual;
    uint32_t most = MOST_CHOICES;
    if (!e->choice)
        e->choice = qwr__lanes_alloc(e->host, most, sizeof *e->choice);
    if (!e->choice)
        return QWR_PLUGIN_ENOMEM;
    if (!e->has_dense) {
        e->count = all_choices(e, e->choice, most);
        e->choice_target = QWR__FAR;
        return e->count == UINT32_MAX ? QWR_PLUGIN_EUNSUPPORTED : QWR_PLUGIN_OK;
    }
    if (!choose_prices(e, &dual))
        return QWR_PLUGIN_EUNSUPPORTED;
    int64_t target = choose_target(e, dual);
    /* Too many: a target nearer to the bound leaves fewer. */
    for (;;) {
        e->count = qwr__dense_filter(&e->dense, e->first_pi, dual, target, e->choice, most);
        int64_t gap = target - ceil_units(dual);
        if (e->count <= most || gap <= 0 || qwr__lanes_over(e->host))
            break;
        target -= gap / 2 + 1;
    }
    e->choice_target = target;
    if (e->count > most && qwr__lanes_over(e->host)) {
        e->count = 0; /* out of time in the middle of it */
        e->choice_target = INT64_MIN;
        return QWR_PLUGIN_OK;
    }
    return e->count <= most && target >= e->bound ? QWR_PLUGIN_OK : QWR_PLUGIN_EUNSUPPORTED;
}

int32_t qwr__engine_climb_choice(qwr__engine *e)
{
    qwr__graph g;
    qwr__master_end end;
    int64_t dual, highest = qwr__engine_highest(e), upper = (highest + 1) * QWR__DUAL_SCALE;
    int32_t status = qwr__graph_init(&g, &e->rules, e->choice, e->count, true);
    if (status != QWR_PLUGIN_OK)
        return status;
    qwr__field f = {
        .graph = &g, .visits = e->visits, .path = e->master.path, .longest = e->master.longest};
    if (!e->has_dense)
        status = qwr__root_climb(&dual, &f, &e->rules, e->pi, upper, upper - QWR__DUAL_SCALE,
                                 GRAPH_ROUNDS);
    if (status == QWR_PLUGIN_OK)
        status = qwr__master_solve(&end, &e->master, &g, e->pi,
                                   e->choice_target < highest ? e->choice_target : highest, ROUNDS);
    if (status == QWR_PLUGIN_OK) {
        /* What was left out of the choice costs more than choice_target. */
        int64_t most =
            e->choice_target == QWR__FAR ? end.dual : (e->choice_target + 1) * QWR__DUAL_SCALE;
        offer_bound(e, end.dual < most ? end.dual : most, true);
    }
    qwr__graph_free(&g);
    return status;
}
