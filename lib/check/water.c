/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Water level over time, exactly: linear between tide rows, constant outside them, 0 without rows.
 * Levels are compared with whole millimetres, so rounding a level down changes no comparison.
 * Must never know about ships.
 */
#include "check/check.h"

/** Index of the last tide row at or before `at_s`; `tides` if there is none. */
static size_t row_before(const qwr__site *site, int64_t at_s)
{
    size_t low = 0, high = site->tides;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (site->tide[middle].at <= at_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? site->tides : low - 1;
}

int64_t qwr__level_mm(const qwr__site *site, int64_t at_s)
{
    if (site->tides == 0)
        return 0;
    size_t i = row_before(site, at_s);
    if (i == site->tides)
        return site->tide[0].what;
    if (i + 1 == site->tides)
        return site->tide[i].what;
    const qwr__event *a = &site->tide[i], *b = &site->tide[i + 1];
    qwr__wide span = (qwr__wide)b->at - a->at;
    qwr__wide product = ((qwr__wide)b->what - a->what) * (at_s - a->at);
    qwr__wide change = product / span;
    if (product % span < 0)
        change--;
    return qwr__clamp64(a->what + change);
}

/** First tide row after `at_s`; `tides` if there is none. */
static size_t row_after(const qwr__site *site, int64_t at_s)
{
    size_t i = row_before(site, at_s);
    return i == site->tides ? 0 : i + 1;
}

int64_t qwr__lowest_level_mm(const qwr__site *site, int64_t from_s, int64_t to_s)
{
    int64_t lowest = qwr__smaller(qwr__level_mm(site, from_s), qwr__level_mm(site, to_s));
    for (size_t i = row_after(site, from_s); i < site->tides && site->tide[i].at < to_s; i++)
        lowest = qwr__smaller(lowest, site->tide[i].what);
    return lowest;
}

/**
 * The level is straight between `high_s` (enough water) and `low_s` (too little), whichever comes
 * first: the too low instant nearest to `high_s`.
 */
static int64_t crossing(const qwr__site *site, int64_t high_s, int64_t low_s, int64_t need_mm)
{
    while (qwr__sat_distance(high_s, low_s) > 1) {
        int64_t middle = (int64_t)(((qwr__wide)high_s + low_s) / 2);
        if (qwr__level_mm(site, middle) < need_mm)
            low_s = middle;
        else
            high_s = middle;
    }
    return low_s;
}

bool qwr__level_below(const qwr__site *site, int64_t from_s, int64_t to_s, int64_t need_mm,
                      int64_t *first_s, int64_t *last_s)
{
    bool below = false, was_low = qwr__level_mm(site, from_s) < need_mm;
    if (was_low) {
        *first_s = *last_s = from_s;
        below = true;
    }
    int64_t was_s = from_s;
    size_t i = row_after(site, from_s);
    while (was_s < to_s) {
        int64_t at_s = i < site->tides ? qwr__smaller(site->tide[i].at, to_s) : to_s;
        bool is_low = qwr__level_mm(site, at_s) < need_mm;
        if (is_low && !below)
            *first_s = crossing(site, was_s, at_s, need_mm);
        if (is_low)
            *last_s = at_s;
        else if (was_low)
            *last_s = crossing(site, at_s, was_s, need_mm);
        below = below || is_low;
        was_low = is_low;
        was_s = at_s;
        i++;
    }
    return below;
}
