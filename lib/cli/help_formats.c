/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Topics of the file formats: one each, with a file that shows it and commands that run with it.
 * Elements and attributes of XML come from the schema. Knows no command's options.
 */
#include "cli/cli.h"
#include "cli/help_topics.h"
#include "cli/schema_table.h"

#include <string.h>

static const char formats[] =
    "Formats are recognised by content, not by name. Each has a topic of its own, and\n"
    "most have a small file: 'quaywright help TOPIC --sample' prints it.\n"
    "\n"
    "Scenarios\n"
    "  scenario-xml  Quaywright's own: <scenario format=\"1\">. Units are in the attribute\n"
    "                names: length_m, eta. The schema is installed beside the others.\n"
    "  dbap-text     Discrete berths, as published: sizes, arrivals, berth openings, a\n"
    "                matrix of handling times, berth closings, latest departures.\n"
    "  hybrid-json   Hybrid berths, as published: n_berths, berth_len, n_ships, ...\n"
    "  csbap-text    A continuous quay with breaks, as published: horizon, length, breaks,\n"
    "                a line a vessel.\n"
    "  tidal-csv     A continuous quay that is left at high water, as published: Vessels,\n"
    "                Quay, Begin, End, Processing, Length, Arrival.\n"
    "\n"
    "Plans (written by file extension; the last one by --to solution-csv)\n"
    "  plan-xml      Every stay, and what is known about the plan: cost, bound, proof.\n"
    "  plan-json     The same members in JSON.\n"
    "  plan-csv      One row a call, times in UTC. Easy to write by hand and to check.\n"
    "  solution-csv  vessel,place,start,end in the units of the published instance.\n"
    "\n"
    "Other files\n"
    "  certificate-xml\n"
    "                A proof that no plan costs less, for 'verify'.\n"
    "  history-csv   Past calls, for 'plan --history'.\n"
    "  milp          The model of 'plan --milp-file', as .lp or .mps.\n"
    "  json          What --json prints, with a schema for each command.\n"
    "\n"
    "No plan file holds run times, thread counts or paths: equal plans are equal files.\n";

static const char scenario_sample[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<scenario format=\"1\" id=\"two-calls\" epoch=\"2027-03-01T00:00:00Z\" horizon_h=\"48\">\n"
    "  <quay id=\"Q1\" length_m=\"600\" depth_m=\"16\" clearance_m=\"20\"/>\n"
    "  <crane id=\"C1\" quay=\"Q1\" rail_order=\"1\"/>\n"
    "  <crane id=\"C2\" quay=\"Q1\" rail_order=\"2\"/>\n"
    "  <call id=\"V1\" vessel=\"Alpha\" loa_m=\"300\" eta=\"2027-03-01T06:00:00Z\" moves=\"240\"\n"
    "        wait_cost_h=\"1000\" stay_cost_h=\"100\"/>\n"
    "  <call id=\"V2\" vessel=\"Beta\" loa_m=\"250\" eta=\"2027-03-01T08:00:00Z\" moves=\"120\"\n"
    "        wait_cost_h=\"800\" stay_cost_h=\"100\"/>\n"
    "</scenario>\n";

static const char scenario_text[] =
    "A scenario holds a terminal, the vessel calls, equipment, prices and history.\n"
    "\n"
    "Elements stand in the order below, and an id is named only after the element that\n"
    "has it. Elements inside a quay, block or call belong to it; they may also stand\n"
    "behind all of these directly in the scenario, and then name it (quay, block, call).\n"
    "\n"
    "Units stand in the attribute names: _m metres, _t tonnes, _h hours, _min minutes,\n"
    "_s seconds, _m_s metres a second, _kw kilowatts, _kwh kilowatt-hours, _pct percent.\n"
    "Money has up to three digits after the point. A duration is given in one of its\n"
    "spellings, _h, _min or _s. An attribute left out takes its default.\n"
    "\n"
    "A date and time names its zone: 2027-03-01T06:00:00Z or 2027-03-01T07:00+01:00.\n"
    "'quaywright help scenario-xml ELEMENT' prints one element alone.\n";

static qwr_status print_scenario(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "\nElements and attributes\n");
    schema_describe(out, &schema_scenario);
    return QWR_OK;
}

