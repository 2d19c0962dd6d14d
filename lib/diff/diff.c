/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of changes and its sums; words that both kinds of diff use. Must never compare anything
 * itself.
 */
#include "diff/diff.h"

#include <string.h>

#define WHERE "diff"

qwr_diff_summary qwr_diff_summary_init(void)
{
    return (qwr_diff_summary){.size = sizeof(qwr_diff_summary), .stability_milli = 1000};
}

qwr_status qwr__diff_new(qwr_diff **out, qwr_context *ctx)
{
    qwr_diff *diff = qwr__alloc(ctx, 1, sizeof *diff);

    if (diff == NULL)
        return qwr__no_memory(ctx, WHERE);
    diff->ctx = ctx;
    diff->summary = qwr_diff_summary_init();
    qwr__strings_init(&diff->strings, ctx);
    *out = diff;
    return QWR_OK;
}

void qwr_diff_free(qwr_diff *diff)
{
    if (diff == NULL)
        return;
    qwr__free(diff->ctx, diff->changes);
    qwr__strings_free(&diff->strings);
    qwr__free(diff->ctx, diff);
}

size_t qwr_diff_count(const qwr_diff *diff)
{
    return diff->count;
}

const qwr_change *qwr_diff_get(const qwr_diff *diff, size_t i)
{
    return i < diff->count ? &diff->changes[i] : NULL;
}

qwr_status qwr_diff_summarise(qwr_diff_summary *summary, const qwr_diff *diff)
{
    uint32_t size;

    if (summary == NULL || diff == NULL || summary->size < sizeof summary->size)
        return QWR_EINVAL;
    size = summary->size < sizeof *summary ? summary->size : (uint32_t)sizeof *summary;
    memcpy(summary, &diff->summary, size);
    summary->size = size;
    return QWR_OK;
}

const char *qwr_change_kind_name(qwr_change_kind kind)
{
    static const char *const names[] = {"moved", "placed", "lost", "added", "removed", "edited"};

    return (size_t)kind < sizeof names / sizeof names[0] ? names[kind] : "unknown";
}

static bool copy_text(qwr_diff *diff, const char **text)
{
    if (*text != NULL)
        *text = qwr__strings_intern(&diff->strings, *text);
    return *text != NULL;
}

int64_t qwr__magnitude(int64_t v)
{
    return v >= 0 ? v : v == INT64_MIN ? INT64_MAX : -v;
}

static void add_up(int64_t *sum, int64_t v)
{
    if (!qwr__add64(sum, *sum, qwr__magnitude(v)))
        *sum = INT64_MAX;
}

static void count_kind(qwr_diff_summary *s, const qwr_change *c)
{
    int64_t *const counts[] = {&s->moved, &s->placed, &s->lost, &s->added, &s->removed, &s->edited};

    ++*counts[c->kind];
    if (c->kind != QWR_CHANGE_MOVED)
        return;
    add_up(&s->moved_s, c->start_delta_s);
    add_up(&s->moved_mm, c->position_delta_mm);
    add_up(&s->moved_cranes, c->cranes_delta);
    s->moved_place += (c->moved & QWR_MOVED_PLACE) != 0;
}

qwr_status qwr__diff_add(qwr_diff *diff, const qwr_change *change, qwr__text *sentence)
{
    qwr_change own = *change;
    void *changes = diff->changes;
    qwr_status status = sentence->status;

    own.size = sizeof own;
    own.sentence = sentence->data != NULL ? sentence->data : "";
    if (own.id == NULL)
        own.id = "";
    /* Texts that may be absent stay so; the three that are always there tell of a full memory. */
    bool copied = copy_text(diff, &own.sentence);
    copied = copy_text(diff, &own.id) && copied;
    copied = copy_text(diff, &own.entity) && copied;
    const char **const optional[] = {&own.vessel, &own.field, &own.before, &own.after};
    for (size_t i = 0; i < sizeof optional / sizeof optional[0]; i++)
        copied = (*optional[i] == NULL || copy_text(diff, optional[i])) && copied;
    qwr__text_free(sentence);
    if (status != QWR_OK || !copied)
        return qwr__no_memory(diff->ctx, WHERE);
    QWR_TRY(
        qwr__reserve(diff->ctx, &changes, &diff->capacity, diff->count + 1, sizeof *diff->changes));
    diff->changes = changes;
    diff->changes[diff->count++] = own;
    count_kind(&diff->summary, &own);
    return QWR_OK;
}

/* --- words ------------------------------------------------------------------------------------ */

/* Published sets count in units of their own from an epoch that means nothing. */
static bool is_published(const qwr_scenario_info *info)
{
    return info->epoch != NULL && strncmp(info->epoch, "2000-01-01T00:00:00", 19) == 0 &&
           info->published_unit_s > 0;
}

void qwr__diff_put_time(qwr__text *out, const qwr_scenario *scenario, int64_t at_s)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(scenario);
    char text[32];
    int64_t unix_s, milli;

    if (is_published(info) && qwr__mul_div64(&milli, at_s, 1000, info->published_unit_s)) {
        qwr__text_fixed(out, milli, 3);
        return;
    }
    if (info->epoch == NULL || !qwr__parse_time(&unix_s, info->epoch) ||
        !qwr__add64(&unix_s, unix_s, at_s)) {
        qwr__text_fixed(out, at_s / 36, 2);
        qwr__text_add(out, " h");
        return;
    }
    qwr__format_time(text, sizeof text, unix_s);
    text[10] = ' '; /* 2026-03-02T06:00:00Z */
    text[text[17] == '0' && text[18] == '0' ? 16 : 19] = '\0';
    qwr__text_add(out, "%s", text);
}

void qwr__diff_put_span(qwr__text *out, const qwr_scenario *scenario, int64_t seconds)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(scenario);
    int64_t s = qwr__magnitude(seconds), milli;

    if (is_published(info) && qwr__mul_div64(&milli, s, 1000, info->published_unit_s)) {
        qwr__text_fixed(out, milli, 3);
        return;
    }
    if (s % 60 != 0)
        qwr__text_add(out, "%lld s", (long long)s);
    else if (s < 3600)
        qwr__text_add(out, "%lld min", (long long)(s / 60));
    else if (s % 3600 == 0)
        qwr__text_add(out, "%lld h", (long long)(s / 3600));
    else
        qwr__text_add(out, "%lld h %lld min", (long long)(s / 3600), (long long)(s % 3600 / 60));
}

void qwr__diff_put_call(qwr__text *out, const qwr_call *call)
{
    if (call->vessel != NULL && strcmp(call->vessel, call->id) != 0)
        qwr__text_add(out, "%s (%s)", call->vessel, call->id);
    else
        qwr__text_add(out, "%s", call->id);
}
