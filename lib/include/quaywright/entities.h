/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a scenario is made of: terminal, calls, equipment, prices, history, pins; and the
 * definitions of cost, time alongside, water, clearance and cranes that planner and checker go by.
 *
 * Rules that hold for every entity struct below:
 *  - `size` is sizeof the struct as the caller compiled it; start from qwr_<name>_init().
 *    Fields are only ever added at the end.
 *  - Strings are copied by the add functions; strings in a returned struct are borrowed from the
 *    scenario. `id` is required where a struct has one, unique among entities of the same kind.
 *  - Quantities end in their unit: s (seconds since the epoch, or a duration), mm, kg, mm_s,
 *    w (watt), wh, mu (thousandths of the money unit), milli (thousandths of a plain number).
 *  - An optional integer that was not given is QWR_UNSET; an index that points at nothing has
 *    v == QWR_NONE; an optional text is NULL.
 *  - Positions are measured along a quay from its origin; a vessel's position is the lower end of
 *    its hull. Intervals are half-open: [from, to).
 *
 * Limits, checked when a scenario freezes, so that no later sum leaves 64 bits: instants and
 * durations 315 360 000 s (10 years) either way, lengths and positions 10^9 mm, money and rates
 * 10^12 mu, 10^7 moves a call, 64 cranes a call, speeds 10^6 mm/s; rate times horizon, and the sum
 * of the worst costs of all calls, 2^61 mu. Eta and earliest start of a call lie at most one
 * horizon before or after the epoch. Ids have 1 to 100 bytes of UTF-8 without control characters,
 * other texts at most 4096 bytes; an empty optional text is the same as NULL. Rows: 1000 quays and
 * fleets, 10 000 berths and cranes, 200 000 calls, 10^6 windows, nodes, lanes, blocks, vehicles and
 * chargers, 5 * 10^7 of every other kind.
 */
#ifndef QUAYWRIGHT_ENTITIES_H
#define QUAYWRIGHT_ENTITIES_H

#include <quaywright/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a plan is measured by. Published values are cost_mu / 1000. */
typedef enum qwr_objective {
    /** Money: every `*_mu*` rate of qwr_call (waiting, speed-up, lateness, deviation, cranes,
       change). */
    QWR_OBJECTIVE_COST = 0,
    /** Sum over calls of weight_milli * (end - eta) / 3600 s: "service time" of the literature. */
    QWR_OBJECTIVE_FLOW_TIME,
    /** Sum over calls of weight_milli * end / 3600 s. */
    QWR_OBJECTIVE_COMPLETION,
    /** Latest end over all calls, 1000 mu for each 3600 s. */
    QWR_OBJECTIVE_MAKESPAN
} qwr_objective;

/** What is taken off the sum before it is reported. */
typedef enum qwr_offset {
    QWR_OFFSET_NONE = 0,
    /** For FLOW_TIME: each call's shortest handling time over all berths is taken off its flow. */
    QWR_OFFSET_MIN_HANDLING
} qwr_offset;

/** How two neighbours' clearances combine. */
typedef enum qwr_clearance {
    QWR_CLEARANCE_MAX = 0, /**< gap >= max of the two clearances. */
    QWR_CLEARANCE_SUM      /**< gap >= sum of the two clearances. */
} qwr_clearance;

/** Which positions a quay offers. */
/** May the crane count of a stay change while its vessel lies alongside? */
typedef enum qwr_profile {
    QWR_PROFILE_CONSTANT = 0, /**< One count from the beginning of the work to its end. */
    QWR_PROFILE_VARYING /**< It may change at every crane_period_s; see "Crane profiles" below. */
} qwr_profile;

typedef enum qwr_layout {
    QWR_LAYOUT_CONTINUOUS = 0, /**< Every multiple of grid_mm. */
    QWR_LAYOUT_DISCRETE,       /**< Its berths, one vessel each at a time, position = from_mm. */
    QWR_LAYOUT_HYBRID          /**< The listed qwr_quay_position; vessels may span several. */
} qwr_layout;

/** What a window of unavailability stops. */
typedef enum qwr_window_kind {
    QWR_WINDOW_CLOSURE = 0, /**< No vessel alongside on [from_mm,to_mm) of a quay, or at a berth. */
    QWR_WINDOW_MAINTENANCE, /**< The crane, vehicle or block is out of service. */
    QWR_WINDOW_WEATHER,     /**< Cranes of the quay stand still; vessels stay, work is stretched. */
    QWR_WINDOW_LANE         /**< The lane is blocked. */
} qwr_window_kind;

