/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which entities a variation means: all of their kind, or those its brackets name. Changes nothing.
 */
#include "vary/vary.h"

#include <string.h>

static bool same(const char *text, const char *wanted)
{
    return text != NULL && strcmp(text, wanted) == 0;
}

static bool at_quay(const qwr__varying *varying, qwr_quay_ix quay, const char *wanted)
{
    const qwr_quay *q = qwr_scenario_builder_quay(varying->builder, quay);

    return q != NULL && same(q->id, wanted);
}

bool qwr__call_selected(const qwr__varying *varying, const qwr_call *call)
{
    const char *wanted = varying->variation->selected;

    switch (varying->variation->key) {
    case QWR__KEY_ID:
        return same(call->id, wanted);
    case QWR__KEY_SERVICE:
        return same(call->service, wanted);
    case QWR__KEY_CLASS:
        return same(call->vessel_class, wanted);
    case QWR__KEY_VESSEL:
        return same(call->vessel, wanted);
    case QWR__KEY_QUAY:
    case QWR__KEY_NONE:
        break;
    }
    return true;
}

bool qwr__crane_selected(const qwr__varying *varying, const qwr_crane *crane)
{
    const char *wanted = varying->variation->selected;

    if (varying->variation->key == QWR__KEY_ID)
        return same(crane->id, wanted);
    return varying->variation->key == QWR__KEY_NONE || at_quay(varying, crane->quay, wanted);
}

bool qwr__quay_selected(const qwr__varying *varying, const qwr_quay *quay)
{
    return varying->variation->key == QWR__KEY_NONE || same(quay->id, varying->variation->selected);
}

bool qwr__berth_selected(const qwr__varying *varying, const qwr_berth *berth)
{
    const char *wanted = varying->variation->selected;

    if (varying->variation->key == QWR__KEY_ID)
        return same(berth->id, wanted);
    return varying->variation->key == QWR__KEY_NONE || at_quay(varying, berth->quay, wanted);
}

/* A window is at a quay by its own word, or by its berth's or its crane's. */
static bool window_at(const qwr__varying *varying, const qwr_window *window, const char *wanted)
{
    const qwr_berth *berth = qwr_scenario_builder_berth(varying->builder, window->berth);
    const qwr_crane *crane = qwr_scenario_builder_crane(varying->builder, window->crane);

    return at_quay(varying, window->quay, wanted) ||
           (berth != NULL && at_quay(varying, berth->quay, wanted)) ||
           (crane != NULL && at_quay(varying, crane->quay, wanted));
}

bool qwr__window_selected(const qwr__varying *varying, const qwr_window *window)
{
    const char *wanted = varying->variation->selected;

    if (varying->variation->key == QWR__KEY_ID)
        return same(window->id, wanted);
    return varying->variation->key == QWR__KEY_NONE || window_at(varying, window, wanted);
}

typedef struct kind {
    const char *one;
    size_t count;
} kind;

static kind kind_of(const qwr__varying *varying)
{
    const qwr_scenario_builder *b = varying->builder;

    switch (varying->variation->variable->entity) {
    case QWR__CALLS:
        return (kind){"call", qwr_scenario_builder_call_count(b)};
    case QWR__CRANES:
        return (kind){"crane", qwr_scenario_builder_crane_count(b)};
    case QWR__QUAYS:
        return (kind){"quay", qwr_scenario_builder_quay_count(b)};
    case QWR__BERTHS:
        return (kind){"berth", qwr_scenario_builder_berth_count(b)};
    case QWR__WINDOWS:
        return (kind){"window", qwr_scenario_builder_window_count(b)};
    case QWR__NO_ENTITY:
        break;
    }
    return (kind){"scenario", 1};
}

/* The i-th entity of the variation's kind: whether it is selected, and the word its key compares.
 */
