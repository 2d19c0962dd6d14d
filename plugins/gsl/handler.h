/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GSL's error handler is one for the whole process and aborts by default. Plugins that use GSL call
 * it only between qwr_gsl_enter() and qwr_gsl_leave(): on that thread an error is then recorded and
 * the GSL function returns its status; on every other thread, and outside such a pair, the error
 * goes to the handler that was there before ours, GSL's own default included.
 *
 * Our handler is installed once a process, at the first qwr_gsl_enter(), and stays; the module is
 * mapped for good, so the pointer GSL holds never dangles. That is the only process-wide touch.
 *
 * A host that sets a handler of its own later replaces ours. So our calls must not rely on it: they
 * check arguments first and use the `_e` forms where there are any; ours only turns a mistake into
 * an error instead of the end of the host.
 */
#ifndef QWR_PLUGINS_GSL_HANDLER_H
#define QWR_PLUGINS_GSL_HANDLER_H

/** What went wrong inside our own calls on this thread. */
typedef struct qwr_gsl_error {
    int number;       /**< GSL's error number; 0: none. */
    char reason[160]; /**< The first one since qwr_gsl_enter(). */
} qwr_gsl_error;

/** From here on GSL errors of this thread go to `error`, which is emptied. No nesting. */
void qwr_gsl_enter(qwr_gsl_error *error);
/** Ends it; returns the number recorded, 0 if nothing went wrong. */
int qwr_gsl_leave(void);

#endif
