/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random numbers and hashes. A number is a pure function of (seed, stage, index), so any thread can
 * make the i-th one and the order of work never shows. Must never keep state of its own.
 *
 * Generator: the stream key is made from seed and stage by two finalisers, the index is spread by
 * the odd golden-ratio constant of SplitMix64 (Steele, Lea, Flood 2014), added to the key, and goes
 * through David Stafford's finaliser "mix 13" twice, with the second half of the key between.
 * One finaliser alone passes BigCrush on a counter; the second one removes the family likeness of
 * streams whose keys differ by a multiple of the constant.
 */
#include "base/base.h"

__extension__ typedef unsigned __int128 wide;

#define GOLDEN    UINT64_C(0x9E3779B97F4A7C15)
#define STAGE_ODD UINT64_C(0xD1342543DE82EF95)
#define FNV_BASIS UINT64_C(0xCBF29CE484222325)
#define FNV_PRIME UINT64_C(0x00000100000001B3)

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint64_t qwr__random(uint64_t seed, uint64_t stage, uint64_t index)
{
    uint64_t key = mix(mix(seed + GOLDEN) ^ (stage * STAGE_ODD + GOLDEN));
    uint64_t inner = mix(key + index * GOLDEN);

    return mix(inner ^ mix(key + STAGE_ODD));
}

uint64_t qwr__rng_next(qwr__rng *rng)
{
    return qwr__random(rng->seed, rng->stage, rng->index++);
}

uint64_t qwr__rng_below(qwr__rng *rng, uint64_t n)
{
    return (uint64_t)(((wide)qwr__rng_next(rng) * n) >> 64);
}

double qwr__rng_unit(qwr__rng *rng)
{
    return (double)(qwr__rng_next(rng) >> 11) * 0x1p-53;
}

uint64_t qwr__hash(uint64_t h, const void *bytes, size_t length)
{
    const unsigned char *b = bytes;

    if (h == 0)
        h = FNV_BASIS;
    for (size_t i = 0; i < length; i++)
        h = (h ^ b[i]) * FNV_PRIME;
    return h;
}
