/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checked 64-bit arithmetic. Must never round silently or wrap: a result that does not fit is
 * `false`, and `*out` stays as it was.
 */
#include "base/base.h"

__extension__ typedef __int128 wide;

bool qwr__add64(int64_t *out, int64_t a, int64_t b)
{
    int64_t sum;

    if (__builtin_add_overflow(a, b, &sum))
        return false;
    *out = sum;
    return true;
}

bool qwr__mul64(int64_t *out, int64_t a, int64_t b)
{
    int64_t product;

    if (__builtin_mul_overflow(a, b, &product))
        return false;
    *out = product;
    return true;
}

bool qwr__mul_div64(int64_t *out, int64_t a, int64_t b, int64_t c)
{
    if (c <= 0)
        return false;
    wide product = (wide)a * b;
    wide quotient = product / c;
    if (product % c < 0)
        quotient--; /* C rounds towards zero, we want the floor */
    if (quotient < INT64_MIN || quotient > INT64_MAX)
        return false;
    *out = (int64_t)quotient;
    return true;
}
