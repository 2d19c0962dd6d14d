/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A terminal operating system in miniature: every 30 seconds it feeds the news to a session, asks
 * for a plan within 20, says what moved, and keeps the plan of each cycle as a file. Host.java and
 * host.py do the same in the same words; all three write the same bytes.
 *
 *     host SCENARIO NEWS FOLDER [PERIOD_S [WORK]]
 *
 * With a work limit (and a period of 0) nothing depends on the clock.
 */
#include <quaywright/quaywright.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ARGUMENTS_MAX = 8, LINE_MAX_BYTES = 256 };

typedef struct host {
    qwr_context *ctx;
    qwr_session *session;
    const char *folder;
    long period_s;
    long work; /* negative: a deadline of two thirds of the period */
} host;

/* The news there are, and the arguments of each: w a word, n a number or "-". */
static const struct {
    const char *news, *arguments;
} known[] = {{"now", "n"},        {"eta", "wn"},         {"berthed", "wwnnnn"}, {"left", "w"},
             {"free", "w"},       {"pin", "wwnnn"},      {"over", "w"},         {"announce", ""},
             {"close", "wwnnnn"}, {"crane_down", "wwnn"}};

static int64_t number(const char *text)
{
    return strcmp(text, "-") == 0 ? QWR_UNSET : strtoll(text, NULL, 10);
}

static int is_number(const char *text)
{
    char *end;

    (void)strtoll(text, &end, 10);
    return strcmp(text, "-") == 0 || (end != text && *end == '\0');
}

/* Does the line say what it must? `words`: its words after the news. */
static int is_understood(const char *news, char **words, int count)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *a = known[i].arguments;
        if (strcmp(known[i].news, news) != 0)
            continue;
        if ((int)strlen(a) != count)
            return 0;
        for (int k = 0; k < count; k++)
            if (a[k] == 'n' && !is_number(words[k]))
                return 0;
        return 1;
    }
    return 0;
}

/* --- news
 * ------------------------------------------------------------------------------------------ */

static qwr_status berthed(host *h, char **a)
{
    qwr_berthed told = qwr_berthed_init();

    told.quay = a[1];
    told.position_mm = number(a[2]);
    told.start_s = number(a[3]);
    told.cranes = number(a[4]);
    told.moves_done = number(a[5]);
    return qwr_session_set_berthed(h->session, a[0], &told);
}

static qwr_status pin(host *h, char **a)
{
    qwr_pin p = qwr_pin_init();

    p.quay = a[1];
    p.position_mm = number(a[2]);
    p.start_s = number(a[3]);
    p.cranes = number(a[4]);
    return qwr_session_pin(h->session, a[0], &p);
}

static qwr_status feed(host *h, const char *news, char **a)
{
    if (strcmp(news, "now") == 0)
        return qwr_session_set_now(h->session, number(a[0]));
    if (strcmp(news, "eta") == 0)
        return qwr_session_set_eta(h->session, a[0], number(a[1]));
    if (strcmp(news, "berthed") == 0)
        return berthed(h, a);
    if (strcmp(news, "left") == 0)
        return qwr_session_remove_call(h->session, a[0]);
    if (strcmp(news, "crane_down") == 0)
        return qwr_session_crane_down(h->session, a[0], a[1], number(a[2]), number(a[3]), NULL);
    if (strcmp(news, "close") == 0)
        return qwr_session_close_quay(h->session, a[0], a[1], number(a[2]), number(a[3]),
                                      number(a[4]), number(a[5]), NULL);
    if (strcmp(news, "over") == 0)
        return qwr_session_remove_window(h->session, a[0]);
    if (strcmp(news, "pin") == 0)
        return pin(h, a);
    if (strcmp(news, "free") == 0)
        return qwr_session_pin(h->session, a[0], NULL);
    if (strcmp(news, "announce") == 0)
        return qwr_session_announce(h->session);
    return QWR_EINVAL; /* is_understood() knows no other */
}

/* The library refuses news that cannot be true and stays as it was: say so and go on. */
static void tell_refusal(const host *h)
{
    const qwr_cause *cause = qwr_context_cause(h->ctx, 0);

    printf("  refused: %s\n", cause ? cause->message : "no cause known");
}

