/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules of the land side: nodes, lanes, blocks and fleets. Must never look at a call.
 */
#include "model/scenario_private.h"

static qwr_status check_nodes(const qwr__freeze *freeze)
{
    const qwr_node *rows = qwr__node_rows(freeze->scenario);

    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_NODE].count; i++) {
        if (rows[i].position_mm == QWR_UNSET)
            continue;
        if (rows[i].quay.v == QWR_NONE)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_NODE, i,
                                    "position %s needs the quay it is measured along",
                                    qwr__show_mm(rows[i].position_mm).s);
        const qwr_quay *quay = &qwr__quay_rows(freeze->scenario)[rows[i].quay.v];
        if (rows[i].position_mm > quay->length_mm)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_NODE, i,
                                    "position %s lies outside quay \"%s\", which is %s long",
                                    qwr__show_mm(rows[i].position_mm).s, quay->id,
                                    qwr__show_mm(quay->length_mm).s);
    }
    return QWR_OK;
}

static qwr_status check_lanes(const qwr__freeze *freeze)
{
    const qwr_lane *rows = qwr__lane_rows(freeze->scenario);

    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_LANE].count; i++)
        if (rows[i].from.v == rows[i].to.v)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_LANE, i,
                                    "it leads from node \"%s\" to the same node",
                                    qwr__node_rows(freeze->scenario)[rows[i].from.v].id);
    return QWR_OK;
}

static qwr_status check_blocks(const qwr__freeze *freeze)
{
    const qwr_block *rows = qwr__block_rows(freeze->scenario);

    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_BLOCK].count; i++)
        if (rows[i].used_teu > rows[i].capacity_teu)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_BLOCK, i,
                                    "used_teu %lld is more than capacity_teu %lld",
                                    (long long)rows[i].used_teu, (long long)rows[i].capacity_teu);
    return QWR_OK;
}

static qwr_status check_fleets(const qwr__freeze *freeze)
{
    const qwr_fleet *rows = qwr__fleet_rows(freeze->scenario);

    for (size_t i = 0; i < freeze->scenario->rows[QWR__TABLE_FLEET].count; i++)
        if (rows[i].charge_critical_milli > rows[i].charge_good_milli ||
            rows[i].charge_good_milli > rows[i].charge_sufficient_milli)
            return qwr__freeze_fail(freeze, QWR_ESCENARIO, QWR__TABLE_FLEET, i,
                                    "charge levels must rise: critical %lld, good %lld, "
                                    "sufficient %lld thousandths",
                                    (long long)rows[i].charge_critical_milli,
                                    (long long)rows[i].charge_good_milli,
                                    (long long)rows[i].charge_sufficient_milli);
    return QWR_OK;
}

qwr_status qwr__validate_terminal(const qwr__freeze *freeze)
{
    QWR_TRY(check_nodes(freeze));
    QWR_TRY(check_lanes(freeze));
    QWR_TRY(check_blocks(freeze));
    return check_fleets(freeze);
}
