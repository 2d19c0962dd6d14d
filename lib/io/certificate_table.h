/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a certificate file, for its reader and its writer: see data/schema/certificate.xsd.
 * Knows nothing of proofs.
 */
#ifndef QWR_IO_CERTIFICATE_TABLE_H
#define QWR_IO_CERTIFICATE_TABLE_H

#include "io/attr.h"

#include <quaywright/certificate.h>

#define QWR__CERTIFICATE_FORMAT "1"

/** The attributes of <certificate>. */
typedef struct qwr__certificate_head {
    const char *scenario, *version; /**< for people */
    uint64_t scenario_hash;
    int64_t calls, price_unit, target_mu;
    uint32_t ordered;
} qwr__certificate_head;

/** The attributes of <split>. */
typedef struct qwr__certificate_split {
    qwr_call_ix call;
    qwr_berth_ix berth, berth_last;
    int64_t from_s, to_s;
} qwr__certificate_split;

/** The attributes of <prices>. */
typedef struct qwr__certificate_prices {
    const char *values; /**< as many whole numbers as there are calls, with spaces between */
} qwr__certificate_prices;

extern const qwr__attr qwr__certificate_head_rows[], qwr__certificate_split_rows[],
    qwr__certificate_prices_rows[];
extern const size_t qwr__certificate_head_count, qwr__certificate_split_count,
    qwr__certificate_prices_count;

#endif
