/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it says that nothing costs less than the best plan so far, with a proof by
 * calls whose prices are all zero. */
#include "mock.h"

static int32_t improve(void *instance, const qwr_problem_view *problem)
{
    const qwr_host *host = instance;
    const qwr_proof_step step[] = {{.kind = QWR_PROOF_PRICES, .call = UINT32_MAX},
                                   {.kind = QWR_PROOF_END, .call = UINT32_MAX}};
    static const int64_t price[64];
    qwr_solution_view best = {.size = sizeof best};
    if (problem->call_count > 64 || host->incumbent(host->payload, &best) != 0)
        return QWR_PLUGIN_OK;
    const qwr_bound_certificate proof = {.size = sizeof proof,
                                         .price_unit = 1,
                                         .call_price = price,
                                         .price_count = 1,
                                         .step_count = 2,
                                         .step = step,
                                         .target = best.cost - 1};
    for (int k = 0; k < 5; k++)
        (void)host->submit_bound(host->payload, &proof);
    return QWR_PLUGIN_OK;
}

static const qwr_optimiser_functions functions = {sizeof functions, mock_create, mock_destroy,
                                                  improve};
static const qwr_plugin descriptor = {MOCK_DESCRIPTOR(QWR_PLUGIN_OPTIMISER, "mock-false-bound"),
                                      .capabilities = QWR_CAP_BERTH, .optimiser = &functions};
MOCK_ENTRY(descriptor)
