/* SPDX-License-Identifier: Apache-2.0 */
/* Which compiled kernel of the discrete room runs. */
#include "config.h"

#include "discrete/kernel.h"

#include <string.h>

#define DECLARE(suffix)                                                                            \
    void qwr__discrete_subtract_##suffix(double *y, const double *x, double factor, size_t count); \
    void qwr__discrete_push_##suffix(int32_t *row, const int32_t *open, const int32_t *held,       \
                                     const int32_t *slope, uint32_t channels, int32_t tick)

DECLARE(generic);
#ifdef QWR_HAVE_AVX2
DECLARE(avx2);
#endif
#ifdef QWR_HAVE_AVX512
DECLARE(avx512);
#endif

static const qwr__discrete_kernel KERNELS[QWR__SIMD_COUNT] = {
    [QWR__SIMD_GENERIC] = {"generic", qwr__discrete_subtract_generic, qwr__discrete_push_generic},
#ifdef QWR_HAVE_AVX2
    [QWR__SIMD_AVX2] = {"avx2", qwr__discrete_subtract_avx2, qwr__discrete_push_avx2},
#endif
#ifdef QWR_HAVE_AVX512
    [QWR__SIMD_AVX512] = {"avx512", qwr__discrete_subtract_avx512, qwr__discrete_push_avx512},
#endif
};

const qwr__discrete_kernel *qwr__discrete_kernel_for(const qwr_host *host)
{
    const char *word = host->option_text ? host->option_text(host->payload, "simd") : NULL;
    int level = (int)qwr__cpu_best();
    if (word && !strcmp(word, "generic"))
        level = QWR__SIMD_GENERIC;
    else if (word && !strcmp(word, "avx2") && level > QWR__SIMD_AVX2)
        level = QWR__SIMD_AVX2;
    while (level > 0 && !KERNELS[level].push)
        level--;
    return &KERNELS[level];
}