static bool look_at(const char **word, const qwr__varying *varying, size_t i)
{
    const qwr_scenario_builder *b = varying->builder;
    const uint32_t ix = (uint32_t)i;
    const qwr__key key = varying->variation->key;

    *word = NULL;
    switch (varying->variation->variable->entity) {
    case QWR__CALLS: {
        const qwr_call *call = qwr_scenario_builder_call(b, (qwr_call_ix){ix});
        *word = key == QWR__KEY_SERVICE  ? call->service
                : key == QWR__KEY_CLASS  ? call->vessel_class
                : key == QWR__KEY_VESSEL ? call->vessel
                                         : call->id;
        return qwr__call_selected(varying, call);
    }
    case QWR__CRANES: {
        const qwr_crane *crane = qwr_scenario_builder_crane(b, (qwr_crane_ix){ix});
        *word = key == QWR__KEY_ID ? crane->id : NULL;
        return qwr__crane_selected(varying, crane);
    }
    case QWR__QUAYS: {
        const qwr_quay *quay = qwr_scenario_builder_quay(b, (qwr_quay_ix){ix});
        *word = quay->id;
        return qwr__quay_selected(varying, quay);
    }
    case QWR__BERTHS: {
        const qwr_berth *berth = qwr_scenario_builder_berth(b, (qwr_berth_ix){ix});
        *word = key == QWR__KEY_ID ? berth->id : NULL;
        return qwr__berth_selected(varying, berth);
    }
    case QWR__WINDOWS: {
        const qwr_window *window = qwr_scenario_builder_window(b, (qwr_window_ix){ix});
        *word = key == QWR__KEY_ID ? window->id : NULL;
        return qwr__window_selected(varying, window);
    }
    case QWR__NO_ENTITY:
        break;
    }
    return true;
}

static const char *key_word(qwr__key key)
{
    static const char *const words[] = {[QWR__KEY_NONE] = "",
                                        [QWR__KEY_ID] = "",
                                        [QWR__KEY_SERVICE] = " of service",
                                        [QWR__KEY_CLASS] = " of class",
                                        [QWR__KEY_VESSEL] = " with vessel",
                                        [QWR__KEY_QUAY] = " at quay"};
    return words[key];
}

static const char *nearest(const qwr__varying *varying, size_t count)
{
    const qwr_scenario_builder *b = varying->builder;
    const bool quays = varying->variation->key == QWR__KEY_QUAY;
    const char *best = NULL;
    const char *word;

    if (quays)
        count = qwr_scenario_builder_quay_count(b);
    for (size_t i = 0; i < count; i++) {
        if (quays)
            word = qwr_scenario_builder_quay(b, (qwr_quay_ix){(uint32_t)i})->id;
        else
            look_at(&word, varying, i);
        /* The one before wins a tie. */
        const char *const pair[] = {best != NULL ? best : word, word, NULL};
        const char *near = qwr__nearest(varying->variation->selected, pair);
        if (word != NULL && near != NULL)
            best = near;
    }
    return best;
}

qwr_status qwr__check_selection(const qwr__varying *varying)
{
    const qwr_variation *v = varying->variation;
    const kind k = kind_of(varying);
    const char *word;
    char message[320];

    if (v->key == QWR__KEY_NONE)
        return QWR_OK;
    for (size_t i = 0; i < k.count; i++)
        if (look_at(&word, varying, i))
            return QWR_OK;
    const char *near = nearest(varying, k.count);
    qwr__text text;
    qwr__text_init(&text, varying->ctx);
    qwr__text_add(&text, "there is no %s%s \"%.100s\"", k.one, key_word(v->key), v->selected);
    if (near != NULL)
        qwr__text_add(&text, "; did you mean \"%.100s\"?", near);
    const size_t length = text.length < sizeof message ? text.length : sizeof message - 1;
    if (text.status == QWR_OK)
        memcpy(message, text.data, length);
    message[text.status == QWR_OK ? length : 0] = '\0';
    const qwr_status made = text.status;
    qwr__text_free(&text);
    return made == QWR_OK ? qwr__vary_nothing(varying, message)
                          : qwr__no_memory(varying->ctx, QWR__VARY);
}
