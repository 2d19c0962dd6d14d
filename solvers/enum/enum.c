/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The exhaustive backend: exact for small models whose columns are all integer and bounded. It is
 * the truth in tests, and the fallback where no other backend is built. Knows no floor of ours.
 */
#include "search.h"

#include <math.h>
#include <string.h>

#define BOUND_MAX 1e9 /* wider domains are not worth enumerating */

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

static int32_t enum_create(void **instance, const qwr_host *host)
{
    const qwr_host **mine = host->alloc(host->payload, sizeof(const qwr_host *));
    if (mine == NULL)
        return QWR_PLUGIN_ENOMEM;
    *mine = host;
    *instance = mine;
    return QWR_PLUGIN_OK;
}

static void enum_destroy(void *instance)
{
    const qwr_host *host = *(const qwr_host **)instance;
    host->release(host->payload, instance);
}

static int32_t fail(const qwr_host *host, int32_t status, const char *sentence)
{
    host->error(host->payload, sentence);
    return status;
}

/* --- from the view to the search ---------------------------------------------------------------
 */

static void search_free(enum_search *s)
{
    void *block[] = {s->row,   s->entry_column, s->entry_value, s->lower,
                     s->upper, s->trail,        s->branch,      s->best};
    for (size_t i = 0; i < sizeof block / sizeof block[0]; i++)
        s->host->release(s->host->payload, block[i]);
}

static bool search_alloc(enum_search *s, const qwr_milp_view *m)
{
    const qwr_host *h = s->host;
    size_t columns = m->column_count + (size_t)1;
    size_t entries = (size_t)m->entry_count + columns;
    s->row = h->alloc(h->payload, s->rows * sizeof *s->row);
    s->entry_column = h->alloc(h->payload, entries * sizeof *s->entry_column);
    s->entry_value = h->alloc(h->payload, entries * sizeof *s->entry_value);
    s->lower = h->alloc(h->payload, columns * sizeof *s->lower);
    s->upper = h->alloc(h->payload, columns * sizeof *s->upper);
    s->best = h->alloc(h->payload, columns * sizeof *s->best);
    return s->row && s->entry_column && s->entry_value && s->lower && s->upper && s->best;
}

/** Rows from columns: count, place, fill. Zero coefficients are left out, as a divisor they hurt.
 */
static void fill_rows(enum_search *s, const qwr_milp_view *m)
{
    uint32_t rows = m->row_count;
    memset(s->row, 0, s->rows * sizeof *s->row);
    for (uint64_t k = 0; k < m->entry_count; k++)
        s->row[m->row_index[k]].count += m->value[k] != 0.0;
    size_t at = 0;
    for (uint32_t i = 0; i < rows; i++) {
        s->row[i].column = s->entry_column + at;
        s->row[i].value = s->entry_value + at;
        s->row[i].lower = m->row_lower[i];
        s->row[i].upper = m->row_upper[i];
        at += s->row[i].count;
        s->row[i].count = 0;
    }
    for (uint32_t j = 0; j < m->column_count; j++) {
        for (uint64_t k = m->column_begin[j]; k < m->column_begin[j + 1]; k++) {
            enum_row *r = &s->row[m->row_index[k]];
            if (m->value[k] == 0.0)
                continue;
            size_t place = (size_t)(r->column - s->entry_column) + r->count++;
            s->entry_column[place] = j;
            s->entry_value[place] = m->value[k];
        }
    }
    enum_row *objective = &s->row[rows];
    objective->column = s->entry_column + at;
    objective->value = s->entry_value + at;
    objective->lower = -QWR_MILP_INFINITY;
    objective->upper = QWR_MILP_INFINITY;
    for (uint32_t j = 0; j < m->column_count; j++) {
        if (m->cost[j] == 0.0)
            continue;
        s->entry_column[at + objective->count] = j;
        s->entry_value[at + objective->count++] = m->cost[j];
    }
}

/** false: an empty domain. */
static bool fill_domains(enum_search *s, const qwr_milp_view *m)
{
    bool sound = true;
    for (uint32_t j = 0; j < m->column_count; j++) {
        bool free_of_integers = m->integer[j] == 0;
        s->lower[j] = free_of_integers ? m->lower[j] : ceil(m->lower[j] - 1e-9);
        s->upper[j] = free_of_integers ? m->upper[j] : floor(m->upper[j] + 1e-9);
        sound = sound && s->lower[j] <= s->upper[j];
    }
    return sound;
}

/* --- solving -----------------------------------------------------------------------------------
 */

static int32_t check_support(const qwr_host *host, const qwr_milp_view *m,
                             const qwr_milp_limits *limits)
{
    if (limits->relax != 0)
        return fail(host, QWR_PLUGIN_EUNSUPPORTED, "enum solves no linear relaxation");
    if (m->column_count > (uint64_t)host->option_int(host->payload, "max_columns"))
        return fail(host, QWR_PLUGIN_ETOOBIG,
                    "the model has more columns than option enum.max_columns allows");
    for (uint32_t j = 0; j < m->column_count; j++) {
        if (!m->integer[j] && m->lower[j] != m->upper[j])
            return fail(host, QWR_PLUGIN_EUNSUPPORTED,
                        "enum takes integer columns only, and one is continuous");
        if (fabs(m->lower[j]) > BOUND_MAX || fabs(m->upper[j]) > BOUND_MAX)
            return fail(host, QWR_PLUGIN_EUNSUPPORTED,
                        "enum takes columns with bounds from -1e9 to 1e9 only");
    }
    return QWR_PLUGIN_OK;
}

