/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts of `help TOPIC`: exit codes, benchmarks, plugins, completion, and the topics that the
 * library itself fills, options and rules. Formats are in help_formats.c. Knows no command's
 * options; those are declared beside them.
 */
#include "cli/help_topics.h"

#include "cli/cli.h"
#include "cli/sweep_help.h"

#include <stdio.h>
#include <string.h>

static const char bench[] =
    "RUNNING: bench DIR|FILE... [--csv FILE] [--solutions DIR] [--log DIR]\n"
    "\n"
    "Runs every instance of the folders, in the order of their names, each with its own deadline, "
    "and\n"
    "checks every plan with the checker. Formats are recognised by content; SOURCE.md, tables "
    "(*.csv)\n"
    "and hidden files are left out, and a file of no known format is named and skipped. Folders "
    "inside a "
    "folder are\n"
    "entered with --recursive; their instances are called SUB/NAME. --csv writes the columns\n"
    "\n"
    "  instance           file name without extension\n"
    "  problem            dbap (dbap-text), bap-hybrid (hybrid-json), bap-continuous\n"
    "                     (csbap-text), bap-tidal (tidal-csv), berth (xml)\n"
    "  value, bound       in the published unit of the instance; empty if there is none\n"
    "  gap_pct            100 (value - bound) / value\n"
    "  status             optimal, feasible, infeasible, none, error\n"
    "  best_known         from best_known.csv beside the instances (columns instance, best_known,\n"
    "  best_known_proven  proven_optimal, found by their names); 1: proven optimal\n"
    "  cpu_s, wall_s      processor time of all threads, and time on the clock, of reading, "
    "planning\n"
    "                     and checking\n"
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
    "The table of rows is followed by one of groups: instances whose names differ in the number "
    "behind\n"
    "the last '-' or '_'. \"over\" is 100 (value - best_known) / best_known, \"better\" counts "
    "values "
    "below\n"
    "the best known, which are named in the end; so is a bound above one.\n"
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
    "A plugin is a shared object that exports one function, qwr_plugin_entry_v1, and links\n"
    "nothing of Quaywright. There are three kinds: FORECAST (crane rates from history),\n"
    "OPTIMISER (improves the berth plan through the host's functions), SOLVER (a MILP\n"
    "backend).\n"
    "\n"
    "Modules are searched in the folders of the option plugin_path, then in those of the\n"
    "environment variable QUAYWRIGHT_PLUGIN_PATH, then in the folder of the installation.\n"
    "\n"
    "  quaywright plugin list               what is loaded, with version and licence\n"
    "  quaywright plugin options            every option of the loaded plugins\n"
    "  quaywright plugin check FILE.so      the conformance suite, in a child process\n"
    "  quaywright plan FILE --optimiser ID --option ID.NAME=VALUE\n"
    "\n"
    "Wrong sizes, versions, lengths, numbers, infeasible answers and modules that do not\n"
    "return are caught: the plugin is disabled and the plan goes out. A memory fault inside\n"
    "a module is not caught, it ends the process; that is why 'plugin check' runs the module\n"
    "in a child.\n"
    "\n"
    "The header <quaywright/plugin.h> is the whole contract; plugins/template compiles as it\n"
    "is.\n";

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
        textbuf_wrap(out, d->sentence ? d->sentence : "", 6, 78);
    }
    return QWR_OK;
}

static qwr_status print_rules(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "Rules that 'quaywright check' knows, by the names in its output:\n\n");
    for (size_t i = 0; i < qwr_rule_count(); i++) {
        textbuf_printf(out, "  %s\n", qwr_rule_name(i));
        textbuf_wrap(out, qwr_rule_sentence(i), 6, 78);
    }
    return QWR_OK;
}

static const char exit_text[] =
    "Every command ends with one of these codes. What went wrong is on standard error, and\n"
    "with --json also on standard output, see 'quaywright help json'.\n";

static qwr_status print_exit_codes(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "\n");
    for (size_t i = 0; cli_exit_at(i); i++) {
        const cli_exit_info *e = cli_exit_at(i);
        textbuf lines = {0};
        textbuf_wrap(&lines, e->sentence, 7, 78);
        if (lines.failed)
            out->failed = 1;
        else
            textbuf_printf(out, "  %-5d%s", (int)e->code, lines.data + 7);
        textbuf_free(&lines);
    }
    return QWR_OK;
}

static const char exit_example[] = "quaywright plan --dedline 5 # exit code 1\n"
                                   "quaywright plan missing.xml # exit code 2";

static const char completion[] =
    "Commands, options, their words, topics and files are completed by bash, zsh and fish.\n"
    "The scripts are made from the declarations that also make this help, and are installed\n"
    "where the shells look for them. Without an installation:\n"
    "\n"
    "  bash   eval \"$(quaywright help --completion bash)\"\n"
    "  zsh    quaywright help --completion zsh >DIR/_quaywright, DIR being one of $fpath\n"
    "  fish   quaywright help --completion fish | source\n"
    "\n"
    "Names that depend on what is loaded, such as those of solvers, are asked for when they\n"
    "are needed: 'quaywright help --words solvers'.\n";

static const help_topic topics[] = {
    {"exit-codes", "what the exit code says", exit_text, print_exit_codes, 7, NULL, exit_example},
    {"options", "options of the library and of plugins", NULL, print_options, 0, NULL,
     "quaywright help options\nquaywright version --option threads=1"},
    {"rules", "rules of the checker", NULL, print_rules, 7, NULL,
     "quaywright check week.xml plan/plan.csv"},
    {"bench", "benchmarks, and the columns of their CSV", bench, NULL, 0, NULL, NULL},
    {"variables", "what 'sweep' can vary, levels, units, distributions", NULL, sweep_help_variables,
     7, NULL,
     "quaywright help scenario-xml --sample >two.xml\n"
     "quaywright sweep two.xml --vary cranes.rate=25,30 --store study"},
    {"sweep-store", "the SQLite file of a sweep: tables, columns, key figures", NULL,
     sweep_help_store, 5, NULL,
     "quaywright help scenario-xml --sample >two.xml\n"
     "quaywright sweep two.xml --vary calls.eta_shift=0h,1h --store study\n"
     "quaywright sweep list study"},
    {"plugins", "where plugins come from, how they are checked", plugins, NULL, 7, NULL,
     "quaywright plugin list"},
    {"completion", "names completed by bash, zsh and fish", completion, NULL, 7, NULL,
     "quaywright help --completion bash >quaywright.bash\nquaywright help --words commands"},
};

enum { TOPIC_COUNT = sizeof topics / sizeof *topics };

const help_topic *help_topic_at(size_t i)
{
    if (i < help_format_count)
        return &help_formats[i];
    i -= help_format_count;
    return i < TOPIC_COUNT ? &topics[i] : NULL;
}

const help_topic *help_topic_find(const char *name)
{
    for (size_t i = 0; help_topic_at(i); i++)
        if (strcmp(help_topic_at(i)->name, name) == 0)
            return help_topic_at(i);
    return NULL;
}
