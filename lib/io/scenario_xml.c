/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads a scenario from XML, format="1", in one pass by the rows of scenario_table.c. A reference
 * points at an element above it. Knows no libxml2 and no rule of the model: freeze validates.
 *
 * Recognised by: the first character that is not white space is '<'.
 */
#include "io/idmap.h"
#include "io/io.h"
#include "io/scenario_table.h"
#include "io/xml.h"

#include <string.h>

#define WHERE "io.scenario_xml"

/* An element that is open: its parts may still come, so it is added at its first row or its end. */
typedef struct pending {
    qwr__element_id element;
    qwr__any def;
    uint64_t given;
    uint32_t parts; /**< Bits of the parts given. */
    const char *id;
    int64_t line;
    bool waiting;
    uint32_t ix; /**< Once added. */
} pending;

typedef struct reader {
    qwr_context *ctx;
    const char *file;
    qwr_scenario_builder *builder;
    qwr__idmap map;
    qwr__ids ids;
    int64_t epoch_unix_s;
    qwr__element_id last; /**< Latest element directly in <scenario>; they come in table order. */
    size_t depth;
    pending root, owner;
} reader;

bool qwr__scenario_xml_detect(const char *head, size_t length)
{
    size_t at = qwr__skip_space(head, length);
    return at < length && head[at] == '<';
}

static qwr__spot spot_of(const reader *r, qwr__element_id element, int64_t line, const char *id)
{
    return (qwr__spot){.ctx = r->ctx,
                       .where = WHERE,
                       .file = r->file,
                       .line = line,
                       .element = qwr__elements[element].tag,
                       .id = id,
                       .epoch_unix_s = r->epoch_unix_s,
                       .ids = &r->ids};
}

static const char *id_among(const qwr__xml_attribute *attributes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(attributes[i].name, "id") == 0)
            return attributes[i].value;
    return NULL;
}

/* --- attributes to structs ------------------------------------------------------------------- */

static qwr_status read_attributes(const qwr__spot *spot, qwr__element_id element,
                                  const qwr__xml_attribute *attributes, size_t count,
                                  bool owner_is_open, void *def, uint64_t *given)
{
    const qwr__attrs *attrs = &qwr__elements[element].attrs;
    for (size_t i = 0; i < count; i++) {
        size_t row;
        if (element == QWR__EL_SCENARIO && strcmp(attributes[i].name, "format") == 0)
            continue;
        QWR_TRY(qwr__attr_find(&row, spot, attrs, attributes[i].name));
        if (owner_is_open && (attrs->rows[row].flags & QWR__OWNER))
            return qwr__spot_fail(spot, QWR_EFORMAT,
                                  "%s is not given here: the enclosing element says it",
                                  attributes[i].name);
        QWR_TRY(qwr__attr_read(spot, attrs, row, attributes[i].value, def, given));
    }
    return QWR_OK;
}

static void set_owner(qwr__element_id element, void *def, uint64_t *given, uint32_t owner_ix)
{
    const qwr__attrs *attrs = &qwr__elements[element].attrs;
    for (size_t row = 0; row < attrs->count; row++)
        if (attrs->rows[row].flags & QWR__OWNER) {
            qwr__attr_set_uint32(&attrs->rows[row], def, owner_ix);
            *given |= UINT64_C(1) << row;
        }
}

/* --- structs to the builder ------------------------------------------------------------------ */

static qwr_status add_entity(reader *r, qwr__element_id element, const char *id, int64_t line,
                             const void *def, uint32_t *ix)
{
    const qwr__element *e = &qwr__elements[element];
    qwr__spot spot = spot_of(r, element, line, id);
    if (e->ref >= 0) {
        int64_t taken = qwr__idmap_line(&r->map, (qwr__ref)e->ref, id);
        if (taken)
            return qwr__spot_fail(&spot, QWR_ESCENARIO, "this id is taken by the %s in line %lld",
                                  e->tag, (long long)taken);
    }
    QWR_TRY(e->entity.add(r->builder, def, ix));
    qwr_scenario_builder_at(r->builder, r->file, line);
    return e->ref >= 0 ? qwr__idmap_add(&r->map, (qwr__ref)e->ref, id, *ix, line) : QWR_OK;
}

