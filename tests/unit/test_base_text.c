/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers, instants, words and growing text of floor 0: every edge of every parser. Knows no domain
 * word.
 */
#include "base/base.h"
#include "base/utf8.h"
#include "support/support.h"

#include <float.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

/* --- integers and decimals --- */

START_TEST(integers_are_read_whole_or_not_at_all)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"+12", true, 12},
        {"-12", true, -12},
        {"007", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775807", true, -INT64_MAX},
        {"-9223372036854775808", false, 0}, /* means "not set" */
        {"9223372036854775808", false, 0},
        {"99999999999999999999999", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"+-1", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1.", false, 0},
        {"1.0", false, 0},
        {"1e3", false, 0},
        {"0x10", false, 0},
        {"1,000", false, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value = 42;
        ck_assert_msg(qwr__parse_int(&value, cases[i].text) == cases[i].ok, "\"%s\"",
                      cases[i].text);
        ck_assert_int_eq(value, cases[i].ok ? cases[i].value : 42);
    }
    ck_assert(!qwr__parse_int(&(int64_t){0}, NULL));
}
END_TEST

START_TEST(decimals_are_exact_or_refused)
{
    static const struct {
        const char *text;
        int digits;
        bool ok;
        int64_t value;
    } cases[] = {
        {"12.5", 3, true, 12500},
        {"-0.003", 3, true, -3},
        {"-0.0005", 3, false, 0},
        {"12.5000", 3, true, 12500}, /* zeros more are still exact */
        {"12.50001", 3, false, 0},
        {".5", 1, true, 5},
        {"5.", 1, true, 50},
        {".", 1, false, 0},
        {"", 1, false, 0},
        {"-", 1, false, 0},
        {"1.2.3", 3, false, 0},
        {"1,5", 3, false, 0},
        {"nan", 3, false, 0},
        {"inf", 3, false, 0},
        {"1e2", 3, false, 0},
        {"9223372036854775.807", 3, true, INT64_MAX},
        {"9223372036854775.808", 3, false, 0},
        {"9.223372036854775807", 18, true, INT64_MAX},
        {"9223372036854775807", 1, false, 0},
        {"1", 19, false, 0},
        {"1", -1, false, 0},
        {"0.000000000000000000000000000000", 3, true, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value = 42;
        ck_assert_msg(qwr__parse_fixed(&value, cases[i].text, cases[i].digits) == cases[i].ok,
                      "\"%s\"", cases[i].text);
        ck_assert_int_eq(value, cases[i].ok ? cases[i].value : 42);
    }
    ck_assert(!qwr__parse_fixed(&(int64_t){0}, NULL, 3));
}
END_TEST

START_TEST(decimals_are_written_short_and_read_back)
{
    static const struct {
        int64_t value;
        int digits;
        const char *text;
    } cases[] = {
        {12500, 3, "12.5"},
        {-3, 3, "-0.003"},
        {0, 3, "0"},
        {-1000, 3, "-1"},
        {1000000, 3, "1000"},
        {7, 0, "7"},
        {INT64_MAX, 18, "9.223372036854775807"},
        {-INT64_MAX, 0, "-9223372036854775807"},
        {INT64_MIN, 3, "-9223372036854775.808"},
        {100, 1, "10"},
    };
    char text[48];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t back = 0;
        ck_assert_int_eq(qwr__format_fixed(text, sizeof text, cases[i].value, cases[i].digits),
                         (int)strlen(cases[i].text));
        ck_assert_str_eq(text, cases[i].text);
        if (cases[i].value != INT64_MIN) {
            ck_assert(qwr__parse_fixed(&back, text, cases[i].digits));
            ck_assert_int_eq(back, cases[i].value);
        }
    }
    ck_assert_int_eq(qwr__format_fixed(text, 4, 12500, 3), 0); /* no room for the NUL */
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(qwr__format_fixed(text, 5, 12500, 3), 4);
    ck_assert_int_eq(qwr__format_fixed(text, 0, 1, 0), 0);
}
END_TEST

START_TEST(doubles_are_finite_decimals)
{
    static const char *const bad[] = {"",   "nan", "inf", "-inf", "1e999", "0x1p3", " 1",
                                      "1 ", "1,5", "1e",  "e5",   "--1",   "1.5.2", "-"};
    double value = 42;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!qwr__parse_double(&value, bad[i]), "\"%s\"", bad[i]);
        ck_assert_double_eq(value, 42);
    }
    ck_assert(!qwr__parse_double(&value, NULL));
    ck_assert(qwr__parse_double(&value, "-1.5e3"));
    ck_assert_double_eq(value, -1500);
    ck_assert(qwr__parse_double(&value, "1.7976931348623157e308"));
    ck_assert_double_eq(value, DBL_MAX);
    ck_assert(qwr__parse_double(&value, "1e-999"));
    ck_assert_double_eq(value, 0);
}
END_TEST

