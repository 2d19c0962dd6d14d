/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules along the quay: depths, breaks, positions, berths and cranes lie inside their quay; berths
 * keep apart; cranes have an order on their rail. Must never look at a call or at time, except for
 * the hours of a berth.
 */
#include "model/scenario_private.h"
#include "model/sort.h"

static const qwr_quay *quay_of(const qwr__freeze *freeze, qwr_quay_ix ix)
{
    return &qwr__quay_rows(freeze->scenario)[ix.v];
}

static qwr_status outside(const qwr__freeze *freeze, qwr__table table, size_t row,
                          const char *field, int64_t mm, const qwr_quay *quay)
{
    return qwr__freeze_fail(freeze, QWR_ESCENARIO, table, row,
                            "%s %s lies outside quay \"%s\", which is %s long", field,
                            qwr__show_mm(mm).s, quay->id, qwr__show_mm(quay->length_mm).s);
}

static qwr_status check_depths(const qwr__freeze *freeze)
{
    const qwr_quay_depth *rows = qwr__quay_depth_rows(freeze->scenario);

    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_QUAY_DEPTH].count; i++) {
        const qwr_quay *quay = quay_of(freeze, rows[i].quay);
        if (rows[i].from_mm >= rows[i].to_mm)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_QUAY_DEPTH, i,
                                    "from %s is not below to %s", qwr__show_mm(rows[i].from_mm).s,
                                    qwr__show_mm(rows[i].to_mm).s);
        if (rows[i].to_mm > quay->length_mm)
            return outside(freeze, QWR__TABLE_QUAY_DEPTH, i, "to", rows[i].to_mm, quay);
    }
    return QWR_OK;
}

static qwr_status check_breaks(const qwr__freeze *freeze)
{
    const qwr_quay_break *rows = qwr__quay_break_rows(freeze->scenario);

    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_QUAY_BREAK].count; i++) {
        const qwr_quay *quay = quay_of(freeze, rows[i].quay);
        if (rows[i].at_mm <= 0 || rows[i].at_mm >= quay->length_mm)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_QUAY_BREAK, i,
                                    "at %s is not between the ends of quay \"%s\", 0 and %s",
                                    qwr__show_mm(rows[i].at_mm).s, quay->id,
                                    qwr__show_mm(quay->length_mm).s);
    }
    return QWR_OK;
}

static qwr_status check_position(const qwr__freeze *freeze, size_t row,
                                 const qwr_quay_position *position)
{
    const qwr_quay *quay = quay_of(freeze, position->quay);

    if (quay->layout != QWR_LAYOUT_HYBRID)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_QUAY_POSITION, row,
                                "quay \"%s\" is not hybrid, so it has no listed positions",
                                quay->id);
    if (position->at_mm >= quay->length_mm)
        return outside(freeze, QWR__TABLE_QUAY_POSITION, row, "at", position->at_mm, quay);
    return QWR_OK;
}

static qwr_status check_positions(const qwr__freeze *freeze)
{
    const qwr_quay_position *rows = qwr__quay_position_rows(freeze->scenario);
    size_t count = freeze->scenario->rows[QWR__TABLE_QUAY_POSITION].count;
    qwr_status status = QWR_OK;
    void *block = NULL;

    if (count == 0)
        return QWR_OK;
    for (size_t i = 0; i < count; i++)
        QWR_TRY(check_position(freeze, i, &rows[i]));
    QWR_TRY(qwr__freeze_keys(freeze, QWR__TABLE_QUAY_POSITION, &block, sizeof(qwr__key)));
    qwr__key *keys = block;
    for (size_t i = 0; i < count; i++)
        keys[i] = (qwr__key){.first = rows[i].quay.v, .second = rows[i].at_mm, .row = i};
    qwr__sort_keys(keys, count);
    for (size_t i = 1; i < count && status == QWR_OK; i++)
        if (keys[i].first == keys[i - 1].first && keys[i].second == keys[i - 1].second)
            status = qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_QUAY_POSITION, keys[i].row,
                                      "at %s is listed twice", qwr__show_mm(keys[i].second).s);
    qwr__free(freeze->ctx, keys);
    return status;
}

static qwr_status check_berth(const qwr__freeze *freeze, size_t row, const qwr_berth *berth)
{
    const qwr_quay *quay = quay_of(freeze, berth->quay);
    int64_t length_mm = berth->length_mm != QWR_UNSET ? berth->length_mm : 0;

    if (quay->layout != QWR_LAYOUT_DISCRETE)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_BERTH, row,
                                "quay \"%s\" is not discrete, so it has no berths", quay->id);
    if (berth->from_mm >= quay->length_mm)
        return outside(freeze, QWR__TABLE_BERTH, row, "from", berth->from_mm, quay);
    if (berth->from_mm + length_mm > quay->length_mm)
        return outside(freeze, QWR__TABLE_BERTH, row, "its end", berth->from_mm + length_mm, quay);
    if (berth->close_s != QWR_UNSET && berth->open_s >= berth->close_s)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_BERTH, row,
                                "open %s is not before close %s",
                                qwr__show_at(freeze->scenario, berth->open_s).s,
                                qwr__show_at(freeze->scenario, berth->close_s).s);
    return qwr__check_step(freeze, QWR__TABLE_BERTH, row, "turnaround", berth->turnaround_s);
}