static const char scenario_example[] = "quaywright help scenario-xml --sample >two.xml\n"
                                       "quaywright validate two.xml\n"
                                       "quaywright plan two.xml\n"
                                       "quaywright help scenario-xml call";

static const char dbap_sample[] = "4\n"
                                  "2\n"
                                  "0 0 5 6\n"
                                  "0 0\n"
                                  "5 9\n"
                                  "8 4\n"
                                  "3 6\n"
                                  "99999 2\n"
                                  "50 50\n"
                                  "50 50 50 50\n";

static const char dbap_text[] =
    "The discrete, dynamic berth allocation problem, as published by Cordeau et al.\n"
    "(2005), Lalla-Ruiz et al. (2012) and Kramer et al. (2019): whole numbers separated\n"
    "by white space, in hours here, in this order.\n"
    "\n"
    "  N M             number of vessels, number of berths\n"
    "  N numbers       arrivals\n"
    "  M numbers       berth openings\n"
    "  N x M numbers   handling time of each vessel at each berth, a row a vessel;\n"
    "                  99999: it may not lie there\n"
    "  M numbers       berth closings\n"
    "  N numbers       latest departures\n"
    "  N numbers       weights; may be left out\n"
    "\n"
    "Numbers too many are named and not read, but where all behind the handling times\n"
    "are the same, as in some published files; numbers too few are refused, with the line\n"
    "where a file keeps a section or a vessel to a line. A vessel that no berth takes, or\n"
    "whose window is too short, is named; the plan leaves it out and says why.\n"
    "\n"
    "The objective is the weighted sum of the times from arrival to departure. Vessels\n"
    "become the calls V1, V2 ..., berths B1, B2 ...; values are printed in the unit of\n"
    "the instance.\n";

static const char dbap_example[] = "quaywright help dbap-text --sample >four.txt\n"
                                   "quaywright plan four.txt\n"
                                   "quaywright convert four.txt four.xml";

static const char hybrid_sample[] =
    "{\"n_berths\": 3, \"berth_len\": [1, 1, 1], \"n_ships\": 3, \"n_periods\": 20,\n"
    " \"arrival_time\": [0, 0, 2], \"handling_time\": [4, 3, 5], \"ship_len\": [2, 1, 2]}\n";

static const char hybrid_text[] =
    "The hybrid berth allocation problem, as published by Santini for the port of\n"
    "Barcelona: one JSON object with these members, all required, whole numbers.\n"
    "\n"
    "  n_berths        number of berths along the quay\n"
    "  berth_len       length of each berth [m]\n"
    "  n_ships         number of ships\n"
    "  n_periods       length of the horizon in periods; a period is an hour here\n"
    "  arrival_time    period in which each ship arrives\n"
    "  handling_time   periods each ship needs\n"
    "  ship_len        length of each ship [m]\n"
    "\n"
    "A ship lies at neighbouring berths, from the beginning of one on. The objective is\n"
    "the latest completion, start + handling_time - 1.\n";

static const char hybrid_example[] = "quaywright help hybrid-json --sample >three.json\n"
                                     "quaywright plan three.json";

static const char csbap_sample[] = "% Time allocation\n"
                                   "40\n"
                                   "\n"
                                   "% Berth length\n"
                                   "300\n"
                                   "\n"
                                   "% Berth breaks\n"
                                   "180\n"
                                   "\n"
                                   "% Vessel index, size, arrival time, processing time, weight\n"
                                   "1 120 0 6 1\n"
                                   "2 100 0 4 2\n"
                                   "3 80 3 5 1\n";

