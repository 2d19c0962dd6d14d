# SPDX-License-Identifier: Apache-2.0
"""The published text format of discrete berths, for the scripts of this folder.

N, M, arrivals, openings of the berths, N rows of M handling times (99999: not at this berth),
closings, latest departures. Files of the published sets carry more numbers after that; they mean
nothing here. Knows no model and no solver.
"""

import collections

FORBIDDEN = 99999
Instance = collections.namedtuple("Instance", "arrival opening handling closing departure")


class BadInstance(Exception):
    """A file that is no such instance; the text says which and why."""


def read(path):
    """An Instance; handling is a list of rows, one a vessel."""
    try:
        with open(path, encoding="ascii") as file:
            number = [int(word) for word in file.read().split()]
    except (OSError, ValueError) as error:
        raise BadInstance(f"{path}: {error}") from error
    vessels, berths = (number + [0, 0])[:2]
    need = 2 + 2 * vessels + 2 * berths + vessels * berths
    if vessels < 1 or berths < 1 or len(number) < need:
        raise BadInstance(f"{path}: no instance of discrete berths, it has {len(number)} numbers")
    rest = iter(number[2:need])

    def take(count):
        return [next(rest) for _unused in range(count)]

    return Instance(take(vessels), take(berths), [take(berths) for _unused in range(vessels)],
                    take(berths), take(vessels))


def text(instance):
    """The text of an Instance, the same bytes everywhere."""
    rows = [[len(instance.arrival)], [len(instance.opening)], instance.arrival, instance.opening]
    rows += instance.handling + [instance.closing, instance.departure]
    return "".join(" ".join(str(number) for number in row) + "\n" for row in rows)
