/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folders and paths for output. Folders that a failed command made are taken away again. Knows
 * nothing of plans; the files themselves are written by the library.
 */
#ifndef QWR_CLI_FILES_H
#define QWR_CLI_FILES_H

#include <stddef.h>

typedef struct folder {
    char *path;
    size_t kept; /* length of the part of `path` that was there before */
} folder;

/** Makes a folder and those above it. @return 0, or an errno value. */
int folder_make(folder *out, const char *path);
/** Removes what folder_make() made, as far as it is empty. */
void folder_undo(const folder *f);
void folder_free(folder *f);

/** "BASE/NAME" + `extension` ("" for none); free with free(), NULL when out of memory. */
char *path_join(const char *base, const char *name, const char *extension);

/** The part of a path after its last slash, borrowed. */
const char *path_name(const char *path);

/** ".html" of "a/b.html"; "" if there is none. Borrowed. */
const char *path_extension(const char *path);

/** 1: folder, 0: something else, -1: nothing there. */
int path_is_folder(const char *path);

/** 1: "-", a pipe or a device, that can be read once only. */
int path_is_stream(const char *path);

/** The path of this name that is there and was probably meant; free with free(). NULL: the path
    itself is there, or nothing near it. */
char *path_nearest(const char *path);

#endif
