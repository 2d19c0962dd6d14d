/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of variables: what can be varied, in which quantity, by which operators, and how. Help
 * is made from it. A variable that is one integer of an entity needs its row here and no more.
 */
#include "vary/vary.h"

#include <string.h>

enum {
    ANY = QWR__SET | QWR__ADD | QWR__MULTIPLY,
    SHIFT = QWR__SET /* a shift is added by its nature; += would say it twice */
};

#define HIGH       INT64_C(1000000000000)
#define MOVES_HIGH INT64_C(10000000)
#define SPAN_HIGH  INT64_C(315360000)
#define LONG_MM    INT64_C(1000000000)

#define FIELD(entity, field) .offset = offsetof(entity, field)

static const qwr__variable variables[] = {
    {"calls.count",
     "Number of calls: the last to arrive go; new ones repeat the others in order of "
     "arrival, half a mean gap later",
     "calls.count*=0.8..1.4/0.2", QWR__CALLS, QWR__COUNT, ANY, 0, 200000,
     .apply = qwr__apply_calls_count},
    {"calls.eta_shift",
     "Arrivals (eta and earliest start) later or, below 0, earlier; departures "
     "stay as agreed",
     "calls.eta_shift=normal(0,3h)", QWR__CALLS, QWR__DURATION, SHIFT, -SPAN_HIGH, SPAN_HIGH,
     .apply = qwr__apply_calls_eta_shift},
    {"calls.shift", "Whole calls, arrival and departures, later or earlier",
     "calls[service=AEX].shift=-12h,0h,12h", QWR__CALLS, QWR__DURATION, SHIFT, -SPAN_HIGH,
     SPAN_HIGH, .apply = qwr__apply_calls_shift},
    {"calls.moves", "Crane moves of a call without a given handling time",
     "calls.moves*=lognormal(0,0.2)", QWR__CALLS, QWR__COUNT, ANY, 0, MOVES_HIGH,
     .apply = qwr__apply_calls_moves},
    {"calls.handling", "Handling times that are given, of calls and of their berths",
     "calls.handling*=0.9..1.2/0.1", QWR__CALLS, QWR__DURATION, QWR__MULTIPLY, 0, SPAN_HIGH,
     .apply = qwr__apply_calls_handling},
    {"calls.rate", "Moves per crane-hour on a call", "calls[class=feeder].rate=25", QWR__CALLS,
     QWR__RATE, ANY, 1, HIGH, FIELD(qwr_call, rate_milli)},
    {"calls.min_cranes", "Fewest cranes at a call", "calls.min_cranes=1", QWR__CALLS, QWR__COUNT,
     ANY, 0, 64, FIELD(qwr_call, min_cranes)},
    {"calls.max_cranes", "Most cranes at a call", "calls.max_cranes+=0..2", QWR__CALLS, QWR__COUNT,
     ANY, 0, 64, FIELD(qwr_call, max_cranes)},
    {"calls.draught", "Draught on arrival", "calls[class=mainline].draught+=0..1.5/0.5", QWR__CALLS,
     QWR__LENGTH, ANY, 0, LONG_MM, FIELD(qwr_call, draught_mm)},
    {"calls.weight", "Priority weight (objectives flow-time and completion)",
     "calls[service=AEX].weight=1,2,5", QWR__CALLS, QWR__NUMBER, ANY, 0, HIGH,
     FIELD(qwr_call, weight_milli)},
    {"calls.wait_cost", "Cost of an hour of waiting", "calls.wait_cost*=0.5..2/0.5", QWR__CALLS,
     QWR__MONEY, ANY, 0, HIGH, FIELD(qwr_call, wait_mu_h)},
    {"calls.late_cost", "Cost of an hour after the desired departure",
     "calls.late_cost*=0.5..2/0.5", QWR__CALLS, QWR__MONEY, ANY, 0, HIGH,
     FIELD(qwr_call, late_mu_h)},
    {"calls.pinned", "0 takes the pins of calls away, 1 keeps them", "calls.pinned=0,1", QWR__CALLS,
     QWR__COUNT, QWR__SET, 0, 1, .apply = qwr__apply_calls_pinned},
    {"cranes.count",
     "Number of cranes: a new one copies the last in rail order of the quay with "
     "the fewest; the last of the quay with the most goes, and its windows with it",
     "cranes.count=8..14", QWR__CRANES, QWR__COUNT, ANY, 0, 10000,
     .apply = qwr__apply_cranes_count},
    {"cranes.rate", "Gross moves per hour of a crane", "cranes.rate*=0.9..1.1/0.05", QWR__CRANES,
     QWR__RATE, ANY, 1, HIGH, FIELD(qwr_crane, rate_milli)},
    {"cranes.down",
     "A breakdown of this length for each crane, from an instant drawn between "
     "first and last arrival",
     "cranes[C1].down=0h,24h", QWR__CRANES, QWR__DURATION, QWR__SET, 0, SPAN_HIGH,
     .apply = qwr__apply_cranes_down},
    {"quays.length", "Length of a quay", "quays[Q1].length+=0..200/50", QWR__QUAYS, QWR__LENGTH,
     ANY, 1, LONG_MM, FIELD(qwr_quay, length_mm)},
    {"quays.depth", "Depth along a quay below chart datum", "quays.depth+=-0.5,0,0.5", QWR__QUAYS,
     QWR__LENGTH, ANY, 0, LONG_MM, FIELD(qwr_quay, depth_mm)},
    {"quays.clearance", "Least gap between two ships", "quays.clearance=10,20,30", QWR__QUAYS,
     QWR__LENGTH, ANY, 0, LONG_MM, FIELD(qwr_quay, clearance_mm)},
    {"quays.closed",
     "A closure of the whole quay of this length, from an instant drawn between "
     "first and last arrival",
     "quays[Q1].closed=0h,12h", QWR__QUAYS, QWR__DURATION, QWR__SET, 0, SPAN_HIGH,
     .apply = qwr__apply_quays_closed},
    {"berths.depth", "Depth at a berth", "berths.depth+=0..1/0.5", QWR__BERTHS, QWR__LENGTH, ANY, 0,
     LONG_MM, FIELD(qwr_berth, depth_mm)},
    {"windows.shift", "Closures, maintenance and weather later or earlier",
     "windows[W1].shift=-6h,0h,6h", QWR__WINDOWS, QWR__DURATION, SHIFT, -SPAN_HIGH, SPAN_HIGH,
     .apply = qwr__apply_windows_shift},
    {"windows.length", "Length of a window; 0 takes it away", "windows.length*=0,0.5,1",
     QWR__WINDOWS, QWR__DURATION, ANY, 0, SPAN_HIGH, .apply = qwr__apply_windows_length},
    {"windows.present", "0 takes the windows away, 1 keeps them", "windows[W1].present=0,1",
     QWR__WINDOWS, QWR__COUNT, QWR__SET, 0, 1, .apply = qwr__apply_windows_present},
    {"weather.stop",
     "A storm of this length that stops every crane, from an instant drawn between "
     "first and last arrival",
     "weather.stop=0..12h/4h", QWR__NO_ENTITY, QWR__DURATION, QWR__SET, 0, SPAN_HIGH,
     .apply = qwr__apply_weather_stop},
    {"tide.shift", "Water level higher or, below 0, lower", "tide.shift=-0.5m,0m,0.5m",
     QWR__NO_ENTITY, QWR__LENGTH, SHIFT, -LONG_MM, LONG_MM, .apply = qwr__apply_tide_shift},
    {"channel.depth", "Depth of the approach below chart datum", "channel.depth+=-1..1/0.5",
     QWR__NO_ENTITY, QWR__LENGTH, ANY, 0, LONG_MM, .apply = qwr__apply_channel_depth},
    {"scenario.horizon", "Length of the plan, rounded up to the time step",
     "scenario.horizon=96h,120h", QWR__NO_ENTITY, QWR__DURATION, ANY, 1, SPAN_HIGH,
     .apply = qwr__apply_horizon},
};

