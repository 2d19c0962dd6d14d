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
 *   split   A call i with a legal stay, a range of berths by index (or any) and an interval of
 *           starts, all ends included. Opens two nodes that inherit the set: in the first, i has
 *           only its stays at those berths with those starts; in the second only its others. A
 *           node in which a call has no stay left is closed as it opens.
 *   end     The node ends here. It must be closed.
 *
 * The steps of a node are prices, any number of them, and then either its end, or a split with the
 * steps of the first node it opens, and then those of the second. So a node goes on to its end even
 * if it was closed early: further prices are skipped then, and a split of it opens two closed
 * nodes. A replay that sees more than the search saw does not lose its way. If the steps are just
 * those of one node, the one with every stay, no plan in P costs target_mu or less. Without a
 * target (QWR_UNSET) there is one step of prices and no other, and ceil(B / price_unit) is a lower
 * bound.
 *
 * With `ordered`, plans are left aside which others in P are as good as. Two calls are copies if
 * they have the same legal stays (berth, start, end with turnaround) and the difference between
 * their costs is the same for all of these; the class of a call is the lowest index among itself
 * and its copies. Two berths next to each other by index are alike if every call has the same legal
 * stays at both and each costs the same; the group of a berth is the lowest index of the run of
 * like berths it is in. This, "legal" and "may begin" are meant before any split or price. Three
 * rules leave chains aside:
 *   exchange  i from s on and right after it, without a pause, j, at the same berth, if j may begin
 *             at s, i may begin when j and its turnaround are over and then ends no later than j
 *             did, and that costs less, or as much and j has the lower class, or the same class and
 *             the lower index;
 *   shift     j beginning after a pause (or first of all), if one step earlier it is legal too and
 *             costs no more;
 *   repeat    i right after itself, without a pause: a plan has a call once.
 * The fourth takes stays out of the set:
 *   copies    Of copies, none has a stay that comes before that of one with a lower index, by
 *             (group of the berth, start). For copies i < j with none between them, stays of j that
 *             come before the first stay left of i are taken out, and stays of i that come after
 *             the last stay left of j; again and again, over all copies, until nothing changes.
 *             This is done as a node opens and after the stays that prices take out.
 * All hold together. Of the plans in P that cost least take those with the fewest inversions of
 * class (of two stays at a berth the first has the higher class), of these one with the least sum
 * of starts, and hand the stays of copies to each other so that they lie as the last rule has it:
 * that changes neither cost nor classes nor starts. An exchange in this plan would cost less, or
 * take an inversion away, or be one of copies at a berth, which lie by index already; a shift would
 * cost less, or leave the classes and lower the sum of starts. Each leaves a plan in P, so there is
 * none in this one: it is never left aside.
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
    uint32_t ordered;       /**< 1: with the rules of exchange, shift, repeat and copies. */
    uint64_t scenario_hash; /**< As qwr_scenario_hash(). */
    uint32_t call_count;
    int64_t price_unit; /**< Prices are in 1/price_unit mu; 1 to 10^6. */
    int64_t target_mu;  /**< No plan costs this or less; QWR_UNSET: no target. */
} qwr_certificate_info;

/**
 * One step: of prices, if there is `price`; a split, if there is a `call`; else an end. Start from
 * qwr_certificate_step_init(), which is an end.
 */
typedef struct qwr_certificate_step {
    uint32_t size;
    const int64_t *price;    /**< [call_count] */
    qwr_call_ix call;        /**< Of a split, like all below; v == QWR_NONE: none. */
    qwr_berth_ix berth;      /**< First of the range; v == QWR_NONE: any berth. */
    qwr_berth_ix berth_last; /**< Last of it; v == QWR_NONE: the first alone. */
    int64_t from_s, to_s;    /**< Starts from ... to, both included. */
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
 * QWR_EINVAL (no kind of step, or a range whose end comes first), QWR_ENOMEM. @since 0.3 */
QWR_API QWR_MUST_CHECK qwr_status qwr_certificate_add(qwr_certificate *certificate,
                                                      const qwr_certificate_step *step);
/** Frees a certificate; NULL is allowed. @since 0.3 */
QWR_API void qwr_certificate_free(qwr_certificate *certificate);
/** Borrowed from the certificate. @thread any @since 0.3 */
QWR_API const qwr_certificate_info *qwr_certificate_get_info(const qwr_certificate *certificate);
/** Number of steps. @thread any @since 0.3 */
QWR_API size_t qwr_certificate_count(const qwr_certificate *certificate);
/** The k-th step; its prices are borrowed from the certificate; `berth_last` is set where `berth`
 * is. @return QWR_OK, QWR_EINVAL past the end. @thread any @since 0.3 */
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
    int64_t nodes;      /**< Nodes that ended closed, not those that were split. */
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
