/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Declared options of a context: what is declared, refused, suggested and taken back. Knows no
 * domain word.
 */
#include "base/base.h"
#include "support/support.h"

#include <string.h>

static qwr_context *ctx;

static void setup(void)
{
    ctx = qwr_test_context();
}

static void teardown(void)
{
    qwr_context_free(ctx);
}

static const char *message(size_t i)
{
    const qwr_cause *cause = qwr_context_cause(ctx, i);

    return cause != NULL ? cause->message : "";
}

START_TEST(core_options_are_declared_in_name_order)
{
    static const char *const names[] = {"after_fork", "max_memory_mb", "plugin_path", "simd",
                                        "threads"};

    ck_assert_uint_eq(qwr_context_option_count(ctx), 5);
    for (size_t i = 0; i < 5; i++) {
        const qwr_option_decl *decl = qwr_context_option_decl(ctx, i);
        ck_assert_str_eq(decl->name, names[i]);
        ck_assert_uint_gt(strlen(decl->sentence), 10);
    }
    ck_assert_ptr_null(qwr_context_option_decl(ctx, 5));
    ck_assert_str_eq(qwr_context_option(ctx, "simd"), "auto");
    ck_assert_str_eq(qwr_context_option(ctx, "threads"), "0");
    ck_assert_ptr_null(qwr_context_option(ctx, "nope"));
}
END_TEST

START_TEST(unknown_option_names_the_nearest_one)
{
    ck_assert_int_eq(qwr_context_set_option(ctx, "thread", "2"), QWR_ENOTFOUND);
    ck_assert_ptr_nonnull(strstr(message(0), "\"threads\""));
    ck_assert_int_eq(qwr_context_set_option(ctx, "plugin_paht", "x"), QWR_ENOTFOUND);
    ck_assert_ptr_nonnull(strstr(message(0), "\"plugin_path\""));
    ck_assert_int_eq(qwr_context_set_option(ctx, "zebra", "2"), QWR_ENOTFOUND);
    ck_assert_ptr_null(strstr(message(0), "did you mean"));
}
END_TEST

START_TEST(int_option_out_of_range_names_the_range)
{
    static const char *const bad[] = {"-1", "1025", "two", "", "1.5", "99999999999999999999"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_int_eq(qwr_context_set_option(ctx, "threads", bad[i]), QWR_EINVAL);
        ck_assert_ptr_nonnull(strstr(message(0), "0 to 1024"));
    }
    ck_assert_str_eq(qwr_context_option(ctx, "threads"), "0");
    ck_assert_int_eq(qwr_context_set_option(ctx, "threads", "+07"), QWR_OK);
    ck_assert_str_eq(qwr_context_option(ctx, "threads"), "7");
    ck_assert_int_eq(qwr__option_int(ctx, "threads"), 7);
    ck_assert_uint_eq(qwr_context_cause_count(ctx), 0);
}
END_TEST

START_TEST(word_option_names_the_nearest_word)
{
    ck_assert_int_eq(qwr_context_set_option(ctx, "simd", "avx-2"), QWR_EINVAL);
    ck_assert_ptr_nonnull(strstr(message(0), "did you mean \"avx2\""));
    ck_assert_int_eq(qwr_context_set_option(ctx, "simd", "altivec"), QWR_EINVAL);
    ck_assert_ptr_nonnull(strstr(message(0), "auto|generic|avx2|avx512"));
    ck_assert_int_eq(qwr_context_set_option(ctx, "simd", "avx"), QWR_EINVAL);
    ck_assert_int_eq(qwr_context_set_option(ctx, "simd", ""), QWR_EINVAL);
    ck_assert_int_eq(qwr_context_set_option(ctx, "simd", "generic"), QWR_OK);
    ck_assert_str_eq(qwr__option_text(ctx, "simd"), "generic");
}
END_TEST

START_TEST(option_arguments_must_not_be_null)
{
    ck_assert_int_eq(qwr_context_set_option(ctx, NULL, "1"), QWR_EINVAL);
    ck_assert_int_eq(qwr_context_set_option(ctx, "threads", NULL), QWR_EINVAL);
    ck_assert_int_eq(qwr_context_set_option(NULL, "threads", "1"), QWR_EINVAL);
    ck_assert_ptr_null(qwr_context_option(NULL, "threads"));
    ck_assert_uint_eq(qwr_context_option_count(NULL), 0);
}
END_TEST

static qwr_option_decl int_decl(const char *name)
{
    return (qwr_option_decl){.size = sizeof(qwr_option_decl),
                             .name = name,
                             .type = QWR_OPTION_INT,
                             .unit = "s",
                             .default_int = 5,
                             .min_int = 1,
                             .max_int = 9,
                             .sentence = "An option of a test."};
}