/* Turns what is known of <scenario> and <objective> into the builder. */
static qwr_status start_builder(reader *r)
{
    qwr__spot spot = spot_of(r, QWR__EL_SCENARIO, r->root.line, r->root.id);
    r->root.waiting = false;
    qwr_status status = qwr_scenario_builder_new(&r->builder, r->ctx, &r->root.def.info);
    if (status == QWR_EINVAL) {
        const qwr_cause *cause = qwr_context_cause(r->ctx, 0);
        return qwr__spot_fail(&spot, QWR_ESCENARIO, "%.300s",
                              cause ? cause->message : "the frame is not valid");
    }
    if (status == QWR_OK)
        qwr_scenario_builder_at(r->builder, r->file, r->root.line);
    return status;
}

static qwr_status add_owner(reader *r)
{
    pending *owner = &r->owner;
    if (!owner->waiting)
        return QWR_OK;
    owner->waiting = false;
    return add_entity(r, owner->element, owner->id, owner->line, &owner->def, &owner->ix);
}

/* --- elements -------------------------------------------------------------------------------- */

static qwr_status check_format(const qwr__spot *spot, const qwr__xml_attribute *attributes,
                               size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(attributes[i].name, "format") == 0) {
            if (strcmp(attributes[i].value, QWR__SCENARIO_FORMAT) == 0)
                return QWR_OK;
            return qwr__spot_fail(spot, QWR_EFORMAT,
                                  "format=\"%.32s\": this version reads format=\"%s\"",
                                  attributes[i].value, QWR__SCENARIO_FORMAT);
        }
    return qwr__spot_fail(spot, QWR_EFORMAT, "attribute format is missing; expected format=\"%s\"",
                          QWR__SCENARIO_FORMAT);
}

static qwr_status begin_root(reader *r, const char *tag, const qwr__xml_attribute *attributes,
                             size_t count, int64_t line)
{
    qwr__spot spot = spot_of(r, QWR__EL_SCENARIO, line, id_among(attributes, count));
    pending *root = &r->root;
    if (strcmp(tag, "plan") == 0)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->file, line,
                         "this file holds a plan; expected a scenario: are two files in the wrong "
                         "order?");
    if (strcmp(tag, "scenario") != 0)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->file, line,
                         "the outermost element is <%.64s>; expected <scenario>", tag);
    QWR_TRY(check_format(&spot, attributes, count));
    root->element = QWR__EL_SCENARIO;
    root->def.info = qwr_scenario_info_init();
    root->id = spot.id;
    root->line = line;
    root->waiting = true;
    QWR_TRY(read_attributes(&spot, QWR__EL_SCENARIO, attributes, count, false, &root->def,
                            &root->given));
    QWR_TRY(qwr__attrs_complete(&spot, &qwr__elements[QWR__EL_SCENARIO].attrs, root->given,
                                QWR__REQUIRED));
    if (root->def.info.epoch && !qwr__parse_time(&r->epoch_unix_s, root->def.info.epoch))
        return qwr__spot_fail(&spot, QWR_EFORMAT,
                              "epoch=\"%.64s\": expected a date and time such as "
                              "2027-03-01T06:00:00Z",
                              root->def.info.epoch);
    return QWR_OK;
}

static qwr_status unknown_element(reader *r, const char *tag, qwr__element_id parent, int64_t line)
{
    const char *words[QWR__EL_COUNT + 1];
    size_t n = 0;
    for (int i = 1; i < QWR__EL_COUNT; i++)
        if (qwr__elements[i].parent == parent)
            words[n++] = qwr__elements[i].tag;
    words[n] = NULL;
    const char *nearest = qwr__nearest(tag, words);
    qwr__spot spot =
        spot_of(r, parent, line, parent == QWR__EL_SCENARIO ? r->root.id : r->owner.id);
    if (n == 0)
        return qwr__spot_fail(&spot, QWR_EFORMAT, "it holds no elements, but here is <%.64s>", tag);
    if (nearest)
        return qwr__spot_fail(&spot, QWR_EFORMAT, "unknown element <%.64s>; did you mean <%s>?",
                              tag, nearest);
    return qwr__spot_fail(&spot, QWR_EFORMAT,
                          "unknown element <%.64s>; expected one like <%s> or <%s>", tag, words[0],
                          words[n - 1]);
}

