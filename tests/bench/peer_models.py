# SPDX-License-Identifier: Apache-2.0
"""Discrete berths as the two integer programs of the literature, for general MILP solvers.

Both have a binary column for every start (vessel, berth, time) that an optimal plan can hold, with
the vessel's stay as its cost, and a row for every vessel. They differ in how a berth holds one
vessel at a time:

- arc-flow: one unit flows along each berth through time, over vessels and idle arcs (time-indexed
  flow; Kramer, Lalla-Ruiz, Iori, Voss 2019);
- set-partitioning: a row for every berth and time, over what covers it (Christensen, Holst 2008;
  Buhrkal, Zuglian, Ropke, Larsen, Lusby 2011).

The peers get models as strong as simple arguments make them, and no hint of the solution:

Starts. Moving vessels to the left never costs more, so at a berth only such starts are needed as
are an arrival, an opening, or the end of another start. In the arc-flow model idle arcs lead from
one such time to the next, and in the set-partitioning one only times where a start lies need a row.

Horizon. Let A be the last arrival or opening, G the value of some plan (a greedy one, improved by
moving single vessels), K the berths of a vessel i that close last, C its completion in an optimal
plan. From A on no berth is idle before its last vessel ends. Appending i to another berth k of K
must not be better, so k is busy until C - h(i,k) at least; its own berth is until C. At a time t
from A on, a berth that is busy until E still holds (E - t) / (longest handling there) vessels or
more, rounded up. The value of a plan is the sum over time of the vessels present. Before A that is
at least F, the sum of min(A, earliest completion) - arrival, so that

    sum over k in K, over t = A .. C - h(i,k) - 1, of ceil((C - h(i,k) - t) / longest(k))  <=  G - F

which bounds C. Knows no solver.
"""

import dbap_text


def berths_of(instance, i):
    return [k for k, h in enumerate(instance.handling[i]) if h < dbap_text.FORBIDDEN]


# --- some plan ----------------------------------------------------------------------------------


def sequence_cost(instance, k, sequence):
    """Sum of the stays of the vessels at berth k in this order; None: a window is missed."""
    free, cost = instance.opening[k], 0
    for i in sequence:
        free = max(free, instance.arrival[i]) + instance.handling[i][k]
        if free > min(instance.closing[k], instance.departure[i]):
            return None
        cost += free - instance.arrival[i]
    return cost


def greedy(instance):
    """A list of vessels for each berth, first come first served to the earliest completion; None:
    one misses its windows."""
    free = list(instance.opening)
    plan = [[] for _unused in free]
    for i in sorted(range(len(instance.arrival)), key=lambda i: (instance.arrival[i], i)):
        ends = [(max(free[k], instance.arrival[i]) + instance.handling[i][k], k)
                for k in berths_of(instance, i)]
        ends = [(end, k) for end, k in ends
                if end <= min(instance.closing[k], instance.departure[i])]
        if not ends:
            return None
        end, k = min(ends)
        free[k] = end
        plan[k].append(i)
    return plan


def move_one(instance, plan, cost, i):
    """Moves vessel i where it is cheapest; whether the plan got better."""
    source = next(k for k, sequence in enumerate(plan) if i in sequence)
    without = [j for j in plan[source] if j != i]
    saved = cost[source] - sequence_cost(instance, source, without)
    best = None
    for k in berths_of(instance, i):
        rest, before = (without, cost[source] - saved) if k == source else (plan[k], cost[k])
        for at in range(len(rest) + 1):
            after = sequence_cost(instance, k, rest[:at] + [i] + rest[at:])
            if after is not None and (best is None or after - before < best[0]):
                best = (after - before, k, at)
    if best is None or best[0] >= saved:
        return False
    plan[source] = without
    plan[best[1]].insert(best[2], i)
    for k in (source, best[1]):
        cost[k] = sequence_cost(instance, k, plan[k])
    return True


def plan_value(instance):
    """Value of a greedy plan improved by moving single vessels; None: the greedy one misses a
    window."""
    plan = greedy(instance)
    if plan is None:
        return None
    cost = [sequence_cost(instance, k, sequence) for k, sequence in enumerate(plan)]
    better = True
    while better:
        better = False
        for i in range(len(instance.arrival)):
            better = move_one(instance, plan, cost, i) or better
    return sum(cost)


# --- starts -------------------------------------------------------------------------------------


def last_completions(instance):
    """For each vessel a time by which it is done in every optimal plan, see above."""
    vessels = range(len(instance.arrival))
    value = plan_value(instance)
    if value is None:
        return list(instance.departure)
    ready = max(instance.arrival + instance.opening)
    earliest = [min(max(instance.arrival[i], instance.opening[k]) + instance.handling[i][k]
                    for k in berths_of(instance, i)) for i in vessels]
    slack = value - sum(min(ready, earliest[i]) - instance.arrival[i] for i in vessels)
    longest = [max((row[k] for row in instance.handling if row[k] < dbap_text.FORBIDDEN), default=1)
               for k in range(len(instance.opening))]
    return [min(instance.departure[i], last_completion(instance, i, ready, slack, longest))
            for i in vessels]


