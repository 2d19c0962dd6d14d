/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The land side: a lane graph along the quays (two one-way roads with cross links, crane buffers,
 * transfer lanes, parking) and the yard blocks behind it. x runs along the quays, y inland.
 *
 *     quay    B     B     B          buffers under the cranes       y = 15 m
 *     east    E --> E --> E          one-way road                   y = 40 m
 *     west    W <-- W <-- W          one-way road                   y = 60 m
 *     blocks  T T   T T   T T        transfer lanes                 y = 80 m
 *
 * The ends are tied (E last -> W last, W first -> E first), so every node reaches every other.
 */
#include "generate/generate.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    BUFFER_Y_MM = 15000,
    EAST_Y_MM = 40000,
    WEST_Y_MM = 60000,
    TRANSFER_Y_MM = 80000,
    BLOCK_Y_MM = 220000,      /* middle of a block 280 m long, at right angles to the quay */
    QUAY_GAP_MM = 60000,      /* between the ends of two quays */
    TRANSFERS = 2,            /* lanes in use at once for each block: assumption */
    ROAD_SPEED_MM_S = 6000,   /* 6 m/s straight, usual for guided vehicles, not confirmed */
    BLOCK_TEU = 2000,         /* 10 wide, 40 long, 5 high */
    BLOCK_USABLE_MILLI = 700, /* 70 % usable, 45 reefer slots: PortManager */
    BLOCK_REEFERS = 45,
    BLOCK_RATE_MILLI = 40000 /* two stacking cranes of 20 moves an hour: assumption */
};

/** Nodes of one column. */
typedef struct column {
    int64_t x_mm;
    qwr_node_ix buffer, east, west;
} column;

typedef struct yard {
    qwr__making *m;
    column *columns;
    size_t column_count;
    qwr_node_ix *parking;
    size_t parking_count;
    size_t node_count, lane_count;
    qwr_lane_ix spare_lane; /* a cross link that may be closed; v == QWR_NONE if there is none */
} yard;

static qwr_status add_node(yard *y, qwr_node_ix *out, const char *prefix, qwr_node_kind kind,
                           int64_t x_mm, int64_t y_mm, int64_t capacity)
{
    qwr_node node = qwr_node_init();
    char id[32];

    snprintf(id, sizeof id, "%s%03zu", prefix, ++y->node_count);
    node.id = id;
    node.kind = kind;
    node.x_mm = x_mm;
    node.y_mm = y_mm;
    node.capacity = capacity;
    return qwr_scenario_add_node(y->m->builder, &node, out);
}

static qwr_status add_lane(yard *y, qwr_node_ix from, qwr_node_ix to, int64_t length_mm,
                           uint32_t curve)
{
    qwr_lane lane = qwr_lane_init();
    char id[32];

    snprintf(id, sizeof id, "L%04zu", ++y->lane_count);
    lane.id = id;
    lane.from = from;
    lane.to = to;
    lane.length_mm = length_mm;
    lane.speed_mm_s = ROAD_SPEED_MM_S;
    /* One vehicle of 15 m every 20 m. */
    lane.capacity = length_mm > 40000 ? length_mm / 20000 : 1;
    lane.curve = curve;
    return qwr_scenario_add_lane(y->m->builder, &lane, NULL);
}

static int64_t quay_x_mm(const qwr__making *m, size_t quay)
{
    return quay == 0 ? 0 : m->quay[0].length_mm + QUAY_GAP_MM;
}

static qwr_status add_buffer(yard *y, qwr_node_ix *out, const qwr__made_quay *q, int64_t x_mm,
                             int64_t position_mm)
{
    qwr_node node = qwr_node_init();
    char id[32];

    snprintf(id, sizeof id, "B%03zu", ++y->node_count);
    node.id = id;
    node.kind = QWR_NODE_CRANE_BUFFER;
    node.x_mm = x_mm;
    node.y_mm = BUFFER_Y_MM;
    node.capacity = 3; /* lanes under the portal of a crane: assumption */
    node.quay = q->ix;
    node.position_mm = position_mm;
    return qwr_scenario_add_node(y->m->builder, &node, out);
}

