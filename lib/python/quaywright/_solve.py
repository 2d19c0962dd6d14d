# SPDX-License-Identifier: Apache-2.0
"""One run of the engine: options, progress, statistics. Knows pointers, not what they belong to."""

from __future__ import annotations

import os
from typing import Any, Callable, List, NamedTuple, Optional, Sequence, Tuple, Union

from . import _fields, _run, _times
from ._library import ffi, lib, text
from .builder import PathLike
from .context import Context, value_of

TWO_SECONDS = object()  #: The deadline if nothing is said.


class Progress(NamedTuple):
    """A moment of a run, as the progress callback sees it."""

    stage: str  #: forecast, construct, search, bound, filter, milp, check
    fraction: float  #: Share of the budget used, 0 to 1.
    elapsed_s: float
    work: int  #: Work units so far.
    cost: Optional[float]  #: Best plan so far.
    bound: Optional[float]  #: Best bound so far.
    unplaced: int  #: Calls the best plan leaves out.


class StageStats(NamedTuple):
    """What one stage of a run did."""

    stage: str
    elapsed_s: float
    work: int
    items: int  #: What the stage counts: candidates priced, rows kept, nodes ...
    cost: Optional[float]
    bound: Optional[float]
    stop: str


class Stats(NamedTuple):
    """How a run went. Not part of the plan, because it holds times."""

    elapsed_s: float
    first_plan_s: Optional[float]  #: When the first complete plan existed.
    candidates: int
    candidates_left: int
    violations: int  #: Found by the checker in the returned plan: 0, or the library has a fault.
    stages: List[StageStats]


def stats(s: Any) -> Stats:
    """How a run went."""
    stages = [
        StageStats(
            text(row.stage) or "",
            row.elapsed_us / 1e6,
            row.work,
            row.items,
            value_of(row.cost_mu),
            value_of(row.bound_mu),
            text(lib.qwr_stop_name(row.stop)) or "",
        )
        for row in (s.stage[i] for i in range(s.stage_count))
    ]
    return Stats(
        s.elapsed_us / 1e6,
        None if s.first_plan_us < 0 else s.first_plan_us / 1e6,
        s.candidates,
        s.candidates_left,
        s.violations,
        stages,
    )


def progress_of(p: Any) -> Progress:
    """A moment of a run."""
    return Progress(
        text(p.stage) or "",
        p.fraction,
        p.elapsed_us / 1e6,
        p.work,
        value_of(p.cost_mu),
        value_of(p.bound_mu),
        p.unplaced,
    )


def run(ctx: Context, call: Callable[[Any], int], alive: Any) -> Optional[BaseException]:
    """call(ctx), a run of the engine, answering signals; its status is checked. `alive` is what
    must not be freed meanwhile.

    Returns what a signal handler raised meanwhile, after the run came back.
    """

    def set_relay(relay: Optional[_run.Relay]) -> None:
        ctx._relay = relay

    with ctx._use() as pointer:
        try:
            status, signal = _run.interruptible(
                lambda: (alive, call(pointer))[1], ctx.cancel, set_relay
            )
            ctx._checked(status)
        finally:
            lib.qwr_context_cancel_reset(pointer)
    return signal


def solve(
    ctx: Context, scenario: Any, made: Any, alive: Any
) -> Tuple[Any, Stats, Optional[BaseException]]:
    """qwr_solve(): the plan, owned by the caller, how the run went, and the signal or None."""
    out = ffi.new("qwr_plan **")
    numbers = ffi.new("qwr_solve_stats *", lib.qwr_solve_stats_init())
    try:
        signal = run(
            ctx,
            lambda pointer: int(lib.qwr_solve(out, pointer, scenario, made, numbers)),
            (ctx, alive),
        )
    except BaseException:
        lib.qwr_plan_free(out[0])
        raise
    return out[0], stats(numbers), signal


def progress_callback(ctx: Context, progress: Callable[[Progress], Any]) -> Any:
    """A qwr_progress_fn that calls `progress` where the run was asked for."""

    def receive(state: Any, _payload: Any) -> None:
        # Cancelled by an exception: the run is on its way out, and nobody wants to hear of it.
        if ctx._failure is None and ctx._callback(progress, progress_of(state)) is False:
            ctx.cancel()

    return ffi.callback("qwr_progress_fn", receive)


def options(
    keep: List[Any],
    deadline: Any,
    work_limit: Optional[int],
    seed: int,
    solver: Optional[str],
    optimisers: Union[str, Sequence[str], None],
    forecast: Optional[str],
    milp_file: Optional[PathLike],
) -> Any:
    """A qwr_solve_options; what it points at is added to `keep`."""
    made = ffi.new("qwr_solve_options *", lib.qwr_solve_options_init())
    if work_limit is not None:
        made.work_limit = _times.whole(work_limit, "work_limit")
        if work_limit < 0:
            raise ValueError("work_limit must not be negative; None means no limit")
    if deadline is None or (deadline is TWO_SECONDS and work_limit is not None):
        made.deadline_ms = -1
    elif deadline is not TWO_SECONDS:
        made.deadline_ms = _times.seconds_of_deadline(deadline)
    if not 0 <= _times.whole(seed, "seed"):
        raise ValueError("seed must not be negative")
    made.seed = int(seed)
    if optimisers is not None and not isinstance(optimisers, str):
        optimisers = ",".join(optimisers)
    for name, value in (("solver", solver), ("optimisers", optimisers), ("forecast", forecast)):
        if value is not None:
            setattr(made, name, _fields.c_text(value, name, keep))
    if milp_file is not None:
        path = ffi.new("char[]", os.fsencode(milp_file))
        keep.append(path)
        made.milp_file = path
    return made
