/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of plugins of one context: registering, listing, finding, disabling. Opens no file and
 * runs no plugin; loader.c and run.c do.
 */
#include "registry/builtin.h"
#include "registry/private.h"

#include <stdio.h>
#include <string.h>

#define WHERE    "registry"
#define BUILT_IN "built-in"

static void registry_free(qwr_context *ctx, void *payload)
{
    qwr__registry *r = payload;
    if (r == NULL)
        return;
    qwr__stragglers_reap(ctx, r);
    qwr__stragglers_abandon(ctx, r);
    for (size_t i = 0; i < r->count; i++) {
        qwr__free(ctx, r->entries[i].path);
        qwr__free(ctx, r->entries[i].reason);
    }
    qwr__free(ctx, r->entries);
    qwr__free(ctx, r);
}

qwr__registry *qwr__registry_get(qwr_context *ctx)
{
    qwr__registry *r = qwr__context_registry(ctx);
    if (r != NULL)
        return r;
    r = qwr__alloc(ctx, 1, sizeof *r);
    if (r == NULL) {
        (void)qwr__no_memory(ctx, WHERE);
        return NULL;
    }
    qwr__context_set_registry(ctx, r, registry_free);
    return r;
}

qwr__entry *qwr__registry_entry(qwr_context *ctx, const qwr_plugin *plugin)
{
    qwr__registry *r = qwr__context_registry(ctx);
    for (size_t i = 0; r != NULL && i < r->count; i++)
        if (r->entries[i].plugin == plugin)
            return &r->entries[i];
    return NULL;
}

/* --- registering ------------------------------------------------------------------------------ */

static qwr_status declare_options(qwr_context *ctx, const qwr_plugin *p)
{
    if (p->option_count == 0)
        return QWR_OK;
    qwr_option_decl *decls = qwr__alloc(ctx, p->option_count, sizeof *decls);
    if (decls == NULL)
        return qwr__no_memory(ctx, WHERE);
    for (size_t i = 0; i < p->option_count; i++) {
        const qwr_plugin_option *o = qwr__plugin_option_at(p, i);
        decls[i] = (qwr_option_decl){.size = sizeof decls[i],
                                     .name = o->name,
                                     .type = (qwr_option_type)o->type,
                                     .unit = o->unit,
                                     .default_int = o->default_int,
                                     .min_int = o->type == QWR_OPTION_BOOL ? 0 : o->min_int,
                                     .max_int = o->type == QWR_OPTION_BOOL ? 1 : o->max_int,
                                     .default_text = o->default_text,
                                     .words = o->words,
                                     .sentence = o->sentence};
    }
    qwr_status status = qwr__options_declare(ctx, p->id, decls, p->option_count);
    qwr__free(ctx, decls);
    return status;
}

/** Ids are unique over all kinds, because options are named "ID.NAME". */
static const qwr__entry *entry_with_id(const qwr__registry *r, const char *id)
{
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->entries[i].plugin->id, id) == 0)
            return &r->entries[i];
    return NULL;
}

static size_t place_of(const qwr__registry *r, const qwr_plugin *p)
{
    size_t i = 0;
    while (i < r->count &&
           (r->entries[i].plugin->kind < p->kind ||
            (r->entries[i].plugin->kind == p->kind && strcmp(r->entries[i].plugin->id, p->id) < 0)))
        i++;
    return i;
}