START_TEST(declared_options_carry_their_prefix_and_own_their_text)
{
    char name[] = "depth";
    qwr_option_decl decls[2] = {int_decl(name), int_decl("on")};

    decls[1].type = QWR_OPTION_BOOL;
    decls[1].default_int = 1;
    decls[1].unit = NULL;
    const qwr_option_decl *threads = qwr_context_option_decl(ctx, 4);
    qwr_test_ok(ctx, qwr__options_declare(ctx, "rate", decls, 2));
    memset(name, 'x', sizeof name - 1);
    ck_assert_int_eq(qwr__option_int(ctx, "rate.depth"), 5);
    ck_assert_str_eq(qwr_context_option(ctx, "rate.on"), "1");
    ck_assert_str_eq(qwr_context_option_decl(ctx, 3)->name, "rate.depth");
    ck_assert_str_eq(qwr_context_option_decl(ctx, 4)->unit, "");
    ck_assert_ptr_eq(qwr_context_option_decl(ctx, 6), threads); /* declarations stay put */
    ck_assert_int_eq(qwr_context_set_option(ctx, "rate.depth", "10"), QWR_EINVAL);
    ck_assert_ptr_nonnull(strstr(message(0), "1 to 9 s"));
}
END_TEST

START_TEST(bool_option_takes_words_and_keeps_digits)
{
    static const char *const texts[] = {"yes", "no", "true", "false", "1", "0"};
    qwr_option_decl decl = int_decl("on");

    decl.type = QWR_OPTION_BOOL;
    decl.default_int = 0;
    qwr_test_ok(ctx, qwr__options_declare(ctx, NULL, &decl, 1));
    for (size_t i = 0; i < 6; i++) {
        qwr_test_ok(ctx, qwr_context_set_option(ctx, "on", texts[i]));
        ck_assert_str_eq(qwr_context_option(ctx, "on"), i % 2 == 0 ? "1" : "0");
    }
    ck_assert_int_eq(qwr_context_set_option(ctx, "on", "maybe"), QWR_EINVAL);
    ck_assert_ptr_nonnull(strstr(message(0), "yes, no"));
}
END_TEST

START_TEST(declaring_twice_takes_back_the_whole_batch)
{
    qwr_option_decl decls[3] = {int_decl("alpha"), int_decl("beta"), int_decl("alpha")};

    ck_assert_int_eq(qwr__options_declare(ctx, "p", decls, 3), QWR_EINVAL);
    ck_assert_ptr_nonnull(strstr(message(0), "p.alpha"));
    ck_assert_uint_eq(qwr_context_option_count(ctx), 5);
    decls[0].name = "threads";
    ck_assert_int_eq(qwr__options_declare(ctx, NULL, decls, 1), QWR_EINVAL);
    ck_assert_str_eq(qwr_context_option(ctx, "threads"), "0");
}
END_TEST

START_TEST(wrong_declarations_are_refused)
{
    qwr_option_decl decl = int_decl("x");

    decl.default_int = 10;
    ck_assert_int_eq(qwr__options_declare(ctx, NULL, &decl, 1), QWR_EINVAL);
    decl = int_decl("");
    ck_assert_int_eq(qwr__options_declare(ctx, NULL, &decl, 1), QWR_EINVAL);
    decl = int_decl("with space");
    ck_assert_int_eq(qwr__options_declare(ctx, NULL, &decl, 1), QWR_EINVAL);
    decl = int_decl("x");
    decl.type = QWR_OPTION_BOOL;
    ck_assert_int_eq(qwr__options_declare(ctx, NULL, &decl, 1), QWR_EINVAL);
    decl.type = QWR_OPTION_WORD;
    decl.words = "a|b";
    decl.default_text = "c";
    ck_assert_int_eq(qwr__options_declare(ctx, NULL, &decl, 1), QWR_EINVAL);
    decl.type = (qwr_option_type)17;
    ck_assert_int_eq(qwr__options_declare(ctx, NULL, &decl, 1), QWR_EINVAL);
    ck_assert_uint_eq(qwr_context_option_count(ctx), 5);
}
END_TEST

static qwr_status use_options(qwr_context *fresh, void *payload)
{
    qwr_option_decl decls[2] = {int_decl("alpha"), int_decl("beta")};

    (void)payload;
    qwr_status status = qwr__options_declare(fresh, "p", decls, 2);
    if (status != QWR_OK) {
        ck_assert_uint_eq(qwr_context_option_count(fresh), 5);
        return status;
    }
    return qwr_context_set_option(fresh, "p.alpha", "2");
}

START_TEST(options_survive_every_failing_allocation)
{
    ck_assert_int_gt(qwr_test_each_allocation(use_options, NULL, 200), 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_options");
    TCase *options = tcase_create("options");

    tcase_add_checked_fixture(options, setup, teardown);
    tcase_add_test(options, core_options_are_declared_in_name_order);
    tcase_add_test(options, unknown_option_names_the_nearest_one);
    tcase_add_test(options, int_option_out_of_range_names_the_range);
    tcase_add_test(options, word_option_names_the_nearest_word);
    tcase_add_test(options, option_arguments_must_not_be_null);
    tcase_add_test(options, declared_options_carry_their_prefix_and_own_their_text);
    tcase_add_test(options, bool_option_takes_words_and_keeps_digits);
    tcase_add_test(options, declaring_twice_takes_back_the_whole_batch);
    tcase_add_test(options, wrong_declarations_are_refused);
    tcase_add_test(options, options_survive_every_failing_allocation);
    suite_add_tcase(suite, options);
    return qwr_test_main(suite);
}
