/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The monotonic clock, and calendar instants as text. Must never read the wall clock or the time
 * zone of the machine: instants come from the input.
 */
#include "base/base.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY_S INT64_C(86400)
/* Days from 0000-03-01 to 1970-01-01 in the proleptic Gregorian calendar. */
#define EPOCH_DAYS INT64_C(719468)
#define FIRST_YEAR 1900
#define LAST_YEAR  2200

int64_t qwr__now_us(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Years begin in March here, so that the leap day is the last one (Howard Hinnant, "chrono-
 * compatible low-level date algorithms"). */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t month_from_march = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;

    return 365 * y + y / 4 - y / 100 + y / 400 + day_of_year - EPOCH_DAYS;
}

/* Exactly `count` digits, or -1. */
static int read_digits(const char **s, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        char c = (*s)[i];
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    *s += count;
    return value;
}

static bool read_char(const char **s, char c)
{
    if (**s != c)
        return false;
    (*s)++;
    return true;
}

static bool read_date(const char **s, int64_t *days)
{
    int year = read_digits(s, 4);
    if (year < FIRST_YEAR || year > LAST_YEAR || !read_char(s, '-'))
        return false;
    int month = read_digits(s, 2);
    if (month < 1 || month > 12 || !read_char(s, '-'))
        return false;
    int day = read_digits(s, 2);
    if (day < 1 || day > days_in_month(year, month))
        return false;
    *days = days_from_civil(year, month, day);
    return true;
}

static bool read_clock(const char **s, int64_t *seconds)
{
    int second = 0;
    int hour = read_digits(s, 2);
    if (hour < 0 || hour > 23 || !read_char(s, ':'))
        return false;
    int minute = read_digits(s, 2);
    if (minute < 0 || minute > 59)
        return false;
    if (read_char(s, ':')) {
        second = read_digits(s, 2);
        if (second < 0 || second > 59)
            return false;
    }
    *seconds = hour * 3600 + minute * 60 + second;
    return true;
}

/* "Z" or "+HH:MM"; the widest offset in use is 14 hours. */
static bool read_offset(const char **s, int64_t *seconds)
{
    *seconds = 0;
    if (read_char(s, 'Z'))
        return true;
    int sign = **s == '-' ? -1 : 1;
    if (!read_char(s, '+') && !read_char(s, '-'))
        return false;
    int hour = read_digits(s, 2);
    if (hour < 0 || hour > 14 || !read_char(s, ':'))
        return false;
    int minute = read_digits(s, 2);
    if (minute < 0 || minute > 59)
        return false;
    *seconds = sign * (hour * 3600 + minute * 60);
    return true;
}

bool qwr__parse_time(int64_t *unix_s, const char *s)
{
    int64_t days;
    int64_t seconds;
    int64_t offset;

    if (s == NULL || !read_date(&s, &days) || !read_char(&s, 'T') || !read_clock(&s, &seconds) ||
        !read_offset(&s, &offset) || *s != '\0')
        return false;
    *unix_s = days * DAY_S + seconds - offset;
    return true;
}

void qwr__format_time(char *s, size_t capacity, int64_t unix_s)
{
    /* Outside four-digit years there is no such text; the nearest instant that has one stands in.
     */
    const int64_t first = -INT64_C(62167219200);
    const int64_t last = INT64_C(253402300799);
    char text[64];

    if (capacity == 0)
        return;
    if (unix_s < first)
        unix_s = first;
    if (unix_s > last)
        unix_s = last;
    int64_t days = unix_s / DAY_S;
    int64_t seconds = unix_s % DAY_S;
    if (seconds < 0) {
        seconds += DAY_S;
        days--;
    }
    days += EPOCH_DAYS;
    /* 0000-01-01 and 0000-02 lie before the March era: shift by one 400-year cycle and back. */
    days += 146097;
    int64_t era = days / 146097;
    int64_t day_of_era = days % 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    int month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    int year = (int)(year_of_era + (era - 1) * 400 + (month <= 2 ? 1 : 0));
    int clock = (int)seconds;
    snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, clock / 3600,
             clock / 60 % 60, clock % 60);
    size_t length = strlen(text);
    if (length >= capacity)
        length = capacity - 1;
    memcpy(s, text, length);
    s[length] = '\0';
}
