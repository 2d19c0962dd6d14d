/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of the report: dates, spans, values and names, always in English and independent of the
 * locale. Published sets know no dates: their times are told in their own unit.
 * Must never escape: what is written for XML is escaped by whoever knows it is XML.
 */
#include "report/report.h"

#include <string.h>

static const char *const DAYS[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/** Day of the month (1 ..), month (0 ..) and year of a day since 1970-01-01; Gregorian. */
static void civil_day(int64_t days, int *day, int *month, int64_t *civil_year)
{
    /* Years begin in March, eras of 400 years have 146097 days: H. Hinnant, chrono algorithms. */
    int64_t shifted = days + 719468;
    int64_t of_era = shifted % 146097;
    of_era += of_era < 0 ? 146097 : 0;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t from_march = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * from_march + 2) / 5 + 1);
    *month = (int)((from_march + 2) % 12);
    *civil_year = (shifted - of_era) / 146097 * 400 + year + (*month < 2);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static void put_units(qwr__text *out, const qwr__sheet *sheet, int64_t seconds)
{
    qwr__text_fixed(out, qwr__ratio(qwr__tame(seconds), 100, sheet->info->published_unit_s), 2);
}

static void put_day(qwr__text *out, const qwr__sheet *sheet, int64_t at_s, bool weekday)
{
    int day, month;
    int64_t year, days = floor_div(sheet->epoch_unix_s + qwr__tame(at_s), 86400);
    int64_t of_week = days % 7;
    civil_day(days, &day, &month, &year);
    if (weekday)
        qwr__text_add(out, "%s ", DAYS[of_week < 0 ? of_week + 7 : of_week]);
    qwr__text_add(out, "%d %s", day, MONTHS[month]);
}

