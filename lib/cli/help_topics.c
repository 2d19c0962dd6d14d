/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts of `help TOPIC`: formats, exit codes, benchmarks, plugins, and the topics that the library
 * itself fills, options and rules. Knows no command's options; those are declared beside them.
 */
#include "cli/help_topics.h"

#include "cli/sweep_help.h"

#include <stdio.h>

static const char formats[] =
    "Formats are recognised by content, not by name.\n"
    "\n"
    "Scenarios\n"
    "  xml          Quaywright's own: <scenario format=\"1\">, described by\n"
    "               data/schema/scenario.xsd. Units are in the attribute names: length_m, eta.\n"
    "  dbap-text    Discrete berths, as published: number of vessels, number of berths, arrivals,\n"
    "               berth openings, a row of handling times per vessel (99999: not there), berth\n"
    "               closings, latest departures.\n"
    "  hybrid-json  Hybrid berths, as published: n_berths, berth_len, n_ships, n_periods,\n"
    "               arrival_time, handling_time, ship_len.\n"
    "\n"
    "Plans (written by file extension; the last one by --to solution-csv)\n"
    "  xml, json    Every stay, and what is known about the plan: cost, bound, proof, work.\n"
    "  csv          One row a call, times in UTC. Easy to write by hand and have checked.\n"
    "  solution-csv vessel,place,start,end in the units of the published instance, from 1.\n"
    "\n"
    "History (plan --history)\n"
    "  csv          A header line, then a row per past call. Columns by name: vessel, service,\n"
    "               class, start (2026-03-02T06:00:00Z), moves, cranes, work_h, eta_error_h.\n"
    "\n"
    "No plan file holds run times, thread counts or paths: equal plans are equal files.\n";

static const char exit_codes[] =
    "  0    it worked; for 'plan': every call has a place; for 'check': the plan is legal\n"
    "  1    the command line is wrong; nothing was read or written\n"
    "  2    an input file cannot be read or contradicts itself; the message names file and\n"
    "       line, nothing was written\n"
    "  3    'check', 'report': the plan breaks a rule; 'plan': some calls have no place, the rest\n"
    "       is planned and written; 'bench': an instance has no checked plan\n"
    "  4    output cannot be written\n"
    "  5    out of memory, or a plugin or a solver backend broke its contract\n"
    "  130  Ctrl-C: the best plan so far was written\n";

static const char bench[] =
    "RUNNING: bench DIR|FILE... [--csv FILE] [--solutions DIR] [--log DIR]\n"
    "\n"
    "Runs every instance of the folders, in the order of their names, each with its own deadline, "
    "and\n"
    "checks every plan with the checker. Formats are recognised by content; SOURCE.md, *.csv and "
    "hidden\n"
    "files are left out, and a file of no known format is named and skipped. Folders inside a "
    "folder are\n"
    "entered with --recursive; their instances are called SUB/NAME. --csv writes the columns\n"
    "\n"
    "  instance           file name without extension\n"
    "  problem            dbap (dbap-text), bap-hybrid (hybrid-json), berth (xml)\n"
    "  value, bound       in the published unit of the instance; empty if there is none\n"
    "  gap_pct            100 (value - bound) / value\n"
    "  status             optimal, feasible, infeasible, none, error\n"
    "  best_known         from best_known.csv beside the instances (columns instance, best_known,\n"
    "  best_known_proven  proven_optimal, found by their names); 1: proven optimal\n"
    "  cpu_s, wall_s      processor time of all threads, and time on the clock\n"
    "  threads, seed, work\n"
    "  checked            1: the checker finds no broken rule and the same cost\n"
    "  version, machine\n"
    "  instance_hash      of the name and content of the instance, 16 hexadecimal digits, whatever "
    "the\n"
    "                     layout of the file; plans hold it as scenario_hash\n"
    "  value_s            when the value was found\n"
    "\n"
    "With --work-limit and no --deadline, value, bound, status and work are the same on every\n"
    "machine, for any number of threads. --seeds 1..10 runs every instance with ten seeds.\n"
    "The CSV file is renewed after every run, so an interrupted benchmark keeps its rows.\n"
    "\n"
    "--log writes for each run the columns time_s,work,stage,value,bound: a row for every better "
    "value\n"
    "and every better bound, so the value only falls and the bound only rises, and a row of stage "
    "\"end\".\n"
    "--solutions writes vessel,place,start,end (see 'quaywright help formats').\n"
    "\n"
    "VERIFYING: bench DIR|FILE... --verify SOLUTIONS [--claims FILE] [--csv FILE]\n"
    "\n"
    "Reads SOLUTIONS/INSTANCE.csv, .xml or .json for each instance, whoever made it, checks every "
    "rule,\n"
    "computes the value, and compares it with the value claimed and with best_known.csv. A claim "
    "is the\n"
    "cost in a plan file, a line \"# value 713\" in a CSV, or a row of --claims (columns instance, "
    "value:\n"
    "a result of this command will do), by default SOLUTIONS/claims.csv. Columns:\n"
    "\n"
    "  instance, problem, solution, status    legal, broken, missing, unreadable\n"
    "  value, claimed, claim_holds            1: the value is the one claimed\n"
    "  best_known, best_known_proven, over_best_pct    100 (value - best_known) / best_known\n"
    "  violations, rule, message, version, instance_hash\n"
    "\n"
    "A solution CSV has the columns vessel,place,start,end: the number of the vessel from 1, the "
    "number\n"
    "of its berth or first cell from 1 (metres on a continuous quay), times in the unit of the "
    "instance.\n"
    "The end may be left out where the instance fixes the handling time.\n"
    "Exit code 3: a solution breaks a rule or claims another value; 2: one is missing or "
    "unreadable.\n"
    "\n"
    "PICTURES: standalone SVG, the same bytes for the same input; --csv writes the points of the "
    "curves\n"
    "\n"
    "--profile SVG RESULT.csv...  Performance profile (Dolan and More 2002), one curve a file: the "
    "share\n"
    "of problems that are solved within a multiple of the time of the fastest file. A problem is "
    "an\n"
    "instance with its seed; a row without a seed stands for every seed. --measure proof: solved "
    "is a\n"
    "status \"optimal\"; best: the value is the best that any file has or lists, after value_s; "
    "gap: the\n"
    "share of problems within a gap to that value. --absolute, and a single file: time itself. "
    "Files of\n"
    "other solvers need the columns instance, status or value, and wall_s (cpu_s, work with "
    "--clock).\n"
    "\n"
    "--gap-over-time SVG LOGDIR...  One curve a folder of --log: the median gap of its runs, with "
    "the\n"
    "band between the quartiles. --measure gap: to the run's own bound, 100 % while there is none; "
    "best:\n"
    "to the best value that any run of the instance found. --clock work is independent of time.\n"
    "\n"
    "MEASURING: 'quaywright bench --kernel' measures the cost kernel alone, in candidates a "
    "second, for\n"
    "each vector level of this processor.\n";

