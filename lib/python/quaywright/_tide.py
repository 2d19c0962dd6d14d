# SPDX-License-Identifier: Apache-2.0
"""The water level as rows (second, mm): straight lines between them. Knows no scenario."""

from __future__ import annotations

from typing import List, Optional, Tuple

from .errors import InvalidArgument

Rows = List[Tuple[int, int]]


def hold(rows: Rows, first: int, last: int, level_mm: Optional[int]) -> Rows:
    """Rows with the level held from `first` to `last`, and as it was before and after.

    None: the lowest level there is.
    """
    if last <= first:
        raise InvalidArgument("hold_tide: the end must lie after the start")
    if level_mm is None:
        if not rows:
            raise InvalidArgument("hold_tide: the scenario has no tide, so say level_m")
        level_mm = min(mm for _at, mm in rows)
    held = [
        (first - 1, level(rows, first - 1)),
        (first, level_mm),
        (last, level_mm),
        (last + 1, level(rows, last + 1)),
    ]
    return sorted([row for row in rows if not first - 1 <= row[0] <= last + 1] + held)


def level(rows: Rows, at_s: int) -> int:
    """The level between tide rows: straight lines, constant outside, 0 without rows."""
    if not rows:
        return 0
    before = [row for row in rows if row[0] <= at_s]
    after = [row for row in rows if row[0] > at_s]
    if not before:
        return after[0][1]
    if not after:
        return before[-1][1]
    (t0, l0), (t1, l1) = before[-1], after[0]
    return l0 + (l1 - l0) * (at_s - t0) // (t1 - t0)