typedef enum qwr_node_kind {
    QWR_NODE_PATH = 0,
    QWR_NODE_CRANE_BUFFER,
    QWR_NODE_TRANSFER,
    QWR_NODE_CHARGER,
    QWR_NODE_PARKING
} qwr_node_kind;

typedef enum qwr_task_kind { QWR_TASK_DISCHARGE = 0, QWR_TASK_LOAD, QWR_TASK_RESTOW } qwr_task_kind;

/*
 * Definitions, to the integer. Engine and checker implement them independently.
 *
 * Cost of a stay, objective COST: the sum of these terms, each rounded down on its own:
 *   wait_mu_h * (start - eta)+ / 3600          speedup_mu_h * (eta - start)+ / 3600
 *   stay_mu_h * (end - start) / 3600           late_mu_h * (end - desired_departure)+ / 3600
 *   past_latest_mu if latest_is_soft and end > latest_departure
 *   deviation_mu_m * |position - preferred| / 1000   (on the preferred quay, if preferred_mm is
 * set) crane_mu_h * cranes * (end - start - mooring - unmooring) / 3600 and with a base decision
 * (base_start_s, base_quay, ... each if set): change_berth_mu if quay or berth differs, else
 * change_position_mu_m * |position - base_position| / 1000; change_start_mu_h * |start -
 * base_start| / 3600; change_crane_mu * |cranes - base_cranes|. With a crane profile, cranes * time
 * is the sum over its steps, base_cranes is compared with its peak, and handover_mu * (cranes more
 * or fewer from each step to the next, added up) is one term more. FLOW_TIME: floor(weight_milli *
 * (end - eta) / 3600), less floor(weight_milli * shortest handling / 3600) with
 * OFFSET_MIN_HANDLING. COMPLETION: floor(weight_milli * end / 3600). With `inclusive`, end counts
 * one published_unit_s less in FLOW_TIME, COMPLETION and MAKESPAN. MAKESPAN of a plan: floor(1000 *
 * max end / 3600); 0 for an empty plan.
 *
 * Time alongside. Work w of call i at a place with q cranes, in working seconds:
 *   the handling row of (call, berth) if there is one; else handling_s if set; else
 *   ceil(moves * 3.6e9 / (rate_milli * efficiency_milli(q))); 0 moves: 0. The last two grow to
 *   ceil(w * (1e9 + deviation_work_ppm_m * |position - preferred_mm|) / 1e9) on the preferred quay
 *   if preferred_mm is set. Work begins at start + mooring_s, stands still in WEATHER windows of
 * the quay, and must be done by end - unmooring_s. A stay may be longer than that, never shorter.
 *   Cranes are held on [start + mooring_s, end - unmooring_s).
 *
 * Hull: [position, position + loa). A vessel without loa_mm, at a berth of a DISCRETE quay, counts
 * as long as that berth (1 mm if the berth has no length). No hull straddles a break, whatever the
 *   layout.
 *
 * Water: level(t) is linear between tide rows, constant outside them, 0 without rows. Alongside, at
 *   every t in [start, end]: least depth under the hull + level(t) - ukc_berth >= the larger
 * draught. Channel, if channel_depth is set: channel_depth + level - ukc_channel >= draught at
 * start, and
 *   >= draught_out at end.
 *
 * Neighbours on a quay that is not DISCRETE, overlapping in time: the gap between hulls is at least
 *   max (or sum, by `clearance`) of their clearances, each the larger of call's and quay's.
 * A berth of a DISCRETE quay holds one vessel at a time, and turnaround_s lies between two stays.
 *
 * Cranes: at every instant the cranes held at a quay are at most its cranes out of maintenance; and
 *   a stay holds at most as many as are out of maintenance, reach over some part of the hull
 *   ([reach_from, reach_to) meets it) and have the outreach for its beam, all through its work.
 */

/*
 * Crane profiles: with QWR_PROFILE_VARYING a stay may list steps (from_s, cranes): from this second
 *   on so many cranes. The first begins with the work (start + mooring_s), every later one at a
 *   multiple of crane_period_s from second 0 and with another count than the one before; the last
 *   holds to the end of the work. `cranes` of the stay is the largest count. Every count lies
 *   between min_cranes and max_cranes, and is pin_cranes if that is set. Not for calls whose
 *   handling time is given (a handling row, handling_s). The work is done when
 *     sum over steps of rate_milli * efficiency_milli(cranes) * working seconds
 *     >= ceil(moves * 3.6e9 * (1e9 + deviation_work_ppm_m * |position - preferred_mm|) / 1e9),
 *   WEATHER windows of the quay taken off. Rules on cranes hold at every instant with the count of
 *   that instant.
 */

