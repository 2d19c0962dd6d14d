/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Collecting violations: into a list that grows, or, for qwr_checker_try(), into the caller's array
 * and a buffer of fixed size. Must never know which rules there are, only their order.
 */
#include "check/check.h"
#include "check/check_sort.h"

#include <string.h>

enum { PIECE_SIZE = 16384 };

static size_t rule_index(const qwr__rule *rule)
{
    size_t i = 0;
    while (qwr__rules[i] != rule)
        i++;
    return i;
}

static qwr_violation violation_of(const qwr__fact *fact)
{
    return (qwr_violation){
        .size = sizeof(qwr_violation),
        .rule = fact->rule->name,
        .call = {fact->call},
        .resource = fact->resource != NULL ? fact->resource : "",
        .from_s = fact->from_s,
        .to_s = fact->to_s,
        .amount = fact->amount,
        .unit = fact->unit,
        .sentence = fact->rule->sentence,
    };
}

/* --- the growing list ------------------------------------------------------------------------ */

static const char *keep(qwr__findings *out, const char *text, size_t length)
{
    qwr__piece *piece = out->pieces;
    if (piece == NULL || piece->size - piece->used <= length) {
        size_t size = length + 1 > PIECE_SIZE ? length + 1 : PIECE_SIZE;
        piece = qwr__alloc(out->ctx, 1, sizeof *piece + size);
        if (piece == NULL) {
            out->status = qwr__no_memory(out->ctx, "check");
            return NULL;
        }
        piece->size = size;
        piece->next = out->pieces;
        out->pieces = piece;
    }
    char *kept = piece->text + piece->used;
    memcpy(kept, text, length);
    kept[length] = '\0';
    piece->used += length + 1;
    return kept;
}

static void found_in_list(qwr__findings *out, const qwr__fact *fact, const char *form,
                          const qwr__word *words)
{
    void *items = out->items;
    if (out->status != QWR_OK || out->count >= out->limit)
        return;
    out->status =
        qwr__reserve(out->ctx, &items, &out->capacity, out->count + 1, sizeof *out->items);
    out->items = items;
    if (out->status != QWR_OK)
        return;
    char text[QWR__SENTENCE_SIZE];
    size_t length = qwr__say(text, out->site, form, words);
    qwr_violation v = violation_of(fact);
    v.sentence = keep(out, text, length);
    v.resource = out->status == QWR_OK ? keep(out, v.resource, strlen(v.resource)) : NULL;
    if (out->status == QWR_OK)
        out->items[out->count++] = (qwr__item){v, rule_index(fact->rule)};
}

/* --- the fixed array ------------------------------------------------------------------------- */

static void found_in_array(qwr__findings *out, const qwr__fact *fact, const char *form,
                           const qwr__word *words)
{
    size_t i = out->count++;
    if (i >= out->fixed_capacity)
        return;
    qwr_violation *v = &out->fixed[i];
    *v = violation_of(fact);
    /* With the buffer full the rule's own sentence stays: still true, only less precise. */
    if (out->buffer_size - out->buffer_used < QWR__SENTENCE_SIZE)
        return;
    char *text = out->buffer + out->buffer_used;
    out->buffer_used += qwr__say(text, out->site, form, words) + 1;
    v->sentence = text;
}

void qwr__found(qwr__findings *out, const qwr__fact *fact, const char *form, const qwr__word *words)
{
    if (out->ctx != NULL)
        found_in_list(out, fact, form, words);
    else
        found_in_array(out, fact, form, words);
}

/* --- order ----------------------------------------------------------------------------------- */

static bool item_before(const qwr__item *a, const qwr__item *b)
{
    if (a->rule != b->rule)
        return a->rule < b->rule;
    const qwr_violation *v = &a->violation, *w = &b->violation;
    if (v->call.v != w->call.v)
        return v->call.v < w->call.v;
    if (v->from_s != w->from_s)
        return v->from_s < w->from_s;
    if (v->to_s != w->to_s)
        return v->to_s < w->to_s;
    return strcmp(v->sentence, w->sentence) < 0;
}

QWR__DEFINE_SORT(sort_items, qwr__item, item_before)

void qwr__findings_sort(qwr__findings *findings)
{
    if (findings->count > 1)
        sort_items(findings->items, findings->count);
}

/* --- reading --------------------------------------------------------------------------------- */

void qwr_violations_free(qwr_violations *violations)
{
    if (violations == NULL)
        return;
    qwr_context *ctx = violations->ctx;
    for (qwr__piece *piece = violations->findings.pieces; piece != NULL;) {
        qwr__piece *next = piece->next;
        qwr__free(ctx, piece);
        piece = next;
    }
    qwr__free(ctx, violations->findings.items);
    qwr__free(ctx, violations->call_cost_mu);
    qwr__free(ctx, violations);
}

size_t qwr_violations_count(const qwr_violations *violations)
{
    return violations->findings.count;
}

const qwr_violation *qwr_violations_get(const qwr_violations *violations, size_t i)
{
    return i < violations->findings.count ? &violations->findings.items[i].violation : NULL;
}

int64_t qwr_violations_cost_mu(const qwr_violations *violations)
{
    return violations->cost_mu;
}

int64_t qwr_violations_call_cost_mu(const qwr_violations *violations, qwr_call_ix call)
{
    return call.v < violations->calls ? violations->call_cost_mu[call.v] : 0;
}
