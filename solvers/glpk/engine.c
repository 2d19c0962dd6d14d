/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GLPK on a thread of its own. Its hazards, each met here:
 *  - a problem belongs to the thread that made it: made, solved and freed in qwr__glpk_work();
 *  - misuse and failed assertions end the process: an error hook jumps out, glp_free_env() tidies;
 *  - NaN is not noticed: the core has checked the model, this file checks what it reports;
 *  - no callback comes during an LP: the root LP runs by itself and is left through the terminal
 *    hook; a long node LP is left behind with this thread;
 *  - glp_ios_heur_sol() believes any point: apart.h has checked the start, and presolve is off,
 *    because with presolve the tree's columns are not ours;
 *  - the heuristics' points raise no event: every event polls the incumbent;
 *  - cover cuts use static data: never switched on.
 */
#include "engine.h"

#include <float.h>
#include <glpk.h>
#include <limits.h>
#include <setjmp.h>

#define TEXT_(x) #x
#define TEXT(x)  TEXT_(x)

enum { JUMP_NONE = 0, JUMP_ERROR, JUMP_STOP };

typedef struct engine {
    apart_job *job;
    glp_prob *problem;
    bool start_given;
    bool in_lp; /* the terminal hook may leave */
    char line[160];
    jmp_buf jump;
} engine;

bool qwr__glpk_is_threaded(void)
{
    return glp_config("TLS") != NULL;
}

const char *qwr__glpk_version(void)
{
    return "GLPK " TEXT(GLP_MAJOR_VERSION) "." TEXT(GLP_MINOR_VERSION);
}

/* --- hooks --------------------------------------------------------------------------------------
 */

/** Swallows output, keeps the last line for messages, and is the way out of a long LP. */
static int on_terminal(void *info, const char *text)
{
    engine *e = info;
    size_t length = strcspn(text, "\n");
    if (length > 0 && strncmp(text, "Error detected", 14) != 0)
        (void)snprintf(e->line, sizeof e->line, "%.*s", (int)(length < 150 ? length : 150), text);
    if (e->in_lp && apart_must_stop(e->job))
        longjmp(e->jump, JUMP_STOP);
    return 1;
}

/** Must not return: GLPK would abort the process. */
static void on_error(void *info)
{
    engine *e = info;
    longjmp(e->jump, JUMP_ERROR);
}

/* --- the model --- */

static int bound_type(double lower, double upper)
{
    bool low = lower > -QWR_MILP_INFINITY;
    bool high = upper < QWR_MILP_INFINITY;
    if (low && high)
        return lower == upper ? GLP_FX : GLP_DB;
    if (low)
        return GLP_LO;
    return high ? GLP_UP : GLP_FR;
}

/** false: an integer column has no integer within its bounds. */
static bool add_columns(engine *e)
{
    const qwr_milp_view *m = &e->job->model;
    bool relax = e->job->limits.relax != 0;
    bool sound = true;
    if (m->column_count == 0) /* GLPK refuses an empty problem; the extra column is fixed at 0 */
        (void)glp_add_cols(e->problem, 1);
    else
        (void)glp_add_cols(e->problem, (int)m->column_count);
    for (uint32_t j = 0; j < m->column_count; j++) {
        double lower = m->lower[j];
        double upper = m->upper[j];
        if (m->integer[j] && !relax) {
            glp_set_col_kind(e->problem, (int)j + 1, GLP_IV);
            lower = ceil(lower - 1e-9);
            upper = floor(upper + 1e-9);
        }
        sound = sound && lower <= upper;
        glp_set_col_bnds(e->problem, (int)j + 1, bound_type(lower, upper), lower, upper);
        glp_set_obj_coef(e->problem, (int)j + 1, m->cost[j]);
    }
    return sound;
}

static void add_rows(engine *e)
{
    const qwr_milp_view *m = &e->job->model;
    (void)glp_add_rows(e->problem, m->row_count == 0 ? 1 : (int)m->row_count);
    if (m->row_count == 0)
        glp_set_row_bnds(e->problem, 1, GLP_FR, 0.0, 0.0);
    for (uint32_t i = 0; i < m->row_count; i++)
        glp_set_row_bnds(e->problem, (int)i + 1, bound_type(m->row_lower[i], m->row_upper[i]),
                         m->row_lower[i], m->row_upper[i]);
}