static const char csbap_text[] =
    "The continuous berth allocation problem with quay breaks (csbap), as published: whole\n"
    "numbers in four sections, each behind a line that begins with %.\n"
    "\n"
    "  1  the horizon, in hours here\n"
    "  2  the length of the quay [m]\n"
    "  3  positions of breaks that no vessel may straddle [m]; there may be none\n"
    "  4  a line a vessel: index, size [m], arrival, processing time, weight; the weight\n"
    "     may be left out and is 1 then\n"
    "\n"
    "Vessels lie at whole metres and become the calls V1, V2 ... by their index. The\n"
    "objective is the weighted sum of the times from arrival to departure; every vessel\n"
    "leaves by the horizon. Values are printed in the unit of the instance.\n";

static const char csbap_example[] = "quaywright help csbap-text --sample >three.txt\n"
                                    "quaywright plan three.txt\n"
                                    "quaywright convert three.txt three.xml";

static const char tidal_sample[] = "Vessels,3\n"
                                   "Quay,3.0\n"
                                   "Begin,1,13,26,38\n"
                                   "End,7,20,32,44\n"
                                   "Processing,7,12,12.5\n"
                                   "Length,0.75,1.5,1.8\n"
                                   "Arrival,0,4,5.25\n";

static const char tidal_text[] =
    "Berth allocation at a tidal terminal, as published by Ernst, Oguz, Singh and Taherkhani\n"
    "(2017): a line a row, its name first, commas between its values.\n"
    "\n"
    "  Vessels     how many\n"
    "  Quay        length of the quay; left out: 3\n"
    "  Begin, End  of each high water, one after the other\n"
    "  Processing, Length, Arrival\n"
    "              of each vessel; lengths in the unit of the quay, 100 m here\n"
    "\n"
    "A vessel leaves at high water, the moment its processing ends. The objective is the sum\n"
    "of the times of departure, in hours. Decimals are rounded up, arrivals and processing\n"
    "times to hundredths, lengths to 1/500 of a unit (1/200 beyond 40 vessels): a plan is one\n"
    "of the instance, a bound holds for plans on these steps.\n";

static const char tidal_example[] = "quaywright help tidal-csv --sample >three.csv\n"
                                    "quaywright plan three.csv\n"
                                    "quaywright convert three.csv three.xml";

static const char plan_xml_sample[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<plan format=\"1\" scenario=\"two-calls\">\n"
    "  <stay call=\"V1\" quay=\"Q1\" position_m=\"0\" cranes=\"1\"\n"
    "        start=\"2027-03-01T06:00:00Z\" end=\"2027-03-01T14:00:00Z\"/>\n"
    "  <stay call=\"V2\" quay=\"Q1\" position_m=\"320\" cranes=\"1\"\n"
    "        start=\"2027-03-01T08:00:00Z\" end=\"2027-03-01T12:00:00Z\"/>\n"
    "</plan>\n";

static const char plan_xml_text[] =
    "A plan holds one stay for each call, and what is known about the whole.\n"
    "\n"
    "A plan made by hand needs a stay's call, its berth or its quay and position_m, start\n"
    "and end; calls left out have no place. The names are the same in XML, JSON and CSV.\n";

static qwr_status print_plan(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "\nElements and attributes\n");
    schema_describe(out, &schema_plan);
    return QWR_OK;
}

static const char plan_xml_example[] = "quaywright help scenario-xml --sample >two.xml\n"
                                       "quaywright help plan-xml --sample >mine.xml\n"
                                       "quaywright check two.xml mine.xml";

static const char plan_json_sample[] =
    "{\n"
    "  \"format\": 1,\n"
    "  \"scenario\": \"two-calls\",\n"
    "  \"stays\": [\n"
    "    {\"call\": \"V1\", \"quay\": \"Q1\", \"position_m\": 0, \"cranes\": 1,\n"
    "     \"start\": \"2027-03-01T06:00:00Z\", \"end\": \"2027-03-01T14:00:00Z\"},\n"
    "    {\"call\": \"V2\", \"quay\": \"Q1\", \"position_m\": 320, \"cranes\": 1,\n"
    "     \"start\": \"2027-03-01T08:00:00Z\", \"end\": \"2027-03-01T12:00:00Z\"}\n"
    "  ]\n"
    "}\n";

