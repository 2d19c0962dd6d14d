# SPDX-License-Identifier: Apache-2.0
"""What else a call of a plan could do, at what cost, and who or what is in the way."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Iterator, List, NamedTuple, Optional, Tuple

from ._library import lib, text
from .check import Violation, _violation
from .diff import _stay_row
from .tables import Row

if TYPE_CHECKING:
    from .builder import Key
    from .plan import Plan
    from .scenario import Scenario

__all__ = ["Alternative", "Conflict"]


class Alternative(NamedTuple):
    """Another stay of a call; ``str()`` is its sentence."""

    kind: str  #: "free": breaks no rule; "blocked": cheaper, but others stand in the way.
    stay: Optional[Row]
    cost_delta: float  #: Against the stay the call has; without one, the cost.
    obstacles: Tuple[Violation, ...]  #: blocked: the rules it would break.
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class Conflict(NamedTuple):
    """A demand of a call that could not have a place were it the only one; ``str()`` is its sentence."""

    rule: str  #: One of quaywright.rules(): "draught", "pin", "closure", ...
    set: int  #: Demands of one set cannot hold together; one of each set has to give.
    suffices: bool  #: Giving up this one alone makes room.
    amount: int  #: Then the least that makes room, in `unit`; 0: it has no measure.
    unit: str  #: "mm" of draught, "s" past the latest departure, "cranes"
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@contextmanager
def _explained(plan: "Plan", call: "Key") -> Iterator[Any]:
    index = plan.scenario._index("call", call)
    pointer = plan._context()._make(
        "qwr_explanation", lib.qwr_plan_explain, plan._pointer(), index
    )
    try:
        yield pointer
    finally:
        lib.qwr_explanation_free(pointer)


def _conflict(c: Any) -> Conflict:
    return Conflict(
        text(c.rule) or "",
        c.set,
        bool(c.suffices),
        c.amount,
        text(c.unit) or "",
        text(c.sentence) or "",
    )


def _alternative(a: Any, scenario: "Scenario") -> Alternative:
    return Alternative(
        text(lib.qwr_alternative_kind_name(a.kind)) or "",
        _stay_row(a.stay, scenario),
        a.cost_delta_mu / 1000,
        tuple(_violation(a.obstacle[k], scenario) for k in range(a.obstacle_count)),
        text(a.sentence) or "",
    )


def conflicts(plan: "Plan", call: "Key") -> List[Conflict]:
    with _explained(plan, call) as e:
        count = lib.qwr_explanation_conflict_count(e)
        return [_conflict(lib.qwr_explanation_conflict(e, i)) for i in range(count)]


def alternatives(plan: "Plan", call: "Key") -> List[Alternative]:
    with _explained(plan, call) as e:
        count = lib.qwr_explanation_count(e)
        return [_alternative(lib.qwr_explanation_get(e, i), plan.scenario) for i in range(count)]
