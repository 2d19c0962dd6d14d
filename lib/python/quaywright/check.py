# SPDX-License-Identifier: Apache-2.0
"""The checker: a second opinion on a plan, and what a drag-and-drop screen asks it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Dict, List, NamedTuple, Optional

from . import _fields, _times
from ._handle import Handle
from ._library import NONE, ffi, lib, text
from .builder import Key
from .context import value_of
from .tables import html_table

if TYPE_CHECKING:
    from .plan import Plan
    from .scenario import Scenario

__all__ = ["Violation", "Violations", "Checker", "Trial"]


class Violation(NamedTuple):
    """One broken rule in a planner's words; ``str()`` is its sentence."""

    rule: str  #: e.g. "overlap", "draught", "cranes"; see quaywright.rules().
    call: Optional[str]  #: Id of the call, or None.
    resource: Optional[str]  #: Id of the quay, berth, crane, window or other call concerned.
    start: Optional[datetime]  #: The rule is broken from here ...
    end: Optional[datetime]  #: ... to here.
    amount: int  #: By how much, in `unit`.
    unit: str  #: "mm", "s", "cranes", "mu" or "".
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def _violation(v: Any, scenario: "Scenario") -> Violation:
    call = None if v.call.v == NONE else scenario.id_of("call", v.call.v)
    return Violation(
        text(v.rule) or "",
        call,
        text(v.resource),
        _times.moment(v.from_s, scenario.epoch_unix_s),
        _times.moment(v.to_s, scenario.epoch_unix_s),
        v.amount,
        text(v.unit) or "",
        text(v.sentence) or "",
    )


class Violations(Sequence):  # type: ignore[type-arg]
    """Every rule a plan breaks, ordered by rule, call and time; empty when it is legal.

    Attributes:
        cost: cost of the placed calls as the checker computes it.
    """

    def __init__(self, plan: "Plan") -> None:
        scenario, ctx = plan.scenario, plan._context()
        self._handle = Handle(
            ctx._make("qwr_violations", lib.qwr_plan_check, scenario._pointer(), plan._pointer()),
            lib.qwr_violations_free,
            ctx._handle,
            scenario._handle,
        )
        self._scenario = scenario
        pointer = self._handle.pointer
        self._rows = [
            _violation(lib.qwr_violations_get(pointer, i), scenario)
            for i in range(lib.qwr_violations_count(pointer))
        ]
        self.cost: float = lib.qwr_violations_cost_mu(pointer) / 1000

    @property
    def ok(self) -> bool:
        """True if no rule is broken."""
        return not self._rows

    @property
    def legal(self) -> bool:
        """True if no rule is broken but "placed": calls may be left out."""
        return all(row.rule == "placed" for row in self._rows)

    def cost_of(self, call: Key) -> float:
        """The checker's cost of one call's stay."""
        index = self._scenario._index("call", call)
        return float(lib.qwr_violations_call_cost_mu(self._handle.pointer, index)) / 1000

    def by_rule(self) -> Dict[str, List[Violation]]:
        """The violations of each broken rule."""
        found: Dict[str, List[Violation]] = {}
        for row in self._rows:
            found.setdefault(row.rule, []).append(row)
        return found

    def to_frame(self) -> Any:
        """A pandas DataFrame with a row a violation."""
        import pandas  # type: ignore[import]

        return pandas.DataFrame(list(self._rows), columns=Violation._fields)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def __str__(self) -> str:
        if not self._rows:
            return "no rule is broken"
        return "\n".join(f"{row.rule}: {row.sentence}" for row in self._rows)

    def __repr__(self) -> str:
        return f"<Violations: {len(self._rows)} in {sorted(self.by_rule())}>"

    def _repr_html_(self) -> str:
        if not self._rows:
            return "<p>no rule is broken</p>"
        return html_table(
            ["rule", "call", "sentence"], ((row.rule, row.call, row.sentence) for row in self._rows)
        )


class Trial(NamedTuple):
    """What try_move() found."""

    violations: List[Violation]  #: Those the call takes part in.
    cost: Optional[float]  #: Cost of its stay.
    total: int  #: Number of violations; more than listed if there are very many.

    @property
    def ok(self) -> bool:
        """True if the call may lie there."""
        return self.total == 0


class Checker:
    """Remembers a plan, for dragging one vessel around: answers in microseconds.

    checker = plan.checker()
    trial = checker.try_move("V1", position_m=120, start="2026-03-02T06:00:00Z")
    if trial.ok:
        checker.move("V1", position_m=120, start="2026-03-02T06:00:00Z")
    """

    _CAPACITY = 64

    def __init__(self, plan: "Plan") -> None:
        self._scenario = plan.scenario
        self._context = plan._context()
        self._handle = Handle(
            self._context._make(
                "qwr_checker", lib.qwr_checker_new, self._scenario._pointer(), plan._pointer()
            ),
            lib.qwr_checker_free,
            self._context._handle,
            self._scenario._handle,
        )
        self._stays: Dict[int, Any] = {}
        self._plan = plan.copy()
        self._found = ffi.new("qwr_violation[]", self._CAPACITY)
        for i in range(self._CAPACITY):
            self._found[i].size = ffi.sizeof("qwr_violation")

    def _stay(self, call: Any, changes: Dict[str, Any], keep: List[Any]) -> Any:
        """The call's stay as it is now, changed. Moving the start alone moves the end with it."""
        stay = ffi.new("qwr_stay *", lib.qwr_plan_stay(self._plan._pointer(), call)[0])
        length = stay.end_s - stay.start_s
        placed = bool(stay.placed)
        members = [
            _fields.assign(stay, "stay", key, value, self._scenario, keep, "stay").member
            for key, value in changes.items()
        ]
        if placed and "start_s" in members and "end_s" not in members:
            stay.end_s = stay.start_s + length
        if "placed" not in members:
            stay.placed = 1
        return stay

    def try_move(self, call: Key, **changes: Any) -> Trial:
        """What if the call had this stay, all others as they are? Keywords as Plan.set_stay()."""
        index = self._scenario._index("call", call)
        keep: List[Any] = []
        stay = self._stay(index, changes, keep)
        count, cost_mu = ffi.new("size_t *"), ffi.new("int64_t *")
        with self._context._use():
            self._context._checked(
                lib.qwr_checker_try(
                    self._handle.get("checker"),
                    index,
                    stay,
                    self._found,
                    self._CAPACITY,
                    count,
                    cost_mu,
                )
            )
            found = [
                _violation(self._found[i], self._scenario)
                for i in range(min(count[0], self._CAPACITY))
            ]
        return Trial(found, value_of(cost_mu[0]), count[0])

    def move(self, call: Key, **changes: Any) -> None:
        """Keeps the stay for what is tried next."""
        index = self._scenario._index("call", call)
        keep: List[Any] = []
        stay = self._stay(index, changes, keep)
        with self._context._use():
            self._context._checked(lib.qwr_checker_move(self._handle.get("checker"), index, stay))
            self._plan._set(index, stay)

    @property
    def plan(self) -> "Plan":
        """The plan with every move made so far, as a copy."""
        return self._plan.copy()

    def close(self) -> None:
        """Frees the checker."""
        self._handle.close()
