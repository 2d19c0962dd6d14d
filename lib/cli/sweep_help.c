/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts of `help variables`, made from the library's table, and of `help sweep-store`, the
 * documented schema. A change of the schema changes SWEEP_SCHEMA and this text together.
 */
#include "cli/sweep_help.h"

#include "cli/sweep_compare.h"

static const char levels[] =
    "A variation is VARIABLE OPERATOR LEVELS, such as\n"
    "\n"
    "  cranes.count=8..14                  seven levels; 8..14/2: every second\n"
    "  cranes.rate=25,30,35                three levels\n"
    "  cranes.rate*=0.9..1.1/0.05          a factor, five levels; 90%..110%/5% is the same\n"
    "  calls.eta_shift=normal(0,3h)        a distribution: one level, drawn anew in every\n"
    "                                      replication, for each call on its own\n"
    "  calls[EV1].eta_shift=0h,6h,12h      one call; also [service=AEX], [class=feeder],\n"
    "                                      [vessel=NAME]; cranes, berths, windows: [ID], "
    "[quay=Q1]\n"
    "\n"
    "Operators: = sets, += adds, *= multiplies. Units: s min h d, mm cm m km, %; a number without\n"
    "one takes that of the last number beside it, else h for durations and m for lengths.\n"
    "Distributions: normal(MEAN,SD), uniform(LOW,HIGH), triangular(LOW,MODE,HIGH),\n"
    "exponential(MEAN); after *= also lognormal(MU,SIGMA) of the logarithm; for calls.eta_shift\n"
    "also history(), an ETA error of a past call, and spread(K), normal with K times the call's\n"
    "own eta_sd. Several distributions with commas between them are several levels.\n"
    "\n"
    "A draw depends on seed, variable, replication and id alone: the same replication has the "
    "same\n"
    "luck at every point (common random numbers), so that differences between points are sharp.\n"
    "Calls whose start is pinned have arrived and are not shifted. Variations apply in their "
    "order.\n"
    "\n"
    "Variables\n";

qwr_status sweep_help_variables(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, levels);
    for (size_t i = 0; i < qwr_variation_variable_count(); i++) {
        textbuf_printf(out, "  %s\n", qwr_variation_variable_name(i));
        textbuf_wrap(out, qwr_variation_variable_sentence(i), 6, 96);
        textbuf_printf(out, "      --vary '%s'\n", qwr_variation_variable_example(i));
    }
    return QWR_OK;
}

static const char store[] =
    "A store is a folder with sweep.sqlite, an SQLite 3 file that any program may read, and the\n"
    "lock of the sweep at work. PRAGMA application_id is 0x51575253 (\"QWRS\"), PRAGMA "
    "user_version\n"
    "the version of this schema, 1. A task is a pair (point, replication), numbered\n"
    "point * replications + replication from 0 on.\n"
    "\n"
    "  meta        key, value: base_hash, base_id, options (of the planner, as for 'plan'),\n"
    "              points, replications, seed\n"
    "  base        scenario: the base scenario as XML\n"
    "  variations  variation (from 0), text (as given), name, operator, unit\n"
    "  levels      variation, level (from 0), text, value (NULL for a distribution)\n"
    "  points      point, variation, level: one row for each variation of a point\n"
    "  runs        task, point, replication, seed (of the plan), scenario_hash, version,\n"
    "              status (QWR_OK, or why it failed), outcome (optimal, feasible, infeasible, "
    "none),\n"
    "              stop, value_mu, bound_mu, unplaced, work, calls, placed, on_time, late, "
    "berth_s,\n"
    "              wait_s, late_s, crane_work_s, moves, berth_use_milli, crane_use_milli,\n"
    "              crane_density_milli, qcm_milli, deviation_mm, makespan_s, plan_hash, message\n"
    "  timings     task, elapsed_us; not compared, and left out of merged stores\n"
    "  results     a view: runs with gap_pct, levels as text, and options\n"
    "\n"
    "Units are in the names: s seconds, mm millimetres, mu thousandths of the unit of the\n"
    "objective, milli thousandths. Hashes are 16 hexadecimal digits. NULL: not known. The message\n"
    "of a run that failed says why; of a run with calls left out, why the first one is.\n"
    "Status ENDED: the process of the run ended; --retry runs it again.\n"
    "\n"
    "A merged store is written afresh in the order of tasks: equal runs are equal bytes, whoever\n"
    "made them.\n"
    "\n"
    "Key figures of 'sweep report --kpi'\n";

qwr_status sweep_help_store(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, store);
    for (size_t k = 0; sweep_kpi_at(k); k++) {
        const sweep_kpi *kpi = sweep_kpi_at(k);
        textbuf_printf(out, "  %-21s %s%s%s%s\n", kpi->name, kpi->sentence,
                       kpi->unit[0] ? " [" : "", kpi->unit, kpi->unit[0] ? "]" : "");
    }
    return QWR_OK;
}
