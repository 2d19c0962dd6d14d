/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing files in one step, and MILPs as LP and MPS: after a failure the target is as it was and
 * no temporary is left. Knows no scenario.
 */
#include "io/csv.h"
#include "io/io.h"
#include "support/support.h"

#include <quaywright/io.h>
#include <quaywright/registry.h>

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static qwr_context *ctx;
static int files_before; /* tests may share one process and one folder */

static int files_in(const char *folder)
{
    int count = 0;
    DIR *dir = opendir(folder);
    while (readdir(dir))
        count++;
    closedir(dir);
    return count - 2;
}

static int files_made(void)
{
    return files_in(qwr_test_folder()) - files_before;
}

static void setup(void)
{
    ctx = qwr_test_context();
    files_before = files_in(qwr_test_folder());
}

static void teardown(void)
{
    qwr_context_free(ctx);
}

static void check_content(const char *path, const char *expected)
{
    char *text = qwr_test_read(path, NULL);
    ck_assert_str_eq(text, expected);
    free(text);
}

/* --- one step --- */

START_TEST(file_is_written_and_replaced)
{
    const char *path = qwr_test_file("a.txt");
    qwr_test_ok(ctx, qwr_file_write(ctx, path, "first", 5));
    check_content(path, "first");
    qwr_test_ok(ctx, qwr_file_write(ctx, path, "2", 1));
    check_content(path, "2");
    qwr_test_ok(ctx, qwr_file_write(ctx, path, NULL, 0));
    check_content(path, "");
    ck_assert_int_eq(files_made(), 1);
}
END_TEST

START_TEST(file_without_a_folder_in_its_path_is_written_here)
{
    int here = open(".", O_RDONLY | O_DIRECTORY);
    ck_assert_int_eq(chdir(qwr_test_folder()), 0);
    qwr_test_ok(ctx, qwr_file_write(ctx, "here.txt", "x", 1));
    check_content("here.txt", "x");
    ck_assert_int_eq(fchdir(here), 0);
    close(here);
}
END_TEST

START_TEST(new_file_obeys_the_umask)
{
    struct stat st;
    mode_t old = umask(027);
    qwr_test_ok(ctx, qwr_file_write(ctx, qwr_test_file("mode.txt"), "x", 1));
    umask(old);
    ck_assert_int_eq(stat(qwr_test_file("mode.txt"), &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0640);
}
END_TEST

START_TEST(missing_folder_and_folder_as_target_are_errors)
{
    ck_assert_int_eq(qwr_file_write(ctx, "/nonexistent/a.txt", "x", 1), QWR_EIO);
    ck_assert_str_eq(qwr_context_cause(ctx, 0)->file, "/nonexistent/a.txt");
    ck_assert_int_eq(qwr_file_write(ctx, qwr_test_folder(), "x", 1), QWR_EIO);
    ck_assert(qwr_test_cause_holds(ctx, "folder"));
    ck_assert_int_eq(qwr_file_write(ctx, "", "x", 1), QWR_EIO);
    ck_assert_int_eq(qwr_file_write(ctx, NULL, "x", 1), QWR_EINVAL);
    ck_assert_int_eq(files_made(), 0);
}
END_TEST

/* Renaming over a device would remove it. */
START_TEST(devices_are_written_not_replaced)
{
    struct stat before, after;
    ck_assert_int_eq(stat("/dev/null", &before), 0);
    qwr_test_ok(ctx, qwr_file_write(ctx, "/dev/null", "x", 1));
    ck_assert_int_eq(stat("/dev/null", &after), 0);
    ck_assert(S_ISCHR(after.st_mode) && before.st_ino == after.st_ino);
}
END_TEST

START_TEST(full_device_is_an_error)
{
    ck_assert_int_eq(qwr_file_write(ctx, "/dev/full", "x", 1), QWR_EIO);
    ck_assert(qwr_test_cause_holds(ctx, "No space left"));
}
END_TEST

START_TEST(file_that_does_not_fit_leaves_the_old_one_and_no_temporary)
{
    const char *path = qwr_test_file("old1.txt");
    struct rlimit limit, small = {1000, 1000};
    char *large = calloc(5000, 1);
    qwr_test_ok(ctx, qwr_file_write(ctx, path, "old", 3));
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    small.rlim_max = limit.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small);
    qwr_status status = qwr_file_write(ctx, path, large, 5000);
    setrlimit(RLIMIT_FSIZE, &limit);
    signal(SIGXFSZ, handler);
    free(large);
    ck_assert_int_eq(status, QWR_EIO);
    check_content(path, "old");
    ck_assert_int_eq(files_made(), 1);
}
END_TEST