/* Berths without a length come from published sets that have no geometry: nothing to overlap. */
static qwr_status check_berths_apart(const qwr__freeze *freeze, const qwr__key *keys, size_t count)
{
    const qwr_berth *rows = qwr__berth_rows(freeze->scenario);
    const qwr_berth *last = NULL;

    for (size_t i = 0; i < count; i++) {
        const qwr_berth *berth = &rows[keys[i].row];
        if (berth->length_mm == QWR_UNSET)
            continue;
        if (last != NULL && last->quay.v == berth->quay.v &&
            last->from_mm + last->length_mm > berth->from_mm)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_BERTH, keys[i].row,
                                    "from %s overlaps berth \"%s\", which ends at %s",
                                    qwr__show_mm(berth->from_mm).s, last->id,
                                    qwr__show_mm(last->from_mm + last->length_mm).s);
        last = berth;
    }
    return QWR_OK;
}

static qwr_status check_berths(const qwr__freeze *freeze)
{
    const qwr_berth *rows = qwr__berth_rows(freeze->scenario);
    size_t count = freeze->scenario->rows[QWR__TABLE_BERTH].count;
    void *block = NULL;

    if (count == 0)
        return QWR_OK;
    for (size_t i = 0; i < count; i++)
        QWR_TRY(check_berth(freeze, i, &rows[i]));
    QWR_TRY(qwr__freeze_keys(freeze, QWR__TABLE_BERTH, &block, sizeof(qwr__key)));
    qwr__key *keys = block;
    for (size_t i = 0; i < count; i++)
        keys[i] = (qwr__key){.first = rows[i].quay.v, .second = rows[i].from_mm, .row = i};
    qwr__sort_keys(keys, count);
    qwr_status status = check_berths_apart(freeze, keys, count);
    qwr__free(freeze->ctx, keys);
    return status;
}

static qwr_status check_crane(const qwr__freeze *freeze, size_t row, const qwr_crane *crane)
{
    const qwr_quay *quay = quay_of(freeze, crane->quay);
    int64_t to_mm = crane->reach_to_mm != QWR_UNSET ? crane->reach_to_mm : quay->length_mm;

    if (to_mm > quay->length_mm)
        return outside(freeze, QWR__TABLE_CRANE, row, "reach to", to_mm, quay);
    if (crane->reach_from_mm >= to_mm)
        return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CRANE, row,
                                "reach from %s is not below reach to %s",
                                qwr__show_mm(crane->reach_from_mm).s, qwr__show_mm(to_mm).s);
    if (crane->start_mm != QWR_UNSET && crane->start_mm > quay->length_mm)
        return outside(freeze, QWR__TABLE_CRANE, row, "start", crane->start_mm, quay);
    return QWR_OK;
}

static qwr_status check_cranes(const qwr__freeze *freeze)
{
    const qwr_crane *rows = qwr__crane_rows(freeze->scenario);
    size_t count = freeze->scenario->rows[QWR__TABLE_CRANE].count;
    qwr_status status = QWR_OK;
    void *block = NULL;

    if (count == 0)
        return QWR_OK;
    for (size_t i = 0; i < count; i++)
        QWR_TRY(check_crane(freeze, i, &rows[i]));
    QWR_TRY(qwr__freeze_keys(freeze, QWR__TABLE_CRANE, &block, sizeof(qwr__key)));
    qwr__key *keys = block;
    for (size_t i = 0; i < count; i++)
        keys[i] = (qwr__key){.first = rows[i].quay.v, .second = rows[i].rail_order, .row = i};
    qwr__sort_keys(keys, count);
    for (size_t i = 1; i < count && status == QWR_OK; i++)
        if (keys[i].first == keys[i - 1].first && keys[i].second == keys[i - 1].second)
            status = qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_CRANE, keys[i].row,
                                      "rail_order %lld is taken by crane \"%s\" at the same quay",
                                      (long long)keys[i].second, rows[keys[i - 1].row].id);
    qwr__free(freeze->ctx, keys);
    return status;
}

qwr_status qwr__validate_geometry(const qwr__freeze *freeze)
{
    QWR_TRY(check_depths(freeze));
    QWR_TRY(check_breaks(freeze));
    QWR_TRY(check_positions(freeze));
    QWR_TRY(check_berths(freeze));
    return check_cranes(freeze);
}
