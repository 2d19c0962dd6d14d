/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The host table of one plugin instance. Every function that touches something of ours passes a
 * gate: once the run was left behind, the gate is closed and the plugin's thread reaches nothing
 * any more, whatever it calls. Knows no stage; those hang their functions in as hooks.
 */
#include "registry/host.h"

#include <stdio.h>
#include <string.h>

#define WHERE "registry.host"
#define OURS  0x71727768u /* marks a block handed out by host_alloc */

/* --- functions of the table ------------------------------------------------------------------- */

bool qwr__host_enter(struct qwr__host_inside *in)
{
    (void)pthread_mutex_lock(&in->gate);
    if (in->open)
        return true;
    (void)pthread_mutex_unlock(&in->gate);
    return false;
}

void qwr__host_leave(struct qwr__host_inside *in)
{
    (void)pthread_mutex_unlock(&in->gate);
}

static void *host_alloc(void *payload, size_t bytes)
{
    struct qwr__host_inside *in = ((qwr__host_data *)payload)->inside;
    if (bytes > SIZE_MAX - sizeof(qwr__host_block) || !qwr__host_enter(in))
        return NULL;
    qwr__host_block *b = qwr__alloc(in->ctx, 1, sizeof *b + bytes);
    if (b != NULL) {
        b->mark = OURS;
        b->next = in->blocks.next;
        b->previous = &in->blocks;
        b->next->previous = b;
        in->blocks.next = b;
    }
    qwr__host_leave(in);
    return b != NULL ? b + 1 : NULL;
}

static void host_release(void *payload, void *memory)
{
    struct qwr__host_inside *in = ((qwr__host_data *)payload)->inside;
    if (memory == NULL || !qwr__host_enter(in))
        return;
    qwr__host_block *b = (qwr__host_block *)memory - 1;
    if (b->mark == OURS) {
        b->mark = 0;
        b->previous->next = b->next;
        b->next->previous = b->previous;
        qwr__free(in->ctx, b);
    }
    qwr__host_leave(in);
}

static void keep_message(struct qwr__host_inside *in, int32_t level, const char *message)
{
    if (message == NULL || !qwr__host_enter(in))
        return;
    if (in->message_count < QWR__HOST_MESSAGE_COUNT) {
        qwr__host_message *m = &in->message[in->message_count++];
        m->level = level;
        (void)snprintf(m->text, sizeof m->text, "%s", message);
    } else {
        in->dropped++;
    }
    qwr__host_leave(in);
}

static void host_log(void *payload, int32_t level, const char *message)
{
    if (level < QWR_LOG_WARNING || level > QWR_LOG_DEBUG)
        level = QWR_LOG_DEBUG;
    keep_message(((qwr__host_data *)payload)->inside, level, message);
}

static void host_error(void *payload, const char *message)
{
    keep_message(((qwr__host_data *)payload)->inside, 0, message);
}

static int64_t host_remaining_us(void *payload)
{
    struct qwr__host_inside *in = ((qwr__host_data *)payload)->inside;
    int64_t deadline_us = atomic_load(&in->deadline_us);
    if (deadline_us < 0)
        return INT64_MAX;
    int64_t left_us = deadline_us - qwr__now_us();
    return left_us > 0 ? left_us : 0;
}

/** A deadline that has passed counts as cancelled: a plugin that only asks this stays in time. */
static int32_t host_cancelled(void *payload)
{
    struct qwr__host_inside *in = ((qwr__host_data *)payload)->inside;
    return atomic_load(&in->cancelled) != 0 || host_remaining_us(payload) == 0;
}

static const qwr__host_option *option_of(const qwr__host_data *host, const char *name)
{
    const struct qwr__host_inside *in = host->inside;
    for (size_t i = 0; name != NULL && i < in->option_count; i++)
        if (strcmp(in->options[i].name, name) == 0)
            return &in->options[i];
    return NULL;
}