/* <objective>, <pin>, <base>: more attributes of an element that is still waiting. */
static qwr_status begin_part(reader *r, qwr__element_id element, pending *whole,
                             const qwr__xml_attribute *attributes, size_t count, int64_t line)
{
    qwr__spot spot = spot_of(r, element, line, whole->id);
    uint64_t given = 0;
    if (!whole->waiting)
        return qwr__spot_fail(&spot, QWR_EFORMAT, "it comes before the other elements of its <%s>",
                              qwr__elements[whole->element].tag);
    if (whole->parts >> element & 1)
        return qwr__spot_fail(&spot, QWR_EFORMAT, "it is given twice");
    whole->parts |= 1u << element;
    return read_attributes(&spot, element, attributes, count, false, &whole->def, &given);
}

static qwr_status begin_entity(reader *r, qwr__element_id element, bool nested,
                               const qwr__xml_attribute *attributes, size_t count, int64_t line)
{
    const qwr__element *e = &qwr__elements[element];
    const char *id = id_among(attributes, count);
    qwr__spot spot = spot_of(r, element, line, id);
    pending row = {.element = element, .id = id, .line = line};
    pending *target = nested ? &row : &r->owner;
    *target = row;
    e->entity.init(&target->def);
    if (nested)
        set_owner(element, &target->def, &target->given, r->owner.ix);
    QWR_TRY(
        read_attributes(&spot, element, attributes, count, nested, &target->def, &target->given));
    QWR_TRY(qwr__attrs_complete(&spot, &e->attrs, target->given, QWR__REQUIRED));
    target->waiting = !nested;
    return nested ? add_entity(r, element, id, line, &target->def, &target->ix) : QWR_OK;
}

static qwr_status begin_top(reader *r, const char *tag, const qwr__xml_attribute *attributes,
                            size_t count, int64_t line)
{
    qwr__element_id element = qwr__element_find(tag, QWR__EL_SCENARIO);
    if (element == QWR__EL_COUNT)
        return unknown_element(r, tag, QWR__EL_SCENARIO, line);
    if (element < r->last)
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->file, line,
                         "<%s> comes too late: expected before <%s>", tag,
                         qwr__elements[r->last].tag);
    r->last = element;
    if (qwr__elements[element].standing == QWR__STANDS_PART)
        return begin_part(r, element, &r->root, attributes, count, line);
    if (r->root.waiting)
        QWR_TRY(start_builder(r));
    return begin_entity(r, element, false, attributes, count, line);
}

static qwr_status begin_nested(reader *r, const char *tag, const qwr__xml_attribute *attributes,
                               size_t count, int64_t line)
{
    qwr__element_id element =
        r->last == QWR__EL_OBJECTIVE ? QWR__EL_COUNT : qwr__element_find(tag, r->owner.element);
    if (element == QWR__EL_COUNT)
        return unknown_element(r, tag, r->last, line);
    if (qwr__elements[element].standing == QWR__STANDS_PART)
        return begin_part(r, element, &r->owner, attributes, count, line);
    QWR_TRY(add_owner(r));
    return begin_entity(r, element, true, attributes, count, line);
}

static qwr_status on_begin(void *payload, const char *tag, const qwr__xml_attribute *attributes,
                           size_t count, int64_t line)
{
    reader *r = payload;
    switch (r->depth++) {
    case 0:
        return begin_root(r, tag, attributes, count, line);
    case 1:
        return begin_top(r, tag, attributes, count, line);
    case 2:
        return begin_nested(r, tag, attributes, count, line);
    default:
        return qwr__fail(r->ctx, QWR_EFORMAT, WHERE, r->file, line,
                         "no element is expected here, but here is <%.64s>", tag);
    }
}

static qwr_status on_end(void *payload, int64_t line)
{
    reader *r = payload;
    (void)line;
    r->depth--;
    if (r->depth == 1)
        return add_owner(r);
    if (r->depth == 0 && r->root.waiting)
        return start_builder(r);
    return QWR_OK;
}

qwr_status qwr__scenario_xml_read(qwr_scenario_builder **out, qwr_context *ctx, qwr__input *in)
{
    reader r = {.ctx = ctx, .file = in->name, .map = {.ctx = ctx}};
    r.ids = qwr__idmap_ids(&r.map);
    qwr__xml_handler handler = {on_begin, on_end, &r, WHERE};
    qwr_status status = qwr__xml_parse(ctx, in, &handler);
    qwr__idmap_free(&r.map);
    if (status != QWR_OK) {
        qwr_scenario_builder_free(r.builder);
        r.builder = NULL;
    }
    *out = r.builder;
    return status;
}
