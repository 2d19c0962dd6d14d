/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quaywright generate: seeded, realistic scenarios from published distributions. The numbers are
 * the library's; here are their options only.
 */
#include "cli/cli.h"

#include "cli/plan_json.h"

#include <stdio.h>

static cli_exit list_profiles(int as_json)
{
    textbuf out = {0};
    json_out json = {0};
    if (as_json)
        json_list(&json, NULL);
    for (size_t i = 0; qwr_generate_profile_name(i); i++) {
        if (as_json) {
            json_object(&json, NULL);
            json_string(&json, "profile", qwr_generate_profile_name(i));
            json_string(&json, "about", qwr_generate_profile_sentence(i));
            json_object_end(&json);
        } else {
            textbuf_printf(&out, "%s\n", qwr_generate_profile_name(i));
            textbuf_wrap(&out, qwr_generate_profile_sentence(i), 4, 96);
        }
    }
    if (!as_json)
        return cli_print(&out);
    json_list_end(&json);
    return cli_print(&json.text);
}

static int64_t optional(const args *a, const char *name)
{
    return args_given(a, name) ? args_int(a, name) : QWR_UNSET;
}

static cli_exit announce(const args *a, const char *path, const qwr_scenario *scenario)
{
    textbuf out = {0};
    json_out json = {0};
    if (args_given(a, "json")) {
        json_object(&json, NULL);
        json_string(&json, "file", path);
        json_string(&json, "profile", args_text(a, "profile"));
        json_int(&json, "seed", args_int(a, "seed"));
        scenario_json(&json, scenario);
        json_object_end(&json);
        return cli_print(&json.text);
    }
    textbuf_printf(&out, "%s: \"%s\", %zu calls, %zu quays, %zu berths, %zu cranes\n", path,
                   qwr_scenario_get_info(scenario)->id, qwr_scenario_call_count(scenario),
                   qwr_scenario_quay_count(scenario), qwr_scenario_berth_count(scenario),
                   qwr_scenario_crane_count(scenario));
    return cli_print(&out);
}

static cli_exit run(qwr_context *ctx, const args *a)
{
    qwr_generate_options options = qwr_generate_options_init();
    qwr_scenario *scenario = NULL;
    const char *path = args_text(a, "out");
    if (args_given(a, "list"))
        return list_profiles(args_given(a, "json"));
    if (!path)
        return cli_usage("generate", "--out FILE is missing, the scenario file to write");
    if (args_given(a, "calls") && args_given(a, "utilisation"))
        return cli_usage("generate", "--calls and --utilisation are given: one follows from the "
                                     "other; leave one out");
    options.profile = args_text(a, "profile");
    options.seed = (uint64_t)args_int(a, "seed");
    options.calls = optional(a, "calls");
    options.quay_m = optional(a, "quay-m");
    options.cranes = optional(a, "cranes");
    options.days = optional(a, "days");
    options.vehicles = optional(a, "vehicles");
    options.layout = args_text(a, "layout");
    options.epoch = args_text(a, "epoch");
    if (args_given(a, "utilisation")) /* percent in thousandths: a hundredth of it is per mille */
        options.utilisation_milli = args_int(a, "utilisation") / 100;
    qwr_status status = qwr_generate(&scenario, ctx, &options);
    if (status)
        return cli_fail(ctx, status, CLI_WORKING, NULL);
    status = qwr_scenario_save(ctx, scenario, path);
    cli_exit code = status ? cli_fail(ctx, status, CLI_WRITING, path) : announce(a, path, scenario);
    qwr_scenario_free(scenario);
    return code;
}

static const arg_decl options[] = {
    {.name = "out", .type = ARG_TEXT, .value = "FILE", .sentence = "Scenario file to write"},
    {.name = "list", .type = ARG_FLAG, .sentence = "List the profiles and their sources instead"},
    {.name = "profile",
     .type = ARG_TEXT,
     .value = "P",
     .fallback = "medium",
     .sentence = "Kind of terminal, see --list",
     .completes = "profiles"},
    {.name = "seed",
     .type = ARG_INT,
     .value = "N",
     .max = INT64_MAX,
     .fallback = "1",
     .sentence = "Seed: same profile, options and seed, same file"},
    {.name = "calls",
     .type = ARG_INT,
     .value = "N",
     .min = 1,
     .max = 100000,
     .sentence = "Vessel calls; without it as the profile has them"},
    {.name = "quay-m",
     .type = ARG_INT,
     .value = "M",
     .unit = "m",
     .min = 100,
     .max = 20000,
     .sentence = "Length of the quay"},
    {.name = "cranes",
     .type = ARG_INT,
     .value = "N",
     .min = 1,
     .max = 500,
     .sentence = "Quay cranes"},
    {.name = "days",
     .type = ARG_INT,
     .value = "N",
     .unit = "d",
     .min = 1,
     .max = 366,
     .sentence = "Days over which vessels arrive"},
    {.name = "vehicles", .type = ARG_INT, .value = "N", .max = 5000, .sentence = "Vehicles"},
    {.name = "layout",
     .type = ARG_WORD,
     .value = "L",
     .words = "continuous|discrete|hybrid",
     .sentence = "Positions the quay offers"},
    {.name = "utilisation",
     .type = ARG_DECIMAL,
     .value = "PCT",
     .unit = "%",
     .min = 5000,
     .max = 95000,
     .sentence = "Berth use to aim at; the number of calls follows from it"},
    {.name = "epoch",
     .type = ARG_TEXT,
     .value = "TIME",
     .sentence = "UTC instant of second 0, such as 2026-03-02T00:00:00Z"},
    {.name = "json",
     .type = ARG_FLAG,
     .sentence = "Print what was made, or with --list the profiles, as JSON"},
    CLI_COMMON_OPTIONS,
};

const cli_command cmd_generate = {
    .name = "generate",
    .synopsis = "--out FILE [--profile P] [--seed N] [OPTIONS]\n--list [--json]",
    .sentence = "make a realistic scenario of any size",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .example = "quaywright generate --profile feeder --seed 7 --days 3 --out three-days.xml\n"
               "quaywright generate --list",
    .details =
        "Each profile gives the numbers of a kind of terminal and their published sources; the\n"
        "options change single ones. What does not fit the profile is refused with its bounds.\n",
    .schemas = "generate --list=generate-list",
    .run = run,
};
