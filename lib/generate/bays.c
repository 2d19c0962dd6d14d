/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where in the ship the moves lie: bays, deck and hold, discharge before load. Must never know time
 * or the quay.
 */
#include "generate/generate.h"

#include <stdio.h>

enum {
    BAY_PITCH_MM = 14000, /* one 40 ft bay with its gap: usual hatch spacing, assumption */
    MOVES_A_BAY = 90,     /* about so many bays share the work: assumption */
    RESTOW_MILLI = 40,    /* share of moves that are restows: assumption */
    DECK_MILLI = 450,     /* share on deck: assumption */
    SIZE_20_MILLI = 400,  /* sizes 20/40/45: 40/57/2.9 %, conflowgen */
    SIZE_45_MILLI = 29,
    REEFER_MILLI = 50 /* 5 %: PortManager */
};

/** One kind of task in a bay, in the order the bay is worked. */
typedef struct layer {
    const char *code;
    qwr_task_kind kind;
    uint32_t hold;
} layer;

static const layer layers[] = {
    {"DD", QWR_TASK_DISCHARGE, 0}, {"RD", QWR_TASK_RESTOW, 0}, {"DH", QWR_TASK_DISCHARGE, 1},
    {"LH", QWR_TASK_LOAD, 1},      {"LD", QWR_TASK_LOAD, 0},
};
enum { LAYER_COUNT = sizeof layers / sizeof layers[0] };

/* Half of what is not restowed goes ashore, half comes aboard. */
static void split_bay(int64_t moves, int64_t part[LAYER_COUNT])
{
    const int64_t restow = moves * RESTOW_MILLI / 1000;
    const int64_t ashore = (moves - restow) / 2, aboard = moves - restow - ashore;

    part[0] = ashore * DECK_MILLI / 1000;
    part[1] = restow;
    part[2] = ashore - part[0];
    part[4] = aboard * DECK_MILLI / 1000;
    part[3] = aboard - part[4];
}

static qwr_status add_task(qwr__making *m, qwr_task_ix *out, qwr_call_ix call, const char *call_id,
                           int64_t bay, const layer *kind, int64_t moves)
{
    qwr_task task = qwr_task_init();
    char id[48];

    snprintf(id, sizeof id, "%s-%02d-%s", call_id, (int)bay, kind->code);
    task.id = id;
    task.call = call;
    task.bay = bay;
    task.hold = kind->hold;
    task.kind = kind->kind;
    task.moves_20 = (moves * SIZE_20_MILLI + 500) / 1000;
    task.moves_45 = kind->hold ? 0 : moves * SIZE_45_MILLI / 500;
    task.moves_40 = moves - task.moves_20 - task.moves_45;
    if (task.moves_40 < 0) {
        task.moves_20 += task.moves_40;
        task.moves_40 = 0;
    }
    task.reefers = kind->hold ? 0 : moves * REEFER_MILLI / 500;
    return qwr_scenario_add_task(m->builder, &task, out);
}

static qwr_status add_bay(qwr__making *m, qwr_call_ix call, const char *call_id, int64_t bay,
                          int64_t moves)
{
    int64_t part[LAYER_COUNT];
    qwr_task_ix last = {QWR_NONE};

    split_bay(moves, part);
    for (size_t i = 0; i < LAYER_COUNT; i++) {
        qwr_task_ix ix;

        if (part[i] == 0)
            continue;
        QWR_TRY(add_task(m, &ix, call, call_id, bay, &layers[i], part[i]));
        if (last.v != QWR_NONE) {
            qwr_precedence row = qwr_precedence_init();
            row.before = last;
            row.after = ix;
            QWR_TRY(qwr_scenario_add_precedence(m->builder, &row));
        }
        last = ix;
    }
    return QWR_OK;
}

qwr_status qwr__make_bays(qwr__making *m, qwr_call_ix ix, const qwr_call *call, int64_t moves)
{
    qwr__rng rng = qwr__draw(m, QWR__DRAW_BAYS, ix.v);
    const int64_t most = call->loa_mm * 7 / (10 * (int64_t)BAY_PITCH_MM);
    int64_t bays = 1 + moves / MOVES_A_BAY, left = moves;

    if (bays > most)
        bays = most > 0 ? most : 1;
    for (int64_t k = 0; k < bays; k++) {
        /* The mean of what is left, 30 % either way; the last bay takes the rest. */
        const int64_t mean = left / (bays - k);
        const int64_t part =
            k + 1 == bays ? left : qwr__draw_between(&rng, mean * 7 / 10, mean * 13 / 10);

        QWR_TRY(add_bay(m, ix, call->id, 1 + k * most / bays, part));
        left -= part;
    }
    return QWR_OK;
}