static int64_t host_option_int(void *payload, const char *name)
{
    const qwr__host_option *o = option_of(payload, name);
    return o != NULL ? o->number : 0;
}

static const char *host_option_text(void *payload, const char *name)
{
    const qwr__host_option *o = option_of(payload, name);
    return o != NULL ? o->text : NULL;
}

static uint64_t host_random(void *payload, uint64_t stream, uint64_t index)
{
    const qwr__host_data *host = payload;
    return qwr__random(host->inside->seed, stream, index);
}

static int32_t host_threads(void *payload)
{
    return ((const qwr__host_data *)payload)->inside->threads;
}

/* --- making and freeing ------------------------------------------------------------------------
 */

static void fill_table(qwr__host_data *host, bool optimiser)
{
    host->table = (qwr_host){.size = sizeof host->table,
                             .abi_minor = QWR_PLUGIN_ABI_MINOR,
                             .payload = host,
                             .alloc = host_alloc,
                             .release = host_release,
                             .log = host_log,
                             .error = host_error,
                             .cancelled = host_cancelled,
                             .remaining_us = host_remaining_us,
                             .option_int = host_option_int,
                             .option_text = host_option_text,
                             .random = host_random};
    if (optimiser) {
        qwr__host_fill_hooks(&host->table);
        host->table.threads = host_threads;
    }
}

/** Copies the options, so that the plugin's thread never reads the context. */
static qwr_status read_options(qwr_context *ctx, struct qwr__host_inside *in)
{
    const qwr_plugin *p = in->plugin;
    if (p->option_count == 0)
        return QWR_OK;
    in->options = qwr__alloc(ctx, p->option_count, sizeof *in->options);
    if (in->options == NULL)
        return qwr__no_memory(ctx, WHERE);
    for (size_t i = 0; i < p->option_count; i++) {
        const qwr_plugin_option *o = qwr__plugin_option_at(p, i);
        qwr__host_option *mine = &in->options[i];
        char full[80]; /* ids and option names have at most 31 characters each */
        (void)snprintf(full, sizeof full, "%s.%s", p->id, o->name);
        mine->name = o->name;
        in->option_count = i + 1;
        const char *text = qwr_context_option(ctx, full);
        if (o->type == QWR_OPTION_INT || o->type == QWR_OPTION_BOOL)
            mine->number = text != NULL ? qwr__option_int(ctx, full) : o->default_int;
        mine->text = qwr__strdup(ctx, text != NULL ? text : "");
        if (mine->text == NULL)
            return qwr__no_memory(ctx, WHERE);
    }
    return QWR_OK;
}

static void inside_free(qwr_context *ctx, struct qwr__host_inside *in)
{
    for (qwr__host_block *b = in->blocks.next; b != NULL && b != &in->blocks;) {
        qwr__host_block *next = b->next;
        qwr__free(ctx, b);
        b = next;
    }
    for (size_t i = 0; i < in->option_count; i++)
        qwr__free(ctx, in->options[i].text);
    qwr__free(ctx, in->options);
    (void)pthread_mutex_destroy(&in->gate);
    qwr__free(ctx, in);
}

qwr_status qwr__host_new(qwr__host_data **out, qwr_context *ctx, const qwr_plugin *plugin,
                         uint64_t seed)
{
    *out = NULL;
    qwr__registry *r = qwr__registry_get(ctx);
    if (r == NULL)
        return QWR_ENOMEM;
    qwr__host_data *host = qwr__alloc(ctx, 1, sizeof *host);
    struct qwr__host_inside *in = qwr__alloc(ctx, 1, sizeof *in);
    if (host == NULL || in == NULL || pthread_mutex_init(&in->gate, NULL) != 0) {
        qwr__free(ctx, in);
        qwr__free(ctx, host);
        return qwr__no_memory(ctx, WHERE);
    }
    in->ctx = ctx;
    in->registry = r;
    in->plugin = plugin;
    in->seed = seed;
    in->threads = qwr__threads(ctx);
    in->open = true;
    in->blocks.next = in->blocks.previous = &in->blocks;
    atomic_init(&in->cancelled, 0);
    atomic_init(&in->deadline_us, -1);
    qwr_status status = read_options(ctx, in);
    if (status != QWR_OK) {
        inside_free(ctx, in);
        qwr__free(ctx, host);
        return status;
    }
    host->inside = in;
    fill_table(host, plugin->kind == QWR_PLUGIN_OPTIMISER);
    in->next = r->hosts;
    r->hosts = host;
    *out = host;
    return QWR_OK;
}