enum { VARIABLES = sizeof variables / sizeof variables[0] };

const qwr__variable *qwr__variable_at(size_t i)
{
    return i < VARIABLES ? &variables[i] : NULL;
}

const qwr__variable *qwr__variable_find(const char *name)
{
    for (size_t i = 0; i < VARIABLES; i++)
        if (strcmp(variables[i].name, name) == 0)
            return &variables[i];
    return NULL;
}

/* "crane.count" and "calls.eta" are meant, too: the part after the dot counts on its own. */
const char *qwr__variable_nearest(const char *name)
{
    const char *names[VARIABLES + 1];

    for (size_t i = 0; i < VARIABLES; i++)
        names[i] = variables[i].name;
    names[VARIABLES] = NULL;
    const char *near = qwr__nearest(name, names);
    for (size_t i = 0; near == NULL && i < VARIABLES; i++)
        if (name[0] != '\0' && strncmp(variables[i].name, name, strlen(name)) == 0)
            near = variables[i].name;
    return near;
}

size_t qwr_variation_variable_count(void)
{
    return VARIABLES;
}

const char *qwr_variation_variable_name(size_t i)
{
    return i < VARIABLES ? variables[i].name : NULL;
}

const char *qwr_variation_variable_sentence(size_t i)
{
    return i < VARIABLES ? variables[i].sentence : NULL;
}

const char *qwr_variation_variable_example(size_t i)
{
    return i < VARIABLES ? variables[i].example : NULL;
}
