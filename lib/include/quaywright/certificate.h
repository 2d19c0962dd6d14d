/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates: a proof that no plan costs less, which anyone can replay. For scenarios whose quays
 * are all DISCRETE and whose calls need no cranes.
 *
 * What a certificate says. Let P be the plans that place every call for which a legal stay exists;
 * a call's stay at a berth begins on the scenario's step, at second 0 or the earliest pinned start
 * or later (or at its own pinned start), and ends on the first step by which its work can be done.
 * A certificate is a list of steps, replayed from front to back on a set of stays, at first every
 * legal stay of every call:
 *
 *   prices  One integer p[i] a call, in 1/price_unit mu. A stay of call i has the reduced cost
 *           price_unit * cost_mu - p[i]. At each berth let D be the cheapest chain of stays that
 *           follow one another (turnaround included; the empty chain costs 0; the same call may
 *           come again). B = sum of p over the calls that have a legal stay + sum of D over the
 *           berths is at most price_unit times the cost of any plan in P that uses only stays of
 *           the set. The node is closed if B exceeds price_unit * target_mu. Else a stay is taken
 *           out of the set if B + (its cheapest chain - D of its berth) exceeds that, and the node
 *           is closed if a call has no stay left.
 *   split   A call i with a legal stay, a berth (or any) and an interval of starts, both ends
 *           included. Opens two nodes that inherit the set: in the first, i has only its stays at
 *           that berth with that start; in the second only its others. The first node's steps
 *           follow, then the second's. A node in which i has no stay left is closed as it opens
 *           and has no steps.
 *
 * A node ends with the step that closes it. If every node is closed and no step is left over, no
 * plan in P costs target_mu or less. Without a target (QWR_UNSET) there is one step of prices, and
 * ceil(B / price_unit) is a lower bound.
 *
 * With `ordered`, two kinds of chains are left aside, because some cheapest plan in P has none:
 *   exchange  i from s on and right after it, without a pause, j, at the same berth, if j may begin
 *             at s, i may begin when j and its turnaround are over and then ends no later than j
 *             did, and that costs less, or as much and j has the lower index;
 *   shift     j beginning after a pause (or first of all), if one step earlier it is legal too and
 *             costs no more.
 * Each exchange or shift leaves a plan in P and lowers (cost, inversions of index among the stays
 * of each berth, sum of starts), so that they come to an end; "legal" and "may begin" are meant
 * before any split or price.
 */
#ifndef QUAYWRIGHT_CERTIFICATE_H
#define QUAYWRIGHT_CERTIFICATE_H

#include <quaywright/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qwr_certificate qwr_certificate;

/** What a certificate is about. Start from qwr_certificate_info_init(). */
typedef struct qwr_certificate_info {
    uint32_t size;
    uint32_t ordered;       /**< 1: chains are cut down by exchange and shift. */
    uint64_t scenario_hash; /**< As qwr_scenario_hash(). */
    uint32_t call_count;
    int64_t price_unit; /**< Prices are in 1/price_unit mu; 1 to 10^6. */
    int64_t target_mu;  /**< No plan costs this or less; QWR_UNSET: no target. */
} qwr_certificate_info;

/** One step. Start from qwr_certificate_step_init(). */
typedef struct qwr_certificate_step {
    uint32_t size;
    const int64_t *price; /**< [call_count]: a step of prices; NULL: a split. */
    qwr_call_ix call;     /**< Of a split. */
    qwr_berth_ix berth;   /**< v == QWR_NONE: any. */
    int64_t from_s, to_s; /**< Starts from ... to, both included. */
} qwr_certificate_step;

/** Structs with `size` set and every field unset or 0. @thread any @since 0.3 */
QWR_API qwr_certificate_info qwr_certificate_info_init(void);
QWR_API qwr_certificate_step qwr_certificate_step_init(void);

/**
 * An empty certificate.
 * @param out  owned by caller; free with qwr_certificate_free().
 * @return QWR_OK, QWR_EINVAL, QWR_ENOMEM. @since 0.3
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_certificate_new(qwr_certificate **out, qwr_context *ctx,
                                                      const qwr_certificate_info *info);
/** Appends a step; prices are copied. Nothing is checked against a scenario. @return QWR_OK,
 * QWR_EINVAL, QWR_ENOMEM. @since 0.3 */
