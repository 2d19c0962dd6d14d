#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether the models of peer_models.py hold every optimal plan: brute force on tiny instances.

    python3 tests/bench/check_peers.py COUNT [SEED]

The horizon of the models is cut by an argument, and an argument may be wrong. All orders at all
berths of random instances are tried; every start of every plan of least value must be among the
columns. Openings, closings and departures that bind, and forbidden pairs, are part of it. Exit code
1: a start is missing.
"""

import itertools
import random
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is
import dbap_text  # noqa: E402  (beside this file)
import peer_models  # noqa: E402


def made(rng):
    """A random instance of up to six vessels and three berths."""
    vessels, berths, end = rng.randint(2, 6), rng.randint(1, 3), rng.choice([18, 30, 60, 99])
    return dbap_text.Instance(
        [rng.randint(0, 12) for _unused in range(vessels)],
        [rng.choice([0, rng.randint(0, 9)]) for _unused in range(berths)],
        [[dbap_text.FORBIDDEN if rng.random() < 0.15 else rng.randint(1, 9)
          for _unused in range(berths)] for _unused in range(vessels)],
        [rng.choice([end, end, rng.randint(9, end)]) for _unused in range(berths)],
        [rng.choice([99, 99, rng.randint(8, 40)]) for _unused in range(vessels)])


def orders_by_set(instance, k):
    """For each set of vessels: (least value at berth k, the orders that have it)."""
    allowed = [i for i in range(len(instance.arrival)) if k in peer_models.berths_of(instance, i)]
    best = {frozenset(): (0, [()])}
    for size in range(1, len(allowed) + 1):
        for chosen in itertools.combinations(allowed, size):
            values = [(peer_models.sequence_cost(instance, k, order), order)
                      for order in itertools.permutations(chosen)]
            values = [pair for pair in values if pair[0] is not None]
            if values:
                least = min(values)[0]
                orders = [order for value, order in values if value == least]
                best[frozenset(chosen)] = (least, orders)
    return best


def optimal(instance):
    """Every plan of least value: a tuple of orders, one a berth; empty if there is none."""
    found = {frozenset(): (0, [()])}
    for k in range(len(instance.opening)):
        after = {}
        for (done, (value, plans)), (here, (cost, orders)) in itertools.product(
                found.items(), orders_by_set(instance, k).items()):
            if done & here:
                continue
            both = done | here
            least, kept = after.get(both, (value + cost, []))
            if value + cost < least:
                least, kept = value + cost, []
            if value + cost == least:
                kept = kept + [plan + (order,) for plan in plans for order in orders]
            after[both] = (least, kept)
        found = after
    return found.get(frozenset(range(len(instance.arrival))), (None, []))[1]


def starts_of(instance, plan):
    """(berth, vessel, start) of a plan, everything as early as it can be."""
    for k, order in enumerate(plan):
        free = instance.opening[k]
        for i in order:
            start = max(free, instance.arrival[i])
            yield k, i, start
            free = start + instance.handling[i][k]


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rng = random.Random(seed)
    plans = missing = 0
    for number in range(count):
        instance = made(rng)
        if any(not peer_models.berths_of(instance, i) for i in range(len(instance.arrival))):
            continue
        columns = {(k, i, start) for k, here in enumerate(peer_models.starts(instance))
                   for i, start, _unused in here}
        for plan in optimal(instance):
            plans += 1
            lost = [start for start in starts_of(instance, plan) if start not in columns]
            if lost:
                missing += 1
                print(f"instance {number}: an optimal plan needs {lost}: {instance}")
    print(f"{count} instances, {plans} optimal plans, {missing} of them not in the models")
    return 1 if missing or not plans else 0


if __name__ == "__main__":
    sys.exit(main())
