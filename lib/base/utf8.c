/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Well-formed UTF-8 after Table 3-7 of the Unicode Standard: no overlong forms, no surrogates,
 * nothing above U+10FFFF. Must never change text, only measure it.
 */
#include "base/utf8.h"

static bool continues(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* A second byte outside [low, high] ends the check before a third byte is read, so that a text cut
 * by its NUL is never read past. */
size_t qwr__utf8_step(const char *s)
{
    const unsigned char *b = (const unsigned char *)s;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;

    if (b[0] == 0)
        return 0;
    if (b[0] < 0x80)
        return 1;
    if (b[0] >= 0xC2 && b[0] <= 0xDF)
        return continues(b[1]) ? 2 : 0;
    if (b[0] >= 0xE0 && b[0] <= 0xEF) {
        if (b[0] == 0xE0)
            low = 0xA0;
        if (b[0] == 0xED)
            high = 0x9F;
        return b[1] >= low && b[1] <= high && continues(b[2]) ? 3 : 0;
    }
    if (b[0] >= 0xF0 && b[0] <= 0xF4) {
        if (b[0] == 0xF0)
            low = 0x90;
        if (b[0] == 0xF4)
            high = 0x8F;
        return b[1] >= low && b[1] <= high && continues(b[2]) && continues(b[3]) ? 4 : 0;
    }
    return 0;
}

bool qwr__utf8_valid(const char *s)
{
    while (*s != '\0') {
        size_t step = qwr__utf8_step(s);
        if (step == 0)
            return false;
        s += step;
    }
    return true;
}
