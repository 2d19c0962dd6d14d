# SPDX-License-Identifier: Apache-2.0
"""Variations of a scenario for what-if studies: "cranes.count=8..14", "calls.eta_shift=2h"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, NamedTuple, Optional
from typing import Sequence, Tuple, Union

from . import _times
from ._handle import Handle
from ._library import NULL, ffi, lib, text
from .builder import ScenarioBuilder
from .context import Context
from .errors import InvalidArgument

if TYPE_CHECKING:
    from .scenario import Scenario

__all__ = ["Variation", "Variable", "Variant", "variables"]

#: What vary() takes: text, a Variation, or a function that changes a builder.
Change = Union[str, "Variation", Callable[[ScenarioBuilder], Any]]


class Variable(NamedTuple):
    """Something a variation can vary."""

    name: str  #: e.g. "calls.eta_shift"
    sentence: str  #: What it does.
    example: str  #: A variation.


class Variant(NamedTuple):
    """One point of a grid."""

    levels: Dict[str, str]  #: Level of each variation by its name, e.g. {"cranes.count": "9"}.
    replication: int
    scenario: "Scenario"


def variables() -> List[Variable]:
    """Everything that can be varied, with an example each."""
    return [
        Variable(
            text(lib.qwr_variation_variable_name(i)) or "",
            text(lib.qwr_variation_variable_sentence(i)) or "",
            text(lib.qwr_variation_variable_example(i)) or "",
        )
        for i in range(lib.qwr_variation_variable_count())
    ]


class Variation:
    """A variable and one level or several, from text such as "cranes.count=8..14",
    "calls[service=AEX].eta_shift=normal(0,3h)" or "calls.moves*=90%,110%".

    ``str()`` is the text it came from; ``levels`` are its levels as texts. See variables().
    """

    def __init__(self, written: str, context: Optional[Context] = None) -> None:
        ctx = context or Context.default()
        self._handle = Handle(
            ctx._make("qwr_variation", lib.qwr_variation_parse, written.encode()),
            lib.qwr_variation_free,
            ctx._handle,
        )
        self._written = written
        pointer = self._handle.pointer
        self.name: str = text(lib.qwr_variation_name(pointer)) or ""
        self.operator: str = text(lib.qwr_variation_operator(pointer)) or ""
        self.unit: str = text(lib.qwr_variation_unit(pointer)) or ""
        self.is_random: bool = bool(lib.qwr_variation_is_random(pointer))
        self.levels: List[str] = [
            text(lib.qwr_variation_level_text(pointer, i)) or ""
            for i in range(lib.qwr_variation_levels(pointer))
        ]

    def values(self) -> List[Optional[float]]:
        """The levels as numbers in ``unit``, for axes; None for a distribution."""
        value = ffi.new("double *")
        return [
            float(value[0])
            if lib.qwr_variation_level_value(self._handle.pointer, i, value)
            else None
            for i in range(len(self.levels))
        ]

    def __str__(self) -> str:
        return self._written

    def __repr__(self) -> str:
        return f'<Variation "{self._written}": {len(self.levels)} levels>'


def apply(
    base: "Scenario",
    variations: Sequence[Variation],
    levels: Sequence[int],
    seed: int,
    replication: int,
    context: Context,
) -> "Scenario":
    """The scenario at one level of each variation."""
    from .scenario import Scenario

    count = len(variations)
    pointers = ffi.new("qwr_variation *[]", [v._handle.get("variation") for v in variations])
    pointer = context._make(
        "qwr_scenario",
        lib.qwr_scenario_vary,
        base._pointer(),
        pointers if count else NULL,
        ffi.new("size_t[]", list(levels)) if count else NULL,
        count,
        _times.whole(seed, "seed"),
        _times.whole(replication, "replication"),
    )
    return Scenario._of(context, pointer)


def vary(base: "Scenario", changes: Sequence[Change], seed: int, replication: int) -> "Scenario":
    """Applies changes in their order; see Scenario.vary()."""
    ctx = base._context()
    current, waiting = base, []  # type: ignore[var-annotated]

    def flush() -> "Scenario":
        done = apply(current, waiting, [0] * len(waiting), seed, replication, ctx)
        waiting.clear()
        return done

    for change in changes:
        if isinstance(change, str):
            change = Variation(change, ctx)
        if isinstance(change, Variation):
            if len(change.levels) != 1:
                raise InvalidArgument(
                    f'"{change}" has {len(change.levels)} levels; grid() makes a scenario of each'
                )
            waiting.append(change)
        elif callable(change):
            current = flush() if waiting else current
            with current.edit() as builder:
                change(builder)
            current = builder.freeze() if builder.scenario is None else builder.scenario
        else:
            raise TypeError(
                "a variation is text such as 'cranes.count=10', a Variation, or a function that "
                f"changes a builder, not {change!r}"
            )
    return flush() if waiting or current is base else current


def grid(
    base: "Scenario", variations: Sequence[Union[str, Variation]], replications: int, seed: int
) -> Iterator[Variant]:
    """Every combination of levels; see Scenario.grid()."""
    ctx = base._context()
    parsed = [Variation(v, ctx) if isinstance(v, str) else v for v in variations]
    axes: List[Sequence[int]] = [range(len(variation.levels)) for variation in parsed]
    points: Iterator[Tuple[int, ...]] = itertools.product(*axes)
    for levels in points:
        names = {v.name: v.levels[level] for v, level in zip(parsed, levels)}
        for replication in range(replications):
            yield Variant(names, replication, apply(base, parsed, levels, seed, replication, ctx))