/** One column at a time through a scratch of the longest column, 1-based as GLPK wants it. */
static bool add_entries(engine *e)
{
    const qwr_milp_view *m = &e->job->model;
    size_t longest = 0;
    for (uint32_t j = 0; j < m->column_count; j++) {
        size_t length = (size_t)(m->column_begin[j + 1] - m->column_begin[j]);
        longest = length > longest ? length : longest;
    }
    /* From GLPK's own arena, so that a jump out frees it. */
    if (longest > (size_t)INT_MAX / sizeof(double) - 2)
        return false;
    int *row = glp_alloc((int)longest + 1, (int)sizeof *row);
    double *value = glp_alloc((int)longest + 1, (int)sizeof *value);
    for (uint32_t j = 0; j < m->column_count; j++) {
        int length = 0;
        for (uint64_t k = m->column_begin[j]; k < m->column_begin[j + 1]; k++) {
            if (m->value[k] == 0.0)
                continue;
            length++;
            row[length] = (int)m->row_index[k] + 1;
            value[length] = m->value[k];
        }
        glp_set_mat_col(e->problem, (int)j + 1, length, row, value);
    }
    glp_free(row);
    glp_free(value);
    return true;
}

/* --- the relaxation --- */

static int left_ms(const apart_job *job)
{
    int64_t left_us = apart_left_us(job);
    if (left_us / 1000 >= INT_MAX)
        return INT_MAX;
    return left_us < 1000 ? 1 : (int)(left_us / 1000);
}

static int run_simplex(engine *e, int method)
{
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_ALL; /* output is what gives the hook its turns */
    parameters.out_frq = 50;
    parameters.out_dly = 0;
    parameters.meth = method;
    parameters.tm_lim = left_ms(e->job);
    parameters.presolve = e->job->setting[GLPK_LP_PRESOLVE] != 0 ? GLP_ON : GLP_OFF;
    e->in_lp = true;
    int code = glp_simplex(e->problem, &parameters);
    e->in_lp = false;
    return code;
}

static bool has_integers(const engine *e)
{
    return e->job->limits.relax == 0 && glp_get_num_int(e->problem) > 0;
}

/** Solves the root relaxation. true: it has an optimum, and the basis stands. */
static bool solve_root(engine *e)
{
    int code = run_simplex(e, GLP_DUALP);
    if (code == GLP_EFAIL || code == GLP_ESING || code == GLP_ECOND || code == GLP_EBADB) {
        /* Numerical trouble: once more from the slack basis with the other method. */
        glp_std_basis(e->problem);
        code = run_simplex(e, GLP_PRIMAL);
    }
    apart_counts(e->job, 0, glp_get_it_cnt(e->problem));
    int status = glp_get_status(e->problem);
    if (code == GLP_ENOPFS || code == GLP_EBOUND || (code == 0 && status == GLP_NOFEAS)) {
        if (e->job->state == QWR_MILP_UNKNOWN)
            apart_proved(e->job);
        return false;
    }
    if (code == GLP_ENODFS || (code == 0 && status == GLP_UNBND)) {
        /* With integers an unbounded relaxation proves nothing. */
        if (code == 0 && !has_integers(e))
            apart_state(e->job, QWR_MILP_UNBOUNDED);
        return false;
    }
    if (code != 0 && code != GLP_ETMLIM && code != GLP_EITLIM)
        apart_fail(e->job, QWR_PLUGIN_ESOLVER, "GLPK could not solve the relaxation");
    return code == 0 && status == GLP_OPT;
}

static double relaxed_value(void *engine_of, uint32_t column)
{
    return glp_get_col_prim(((engine *)engine_of)->problem, (int)column + 1);
}

static double integer_value(void *problem, uint32_t column)
{
    return glp_mip_col_val(problem, (int)column + 1);
}

/** GLPK says `found` is the optimum. Above a point we hold, that only tells that it lost the point.
 */
static void settle(apart_job *job, double found)
{
    if (job->state == QWR_MILP_UNKNOWN ||
        found <= job->objective + 1e-9 * fmax(1.0, fabs(job->objective)))
        apart_proved(job);
}

/** The relaxation is all that was asked for, or all there is. */
static void report_relaxation(engine *e)
{
    apart_job *job = e->job;
    double objective = glp_get_obj_val(e->problem);
    if (!isfinite(objective)) {
        apart_fail(job, QWR_PLUGIN_ESOLVER, "GLPK gave an objective that is not a number");
        return;
    }
    (void)apart_point(job, objective, relaxed_value, e);
    apart_bound(job, objective);
    settle(job, objective);
    if (job->dual == NULL || job->limits.relax == 0)
        return;
    (void)pthread_mutex_lock(&job->lock);
    for (uint32_t i = 0; i < job->model.row_count; i++)
        job->dual[i] = glp_get_row_dual(e->problem, (int)i + 1);
    (void)pthread_mutex_unlock(&job->lock);
}

/* --- the tree --- */

static void poll_incumbent(apart_job *job, glp_prob *problem)
{
    int status = glp_mip_status(problem);
    if (status == GLP_FEAS || status == GLP_OPT)
        (void)apart_point(job, glp_mip_obj_val(problem), integer_value, problem);
}

