/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conformance suite of a plugin in a child process: a crash or a hang of the module ends the
 * child, not the tool. Knows processes, nothing of what is checked.
 */
#ifndef QWR_CLI_PLUGIN_CHILD_H
#define QWR_CLI_PLUGIN_CHILD_H

#include "cli/cli.h"

/* How the child ended, and everything it printed. */
typedef struct child_result {
    textbuf lines; /* standard output of the child */
    int exit_code; /* or -1 */
    int signal;    /* that ended it, or 0 */
    int timed_out; /* 1: killed after the time was up */
} child_result;

/**
 * Runs `quaywright plugin check --in-process FILE` and collects its output.
 * @param timeout_ms  after which the child is killed.
 * @return CLI_OK if the child could be run at all.
 */
cli_exit child_run(child_result *out, const char *file, int64_t timeout_ms);

#endif
