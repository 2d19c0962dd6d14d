/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The difference of two scenarios, by the table of elements that files are written with: names,
 * units and spellings are those a planner reads there. Must never list what an entity is made of
 * itself.
 */
#include "diff/diff.h"
#include "io/plan_table.h"
#include "io/scenario_table.h"

#include <stdlib.h>
#include <string.h>

#define WHERE "diff.scenario"

typedef struct side {
    const qwr_scenario *scenario;
    qwr__ids ids;
} side;

typedef struct compared {
    qwr_diff *diff;
    side old, new;
} compared;

/* The value of row `i` as files spell it; NULL: not set, or another spelling says it. */
static const char *value_of(char number[QWR__ATTR_TEXT_MAX], const side *s, const qwr__attrs *attrs,
                            size_t i, const void *def)
{
    return qwr__attr_says(attrs, i, def)
               ? qwr__plan_value(number, s->scenario, &attrs->rows[i], def)
               : NULL;
}

/* First row at or after `i` that says the member which row `i` belongs to; its value, or NULL. */
static const char *member_value(char number[QWR__ATTR_TEXT_MAX], const side *s,
                                const qwr__attrs *attrs, size_t i, const void *def, size_t *row)
{
    for (size_t k = i; k < attrs->count && attrs->rows[k].offset == attrs->rows[i].offset; k++) {
        const char *value = value_of(number, s, attrs, k, def);
        *row = k;
        if (value != NULL)
            return value;
    }
    *row = i;
    return NULL;
}

static const char *vessel_of(const side *s, qwr__element_id element, uint32_t ix)
{
    const qwr_call *call =
        element == QWR__EL_CALL ? qwr_scenario_call(s->scenario, (qwr_call_ix){ix}) : NULL;

    return call != NULL ? call->vessel : NULL;
}

static void put_entity(qwr__text *out, const qwr_change *c)
{
    qwr__text_add(out, "%s%s%s", c->entity, c->id[0] != '\0' ? " " : "", c->id);
    if (c->vessel != NULL && strcmp(c->vessel, c->id) != 0)
        qwr__text_add(out, " (%s)", c->vessel);
}

/* --- attributes of an entity both sides have ----------------------------------------------------
 */

static qwr_status add_edited(compared *d, qwr_change *c, const qwr__element *element)
{
    qwr__text sentence;

    c->kind = QWR_CHANGE_EDITED;
    qwr__text_init(&sentence, d->diff->ctx);
    put_entity(&sentence, c);
    qwr__text_add(&sentence, ": ");
    if (strcmp(element->tag, c->entity) != 0)
        qwr__text_add(&sentence, "%s ", element->tag);
    qwr__text_add(&sentence, "%s ", c->field);
    if (c->before == NULL)
        qwr__text_add(&sentence, "is %s, was not set", c->after);
    else if (c->after == NULL)
        qwr__text_add(&sentence, "is not set any more, was %s", c->before);
    else
        qwr__text_add(&sentence, "is %s, was %s", c->after, c->before);
    return qwr__diff_add(d->diff, c, &sentence);
}

static qwr_status compare_attributes(compared *d, const qwr__element *element, qwr_change *c,
                                     const void *a, const void *b)
{
    char old_number[QWR__ATTR_TEXT_MAX], new_number[QWR__ATTR_TEXT_MAX];
    const qwr__attrs *attrs = &element->attrs;

    for (size_t i = 0; i < attrs->count; i++) {
        size_t old_row, new_row;
        if (i > 0 && attrs->rows[i].offset == attrs->rows[i - 1].offset)
            continue; /* another spelling of the same member */
        const char *before = member_value(old_number, &d->old, attrs, i, a, &old_row);
        const char *after = member_value(new_number, &d->new, attrs, i, b, &new_row);
        if (before == after ||
            (before != NULL && after != NULL && old_row == new_row && strcmp(before, after) == 0))
            continue;
        c->field = attrs->rows[after != NULL ? new_row : old_row].name;
        c->before = before;
        c->after = after;
        QWR_TRY(add_edited(d, c, element));
    }
    return QWR_OK;
}

