/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The session: a terminal that is planned again and again, for months, in one process. Load it
 * once, feed it the news (arrivals, vessels alongside, breakdowns, closures, calls that come and
 * go), and ask for a plan by a deadline. Each plan starts from the last one, keeps what has
 * happened, and comes with what moved.
 *
 * Times are those of the scenario: seconds since its epoch. qwr_session_roll() moves the epoch.
 * Everything an id names must exist; an unknown id is QWR_ENOTFOUND and the cause names the nearest
 * one. News that contradict the scenario are refused and change nothing.
 *
 * A session and its context belong to one thread at a time, but for the functions that say "@thread
 * any". A call needs at most 256 KiB of stack.
 */
#ifndef QUAYWRIGHT_SESSION_H
#define QUAYWRIGHT_SESSION_H

#include <quaywright/diff.h>
#include <quaywright/edit.h>
#include <quaywright/io.h>
#include <quaywright/solve.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qwr_session qwr_session;

/**
 * Begins a session with a copy of this scenario.
 * @param out owned by caller; free with qwr_session_free() before the context.
 * @return QWR_OK, QWR_EINVAL, QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_new(qwr_session **out, qwr_context *ctx,
                                                  const qwr_scenario *scenario);

/** Frees a session with its last plans; NULL is allowed. No plan may be running. @since 0.2 */
QWR_API void qwr_session_free(qwr_session *session);

/* --- time ------------------------------------------------------------------------------------- */

/**
 * Tells what time it is. From now on no vessel that is not alongside berths earlier, and windows in
 * the past say nothing any more. A call pinned to a start in the past counts as alongside since
 * then. May not go back.
 * @return QWR_OK, QWR_EINVAL (before the last one, or outside the horizon). @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_set_now(qwr_session *session, int64_t now_s);

/**
 * Moves the epoch `by_s` seconds on, so that a session may live longer than its horizon: every
 * instant is told from the new second 0. Windows that have ended, and tide and tariff rows that no
 * longer say anything, go. Plans made before keep their scenario.
 * An arrival more than a horizon ago is refused, unless that vessel is alongside.
 * @param by_s a positive multiple of the scenario's step_s, one horizon at most.
 * @return QWR_OK, QWR_EINVAL, QWR_ESTATE (news are held), QWR_ESCENARIO, QWR_EOVERFLOW, QWR_ENOMEM.
 * @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_roll(qwr_session *session, int64_t by_s);

/**
 * Stays of the last plan that begin before this instant are kept as they are, as long as they still
 * break no rule. QWR_UNSET (as at first): none is. Unlike a pin it holds for whatever the last plan
 * says. @since 0.2
 */
QWR_API void qwr_session_freeze_until(qwr_session *session, int64_t until_s);

/* --- calls ------------------------------------------------------------------------------------ */

/**
 * A new expected arrival. `earliest_s`, if the call has one, moves along; so do nothing else.
 * @return QWR_OK, QWR_ENOTFOUND, QWR_EINVAL, QWR_ESCENARIO, QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_set_eta(qwr_session *session, const char *call,
                                                      int64_t eta_s);

/** A new call. @return QWR_OK, QWR_EINVAL, QWR_ESCENARIO (e.g. the id is taken), QWR_EOVERFLOW,
 * QWR_ENOMEM. @since 0.2 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_add_call(qwr_session *session, const qwr_call *call);

/** Replaces everything about the call with this id. @return as above, QWR_ENOTFOUND. @since 0.2 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_set_call(qwr_session *session, const qwr_call *call);

/** What is known about a call, borrowed until the next news; NULL if there is none. @since 0.2 */
QWR_API const qwr_call *qwr_session_call(const qwr_session *session, const char *call);

/** The call is cancelled, or the vessel has left: it is planned no more.
 * @return QWR_OK, QWR_ENOTFOUND, QWR_ENOMEM. @since 0.2 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_remove_call(qwr_session *session, const char *call);

/** A vessel alongside, as the terminal reports it. Start from qwr_berthed_init(). */
typedef struct qwr_berthed {
    uint32_t size;
    const char *quay;    /**< Required. */
    const char *berth;   /**< On a DISCRETE quay: required; else NULL. */
    int64_t position_mm; /**< Lower end of the hull; required unless at a berth. */
    int64_t start_s;     /**< Alongside since; required. */
    int64_t cranes;      /**< At work now; QWR_UNSET: as the last plan says, else the least. */
    int64_t moves_done;  /**< Of the call's moves; QWR_UNSET: as many as planned. */
    int64_t end_s;       /**< Leaves then; QWR_UNSET: when the work is done. */
} qwr_berthed;

QWR_API qwr_berthed qwr_berthed_init(void);

/**
 * The vessel is alongside: from now on a fact, which no plan changes. How long it stays follows
 * from the moves left, the cranes at work and the weather to come, or from `end_s`. Report it again
 * when cranes or moves have changed. A fact that breaks a rule is believed and the rule gives way
 * (the draught, the latest departure, a crane that is down, the gap to the next hull); where none
 * can give way the call is left out of the plan and its place is kept free. Either way the plan's
 * result names the conflict.
 * @return QWR_OK, QWR_ENOTFOUND (call, quay or berth), QWR_EINVAL, QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_set_berthed(qwr_session *session, const char *call,
                                                          const qwr_berthed *berthed);

/** A decision of the planner; each part on its own. Start from qwr_pin_init(). */
typedef struct qwr_pin {
    uint32_t size;
    const char *quay;    /**< NULL: free. */
    const char *berth;   /**< NULL: free. */
    int64_t position_mm; /**< QWR_UNSET: free. */
    int64_t start_s;     /**< QWR_UNSET: free. */
    int64_t cranes;      /**< QWR_UNSET: free. */
} qwr_pin;

