#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the seeded instances of 60 vessels at 13 berths that RESULTS.md speaks of.

    python3 tests/bench/make_60x13.py BASES --out DIR [--seeds A..B]
    python3 tests/bench/make_60x13.py BASES --sums [--seeds A..B]     prints SHA-256 sums instead

BASES is the folder cordeau_I2_reconstructed of the published instances: 15 files of 25 vessels and
5 of 35. Seeds are 1..100 unless said otherwise. How an instance comes from its seed:

1. Of every row of the bases count the arrival and the handling time at the fastest berth. The
   distinct pairs are sorted; 60 are drawn without replacement, in the order drawn.
2. Each of the 13 berths has a speed factor, drawn from 1.000, 1.001 ... 1.600. The handling time of
   a vessel at a berth is the fastest one times the factor, rounded half up.
3. 117 of the 780 pairs of vessel and berth, 15 %, are drawn without replacement and forbidden. The
   last berth of a vessel is passed over and another pair drawn.
4. All berths open when those of a base do that is drawn; closings and latest departures are 600, as
   in all bases, and never bind.

(The bases have 5, 7 or 10 berths of few speeds; the fastest time is what all have in common.)
Random numbers are splitmix64 of (seed, stage, index) in integers: the same bytes on any machine.
"""

import argparse
import hashlib
import os
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is
import dbap_text  # noqa: E402  (beside this file)

VESSELS, BERTHS = 60, 13
FACTOR_LEAST, FACTOR_MOST, FACTOR_ONE = 1000, 1600, 1000
FORBIDDEN_PAIRS = VESSELS * BERTHS * 15 // 100
END = 600
STAGE_ROWS, STAGE_FACTORS, STAGE_PAIRS, STAGE_OPENING = 1, 2, 3, 4
MASK = (1 << 64) - 1


def mixed(x):
    """One step of splitmix64 (Steele, Lea, Flood 2014)."""
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def below(seed, stage, index, count):
    """Number `index` of a stage, in 0 .. count - 1."""
    return (mixed(mixed(mixed(seed) ^ stage) ^ index) * count) >> 64


def shuffled(seed, stage, items):
    """Yields items in random order."""
    items = list(items)
    for i in range(len(items)):
        k = i + below(seed, stage, i, len(items) - i)
        items[i], items[k] = items[k], items[i]
        yield items[i]


def pool_of(folder):
    """(sorted distinct pairs of arrival and fastest handling time, opening of each base)"""
    names = sorted(name for name in os.listdir(folder) if name.endswith(".txt"))
    pairs, openings = set(), []
    for name in names:
        base = dbap_text.read(os.path.join(folder, name))
        openings.append(base.opening[0])
        pairs.update((arrival, min(row)) for arrival, row in zip(base.arrival, base.handling))
    if len(pairs) < VESSELS:
        raise dbap_text.BadInstance(f"{folder}: {len(pairs)} distinct rows in {len(names)} "
                                    f"instances, {VESSELS} are needed")
    return sorted(pairs), openings


def forbid(seed, handling):
    """Forbids FORBIDDEN_PAIRS pairs in place."""
    left = FORBIDDEN_PAIRS
    berths_of = [BERTHS] * VESSELS
    pairs = [(i, k) for i in range(VESSELS) for k in range(BERTHS)]
    for i, k in shuffled(seed, STAGE_PAIRS, pairs):
        if left > 0 and berths_of[i] > 1:
            handling[i][k] = dbap_text.FORBIDDEN
            berths_of[i] -= 1
            left -= 1


def instance_of(seed, pairs, openings):
    """The Instance of a seed."""
    rows = [pair for pair, _unused in zip(shuffled(seed, STAGE_ROWS, pairs), range(VESSELS))]
    factors = [FACTOR_LEAST + below(seed, STAGE_FACTORS, k, FACTOR_MOST - FACTOR_LEAST + 1)
               for k in range(BERTHS)]
    handling = [[(fastest * factor + FACTOR_ONE // 2) // FACTOR_ONE for factor in factors]
                for _unused, fastest in rows]
    forbid(seed, handling)
    opening = openings[below(seed, STAGE_OPENING, 0, len(openings))]
    return dbap_text.Instance([arrival for arrival, _unused in rows], [opening] * BERTHS, handling,
                              [END] * BERTHS, [END] * VESSELS)


def seeds_of(word):
    """The range that A..B or A names."""
    first, _unused, last = word.partition("..")
    last = last or first
    if not (first.isdigit() and last.isdigit() and int(first) <= int(last) <= MASK):
        raise argparse.ArgumentTypeError(f"{word} is no range of seeds such as 1..100")
    return range(int(first), int(last) + 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bases", metavar="BASES")
    parser.add_argument("--seeds", type=seeds_of, default=range(1, 101), metavar="A..B")
    parser.add_argument("--out", metavar="DIR")
    parser.add_argument("--sums", action="store_true")
    given = parser.parse_args()
    if given.sums == (given.out is not None):
        parser.error("give either --out or --sums")
    try:
        pool = pool_of(given.bases)
        if given.out:
            os.makedirs(given.out, exist_ok=True)
        for seed in given.seeds:
            name = f"s60x13-{seed:03}.txt"
            bytes_of = dbap_text.text(instance_of(seed, *pool)).encode("ascii")
            if given.sums:
                print(f"{hashlib.sha256(bytes_of).hexdigest()}  {name}")
                continue
            with open(os.path.join(given.out, name), "wb") as file:
                file.write(bytes_of)
    except (OSError, dbap_text.BadInstance) as error:
        sys.exit(f"make_60x13: {error}")


if __name__ == "__main__":
    main()