qwr_status qwr__registry_add(qwr_context *ctx, const qwr_plugin *plugin, const char *path)
{
    char message[512];
    qwr__registry *r = qwr__registry_get(ctx);
    if (r == NULL)
        return QWR_ENOMEM;
    if (plugin != NULL && qwr__registry_entry(ctx, plugin) != NULL)
        return QWR_OK;
    qwr_status status = qwr__handshake(plugin, message, sizeof message);
    if (status != QWR_OK)
        return qwr__fail(ctx, status, WHERE, path, 0, "%s", message);
    const qwr__entry *same = entry_with_id(r, plugin->id);
    if (same != NULL)
        return qwr__fail(ctx, QWR_EINVAL, WHERE, path, 0,
                         "the plugin id \"%s\" is taken by %s (version %s)", plugin->id, same->path,
                         same->plugin->version);

    QWR_TRY(
        qwr__reserve(ctx, (void **)&r->entries, &r->capacity, r->count + 1, sizeof *r->entries));
    char *copy = qwr__strdup(ctx, path);
    if (copy == NULL)
        return qwr__no_memory(ctx, WHERE);
    status = declare_options(ctx, plugin);
    if (status != QWR_OK) {
        qwr__free(ctx, copy);
        return status;
    }
    size_t at = place_of(r, plugin);
    memmove(&r->entries[at + 1], &r->entries[at], (r->count - at) * sizeof *r->entries);
    r->entries[at] = (qwr__entry){.plugin = plugin, .path = copy};
    r->count++;
    return QWR_OK;
}

qwr_status qwr_plugin_register(qwr_context *ctx, const qwr_plugin *plugin)
{
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    return qwr__registry_add(ctx, plugin, BUILT_IN);
}

qwr_status qwr_plugin_load(qwr_context *ctx, const char *path)
{
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    return qwr__loader_load(NULL, ctx, path);
}

static qwr_status scan(qwr_context *ctx)
{
    qwr__registry *r = qwr__registry_get(ctx);
    if (r == NULL)
        return QWR_ENOMEM;
    for (size_t k = 0; qwr__builtin_plugins[k] != NULL; k++)
        QWR_TRY(qwr__registry_add(ctx, qwr__builtin_plugins[k], BUILT_IN));
    QWR_TRY(qwr__loader_scan(ctx));
    r->scanned = true;
    return QWR_OK;
}

qwr_status qwr_plugin_load_all(qwr_context *ctx)
{
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    return scan(ctx);
}

static qwr_status scan_on_first_need(qwr_context *ctx)
{
    const qwr__registry *r = qwr__context_registry(ctx);
    return r != NULL && r->scanned ? QWR_OK : scan(ctx);
}

/* --- listing ---------------------------------------------------------------------------------- */

size_t qwr_plugin_count(qwr_context *ctx)
{
    if (ctx == NULL)
        return 0;
    if (scan_on_first_need(ctx) != QWR_OK)
        return 0;
    const qwr__registry *r = qwr__context_registry(ctx);
    return r->count;
}

qwr_status qwr_plugin_get(qwr_plugin_info *info, qwr_context *ctx, size_t i)
{
    if (ctx == NULL)
        return QWR_EINVAL;
    qwr__causes_clear(ctx);
    if (info == NULL || info->size < sizeof(uint32_t))
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "the info struct is NULL or has no size");
    const qwr__registry *r = qwr__context_registry(ctx);
    if (r == NULL || i >= r->count)
        return qwr__fail(ctx, QWR_ENOTFOUND, WHERE, NULL, 0, "there is no plugin number %zu", i);
    const qwr__entry *e = &r->entries[i];
    qwr_plugin_info whole = {.size = info->size,
                             .kind = (qwr_plugin_kind)e->plugin->kind,
                             .capabilities = e->plugin->capabilities,
                             .id = e->plugin->id,
                             .version = e->plugin->version,
                             .summary = e->plugin->summary,
                             .licence = e->plugin->licence,
                             .path = e->path,
                             .disabled = e->disabled ? 1 : 0,
                             .reason = e->reason};
    memcpy(info, &whole, info->size < sizeof whole ? info->size : sizeof whole);
    return QWR_OK;
}

/* --- finding and disabling -------------------------------------------------------------------- */

static const char *kind_word(qwr_plugin_kind kind)
{
    switch (kind) {
    case QWR_PLUGIN_FORECAST:
        return "forecast";
    case QWR_PLUGIN_OPTIMISER:
        return "optimiser";
    case QWR_PLUGIN_SOLVER:
        return "solver";
    }
    return "unknown";
}

