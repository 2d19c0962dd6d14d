/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only file that opens modules: the search path, dlopen, the entry symbol.
 *
 * A module from which something was registered is never unloaded: descriptors point into it, and
 * unloading a module that has run OpenMP or owns threads leaves those threads without code.
 */
#include "registry/private.h"
#include "registry/static_modules.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define WHERE         "registry.loader"
#define ENTRY_SYMBOL  "qwr_plugin_entry_v1"
#define MODULE_SUFFIX ".so"
#define PATH_VARIABLE "QUAYWRIGHT_PLUGIN_PATH"

/** dlopen() looks a name without a slash up in the system's library path; a user means a file. */
static void *open_module(qwr_context *ctx, const char *path)
{
    qwr__text full;
    qwr__text_init(&full, ctx);
    if (strchr(path, '/') == NULL)
        qwr__text_put(&full, "./", 2);
    qwr__text_put(&full, path, strlen(path));
    void *module = full.data != NULL ? dlopen(full.data, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (full.data == NULL)
        (void)qwr__no_memory(ctx, WHERE);
    else if (module == NULL) {
        const char *why = dlerror();
        (void)qwr__fail(ctx, QWR_EIO, WHERE, path, 0, "the module cannot be loaded: %s",
                        why != NULL ? why : "unknown reason");
    }
    qwr__text_free(&full);
    return module;
}

/** POSIX says a function fits into what dlsym() returns; C wants the bytes copied. */
static qwr_plugin_entry_fn entry_of(void *module)
{
    qwr_plugin_entry_fn entry = NULL;
    void *symbol = dlsym(module, ENTRY_SYMBOL);
    memcpy(&entry, &symbol, sizeof entry);
    return entry;
}

qwr_status qwr__loader_load(const qwr_plugin **plugin, qwr_context *ctx, const char *path)
{
    if (path == NULL || path[0] == '\0')
        return qwr__fail(ctx, QWR_EINVAL, WHERE, NULL, 0, "the path of the module is empty");
    void *module = open_module(ctx, path);
    if (module == NULL)
        return qwr_context_cause(ctx, 0)->status;
    qwr_plugin_entry_fn entry = entry_of(module);
    if (entry == NULL) {
        (void)dlclose(module);
        return qwr__fail(ctx, QWR_EPLUGIN, WHERE, path, 0,
                         "the module has no symbol " ENTRY_SYMBOL ": it is not a plugin");
    }
    const qwr_plugin *found = entry(QWR_PLUGIN_ABI_MINOR);
    qwr_status status = qwr__registry_add(ctx, found, path);
    if (status != QWR_OK) {
        (void)dlclose(module);
        return status;
    }
    if (plugin != NULL)
        *plugin = found;
    return QWR_OK;
}

/** Registers the modules linked into a static build. */
static qwr_status add_static_modules(qwr_context *ctx)
{
    for (size_t i = 0; i < qwr__static_module_count; i++) {
        qwr_status status =
            qwr__registry_add(ctx, qwr__static_modules[i](QWR_PLUGIN_ABI_MINOR), "built-in");
        if (status == QWR_ENOMEM)
            return status;
    }
    return QWR_OK;
}

/** Failures of one module are news for the operator, not for the caller; only ENOMEM goes up. */
static qwr_status load_or_log(qwr_context *ctx, const char *path)
{
    qwr_status status = qwr__loader_load(NULL, ctx, path);
    if (status == QWR_OK || status == QWR_ENOMEM)
        return status;
    const qwr_cause *cause = qwr_context_cause(ctx, 0);
    qwr__log(ctx, status == QWR_EINVAL ? QWR_LOG_DEBUG : QWR_LOG_WARNING,
             "event=plugin_skipped file=%s reason=\"%s\"", path,
             cause != NULL ? cause->message : qwr_status_name(status));
    qwr__causes_clear(ctx);
    return QWR_OK;
}

static int by_name(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;
    return strcmp(*x, *y);
}

static bool is_module_name(const char *name)
{
    size_t length = strlen(name);
    size_t suffix = sizeof MODULE_SUFFIX - 1;
    return length > suffix && name[0] != '.' && strcmp(name + length - suffix, MODULE_SUFFIX) == 0;
}

/** Names of the modules of a folder in byte order, so that the order never depends on the disk. */
static qwr_status list_modules(char ***out, size_t *count, qwr_context *ctx, DIR *folder)
{
    size_t capacity = 0;
    for (const struct dirent *d = readdir(folder); d != NULL; d = readdir(folder)) {
        if (!is_module_name(d->d_name))
            continue;
        QWR_TRY(qwr__reserve(ctx, (void **)out, &capacity, *count + 1, sizeof **out));
        (*out)[*count] = qwr__strdup(ctx, d->d_name);
        if ((*out)[*count] == NULL)
            return qwr__no_memory(ctx, WHERE);
        (*count)++;
    }
    if (*count > 1)
        qsort(*out, *count, sizeof **out, by_name);
    return QWR_OK;
}

static qwr_status scan_folder(qwr_context *ctx, const char *folder)
{
    char **names = NULL;
    size_t count = 0;
    DIR *open_folder = opendir(folder);
    if (open_folder == NULL) {
        qwr__log(ctx, QWR_LOG_INFO, "event=plugin_folder_skipped folder=%s reason=\"%s\"", folder,
                 strerror(errno));
        return QWR_OK;
    }
    qwr_status status = list_modules(&names, &count, ctx, open_folder);
    (void)closedir(open_folder);
    for (size_t i = 0; i < count; i++) {
        if (status == QWR_OK) {
            qwr__text path;
            qwr__text_init(&path, ctx);
            qwr__text_add(&path, "%s/%s", folder, names[i]);
            status = path.data != NULL ? load_or_log(ctx, path.data) : qwr__no_memory(ctx, WHERE);
            qwr__text_free(&path);
        }
        qwr__free(ctx, names[i]);
    }
    qwr__free(ctx, names);
    return status;
}

/** Each folder of "a:b:c"; empty parts are skipped, not taken as the current folder. */
static qwr_status scan_list(qwr_context *ctx, const char *folders)
{
    if (folders == NULL || folders[0] == '\0')
        return QWR_OK;
    char *list = qwr__strdup(ctx, folders);
    if (list == NULL)
        return qwr__no_memory(ctx, WHERE);
    qwr_status status = QWR_OK;
    for (char *at = list; at != NULL && status == QWR_OK;) {
        char *end = strchr(at, ':');
        if (end != NULL)
            *end = '\0';
        if (at[0] != '\0')
            status = scan_folder(ctx, at);
        at = end != NULL ? end + 1 : NULL;
    }
    qwr__free(ctx, list);
    return status;
}

qwr_status qwr__loader_scan(qwr_context *ctx)
{
    QWR_TRY(scan_list(ctx, qwr__option_text(ctx, "plugin_path")));
    /* The one environment variable the library reads: a host that cannot pass options can set it.
     */
    QWR_TRY(scan_list(ctx, getenv(PATH_VARIABLE)));
#ifdef QWR_PLUGIN_DIR
    QWR_TRY(scan_list(ctx, QWR_PLUGIN_DIR));
#endif
    return add_static_modules(ctx);
}