static const char plan_json_text[] =
    "A plan as one JSON object: the members of the plan, and the list stays with one\n"
    "object for each call. 'null' and a member left out mean the same. This is the file\n"
    "format; what 'plan --json' prints for programs is another one, see 'quaywright help\n"
    "json'. The file plan-file.schema.json describes it.\n";

static qwr_status print_plan_members(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "\nMembers of the plan\n");
    schema_describe_attributes(out, &schema_plan, "plan");
    textbuf_add(out, "\nMembers of each of its stays\n");
    schema_describe_attributes(out, &schema_plan, "stay");
    return QWR_OK;
}

static const char plan_json_example[] = "quaywright help scenario-xml --sample >two.xml\n"
                                        "quaywright help plan-json --sample >mine.json\n"
                                        "quaywright check two.xml mine.json";

static const char plan_csv_sample[] = "call,quay,position_m,start,end,cranes\n"
                                      "V1,Q1,0,2027-03-01T06:00:00Z,2027-03-01T14:00:00Z,1\n"
                                      "V2,Q1,320,2027-03-01T08:00:00Z,2027-03-01T12:00:00Z,1\n";

static const char plan_csv_text[] =
    "A plan as comma-separated values: a line that names the columns, then a row for each\n"
    "call. Columns may stand in any order and be left out; a cell left empty means the\n"
    "same as a column left out. Cells with a comma or a quote stand in quotes.\n";

static qwr_status print_plan_columns(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "\nColumns\n");
    schema_describe_attributes(out, &schema_plan, "stay");
    return QWR_OK;
}

static const char plan_csv_example[] = "quaywright help scenario-xml --sample >two.xml\n"
                                       "quaywright help plan-csv --sample >mine.csv\n"
                                       "quaywright check two.xml mine.csv\n"
                                       "quaywright convert mine.csv mine.json --scenario two.xml";

static const char solution_sample[] = "vessel,place,start,end\n"
                                      "1,1,0,5\n"
                                      "2,2,0,4\n"
                                      "3,1,5,8\n"
                                      "4,2,6,8\n";

static const char solution_text[] =
    "A solution of a published instance in the units of the instance, to hand it on or to\n"
    "have one checked that somebody else made: a row for each vessel that has a place.\n"
    "Lines that begin with # are remarks; '# value 713' claims a value, which 'bench\n"
    "--verify' compares.\n"
    "\n"
    "  vessel   its number in the instance, from 1\n"
    "  place    number of the berth, or of the first of several, from 1; on a continuous\n"
    "           quay the position [m]\n"
    "  start    when it begins\n"
    "  end      when it ends, exclusive; may be left out where the instance fixes the\n"
    "           handling time\n";

static const char solution_example[] =
    "quaywright help dbap-text --sample >four.txt\n"
    "quaywright help solution-csv --sample >four.csv\n"
    "quaywright check four.txt four.csv\n"
    "quaywright convert four.csv again.csv --scenario four.txt --to solution-csv";