static qwr_status write_file(qwr_context *failing, void *payload)
{
    return qwr_file_write(failing, payload, "new", 3);
}

START_TEST(failed_allocation_leaves_the_old_file_and_no_temporary)
{
    char path[4096];
    snprintf(path, sizeof path, "%s", qwr_test_file("old2.txt"));
    qwr_test_each_allocation(write_file, path, 100);
    ck_assert_int_eq(files_made(), 1);
}
END_TEST

START_TEST(failed_scenario_and_plan_leave_the_old_file)
{
    qwr_scenario_builder *builder = NULL;
    qwr_scenario *scenario = NULL;
    qwr_plan *plan = NULL;
    qwr_scenario_info info = qwr_scenario_info_init();
    info.id = "s";
    info.horizon_s = 3600;
    qwr_test_ok(ctx, qwr_scenario_builder_new(&builder, ctx, &info));
    qwr_test_ok(ctx, qwr_scenario_freeze(&scenario, builder));
    qwr_test_ok(ctx, qwr_plan_new(&plan, ctx, scenario));
    ck_assert_int_eq(qwr_scenario_save(ctx, scenario, "/dev/full"), QWR_EIO);
    ck_assert_int_eq(qwr_plan_save(ctx, plan, "/dev/full", QWR_PLAN_XML), QWR_EIO);
    ck_assert_int_eq(qwr_plan_save(ctx, plan, "/nonexistent/p.xml", QWR_PLAN_XML), QWR_EIO);
    qwr_plan_free(plan);
    qwr_scenario_free(scenario);
    qwr_scenario_builder_free(builder);
}
END_TEST

START_TEST(file_reading_stops_at_its_limit)
{
    char *data = NULL;
    size_t length;
    qwr_test_write(qwr_test_file("ten.txt"), "0123456789", 10);
    qwr_test_ok(ctx, qwr__file_read(&data, &length, ctx, qwr_test_file("ten.txt"), 10));
    ck_assert_uint_eq(length, 10);
    ck_assert_str_eq(data, "0123456789");
    qwr__free(ctx, data);
    ck_assert_int_eq(qwr__file_read(&data, &length, ctx, qwr_test_file("ten.txt"), 9), QWR_ETOOBIG);
    ck_assert_ptr_null(data);
}
END_TEST

static void *feed_pipe(void *path)
{
    static const char text[] = "<scenario format=\"1\" id=\"piped\" horizon_h=\"1\"/>\n";
    FILE *pipe = fopen(path, "w");
    if (pipe) {
        fputs(text, pipe);
        fclose(pipe);
    }
    return NULL;
}

START_TEST(scenario_is_read_from_a_pipe)
{
    char path[4096];
    pthread_t feeder;
    qwr_scenario *scenario = NULL;
    snprintf(path, sizeof path, "%s", qwr_test_file("pipe.xml"));
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(pthread_create(&feeder, NULL, feed_pipe, path), 0);
    ck_assert_int_eq(qwr_scenario_load(&scenario, ctx, path, QWR_FORMAT_AUTO), QWR_OK);
    pthread_join(feeder, NULL);
    ck_assert_str_eq(qwr_scenario_get_info(scenario)->id, "piped");
    qwr_scenario_free(scenario);
    unlink(path);
}
END_TEST