/* The entity and the parts that complete it (pin and base of a call). */
static qwr_status compare_entity(compared *d, qwr__element_id element, const char *id,
                                 const char *vessel, const void *a, const void *b)
{
    for (int k = 0; k < QWR__EL_COUNT; k++) {
        const qwr__element *e = &qwr__elements[k];
        bool part = e->standing == QWR__STANDS_PART && e->parent == element && k != (int)element;
        qwr_change c = {.entity = qwr__elements[element].tag, .id = id, .vessel = vessel};
        if (k == (int)element || part)
            QWR_TRY(compare_attributes(d, e, &c, a, b));
    }
    return QWR_OK;
}

/* --- entities with ids --------------------------------------------------------------------------
 */

static qwr_status add_one_sided(compared *d, qwr__element_id element, const side *s, uint32_t ix,
                                bool added)
{
    const qwr__element *e = &qwr__elements[element];
    qwr_change c = {.kind = added ? QWR_CHANGE_ADDED : QWR_CHANGE_REMOVED,
                    .entity = e->tag,
                    .id = qwr__scenario_id(s->scenario, (qwr__ref)e->ref, ix),
                    .vessel = vessel_of(s, element, ix)};
    qwr__text sentence;

    qwr__text_init(&sentence, d->diff->ctx);
    put_entity(&sentence, &c);
    qwr__text_add(&sentence, added ? " is new" : " is gone");
    return qwr__diff_add(d->diff, &c, &sentence);
}

static qwr_status compare_indexed(compared *d, qwr__element_id element)
{
    const qwr__element *e = &qwr__elements[element];
    qwr__ref ref = (qwr__ref)e->ref;

    for (uint32_t i = 0; i < e->entity.count(d->old.scenario); i++) {
        const char *id = qwr__scenario_id(d->old.scenario, ref, i);
        uint32_t other = d->new.ids.find(d->new.ids.payload, ref, id);
        QWR_TRY(other == QWR_NONE
                    ? add_one_sided(d, element, &d->old, i, false)
                    : compare_entity(d, element, id, vessel_of(&d->new, element, other),
                                     e->entity.get(d->old.scenario, i),
                                     e->entity.get(d->new.scenario, other)));
    }
    for (uint32_t i = 0; i < e->entity.count(d->new.scenario); i++)
        if (d->old.ids.find(d->old.ids.payload, ref, qwr__scenario_id(d->new.scenario, ref, i)) ==
            QWR_NONE)
            QWR_TRY(add_one_sided(d, element, &d->new, i, true));
    return QWR_OK;
}

/* --- rows without ids, as sets ------------------------------------------------------------------
 */

/** The rows of one side, told by their attributes, in the order of these texts. */
typedef struct row_texts {
    const char **texts;
    size_t count;
} row_texts;

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_row(qwr__text *out, const side *s, const qwr__element *e, const void *def)
{
    char number[QWR__ATTR_TEXT_MAX];
    const char *separator = "";

    for (size_t i = 0; i < e->attrs.count; i++) {
        const char *value = value_of(number, s, &e->attrs, i, def);
        if (value == NULL)
            continue;
        qwr__text_add(out, "%s%s=%s", separator, e->attrs.rows[i].name, value);
        separator = " ";
    }
}