/* Only where such a locale is installed; elsewhere there is nothing to depend on. */
START_TEST(numbers_do_not_follow_a_decimal_comma)
{
    double value = 0;
    int64_t fixed = 0;
    char text[32];

    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL && setlocale(LC_ALL, "fr_FR.UTF-8") == NULL)
        return;
    ck_assert(qwr__parse_double(&value, "1.5"));
    ck_assert_double_eq(value, 1.5);
    ck_assert(qwr__parse_fixed(&fixed, "1.5", 3));
    qwr__format_fixed(text, sizeof text, fixed, 3);
    ck_assert_str_eq(text, "1.5");
    setlocale(LC_ALL, "C");
}
END_TEST

/* --- instants --- */

START_TEST(instants_are_read_with_their_offset)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T00:00Z", 0},
        {"1969-12-31T23:59:59Z", -1},
        {"2000-02-29T12:00:00Z", 951825600},
        {"2026-03-01T00:00:00Z", 1772323200},
        {"2026-03-01T01:00:00+01:00", 1772323200},
        {"2026-02-28T18:30-05:30", 1772323200},
        {"2024-12-31T23:59:59+14:00", 1735639199},
        {"1900-01-01T00:00:00Z", -2208988800},
        {"2200-12-31T23:59:59Z", 7289654399},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value = 42;
        ck_assert_msg(qwr__parse_time(&value, cases[i].text), "%s", cases[i].text);
        ck_assert_int_eq(value, cases[i].value);
    }
}
END_TEST

START_TEST(impossible_instants_are_refused)
{
    static const char *const bad[] = {
        "",
        "2026-03-01",
        "2026-03-01T00:00:00",
        "2026-03-01 00:00:00Z",
        "2026-3-1T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-00-10T00:00:00Z",
        "2026-13-10T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-04-00T00:00:00Z",
        "2026-04-01T24:00:00Z",
        "2026-04-01T00:60:00Z",
        "2026-04-01T00:00:60Z",
        "2026-04-01T00:00:0Z",
        "2026-04-01T00:00:00.5Z",
        "2026-04-01T00:00:00z",
        "2026-04-01T00:00:00+0100",
        "2026-04-01T00:00:00+15:00",
        "2026-04-01T00:00:00+01:60",
        "2026-04-01T00:00:00Z ",
        " 2026-04-01T00:00:00Z",
        "1899-12-31T23:59:59Z",
        "2201-01-01T00:00:00Z",
        "-026-04-01T00:00:00Z",
        "2026-04-01T+1:00:00Z",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t value = 42;
        ck_assert_msg(!qwr__parse_time(&value, bad[i]), "%s", bad[i]);
        ck_assert_int_eq(value, 42);
    }
    ck_assert(!qwr__parse_time(&(int64_t){0}, NULL));
}
END_TEST

START_TEST(every_day_of_three_centuries_is_written_and_read_back)
{
    char text[24];

    for (int64_t at = -2208988800; at <= 7289654399; at += 86400 + 1) {
        int64_t back = 0;
        qwr__format_time(text, sizeof text, at);
        ck_assert_msg(qwr__parse_time(&back, text) && back == at, "%s", text);
    }
}
END_TEST

START_TEST(instants_without_four_digit_years_are_written_as_the_nearest_one)
{
    char text[24];

    qwr__format_time(text, sizeof text, INT64_MAX);
    ck_assert_str_eq(text, "9999-12-31T23:59:59Z");
    qwr__format_time(text, sizeof text, INT64_MIN);
    ck_assert_str_eq(text, "0000-01-01T00:00:00Z");
    qwr__format_time(text, 5, 0);
    ck_assert_str_eq(text, "1970");
    qwr__format_time(text, 0, 0);
}
END_TEST

/* --- words --- */