/* Feeds the lines of one cycle; returns how many there were, -1 after one that says nothing. */
static int feed_cycle(host *h, FILE *file, long cycle)
{
    char line[LINE_MAX_BYTES];
    int fed = 0;

    rewind(file);
    for (int number_of_line = 1; fgets(line, sizeof line, file); number_of_line++) {
        char *word[ARGUMENTS_MAX + 2] = {NULL};
        char *rest = line;
        int words = 0;

        line[strcspn(line, "\r\n")] = '\0';
        while (words < ARGUMENTS_MAX + 2 && (word[words] = strtok_r(rest, " ", &rest)) != NULL)
            words++;
        if (words == 0 || word[0][0] == '#')
            continue;
        if (words < 2 || !is_number(word[0]) || !is_understood(word[1], word + 2, words - 2)) {
            fprintf(stderr, "line %d of the news is not understood\n", number_of_line);
            return -1;
        }
        if (number(word[0]) != cycle)
            continue;
        if (feed(h, word[1], word + 2) != QWR_OK)
            tell_refusal(h);
        fed++;
    }
    return fed;
}

/* --- plans
 * ----------------------------------------------------------------------------------------- */

static void tell_result(const qwr_session_result *r)
{
    printf("cycle %lld: %s, %lld calls without a place\n", (long long)r->cycle,
           qwr_outcome_name(qwr_plan_get_quality(r->plan)->outcome),
           (long long)qwr_plan_get_quality(r->plan)->unplaced);
    for (uint32_t i = 0; i < r->conflict_count; i++)
        printf("  conflict: %s\n", r->conflicts[i]);
    for (size_t i = 0; r->diff && i < qwr_diff_count(r->diff); i++)
        printf("  %s\n", qwr_diff_get(r->diff, i)->sentence);
}

static qwr_status keep_plan(host *h, int64_t cycle)
{
    char path[512];
    char *text = NULL;
    size_t length = 0;
    qwr_status status = qwr_session_plan_text(&text, &length, h->session, QWR_PLAN_XML);

    (void)snprintf(path, sizeof path, "%s/plan-%lld.xml", h->folder, (long long)cycle);
    if (status == QWR_OK)
        status = qwr_file_write(h->ctx, path, text, length);
    qwr_text_free(h->ctx, text);
    return status;
}

static qwr_status plan(host *h)
{
    qwr_solve_options options = qwr_solve_options_init();
    qwr_session_result result = qwr_session_result_init();

    options.deadline_ms = h->work < 0 ? h->period_s * 1000 * 2 / 3 : -1;
    options.work_limit = h->work;
    qwr_status status = qwr_session_plan(&result, h->session, &options);
    if (status != QWR_OK)
        return status;
    tell_result(&result);
    return keep_plan(h, result.cycle);
}

static qwr_status run(host *h, FILE *news)
{
    qwr_status status = plan(h);

    for (long cycle = 1; status == QWR_OK; cycle++) {
        time_t next = time(NULL) + h->period_s;

        int fed = feed_cycle(h, news, cycle);
        if (fed < 0)
            return QWR_EFORMAT;
        if (fed == 0)
            break;
        status = plan(h);
        while (time(NULL) < next)
            (void)nanosleep(&(struct timespec){.tv_sec = next - time(NULL)}, NULL);
    }
    return status;
}

int main(int argc, char **argv)
{
    host h = {.period_s = argc > 4 ? strtol(argv[4], NULL, 10) : 30,
              .work = argc > 5 ? strtol(argv[5], NULL, 10) : -1};
    qwr_scenario *scenario = NULL;
    FILE *news;
    qwr_status status;

    if (argc < 4) {
        fprintf(stderr, "usage: host SCENARIO NEWS FOLDER [PERIOD_S [WORK]]\n");
        return 1;
    }
    if (!qwr_version_at_least(0, 2, 0)) {
        fprintf(stderr, "Quaywright 0.2 is needed, this is %s\n", qwr_version());
        return 1;
    }
    h.folder = argv[3];
    news = fopen(argv[2], "r");
    if (!news || qwr_context_new(&h.ctx, NULL) != QWR_OK) {
        perror(argv[2]);
        return 1;
    }
    status = qwr_scenario_load(&scenario, h.ctx, argv[1], QWR_FORMAT_AUTO);
    if (status == QWR_OK)
        status = qwr_session_new(&h.session, h.ctx, scenario);
    if (status == QWR_OK)
        status = run(&h, news);
    if (status != QWR_OK)
        fprintf(stderr, "%s: %s\n", qwr_status_name(status),
                qwr_context_cause_count(h.ctx) ? qwr_context_cause(h.ctx, 0)->message : "");
    qwr_session_free(h.session);
    qwr_scenario_free(scenario);
    qwr_context_free(h.ctx);
    fclose(news);
    return status == QWR_OK ? 0 : 1;
}
