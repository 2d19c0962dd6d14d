/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a scenario as XML by the rows of scenario_table.c: one element a line, attributes at their
 * default left out. Reading it back gives every table in the same order, so the same hash. Knows no
 * libxml2.
 */
#include "base/utf8.h"
#include "io/io.h"
#include "io/scenario_table.h"

#include <string.h>

#define WHERE "io.scenario_write"

typedef struct writer {
    qwr_context *ctx;
    const qwr_scenario *scenario;
    qwr__out out;
    int64_t epoch_unix_s;
    bool nested[QWR__EL_COUNT];   /**< Rows of this kind stand inside their parents. */
    size_t cursor[QWR__EL_COUNT]; /**< Next row of a nested kind. */
} writer;

/* XML 1.0 cannot hold other control characters, and nothing but UTF-8 comes back as it was. */
static bool writable(const char *s)
{
    for (const char *c = s; *c; c++)
        if (((unsigned char)*c < 0x20 && !strchr("\t\n\r", *c)) || *c == 0x7f)
            return false;
    return qwr__utf8_valid(s) && !strstr(s, "\xEF\xBF\xBE") && !strstr(s, "\xEF\xBF\xBF");
}

static qwr_status cannot_write(const writer *w, const qwr__element *e, const qwr__attr *attr,
                               const char *why)
{
    return qwr__fail(w->ctx, QWR_ESCENARIO, WHERE, w->out.path, 0, "%s: %s cannot be written: %s",
                     e->tag, attr->name, why);
}

static qwr_status put_attribute(writer *w, const qwr__element *e, const qwr__attr *attr,
                                const void *def)
{
    char number[QWR__ATTR_TEXT_MAX];
    const char *text = number;
    if (attr->kind == QWR__ATTR_TEXT)
        text = qwr__attr_chars(attr, def);
    else if (attr->kind == QWR__ATTR_REF)
        text = qwr__scenario_id(w->scenario, (qwr__ref)attr->scale, qwr__attr_uint32(attr, def));
    else if (!qwr__attr_spell(number, attr, def, w->epoch_unix_s))
        text = NULL;
    if (!text)
        return cannot_write(w, e, attr, "the value has no spelling");
    if (!writable(text))
        return cannot_write(w, e, attr, "the text is not UTF-8 or holds a control character");
    qwr__text_add(&w->out.text, " %s=\"", attr->name);
    qwr__text_xml(&w->out.text, text);
    qwr__text_put(&w->out.text, "\"", 1);
    return QWR_OK;
}

/* All attributes whose value differs from `init`; required ones always. */
static qwr_status put_attributes(writer *w, const qwr__element *e, const void *def,
                                 const void *init, bool owner_too)
{
    for (size_t i = 0; i < e->attrs.count; i++) {
        const qwr__attr *attr = &e->attrs.rows[i];
        if ((attr->flags & QWR__OWNER) && !owner_too)
            continue;
        if (!(attr->flags & QWR__REQUIRED) && qwr__attr_same(attr, def, init))
            continue;
        if (qwr__attr_says(&e->attrs, i, def))
            QWR_TRY(put_attribute(w, e, attr, def));
    }
    return QWR_OK;
}

static bool part_is_default(qwr__element_id part, const void *def, const void *init)
{
    const qwr__attrs *attrs = &qwr__elements[part].attrs;
    for (size_t i = 0; i < attrs->count; i++)
        if (!qwr__attr_same(&attrs->rows[i], def, init))
            return false;
    return true;
}

static void indent(writer *w, int depth)
{
    qwr__text_add(&w->out.text, "%*s<", 2 * depth, "");
}

static qwr_status put_row(writer *w, qwr__element_id element, size_t i, int depth, bool owner_too)
{
    const qwr__element *e = &qwr__elements[element];
    qwr__any init;
    e->entity.init(&init);
    indent(w, depth);
    qwr__text_add(&w->out.text, "%s", e->tag);
    QWR_TRY(put_attributes(w, e, e->entity.get(w->scenario, i), &init, owner_too));
    qwr__text_add(&w->out.text, "/>\n");
    return qwr__out_flush(&w->out);
}

/* --- what stands inside an entity ------------------------------------------------------------- */

static bool has_row(const writer *w, qwr__element_id kind, uint32_t ix)
{
    return w->nested[kind] && w->cursor[kind] < qwr__elements[kind].entity.count(w->scenario) &&
           qwr__element_owner(w->scenario, kind, w->cursor[kind]) == ix;
}

static bool has_children(const writer *w, qwr__element_id element, uint32_t ix, const void *def,
                         const void *init)
{
    for (int k = 0; k < QWR__EL_COUNT; k++) {
        const qwr__element *child = &qwr__elements[k];
        if (child->parent != element || k == (int)element)
            continue;
        if (child->standing == QWR__STANDS_PART
                ? !part_is_default((qwr__element_id)k, def, init)
                : child->standing == QWR__STANDS_ROW && has_row(w, (qwr__element_id)k, ix))
            return true;
    }
    return false;
}

