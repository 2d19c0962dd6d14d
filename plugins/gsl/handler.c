/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forwarding GSL error handler that all GSL plugins share; see the header for the contract.
 * Must never know a plugin.
 */
#include "handler.h"

#include <gsl/gsl_errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static _Thread_local qwr_gsl_error *recording; /* not NULL: this thread is inside our calls */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Atomic(gsl_error_handler_t *) found; /* what was there before; NULL: GSL's default */

static void handle(const char *reason, const char *file, int line, int number);

/*
 * GSL's default prints and aborts, and cannot be called directly: take ours away, let GSL raise the
 * error again, and put ours back in case the host survived its SIGABRT.
 */
static void pass_to_default(const char *reason, const char *file, int line, int number)
{
    (void)gsl_set_error_handler(NULL);
    gsl_error(reason, file, line, number);
    (void)gsl_set_error_handler(handle);
}

static void handle(const char *reason, const char *file, int line, int number)
{
    gsl_error_handler_t *next = atomic_load(&found);

    if (recording != NULL) {
        if (recording->number == 0) {
            recording->number = number;
            (void)snprintf(recording->reason, sizeof recording->reason, "%s (%s)",
                           reason != NULL ? reason : "no reason", gsl_strerror(number));
        }
    } else if (next != NULL) {
        next(reason, file, line, number);
    } else {
        pass_to_default(reason, file, line, number);
    }
}

static void install(void)
{
    gsl_error_handler_t *before = gsl_set_error_handler(handle);

    atomic_store(&found, before);
}

void qwr_gsl_enter(qwr_gsl_error *error)
{
    (void)pthread_once(&once, install);
    error->number = 0;
    error->reason[0] = '\0';
    recording = error;
}

int qwr_gsl_leave(void)
{
    const int number = recording != NULL ? recording->number : 0;

    recording = NULL;
    return number;
}
