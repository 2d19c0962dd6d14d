/* SPDX-License-Identifier: Apache-2.0 */
/* Large moves for a solution: see mend.h. */
#include "discrete/mend.h"
#include "discrete/dense.h"
#include "discrete/tree.h"

#include <string.h>

/* A part has at least LEAST lanes and is closed once it has CALLS calls. */
enum { LEAST = 2, CALLS = 34, NODES = 24, MOST_CHOICES = 60000, STREAM = 0x3e4d };

/** A part under repair. Owns its arrays. */
typedef struct part {
    const qwr__lanes *whole;
    bool *in, *of; /**< [lanes], [calls] of the whole */
    qwr__lanes open, folded;
    qwr__rules rules;
    qwr__dense dense;
    qwr__master master;
    qwr__ledger ledger;
    qwr__rises rises;
    int64_t *pi;
    qwr__choice *choice;
    int64_t cost; /**< of its calls in the incumbent */
} part;

static void part_free(part *p)
{
    const qwr_host *h = p->whole->host;
    void *blocks[] = {p->in, p->of, p->pi, p->choice};
    for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
        if (blocks[k])
            h->release(h->payload, blocks[k]);
    qwr__ledger_free(&p->ledger);
    qwr__rises_free(&p->rises, h);
    qwr__master_free(&p->master);
    qwr__dense_free(&p->dense);
    qwr__rules_free(&p->rules);
    qwr__lanes_free(&p->folded);
    qwr__lanes_free(&p->open);
}

/* Marks lanes in a random order until enough calls lie at them; false: everything is in. */
static bool choose(part *p, const qwr_solution_view *s, uint64_t index)
{
    const qwr__lanes *l = p->whole;
    const qwr_host *h = l->host;
    uint32_t lanes = 0, calls = 0;
    for (uint64_t draw = 0; lanes < l->lanes && (lanes < LEAST || calls < CALLS); draw++) {
        uint32_t x = (uint32_t)(h->random(h->payload, STREAM, index * 64 + draw % 64) % l->lanes);
        while (p->in[x])
            x = x + 1 < l->lanes ? x + 1 : 0;
        p->in[x] = true;
        lanes++;
        for (uint32_t i = 0; i < l->calls; i++) {
            int64_t cost;
            if (s->row[i] == UINT32_MAX || (uint32_t)l->view->row_cell[s->row[i]] != x ||
                h->evaluate(h->payload, &s->row[i], &s->start[i], 1, &cost) != 0)
                continue;
            p->of[i] = true;
            p->cost += cost;
            calls++;
        }
    }
    return lanes < l->lanes && calls > 1;
}

static int32_t make(part *p, const int64_t *pi)
{
    const qwr_host *h = p->whole->host;
    int32_t status = qwr__lanes_part(&p->open, p->whole, p->in, p->of);
    if (status == QWR_PLUGIN_OK)
        status = qwr__lanes_fold(&p->folded, &p->open);
    if (status == QWR_PLUGIN_OK)
        status = qwr__rules_init(&p->rules, &p->folded);
    if (status == QWR_PLUGIN_OK)
        status = qwr__dense_init(&p->dense, &p->rules);
    if (status == QWR_PLUGIN_OK)
        status = qwr__master_init(&p->master, &p->folded);
    if (status == QWR_PLUGIN_OK)
        status = qwr__rises_init(&p->rises, &p->folded);
    if (status != QWR_PLUGIN_OK)
        return status;
    qwr__ledger_init(&p->ledger, h, p->folded.calls);
    p->ledger.full = true; /* nothing is proved here */
    p->pi = qwr__lanes_alloc(h, (size_t)p->folded.calls + 1, sizeof *p->pi);
    p->choice = qwr__lanes_alloc(h, MOST_CHOICES, sizeof *p->choice);
    if (!p->pi || !p->choice)
        return QWR_PLUGIN_ENOMEM;
    for (uint32_t i = 0; i < p->folded.calls; i++)
        p->pi[i] = pi[p->folded.origin[i]];
    return QWR_PLUGIN_OK;
}

/* Looks for a cheaper plan of the part. */
static int32_t plan_anew(bool *found, part *p, const qwr_solution_view *s)
{
    qwr__tree t = {.rules = &p->rules,
                   .whole = &p->open,
                   .master = &p->master,
                   .ledger = &p->ledger,
                   .rises = &p->rises,
                   .target = p->cost - 1,
                   .known = INT64_MIN,
                   .fixed_row = s->row,
                   .fixed_start = s->start,
                   .left_out = s->cost - p->cost};
    int64_t dual;
    if (!qwr__dense_dual(&dual, &p->dense, p->pi) || dual > t.target * QWR__DUAL_SCALE)
        return QWR_PLUGIN_OK;
    uint32_t count =
        qwr__dense_filter(&p->dense, p->pi, dual, t.target, p->choice, MOST_CHOICES - 1);
    if (count >= MOST_CHOICES)
        return QWR_PLUGIN_OK;
    int32_t status = qwr__tree_begin(&t, p->choice, count, p->pi);
    if (status == QWR_PLUGIN_OK)
        status = qwr__tree_run(&t, NODES);
    *found = t.found;
    qwr__tree_end(&t);
    return status;
}

int32_t qwr__mend(bool *found, const qwr__lanes *whole, const int64_t *pi, uint64_t index)
{
    const qwr_host *h = whole->host;
    qwr_solution_view s = {.size = sizeof s};
    part p = {.whole = whole};
    int32_t status = QWR_PLUGIN_OK;
    *found = false;
    if (h->incumbent(h->payload, &s) != 0 || !s.row)
        return QWR_PLUGIN_OK;
    /* The arrays of the incumbent are the host's; a better one offered moves them. */
    uint32_t *row = qwr__lanes_alloc(h, (size_t)s.call_count + 1, sizeof *row);
    int32_t *start = qwr__lanes_alloc(h, (size_t)s.call_count + 1, sizeof *start);
    p.in = qwr__lanes_alloc(h, (size_t)whole->lanes + 1, sizeof *p.in);
    p.of = qwr__lanes_alloc(h, (size_t)whole->calls + 1, sizeof *p.of);
    if (!row || !start || !p.in || !p.of) {
        status = QWR_PLUGIN_ENOMEM;
    } else {
        memcpy(row, s.row, s.call_count * sizeof *row);
        memcpy(start, s.start, s.call_count * sizeof *start);
        s.row = row;
        s.start = start;
        if (choose(&p, &s, index)) {
            status = make(&p, pi);
            if (status == QWR_PLUGIN_OK)
                status = plan_anew(found, &p, &s);
        }
    }
    if (row)
        h->release(h->payload, row);
    if (start)
        h->release(h->payload, start);
    part_free(&p);
    return status == QWR_PLUGIN_EUNSUPPORTED ? QWR_PLUGIN_OK : status;
}