/** The frame every scenario has exactly once. */
typedef struct qwr_scenario_info {
    uint32_t size;
    const char *id;       /**< Required. */
    const char *name;     /**< For people. */
    const char *origin;   /**< Where the data come from. */
    const char *epoch;    /**< UTC instant of second 0, "YYYY-MM-DDTHH:MM:SSZ". */
    const char *currency; /**< e.g. "EUR"; NULL for none. */
    int64_t step_s;       /**< Starts and ends of stays lie on multiples of it; default 900. */
    int64_t horizon_s;    /**< Stays end by then; required, a multiple of step_s. */
    qwr_objective objective;
    qwr_offset offset;
    uint32_t inclusive;       /**< 1: a completion is end minus one published unit. */
    int64_t published_unit_s; /**< Seconds of one time unit of the published instance; 3600. */
    qwr_clearance clearance;
    int64_t channel_depth_mm; /**< Depth of the approach below chart datum; QWR_UNSET: no limit. */
    int64_t ukc_channel_mm;   /**< Under-keel clearance while berthing and leaving. */
    int64_t ukc_berth_mm;     /**< Under-keel clearance alongside. */
    int64_t peak_w;           /**< Limit on electric power; QWR_UNSET: none. */
    int64_t shore_power_mu_kwh; /**< Price of shore power to the vessel. */
    qwr_profile profile;        /**< Since 0.3. */
    int64_t crane_period_s;     /**< Counts change at its multiples only; a multiple of step_s;
                                     default 3600. Since 0.3. */
} qwr_scenario_info;

/** A straight quay with its own axis. */
typedef struct qwr_quay {
    uint32_t size;
    const char *id;
    const char *name;
    qwr_layout layout;
    int64_t length_mm;    /**< Required, > 0. */
    int64_t grid_mm;      /**< Step of admissible positions of a CONTINUOUS quay; default 10000. */
    int64_t depth_mm;     /**< Below chart datum; QWR_UNSET: no limit. */
    int64_t clearance_mm; /**< Least gap between two ships here; default 0. */
    int64_t shore_power_sockets;
    int64_t shore_power_w; /**< Per socket. */
} qwr_quay;

/** Depth that differs on a part of a quay. */
typedef struct qwr_quay_depth {
    uint32_t size;
    qwr_quay_ix quay;
    int64_t from_mm;
    int64_t to_mm;
    int64_t depth_mm;
} qwr_quay_depth;

/** A point no hull may straddle (corner, gap in the crane rail). */
typedef struct qwr_quay_break {
    uint32_t size;
    qwr_quay_ix quay;
    int64_t at_mm;
} qwr_quay_break;

/** An admissible position of a HYBRID quay. */
typedef struct qwr_quay_position {
    uint32_t size;
    qwr_quay_ix quay;
    int64_t at_mm;
} qwr_quay_position;

/** A berth of a DISCRETE quay. */
typedef struct qwr_berth {
    uint32_t size;
    const char *id;
    const char *name;
    qwr_quay_ix quay;
    int64_t from_mm;
    int64_t length_mm; /**< Longest vessel incl. clearance; QWR_UNSET: no limit (published sets). */
    int64_t depth_mm;  /**< QWR_UNSET: the quay decides. */
    int64_t open_s;    /**< Stays lie in [open_s, close_s); default 0. */
    int64_t close_s;   /**< QWR_UNSET: the horizon. */
    int64_t
        turnaround_s; /**< Least time between two stays here; default 0, a multiple of step_s. */
} qwr_berth;

/** Water level above chart datum at an instant; straight lines between points. Times must rise. */
typedef struct qwr_tide {
    uint32_t size;
    int64_t at_s;
    int64_t level_mm;
} qwr_tide;

/** A quay crane. */
typedef struct qwr_crane {
    uint32_t size;
    const char *id;
    qwr_quay_ix quay;
    int64_t rail_order;    /**< Position in rail order; unique per quay. */
    int64_t reach_from_mm; /**< Default 0. */
    int64_t reach_to_mm;   /**< QWR_UNSET: the whole quay. */
    int64_t outreach_mm;   /**< Widest beam it can serve; QWR_UNSET: any. */
    int64_t rate_milli;    /**< Gross moves per hour x 1000; default 30000. */
    int64_t travel_mm_s;   /**< Along the rail; default 750. */
    int64_t margin_mm;     /**< Safety distance to the next crane. */
    int64_t setup_s;       /**< To start at another vessel. */
    int64_t power_w;       /**< While working. */
    int64_t start_mm;      /**< Where it stands at second 0; QWR_UNSET: anywhere. */
} qwr_crane;

