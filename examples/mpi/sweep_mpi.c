/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sweep under mpirun: ranks take shards of the sweep from a shared counter, run the command line
 * tool on each, and rank 0 merges the stores. The library knows nothing of MPI. What a run gives
 * depends on its task alone, so the merged store is the same for any number of ranks.
 *
 *   mpirun -n 4 ./sweep_mpi [--shards N] [--tool PATH] STORE BASE --vary ... [OPTIONS OF SWEEP]
 *
 * The shards stand in STORE.shards/; run the same command again and only what is missing runs.
 */
#include <errno.h>
#include <mpi.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

extern char **environ;

enum { SHARDS = 16, SHARDS_MAX = 10000, RUNS_FAILED = 3, INTERNAL = 5 };

typedef struct driver {
    const char *tool, *store;
    int shards;
    char **rest; /* BASE and options, NULL-terminated */
    int rest_count;
} driver;

/* Runs the tool and waits for it. @return its exit code; 5 if it could not be run or was killed. */
static int run(const char *tool, char **argv)
{
    pid_t process;
    int state;
    const int error = posix_spawnp(&process, tool, NULL, NULL, argv, environ);
    if (error != 0) {
        fprintf(stderr, "sweep_mpi: %s cannot be run: %s\n", tool, strerror(error));
        return INTERNAL;
    }
    while (waitpid(process, &state, 0) < 0)
        if (errno != EINTR)
            return INTERNAL;
    return WIFEXITED(state) ? WEXITSTATUS(state) : INTERNAL;
}

static void shard_path(char *text, size_t capacity, const driver *d, int shard)
{
    snprintf(text, capacity, "%s.shards/%d-of-%d", d->store, shard, d->shards);
}

/* Strings of a command line are not changed by the tool that gets them. */
static char *word(const char *text)
{
    return (char *)(size_t)text;
}

/* quaywright sweep BASE ... --store STORE.shards/I-of-N --shard I/N --quiet */
static int run_shard(const driver *d, int shard)
{
    char path[4096], part[32];
    char **argv = calloc((size_t)d->rest_count + 8, sizeof *argv);
    int count = 0;
    if (!argv)
        return INTERNAL;
    shard_path(path, sizeof path, d, shard);
    snprintf(part, sizeof part, "%d/%d", shard, d->shards);
    argv[count++] = word(d->tool);
    argv[count++] = word("sweep");
    for (int i = 0; i < d->rest_count; i++)
        argv[count++] = d->rest[i];
    argv[count++] = word("--store");
    argv[count++] = path;
    argv[count++] = word("--shard");
    argv[count++] = part;
    argv[count++] = word("--quiet");
    const int code = run(d->tool, argv);
    free(argv);
    return code;
}

/* Shards are taken one by one from a counter on rank 0, so that a slow one holds up nobody. */
static int run_shards(const driver *d)
{
    int worst = 0, next = 0, one = 1, *counter = NULL;
    int rank;
    MPI_Win window;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Win_allocate(rank == 0 ? (MPI_Aint)sizeof *counter : 0, sizeof *counter, MPI_INFO_NULL,
                     MPI_COMM_WORLD, &counter, &window);
    if (rank == 0)
        *counter = 1;
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_Win_lock_all(0, window);
    for (;;) {
        MPI_Fetch_and_op(&one, &next, MPI_INT, 0, 0, MPI_SUM, window);
        MPI_Win_flush(0, window);
        if (next > d->shards)
            break;
        const int code = run_shard(d, next);
        worst = code > worst ? code : worst;
    }
    MPI_Win_unlock_all(window);
    MPI_Win_free(&window);
    return worst;
}

static int merge(const driver *d)
{
    char **argv = calloc((size_t)d->shards + 5, sizeof *argv);
    char *paths = calloc((size_t)d->shards, 4096);
    int code = INTERNAL;
    if (argv && paths) {
        argv[0] = word(d->tool);
        argv[1] = word("sweep");
        argv[2] = word("merge");
        argv[3] = word(d->store);
        for (int i = 0; i < d->shards; i++) {
            argv[4 + i] = paths + (size_t)i * 4096;
            shard_path(argv[4 + i], 4096, d, i + 1);
        }
        code = run(d->tool, argv);
    }
    free(argv);
    free(paths);
    return code;
}

static int usage(void)
{
    fprintf(stderr,
            "usage: mpirun -n N sweep_mpi [--shards N] [--tool PATH] STORE BASE --vary "
            "VARIABLE=LEVELS... [OPTIONS]\n"
            "for example: mpirun -n 4 sweep_mpi study week.xml --vary cranes.count=8..14\n");
    return 1;
}

static int read_arguments(driver *d, int argc, char **argv)
{
    int at = 1;
    *d = (driver){.tool = "quaywright", .shards = SHARDS};
    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2) {
        if (strcmp(argv[at], "--shards") == 0)
            d->shards = (int)strtol(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--tool") == 0)
            d->tool = argv[at + 1];
        else
            return 0;
    }
    if (at + 1 >= argc || d->shards < 1 || d->shards > SHARDS_MAX)
        return 0;
    d->store = argv[at];
    d->rest = argv + at + 1;
    d->rest_count = argc - at - 1;
    return strlen(d->store) < 3000;
}

/* All ranks, one after the other in one call: the worst exit code of their shards. */
static int drive(const driver *d)
{
    char folder[4096];
    int mine, worst = 0, rank;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    snprintf(folder, sizeof folder, "%s.shards", d->store);
    if (rank == 0)
        mkdir(folder, 0777);
    mine = run_shards(d);
    MPI_Allreduce(&mine, &worst, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    if (worst != 0 && worst != RUNS_FAILED)
        return worst;
    if (rank == 0)
        mine = merge(d);
    MPI_Bcast(&mine, 1, MPI_INT, 0, MPI_COMM_WORLD);
    return mine != 0 ? mine : worst;
}

int main(int argc, char **argv)
{
    driver d;
    int rank, code;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    if (read_arguments(&d, argc, argv))
        code = drive(&d);
    else
        code = rank == 0 ? usage() : 1;
    MPI_Finalize();
    return code;
}