QWR_API QWR_MUST_CHECK qwr_status qwr_certificate_add(qwr_certificate *certificate,
                                                      const qwr_certificate_step *step);
/** Frees a certificate; NULL is allowed. @since 0.3 */
QWR_API void qwr_certificate_free(qwr_certificate *certificate);
/** Borrowed from the certificate. @thread any @since 0.3 */
QWR_API const qwr_certificate_info *qwr_certificate_get_info(const qwr_certificate *certificate);
/** Number of steps. @thread any @since 0.3 */
QWR_API size_t qwr_certificate_count(const qwr_certificate *certificate);
/** The k-th step; its prices are borrowed from the certificate. @return QWR_OK, QWR_EINVAL past the
 * end. @thread any @since 0.3 */
QWR_API QWR_MUST_CHECK qwr_status qwr_certificate_get(qwr_certificate_step *out,
                                                      const qwr_certificate *certificate, size_t k);

/**
 * The certificate of a plan's bound, borrowed from the plan; NULL when there is none (bounds of
 * other methods, plans read from files).
 * @thread any @since 0.3
 */
QWR_API const qwr_certificate *qwr_plan_certificate(const qwr_plan *plan);

/**
 * Writes a certificate of this scenario as XML (data/schema/certificate.xsd), an element a step.
 * The file appears at once and whole, or not at all.
 * @return QWR_OK, QWR_EINVAL (about another scenario, or a berth it does not have), QWR_EIO,
 *         QWR_ENOMEM. @since 0.3
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_certificate_write(qwr_context *ctx,
                                                        const qwr_certificate *certificate,
                                                        const qwr_scenario *scenario,
                                                        const char *path);
/**
 * Reads one, from a file or from memory; `name` stands in messages. Ids, ranges, counts and the
 * hash of the scenario are checked, not what it proves.
 * @param out  owned by caller; free with qwr_certificate_free().
 * @return QWR_OK, QWR_EINVAL, QWR_EIO, QWR_EFORMAT (the cause names the line; also when it is about
 *         another scenario), QWR_ETOOBIG (2 GiB), QWR_ENOMEM. @since 0.3
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_certificate_read(qwr_certificate **out, qwr_context *ctx,
                                                       const qwr_scenario *scenario,
                                                       const char *path);
QWR_API QWR_MUST_CHECK qwr_status qwr_certificate_parse(qwr_certificate **out, qwr_context *ctx,
                                                        const qwr_scenario *scenario,
                                                        const char *data, size_t length,
                                                        const char *name);

/** What a replay found. Start from qwr_verdict_init(). */
typedef struct qwr_verdict {
    uint32_t size;
    uint32_t proved;    /**< 1: the certificate holds for this scenario. */
    int64_t bound_mu;   /**< Then: no plan in P costs less; as the costs of plans allow it (see
                           qwr_certificate_verify()). Else QWR_UNSET. */
    int64_t steps;      /**< Steps replayed. */
    int64_t nodes;      /**< Nodes closed. */
    int64_t stays;      /**< Legal stays at the beginning. */
    int64_t calls;      /**< Calls that have one: plans in P place these. */
    char sentence[256]; /**< Not proved: which step fails and why. Else empty. */
} qwr_verdict;

/** A struct with `size` set and nothing found. @thread any @since 0.3 */
QWR_API qwr_verdict qwr_verdict_init(void);

/**
 * Replays a certificate with the checker's own arithmetic: it shares no line with the optimiser. A
 * cancelled replay proves nothing.
 * The costs of all plans in P are equal modulo the greatest common divisor of the differences
 * between the costs of one call's stays; the bound is rounded up to the next cost possible.
 * @return QWR_OK (whether it holds is in `verdict`), QWR_EINVAL, QWR_EUNSUPPORTED (a quay that is
 *         not DISCRETE, cranes, MAKESPAN), QWR_ETOOBIG (2^26 stays, 10^7 steps of the horizon),
 *         QWR_EOVERFLOW, QWR_ENOMEM.
 * Some 100 ns for each legal stay, and up to 50 ns at each step for each stay that is left.
 * @thread one at a time per context  @since 0.3
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_certificate_verify(qwr_verdict *verdict, qwr_context *ctx,
                                                         const qwr_scenario *scenario,
                                                         const qwr_certificate *certificate);

#ifdef __cplusplus
}
#endif
#endif
