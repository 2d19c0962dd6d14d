/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The handshake: is this descriptor one we can work with? A pure function over the descriptor, so
 * that a table of broken ones can test it. Knows nothing of files, contexts or loading.
 */
#include "registry/registry.h"

#include <stdio.h>
#include <string.h>

#define ID_LENGTH_MAX    31
#define TEXT_LENGTH_MAX  400
#define OPTION_COUNT_MAX 64u
#define STRUCT_SIZE_MAX  65536u /* larger sizes are garbage, not growth */
#define DESCRIPTOR_SIZE  (offsetof(qwr_plugin, solver) + sizeof(const void *))
#define OPTION_SIZE      (offsetof(qwr_plugin_option, sentence) + sizeof(const char *))
#define FORECAST_SIZE    sizeof(qwr_forecast_functions)
#define OPTIMISER_SIZE   sizeof(qwr_optimiser_functions)
#define SOLVER_SIZE      sizeof(qwr_solver_functions)

/** Where the sentence goes. */
typedef struct sentence {
    char *text;
    size_t capacity;
} sentence;

static qwr_status refuse(const sentence *out, const char *format, ...) QWR_PRINTF(2, 3);

static qwr_status refuse(const sentence *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (out->capacity > 0)
        (void)vsnprintf(out->text, out->capacity, format, args);
    va_end(args);
    return QWR_EPLUGIN;
}

/** Lower-case name of at most `max` characters: a letter, then letters, digits and `extra`. */
static bool is_name(const char *s, size_t max, char extra)
{
    if (s == NULL || s[0] < 'a' || s[0] > 'z')
        return false;
    size_t n = 1;
    for (; s[n] != '\0'; n++) {
        bool good = (s[n] >= 'a' && s[n] <= 'z') || (s[n] >= '0' && s[n] <= '9') || s[n] == extra;
        if (!good || n >= max)
            return false;
    }
    return true;
}

/** One line of text, not empty, not endless. */
static bool is_line(const char *s)
{
    if (s == NULL || s[0] == '\0')
        return false;
    size_t n = 0;
    for (; s[n] != '\0'; n++) {
        if ((unsigned char)s[n] < 0x20 || n >= TEXT_LENGTH_MAX)
            return false;
    }
    return true;
}

/** Is `word` one of the words of "a|b|c"? */
static bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    if (length == 0)
        return false;
    for (const char *at = words; at != NULL; at = strchr(at, '|')) {
        if (*at == '|')
            at++;
        size_t here = strcspn(at, "|");
        if (here == length && strncmp(at, word, length) == 0)
            return true;
    }
    return false;
}

const qwr_plugin_option *qwr__plugin_option_at(const qwr_plugin *plugin, size_t i)
{
    const char *base = (const char *)plugin->options;
    return (const qwr_plugin_option *)(const void *)(base + i * plugin->options->size);
}

static qwr_status check_option_default(const sentence *out, const char *id,
                                       const qwr_plugin_option *o)
{
    switch ((qwr_option_type)o->type) {
    case QWR_OPTION_INT:
        if (o->min_int > o->max_int)
            return refuse(out, "option %s.%s: the smallest value is above the largest", id,
                          o->name);
        if (o->default_int < o->min_int || o->default_int > o->max_int)
            return refuse(out, "option %s.%s: the default is outside its bounds", id, o->name);
        return QWR_OK;
    case QWR_OPTION_BOOL:
        if (o->default_int != 0 && o->default_int != 1)
            return refuse(out, "option %s.%s: the default of a bool is 0 or 1", id, o->name);
        return QWR_OK;
    case QWR_OPTION_TEXT:
        if (o->default_text == NULL)
            return refuse(out, "option %s.%s: a text needs a default text", id, o->name);
        return QWR_OK;
    case QWR_OPTION_WORD:
        if (!is_line(o->words))
            return refuse(out, "option %s.%s: a word option lists no words", id, o->name);
        if (o->default_text == NULL || !has_word(o->words, o->default_text))
            return refuse(out, "option %s.%s: the default is not one of its words", id, o->name);
        return QWR_OK;
    }
    return refuse(out, "option %s.%s: type %d is none of int, bool, text, word", id, o->name,
                  (int)o->type);
}