START_TEST(csv_cells_are_quoted_only_where_needed)
{
    qwr__text text;
    qwr__text_init(&text, ctx);
    qwr__csv_put(&text, "plain");
    qwr__csv_put(&text, "a,b");
    qwr__csv_put(&text, "say \"x\"");
    qwr__csv_put(&text, " blank");
    qwr__csv_put(&text, "");
    ck_assert_str_eq(text.data, "plain\"a,b\"\"say \"\"x\"\"\"\" blank\"");
    qwr__text_free(&text);
}
END_TEST

/* --- MILP --- */

/* minimise 10.1 - x1 + 0.1 x2 + 3 x4; rows: equal, range, at most, free */
static const double cost[] = {-1, 0.1, 0, 3}, lower[] = {0, 0, -QWR_MILP_INFINITY, -5},
                    upper[] = {1, 7, QWR_MILP_INFINITY, 2.5},
                    row_lower[] = {2, 1, -QWR_MILP_INFINITY, -QWR_MILP_INFINITY},
                    row_upper[] = {2, 4, 9, QWR_MILP_INFINITY},
                    value[] = {1, 2, 1, 1e-7, 1.0 / 3.0, 1e20};
static const uint8_t integer[] = {1, 1, 0, 0};
static const uint64_t begin[] = {0, 2, 3, 5, 6};
static const uint32_t row_index[] = {0, 1, 0, 1, 2, 2};

static qwr_milp_view model(void)
{
    return (qwr_milp_view){.size = sizeof(qwr_milp_view),
                           .column_count = 4,
                           .row_count = 4,
                           .entry_count = 6,
                           .offset = 10.1,
                           .cost = cost,
                           .lower = lower,
                           .upper = upper,
                           .integer = integer,
                           .row_lower = row_lower,
                           .row_upper = row_upper,
                           .column_begin = begin,
                           .row_index = row_index,
                           .value = value,
                           .name = "berth week\n1"};
}

START_TEST(lp_file_says_the_whole_model)
{
    qwr_milp_view m = model();
    qwr_test_ok(ctx, qwr_milp_write(ctx, &m, qwr_test_file("m.lp")));
    check_content(qwr_test_file("m.lp"),
                  "\\ berth_week_1\n"
                  "Minimize\n obj: - 1 x1 + 0.1 x2 + 3 x4 + 10.1 offset\n"
                  "Subject To\n"
                  " r1: + 1 x1 + 1 x2 = 2\n"
                  " r2_low: + 2 x1 + 1e-07 x3 >= 1\n"
                  " r2_up: + 2 x1 + 1e-07 x3 <= 4\n"
                  " r3: + 0.3333333333333333 x3 + 1e+20 x4 <= 9\n"
                  "\\ r4 has no bounds\n"
                  "Bounds\n offset = 1\n 0 <= x2 <= 7\n x3 free\n -5 <= x4 <= 2.5\n"
                  "Generals\n x2\n"
                  "Binaries\n x1\n"
                  "End\n");
}
END_TEST

START_TEST(mps_file_says_the_whole_model)
{
    qwr_milp_view m = model();
    qwr_test_ok(ctx, qwr_milp_write(ctx, &m, qwr_test_file("m.mps")));
    check_content(qwr_test_file("m.mps"),
                  "NAME berth_week_1\n"
                  "ROWS\n N obj\n E r1\n G r2_low\n L r2_up\n L r3\n N r4\n"
                  "COLUMNS\n m1 'MARKER' 'INTORG'\n"
                  " x1 obj -1\n x1 r1 1\n x1 r2_low 2\n x1 r2_up 2\n"
                  " x2 obj 0.1\n x2 r1 1\n m2 'MARKER' 'INTEND'\n"
                  " x3 obj 0\n x3 r2_low 1e-07\n x3 r2_up 1e-07\n x3 r3 0.3333333333333333\n"
                  " x4 obj 3\n x4 r3 1e+20\n offset obj 10.1\n"
                  "RHS\n rhs r1 2\n rhs r2_low 1\n rhs r2_up 4\n rhs r3 9\n"
                  "BOUNDS\n FX bnd offset 1\n LO bnd x1 0\n UP bnd x1 1\n LO bnd x2 0\n UP bnd x2 "
                  "7\n FR bnd x3\n"
                  " LO bnd x4 -5\n UP bnd x4 2.5\n"
                  "ENDATA\n");
}
END_TEST