static void put_clock(qwr__text *out, const qwr__sheet *sheet, int64_t at_s)
{
    int64_t unix_s = sheet->epoch_unix_s + qwr__tame(at_s);
    int64_t minutes = floor_div(unix_s, 60) - floor_div(unix_s, 86400) * 1440;
    qwr__text_add(out, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

void qwr__word_date(qwr__text *out, const qwr__sheet *sheet, int64_t at_s)
{
    if (sheet->published)
        put_units(out, sheet, at_s);
    else
        put_day(out, sheet, at_s, true);
}

void qwr__word_full_date(qwr__text *out, const qwr__sheet *sheet, int64_t at_s)
{
    int day, month;
    int64_t year;
    qwr__word_date(out, sheet, at_s);
    civil_day(floor_div(sheet->epoch_unix_s + qwr__tame(at_s), 86400), &day, &month, &year);
    if (!sheet->published)
        qwr__text_add(out, " %lld", (long long)year);
}

void qwr__word_time(qwr__text *out, const qwr__sheet *sheet, int64_t at_s)
{
    qwr__word_date(out, sheet, at_s);
    if (sheet->published)
        return;
    qwr__text_add(out, " ");
    put_clock(out, sheet, at_s);
}

void qwr__word_moment(qwr__text *out, const qwr__sheet *sheet, int64_t at_s)
{
    if (sheet->published) {
        put_units(out, sheet, at_s);
        return;
    }
    put_day(out, sheet, at_s, false);
    qwr__text_add(out, " ");
    put_clock(out, sheet, at_s);
}

void qwr__word_span(qwr__text *out, const qwr__sheet *sheet, int64_t seconds)
{
    if (sheet->published) {
        put_units(out, sheet, seconds);
        return;
    }
    int64_t minutes = (qwr__tame(seconds) + 30) / 60, hours = minutes / 60;
    if (hours > 0)
        qwr__text_add(out, "%d h", (int)hours);
    if (minutes % 60 != 0 || hours == 0)
        qwr__text_add(out, hours > 0 ? " %02d min" : "%d min", (int)(minutes % 60));
}

void qwr__word_number(qwr__text *out, int64_t value, int digits)
{
    char text[48];
    int length = qwr__format_fixed(text, sizeof text, value, digits);
    const char *end = memchr(text, '.', (size_t)length);
    size_t whole = end != NULL ? (size_t)(end - text) : (size_t)length;
    size_t i = text[0] == '-';
    qwr__text_put(out, text, i);
    for (; i < whole; i++) {
        qwr__text_put(out, text + i, 1);
        if ((whole - i) % 3 == 1 && i + 1 < whole)
            qwr__text_put(out, ",", 1);
    }
    qwr__text_put(out, text + whole, (size_t)length - whole);
}

void qwr__word_count(qwr__text *out, int64_t n)
{
    qwr__word_number(out, n, 0);
}

void qwr__word_hours(qwr__text *out, int64_t seconds)
{
    qwr__word_number(out, qwr__ratio(seconds, 10, 3600), 1);
}

void qwr__word_percent(qwr__text *out, int64_t milli)
{
    qwr__word_number(out, milli, 1);
}

void qwr__word_metres(qwr__text *out, int64_t mm)
{
    qwr__word_number(out, qwr__ratio(mm, 1, 100), 1);
}

void qwr__word_value(qwr__text *out, const qwr__sheet *sheet, int64_t mu)
{
    const char *currency = sheet->info->currency;
    qwr__word_number(out, mu, 3);
    if (sheet->info->objective == QWR_OBJECTIVE_COST && currency != NULL)
        qwr__text_add(out, " %s", currency);
}

const char *qwr__word_objective(const qwr__sheet *sheet)
{
    switch (sheet->info->objective) {
    case QWR_OBJECTIVE_COST:
        return "Cost";
    case QWR_OBJECTIVE_FLOW_TIME:
        return "Weighted service time";
    case QWR_OBJECTIVE_COMPLETION:
        return "Weighted completion";
    case QWR_OBJECTIVE_MAKESPAN:
        return "Makespan";
    }
    return "Value";
}

/** Gap in hundredths of a percent, rounded up so that no gap is called none. */
static int64_t gap_bp(const qwr_plan_quality *q)
{
    int64_t size = q->cost_mu < 0 ? -(q->cost_mu + 1) : q->cost_mu;
    int64_t gap, down;
    if (!qwr__add64(&gap, q->bound_mu, -q->cost_mu) || size == 0)
        return -1;
    return qwr__mul_div64(&down, gap, 10000, size) ? -down : -1;
}

void qwr__word_gap(qwr__text *out, const qwr__sheet *sheet)
{
    const qwr_plan_quality *q = sheet->quality;
    if (q->outcome == QWR_OUTCOME_NONE && sheet->kpi.placed == 0 && sheet->kpi.calls > 0) {
        qwr__text_add(out, "no plan");
    } else if (q->outcome == QWR_OUTCOME_OPTIMAL ||
               (q->bound_mu != QWR_UNSET && q->bound_mu == q->cost_mu)) {
        if (q->unplaced > 0 && sheet->kpi.placed == 0)
            qwr__text_add(out, "for no call has a place");
        else if (q->unplaced > 0)
            qwr__text_add(out, "proven optimal for the calls that have a place");
        else
            qwr__text_add(out, "proven optimal");
    } else if (q->bound_mu == QWR_UNSET || q->bound_mu > q->cost_mu || gap_bp(q) < 0) {
        qwr__text_add(out, "how far from the best possible is not known");
    } else {
        qwr__text_add(out, "within ");
        qwr__text_fixed(out, gap_bp(q), 2);
        qwr__text_add(out, " %% of the best possible");
    }
}

const char *qwr__vessel_name(const qwr_call *call)
{
    return call->vessel != NULL && call->vessel[0] != '\0' ? call->vessel : call->id;
}

const char *qwr__place_name(const qwr__visit *v)
{
    return v->berth != NULL ? v->berth->id : v->quay != NULL ? v->quay->id : "";
}

const char *qwr__word_timeliness(qwr__timeliness timely)
{
    static const char *const words[] = {"on time", "tight", "late", "no place"};
    return words[timely];
}

void qwr__word_pins(qwr__text *out, const qwr_call *call)
{
    const char *comma = "";
    const struct {
        bool set;
        const char *word;
    } pins[] = {{call->pin_quay.v != QWR_NONE, "quay"},
                {call->pin_berth.v != QWR_NONE, "berth"},
                {call->pin_position_mm != QWR_UNSET, "position"},
                {call->pin_start_s != QWR_UNSET, "start"},
                {call->pin_cranes != QWR_UNSET, "cranes"}};
    for (size_t i = 0; i < sizeof pins / sizeof pins[0]; i++) {
        if (!pins[i].set)
            continue;
        qwr__text_add(out, "%s%s", comma, pins[i].word);
        comma = ", ";
    }
}

size_t qwr__width(const char *utf8)
{
    size_t n = 0;
    for (; *utf8 != '\0'; utf8++)
        n += ((unsigned char)*utf8 & 0xC0U) != 0x80U;
    return n;
}
