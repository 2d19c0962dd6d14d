/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers of the generator and where each comes from. Tables only: no code but look-ups. Must
 * never know how the numbers are used.
 */
#include "generate/generate.h"

#include <string.h>

/*
 * Vessels.
 *
 * TEU, draught and cranes of the larger classes: terminal model of the PortManager environment.
 * Panama canal limits for panamax (294.13 m x 32.31 m) and neo-panamax (366 m x 49 m); hull of the
 * Triple-E class (400 m x 59 m). Beam of post-panamax, and the 61 m of the widest: assumption.
 *
 * LOA, crane-hours and cranes of feeder (80-210 m, 5-15 h, 1-2), panamax (210-300 m, 15-50 h, 2-4)
 * and neo-panamax (50-65 h, 4-6): Meisel & Bierwirth 2009, classes feeder, medium, jumbo. Panamax
 * work is drawn up to 40 h only, so that its mean stays below post-panamax: assumption.
 *
 * Post-panamax 30-60 h, 3-5 cranes: between its neighbours, assumption. ULCV: 3000 to 5000 moves a
 * call (press on the container port performance index 2022) at 28 moves an hour, 5-8 cranes.
 *
 * Speed-up and lateness 1000 to 3000 an hour by size, three times that once past the latest
 * departure: Meisel & Bierwirth 2009 as used by later papers, recalled.
 *
 * Moves per crane-hour by class: means around 28 (27 to 30: Goussiatiner; 20 to 40: Liftech 2002),
 * rising with the ship as long bays need fewer moves of the gantry: assumption.
 *
 * Hotel power alongside: Third IMO GHG Study 2014, auxiliary engines of container ships at berth.
 * Visits a week: feeders twice, deep sea weekly: assumption.
 */
const qwr__vessel_class qwr__vessel_classes[QWR__CLASS_COUNT] = {
    {.id = "feeder",
     .code = "NF",
     .teu_min = 1000,
     .teu_max = 3000,
     .loa_min_m = 80,
     .loa_max_m = 210,
     .beam_min_dm = 150,
     .beam_max_dm = 320,
     .draught_min_dm = 65,
     .draught_max_dm = 110,
     .cranes_min = 1,
     .cranes_max = 2,
     .work_min_h = 5,
     .work_max_h = 15,
     .visits_a_week = 2,
     .speedup_h = 1000,
     .late_h = 1000,
     .past_latest = 3000,
     .rate_milli = 25000,
     .hotel_w = 600000},
    {.id = "panamax",
     .code = "PX",
     .teu_min = 3000,
     .teu_max = 5100,
     .loa_min_m = 210,
     .loa_max_m = 294,
     .beam_min_dm = 315,
     .beam_max_dm = 323,
     .draught_min_dm = 105,
     .draught_max_dm = 125,
     .cranes_min = 2,
     .cranes_max = 4,
     .work_min_h = 15,
     .work_max_h = 40,
     .visits_a_week = 1,
     .speedup_h = 2000,
     .late_h = 2000,
     .past_latest = 6000,
     .rate_milli = 27000,
     .hotel_w = 940000},
    {.id = "post-panamax",
     .code = "PP",
     .teu_min = 5000,
     .teu_max = 10000,
     .loa_min_m = 300,
     .loa_max_m = 366,
     .beam_min_dm = 400,
     .beam_max_dm = 460,
     .draught_min_dm = 120,
     .draught_max_dm = 145,
     .cranes_min = 3,
     .cranes_max = 5,
     .work_min_h = 30,
     .work_max_h = 60,
     .visits_a_week = 1,
     .speedup_h = 2000,
     .late_h = 2000,
     .past_latest = 6000,
     .rate_milli = 28500,
     .hotel_w = 1000000},
    {.id = "neo-panamax",
     .code = "NP",
     .teu_min = 10000,
     .teu_max = 14500,
     .loa_min_m = 335,
     .loa_max_m = 366,
     .beam_min_dm = 480,
     .beam_max_dm = 490,
     .draught_min_dm = 130,
     .draught_max_dm = 152,
     .cranes_min = 4,
     .cranes_max = 6,
     .work_min_h = 50,
     .work_max_h = 65,
     .visits_a_week = 1,
     .speedup_h = 3000,
     .late_h = 3000,
     .past_latest = 9000,
     .rate_milli = 29500,
     .hotel_w = 1200000},
    {.id = "ulcv",
     .code = "UL",
     .teu_min = 14500,
     .teu_max = 24000,
     .loa_min_m = 366,
     .loa_max_m = 400,
     .beam_min_dm = 510,
     .beam_max_dm = 610,
     .draught_min_dm = 140,
     .draught_max_dm = 160,
     .cranes_min = 5,
     .cranes_max = 8,
     .work_min_h = 107,
     .work_max_h = 160,
     .visits_a_week = 1,
     .speedup_h = 3000,
     .late_h = 3000,
     .past_latest = 9000,
     .rate_milli = 31000,
     .hotel_w = 1320000},
};