/** A vessel call. */
typedef struct qwr_call {
    uint32_t size;
    const char *id;
    const char *vessel;       /**< Name of the vessel. */
    const char *service;      /**< Liner service, or NULL. */
    const char *vessel_class; /**< e.g. "feeder"; used by forecasts. */
    int64_t loa_mm;           /**< Length over all; QWR_UNSET only where every quay is DISCRETE. */
    int64_t beam_mm;
    int64_t draught_mm;     /**< On arrival; QWR_UNSET: never limits. */
    int64_t draught_out_mm; /**< On departure; QWR_UNSET: as on arrival. */
    int64_t clearance_mm;   /**< Least gap to neighbours; the larger of this and the quay's counts.
                               Default 0. */
    int64_t eta_s;          /**< Expected arrival; required. */
    int64_t eta_sd_s;       /**< Spread of the arrival (standard deviation); QWR_UNSET: certain. */
    int64_t earliest_s;     /**< Earliest possible start (after speeding up); QWR_UNSET: eta_s. */
    int64_t desired_departure_s; /**< Lateness counts from here; QWR_UNSET: none. */
    int64_t latest_departure_s;  /**< Stays end by then; QWR_UNSET: the horizon. */
    uint32_t latest_is_soft;     /**< 1: latest_departure_s may be missed at past_latest_mu. */
    int64_t weight_milli; /**< Priority weight x 1000 for FLOW_TIME and COMPLETION; default 1000. */
    int64_t wait_mu_h;    /**< Per hour of (start - eta)+. */
    int64_t speedup_mu_h; /**< Per hour of (eta - start)+. */
    int64_t stay_mu_h;    /**< Per hour alongside. */
    int64_t late_mu_h;    /**< Per hour of (end - desired departure)+. */
    int64_t past_latest_mu; /**< Once, if end > latest_departure_s and latest_is_soft. */
    int64_t deviation_mu_m; /**< Per metre of |position - preferred|. */
    int64_t crane_mu_h;     /**< Per crane and hour of work. */
    int64_t handling_s;     /**< Fixed handling time, whatever the berth and cranes; QWR_UNSET: from
                               moves. */
    int64_t moves;          /**< Total crane moves; QWR_UNSET: sum of its tasks. */
    int64_t rate_milli;     /**< Moves per crane-hour x 1000 for this call; QWR_UNSET: mean of the
                               quay's cranes. */
    int64_t interference_milli;   /**< Exponent a: q cranes do q^a times the work of one; x 1000,
                                     default 900. */
    int64_t deviation_work_ppm_m; /**< Extra work per metre off the preferred position, in
                                     millionths of the work; default 0. */
    int64_t min_cranes;           /**< Default 1; 0 if no crane is needed. */
    int64_t max_cranes;           /**< Default 1. */
    int64_t mooring_s;   /**< Alongside before work; a multiple of step_s. No cranes are held. */
    int64_t unmooring_s; /**< Alongside after work; a multiple of step_s. */
    qwr_quay_ix preferred_quay;
    int64_t preferred_mm;  /**< Preferred position; QWR_UNSET: none. */
    int64_t shore_power_w; /**< Demand; QWR_UNSET: cannot use it. */
    qwr_quay_ix pin_quay;  /**< Pinned decisions: each on its own, or v == QWR_NONE / QWR_UNSET. */
    qwr_berth_ix pin_berth;
    int64_t pin_position_mm;
    int64_t pin_start_s;
    int64_t pin_cranes;
    qwr_quay_ix base_quay; /**< Yesterday's decision, for change costs. */
    qwr_berth_ix base_berth;
    int64_t base_position_mm;
    int64_t base_start_s;
    int64_t base_cranes;
    int64_t change_berth_mu;      /**< Once, if quay or berth differs from the base. */
    int64_t change_position_mu_m; /**< Per metre moved on the same quay. */
    int64_t change_start_mu_h;    /**< Per hour the start moves either way. */
    int64_t change_crane_mu;      /**< Per crane more or fewer. */
    int64_t handover_mu; /**< Per crane more or fewer from a step of the profile to the next. Since
                            0.3. */
} qwr_call;

