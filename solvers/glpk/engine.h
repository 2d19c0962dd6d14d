/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Between the two files of the GLPK backend: backend.c speaks the ABI and never includes glpk.h,
 * engine.c speaks GLPK on a thread of its own.
 */
#ifndef QWR_SOLVER_GLPK_ENGINE_H
#define QWR_SOLVER_GLPK_ENGINE_H

#include "../apart.h"

/** Index into apart_job.setting. */
enum { GLPK_CUTS = 0, GLPK_LP_PRESOLVE, GLPK_BACKTRACK };

/** Solves the job with GLPK, on the thread it is called on, which must have no other use of GLPK.
 */
void qwr__glpk_work(apart_job *job);
/** Is GLPK's environment one per thread? Without that no two solves could run at once. */
bool qwr__glpk_is_threaded(void);
/** Static text. */
const char *qwr__glpk_version(void);

#endif