static const char plugins[] =
    "A plugin is a shared object that exports one function, qwr_plugin_entry_v1, and links "
    "nothing\n"
    "of Quaywright. There are three kinds: FORECAST (crane rates from history), OPTIMISER "
    "(improves\n"
    "the berth plan through the host's functions), SOLVER (a MILP backend).\n"
    "\n"
    "Modules are searched in the folders of the option plugin_path, then in those of the "
    "environment\n"
    "variable QUAYWRIGHT_PLUGIN_PATH, then in the folder of the installation.\n"
    "\n"
    "  quaywright plugin list               what is loaded, with version and licence\n"
    "  quaywright plugin options            every option of the loaded plugins\n"
    "  quaywright plugin check FILE.so      the conformance suite, in a child process\n"
    "  quaywright plan FILE --optimiser ID --option ID.NAME=VALUE\n"
    "\n"
    "Wrong sizes, versions, lengths, numbers, infeasible answers and modules that do not return "
    "are\n"
    "caught: the plugin is disabled and the plan goes out. A memory fault inside a module is not\n"
    "caught, it ends the process; that is why 'plugin check' runs the module in a child.\n"
    "\n"
    "The header <quaywright/plugin.h> is the whole contract; plugins/template compiles as it is.\n";

static const char *type_name(qwr_option_type type)
{
    static const char *const names[] = {"integer", "yes/no", "text", "word"};
    return names[type <= QWR_OPTION_WORD ? type : QWR_OPTION_TEXT];
}

static void describe_range(textbuf *out, const qwr_option_decl *d)
{
    switch (d->type) {
    case QWR_OPTION_INT:
        textbuf_printf(out, "%lld to %lld%s%s, default %lld", (long long)d->min_int,
                       (long long)d->max_int, d->unit && *d->unit ? " " : "",
                       d->unit ? d->unit : "", (long long)d->default_int);
        break;
    case QWR_OPTION_BOOL:
        textbuf_printf(out, "default %s", d->default_int ? "yes" : "no");
        break;
    case QWR_OPTION_WORD:
        textbuf_printf(out, "%s, default %s", d->words ? d->words : "",
                       d->default_text ? d->default_text : "none");
        break;
    case QWR_OPTION_TEXT:
        textbuf_printf(out, "default \"%s\"", d->default_text ? d->default_text : "");
        break;
    }
}

static qwr_status print_options(textbuf *out, qwr_context *ctx)
{
    qwr_status status = qwr_plugin_load_all(ctx);
    if (status)
        return status;
    textbuf_add(out, "Options of the library and of the loaded plugins, set with "
                     "--option NAME=VALUE:\n\n");
    for (size_t i = 0; i < qwr_context_option_count(ctx); i++) {
        const qwr_option_decl *d = qwr_context_option_decl(ctx, i);
        textbuf_printf(out, "  %s (%s, ", d->name, type_name(d->type));
        describe_range(out, d);
        textbuf_add(out, ")\n");
        textbuf_wrap(out, d->sentence ? d->sentence : "", 6, 96);
    }
    return QWR_OK;
}

static qwr_status print_rules(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "Rules that 'quaywright check' knows, by the names in its output:\n\n");
    for (size_t i = 0; i < qwr_rule_count(); i++) {
        textbuf_printf(out, "  %s\n", qwr_rule_name(i));
        textbuf_wrap(out, qwr_rule_sentence(i), 6, 96);
    }
    return QWR_OK;
}

static const help_topic topics[] = {
    {"formats", "files that are read and written", formats, NULL},
    {"exit-codes", "what the exit code says", exit_codes, NULL},
    {"options", "options of the library and of plugins", NULL, print_options},
    {"rules", "rules of the checker", NULL, print_rules},
    {"bench", "benchmarks, and the columns of their CSV", bench, NULL},
    {"variables", "what 'sweep' can vary, levels, units, distributions", NULL,
     sweep_help_variables},
    {"sweep-store", "the SQLite file of a sweep: tables, columns, key figures", NULL,
     sweep_help_store},
    {"plugins", "where plugins come from, how they are checked", plugins, NULL},
};

const help_topic *help_topic_at(size_t i)
{
    return i < sizeof topics / sizeof *topics ? &topics[i] : NULL;
}
