/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of `quaywright sweep` share: the design of a study, a run, the store that keeps
 * them. A task is a pair (point, replication); its number says which, whoever runs it. Only
 * sweep_store*.c know SQL.
 */
#ifndef QWR_CLI_SWEEP_H
#define QWR_CLI_SWEEP_H

#include "cli/cli.h"

enum {
    SWEEP_SCHEMA = 1,
    SWEEP_VARIATIONS_MAX = 16,
    SWEEP_POINTS_MAX = 1000000,
    SWEEP_TASKS_MAX = 10000000,
    SWEEP_MESSAGE = 600,
    SWEEP_WORK_LIMIT = 20000
};

/* --- design: what is varied, and which points are looked at ----------------------------------- */

typedef struct sweep_design {
    qwr_context *ctx;
    qwr_scenario *base;
    char *text[SWEEP_VARIATIONS_MAX]; /* as given */
    qwr_variation *variation[SWEEP_VARIATIONS_MAX];
    size_t count;
    size_t points;
    uint32_t *level; /* points x count */
    int64_t replications;
    uint64_t seed;
    char *options; /* of the planner, as they may be given to `plan` */
} sweep_design;

/** Parses `texts`, tries each variation on the base, and lays out the points. */
cli_exit sweep_design_make(sweep_design *d, qwr_context *ctx, qwr_scenario *base, const args *a);
/** As it was made before: variations and points are those of a store. Takes over nothing. */
cli_exit sweep_design_add(sweep_design *d, const char *text);
void sweep_design_free(sweep_design *d);
int64_t sweep_tasks(const sweep_design *d);
/** "cranes.count=8 calls.eta_shift=normal(0h,3h)"; free with free().
 * @param varied_only 1: without what is the same at every point. */
char *sweep_point_label(const sweep_design *d, size_t point, int varied_only);
/** The varied scenario of a task, made with `ctx`. */
qwr_status sweep_scenario(qwr_scenario **out, qwr_context *ctx, const sweep_design *d,
                          int64_t task);
/** Seed that the planner gets in this replication. */
uint64_t sweep_plan_seed(const sweep_design *d, int64_t task);
/** Options of the planner as text, e.g. "--work-limit 20000"; free with free(). */
char *sweep_options_text(const args *a);
/** A whole number from (seed, stream, index). */
uint64_t sweep_random(uint64_t seed, uint64_t stream, uint64_t index);

/* --- runs ------------------------------------------------------------------------------------ */

/** Columns of a run that are numbers, in the order of the store. */
typedef enum sweep_field {
    SWEEP_VALUE = 0,
    SWEEP_BOUND,
    SWEEP_UNPLACED,
    SWEEP_WORK,
    SWEEP_CALLS,
    SWEEP_PLACED,
    SWEEP_ON_TIME,
    SWEEP_LATE,
    SWEEP_BERTH_S,
    SWEEP_WAIT_S,
    SWEEP_LATE_S,
    SWEEP_CRANE_S,
    SWEEP_MOVES,
    SWEEP_BERTH_USE,
    SWEEP_CRANE_USE,
    SWEEP_DENSITY,
    SWEEP_QCM,
    SWEEP_DEVIATION,
    SWEEP_MAKESPAN_S,
    SWEEP_FIELDS
} sweep_field;

extern const char *const sweep_field_names[SWEEP_FIELDS];

/** One run; no pointers, so that it goes through a pipe as it is. */
typedef struct sweep_run {
    int64_t task; /* -1: none */
    int64_t point, replication;
    uint64_t seed;
    uint64_t scenario_hash, plan_hash; /* 0: none was made */
    char version[24];
    char status[24];  /* QWR_OK, or why it failed */
    char outcome[16]; /* empty: no plan */
    char stop[16];
    int64_t field[SWEEP_FIELDS]; /* QWR_UNSET: not known */
    char message[SWEEP_MESSAGE]; /* empty: nothing to say */
    int64_t elapsed_us;          /* not compared, not merged */
} sweep_run;

int sweep_run_ok(const sweep_run *run);

/** Plans one task in this process. */
void sweep_plan_task(sweep_run *out, qwr_context *ctx, const sweep_design *d, const args *a,
                     int64_t task);

/* --- store ----------------------------------------------------------------------------------- */

typedef struct sweep_store sweep_store;

typedef enum sweep_access { SWEEP_READ, SWEEP_WRITE, SWEEP_FRESH } sweep_access;

/**
 * Opens a store: a folder with sweep.sqlite, or the file itself. WRITE makes it if it is not there
 * and holds its lock until it is closed; FRESH makes the file anew beside its final name, and holds
 * the lock too.
 */
cli_exit sweep_store_open(sweep_store **out, const char *path, sweep_access mode);
void sweep_store_close(sweep_store *s);
/** 1 if there is a store of this name. */
int sweep_store_exists(const char *path);
/** FRESH: moves the file to its name. */
cli_exit sweep_store_publish(sweep_store *s);
const char *sweep_store_path(const sweep_store *s);
int sweep_store_is_new(const sweep_store *s);
/** Descriptor of the lock, to be closed in children; -1: none. */
int sweep_store_lock(const sweep_store *s);
/** Writes the design into a new store; the base scenario goes with it. */
cli_exit sweep_store_put_design(sweep_store *s, const sweep_design *d);
/** Reads the design, base scenario and all. */
cli_exit sweep_store_get_design(sweep_store *s, qwr_context *ctx, sweep_design *d);
/** Compares the design with that of the store; a sentence says what differs. */
cli_exit sweep_store_same_design(sweep_store *s, const sweep_design *d);
cli_exit sweep_store_begin(sweep_store *s);
cli_exit sweep_store_put(sweep_store *s, const sweep_run *run, int with_timing);
cli_exit sweep_store_commit(sweep_store *s);
/** Calls `each` for every run in order of tasks; stops when it does not return CLI_OK. */
typedef cli_exit (*sweep_run_fn)(const sweep_run *run, void *payload);
cli_exit sweep_store_each(sweep_store *s, sweep_run_fn each, void *payload);
/** One run; CLI_BAD_INPUT and a sentence if it is not there. */
cli_exit sweep_store_get(sweep_store *s, int64_t task, sweep_run *run);
/** Takes failed runs away, so that they run again. */
cli_exit sweep_store_forget_failed(sweep_store *s);

/* --- verbs ----------------------------------------------------------------------------------- */

cli_exit sweep_do_run(qwr_context *ctx, const args *a);
cli_exit sweep_do_merge(qwr_context *ctx, const args *a);
cli_exit sweep_do_report(qwr_context *ctx, const args *a);
cli_exit sweep_do_list(qwr_context *ctx, const args *a);
cli_exit sweep_do_show(qwr_context *ctx, const args *a);
cli_exit sweep_do_scenario(qwr_context *ctx, const args *a);

#endif