static qwr_status put_part(writer *w, qwr__element_id part, const void *def, const void *init,
                           int depth)
{
    if (part_is_default(part, def, init))
        return QWR_OK;
    indent(w, depth);
    qwr__text_add(&w->out.text, "%s", qwr__elements[part].tag);
    QWR_TRY(put_attributes(w, &qwr__elements[part], def, init, true));
    qwr__text_add(&w->out.text, "/>\n");
    return QWR_OK;
}

static qwr_status put_children(writer *w, qwr__element_id element, uint32_t ix, const void *def,
                               const void *init)
{
    for (int k = 0; k < QWR__EL_COUNT; k++) {
        qwr__element_id kind = (qwr__element_id)k;
        if (qwr__elements[k].parent != element || k == (int)element)
            continue;
        if (qwr__elements[k].standing == QWR__STANDS_PART)
            QWR_TRY(put_part(w, kind, def, init, 2));
        while (qwr__elements[k].standing == QWR__STANDS_ROW && has_row(w, kind, ix))
            QWR_TRY(put_row(w, kind, w->cursor[kind]++, 2, false));
    }
    return QWR_OK;
}

static qwr_status put_entity(writer *w, qwr__element_id element, uint32_t ix)
{
    const qwr__element *e = &qwr__elements[element];
    const void *def = e->entity.get(w->scenario, ix);
    qwr__any init;
    e->entity.init(&init);
    if (!has_children(w, element, ix, def, &init))
        return put_row(w, element, ix, 1, true);
    indent(w, 1);
    qwr__text_add(&w->out.text, "%s", e->tag);
    QWR_TRY(put_attributes(w, e, def, &init, true));
    qwr__text_add(&w->out.text, ">\n");
    QWR_TRY(put_children(w, element, ix, def, &init));
    qwr__text_add(&w->out.text, "  </%s>\n", e->tag);
    return qwr__out_flush(&w->out);
}

/* --- order ------------------------------------------------------------------------------------ */

/*
 * Rows stand inside their parents only if that keeps their order: the indices of berths and tasks
 * are their order, and the hash sees it. Else all rows of the kind stand behind the parents.
 */
static void choose_nesting(writer *w)
{
    for (int k = 0; k < QWR__EL_COUNT; k++) {
        const qwr__element *e = &qwr__elements[k];
        if (e->standing != QWR__STANDS_ROW)
            continue;
        uint32_t last = 0;
        w->nested[k] = true;
        for (size_t i = 0; i < e->entity.count(w->scenario) && w->nested[k]; i++) {
            uint32_t owner = qwr__element_owner(w->scenario, (qwr__element_id)k, i);
            w->nested[k] = owner >= last && owner != QWR_NONE;
            last = owner;
        }
    }
    /* A precedence names tasks above it. */
    w->nested[QWR__EL_PRECEDENCE] = w->nested[QWR__EL_PRECEDENCE] && w->nested[QWR__EL_TASK];
}

static qwr_status put_root(writer *w)
{
    const qwr_scenario_info *info = qwr_scenario_get_info(w->scenario);
    const qwr_scenario_info init = qwr_scenario_info_init();
    if (info->epoch && !qwr__parse_time(&w->epoch_unix_s, info->epoch))
        return qwr__fail(w->ctx, QWR_ESCENARIO, WHERE, w->out.path, 0,
                         "epoch \"%.40s\" is not a date and time", info->epoch);
    qwr__text_add(&w->out.text,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario format=\"%s\"",
                  QWR__SCENARIO_FORMAT);
    QWR_TRY(put_attributes(w, &qwr__elements[QWR__EL_SCENARIO], info, &init, true));
    qwr__text_add(&w->out.text, ">\n");
    return put_part(w, QWR__EL_OBJECTIVE, info, &init, 1);
}

static qwr_status put_document(writer *w)
{
    choose_nesting(w);
    QWR_TRY(put_root(w));
    for (int k = 0; k < QWR__EL_COUNT; k++) {
        const qwr__element *e = &qwr__elements[k];
        size_t count = e->entity.count ? e->entity.count(w->scenario) : 0;
        for (size_t i = 0; i < count; i++)
            if (e->standing == QWR__STANDS_TOP)
                QWR_TRY(put_entity(w, (qwr__element_id)k, (uint32_t)i));
            else if (e->standing == QWR__STANDS_ROW && !w->nested[k])
                QWR_TRY(put_row(w, (qwr__element_id)k, i, 1, true));
    }
    qwr__text_add(&w->out.text, "</scenario>\n");
    return QWR_OK;
}

qwr_status qwr_scenario_text(char **text, size_t *length, qwr_context *ctx,
                             const qwr_scenario *scenario)
{
    if (!ctx || !text)
        return QWR_EINVAL;
    *text = NULL;
    qwr__causes_clear(ctx);
    if (!scenario)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "no scenario");
    writer w = {.ctx = ctx, .scenario = scenario};
    qwr__out_memory(&w.out, ctx);
    return qwr__out_take(text, length, &w.out, put_document(&w));
}

qwr_status qwr_scenario_save(qwr_context *ctx, const qwr_scenario *scenario, const char *path)
{
    if (!ctx)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (!scenario || !path)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0, "no scenario, or no path");
    writer w = {.ctx = ctx, .scenario = scenario};
    qwr_status status = qwr__out_open(&w.out, ctx, path);
    if (status == QWR_OK)
        status = put_document(&w);
    return qwr__out_finish(&w.out, status);
}