/*
 * Profiles: numbers they share.
 *
 * Depths 12 to 18 m: PortManager's berths (12/14/16/18 m). Tide: M2 of 12.42 h (NOAA, in
 * PortManager); amplitudes of a North Sea river port, S2 a third of M2: assumption. Channel: so
 * that draughts above about 14 m wait for water, as PortManager's windows of 4 h do.
 *
 * Crane rates 26 to 30 moves an hour: Goussiatiner 27 to 30, PIANC WG 135 25 as a cautious mean.
 *
 * What one profile alone has is sourced above it.
 */
const qwr__profile qwr__profiles[] = {
    /* For tests. Assumptions throughout. */
    {.name = "tiny",
     .sentence = "Four feeders, 480 m, three cranes: small enough to enumerate (assumptions).",
     .calls = 4,
     .days = 1,
     .slack_days = 1,
     .step_s = 3600,
     .grid_mm = 20000,
     .share_milli = {1000, 0, 0, 0, 0},
     .quay = {{QWR_LAYOUT_CONTINUOUS, 480, 3, {105, 120, 130}, 240, 0}},
     .tide_mean_mm = 1000,
     .tide_m2_mm = 500,
     .tide_s2_mm = 150,
     .channel_dm = 105,
     .crane_rate_min_milli = 26000,
     .crane_rate_max_milli = 30000,
     .wide_cranes_milli = 700,
     .in_progress = 1,
     .bay_calls_milli = 500,
     .blocks = 2,
     .vehicles = 4,
     .column_m = 100,
     .history = 60},
    /*
     * One arrival every 4.4 h (exponential rate 0.227 an hour, so 38 a week), LOA log-normal
     * (5.246, 0.103), service log-normal (2.571, 0.831) read as crane-hours: 982 calls at Vuosaari,
     * Digitraffic, CC BY 4.0. Quay and cranes set so that cranes are busy two thirds of the time.
     */
    {.name = "feeder",
     .sentence = "A feeder port: 900 m, 6 cranes, an arrival every 4.4 h (Vuosaari port calls, "
                 "Digitraffic; Meisel & Bierwirth 2009).",
     .calls = 38,
     .days = 7,
     .slack_days = 2,
     .step_s = 900,
     .grid_mm = 10000,
     .share_milli = {840, 160, 0, 0, 0},
     .quay = {{QWR_LAYOUT_CONTINUOUS, 900, 6, {110, 125, 135}, 450, 0}},
     .tide_mean_mm = 1200,
     .tide_m2_mm = 600,
     .tide_s2_mm = 200,
     .channel_dm = 120,
     .crane_rate_min_milli = 26000,
     .crane_rate_max_milli = 30000,
     .wide_cranes_milli = 500,
     .lognormal = 1,
     .in_progress = 2,
     .bay_calls_milli = 400,
     .blocks = 6,
     .vehicles = 18,
     .column_m = 75,
     .history = 120},
    /*
     * 1000 m, 10 cranes, 60/30/10 % of three classes, 40 calls, one week: Meisel & Bierwirth 2009;
     * two days beyond the last arrival: Correcher et al. (210 h). Extra work 1 % per 10 m off the
     * preferred place: Meisel & Bierwirth 2009, recalled. 20 blocks: PortManager.
     */
    {.name = "medium",
     .sentence = "One quay of 1000 m with 10 cranes, 60/30/10 % of small, medium and large vessels "
                 "(Meisel & Bierwirth 2009).",
     .calls = 40,
     .days = 7,
     .slack_days = 2,
     .step_s = 3600,
     .grid_mm = 10000,
     .share_milli = {600, 300, 0, 100, 0},
     .quay = {{QWR_LAYOUT_CONTINUOUS, 1000, 10, {120, 140, 160}, 500, 0}},
     .tide_mean_mm = 2000,
     .tide_m2_mm = 1200,
     .tide_s2_mm = 400,
     .channel_dm = 136,
     .crane_rate_min_milli = 26000,
     .crane_rate_max_milli = 30000,
     .wide_cranes_milli = 700,
     .deviation_work_ppm_m = 1000,
     .in_progress = 2,
     .bay_calls_milli = 400,
     .blocks = 20,
     .vehicles = 30,
     .column_m = 100,
     .history = 160},
    /*
     * 1000 vessels a month on 4 km with 60 cranes. The mix is shifted to small ships so that the
     * quay is taken about 65 % of the time (65 to 75 % is the usual target for five berths and
     * more); quay, not cranes, is scarce: assumption. Latest departure 72 h after arrival:
     * assumption.
     */
    {.name = "gateway",
     .sentence = "1000 vessels a month on 4 km with 60 cranes (classes of Meisel & Bierwirth 2009 "
                 "and PortManager; the mix is an assumption).",
     .calls = 1000,
     .days = 30,
     .slack_days = 3,
     .step_s = 1800,
     .grid_mm = 20000,
     .share_milli = {740, 175, 50, 20, 15},
     .quay = {{QWR_LAYOUT_CONTINUOUS, 4000, 60, {140, 155, 170}, 1000, 0}},
     .tide_mean_mm = 2200,
     .tide_m2_mm = 1300,
     .tide_s2_mm = 430,
     .channel_dm = 148,
     .crane_rate_min_milli = 27000,
     .crane_rate_max_milli = 31000,
     .wide_cranes_milli = 600,
     .hard_latest_h = 72,
     .in_progress = 8,
     .bay_calls_milli = 15,
     .blocks = 24,
     .vehicles = 180,
     .column_m = 250,
     .history = 300},
    /*
     * 16 blocks with 2 stacking cranes each: TTI Algeciras (650 m, 8 cranes) scaled to a harbour of
     * two quays. 4 vehicles a crane: between 3 (Westwell) and 6 (older AGV terminals). Mix of
     * PortManager (30/35/25/10) shifted to small ships so that cranes are busy two thirds of the
     * time.
     */
    {.name = "automated",
     .sentence = "A harbour of two quays (1400 m and three feeder berths), 14 cranes, 56 guided "
                 "vehicles, 16 blocks (TTI Algeciras, PortManager, Meisel & Bierwirth 2009).",
     .calls = 48,
     .days = 7,
     .slack_days = 2,
     .step_s = 900,
     .grid_mm = 10000,
     .share_milli = {400, 320, 200, 50, 30},
     .quay = {{QWR_LAYOUT_CONTINUOUS, 1400, 11, {130, 150, 170}, 700, 0},
              {QWR_LAYOUT_DISCRETE, 600, 3, {115, 115, 115}, 0, 200}},
     .tide_mean_mm = 2000,
     .tide_m2_mm = 1200,
     .tide_s2_mm = 400,
     .channel_dm = 138,
     .crane_rate_min_milli = 26000,
     .crane_rate_max_milli = 30000,
     .wide_cranes_milli = 640,
     .in_progress = 3,
     .bay_calls_milli = 350,
     .blocks = 16,
     .vehicles = 56,
     .column_m = 70,
     .history = 240},
    /* See bacap.c, which has its tables. */
    {.name = "meisel-bierwirth",
     .sentence = "Published instances of berths and cranes together, 1000 m with 10 cranes for a "
                 "week, crane counts by the hour (Meisel & Bierwirth 2009, after its description).",
     .published = true},
};

const size_t qwr__profile_count = sizeof qwr__profiles / sizeof qwr__profiles[0];

const qwr__profile *qwr__profile_find(const char *name)
{
    for (size_t i = 0; i < qwr__profile_count; i++)
        if (strcmp(qwr__profiles[i].name, name) == 0)
            return &qwr__profiles[i];
    return NULL;
}

int64_t qwr__crowd_milli(int64_t cranes)
{
    static const int64_t milli[] = {0, 1000, 1866, 2688, 3482, 4257, 5016, 5763, 6498, 7225};
    const int64_t last = (int64_t)(sizeof milli / sizeof milli[0]) - 1;

    if (cranes <= 0)
        return 0;
    return milli[cranes < last ? cranes : last];
}