START_TEST(empty_model_is_written)
{
    static const uint64_t none[] = {0};
    qwr_milp_view m = {.size = sizeof m, .column_begin = none};
    qwr_test_ok(ctx, qwr_milp_write(ctx, &m, qwr_test_file("m.lp")));
    check_content(qwr_test_file("m.lp"), "\\ model\nMinimize\n obj: + 0 offset\nSubject To\n"
                                         "Bounds\n offset = 1\nEnd\n");
    qwr_test_ok(ctx, qwr_milp_write(ctx, &m, qwr_test_file("m.mps")));
}
END_TEST

START_TEST(broken_models_are_refused_and_nothing_is_written)
{
    double nan_cost[] = {0, NAN, 0, 0}, wrong_upper[] = {2, 4, NAN, 0};
    uint32_t wrong_row[] = {0, 1, 0, 1, 2, 4}, falling_row[] = {1, 0, 0, 1, 2, 2};
    uint64_t wrong_begin[] = {0, 2, 1, 5, 6}, short_begin[] = {0, 2, 3, 5, 5};
    qwr_milp_view bad[9];
    for (int i = 0; i < 9; i++)
        bad[i] = model();
    bad[0].cost = nan_cost;
    bad[1].row_upper = wrong_upper;
    bad[2].row_index = wrong_row;
    bad[3].row_index = falling_row;
    bad[4].column_begin = wrong_begin;
    bad[5].column_begin = short_begin;
    bad[6].offset = INFINITY;
    bad[7].size = 0;
    bad[8].value = NULL;
    for (int i = 0; i < 9; i++)
        ck_assert_msg(qwr_milp_write(ctx, &bad[i], qwr_test_file("m.lp")) == QWR_EINVAL, "%d", i);
    qwr_milp_view m = model();
    ck_assert_int_eq(qwr_milp_write(ctx, &m, qwr_test_file("m.txt")), QWR_EINVAL);
    ck_assert_int_eq(files_made(), 0);
}
END_TEST

static qwr_status write_models(qwr_context *failing, void *payload)
{
    qwr_milp_view m = model();
    return qwr_milp_write(failing, &m, qwr_test_file(payload));
}

START_TEST(every_failed_allocation_is_reported)
{
    char lp[] = "m.lp", mps[] = "m.mps";
    ck_assert_int_gt(qwr_test_each_allocation(write_models, lp, 100), 3);
    ck_assert_int_gt(qwr_test_each_allocation(write_models, mps, 100), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("io_file");
    TCase *tc = tcase_create("file");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, file_is_written_and_replaced);
    tcase_add_test(tc, file_without_a_folder_in_its_path_is_written_here);
    tcase_add_test(tc, new_file_obeys_the_umask);
    tcase_add_test(tc, missing_folder_and_folder_as_target_are_errors);
    tcase_add_test(tc, devices_are_written_not_replaced);
    tcase_add_test(tc, full_device_is_an_error);
    tcase_add_test(tc, file_that_does_not_fit_leaves_the_old_one_and_no_temporary);
    tcase_add_test(tc, failed_allocation_leaves_the_old_file_and_no_temporary);
    tcase_add_test(tc, failed_scenario_and_plan_leave_the_old_file);
    tcase_add_test(tc, file_reading_stops_at_its_limit);
    tcase_add_test(tc, scenario_is_read_from_a_pipe);
    tcase_add_test(tc, csv_cells_are_quoted_only_where_needed);
    tcase_add_test(tc, lp_file_says_the_whole_model);
    tcase_add_test(tc, mps_file_says_the_whole_model);
    tcase_add_test(tc, empty_model_is_written);
    tcase_add_test(tc, broken_models_are_refused_and_nothing_is_written);
    tcase_add_test(tc, every_failed_allocation_is_reported);
    suite_add_tcase(suite, tc);
    return qwr_test_main(suite);
}