QWR_API qwr_pin qwr_pin_init(void);

/** Pins a call; NULL, or a pin without parts, sets it free.
 * @return QWR_OK, QWR_ENOTFOUND, QWR_ESCENARIO, QWR_ENOMEM. @since 0.2 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_pin(qwr_session *session, const char *call,
                                                  const qwr_pin *pin);

/**
 * The last plan was sent out: its stays become the base from which the change prices of the calls
 * (change_start_mu_h and the others) count. @return QWR_OK, QWR_ESTATE (no plan yet),
 * QWR_ESCENARIO, QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_announce(qwr_session *session);

/* --- terminal --------------------------------------------------------------------------------- */

/** A crane is down on [from_s, to_s). @param window id of the window this makes, or replaces.
 * @param reason may be NULL. @return QWR_OK, QWR_ENOTFOUND, QWR_ESCENARIO, QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_crane_down(qwr_session *session, const char *window,
                                                         const char *crane, int64_t from_s,
                                                         int64_t to_s, const char *reason);

/** A part of a quay is closed on [from_s, to_s). @param to_mm QWR_UNSET: to its end. As above.
 * @since 0.2 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_close_quay(qwr_session *session, const char *window,
                                                         const char *quay, int64_t from_mm,
                                                         int64_t to_mm, int64_t from_s,
                                                         int64_t to_s, const char *reason);

/** Adds a window of any kind, or replaces the one with this id. @return QWR_OK, QWR_EINVAL,
 * QWR_ESCENARIO, QWR_ENOMEM. @since 0.2 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_set_window(qwr_session *session,
                                                         const qwr_window *window);

/** The crane is up again, the quay is open. @return QWR_OK, QWR_ENOTFOUND, QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_remove_window(qwr_session *session,
                                                            const char *window);

/**
 * Several news at once, and every other change: hands out the builder of the terminal. News until
 * qwr_session_release() are taken together.
 * @param builder borrowed until qwr_session_release(); may be NULL.
 * @return QWR_OK, QWR_ESTATE (held already). @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_hold(qwr_scenario_builder **builder,
                                                   qwr_session *session);

/** Takes what was changed since qwr_session_hold(), or undoes all of it.
 * @return QWR_OK, QWR_ESTATE (not held), QWR_ESCENARIO and others of qwr_scenario_freeze(): all of
 *         it is undone and the cause says why. @since 0.2 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_release(qwr_session *session);

/* --- plans ------------------------------------------------------------------------------------ */

/** A plan and what goes with it. All pointers are borrowed from the session until its next plan. */
typedef struct qwr_session_result {
    uint32_t size;
    uint32_t conflict_count;
    const qwr_scenario *scenario; /**< What was planned: facts, freeze and the time included. */
    const qwr_plan *plan;
    const qwr_diff *diff;         /**< From the last plan to this one; NULL for the first. */
    const char *const *conflicts; /**< Sentences: facts that break a rule. */
    int64_t cycle;                /**< 1 for the first plan. */
    int64_t carried;              /**< Stays of the last plan the search was given to begin with. */
    int64_t frozen;               /**< Of these, kept because of qwr_session_freeze_until(). */
    qwr_solve_stats stats;
} qwr_session_result;

QWR_API qwr_session_result qwr_session_result_init(void);

/**
 * Plans. The search begins with the last plan, as far as it still holds, and the result is never
 * worse than that; with equal news it is never worse than the last plan. On a failure the last plan
 * stays what it was, see qwr_session_last().
 * A module that was disabled for not returning in time is tried again after 2, 4, 8, ... plans,
 * once no thread of any module is left behind; what qwr_plugin_get() said of it is void then. The
 * context's cancel flag is cleared at the beginning and at the end.
 * @param result  filled if not NULL; `size` must be set.
 * @param options as for qwr_solve(), NULL: defaults; `start` must be NULL. `deadline_ms` counts
 * from this call on.
 * @return as qwr_solve(), and QWR_ESTATE (news are held, see qwr_session_hold()). @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_plan(qwr_session_result *result, qwr_session *session,
                                                   const qwr_solve_options *options);

/** The last result again. @return QWR_OK, QWR_EINVAL, QWR_ESTATE (no plan yet). @since 0.2 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_last(qwr_session_result *result,
                                                   const qwr_session *session);

/**
 * The last plan as the bytes of a file, for hosts in other languages.
 * @param text owned by caller; free with qwr_text_free(). @return QWR_OK, QWR_EINVAL, QWR_ESTATE,
 * QWR_ENOMEM. @since 0.2
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_session_plan_text(char **text, size_t *length,
                                                        qwr_session *session,
                                                        qwr_plan_format format);

/* --- from other threads ----------------------------------------------------------------------- */

/** Asks the plan that is running to come back with the best it has; without one it does nothing.
 * @thread any, signal handlers included  @since 0.2 */
QWR_API void qwr_session_cancel(qwr_session *session);

/**
 * How far the plan that is running has come, or how the last one ended. `stage` is "" before the
 * first. @param progress `size` must be set. @return 1 if a plan is running, 0 if not.
 * @thread any @since 0.2
 */
QWR_API int qwr_session_progress(qwr_progress *progress, qwr_session *session);

/**
 * Takes the oldest log line that was not taken yet; the session keeps the last 64, of level info
 * and above, whatever the context's own hook gets.
 * @param line at least 1 byte; a longer line is cut. @return its length, 0: none is left.
 * @thread any @since 0.2
 */
QWR_API size_t qwr_session_log(char *line, size_t capacity, qwr_session *session);

#ifdef __cplusplus
}
#endif
#endif