START_TEST(nearest_word_is_within_two_edits_or_a_third)
{
    static const char *const words[] = {"length_m",           "depth_m", "clearance_m", "id",
                                        "preferred_position", NULL};
    static const char *const none[] = {NULL};
    char longer[100];

    ck_assert_str_eq(qwr__nearest("lenght_m", words), "length_m");
    ck_assert_str_eq(qwr__nearest("LENGTH_M", words), "length_m");
    ck_assert_str_eq(qwr__nearest("depht_m", words), "depth_m");
    ck_assert_str_eq(qwr__nearest("prefered_postion", words), "preferred_position");
    ck_assert_str_eq(qwr__nearest("preferrd_posit", words), "preferred_position");
    ck_assert_str_eq(qwr__nearest("ID", words), "id");
    ck_assert_ptr_null(qwr__nearest("xy", words)); /* two edits make any word of two letters */
    ck_assert_ptr_null(qwr__nearest("", words));
    ck_assert_ptr_null(qwr__nearest("colour", words));
    ck_assert_ptr_null(qwr__nearest("id", none));
    ck_assert_ptr_null(qwr__nearest(NULL, words));
    memset(longer, 'a', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    ck_assert_ptr_null(qwr__nearest(longer, words));
}
END_TEST

START_TEST(nearest_word_prefers_fewer_edits_then_the_first)
{
    static const char *const words[] = {"abcx", "abcy", "abcd", NULL};

    ck_assert_str_eq(qwr__nearest("abcd", words), "abcd");
    ck_assert_str_eq(qwr__nearest("abcz", words), "abcx");
}
END_TEST

START_TEST(utf8_is_checked_to_the_letter)
{
    static const struct {
        const char *text;
        size_t step;
    } cases[] = {
        {"a", 1},
        {"\xC3\xA9", 2},
        {"\xE2\x82\xAC", 3},
        {"\xF0\x9F\x9A\xA2", 4},
        {"\xF4\x8F\xBF\xBF", 4},
        {"\x80", 0},
        {"\xC0\x80", 0},         /* overlong NUL */
        {"\xC1\xBF", 0},         /* overlong */
        {"\xE0\x9F\xBF", 0},     /* overlong */
        {"\xED\xA0\x80", 0},     /* surrogate */
        {"\xED\x9F\xBF", 3},     /* the last one before them */
        {"\xF0\x8F\xBF\xBF", 0}, /* overlong */
        {"\xF4\x90\x80\x80", 0}, /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 0},
        {"\xE2\x82", 0},
        {"\xF0\x9F\x9A", 0},
        {"\xC3", 0},
        {"", 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(qwr__utf8_step(cases[i].text) == cases[i].step, "case %zu", i);
    ck_assert(qwr__utf8_valid("quai \xC3\xA0 d\xC3\xA9"
                              "chargement"));
    ck_assert(!qwr__utf8_valid("abc\xFF"));
}
END_TEST

/* --- checked arithmetic --- */

START_TEST(arithmetic_tells_when_it_does_not_fit)
{
    int64_t out = 42;

    ck_assert(!qwr__add64(&out, INT64_MAX, 1));
    ck_assert(!qwr__add64(&out, INT64_MIN, -1));
    ck_assert(!qwr__mul64(&out, INT64_MAX, 2));
    ck_assert(!qwr__mul64(&out, INT64_MIN, -1));
    ck_assert(!qwr__mul_div64(&out, INT64_MAX, 2, 1));
    ck_assert(!qwr__mul_div64(&out, INT64_MIN, -1, 1));
    ck_assert(!qwr__mul_div64(&out, 1, 1, 0));
    ck_assert(!qwr__mul_div64(&out, 1, 1, -1));
    ck_assert_int_eq(out, 42);
    ck_assert(qwr__add64(&out, INT64_MAX, INT64_MIN));
    ck_assert_int_eq(out, -1);
    ck_assert(qwr__mul64(&out, -3, 7));
    ck_assert_int_eq(out, -21);
    ck_assert(qwr__mul_div64(&out, INT64_MAX, INT64_MAX, INT64_MAX));
    ck_assert_int_eq(out, INT64_MAX);
}
END_TEST

START_TEST(division_of_a_product_rounds_down)
{
    int64_t out = 0;

    ck_assert(qwr__mul_div64(&out, 7, 1, 2));
    ck_assert_int_eq(out, 3);
    ck_assert(qwr__mul_div64(&out, -7, 1, 2));
    ck_assert_int_eq(out, -4);
    ck_assert(qwr__mul_div64(&out, -8, 1, 2));
    ck_assert_int_eq(out, -4);
    ck_assert(qwr__mul_div64(&out, INT64_MIN, 3, 3));
    ck_assert_int_eq(out, INT64_MIN);
}
END_TEST

/* --- growing text --- */

START_TEST(text_grows_and_escapes)
{
    qwr_context *ctx = qwr_test_context();
    qwr__text text;

    qwr__text_init(&text, ctx);
    ck_assert_ptr_null(text.data);
    qwr__text_add(&text, "%d-%s;", 7, "x");
    qwr__text_xml(&text, "<a & \"b\"> 'c'\n\x01\xFF\xC3\xA9");
    ck_assert_str_eq(text.data, "7-x;&lt;a &amp; &quot;b&quot;&gt; &#39;c&#39;&#10;"
                                "\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xA9");
    qwr__text_free(&text);
    qwr__text_json(&text, "q\"\\\n\x7F\xFF\xC3\xA9");
    qwr__text_put(&text, ",", 1);
    qwr__text_json(&text, NULL);
    ck_assert_str_eq(text.data, "\"q\\\"\\\\\\u000a\\u007f\\ufffd\xC3\xA9\",null");
    ck_assert_uint_eq(text.length, strlen(text.data));
    qwr__text_free(&text);
    qwr__text_fixed(&text, -12500, 3);
    ck_assert_str_eq(text.data, "-12.5");
    qwr__text_free(&text);
    qwr__text_put(&text, NULL, 0);
    ck_assert_str_eq(text.data, "");
    qwr__text_free(&text);
    qwr_context_free(ctx);
}
END_TEST

START_TEST(text_longer_than_its_room_is_written_whole)
{
    qwr_context *ctx = qwr_test_context();
    char word[1500];
    qwr__text text;

    memset(word, 'w', sizeof word);
    word[sizeof word - 1] = '\0';
    qwr__text_init(&text, ctx);
    for (size_t i = 0; i < 40; i++)
        qwr__text_add(&text, "%s|", word + i * 37);
    size_t expected = 0;
    for (size_t i = 0; i < 40; i++)
        expected += strlen(word + i * 37) + 1;
    ck_assert_int_eq(text.status, QWR_OK);
    ck_assert_uint_eq(text.length, expected);
    ck_assert_uint_eq(strlen(text.data), expected);
    qwr__text_free(&text);
    qwr_context_free(ctx);
}
END_TEST

static qwr_status write_text(qwr_context *ctx, void *payload)
{
    qwr__text text;

    qwr__text_init(&text, ctx);
    for (int i = 0; i < 300; i++)
        qwr__text_add(&text, "line %d\n", i);
    qwr_status status = text.status;
    if (status != QWR_OK) {
        ck_assert_ptr_null(text.data);
        ck_assert_uint_eq(text.length, 0);
    } else {
        *(size_t *)payload = text.length;
    }
    qwr__text_free(&text);
    return status;
}

START_TEST(text_stays_empty_after_a_failed_allocation)
{
    size_t length = 0;

    qwr_test_each_allocation(write_text, &length, 200);
    ck_assert_uint_eq(length, 10 * 7 + 90 * 8 + 200 * 9);
}
END_TEST

static Suite *text_suite(void)
{
    Suite *suite = suite_create("base_text");
    TCase *numbers = tcase_create("numbers");
    TCase *times = tcase_create("times");
    TCase *words = tcase_create("words");

    tcase_add_test(numbers, integers_are_read_whole_or_not_at_all);
    tcase_add_test(numbers, decimals_are_exact_or_refused);
    tcase_add_test(numbers, decimals_are_written_short_and_read_back);
    tcase_add_test(numbers, doubles_are_finite_decimals);
    tcase_add_test(numbers, numbers_do_not_follow_a_decimal_comma);
    tcase_add_test(numbers, arithmetic_tells_when_it_does_not_fit);
    tcase_add_test(numbers, division_of_a_product_rounds_down);
    suite_add_tcase(suite, numbers);

    tcase_add_test(times, instants_are_read_with_their_offset);
    tcase_add_test(times, impossible_instants_are_refused);
    tcase_add_test(times, every_day_of_three_centuries_is_written_and_read_back);
    tcase_add_test(times, instants_without_four_digit_years_are_written_as_the_nearest_one);
    suite_add_tcase(suite, times);

    tcase_add_test(words, nearest_word_is_within_two_edits_or_a_third);
    tcase_add_test(words, nearest_word_prefers_fewer_edits_then_the_first);
    tcase_add_test(words, utf8_is_checked_to_the_letter);
    tcase_add_test(words, text_grows_and_escapes);
    tcase_add_test(words, text_longer_than_its_room_is_written_whole);
    tcase_add_test(words, text_stays_empty_after_a_failed_allocation);
    suite_add_tcase(suite, words);
    return suite;
}

int main(void)
{
    return qwr_test_main(text_suite());
}
