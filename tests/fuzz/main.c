/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replays inputs through a fuzz target where libFuzzer is not linked: each file or folder given, or
 * standard input. Prints each name before its input runs, so that the last one named is the
 * culprit. Knows no target.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_stream(FILE *file, const char *name)
{
    size_t capacity = 65536, used = 0, got;
    uint8_t *data = malloc(capacity);

    while (data != NULL && (got = fread(data + used, 1, capacity - used, file)) > 0) {
        used += got;
        if (used == capacity) {
            uint8_t *grown = realloc(data, capacity *= 2);

            if (grown == NULL)
                free(data);
            data = grown;
        }
    }
    if (data == NULL || ferror(file)) {
        fprintf(stderr, "%s: cannot read\n", name);
        free(data);
        return 1;
    }
    printf("%s\n", name);
    fflush(stdout);
    (void)LLVMFuzzerTestOneInput(data, used);
    free(data);
    return 0;
}

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    int failed;

    if (file == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 1;
    }
    failed = replay_stream(file, path);
    fclose(file);
    return failed;
}

static int replay_folder(const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    int failed = count < 0;

    for (int i = 0; i < count; i++) {
        char name[4096];

        if (entries[i]->d_name[0] != '.') {
            snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
            failed += replay_file(name);
        }
        free(entries[i]);
    }
    free(entries);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;

    if (argc < 2)
        return replay_stream(stdin, "standard input");
    for (int i = 1; i < argc; i++) {
        struct stat info;

        if (stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode))
            failed += replay_folder(argv[i]);
        else
            failed += replay_file(argv[i]);
    }
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