static qwr_status add_columns(yard *y)
{
    const int64_t pitch_mm = y->m->profile->column_m * 1000;

    for (size_t i = 0; i < y->m->quay_count; i++) {
        const qwr__made_quay *q = &y->m->quay[i];
        for (int64_t at = pitch_mm / 2; at < q->length_mm; at += pitch_mm) {
            column *c = &y->columns[y->column_count++];

            c->x_mm = quay_x_mm(y->m, i) + at;
            QWR_TRY(add_buffer(y, &c->buffer, q, c->x_mm, at));
            QWR_TRY(add_node(y, &c->east, "E", QWR_NODE_PATH, c->x_mm, EAST_Y_MM, 2));
            QWR_TRY(add_node(y, &c->west, "W", QWR_NODE_PATH, c->x_mm, WEST_Y_MM, 2));
        }
    }
    return QWR_OK;
}

static qwr_status join_columns(yard *y)
{
    const column *c = y->columns;
    const size_t last = y->column_count - 1;
    const int64_t across_mm = WEST_Y_MM - EAST_Y_MM, apron_mm = EAST_Y_MM - BUFFER_Y_MM;

    for (size_t i = 0; i <= last; i++) {
        QWR_TRY(add_lane(y, c[i].east, c[i].buffer, apron_mm, 1));
        QWR_TRY(add_lane(y, c[i].buffer, c[i].east, apron_mm, 1));
        if (i < last) {
            const int64_t along_mm = c[i + 1].x_mm - c[i].x_mm;
            QWR_TRY(add_lane(y, c[i].east, c[i + 1].east, along_mm, 0));
            QWR_TRY(add_lane(y, c[i + 1].west, c[i].west, along_mm, 0));
        }
        /* Cross links run inland at the east end and every other column, else towards the quay. */
        if (i < last && i > 0 && i % 2 == 0)
            y->spare_lane.v = (uint32_t)y->lane_count;
        if (i == last || (i > 0 && i % 2 == 0))
            QWR_TRY(add_lane(y, c[i].east, c[i].west, across_mm, 1));
        if (i == 0 || (i < last && i % 2 == 1))
            QWR_TRY(add_lane(y, c[i].west, c[i].east, across_mm, 1));
    }
    return QWR_OK;
}

static const column *nearest_column(const yard *y, int64_t x_mm)
{
    const column *best = &y->columns[0];

    for (size_t i = 1; i < y->column_count; i++)
        if (llabs(y->columns[i].x_mm - x_mm) < llabs(best->x_mm - x_mm))
            best = &y->columns[i];
    return best;
}

/* A node beside the westward road, reached and left by a short lane of its own. */
static qwr_status add_side_node(yard *y, qwr_node_ix *out, const char *prefix, qwr_node_kind kind,
                                int64_t x_mm, int64_t capacity)
{
    const column *c = nearest_column(y, x_mm);
    const int64_t way_mm = TRANSFER_Y_MM - WEST_Y_MM + llabs(c->x_mm - x_mm);

    QWR_TRY(add_node(y, out, prefix, kind, x_mm, TRANSFER_Y_MM, capacity));
    QWR_TRY(add_lane(y, c->west, *out, way_mm, 1));
    return add_lane(y, *out, c->west, way_mm, 1);
}

static qwr_status add_blocks(yard *y)
{
    const int64_t blocks = y->m->profile->blocks;
    const int64_t width_mm = quay_x_mm(y->m, 0) + y->m->quay[0].length_mm;

    for (int64_t b = 0; b < blocks; b++) {
        qwr__rng rng = qwr__draw(y->m, QWR__DRAW_BLOCK, (uint64_t)b);
        qwr_block block = qwr_block_init();
        qwr_block_ix ix;
        char id[32];

        snprintf(id, sizeof id, "Y%02d", (int)b + 1);
        block.id = id;
        block.x_mm = qwr__round_down((2 * b + 1) * width_mm / (2 * blocks), 1000);
        block.y_mm = BLOCK_Y_MM;
        block.capacity_teu = BLOCK_TEU * BLOCK_USABLE_MILLI / 1000;
        block.used_teu = block.capacity_teu * qwr__draw_between(&rng, 450, 800) / 1000;
        block.reefer_slots = BLOCK_REEFERS;
        block.rate_milli = BLOCK_RATE_MILLI;
        QWR_TRY(qwr_scenario_add_block(y->m->builder, &block, &ix));
        for (int t = 0; t < TRANSFERS; t++) {
            qwr_transfer row = qwr_transfer_init();

            QWR_TRY(add_side_node(y, &row.node, "T", QWR_NODE_TRANSFER,
                                  block.x_mm + (2 * t - 1) * 5000, 1));
            row.block = ix;
            QWR_TRY(qwr_scenario_add_transfer(y->m->builder, &row));
        }
    }
    return QWR_OK;
}

