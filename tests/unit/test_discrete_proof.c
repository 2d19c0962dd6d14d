/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Branch and price on small problems whose optimum is known: it finds it, and its proof holds when
 * replayed by the words of the header.
 */
#include "discrete_table.h"

#include "discrete/discrete.h"
#include "discrete/mend.h"
#include "discrete/sequence.h"
#include "discrete/tree.h"
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

static world *new_world(void)
{
    world *w = malloc(sizeof *w);
    ck_assert_ptr_nonnull(w);
    return w;
}

/* --- the tree --- */

/** A tree with all it works with. */
typedef struct rig {
    qwr__master master;
    qwr__ledger ledger;
    qwr__rises rises;
    qwr__tree tree;
} rig;

/* Begins on all candidates of the table. */
static void rig_open(rig *r, table *t, int64_t target, int64_t known)
{
    ck_assert_int_eq(qwr__master_init(&r->master, t->l), QWR_PLUGIN_OK);
    ck_assert_int_eq(qwr__rises_init(&r->rises, t->l), QWR_PLUGIN_OK);
    qwr__ledger_init(&r->ledger, t->l->host, t->l->calls);
    r->tree = (qwr__tree){.rules = &t->rules,
                          .whole = &t->whole,
                          .master = &r->master,
                          .ledger = &r->ledger,
                          .rises = &r->rises,
                          .target = target,
                          .known = known,
                          .left_out = (int64_t)t->l->hopeless * UNPLACED};
    ck_assert_int_eq(qwr__tree_begin(&r->tree, t->all, t->count, t->pi), QWR_PLUGIN_OK);
}

static void rig_close(rig *r, const table *t)
{
    qwr__tree_end(&r->tree);
    qwr__rises_free(&r->rises, t->l->host);
    qwr__ledger_free(&r->ledger);
    qwr__master_free(&r->master);
}

/* Runs from drawn multipliers, `most` nodes at a time, checks the ledger. */
static void run_tree(table *t, int64_t optimum, int64_t above, int64_t most)
{
    rig r;
    table_draw(t);
    rig_open(&r, t, optimum + above, INT64_MIN);
    while (!r.tree.over)
        ck_assert_int_eq(qwr__tree_run(&r.tree, most), QWR_PLUGIN_OK);
    ck_assert(r.tree.exhausted);
    ck_assert_int_eq(r.tree.found, above >= 0);
    ck_assert_int_eq(r.tree.target, above >= 0 ? optimum - 1 : optimum + above);
    if (above >= 0)
        ck_assert_int_eq(t->w->value, optimum + r.tree.left_out);
    const qwr_bound_certificate c = {.price_unit = QWR__DUAL_SCALE,
                                     .call_price = r.ledger.price,
                                     .price_count = r.ledger.prices,
                                     .step_count = r.ledger.steps,
                                     .step = r.ledger.step,
                                     .ordered = 1};
    ck_assert(replay_holds(&t->whole, &c, r.tree.target));
    if (above >= 0) /* nothing proves what is false */
        ck_assert(!replay_holds(&t->whole, &c, optimum));
    rig_close(&r, t);
}

START_TEST(the_tree_finds_the_optimum_and_its_ledger_holds)
{
    world *w = new_world();
    int met = 0;
    for (uint64_t seed = 0; seed < 25; seed++)
        for (size_t k = 0; k < kind_count(); k++) {
            table t;
            make_random(w, kind_of(k), 4 + (uint32_t)(seed % 3), 1 + (uint32_t)(seed % 4),
                        seed * 16 + k);
            table_open(&t, w, seed % 4 < 2, seed);
            int64_t optimum = best_of_all(w) - (int64_t)t.l->hopeless * UNPLACED;
            if (optimum < UNPLACED) {
                run_tree(&t, optimum,
                         seed % 3 == 0   ? 0
                         : seed % 3 == 1 ? 30
                                         : -1,
                         seed % 2 ? INT64_MAX : 1 + (int64_t)(seed % 5));
                met++;
            }
            table_close(&t);
        }
    ck_assert_int_gt(met, 220);
    free(w);
}
END_TEST

START_TEST(a_tree_keeps_its_number_of_nodes)
{
    world *w = new_world();
    const features f = {.weights = true, .equal = true};
    for (int64_t most = 0; most < 6; most++) {
        table t;
        rig r;
        make_random(w, &f, 12, 2, 4);
        table_open(&t, w, false, 1);
        table_draw(&t);
        rig_open(&r, &t, 5000, INT64_MIN);
        ck_assert_int_eq(qwr__tree_run(&r.tree, most), QWR_PLUGIN_OK);
        ck_assert_int_le(r.tree.nodes, most);
        ck_assert(r.tree.over || r.tree.nodes == most);
        rig_close(&r, &t);
        table_close(&t);
    }
    free(w);
}
END_TEST