static qwr_status check_options(const sentence *out, const qwr_plugin *p)
{
    if (p->option_count > OPTION_COUNT_MAX)
        return refuse(out, "plugin %s declares %u options; at most %u are taken", p->id,
                      (unsigned)p->option_count, OPTION_COUNT_MAX);
    if (p->option_count > 0 && p->options == NULL)
        return refuse(out, "plugin %s declares %u options but gives no table", p->id,
                      (unsigned)p->option_count);
    for (size_t i = 0; i < p->option_count; i++) {
        const qwr_plugin_option *o = qwr__plugin_option_at(p, i);
        if (o->size < OPTION_SIZE || o->size > STRUCT_SIZE_MAX || o->size != p->options->size)
            return refuse(out, "option %zu of plugin %s has size %u, expected at least %zu", i,
                          p->id, (unsigned)o->size, OPTION_SIZE);
        if (!is_name(o->name, ID_LENGTH_MAX, '_'))
            return refuse(out, "option %zu of plugin %s has no name of the form [a-z][a-z0-9_]*", i,
                          p->id);
        if (o->unit == NULL || !is_line(o->sentence))
            return refuse(out, "option %s.%s lacks its unit or its sentence", p->id, o->name);
        for (size_t k = 0; k < i; k++)
            if (strcmp(qwr__plugin_option_at(p, k)->name, o->name) == 0)
                return refuse(out, "option %s.%s is declared twice", p->id, o->name);
        QWR_TRY(check_option_default(out, p->id, o));
    }
    return QWR_OK;
}

static qwr_status check_texts(const sentence *out, const qwr_plugin *p)
{
    if (!is_name(p->id, ID_LENGTH_MAX, '-'))
        return refuse(out, "the plugin's id is not of the form [a-z][a-z0-9-]{0,30}");
    if (!is_line(p->version))
        return refuse(out, "plugin %s gives no version", p->id);
    if (!is_line(p->summary))
        return refuse(out, "plugin %s gives no summary", p->id);
    if (!is_line(p->licence))
        return refuse(out, "plugin %s gives no licence", p->id);
    return QWR_OK;
}

static qwr_status check_table_size(const sentence *out, const qwr_plugin *p, uint32_t size,
                                   size_t needed)
{
    if (size < needed || size > STRUCT_SIZE_MAX)
        return refuse(out, "the function table of plugin %s has size %u, expected at least %zu",
                      p->id, (unsigned)size, needed);
    return QWR_OK;
}

static qwr_status check_table(const sentence *out, const qwr_plugin *p)
{
    int tables = (p->forecast != NULL) + (p->optimiser != NULL) + (p->solver != NULL);
    if (tables > 1)
        return refuse(out, "plugin %s sets %d function tables; exactly one is allowed", p->id,
                      tables);
    bool whole = false;
    if (p->kind == QWR_PLUGIN_FORECAST && p->forecast != NULL) {
        const qwr_forecast_functions *f = p->forecast;
        QWR_TRY(check_table_size(out, p, f->size, FORECAST_SIZE));
        whole = f->create != NULL && f->destroy != NULL && f->fit != NULL && f->predict != NULL;
    } else if (p->kind == QWR_PLUGIN_OPTIMISER && p->optimiser != NULL) {
        const qwr_optimiser_functions *f = p->optimiser;
        QWR_TRY(check_table_size(out, p, f->size, OPTIMISER_SIZE));
        whole = f->create != NULL && f->destroy != NULL && f->improve != NULL;
    } else if (p->kind == QWR_PLUGIN_SOLVER && p->solver != NULL) {
        const qwr_solver_functions *f = p->solver;
        QWR_TRY(check_table_size(out, p, f->size, SOLVER_SIZE));
        whole = f->create != NULL && f->destroy != NULL && f->solve != NULL && f->engine != NULL;
    } else {
        return refuse(out, "plugin %s lacks the function table of its kind", p->id);
    }
    if (!whole)
        return refuse(out, "the function table of plugin %s lacks a function", p->id);
    return QWR_OK;
}

qwr_status qwr__handshake(const qwr_plugin *plugin, char *message, size_t capacity)
{
    const sentence out = {message, capacity};
    if (capacity > 0)
        message[0] = '\0';
    if (plugin == NULL)
        return refuse(&out, "the module returned no descriptor: it cannot work with this version");
    if (plugin->size < DESCRIPTOR_SIZE || plugin->size > STRUCT_SIZE_MAX)
        return refuse(&out, "the descriptor has size %u, expected at least %zu",
                      (unsigned)plugin->size, DESCRIPTOR_SIZE);
    if (plugin->abi_major != QWR_PLUGIN_ABI_MAJOR)
        return refuse(&out, "the module was made for plugin ABI %u, this is %u",
                      (unsigned)plugin->abi_major, QWR_PLUGIN_ABI_MAJOR);
    QWR_TRY(check_texts(&out, plugin));
    if (plugin->kind < QWR_PLUGIN_FORECAST || plugin->kind > QWR_PLUGIN_SOLVER)
        return refuse(&out, "plugin %s is of kind %u; known are 1 forecast, 2 optimiser, 3 solver",
                      plugin->id, (unsigned)plugin->kind);
    QWR_TRY(check_table(&out, plugin));
    return check_options(&out, plugin);
}
