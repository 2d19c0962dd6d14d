# SPDX-License-Identifier: Apache-2.0
"""The plan: made by the engine, read from a file or set by hand; its figures, files and reports."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Callable, List, Optional, Sequence, Tuple, Union

from . import _fields, _solve, _times
from ._handle import Handle
from ._library import NULL, UNSET, ffi, lib, text, words
from .builder import Key, PathLike
from .certificate import Certificate
from .check import Checker, Violations
from .context import Context, value_of
from .errors import InvalidArgument, PlanInterrupted, nearest
from ._solve import TWO_SECONDS, Progress, StageStats, Stats
from .tables import Row, Table, cell, escape, html_table

if TYPE_CHECKING:
    from .diff import Diff
    from .explain import Alternative, Conflict
    from .scenario import Scenario

__all__ = ["Plan", "Progress", "Stats", "StageStats", "write_file"]

PLAN_FORMATS = words("qwr_plan_format")


def plan_format(word: str) -> int:
    """The qwr_plan_format of "auto", "xml", "json", "csv" or "solution-csv"."""
    if word not in PLAN_FORMATS:
        raise ValueError(f'plan format "{word}" is not known; ' + nearest(word, PLAN_FORMATS))
    return int(PLAN_FORMATS[word])


def charts() -> List[str]:
    """Names of the diagrams Plan.report_chart() draws."""
    found: List[str] = []
    while lib.qwr_chart_name(len(found)) != NULL:
        found.append(text(lib.qwr_chart_name(len(found))) or "")
    return found


class Plan:
    """For every call a stay (place, start, end, cranes) or a reason why it has none.

    Made by ``scenario.plan()``, ``scenario.load_plan()`` or ``scenario.empty_plan()``.
    """

    _handle: Handle
    _made_in: Context
    scenario: "Scenario"  #: The scenario it belongs to.
    stats: Optional[Stats]  #: How the run went; None for a plan that was not made here.

    def __init__(self) -> None:
        raise TypeError(
            "make a plan with scenario.plan(), scenario.load_plan() or " "scenario.empty_plan()"
        )

    @classmethod
    def _of(
        cls, scenario: "Scenario", context: Context, pointer: Any, stats: Optional[Stats] = None
    ) -> "Plan":
        plan = cls.__new__(cls)
        plan._handle = Handle(pointer, lib.qwr_plan_free, scenario._handle, context._handle)
        plan._made_in, plan.scenario, plan.stats = context, scenario, stats
        return plan

    # --- making -----------------------------------------------------------------------------------

    @classmethod
    def solve(
        cls,
        scenario: "Scenario",
        *,
        deadline: Any = TWO_SECONDS,
        work_limit: Optional[int] = None,
        seed: int = 1,
        solver: Optional[str] = None,
        optimisers: Union[str, Sequence[str], None] = None,
        forecast: Optional[str] = None,
        start: Optional["Plan"] = None,
        milp_file: Optional[PathLike] = None,
        progress: Optional[Callable[[Progress], Any]] = None,
        context: Optional[Context] = None,
    ) -> "Plan":
        """Plans a scenario; ``scenario.plan(...)`` is the short way to say it.

        Args:
            deadline: seconds (or timedelta) from now, 2.0 if nothing is said; None: no deadline.
            work_limit: work units, the same on every machine. With it and without a deadline the
                plan is reproducible, whatever the threads.
            seed: seed of the search.
            solver: id of the MILP backend; None: the best there is; "none": no MILP.
            optimisers: ids of optimiser plugins to run after the built-in search.
            forecast: id of the forecast plugin that gives crane rates.
            start: a plan of the same scenario to start from; the result is never worse.
            milp_file: write the last MILP here (.lp or .mps).
            progress: called with a Progress now and then and at every better plan; may return
                False, or call context.cancel(), to stop. What it raises ends the run.
            context: where to run; None: the scenario's, or the thread's own.

        The interpreter is free while a plan is made: other threads run on. Ctrl-C stops the run
        and raises PlanInterrupted, a KeyboardInterrupt that carries the best plan so far.
        """
        if start is not None and start.scenario._handle is not scenario._handle:
            raise InvalidArgument(
                "start is a plan of another scenario; scenario.parse_plan("
                "start.text()) carries it over if the calls are the same"
            )
        ctx = scenario._context(context)
        keep: List[Any] = [start]
        options = _solve.options(
            keep, deadline, work_limit, seed, solver, optimisers, forecast, milp_file
        )
        if start is not None:
            options.start = start._pointer()
        if progress is not None:
            # The callback lives as long as the object made here, not as the pointer in the struct.
            keep.append(_solve.progress_callback(ctx, progress))
            options.progress = keep[-1]
        pointer, stats, signal = _solve.solve(ctx, scenario._pointer(), options, (scenario, keep))
        plan = cls._of(scenario, ctx, pointer, stats)
        if signal is None:
            return plan
        if isinstance(signal, KeyboardInterrupt):
            raise PlanInterrupted(
                "planning was interrupted; the best plan so far is in .plan", plan
            ) from None
        raise signal

    def copy(self) -> "Plan":
        """A plan of its own with the same stays."""
        ctx = self._context()
        return Plan._of(
            self.scenario,
            ctx,
            ctx._make("qwr_plan", lib.qwr_plan_copy, self._pointer()),
            self.stats,
        )

    def set_stay(self, call: Key, **fields: Any) -> None:
        """Sets where and when a call lies. Nothing is checked here but names: see check(). The
        costs are computed anew, and what was proven of the plan is proven no more.

            plan.set_stay("V1", quay="Q1", position_m=120, start="2026-03-02T06:00:00Z",
                          end="2026-03-02T18:00:00Z", cranes=3)
            plan.set_stay("V2", placed=False, reason="cancelled")

        What is not named keeps its value, but for a crane profile, which goes with new times or
        cranes. `profile` sets one: pairs of an instant and the cranes from then on, see profile().
        """
        index = self.scenario._index("call", call)
        keep: List[Any] = []
        stay = ffi.new("qwr_stay *", lib.qwr_plan_stay(self._pointer(), index)[0])
        if fields.get("placed", True):
            stay.placed, stay.reason = 1, NULL
        profile = fields.pop("profile", None)
        times = {"start", "start_s", "end", "end_s", "cranes"}
        if profile is not None:
            stay.steps, stay.step_count, stay.cranes = self._steps(profile, keep)
        elif times & fields.keys():
            stay.steps, stay.step_count = NULL, 0
        for key, value in fields.items():
            _fields.assign(stay, "stay", key, value, self.scenario, keep, "stay")
        ctx = self._context()
        with ctx._use():
            ctx._checked(self._set(index, stay))
        self._priced()

    def _steps(self, profile: Any, keep: List[Any]) -> Tuple[Any, int, int]:
        """A crane profile for C: its steps, how many, and the most cranes."""
        pairs = [
            (
                _times.instant(at, self.scenario.epoch_unix_s, "profile"),
                _times.whole(cranes, "profile: cranes"),
            )
            for at, cranes in profile
        ]
        if not pairs:
            return NULL, 0, 0
        steps = ffi.new("qwr_crane_step[]", pairs)
        keep.append(steps)
        return steps, len(pairs), max(cranes for _, cranes in pairs)

    def profile(self, call: Key) -> List[Tuple[Any, int]]:
        """Pairs of an instant and the cranes a call holds from then on; empty where the count is
        `cranes` all the time.

            plan.profile("V1")   # [(datetime(2026, 3, 2, 6), 3), (datetime(2026, 3, 2, 9), 4)]
        """
        stay = self._stay(self.scenario._index("call", call).v)
        return [
            (
                _times.moment(stay.steps[k].from_s, self.scenario.epoch_unix_s),
                int(stay.steps[k].cranes),
            )
            for k in range(stay.step_count)
        ]

    def _priced(self) -> "Plan":
        """Costs by the checker; what was claimed and does not hold is claimed no more."""
        ctx = self._context()
        with ctx._use() as pointer:
            ctx._checked(lib.qwr_plan_price(pointer, self._pointer()))
        return self

    def _set(self, index: Any, stay: Any) -> int:
        return int(lib.qwr_plan_set_stay(self._pointer(), index, stay))

    def _filled_from(self, source: Any, stats: Optional[Stats]) -> "Plan":
        """Takes over every stay of a plan of an equal scenario, and what is known about it."""
        ctx = self._context()
        with ctx._use():
            for i in range(self.scenario._count("call")):
                index = ffi.new("qwr_call_ix *", [i])[0]
                ctx._checked(self._set(index, lib.qwr_plan_stay(source, index)))
            ctx._checked(
                lib.qwr_plan_set_quality(self._pointer(), lib.qwr_plan_get_quality(source))
            )
        self.stats = stats
        return self

    def set_quality(self, **fields: Any) -> None:
        """Sets what is known about the plan, for plans made elsewhere: cost, bound, proof, ..."""
        keep: List[Any] = []
        quality = ffi.new("qwr_plan_quality *", self._quality()[0])
        for key, value in fields.items():
            _fields.assign(quality, "plan_quality", key, value, self.scenario, keep, "quality")
        ctx = self._context()
        with ctx._use():
            ctx._checked(lib.qwr_plan_set_quality(self._pointer(), quality))

    # --- reading ----------------------------------------------------------------------------------

    def _pointer(self) -> Any:
        return self._handle.get("plan")

    def _context(self) -> Context:
        if self._made_in._is_default:
            return Context.default()
        return self._made_in

    def _quality(self) -> Any:
        return lib.qwr_plan_get_quality(self._pointer())

    def _stay(self, index: int) -> Any:
        return lib.qwr_plan_stay(self._pointer(), ffi.new("qwr_call_ix *", [index])[0])

    @property
    def stays(self) -> Table:
        """What the plan says about each call, in the order of the scenario: a list of dicts with
        call, vessel, placed, quay, berth, position_m, start, end, cranes, cost, reason."""
        scenario = self.scenario
        first = (
            ("call", scenario._texts("call", "id").__getitem__),
            ("vessel", scenario._texts("call", "vessel").__getitem__),
        )
        return Table("stay", scenario._count("call"), self._stay, scenario, self, first=first)

    def stay(self, call: Key) -> Row:
        """The stay of one call."""
        row: Row = self.stays[self.scenario._index("call", call).v]
        return row

    def to_numpy(self) -> Any:
        """The stays as a structured NumPy array."""
        return self.stays.to_numpy()

    def to_frame(self) -> Any:
        """The stays as a pandas DataFrame."""
        return self.stays.to_frame()

    @property
    def quality(self) -> Row:
        """Everything known about the plan as a whole."""
        quality = self._quality()
        return Row(
            (field.name, _fields.human(quality, field, self.scenario))
            for field in _fields.fields("plan_quality")
        )

    @property
    def outcome(self) -> str:
        """none, feasible, optimal or infeasible."""
        return text(lib.qwr_outcome_name(self._quality().outcome)) or ""

    @property
    def stop(self) -> str:
        """Why the search ended: done, deadline, work, cancel or limit."""
        return text(lib.qwr_stop_name(self._quality().stop)) or ""

    @property
    def cost(self) -> Optional[float]:
        """Cost of the placed calls in the published unit; `cost_mu` in thousandths, exact."""
        return value_of(self._quality().cost_mu)

    @property
    def cost_mu(self) -> int:
        """Cost in thousandths of the money unit."""
        return int(self._quality().cost_mu)

    @property
    def bound(self) -> Optional[float]:
        """No plan on the step and grid placing as many calls costs less; None: not known."""
        return value_of(self._quality().bound_mu)

    @property
    def bound_mu(self) -> Optional[int]:
        """The bound in thousandths of the money unit."""
        bound = int(self._quality().bound_mu)
        return None if bound == UNSET else bound

    @property
    def gap(self) -> Optional[float]:
        """(cost - bound) / cost as a share: 0.05 is five percent; None: no bound is known."""
        percent = float(lib.qwr_plan_gap_pct(self._pointer()))
        return None if percent < 0 else percent / 100

    @property
    def gap_pct(self) -> Optional[float]:
        """The gap in percent, as the tool prints it."""
        percent = float(lib.qwr_plan_gap_pct(self._pointer()))
        return None if percent < 0 else percent

    @property
    def proof(self) -> str:
        """How it was bounded: none, area, lagrangian, interval-dp, branch-and-price, milp:ID."""
        return text(self._quality().proof) or "none"

    @property
    def certificate(self) -> Optional[Certificate]:
        """The proof of the bound, to save or to replay with ``scenario.verify()``; None where there
        is none: bounds of other methods, plans read from files, pickled or made by a session."""
        return Certificate._of_plan(self)

    @property
    def forecast(self) -> Optional[str]:
        """Plugin whose crane rates the stays rely on."""
        return text(self._quality().forecast)

    @property
    def unplaced(self) -> int:
        """Number of calls without a place."""
        return int(self._quality().unplaced)

    @property
    def work(self) -> int:
        """Work units used."""
        return int(self._quality().work)

    @property
    def seed(self) -> int:
        """Seed of the search."""
        return int(self._quality().seed)

    @property
    def hash(self) -> str:
        """Hash over every stay: equal plans, equal hash."""
        return f"{lib.qwr_plan_hash(self._pointer()):016x}"

    @property
    def kpi(self) -> Row:
        """Key figures under their TIC 4.0 names: calls, on_time, wait_h, berth_use, qcm, ..."""
        kpi = ffi.new("qwr_kpi *", lib.qwr_kpi_init())
        ctx = self._context()
        with ctx._use() as pointer:
            ctx._checked(lib.qwr_plan_kpi(kpi, pointer, self._pointer()))
        return Row(
            (field.name, _fields.human(kpi, field, self.scenario))
            for field in _fields.fields("kpi")
        )

    # --- checking, explaining, comparing ----------------------------------------------------------

    def check(self) -> Violations:
        """Every rule the plan breaks, by the checker, which shares no line with the planner."""
        return Violations(self)

    def checker(self) -> Checker:
        """A checker that remembers this plan, for dragging vessels around."""
        return Checker(self)

    def explain(self) -> str:
        """In sentences: how good the plan is, why calls are left out, which rules it breaks."""
        lines = [self._verdict()]
        for row in self.stays:
            if not row["placed"]:
                name = f"{row['vessel']} ({row['call']})" if row["vessel"] else row["call"]
                lines.append(f"{name} has no place: {row['reason'] or 'no reason was given'}")
        broken = [row for row in self.check() if row.rule != "placed"]
        if broken:
            lines.append(f"It breaks {len(broken)} rules:")
            lines += [f"  {row.rule}: {row.sentence}" for row in broken]
        else:
            lines.append("It breaks no rule.")
        return "\n".join(lines)

    def _verdict(self) -> str:
        bound, gap = self.bound, self.gap_pct
        start = f"The plan is {self.outcome}, cost {cell(self.cost)}"
        if bound is None or gap is None:
            return start + "; how far it is from the best is not known."
        if self.outcome == "optimal":
            return f"{start}; no plan is cheaper (proof: {self.proof})."
        return (
            f"{start}; no plan placing as many calls costs less than {cell(bound)} "
            f"(gap {gap:.2f} %, proof: {self.proof})."
        )

    def alternatives(self, call: Key) -> "List[Alternative]":
        """What else the call could do at what cost, all others as they are; see Alternative."""
        from .explain import alternatives

        return alternatives(self, call)

    def conflicts(self, call: Key) -> "List[Conflict]":
        """Demands that cannot hold together of a call no quay could take; see Conflict."""
        from .explain import conflicts

        return conflicts(self, call)

    def diff(self, other: "Plan") -> "Diff":
        """What moved from this plan to `other`: calls matched by id."""
        from .diff import Diff

        return Diff._of_plans(self, other)

    # --- files and reports ------------------------------------------------------------------------

    def save(self, path: PathLike, format: str = "auto") -> None:
        """Writes the plan in one step; "auto" goes by the extension (.xml, .json, .csv)."""
        self._context()._call(
            lib.qwr_plan_save, self._pointer(), os.fsencode(path), plan_format(format)
        )

    def text(self, format: str = "xml") -> str:
        """What save() writes, as text."""
        length = ffi.new("size_t *")
        return self._context()._sized_text(
            lib.qwr_plan_text, length, self._pointer(), plan_format(format)
        )

    def report_text(self, columns: int = 100) -> str:
        """Summary for a terminal window, about a screenful."""
        return self._with_violations(lib.qwr_report_text, columns)

    def report_svg(self, path: Optional[PathLike] = None) -> str:
        """The time-quay diagram as SVG; also written to `path` if given."""
        return self._written(path, self._context()._text(lib.qwr_report_svg, self._pointer()))

    def report_html(self, path: Optional[PathLike] = None) -> str:
        """One HTML file that needs nothing else; also written to `path` if given."""
        return self._written(path, self._with_violations(lib.qwr_report_html))

    def report_chart(self, chart: str, path: Optional[PathLike] = None) -> Optional[str]:
        """One diagram as SVG: time-quay, cranes, use, tide or depth; see charts().

        None where the plan has nothing to show in it, and then nothing is written.
        """
        known = charts()
        if chart not in known:
            raise ValueError(f'chart "{chart}" is not known; ' + nearest(chart, known))
        svg = self._context()._text(lib.qwr_report_chart, self._pointer(), known.index(chart))
        return self._written(path, svg) if svg else None

    def report_diff_html(self, other: "Plan", path: Optional[PathLike] = None) -> str:
        """One HTML file on two plans: `other` with its changes from this plan marked."""
        violations = other.check()
        html = self._context()._text(
            lib.qwr_report_diff_html,
            self._pointer(),
            other._pointer(),
            violations._handle.pointer,
        )
        return self._written(path, html)

    def _with_violations(self, function: Callable[..., int], *arguments: Any) -> str:
        violations = self.check()
        return self._context()._text(
            function, self._pointer(), violations._handle.pointer, *arguments
        )

    def _written(self, path: Optional[PathLike], content: str) -> str:
        if path is not None:
            write_file(path, content, self._context())
        return content

    def close(self) -> None:
        """Frees the plan. Python does so by itself."""
        self._handle.close()

    def __eq__(self, other: Any) -> bool:
        return (
            isinstance(other, Plan) and self.scenario == other.scenario and self.hash == other.hash
        )

    def __hash__(self) -> int:
        return hash(self.hash)

    def __reduce__(self) -> Any:
        return (_unpickle, (self.scenario, self.text("xml")))

    def __str__(self) -> str:
        return self.report_text()

    def __repr__(self) -> str:
        if self._handle.closed:
            return "<Plan, closed>"
        gap = f", gap {self.gap_pct:.2f} %" if self.gap_pct is not None else ""
        left = f", {self.unplaced} without place" if self.unplaced else ""
        return (
            f'<Plan of "{self.scenario.id}": {self.outcome}, cost {cell(self.cost)}{gap}{left}, '
            f"{self.scenario._count('call')} calls>"
        )

    def _repr_html_(self) -> str:
        svg = self.report_svg()
        svg = svg[svg.find("<svg") :]
        kpi = self.kpi
        names = ("placed", "on_time", "late", "wait_h", "late_h", "berth_use", "crane_use", "qcm")
        table = html_table(
            ["cost", "bound", *names], [[self.cost, self.bound, *(kpi[name] for name in names)]]
        )
        return f"<p>{escape(self._verdict())}</p>{table}{svg}"


def write_file(
    path: PathLike, content: Union[str, bytes], context: Optional[Context] = None
) -> None:
    """Writes a file in one step (a temporary beside it, then renamed), so that it is never torn."""
    data = content.encode("utf-8") if isinstance(content, str) else bytes(content)
    (context or Context.default())._call(lib.qwr_file_write, os.fsencode(path), data, len(data))


def _unpickle(scenario: "Scenario", content: str) -> Plan:
    return scenario.parse_plan(content, "pickle", "xml")