/* A solution at what is known to be the least ends the search: nothing is looked for below it. */
START_TEST(a_tree_ends_at_what_is_known)
{
    world *w = new_world();
    const features f = {.weights = true, .equal = true};
    int64_t nodes[2] = {0, 0};
    for (uint64_t seed = 0; seed < 20; seed++) {
        int64_t known = INT64_MIN;
        for (int knows = 0; knows < 2; knows++) {
            table t;
            rig r;
            make_random(w, &f, 11, 2, seed);
            table_open(&t, w, false, 1);
            rig_open(&r, &t, 5000, known);
            ck_assert_int_eq(qwr__tree_run(&r.tree, INT64_MAX), QWR_PLUGIN_OK);
            ck_assert(r.tree.over && r.tree.found);
            ck_assert(knows || r.tree.exhausted);
            ck_assert(!knows || r.tree.target == known - 1);
            known = r.tree.target + 1;
            nodes[knows] += r.tree.nodes;
            rig_close(&r, &t);
            table_close(&t);
        }
    }
    ck_assert_int_lt(nodes[1], nodes[0]);
    free(w);
}
END_TEST

/* --- the plugins --- */

static int32_t run(const qwr_plugin *plugin, world *w)
{
    const qwr_optimiser_functions *f = plugin->optimiser;
    void *instance = NULL;
    int32_t status = f->create(&instance, &w->host);
    if (status != QWR_PLUGIN_OK)
        return status;
    status = f->improve(instance, &w->view);
    f->destroy(instance);
    return status;
}

/* Calls that no lane takes. */
static int64_t hopeless(const world *w)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < w->view.call_count; i++)
        count += w->call_class[i] == w->call_class[i + 1];
    return count;
}

/* Every bound offered comes with a proof that holds. */
static void check_bound(world *w, const qwr_bound_certificate *c)
{
    qwr__lanes whole;
    ck_assert_int_eq(c->price_unit, QWR__DUAL_SCALE);
    ck_assert_int_eq(qwr__lanes_init(&whole, &w->host, &w->view), QWR_PLUGIN_OK);
    ck_assert(replay_holds(&whole, c, c->target - (int64_t)whole.hopeless * UNPLACED));
    qwr__lanes_free(&whole);
}

static bool straight(const features *f)
{
    return !f->late && !f->early;
}

START_TEST(interval_gives_a_bound_that_holds)
{
    world *w = new_world();
    int met = 0, equal = 0;
    for (uint64_t seed = 0; seed < 15; seed++)
        for (size_t k = 0; k < kind_count(); k++) {
            make_random(w, kind_of(k), 5, 1 + (uint32_t)(seed % 4), seed * 16 + k);
            w->work = INT64_MAX;
            w->on_bound = check_bound;
            int32_t status = run(&qwr__interval_plugin, w);
            ck_assert(status == QWR_PLUGIN_OK || !straight(kind_of(k)));
            int64_t best = best_of_all(w);
            ck_assert_int_le(w->bound, best);
            ck_assert_int_eq(w->blocks, 0);
            ck_assert(!w->given);
            met += status == QWR_PLUGIN_OK;
            equal += w->bound == best;
        }
    ck_assert_int_gt(met, 120);
    ck_assert_int_gt(equal, met / 4);
    free(w);
}
END_TEST

START_TEST(branch_finds_and_proves_the_optimum)
{
    world *w = new_world();
    int met = 0;
    for (uint64_t seed = 0; seed < 25; seed++)
        for (size_t k = 0; k < kind_count(); k++) {
            make_random(w, kind_of(k), 4 + (uint32_t)(seed % 3), 1 + (uint32_t)(seed % 4),
                        seed * 16 + k);
            int64_t best = best_of_all(w);
            bool whole = best - hopeless(w) * UNPLACED < UNPLACED; /* none need be left out */
            w->work = INT64_MAX;
            w->on_bound = check_bound;
            int32_t status = run(&qwr__branch_plugin, w);
            ck_assert_int_eq(w->blocks, 0);
            ck_assert_int_le(w->bound, best);
            if (status == QWR_PLUGIN_EUNSUPPORTED && !straight(kind_of(k)))
                continue;
            ck_assert_int_eq(status, QWR_PLUGIN_OK);
            met++;
            if (whole)
                ck_assert_msg(w->value == best && w->bound == best,
                              "kind %zu seed %d: %lld, bound %lld, best %lld", k, (int)seed,
                              (long long)w->value, (long long)w->bound, (long long)best);
        }
    ck_assert_int_gt(met, 220);
    free(w);
}
END_TEST