/* One lot for each 10 vehicles, spread along the road. */
static qwr_status add_parking(yard *y)
{
    const int64_t width_mm = y->columns[y->column_count - 1].x_mm;

    for (size_t i = 0; i < y->parking_count; i++)
        QWR_TRY(add_side_node(
            y, &y->parking[i], "P", QWR_NODE_PARKING,
            qwr__round_down(((int64_t)i * 2 + 1) * width_mm / (2 * (int64_t)y->parking_count),
                            1000),
            10));
    return QWR_OK;
}

static qwr_status add_chargers(yard *y)
{
    /* 18 stations for about 95 vehicles: CTA Hamburg. 200 kW: 300 kWh in 1.5 h, HHLA 2022. */
    const int64_t chargers = (y->m->vehicles * 19 + 99) / 100;
    const int64_t width_mm = y->columns[y->column_count - 1].x_mm;
    char id[32];

    for (int64_t i = 0; i < chargers; i++) {
        qwr_charger charger = qwr_charger_init();

        QWR_TRY(add_side_node(y, &charger.node, "C", QWR_NODE_CHARGER,
                              qwr__round_down((i + 1) * width_mm / (chargers + 1), 1000) + 2000,
                              1));
        snprintf(id, sizeof id, "CH%02d", (int)i + 1);
        charger.id = id;
        charger.power_w = 200000;
        QWR_TRY(qwr_scenario_add_charger(y->m->builder, &charger, NULL));
    }
    return QWR_OK;
}

/* One lane is resurfaced for a shift, one block's crane is serviced: assumptions. */
static qwr_status add_windows(yard *y)
{
    qwr_window window = qwr_window_init();

    if (y->spare_lane.v != QWR_NONE) {
        window.id = "resurfacing-1";
        window.kind = QWR_WINDOW_LANE;
        window.reason = "road works";
        window.lane = y->spare_lane;
        window.from_s = 12 * QWR__HOUR_S;
        window.to_s = 20 * QWR__HOUR_S;
        QWR_TRY(qwr_scenario_add_window(y->m->builder, &window, NULL));
        window = qwr_window_init();
    }
    window.id = "block-service-1";
    window.kind = QWR_WINDOW_MAINTENANCE;
    window.reason = "stacking crane serviced";
    window.block = (qwr_block_ix){0};
    window.from_s = 14 * QWR__HOUR_S;
    window.to_s = 18 * QWR__HOUR_S;
    return qwr_scenario_add_window(y->m->builder, &window, NULL);
}

qwr_status qwr__make_yard(qwr__making *m)
{
    yard y = {.m = m, .parking_count = (size_t)(m->vehicles + 9) / 10, .spare_lane = {QWR_NONE}};
    size_t columns = 0;
    qwr_status status = QWR_OK;

    for (size_t i = 0; i < m->quay_count; i++)
        columns += (size_t)(m->quay[i].length_mm / (m->profile->column_m * 1000)) + 1;
    y.columns = qwr__alloc(m->ctx, columns, sizeof *y.columns);
    y.parking = qwr__alloc(m->ctx, y.parking_count + 1, sizeof *y.parking);
    if (y.columns == NULL || y.parking == NULL) {
        status = qwr__no_memory(m->ctx, "generate.yard");
        goto done;
    }
    QWR_TRY_DONE(add_columns(&y));
    QWR_TRY_DONE(join_columns(&y));
    QWR_TRY_DONE(add_blocks(&y));
    QWR_TRY_DONE(add_parking(&y));
    QWR_TRY_DONE(add_chargers(&y));
    QWR_TRY_DONE(add_windows(&y));
    QWR_TRY_DONE(qwr__make_fleet(m, y.parking, y.parking_count));
done:
    qwr__free(m->ctx, y.parking);
    qwr__free(m->ctx, y.columns);
    return status;
}