/** A start that the core has checked is the first best point. */
static void take_start(enum_search *s, const qwr_milp_view *m)
{
    if (m->start == NULL)
        return;
    double sum = 0.0;
    for (uint32_t j = 0; j < m->column_count; j++)
        sum += m->cost[j] * (m->integer[j] ? round(m->start[j]) : m->start[j]);
    if (sum >= s->best_cost)
        return;
    for (uint32_t j = 0; j < m->column_count; j++)
        s->best[j] = m->integer[j] ? round(m->start[j]) : m->start[j];
    s->best_cost = sum;
    s->found = true;
}

static void write_answer(qwr_milp_answer *answer, const enum_search *s, bool whole, double root,
                         const qwr_milp_limits *limits)
{
    answer->nodes = s->nodes;
    answer->iterations = 0;
    if (s->found) {
        answer->objective = s->best_cost + s->offset;
        answer->state = whole ? QWR_MILP_OPTIMAL : QWR_MILP_FEASIBLE;
        answer->bound = whole ? answer->objective : fmin(root, s->best_cost) + s->offset;
        memcpy(answer->point, s->best, s->columns * sizeof *answer->point);
        return;
    }
    answer->objective = QWR_MILP_INFINITY;
    if (!whole) {
        answer->state = QWR_MILP_UNKNOWN;
        answer->bound = root + s->offset;
    } else if (limits->cutoff < QWR_MILP_INFINITY) {
        answer->state = QWR_MILP_UNKNOWN; /* nothing below the cutoff; above it was not looked */
        answer->bound = limits->cutoff;
    } else {
        answer->state = QWR_MILP_INFEASIBLE;
        answer->bound = QWR_MILP_INFINITY;
    }
}

static int32_t enum_solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                          qwr_milp_answer *answer)
{
    const qwr_host *host = *(const qwr_host **)instance;
    int64_t deadline_us = limits->deadline_us < 0 ? -1 : qwr__enum_now_us() + limits->deadline_us;
    int32_t status = check_support(host, model, limits);
    if (status != QWR_PLUGIN_OK)
        return status;
    enum_search s = {.host = host,
                     .columns = model->column_count,
                     .rows = model->row_count + 1,
                     .cost = model->cost,
                     .offset = model->offset,
                     .best_cost = QWR_MILP_INFINITY};
    enum_end end = ENUM_DONE;
    if (!search_alloc(&s, model)) {
        status = QWR_PLUGIN_ENOMEM;
        goto done;
    }
    if (limits->cutoff < QWR_MILP_INFINITY)
        s.best_cost = limits->cutoff - model->offset;
    fill_rows(&s, model);
    take_start(&s, model);
    int64_t node_limit = host->option_int(host->payload, "max_nodes");
    if (limits->node_limit >= 0 && limits->node_limit < node_limit)
        node_limit = limits->node_limit;
    bool sound = fill_domains(&s, model);
    double root = sound ? qwr__enum_cheapest(&s) : QWR_MILP_INFINITY;
    if (sound)
        end = qwr__enum_run(&s, node_limit, deadline_us);
    if (end == ENUM_NO_MEMORY)
        status = QWR_PLUGIN_ENOMEM;
    else
        write_answer(answer, &s, end == ENUM_DONE, root, limits);
done:
    search_free(&s);
    return status;
}

static const char *enum_engine(void)
{
    return "exhaustive search";
}

/* --- the descriptor -----------------------------------------------------------------------------
 */

static const qwr_plugin_option options[] = {
    {.size = sizeof(qwr_plugin_option),
     .name = "max_columns",
     .type = 0,
     .unit = "columns",
     .default_int = 400,
     .min_int = 1,
     .max_int = 100000,
     .sentence = "Models with more columns are refused."},
    {.size = sizeof(qwr_plugin_option),
     .name = "max_nodes",
     .type = 0,
     .unit = "nodes",
     .default_int = 20000000,
     .min_int = 1,
     .max_int = INT64_MAX,
     .sentence = "Search nodes after which the best point so far is returned."}};

static const qwr_solver_functions functions = {.size = sizeof(qwr_solver_functions),
                                               .create = enum_create,
                                               .destroy = enum_destroy,
                                               .solve = enum_solve,
                                               .engine = enum_engine};

static const qwr_plugin descriptor = {
    .size = sizeof(qwr_plugin),
    .abi_major = QWR_PLUGIN_ABI_MAJOR,
    .abi_minor = QWR_PLUGIN_ABI_MINOR,
    .kind = QWR_PLUGIN_SOLVER,
    .capabilities = QWR_CAP_MIP | QWR_CAP_START,
    .option_count = sizeof options / sizeof options[0],
    .id = "enum",
    .version = "1.0.0",
    .summary = "Exhaustive search for small models with bounded integer columns.",
    .licence = "Apache-2.0",
    .options = options,
    .solver = &functions};

const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)
{
    (void)host_abi_minor;
    return &descriptor;
}