/* Splits between berths that were folded, met on the lanes as they are. */
static void count_splits(world *w, const qwr_bound_certificate *c)
{
    int *splits = w->on_bound_payload;
    check_bound(w, c);
    for (uint32_t k = 0; k < c->step_count; k++)
        *splits += c->step[k].kind == QWR_PROOF_SPLIT &&
                   (c->step[k].cell > 0 || c->step[k].cell_last + 1 < (int32_t)w->view.cell_count);
}

START_TEST(proofs_for_like_berths_hold_at_each_of_them)
{
    world *w = new_world();
    int splits = 0, proved = 0;
    for (uint64_t seed = 0; seed < 80; seed++) {
        const features f = {.like = true,
                            .tight = true,
                            .weights = true,
                            .forbidden = seed % 2,
                            .copies = seed % 3 == 0};
        make_random(w, &f, 26 + (uint32_t)(seed % 5) * 6, 4, seed);
        w->work = 100000;
        w->on_bound = count_splits;
        w->on_bound_payload = &splits;
        ck_assert_int_eq(run(&qwr__branch_plugin, w), QWR_PLUGIN_OK);
        ck_assert(!w->given || w->bound <= w->value);
        proved += w->given && w->bound == w->value;
    }
    ck_assert_int_gt(proved, 10);
    ck_assert_int_gt(splits, 20);
    free(w);
}
END_TEST

START_TEST(a_given_plan_never_gets_worse)
{
    world *w = new_world();
    for (uint64_t seed = 0; seed < 10; seed++) {
        const features f = {.weights = true, .turnaround = true, .forbidden = seed % 2};
        make_random(w, &f, 16, 3, seed);
        w->work = 5;
        ck_assert_int_eq(run(&qwr__sequence_plugin, w), QWR_PLUGIN_OK);
        int64_t before = w->value;
        w->worked = 0;
        w->work = 20000;
        w->refused = 0;
        ck_assert_int_eq(run(&qwr__branch_plugin, w), QWR_PLUGIN_OK);
        ck_assert_int_le(w->value, before);
        ck_assert_int_le(w->bound, w->value);
        ck_assert_int_eq(w->refused, 0);
        ck_assert_int_eq(price(w, w->row, w->start), w->value);
        ck_assert_int_eq(w->blocks, 0);
    }
    free(w);
}
END_TEST

/* A short problem that needs some nodes. */
static void make_hard(world *w)
{
    const features f = {.weights = true, .windows = true, .forbidden = true};
    make_random(w, &f, 12, 3, 1);
    w->work = INT64_MAX;
}

/* Its stages begin anew when they are cut, so that turns have to grow. */
START_TEST(in_growing_turns_it_comes_to_the_end)
{
    world *w = new_world();
    void *instance = NULL;
    make_hard(w);
    ck_assert_int_eq(run(&qwr__branch_plugin, w), QWR_PLUGIN_OK);
    int64_t best = w->value, work = w->worked;
    ck_assert_int_eq(w->bound, best);
    make_hard(w);
    ck_assert_int_eq(qwr__branch_plugin.optimiser->create(&instance, &w->host), QWR_PLUGIN_OK);
    for (int64_t turn = 10; turn < 3 * work; turn += turn / 2) {
        int64_t bound = w->bound, value = w->given ? w->value : INT64_MAX;
        w->work = w->worked + turn;
        ck_assert_int_eq(qwr__branch_plugin.optimiser->improve(instance, &w->view), QWR_PLUGIN_OK);
        ck_assert_int_ge(w->bound, bound);
        ck_assert_int_le(w->bound, best);
        ck_assert(!w->given || (w->value <= value && w->value >= best));
    }
    qwr__branch_plugin.optimiser->destroy(instance);
    ck_assert_int_eq(w->blocks, 0);
    ck_assert_int_eq(w->value, best);
    ck_assert_int_eq(w->bound, best);
    free(w);
}
END_TEST

