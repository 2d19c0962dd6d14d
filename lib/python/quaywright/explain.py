# SPDX-License-Identifier: Apache-2.0
"""What else a call of a plan could do, at what cost, and who or what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, List, NamedTuple, Optional, Tuple

from ._library import lib, text
from .check import Violation, _violation
from .diff import _stay_row
from .tables import Row

if TYPE_CHECKING:
    from .builder import Key
    from .plan import Plan

__all__ = ["Alternative"]


class Alternative(NamedTuple):
    """Another stay of a call; ``str()`` is its sentence."""

    kind: str  #: "free": breaks no rule; "blocked": cheaper, but others stand in the way.
    stay: Optional[Row]
    cost_delta: float  #: Against the stay the call has; without one, the cost.
    obstacles: Tuple[Violation, ...]  #: blocked: the rules it would break.
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def alternatives(plan: "Plan", call: "Key") -> List[Alternative]:
    ctx, scenario = plan._context(), plan.scenario
    index = scenario._index("call", call)
    pointer = ctx._make("qwr_explanation", lib.qwr_plan_explain, plan._pointer(), index)
    try:
        found = (
            lib.qwr_explanation_get(pointer, i)
            for i in range(lib.qwr_explanation_count(pointer))
        )
        return [
            Alternative(
                text(lib.qwr_alternative_kind_name(a.kind)) or "",
                _stay_row(a.stay, scenario),
                a.cost_delta_mu / 1000,
                tuple(_violation(a.obstacle[k], scenario) for k in range(a.obstacle_count)),
                text(a.sentence) or "",
            )
            for a in found
        ]
    finally:
        lib.qwr_explanation_free(pointer)