static const char certificate_sample[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<certificate format=\"1\" scenario=\"four\" scenario_hash=\"ef2e737957a7bb59\" calls=\"4\"\n"
    "             price_unit=\"1\" target=\"13.999\" ordered=\"no\">\n"
    "  <split call=\"V1\" berth=\"B1\" from_s=\"0\" to_s=\"0\"/>\n"
    "  <prices values=\"5000 4000 3000 2000\"/>\n"
    "  <end/>\n"
    "  <prices values=\"9000 4000 3000 2000\"/>\n"
    "  <end/>\n"
    "</certificate>\n";

static const char certificate_text[] =
    "A proof that no plan costs less, for calls without cranes at discrete berths: a list of\n"
    "steps, replayed from the first to the last on a set of stays, at first all legal ones.\n"
    "\n"
    "  <prices>  A price for each call. At each berth the cheapest chain of stays that can\n"
    "            follow one another is found, each stay at its cost less the price of its\n"
    "            call. The prices and the chains together bound the cost of every plan. If\n"
    "            the bound is above the target, the node is closed; else stays whose\n"
    "            cheapest chain lifts it above the target are taken out.\n"
    "  <split>   Opens two nodes: the call begins at one of those berths in that interval, or\n"
    "            it does not. The steps of the first follow, then those of the second.\n"
    "  <end>     The node ends here, and must be closed.\n"
    "\n"
    "If every node ends closed, no plan costs the target or less. Without a target there is one\n"
    "<prices> and no <end>, and its bound counts. The header certificate.h has it to the\n"
    "integer.\n";

static qwr_status print_certificate(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "\nElements and attributes\n");
    schema_describe(out, &schema_certificate);
    return QWR_OK;
}

static const char certificate_example[] = "quaywright help dbap-text --sample >four.txt\n"
                                          "quaywright help certificate-xml --sample >proof.xml\n"
                                          "quaywright verify four.txt proof.xml";

static const char history_sample[] = "vessel,service,class,start,moves,cranes,work_h,eta_error_h\n"
                                     "Alpha,NE1,feeder,2027-02-01T06:00:00Z,420,2,7.6,0.5\n"
                                     "Beta,NE1,feeder,2027-02-03T14:00:00Z,300,2,5.9,-1\n"
                                     "Alpha,NE1,feeder,2027-02-08T06:30:00Z,410,2,7.9,\n"
                                     "Gamma,AX2,deep-sea,2027-02-09T02:00:00Z,1800,4,19.2,3\n";

static const char history_text[] =
    "Past calls, for forecasts: a line that names the columns, then a row for each call.\n"
    "Durations are measurements and are rounded to the second; one spelling of a duration\n"
    "is enough. The same columns are the attributes of <history> in a scenario.\n";

static qwr_status print_history(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "\nColumns\n");
    schema_describe_attributes(out, &schema_scenario, "history");
    return QWR_OK;
}

static const char history_example[] = "quaywright help scenario-xml --sample >two.xml\n"
                                      "quaywright help history-csv --sample >past.csv\n"
                                      "quaywright plan two.xml --history past.csv";

static const char milp_text[] =
    "'plan --milp-file FILE' writes the last model handed to a MILP backend, exactly as it\n"
    "was solved, as CPLEX LP (.lp) or free MPS (.mps), for other solvers and for reports of\n"
    "faults. Rows are r1, r2 ..., columns x1, x2 ...; a row bounded on both sides becomes\n"
    "r1_low and r1_up. No file is written where no model was needed; the tool says so.\n";

static const char milp_example[] = "quaywright help dbap-text --sample >four.txt\n"
                                   "quaywright plan four.txt --milp-file four.lp --quiet";

static const char json_text[] =
    "With --json a command prints exactly one JSON document to standard output: its\n"
    "result, or, if there is none because of a failure, an object with the one member\n"
    "error. Sentences for people still go to standard error, and the exit code is the\n"
    "same as without --json. Numbers are in the units of the names; a value that is not\n"
    "known is null.\n"
    "\n"
    "  {\"error\": {\"code\": 2, \"status\": \"QWR_EFORMAT\", \"message\": ..., \"file\": ...,\n"
    "             \"line\": ..., \"causes\": [...], \"hint\": ..., \"example\": ...}}\n"
    "\n"
    "Code is the exit code; status is the name of the library's status, or usage,\n"
    "bad-input, broken, output, internal, cancelled where the tool itself failed; causes\n"
    "go from the outermost to the innermost.\n"
    "\n"
    "Each document follows a JSON Schema (draft 2020-12) without unknown members. They are\n"
    "installed in the folder schema of the package's data, as NAME.schema.json:\n";

