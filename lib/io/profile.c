/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A crane profile as text: "3@2026-03-02T06:00:00Z 4@2026-03-02T09:00:00Z", so many cranes from
 * each instant on. One spelling for every plan format. Knows no rule about profiles.
 */
#include "io/io.h"
#include "io/plan_table.h"
#include "model/scenario_tables.h"

#include <stdio.h>
#include <string.h>

const char *qwr__profile_spell(char text[QWR__PROFILE_TEXT_MAX], int64_t epoch_unix_s,
                               const qwr_crane_step *steps, uint32_t count)
{
    size_t used = 0;
    text[0] = 0;
    for (uint32_t k = 0; k < count; k++) {
        char at[32];
        qwr__format_time(at, sizeof at, epoch_unix_s + steps[k].from_s);
        int added = snprintf(text + used, QWR__PROFILE_TEXT_MAX - used, "%s%lld@%s", k ? " " : "",
                             (long long)steps[k].cranes, at);
        if (added < 0 || (size_t)added >= QWR__PROFILE_TEXT_MAX - used)
            break;
        used += (size_t)added;
    }
    return count ? text : NULL;
}

/* One "COUNT@TIME" of `length` characters. */
static bool read_step(qwr_crane_step *step, const char *text, size_t length, int64_t epoch_unix_s)
{
    char at[40];
    size_t digits = 0;
    int64_t unix_s;
    step->cranes = 0;
    for (; digits < length && text[digits] >= '0' && text[digits] <= '9'; digits++)
        if ((step->cranes = step->cranes * 10 + (text[digits] - '0')) > QWR__CRANES_MAX)
            return false;
    if (digits == 0 || digits == length || text[digits] != '@' || length - digits > sizeof at)
        return false;
    memcpy(at, text + digits + 1, length - digits - 1);
    at[length - digits - 1] = 0;
    return qwr__parse_time(&unix_s, at) && qwr__add64(&step->from_s, unix_s, -epoch_unix_s) &&
           step->from_s >= -2 * QWR__TIME_MAX && step->from_s <= 2 * QWR__TIME_MAX;
}

qwr_status qwr__profile_read(qwr_crane_step steps[QWR_CRANE_STEPS_MAX], uint32_t *count,
                             const qwr__spot *spot, const char *text, int64_t epoch_unix_s)
{
    *count = 0;
    while (*text) {
        size_t length = strcspn(text, " ");
        if (length > 0 && *count == QWR_CRANE_STEPS_MAX)
            return qwr__spot_fail(spot, QWR_EFORMAT, "profile has more than %d steps",
                                  QWR_CRANE_STEPS_MAX);
        if (length > 0 && !read_step(&steps[(*count)++], text, length, epoch_unix_s))
            return qwr__spot_fail(spot, QWR_EFORMAT,
                                  "profile: \"%.*s\"; expected cranes and an instant, such as "
                                  "3@2026-03-02T06:00:00Z",
                                  length > 60 ? 60 : (int)length, text);
        text += length;
        text += strspn(text, " ");
    }
    return QWR_OK;
}
