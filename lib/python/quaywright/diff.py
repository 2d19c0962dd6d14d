# SPDX-License-Identifier: Apache-2.0
"""What moved between two plans or two scenarios, as data and in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, List, NamedTuple, Optional, Tuple

from . import _fields
from ._library import NULL, ffi, lib, text
from .context import Context
from .tables import Row, html_table

if TYPE_CHECKING:
    from .plan import Plan
    from .scenario import Scenario

__all__ = ["Change", "Diff"]

_MOVED = (
    ("place", lib.QWR_MOVED_PLACE),
    ("along", lib.QWR_MOVED_ALONG),
    ("start", lib.QWR_MOVED_START),
    ("end", lib.QWR_MOVED_END),
    ("cranes", lib.QWR_MOVED_CRANES),
)


class Change(NamedTuple):
    """One difference; ``str()`` is its sentence."""

    kind: str  #: moved, placed, lost, added, removed or edited
    entity: str  #: "stay" for plans, else "call", "crane", ...
    id: str
    vessel: Optional[str]
    field: Optional[str]  #: edited: the attribute as in files, e.g. "eta"
    before: Any  #: edited: the value; of plans the stay as a Row, or None
    after: Any
    moved: Tuple[str, ...]  #: of place, along, start, end, cranes
    start_delta: timedelta  #: Later is positive.
    end_delta: timedelta
    position_delta_m: float
    cranes_delta: int
    cost_delta: float
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def _stay_row(stay: Any, scenario: "Scenario") -> Optional[Row]:
    if stay == NULL:
        return None
    return Row(
        (field.name, _fields.human(stay, field, scenario)) for field in _fields.fields("stay")
    )


def _change(c: Any, before: "Scenario", after: "Scenario") -> Change:
    entity = text(c.entity) or ""
    stays = entity == "stay"
    return Change(
        text(lib.qwr_change_kind_name(c.kind)) or "",
        entity,
        text(c.id) or "",
        text(c.vessel),
        text(c.field),
        _stay_row(c.stay_before, before) if stays else text(c.before),
        _stay_row(c.stay_after, after) if stays else text(c.after),
        tuple(word for word, bit in _MOVED if c.moved & bit),
        timedelta(seconds=c.start_delta_s),
        timedelta(seconds=c.end_delta_s),
        c.position_delta_mm / 1000,
        c.cranes_delta,
        c.cost_delta_mu / 1000,
        text(c.sentence) or "",
    )


class Diff(Sequence):  # type: ignore[type-arg]
    """Every change, as a list of Change; empty if both sides say the same.

    Attributes:
        summary: sums as a Row: moved, placed, lost, added, removed, edited, moved_h, cost_delta,
            stability, ...
    """

    def __init__(
        self,
        pointer: Any,
        before: "Scenario",
        after: "Scenario",
        context: Context,
        borrowed: bool = False,
    ) -> None:
        try:
            self._rows: List[Change] = [
                _change(lib.qwr_diff_get(pointer, i), before, after)
                for i in range(lib.qwr_diff_count(pointer))
            ]
            sums = ffi.new("qwr_diff_summary *", lib.qwr_diff_summary_init())
            with context._use():
                context._checked(lib.qwr_diff_summarise(sums, pointer))
        finally:
            if not borrowed:
                lib.qwr_diff_free(pointer)
        self.summary = Row(
            (field.name, _fields.human(sums, field, after))
            for field in _fields.fields("diff_summary")
        )

    @classmethod
    def _of_plans(cls, before: "Plan", after: "Plan") -> "Diff":
        ctx = before._context()
        pointer = ctx._make("qwr_diff", lib.qwr_plan_diff, before._pointer(), after._pointer())
        return cls(pointer, before.scenario, after.scenario, ctx)

    @classmethod
    def _of_scenarios(cls, before: "Scenario", after: "Scenario") -> "Diff":
        ctx = before._context()
        pointer = ctx._make("qwr_diff", lib.qwr_scenario_diff, before._pointer(), after._pointer())
        return cls(pointer, before, after, ctx)

    def to_frame(self) -> Any:
        """A pandas DataFrame with a row a change."""
        import pandas  # type: ignore[import]

        return pandas.DataFrame(self._rows, columns=Change._fields)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def __str__(self) -> str:
        return "\n".join(row.sentence for row in self._rows) or "nothing changed"

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{value} {name}"
            for name, value in self.summary.items()
            if name in ("moved", "placed", "lost", "added", "removed", "edited") and value
        )
        return f"<Diff: {counts or 'nothing changed'}>"

    def _repr_html_(self) -> str:
        if not self._rows:
            return "<p>nothing changed</p>"
        return html_table(
            ["kind", "id", "sentence"], ((row.kind, row.id, row.sentence) for row in self._rows)
        )
