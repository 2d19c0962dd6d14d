/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of certificate_table.h. */
#include "io/certificate_table.h"

#define T qwr__certificate_head
const qwr__attr qwr__certificate_head_rows[] = {
    QWR__TEXT(T, "scenario", scenario, 0),
    {"scenario_hash", (uint32_t)offsetof(T, scenario_hash), QWR__ATTR_HEX, 0, QWR__REQUIRED, NULL},
    QWR__INT(T, "calls", calls, QWR__REQUIRED),
    QWR__INT(T, "price_unit", price_unit, QWR__REQUIRED),
    QWR__FIXED(T, "target", target_mu, 3, 0),
    QWR__BOOL(T, "ordered", ordered, QWR__REQUIRED),
    QWR__TEXT(T, "version", version, 0),
};
#undef T
const size_t qwr__certificate_head_count =
    sizeof qwr__certificate_head_rows / sizeof qwr__certificate_head_rows[0];

#define T qwr__certificate_split
const qwr__attr qwr__certificate_split_rows[] = {
    QWR__REFER(T, "call", call, QWR__REF_CALL, QWR__REQUIRED),
    QWR__REFER(T, "berth", berth, QWR__REF_BERTH, 0),
    QWR__REFER(T, "berth_last", berth_last, QWR__REF_BERTH, 0),
    QWR__INT(T, "from_s", from_s, QWR__REQUIRED),
    QWR__INT(T, "to_s", to_s, QWR__REQUIRED),
};
#undef T
const size_t qwr__certificate_split_count =
    sizeof qwr__certificate_split_rows / sizeof qwr__certificate_split_rows[0];

#define T qwr__certificate_prices
const qwr__attr qwr__certificate_prices_rows[] = {
    QWR__TEXT(T, "values", values, QWR__REQUIRED),
};
#undef T
const size_t qwr__certificate_prices_count =
    sizeof qwr__certificate_prices_rows / sizeof qwr__certificate_prices_rows[0];