static qwr_status tell_rows(row_texts *rows, compared *d, const side *s, const qwr__element *e)
{
    qwr_context *ctx = d->diff->ctx;
    size_t count = e->entity.count(s->scenario);
    qwr__text text;

    rows->texts = qwr__alloc(ctx, count, sizeof *rows->texts);
    if (rows->texts == NULL)
        return qwr__no_memory(ctx, WHERE);
    qwr__text_init(&text, ctx);
    for (size_t i = 0; i < count; i++) {
        text.length = 0;
        put_row(&text, s, e, e->entity.get(s->scenario, i));
        const char *kept = text.status == QWR_OK && text.length > 0
                               ? qwr__strings_intern(&d->diff->strings, text.data)
                               : NULL;
        if (kept == NULL) {
            qwr__text_free(&text);
            return qwr__no_memory(ctx, WHERE);
        }
        rows->texts[rows->count++] = kept;
    }
    qwr__text_free(&text);
    qsort(rows->texts, rows->count, sizeof *rows->texts, by_text);
    return QWR_OK;
}

static qwr_status add_row(compared *d, const qwr__element *e, const char *row, bool added)
{
    qwr_change c = {.kind = added ? QWR_CHANGE_ADDED : QWR_CHANGE_REMOVED,
                    .entity = e->tag,
                    .before = added ? NULL : row,
                    .after = added ? row : NULL};
    qwr__text sentence;

    qwr__text_init(&sentence, d->diff->ctx);
    qwr__text_add(&sentence, "%s %s %s", e->tag, row, added ? "is new" : "is gone");
    return qwr__diff_add(d->diff, &c, &sentence);
}

static qwr_status merge_rows(compared *d, const qwr__element *e, const row_texts *old,
                             const row_texts *new)
{
    size_t i = 0, k = 0;

    while (i < old->count || k < new->count) {
        int order = i == old->count   ? 1
                    : k == new->count ? -1
                                      : strcmp(old->texts[i], new->texts[k]);
        if (order < 0)
            QWR_TRY(add_row(d, e, old->texts[i], false));
        else if (order > 0)
            QWR_TRY(add_row(d, e, new->texts[k], true));
        i += order <= 0;
        k += order >= 0;
    }
    return QWR_OK;
}

static qwr_status compare_rows(compared *d, qwr__element_id element)
{
    const qwr__element *e = &qwr__elements[element];
    row_texts old = {NULL, 0}, new = {NULL, 0};
    qwr_status status = QWR_OK;

    QWR_TRY_DONE(tell_rows(&old, d, &d->old, e));
    QWR_TRY_DONE(tell_rows(&new, d, &d->new, e));
    QWR_TRY_DONE(merge_rows(d, e, &old, &new));
done:
    qwr__free(d->diff->ctx, old.texts);
    qwr__free(d->diff->ctx, new.texts);
    return status;
}

/* --- the whole
 * ------------------------------------------------------------------------------------ */

static qwr_status compare(compared *d)
{
    QWR_TRY(compare_entity(d, QWR__EL_SCENARIO, qwr_scenario_get_info(d->new.scenario)->id, NULL,
                           qwr_scenario_get_info(d->old.scenario),
                           qwr_scenario_get_info(d->new.scenario)));
    for (int k = 0; k < QWR__EL_COUNT; k++) {
        const qwr__element *e = &qwr__elements[k];
        if (e->entity.count == NULL)
            continue;
        QWR_TRY(e->ref >= 0 ? compare_indexed(d, (qwr__element_id)k)
                            : compare_rows(d, (qwr__element_id)k));
    }
    return QWR_OK;
}

qwr_status qwr_scenario_diff(qwr_diff **out, qwr_context *ctx, const qwr_scenario *before,
                             const qwr_scenario *after)
{
    compared d = {.old = {.scenario = before}, .new = {.scenario = after}};

    if (out == NULL)
        return QWR_EINVAL;
    *out = NULL;
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (before == NULL || after == NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "a difference needs two scenarios");
    d.old.ids = qwr__scenario_ids(before);
    d.new.ids = qwr__scenario_ids(after);
    QWR_TRY(qwr__diff_new(&d.diff, ctx));
    qwr_status status = compare(&d);
    if (status != QWR_OK) {
        qwr_diff_free(d.diff);
        return status;
    }
    *out = d.diff;
    return QWR_OK;
}
