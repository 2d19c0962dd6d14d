/* SPDX-License-Identifier: Apache-2.0 */
/* One small chart of the page of a sweep. Knows no table and no page. */
#ifndef QWR_CLI_SWEEP_CHART_H
#define QWR_CLI_SWEEP_CHART_H

#include "cli/sweep_compare.h"

/** The vertical range that the charts of one key figure share; low > high: no run has a value. */
typedef struct sweep_range {
    double low, high;
} sweep_range;

sweep_range sweep_chart_range(const sweep_compare *c, size_t k);

/** The chosen key figure k over the levels of a variation, as SVG. */
void sweep_chart(textbuf *out, const sweep_compare *c, size_t k, size_t variation,
                 sweep_range range);

/** Text for HTML. */
void sweep_escape(textbuf *out, const char *text);

#endif