def last_completion(instance, i, ready, slack, longest):
    closing = max(instance.closing)
    berths = [k for k in berths_of(instance, i) if instance.closing[k] == closing]
    if not berths:
        return instance.departure[i]
    present = [0] * len(berths)  # sum over the times so far of the vessels at a berth
    end = ready
    while end < closing:
        for at, k in enumerate(berths):
            left = end + 1 - instance.handling[i][k] - ready
            if left > 0:
                present[at] += -(-left // longest[k])
        if sum(present) > slack:
            break
        end += 1
    return end


def starts(instance):
    """For each berth the list of its (vessel, start time, handling time), by time, then vessel."""
    last = last_completions(instance)
    result = []
    for k, opening in enumerate(instance.opening):
        vessels = [i for i in range(len(last)) if instance.handling[i][k] < dbap_text.FORBIDDEN]
        reached = {max(instance.arrival[i], opening) for i in vessels}
        here = []
        for time in range(opening, max(last) + 1):
            if time not in reached:
                continue
            for i in vessels:
                end = time + instance.handling[i][k]
                if instance.arrival[i] <= time and end <= min(last[i], instance.closing[k]):
                    here.append((i, time, end - time))
                    reached.add(end)
        result.append(here)
    return result


# --- models -------------------------------------------------------------------------------------


class Model:
    """Columns with their entries, and rows, in the order they were made."""

    def __init__(self, name):
        self.name, self.rows, self.columns = name, [], []

    def row(self, kind, right):
        """Number of a new row: kind E or L."""
        self.rows.append((kind, right))
        return len(self.rows) - 1

    def column(self, cost, entries, binary=True):
        self.columns.append((cost, entries, binary))

    def write(self, path):
        """As fixed MPS, which both solvers read; names are numbers."""
        with open(path, "w", encoding="ascii") as file:
            write = file.write
            write(f"NAME          {self.name}\nROWS\n N  obj\n")
            write("".join(f" {kind}  r{row}\n" for row, (kind, _unused) in enumerate(self.rows)))
            write("COLUMNS\n")
            for binary in (True, False):
                mark = "'INTORG'" if binary else "'INTEND'"
                write(f"    M{mark[4:7]}      'MARKER'                 {mark}\n")
                for number, (cost, entries, is_binary) in enumerate(self.columns):
                    if is_binary != binary:
                        continue
                    name = f"    x{number:<9}"
                    if cost:
                        write(f"{name}{'obj':<10}{cost:>12}\n")
                    write("".join(f"{name}{'r' + str(row):<10}{value:>12}\n"
                                  for row, value in entries))
            write("RHS\n")
            write("".join(f"    {'rhs':<10}{'r' + str(row):<10}{right:>12}\n"
                          for row, (_unused, right) in enumerate(self.rows) if right))
            write("BOUNDS\n")
            write("".join(f" BV {'b':<10}x{number}\n"
                          for number, column in enumerate(self.columns) if column[2]))
            write("ENDATA\n")


def vessel_rows(model, instance):
    return [model.row("E", 1) for _unused in instance.arrival]


def stay(instance, i, start, length):
    return start + length - instance.arrival[i]


def arc_flow(instance, all_starts):
    """Time-indexed flow, a path a berth."""
    model = Model("arcflow")
    vessel = vessel_rows(model, instance)
    for k, here in enumerate(all_starts):
        times = {instance.opening[k]} | {t for _i, t, _h in here} | {t + h for _i, t, h in here}
        times = sorted(times)
        node = {t: model.row("E", 1 if t == times[0] else 0) for t in times[:-1]}

        def arc(tail, head, node=node):
            return [(node[tail], 1)] + ([(node[head], -1)] if head in node else [])

        for i, t, h in here:
            model.column(stay(instance, i, t, h), [(vessel[i], 1)] + arc(t, t + h))
        for tail, head in zip(times, times[1:]):
            model.column(0, arc(tail, head), binary=False)
    return model


def set_partitioning(instance, all_starts):
    """A row a berth and time."""
    model = Model("setpart")
    vessel = vessel_rows(model, instance)
    for here in all_starts:
        times = sorted({t for _i, t, _h in here})
        row = {t: model.row("L", 1) for t in times}
        place = {t: at for at, t in enumerate(times)}
        for i, t, h in here:
            entries, at = [(vessel[i], 1)], place[t]
            while at < len(times) and times[at] < t + h:
                entries.append((row[times[at]], 1))
                at += 1
            model.column(stay(instance, i, t, h), entries)
    return model


MODELS = {"arc-flow": arc_flow, "set-partitioning": set_partitioning}