void qwr__host_free(qwr_context *ctx, qwr__host_data *host)
{
    if (host == NULL)
        return;
    for (qwr__host_data **at = &host->inside->registry->hosts; *at != NULL;
         at = &(*at)->inside->next) {
        if (*at == host) {
            *at = host->inside->next;
            break;
        }
    }
    inside_free(ctx, host->inside);
    qwr__free(ctx, host);
}

/* --- what a run does with all hosts of its plugin ----------------------------------------------
 */

void qwr__hosts_open(qwr__registry *registry, const qwr_plugin *plugin, int64_t deadline_us)
{
    for (qwr__host_data *h = registry->hosts; h != NULL; h = h->inside->next) {
        if (h->inside->plugin != plugin)
            continue;
        atomic_store(&h->inside->deadline_us, deadline_us);
        atomic_store(&h->inside->cancelled, 0);
    }
}

void qwr__hosts_cancel(qwr__registry *registry, const qwr_plugin *plugin)
{
    for (qwr__host_data *h = registry->hosts; h != NULL; h = h->inside->next)
        if (h->inside->plugin == plugin)
            atomic_store(&h->inside->cancelled, 1);
}

void qwr__hosts_close(qwr__registry *registry, const qwr_plugin *plugin)
{
    for (qwr__host_data *h = registry->hosts; h != NULL; h = h->inside->next) {
        if (h->inside->plugin != plugin)
            continue;
        (void)pthread_mutex_lock(&h->inside->gate);
        h->inside->open = false;
        (void)pthread_mutex_unlock(&h->inside->gate);
    }
    qwr__hosts_cancel(registry, plugin);
}

static void merge_one(qwr_context *ctx, struct qwr__host_inside *in, qwr_status status,
                      bool *has_cause)
{
    for (size_t i = 0; i < in->message_count; i++) {
        const qwr__host_message *m = &in->message[i];
        if (m->level != 0)
            qwr__log(ctx, (qwr_log_level)m->level, "plugin=%s %s", in->plugin->id, m->text);
        else if (status != QWR_OK && !*has_cause)
            (void)qwr__fail(ctx, status, "plugin", NULL, 0, "%s: %s", in->plugin->id, m->text);
        else if (status != QWR_OK)
            (void)qwr__cause(ctx, status, "plugin", "%s: %s", in->plugin->id, m->text);
        if (m->level == 0)
            *has_cause = true;
    }
    if (in->dropped > 0)
        qwr__log(ctx, QWR_LOG_INFO, "plugin=%s event=messages_dropped count=%zu", in->plugin->id,
                 in->dropped);
    in->message_count = 0;
    in->dropped = 0;
}

qwr_status qwr__hosts_merge(qwr_context *ctx, qwr__registry *registry, const qwr_plugin *plugin,
                            qwr_status status)
{
    bool has_cause = false;
    for (qwr__host_data *h = registry->hosts; h != NULL; h = h->inside->next)
        if (h->inside->plugin == plugin)
            merge_one(ctx, h->inside, status, &has_cause);
    if (status == QWR_OK || has_cause)
        return status;
    if (status == QWR_EPLUGIN)
        return qwr__fail(ctx, status, "plugin", NULL, 0,
                         "%s: it returned a status number that a plugin may not use", plugin->id);
    return qwr__fail(ctx, status, "plugin", NULL, 0, "%s: it returned %s without a sentence",
                     plugin->id, qwr_status_name(status));
}