START_TEST(seed_work_and_instruction_set_do_not_change_the_result)
{
    static const char *const SIMD[] = {"generic", "avx2", NULL};
    world *a = new_world(), *b = new_world();
    make_hard(a);
    a->work = 3000;
    ck_assert_int_eq(run(&qwr__branch_plugin, a), QWR_PLUGIN_OK);
    for (size_t k = 0; k < sizeof SIMD / sizeof *SIMD; k++) {
        make_hard(b);
        b->work = 3000;
        b->simd = SIMD[k];
        ck_assert_int_eq(run(&qwr__branch_plugin, b), QWR_PLUGIN_OK);
        ck_assert_int_eq(a->value, b->value);
        ck_assert_int_eq(a->bound, b->bound);
        ck_assert_int_eq(a->worked, b->worked);
        ck_assert_int_eq(a->taken, b->taken);
        ck_assert_mem_eq(a->row, b->row, sizeof a->row);
        ck_assert_mem_eq(a->start, b->start, sizeof a->start);
    }
    free(a);
    free(b);
}
END_TEST

START_TEST(a_work_limit_is_kept_within_a_round)
{
    world *w = new_world();
    make_hard(w);
    ck_assert_int_eq(run(&qwr__branch_plugin, w), QWR_PLUGIN_OK);
    int64_t all = w->worked, best = w->value;
    for (int64_t work = 1; work < all; work = work * 5 / 4 + 1) {
        make_hard(w);
        w->work = work;
        ck_assert_int_eq(run(&qwr__branch_plugin, w), QWR_PLUGIN_OK);
        ck_assert_int_le(w->worked, work + 1000);
        ck_assert_int_le(w->bound, best);
        ck_assert(!w->given || w->value >= best);
        ck_assert_int_eq(w->blocks, 0);
    }
    free(w);
}
END_TEST

START_TEST(it_returns_soon_when_cancelled)
{
    world *w = new_world();
    make_hard(w);
    w->cancel_at = INT32_MAX;
    ck_assert_int_eq(run(&qwr__branch_plugin, w), QWR_PLUGIN_OK);
    int64_t best = w->value;
    int all = w->looks;
    for (int n = 1; n < all; n += 1 + n / 16) {
        make_hard(w);
        w->cancel_at = n;
        ck_assert_int_eq(run(&qwr__branch_plugin, w), QWR_PLUGIN_OK);
        ck_assert_int_ge(w->looks, n);
        ck_assert_int_le(w->looks_after, 12);
        ck_assert_int_le(w->bound, best);
        ck_assert_int_eq(w->blocks, 0);
    }
    free(w);
}
END_TEST

START_TEST(other_problems_are_not_taken)
{
    const qwr_plugin *const both[] = {&qwr__interval_plugin, &qwr__branch_plugin};
    world *w = new_world();
    for (size_t k = 0; k < 2; k++) {
        make_hard(w);
        w->view.makespan = 1;
        ck_assert_int_eq(run(both[k], w), QWR_PLUGIN_EUNSUPPORTED);
        make_hard(w);
        w->cranes[0] = 1;
        ck_assert_int_eq(run(both[k], w), QWR_PLUGIN_EUNSUPPORTED);
        make_hard(w);
        w->width[0] = 2;
        ck_assert_int_eq(run(both[k], w), QWR_PLUGIN_EUNSUPPORTED);
        ck_assert_int_eq(w->blocks, 0);
    }
    free(w);
}
END_TEST

/* A ledger without memory gives up; all else says so. */
START_TEST(every_allocation_may_fail)
{
    world *w = new_world();
    int refused = 0;
    for (int n = 1;; n += 1 + n / 200) {
        make_hard(w);
        w->work = INT64_MAX;
        w->fail_at = n;
        int32_t status = run(&qwr__branch_plugin, w);
        ck_assert_int_eq(w->blocks, 0);
        if (w->allocations < n) {
            ck_assert_int_eq(status, QWR_PLUGIN_OK);
            ck_assert_int_gt(n, 200);
            break;
        }
        ck_assert(status == QWR_PLUGIN_ENOMEM || status == QWR_PLUGIN_OK);
        refused += status == QWR_PLUGIN_ENOMEM;
    }
    ck_assert_int_gt(refused, 190);
    free(w);
}
END_TEST

/* --- parts planned anew --- */

enum { BERTHS = 3, EACH = 20 };