/* Each command says which schemas its --json follows. */
static qwr_status print_schemas(textbuf *out, qwr_context *ctx)
{
    (void)ctx;
    textbuf_add(out, "\n");
    for (size_t i = 0; cli_command_at(i); i++) {
        const cli_command *command = cli_command_at(i);
        for (const char *p = command->schemas; p && *p; p += *p == ' ') {
            size_t length = strcspn(p, " "), name = strcspn(p, "= ");
            if (p[name] == '=')
                textbuf_printf(out, "  %s %.*s: %.*s\n", command->name, (int)name, p,
                               (int)(length - name - 1), p + name + 1);
            else
                textbuf_printf(out, "  %s: %.*s\n", command->name, (int)length, p);
            p += length;
        }
    }
    textbuf_add(out, "  a failure of any command: error\n");
    return QWR_OK;
}

static const char json_example[] = "quaywright version --json\n"
                                   "quaywright help plan --json\n"
                                   "quaywright validate missing.xml --json # exit code 2";

const help_topic help_formats[] = {
    {.name = "formats",
     .sentence = "files that are read and written",
     .text = formats,
     .section = 5,
     .example = "quaywright help plan-csv"},
    {.name = "scenario-xml",
     .sentence = "scenarios: every element and attribute",
     .text = scenario_text,
     .print = print_scenario,
     .section = 5,
     .sample = scenario_sample,
     .example = scenario_example},
    {.name = "dbap-text",
     .sentence = "published instances with discrete berths",
     .text = dbap_text,
     .section = 5,
     .sample = dbap_sample,
     .example = dbap_example},
    {.name = "hybrid-json",
     .sentence = "published instances with hybrid berths",
     .text = hybrid_text,
     .section = 5,
     .sample = hybrid_sample,
     .example = hybrid_example},
    {.name = "csbap-text",
     .sentence = "published instances with a continuous quay and breaks",
     .text = csbap_text,
     .section = 5,
     .sample = csbap_sample,
     .example = csbap_example},
    {.name = "tidal-csv",
     .sentence = "published instances of a quay that is left at high water",
     .text = tidal_text,
     .section = 5,
     .sample = tidal_sample,
     .example = tidal_example},
    {.name = "plan-xml",
     .sentence = "plans in XML",
     .text = plan_xml_text,
     .print = print_plan,
     .section = 5,
     .sample = plan_xml_sample,
     .example = plan_xml_example},
    {.name = "plan-json",
     .sentence = "plans in JSON",
     .text = plan_json_text,
     .print = print_plan_members,
     .section = 5,
     .sample = plan_json_sample,
     .example = plan_json_example},
    {.name = "plan-csv",
     .sentence = "plans as a table, easy to write by hand",
     .text = plan_csv_text,
     .print = print_plan_columns,
     .section = 5,
     .sample = plan_csv_sample,
     .example = plan_csv_example},
    {.name = "solution-csv",
     .sentence = "solutions in the units of a published instance",
     .text = solution_text,
     .section = 5,
     .sample = solution_sample,
     .example = solution_example},
    {.name = "certificate-xml",
     .sentence = "proofs that no plan costs less",
     .text = certificate_text,
     .print = print_certificate,
     .section = 5,
     .sample = certificate_sample,
     .example = certificate_example},
    {.name = "history-csv",
     .sentence = "past calls, for forecasts",
     .text = history_text,
     .print = print_history,
     .section = 5,
     .sample = history_sample,
     .example = history_example},
    {.name = "milp",
     .sentence = "models for other solvers, .lp and .mps",
     .text = milp_text,
     .section = 5,
     .example = milp_example},
    {.name = "json",
     .sentence = "what --json prints, and its schemas",
     .text = json_text,
     .print = print_schemas,
     .section = 5,
     .example = json_example},
};
const size_t help_format_count = sizeof help_formats / sizeof *help_formats;
