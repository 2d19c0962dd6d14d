/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The summary for a terminal window: what the plan costs and how good that is, who is late or has
 * no place, the calls, key figures. No line is wider than asked; control characters in names never
 * reach the terminal. Must never use colours or escapes: a pipe may be reading.
 */
#include "report/text.h"

#include <string.h>

enum { LEAST_COLUMNS = 40, MOST_COLUMNS = 1000, DEFAULT_COLUMNS = 100 };

/* --- summary --------------------------------------------------------------------------------- */

static void put_heading(const qwr__page *p)
{
    const qwr__sheet *s = p->sheet;
    qwr__text words;
    qwr__text_init(&words, s->ctx);
    if (s->info->name != NULL)
        qwr__text_add(&words, "%s (%s)", s->info->name, s->info->id);
    else
        qwr__text_add(&words, "%s", s->info->id);
    qwr__flush(p, &words, 0);
    if (s->quality->outcome == QWR_OUTCOME_NONE && s->kpi.placed == 0 && s->kpi.calls > 0) {
        qwr__text_add(p->out, "No plan.\n");
        return;
    }
    qwr__text_add(&words, "%s ", qwr__word_objective(s));
    qwr__word_value(&words, s, s->quality->cost_mu);
    qwr__text_add(&words, ", ");
    qwr__word_gap(&words, s);
    if (s->quality->bound_mu != QWR_UNSET && s->quality->bound_mu < s->quality->cost_mu) {
        qwr__text_add(&words, " (no plan can cost less than ");
        qwr__word_value(&words, s, s->quality->bound_mu);
        qwr__text_add(&words, ")");
    }
    qwr__text_add(&words, ".");
    qwr__flush(p, &words, 0);
}

static void put_counts(const qwr__page *p)
{
    const qwr_kpi *k = &p->sheet->kpi;
    qwr__text words;
    qwr__text_init(&words, p->sheet->ctx);
    qwr__word_count(&words, k->placed);
    qwr__text_add(&words, " of ");
    qwr__word_count(&words, k->calls);
    qwr__text_add(&words, " calls have a place; ");
    qwr__word_count(&words, k->on_time);
    qwr__text_add(&words, " on time, ");
    qwr__word_count(&words, k->late);
    qwr__text_add(&words, " late");
    if (k->late > 0) {
        qwr__text_add(&words, " by ");
        qwr__word_span(&words, p->sheet, k->late_s);
        qwr__text_add(&words, " in all");
    }
    qwr__text_add(&words, "; waiting ");
    qwr__word_span(&words, p->sheet, k->placed > 0 ? k->wait_s / k->placed : 0);
    qwr__text_add(&words, " on average.");
    qwr__flush(p, &words, 0);
}

static void put_check(const qwr__page *p)
{
    enum { MOST = 12 };
    size_t count = qwr__sheet_broken(p->sheet);
    if (p->sheet->violations == NULL)
        return;
    if (count == 0) {
        qwr__text_add(p->out, p->sheet->kpi.placed == p->sheet->kpi.calls
                                  ? "Checked: breaks no rule.\n"
                                  : "Checked: every stay keeps the rules.\n");
        return;
    }
    qwr__text_add(p->out, "BREAKS %zu RULE%s:\n", count, count == 1 ? "" : "S");
    for (size_t i = 0; i < count && i < MOST; i++) {
        const qwr_violation *found = qwr__sheet_violation(p->sheet, i);
        qwr__text words;
        qwr__text_init(&words, p->sheet->ctx);
        qwr__text_add(&words, "- %s: %s", found->rule, found->sentence);
        qwr__flush(p, &words, 4);
    }
    if (count > MOST)
        qwr__text_add(p->out, "- and %zu more\n", count - MOST);
}

static void put_unplaced(const qwr__page *p)
{
    const qwr__sheet *s = p->sheet;
    if (s->kpi.placed == s->kpi.calls)
        return;
    qwr__text_add(p->out, "\nWithout a place:\n");
    for (uint32_t i = 0; i < s->calls; i++) {
        const qwr__visit *v = &s->visit[s->order[i]];
        if (v->timely != QWR__UNPLACED)
            continue;
        qwr__text words;
        qwr__text_init(&words, s->ctx);
        const char *name = qwr__vessel_name(v->call);
        qwr__text_add(&words, "- %s", name);
        if (strcmp(name, v->call->id) != 0)
            qwr__text_add(&words, " (%s)", v->call->id);
        qwr__text_add(&words, ": %s",
                      v->stay->reason != NULL ? v->stay->reason : "no reason is given");
        qwr__flush(p, &words, 4);
    }
}

/* --- key figures ----------------------------------------------------------------------------- */

static void put_figures(const qwr__page *p)
{
    const qwr_kpi *k = &p->sheet->kpi;
    qwr__text words;
    qwr__text_init(&words, p->sheet->ctx);
    qwr__text_add(&words, "Gross Berth Hours ");
    qwr__word_hours(&words, k->gross_berth_s);
    qwr__text_add(&words, ", berth use ");
    qwr__word_percent(&words, k->berth_use_milli);
    qwr__text_add(&words, " %%, crane use ");
    qwr__word_percent(&words, k->crane_use_milli);
    qwr__text_add(&words, " %%, Crane Density ");
    qwr__text_fixed(&words, qwr__ratio(k->crane_density_milli, 1, 10), 2);
    qwr__text_add(&words, ", Quay Container Moves ");
    qwr__word_count(&words, k->moves);
    qwr__text_add(&words, " (");
    qwr__text_fixed(&words, qwr__ratio(k->qcm_milli, 1, 100), 1);
    qwr__text_add(&words, " an hour and crane), deviation ");
    qwr__word_metres(&words, k->deviation_mm);
    qwr__text_add(&words, " m.");
    qwr__text_put(p->out, "\n", 1);
    qwr__flush(p, &words, 0);
}

qwr_status qwr_report_text(char **text, qwr_context *ctx, const qwr_plan *plan,
                           const qwr_violations *violations, int columns)
{
    qwr_status status;
    qwr__sheet sheet;
    qwr__text out;
    if (text == NULL || ctx == NULL || plan == NULL)
        return QWR_EINVAL;
    *text = NULL;
    qwr__causes_clear(ctx);
    qwr__text_init(&out, ctx);
    columns = columns <= 0 ? DEFAULT_COLUMNS : columns < LEAST_COLUMNS ? LEAST_COLUMNS : columns;
    columns = columns > MOST_COLUMNS ? MOST_COLUMNS : columns;
    qwr__page p = {&out, &sheet, (size_t)columns};
    QWR_TRY_DONE(qwr__sheet_init(&sheet, ctx, plan, violations));
    put_heading(&p);
    put_counts(&p);
    put_check(&p);
    put_unplaced(&p);
    qwr__put_calls(&p);
    put_figures(&p);
    status = qwr__text_give(text, &out, "report.text");
done:
    qwr__text_free(&out);
    qwr__sheet_free(&sheet);
    return status;
}