/* At each berth a call every 6 ticks for 4; elsewhere it costs 1 more. */
static void make_timetable(world *w)
{
    open_world(w, BERTHS * EACH, BERTHS, 6 * EACH + 20);
    w->given = true;
    for (uint32_t i = 0; i < BERTHS * EACH; i++) {
        int32_t arrival = (int32_t)(i / BERTHS) * 6;
        set_costs(w, i, 1, arrival, 0, 0);
        for (uint32_t x = 0; x < BERTHS; x++) {
            add_class(w, i, 4, 0);
            if (x == i % BERTHS)
                w->row[i] = w->view.row_count;
            add_row(w, (int32_t)x, arrival, 6 * EACH, x != i % BERTHS);
        }
        w->start[i] = arrival;
    }
    w->value = price(w, w->row, w->start);
    w->work = INT64_MAX;
}

START_TEST(parts_planned_anew_find_what_is_better_and_nothing_worse)
{
    world *w = new_world();
    qwr__lanes l;
    make_timetable(w);
    int64_t best = w->value, pi[CALLS];
    ck_assert_int_eq(best, 4 * BERTHS * EACH);
    for (uint32_t i = 0; i < BERTHS * EACH; i++)
        pi[i] = 4 * QWR__DUAL_SCALE;
    /* Two calls at each other's berth, and one that waits for nothing. */
    uint32_t a = 30, b = 31;
    w->row[a]++;
    w->row[b]--;
    w->start[45] += 2;
    w->value = price(w, w->row, w->start);
    ck_assert_int_eq(w->value, best + 4);
    ck_assert_int_eq(qwr__lanes_init(&l, &w->host, &w->view), QWR_PLUGIN_OK);
    for (uint64_t index = 0; index < 40; index++) {
        bool found;
        int64_t before = w->value;
        ck_assert_int_eq(qwr__mend(&found, &l, pi, index), QWR_PLUGIN_OK);
        ck_assert_int_eq(found, w->value < before);
        ck_assert_int_le(w->value, before);
    }
    ck_assert_int_eq(w->value, best);
    ck_assert_int_eq(w->refused, 0);
    qwr__lanes_free(&l);
    ck_assert_int_eq(w->blocks, 0);
    free(w);
}
END_TEST

START_TEST(a_part_planned_anew_leaks_nothing_when_memory_runs_out)
{
    world *w = new_world();
    for (int n = 1;; n++) {
        qwr__lanes l;
        bool found;
        int64_t pi[CALLS];
        make_timetable(w);
        w->start[45] += 2;
        w->value = price(w, w->row, w->start);
        for (uint32_t i = 0; i < BERTHS * EACH; i++)
            pi[i] = 4 * QWR__DUAL_SCALE;
        ck_assert_int_eq(qwr__lanes_init(&l, &w->host, &w->view), QWR_PLUGIN_OK);
        w->allocations = 0;
        w->fail_at = n;
        int32_t status = qwr__mend(&found, &l, pi, 1);
        bool through = w->allocations < n;
        w->fail_at = 0;
        qwr__lanes_free(&l);
        ck_assert_int_eq(w->blocks, 0);
        ck_assert_int_eq(status, through ? QWR_PLUGIN_OK : QWR_PLUGIN_ENOMEM);
        if (through) {
            ck_assert_int_gt(n, 80);
            break;
        }
    }
    free(w);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("discrete_proof");
    TCase *c = tcase_create("discrete_proof");
    tcase_set_timeout(c, 240);
    tcase_add_test(c, the_tree_finds_the_optimum_and_its_ledger_holds);
    tcase_add_test(c, a_tree_keeps_its_number_of_nodes);
    tcase_add_test(c, a_tree_ends_at_what_is_known);
    tcase_add_test(c, interval_gives_a_bound_that_holds);
    tcase_add_test(c, branch_finds_and_proves_the_optimum);
    tcase_add_test(c, proofs_for_like_berths_hold_at_each_of_them);
    tcase_add_test(c, a_given_plan_never_gets_worse);
    tcase_add_test(c, in_growing_turns_it_comes_to_the_end);
    tcase_add_test(c, seed_work_and_instruction_set_do_not_change_the_result);
    tcase_add_test(c, a_work_limit_is_kept_within_a_round);
    tcase_add_test(c, it_returns_soon_when_cancelled);
    tcase_add_test(c, other_problems_are_not_taken);
    tcase_add_test(c, every_allocation_may_fail);
    tcase_add_test(c, parts_planned_anew_find_what_is_better_and_nothing_worse);
    tcase_add_test(c, a_part_planned_anew_leaks_nothing_when_memory_runs_out);
    suite_add_tcase(s, c);
    return qwr_test_main(s);
}