static void offer_start(engine *e, glp_tree *tree)
{
    const qwr_milp_view *m = &e->job->model;
    e->start_given = true;
    if (m->start == NULL || m->column_count == 0)
        return;
    double *x = glp_alloc((int)m->column_count + 1, (int)sizeof *x);
    for (uint32_t j = 0; j < m->column_count; j++)
        x[j + 1] = m->integer[j] ? round(m->start[j]) : m->start[j];
    (void)glp_ios_heur_sol(tree, x);
    glp_free(x);
}

static void poll_bound(const engine *e, glp_tree *tree)
{
    int node = glp_ios_best_node(tree);
    if (node != 0)
        apart_bound(e->job, glp_ios_node_bound(tree, node));
}

static void on_event(glp_tree *tree, void *info)
{
    engine *e = info;
    apart_job *job = e->job;
    int nodes = 0;
    poll_incumbent(job, glp_ios_get_prob(tree));
    if (glp_ios_reason(tree) == GLP_ISELECT)
        poll_bound(e, tree);
    if (glp_ios_reason(tree) == GLP_IHEUR && !e->start_given)
        offer_start(e, tree);
    glp_ios_tree_size(tree, NULL, NULL, &nodes);
    apart_counts(job, nodes, job->iterations);
    bool enough = job->limits.node_limit >= 0 && nodes > job->limits.node_limit;
    /* GLPK knows no cutoff: once every open node is above it, nothing wanted is left. */
    bool above = job->limits.cutoff < QWR_MILP_INFINITY && job->bound >= job->limits.cutoff;
    if (enough || above || apart_must_stop(job))
        glp_ios_terminate(tree);
}

static void run_tree(engine *e)
{
    static const int backtrack[] = {GLP_BT_BLB, GLP_BT_BPH, GLP_BT_DFS, GLP_BT_BFS};
    apart_job *job = e->job;
    glp_iocp parameters;
    glp_init_iocp(&parameters);
    int cuts = job->setting[GLPK_CUTS] != 0 ? GLP_ON : GLP_OFF;
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.bt_tech = backtrack[job->setting[GLPK_BACKTRACK]];
    parameters.tm_lim = left_ms(job);
    parameters.tol_int = 1e-6;
    parameters.tol_obj = 1e-9; /* the default would prune a plan one unit better in ten million */
    parameters.gmi_cuts = cuts;
    parameters.mir_cuts = cuts;
    parameters.clq_cuts = cuts;
    parameters.cb_func = on_event;
    parameters.cb_info = e;
    int code = glp_intopt(e->problem, &parameters);
    apart_counts(job, job->nodes, glp_get_it_cnt(e->problem));
    poll_incumbent(job, e->problem);
    int status = glp_mip_status(e->problem);
    if (code == 0 && status == GLP_NOFEAS && job->state == QWR_MILP_UNKNOWN)
        apart_proved(job);
    if (code == 0 && status == GLP_OPT)
        settle(job, glp_mip_obj_val(e->problem));
    if (code != 0 && code != GLP_ETMLIM && code != GLP_ESTOP)
        apart_fail(job, QWR_PLUGIN_ESOLVER, "GLPK could not search the tree");
}

static void solve(engine *e)
{
    e->problem = glp_create_prob();
    glp_set_obj_dir(e->problem, GLP_MIN);
    if (!add_columns(e)) {
        apart_proved(e->job);
        return;
    }
    glp_set_obj_coef(e->problem, 0, e->job->model.offset);
    add_rows(e);
    if (!add_entries(e)) {
        apart_fail(e->job, QWR_PLUGIN_ETOOBIG, "a column is longer than GLPK can hold");
        return;
    }
    if (!solve_root(e))
        return;
    if (!has_integers(e)) {
        report_relaxation(e);
        return;
    }
    apart_bound(e->job, glp_get_obj_val(e->problem));
    run_tree(e);
}

/** Apart from solve(), so that no local variable lives across the jump. */
static void solve_guarded(engine *e)
{
    int jump = setjmp(e->jump);
    if (jump == JUMP_NONE) {
        (void)glp_term_hook(on_terminal, e);
        glp_error_hook(on_error, e);
        solve(e);
    } else if (jump == JUMP_ERROR) {
        char sentence[200];
        (void)snprintf(sentence, sizeof sentence, "GLPK gave up: %s", e->line);
        apart_fail(e->job, QWR_PLUGIN_ESOLVER, sentence);
    }
}

void qwr__glpk_work(apart_job *job)
{
    engine e = {.job = job};
    solve_guarded(&e);
    /* Frees the problem too, and after a jump it is the only thing that may be called. */
    (void)glp_free_env();
}