/** Handling time of one call at one berth; overrides every other rule for it. */
typedef struct qwr_handling {
    uint32_t size;
    qwr_call_ix call;
    qwr_berth_ix berth;
    int64_t handling_s; /**< Or QWR_FORBIDDEN. */
} qwr_handling;

/** Work done by q cranes in an hour, in crane-hours x 1000; overrides the exponent for that q. */
typedef struct qwr_efficiency {
    uint32_t size;
    qwr_call_ix call;
    int64_t cranes;
    int64_t milli;
} qwr_efficiency;

/** Where a call may or may not lie. With one allowing row or more, all other places are forbidden.
 */
typedef struct qwr_place {
    uint32_t size;
    qwr_call_ix call;
    qwr_quay_ix quay;
    qwr_berth_ix berth; /**< v == QWR_NONE: the interval of the quay. */
    int64_t from_mm;    /**< Hull inside [from_mm, to_mm) for allow, overlapping it for forbid. */
    int64_t to_mm;      /**< QWR_UNSET: the quay's end. */
    uint32_t forbid;    /**< 1: forbids, 0: allows. */
} qwr_place;

/** Crane work of a call in one bay: a container group. */
typedef struct qwr_task {
    uint32_t size;
    const char *id;
    qwr_call_ix call;
    int64_t bay;   /**< Bay number from the bow, 1-based. */
    uint32_t hold; /**< 1: below the hatch, 0: on deck. */
    qwr_task_kind kind;
    int64_t moves_20;
    int64_t moves_40;
    int64_t moves_45;
    int64_t reefers; /**< Of these moves. */
} qwr_task;

/** `before` ends before `after` starts (same call). */
typedef struct qwr_precedence {
    uint32_t size;
    qwr_task_ix before;
    qwr_task_ix after;
} qwr_precedence;

/** Unavailability in time, and where it applies in space. */
typedef struct qwr_window {
    uint32_t size;
    const char *id;
    qwr_window_kind kind;
    const char *reason;
    qwr_quay_ix quay;
    qwr_berth_ix berth;
    qwr_crane_ix crane;
    qwr_vehicle_ix vehicle;
    qwr_block_ix block;
    qwr_lane_ix lane;
    int64_t from_s;
    int64_t to_s;
    int64_t from_mm; /**< Default 0. */
    int64_t to_mm;   /**< QWR_UNSET: the quay's end. */
} qwr_window;

/** Energy price from an instant on. Times must rise. */
typedef struct qwr_tariff {
    uint32_t size;
    int64_t from_s;
    int64_t price_mu_kwh;
    int64_t co2_g_kwh;
} qwr_tariff;

/** A point of the lane graph. */
typedef struct qwr_node {
    uint32_t size;
    const char *id;
    qwr_node_kind kind;
    int64_t x_mm;
    int64_t y_mm;
    int64_t capacity;    /**< Vehicles at once; default 1. */
    qwr_quay_ix quay;    /**< For crane buffers. */
    int64_t position_mm; /**< Along that quay; QWR_UNSET elsewhere. */
} qwr_node;

/** A directed lane. */
typedef struct qwr_lane {
    uint32_t size;
    const char *id;
    qwr_node_ix from;
    qwr_node_ix to;
    int64_t length_mm;  /**< > 0. */
    int64_t speed_mm_s; /**< Limit; QWR_UNSET: the vehicle decides. */
    int64_t capacity;   /**< Vehicles at once; default 1. */
    uint32_t curve;     /**< 1: taken at curve speed. */
} qwr_lane;

/** A yard block. */
typedef struct qwr_block {
    uint32_t size;
    const char *id;
    int64_t x_mm;
    int64_t y_mm;
    int64_t capacity_teu;
    int64_t used_teu; /**< At second 0. */
    int64_t reefer_slots;
    int64_t rate_milli; /**< Moves per hour x 1000. */
} qwr_block;

/** A transfer lane of a block: where vehicles hand over. */
typedef struct qwr_transfer {
    uint32_t size;
    qwr_block_ix block;
    qwr_node_ix node;
    int64_t capacity; /**< Default 1. */
} qwr_transfer;

