/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON into a text: objects, lists, strings, numbers, commas in the right places. Knows JSON alone,
 * nothing of plans.
 */
#ifndef QWR_CLI_JSON_OUT_H
#define QWR_CLI_JSON_OUT_H

#include "cli/textbuf.h"

#include <stdint.h>

typedef struct json_out {
    textbuf text;
    int depth;
    int fresh; /* 1: nothing was written yet at this depth */
} json_out;

/* `key` is NULL inside lists and at the top. */
void json_object(json_out *json, const char *key);
void json_object_end(json_out *json);
void json_list(json_out *json, const char *key);
void json_list_end(json_out *json);
void json_string(json_out *json, const char *key, const char *value); /* NULL: null */
void json_int(json_out *json, const char *key, int64_t value);
void json_double(json_out *json, const char *key, double value, int decimals);
void json_bool(json_out *json, const char *key, int value);
void json_null(json_out *json, const char *key);
/** A number that is already text, e.g. from qwr_value_text(). */
void json_number(json_out *json, const char *key, const char *digits);
/** `milli` thousandths as a decimal number without needless zeros. */
void json_milli(json_out *json, const char *key, int64_t milli);

#endif
