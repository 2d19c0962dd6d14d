# SPDX-License-Identifier: Apache-2.0
"""The session: a terminal that is planned again and again from its news, for months."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple, Union

from . import _fields, _solve, _times
from ._handle import Handle
from ._library import NONE, NULL, UNSET, ffi, lib, text
from ._solve import TWO_SECONDS, Progress, Stats
from .builder import Key, PathLike, ScenarioBuilder
from .context import Context
from .diff import Diff
from .errors import NotFound, PlanInterrupted
from .plan import Plan, plan_format
from .scenario import Scenario
from .tables import Row

__all__ = ["Session", "SessionResult"]

_LINE = 4096


class SessionResult(NamedTuple):
    """A plan and what goes with it; the session may go on without changing it."""

    plan: Plan
    scenario: Scenario  #: What was planned: facts, freeze and the time included.
    diff: Optional[Diff]  #: From the last plan to this one; None for the first.
    conflicts: List[str]  #: Facts that break a rule, in sentences.
    cycle: int  #: 1 for the first plan.
    carried: int  #: Stays of the last plan the search began with.
    frozen: int  #: Of these, kept because of freeze_until().
    stats: Stats


class _Names(_fields.Resolver):
    """Ids of the terminal by kind: its quays and berths change only in Session.changes()."""

    def __init__(self, source: _fields.Resolver) -> None:
        self.epoch_unix_s = source.epoch_unix_s
        self._ids = {kind: source.ids(kind) for kind in _fields.KEYED if kind != "call"}

    def find(self, kind: str, key: str) -> int:
        ids = self._ids.get(kind, [])
        return ids.index(key) if key in ids else NONE

    def ids(self, kind: str) -> List[str]:
        return self._ids.get(kind, [])

    def id_of(self, kind: str, index: int) -> Optional[str]:
        ids = self._ids.get(kind, [])
        return ids[index] if index < len(ids) else None


def _id(key: Key) -> str:
    name = key if isinstance(key, str) else getattr(key, "id", None)
    if not isinstance(name, str):
        raise TypeError(f"a session knows calls and equipment by id, not {key!r}")
    return name


class Session:
    """A terminal that is planned again and again; each plan starts from the last one.

        session = Session(scenario)
        first = session.plan(deadline=20)
        session.set_now("2026-03-02T06:00:00Z")
        session.set_eta("V1", "2026-03-02T09:00:00Z")
        session.crane_down("repair-7", "C2", start="2026-03-02T06:00:00Z", end="2026-03-02T10:00:00Z")
        print(session.plan(deadline=20).diff)

    Instants and quantities are written as in ScenarioBuilder. News that contradict the terminal are
    refused and change nothing. One thread at a time feeds and plans; cancel(), progress() and
    log_lines() may be called from any.
    """

    def __init__(self, scenario: Scenario, context: Optional[Context] = None) -> None:
        self._context = context or scenario._context()
        self._handle = Handle(
            self._context._make("qwr_session", lib.qwr_session_new, scenario._pointer()),
            lib.qwr_session_free,
            self._context._handle,
        )
        self._names = _Names(scenario)
        self._last: Optional[SessionResult] = None

    # --- calling ----------------------------------------------------------------------------------

    def _pointer(self) -> Any:
        return self._handle.get("session")

    def _tell(self, function: Callable[..., int], *arguments: Any) -> None:
        with self._context._use():
            self._context._checked(function(self._pointer(), *arguments))

    def _seconds(self, instant: _times.Instant, name: str) -> int:
        return _times.instant(instant, self._names.epoch_unix_s, name)

    def _filled(self, kind: str, values: Dict[str, Any], keep: List[Any]) -> Any:
        struct = ffi.new(f"qwr_{kind} *", getattr(lib, f"qwr_{kind}_init")())
        for key, value in values.items():
            _fields.assign(struct, kind, key, value, self._names, keep, kind)
        keep.append(struct)
        return struct

    # --- time -------------------------------------------------------------------------------------

    @property
    def epoch(self) -> datetime:
        """The instant of second 0; roll() moves it."""
        found = _times.moment(0, self._names.epoch_unix_s)
        assert found is not None
        return found

    def set_now(self, now: _times.Instant) -> None:
        """Tells what time it is: no vessel that is not alongside berths earlier from now on."""
        self._tell(lib.qwr_session_set_now, self._seconds(now, "now"))

    def roll(self, by: _times.Span) -> None:
        """Moves the epoch on by a multiple of the step, so that a session outlives its horizon."""
        by_s = _times.span(by, "by")
        self._tell(lib.qwr_session_roll, by_s)
        self._names.epoch_unix_s += by_s

    def freeze_until(self, until: Optional[_times.Instant]) -> None:
        """Keeps stays of the last plan that begin before this instant; None: keeps none."""
        seconds = UNSET if until is None else self._seconds(until, "until")
        with self._context._use():
            lib.qwr_session_freeze_until(self._pointer(), seconds)

    # --- calls ------------------------------------------------------------------------------------

    def call(self, call: Key) -> Row:
        """What is known about a call."""
        struct = lib.qwr_session_call(self._pointer(), _id(call).encode())
        if struct == NULL:
            raise NotFound(f'the session has no call "{_id(call)}"')
        return Row(
            (field.name, _fields.human(struct, field, self._names))
            for field in _fields.fields("call")
        )

    def set_eta(self, call: Key, eta: _times.Instant) -> None:
        """A new expected arrival."""
        self._tell(lib.qwr_session_set_eta, _id(call).encode(), self._seconds(eta, "eta"))

    def add_call(self, id: str, **fields: Any) -> None:
        """A new call; keywords as in ScenarioBuilder.add_call()."""
        keep: List[Any] = []
        self._tell(lib.qwr_session_add_call, self._filled("call", {"id": id, **fields}, keep))

    def update_call(self, call: Key, **changes: Any) -> None:
        """Changes fields of a call; the others stay."""
        keep: List[Any] = []
        known = lib.qwr_session_call(self._pointer(), _id(call).encode())
        if known == NULL:
            raise NotFound(f'the session has no call "{_id(call)}"')
        struct = ScenarioBuilder._own_strings("call", ffi.new("qwr_call *", known[0]), keep)
        for key, value in changes.items():
            _fields.assign(struct, "call", key, value, self._names, keep, f'call "{_id(call)}"')
        self._tell(lib.qwr_session_set_call, struct)

    def remove_call(self, call: Key) -> None:
        """The call is cancelled, or the vessel has left."""
        self._tell(lib.qwr_session_remove_call, _id(call).encode())

    def _facts(self, kind: str, values: Dict[str, Any], keep: List[Any]) -> Any:
        # Their quay and berth are ids, unlike those of entities.
        for name in ("quay", "berth"):
            if values.get(name) is not None:
                values[name] = _id(values[name])
        return self._filled(kind, {k: v for k, v in values.items() if v is not None}, keep)

    def set_berthed(self, call: Key, **facts: Any) -> None:
        """The vessel is alongside: a fact no plan changes.

        Keywords: quay, berth, position_m, start (required), cranes, moves_done, end. Say it again
        when cranes or moves have changed. A fact that breaks a rule is believed; the plan's result
        names the conflict.
        """
        keep: List[Any] = []
        made = self._facts("berthed", facts, keep)
        self._tell(lib.qwr_session_set_berthed, _id(call).encode(), made)

    def pin(self, call: Key, **parts: Any) -> None:
        """A planner's decision: any of quay, berth, position_m, start, cranes. None: sets it free."""
        keep: List[Any] = []
        pin = self._facts("pin", parts, keep) if parts else NULL
        self._tell(lib.qwr_session_pin, _id(call).encode(), pin)

    def announce(self) -> None:
        """The last plan was sent out: change prices count from it from now on."""
        self._tell(lib.qwr_session_announce)

    # --- terminal ---------------------------------------------------------------------------------

    def crane_down(
        self,
        window: str,
        crane: Key,
        start: _times.Instant,
        end: _times.Instant,
        reason: Optional[str] = None,
    ) -> None:
        """A crane is down; `window` names this news, to replace or remove it later."""
        keep: List[Any] = []
        self._tell(
            lib.qwr_session_crane_down,
            _fields.c_text(window, "window", keep),
            _id(crane).encode(),
            self._seconds(start, "start"),
            self._seconds(end, "end"),
            NULL if reason is None else _fields.c_text(reason, "reason", keep),
        )

    def close_quay(
        self,
        window: str,
        quay: Key,
        start: _times.Instant,
        end: _times.Instant,
        from_m: float = 0,
        to_m: Optional[float] = None,
        reason: Optional[str] = None,
    ) -> None:
        """A part of a quay is closed."""
        keep: List[Any] = []
        self._tell(
            lib.qwr_session_close_quay,
            _fields.c_text(window, "window", keep),
            _id(quay).encode(),
            _times.fixed(from_m, 1000, "from_m"),
            UNSET if to_m is None else _times.fixed(to_m, 1000, "to_m"),
            self._seconds(start, "start"),
            self._seconds(end, "end"),
            NULL if reason is None else _fields.c_text(reason, "reason", keep),
        )

    def set_window(self, id: str, **fields: Any) -> None:
        """Adds a window of any kind, or replaces it; keywords as ScenarioBuilder.add_window()."""
        keep: List[Any] = []
        self._tell(lib.qwr_session_set_window, self._filled("window", {"id": id, **fields}, keep))

    def remove_window(self, window: str) -> None:
        """The crane is up again, the quay is open."""
        self._tell(lib.qwr_session_remove_window, window.encode())

    @contextlib.contextmanager
    def changes(self) -> Iterator[ScenarioBuilder]:
        """Several news at once, and any other change: a builder of the terminal.

            with session.changes() as b:
                b.add_crane("C9", quay="Q1", rail_order=9)

        All of it is taken at the end, or none: if the result is not valid, or the block raises.
        """
        out = ffi.new("qwr_scenario_builder **")
        with self._context._use():
            self._context._checked(lib.qwr_session_hold(out, self._pointer()))
        builder = ScenarioBuilder._of(self._context, out[0], owned=False)
        try:
            yield builder
        except BaseException:
            self._undo(out[0])
            builder.close()
            raise
        names = _Names(builder)
        builder.close()
        self._tell(lib.qwr_session_release)
        self._names = names

    def _undo(self, builder: Any) -> None:
        """A terminal with a quay without length is not valid, so all is undone."""
        quay = ffi.new("qwr_quay *", lib.qwr_quay_init())
        name = ffi.new("char[]", b"(undo)")
        quay.id, quay.length_mm = name, -1
        with self._context._use():
            lib.qwr_scenario_add_quay(builder, quay, NULL)
            lib.qwr_session_release(self._pointer())

    # --- plans ------------------------------------------------------------------------------------

    def plan(
        self,
        *,
        deadline: Any = TWO_SECONDS,
        work_limit: Optional[int] = None,
        seed: int = 1,
        solver: Optional[str] = None,
        optimisers: Union[str, Sequence[str], None] = None,
        forecast: Optional[str] = None,
        milp_file: Optional[PathLike] = None,
        progress: Optional[Callable[[Progress], Any]] = None,
    ) -> SessionResult:
        """Plans, beginning with the last plan and never worse than it. Options as Plan.solve()."""
        keep: List[Any] = []
        options = _solve.options(
            keep, deadline, work_limit, seed, solver, optimisers, forecast, milp_file
        )
        if progress is not None:
            keep.append(_solve.progress_callback(self._context, progress))
            options.progress = keep[-1]
        pointer = self._pointer()
        result = ffi.new("qwr_session_result *", lib.qwr_session_result_init())
        signal = _solve.run(
            self._context,
            lambda _ctx: int(lib.qwr_session_plan(result, pointer, options)),
            (self, keep),
        )
        self._last = self._own(result)
        if isinstance(signal, KeyboardInterrupt):
            raise PlanInterrupted(
                "planning was interrupted; the best plan so far is in .plan", self._last.plan
            ) from None
        if signal is not None:
            raise signal
        return self._last

    def _own(self, result: Any) -> SessionResult:
        """Copies of what the session lends until its next plan."""
        ctx = self._context
        builder = ScenarioBuilder._of(
            ctx, ctx._make("qwr_scenario_builder", lib.qwr_scenario_thaw, result.scenario)
        )
        scenario = builder.freeze()
        builder.close()
        stats = _solve.stats(result.stats)
        plan = scenario.empty_plan()._filled_from(result.plan, stats)
        diff = None
        if result.diff != NULL:
            before = self._last.scenario if self._last else scenario
            diff = Diff(result.diff, before, scenario, ctx, borrowed=True)
        conflicts = [text(result.conflicts[i]) or "" for i in range(result.conflict_count)]
        return SessionResult(
            plan, scenario, diff, conflicts, result.cycle, result.carried, result.frozen, stats
        )

    def last(self) -> SessionResult:
        """The last result again.

        Raises:
            StateError: there is no plan yet.
        """
        result = ffi.new("qwr_session_result *", lib.qwr_session_result_init())
        with self._context._use():
            self._context._checked(lib.qwr_session_last(result, self._pointer()))
        if self._last is None or self._last.cycle != result.cycle:
            self._last = self._own(result)
        return self._last

    def plan_text(self, format: str = "xml") -> str:
        """The last plan as the bytes of a file, as text."""
        out, length = ffi.new("char **"), ffi.new("size_t *")
        with self._context._use() as ctx:
            try:
                self._context._checked(
                    lib.qwr_session_plan_text(out, length, self._pointer(), plan_format(format))
                )
                return text(out[0]) or ""
            finally:
                lib.qwr_text_free(ctx, out[0])

    # --- from other threads -----------------------------------------------------------------------

    def cancel(self) -> None:
        """Asks the plan that is running to come back with the best it has. Any thread."""
        pointer = self._handle.pointer
        if pointer is not None:
            lib.qwr_session_cancel(pointer)

    def progress(self) -> Tuple[bool, Progress]:
        """Whether a plan is running, and how far it (or the last one) has come. Any thread."""
        state = ffi.new("qwr_progress *")
        state.size = ffi.sizeof("qwr_progress")
        running = lib.qwr_session_progress(state, self._pointer())
        return bool(running), _solve.progress_of(state)

    def log_lines(self) -> List[str]:
        """Log lines that were not taken yet, at most the last 64. Any thread."""
        line, lines = ffi.new("char[]", _LINE), []
        while lib.qwr_session_log(line, _LINE, self._pointer()):
            lines.append(text(line) or "")
        return lines

    def close(self) -> None:
        """Frees the session; results stay."""
        self._handle.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_unused: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._handle.closed:
            return "<Session, closed>"
        cycle = self._last.cycle if self._last else 0
        return f"<Session from {self.epoch:%Y-%m-%d %H:%M}, {cycle} plans>"