/** A type of automated guided vehicle. */
typedef struct qwr_fleet {
    uint32_t size;
    const char *id;
    int64_t count; /**< Vehicles of this type. */
    int64_t speed_empty_mm_s;
    int64_t speed_loaded_mm_s;
    int64_t speed_curve_mm_s;
    int64_t length_mm;
    int64_t width_mm;
    int64_t capacity_teu; /**< Default 2. */
    int64_t capacity_kg;  /**< QWR_UNSET: no limit. */
    int64_t battery_wh;   /**< QWR_UNSET: not battery driven. */
    int64_t use_empty_wh_km;
    int64_t use_loaded_wh_km;
    int64_t idle_w;
    int64_t charge_critical_milli;   /**< Share of the battery x 1000; default 150. */
    int64_t charge_good_milli;       /**< Default 400. */
    int64_t charge_sufficient_milli; /**< Default 800. */
} qwr_fleet;

/** A vehicle whose state is known. */
typedef struct qwr_vehicle {
    uint32_t size;
    const char *id;
    qwr_fleet_ix fleet;
    qwr_node_ix node;
    int64_t charge_milli; /**< Default 1000. */
    int64_t available_from_s;
} qwr_vehicle;

/** A charging station. */
typedef struct qwr_charger {
    uint32_t size;
    const char *id;
    qwr_node_ix node;
    int64_t power_w;
    int64_t sockets; /**< Default 1. */
} qwr_charger;

/** One past call, for forecasts. */
typedef struct qwr_history {
    uint32_t size;
    const char *vessel;
    const char *service;
    const char *vessel_class;
    int64_t at_s; /**< Start of work; may be negative (before the epoch). */
    int64_t moves;
    int64_t cranes;      /**< Mean cranes x 1 (rounded). */
    int64_t work_s;      /**< First to last move. */
    int64_t eta_error_s; /**< Actual minus announced arrival; QWR_UNSET: not known. */
} qwr_history;

/* Defaults. Copy, then set what differs:  qwr_quay q = qwr_quay_init();  */
/** A qwr_scenario_info with `size` set, documented defaults, the rest unset or 0. @thread any
 * @since 0.1 */
QWR_API qwr_scenario_info qwr_scenario_info_init(void);
/** A qwr_quay with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_quay qwr_quay_init(void);
/** A qwr_quay_depth with `size` set, documented defaults, the rest unset or 0. @thread any @since
 * 0.1 */
QWR_API qwr_quay_depth qwr_quay_depth_init(void);
/** A qwr_quay_break with `size` set, documented defaults, the rest unset or 0. @thread any @since
 * 0.1 */
QWR_API qwr_quay_break qwr_quay_break_init(void);
/** A qwr_quay_position with `size` set, documented defaults, the rest unset or 0. @thread any
 * @since 0.1 */
QWR_API qwr_quay_position qwr_quay_position_init(void);
/** A qwr_berth with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_berth qwr_berth_init(void);
/** A qwr_tide with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_tide qwr_tide_init(void);
/** A qwr_crane with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_crane qwr_crane_init(void);
/** A qwr_call with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_call qwr_call_init(void);
/** A qwr_handling with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1
 */
QWR_API qwr_handling qwr_handling_init(void);
/** A qwr_efficiency with `size` set, documented defaults, the rest unset or 0. @thread any @since
 * 0.1 */
QWR_API qwr_efficiency qwr_efficiency_init(void);
/** A qwr_place with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_place qwr_place_init(void);
/** A qwr_task with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_task qwr_task_init(void);
/** A qwr_precedence with `size` set, documented defaults, the rest unset or 0. @thread any @since
 * 0.1 */
QWR_API qwr_precedence qwr_precedence_init(void);
/** A qwr_window with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1
 */
QWR_API qwr_window qwr_window_init(void);
/** A qwr_tariff with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1
 */
QWR_API qwr_tariff qwr_tariff_init(void);
/** A qwr_node with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_node qwr_node_init(void);
/** A qwr_lane with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_lane qwr_lane_init(void);
/** A qwr_block with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_block qwr_block_init(void);
/** A qwr_transfer with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1
 */
QWR_API qwr_transfer qwr_transfer_init(void);
/** A qwr_fleet with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1 */
QWR_API qwr_fleet qwr_fleet_init(void);
/** A qwr_vehicle with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1
 */
QWR_API qwr_vehicle qwr_vehicle_init(void);
/** A qwr_charger with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1
 */
QWR_API qwr_charger qwr_charger_init(void);
/** A qwr_history with `size` set, documented defaults, the rest unset or 0. @thread any @since 0.1
 */
QWR_API qwr_history qwr_history_init(void);

#ifdef __cplusplus
}
#endif
#endif
