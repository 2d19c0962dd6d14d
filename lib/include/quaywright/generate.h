/* SPDX-License-Identifier: Apache-2.0 */
/* Seeded, realistic terminals of any size, from published distributions. */
#ifndef QUAYWRIGHT_GENERATE_H
#define QUAYWRIGHT_GENERATE_H

#include <quaywright/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What to make. Start from qwr_generate_options_init(). QWR_UNSET fields follow from the profile.
 */
typedef struct qwr_generate_options {
    uint32_t size;
    const char *profile; /**< "feeder", "medium", "gateway", "automated", "tiny". See
                            qwr_generate_profile_name(). */
    uint64_t seed;
    int64_t calls;
    int64_t quay_m;
    int64_t cranes;
    int64_t days;
    int64_t vehicles;
    int64_t step_s;
    int64_t grid_mm;
    const char *layout;        /**< "continuous", "discrete", "hybrid"; NULL: the profile's. */
    const char *epoch;         /**< NULL: "2026-03-02T00:00:00Z". */
    int64_t utilisation_milli; /**< Target berth use; with it `calls` follows from the quay.
                                  QWR_UNSET: none. */
} qwr_generate_options;

QWR_API qwr_generate_options qwr_generate_options_init(void);

/**
 * Makes a scenario. Same options and seed, same bytes.
 * @param out owned by caller. @return QWR_OK, QWR_ENOTFOUND (no such profile), QWR_EINVAL,
 * QWR_ENOMEM. @since 0.1
 */
QWR_API QWR_MUST_CHECK qwr_status qwr_generate(qwr_scenario **out, qwr_context *ctx,
                                               const qwr_generate_options *options);

/** Name of the i-th profile, and a sentence about it with its sources; NULL past the end. @thread
 * any @since 0.1 */
QWR_API const char *qwr_generate_profile_name(size_t i);
QWR_API const char *qwr_generate_profile_sentence(size_t i);

#ifdef __cplusplus
}
#endif
#endif