/** The list of ids of a kind is only for the message: without memory it goes without a hint. */
static void fail_not_found(qwr_context *ctx, const qwr__registry *r, qwr_plugin_kind kind,
                           const char *id)
{
    const char *near = NULL;
    char list[200] = "";
    const char **words = qwr__alloc(ctx, r->count + 1, sizeof *words);
    if (words != NULL) {
        size_t n = 0, used = 0;
        for (size_t i = 0; i < r->count; i++)
            if (r->entries[i].plugin->kind == (uint32_t)kind)
                words[n++] = r->entries[i].plugin->id;
        near = qwr__nearest(id, words);
        for (size_t i = 0; i < n && used < sizeof list; i++)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                                     words[i]);
    }
    if (near != NULL)
        (void)qwr__fail(ctx, QWR_ENOTFOUND, WHERE, NULL, 0,
                        "there is no %s plugin \"%s\"; the nearest is \"%s\"", kind_word(kind), id,
                        near);
    else
        (void)qwr__fail(ctx, QWR_ENOTFOUND, WHERE, NULL, 0, "there is no %s plugin \"%s\"; %s%s",
                        kind_word(kind), id, list[0] != '\0' ? "loaded are " : "none is loaded",
                        list);
    qwr__free(ctx, words);
}

static const qwr__entry *find(qwr_context *ctx, qwr_plugin_kind kind, const char *id)
{
    const qwr__registry *r = qwr__context_registry(ctx);
    for (size_t i = 0; r != NULL && i < r->count; i++)
        if (r->entries[i].plugin->kind == (uint32_t)kind &&
            strcmp(r->entries[i].plugin->id, id) == 0)
            return &r->entries[i];
    return NULL;
}

const qwr_plugin *qwr__registry_find(qwr_context *ctx, qwr_plugin_kind kind, const char *id)
{
    if (scan_on_first_need(ctx) != QWR_OK)
        return NULL;
    const qwr__entry *e = find(ctx, kind, id);
    if (e == NULL) {
        fail_not_found(ctx, qwr__context_registry(ctx), kind, id);
        return NULL;
    }
    if (e->disabled) {
        (void)qwr__fail(ctx, QWR_EPLUGIN, WHERE, NULL, 0, "plugin %s is disabled: %s", id,
                        e->reason != NULL ? e->reason : "it broke its contract");
        return NULL;
    }
    return e->plugin;
}

const qwr_plugin *qwr__registry_look(qwr_context *ctx, qwr_plugin_kind kind, const char *id)
{
    if (scan_on_first_need(ctx) != QWR_OK)
        return NULL;
    const qwr__entry *e = find(ctx, kind, id);
    return e != NULL && !e->disabled ? e->plugin : NULL;
}

void qwr__registry_forgive(qwr_context *ctx)
{
    qwr__registry *r = qwr__context_registry(ctx);
    if (r == NULL)
        return;
    qwr__stragglers_reap(ctx, r);
    for (size_t i = 0; i < r->count; i++) {
        qwr__entry *e = &r->entries[i];
        if (!e->late || !e->disabled || (e->wait > 0 && --e->wait > 0) || r->straggler_count > 0)
            continue;
        e->disabled = false;
        qwr__free(ctx, e->reason);
        e->reason = NULL;
        qwr__log(ctx, QWR_LOG_INFO, "event=plugin_forgiven plugin=%s strikes=%u", e->plugin->id,
                 e->strikes);
    }
}

void qwr__registry_disable_late(qwr_context *ctx, const qwr_plugin *plugin, const char *reason)
{
    enum { STRIKES_MAX = 16 };
    qwr__entry *e = qwr__registry_entry(ctx, plugin);
    if (e == NULL || e->disabled)
        return;
    qwr__registry_disable(ctx, plugin, reason);
    e->late = true;
    e->strikes += e->strikes < STRIKES_MAX;
    e->wait = 1U << e->strikes;
}

void qwr__registry_disable(qwr_context *ctx, const qwr_plugin *plugin, const char *reason)
{
    qwr__entry *e = qwr__registry_entry(ctx, plugin);
    if (e == NULL || e->disabled)
        return;
    e->disabled = true;
    e->late = false;
    e->reason = qwr__strdup(ctx, reason);
    qwr__log(ctx, QWR_LOG_WARNING, "event=plugin_disabled plugin=%s reason=\"%s\"", plugin->id,
             reason);
}
