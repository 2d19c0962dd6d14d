/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folders and paths for output. Knows nothing of plans; the files themselves are written by the
 * library.
 */
#include "cli/files.h"

#include "cli/number.h"
#include "cli/textbuf.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int path_is_folder(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return -1;
    return S_ISDIR(info.st_mode) ? 1 : 0;
}

/* Makes the folder that the first `length` bytes of f->path name. */
static int make_part(folder *f, size_t length)
{
    char end = f->path[length];
    int result = 0;
    f->path[length] = '\0';
    if (mkdir(f->path, 0777) != 0) {
        result = errno;
        if (path_is_folder(f->path) == 1) {
            f->kept = length;
            result = 0;
        }
    }
    f->path[length] = end;
    return result;
}

int folder_make(folder *out, const char *path)
{
    *out = (folder){.path = text_copy(path)};
    if (!out->path)
        return ENOMEM;
    size_t length = strlen(path);
    while (length > 1 && out->path[length - 1] == '/')
        out->path[--length] = '\0';
    int result = 0;
    for (size_t i = 1; i < length && result == 0; i++)
        if (out->path[i] == '/' && out->path[i - 1] != '/')
            result = make_part(out, i);
    if (result == 0)
        result = make_part(out, length);
    if (result == 0 && access(out->path, W_OK | X_OK) != 0)
        result = errno;
    if (result != 0)
        folder_undo(out);
    return result;
}

void folder_undo(const folder *f)
{
    if (!f->path)
        return;
    for (size_t length = strlen(f->path); length > f->kept; length--) {
        char end = f->path[length];
        if (end != '\0' && end != '/')
            continue;
        f->path[length] = '\0';
        int removed = rmdir(f->path);
        f->path[length] = end;
        if (removed != 0)
            return;
    }
}

void folder_free(folder *f)
{
    free(f->path);
    *f = (folder){0};
}

char *path_join(const char *base, const char *name, const char *extension)
{
    textbuf text = {0};
    size_t length = strlen(base);
    textbuf_add(&text, base);
    if (length > 0 && base[length - 1] != '/')
        textbuf_add(&text, "/");
    textbuf_add(&text, name);
    textbuf_add(&text, extension);
    if (text.failed)
        textbuf_free(&text);
    return text.data;
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *path_extension(const char *path)
{
    const char *name = path_name(path);
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? dot : "";
}

int path_is_stream(const char *path)
{
    struct stat info;
    if (strcmp(path, "-") == 0)
        return 1;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

/* The entry of the folder that is nearest to `name`, first in byte order among equals. */
static char *nearest_entry(const char *base, const char *name)
{
    DIR *listing = opendir(base);
    char *best = NULL;
    if (!listing)
        return NULL;
    for (const struct dirent *entry; (entry = readdir(listing));) {
        const char *candidate = entry->d_name;
        if (candidate[0] == '.' || word_nearest(name, &candidate, 1) != 0)
            continue;
        size_t distance = word_distance(name, candidate);
        size_t least = best ? word_distance(name, best) : SIZE_MAX;
        if (distance > least || (distance == least && strcmp(candidate, best) >= 0))
            continue;
        free(best);
        best = text_copy(candidate);
        if (!best)
            break;
    }
    closedir(listing);
    return best;
}

char *path_nearest(const char *path)
{
    struct stat info;
    if (stat(path, &info) == 0 || (errno != ENOENT && errno != ENOTDIR))
        return NULL;
    const char *name = path_name(path);
    char *base = text_copy(path);
    if (!base)
        return NULL;
    base[name - path] = '\0';
    if (*base != '\0' && path_is_folder(base) != 1) { /* the folder itself is misspelt */
        size_t length = strlen(base);
        while (length > 1 && base[length - 1] == '/')
            base[--length] = '\0';
        char *folder_meant = path_nearest(base);
        free(base);
        return folder_meant;
    }
    char *entry = nearest_entry(*base ? base : ".", name);
    char *result = entry && *base ? path_join(base, entry, "") : NULL;
    if (entry && *base)
        free(entry);
    else
        result = entry;
    free(base);
    return result;
}
