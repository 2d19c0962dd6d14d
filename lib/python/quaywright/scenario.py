# SPDX-License-Identifier: Apache-2.0
"""The scenario: load, generate, read, vary, plan. Knows plans by name alone."""

from __future__ import annotations

import functools
import os
from datetime import datetime, timedelta
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Dict,
    Iterator,
    List,
    Optional,
    Sequence,
    Tuple,
    Union,
)

from . import _fields, _times
from . import vary as _vary
from ._declared import TableNames
from ._handle import Handle
from ._solve import TWO_SECONDS, Progress
from ._library import FORBIDDEN, NONE, NULL, UNSET, ffi, lib, text
from .builder import TABLES, Key, PathLike, ScenarioBuilder, as_bytes, format_number
from .context import Context
from .errors import NotFound, nearest
from .tables import Row, Table, cell, epoch_of, html_table

if TYPE_CHECKING:
    from .certificate import Certificate, Verdict
    from .diff import Diff
    from .plan import Plan
    from .vary import Change

__all__ = ["Scenario", "profiles", "detect_format", "format_of"]


def profiles() -> Dict[str, str]:
    """Kinds of terminals generate() makes, each with a sentence and its sources."""
    found: Dict[str, str] = {}
    while lib.qwr_generate_profile_name(len(found)) != NULL:
        index = len(found)
        found[text(lib.qwr_generate_profile_name(index)) or ""] = (
            text(lib.qwr_generate_profile_sentence(index)) or ""
        )
    return found


def detect_format(path: PathLike, context: Optional[Context] = None) -> str:
    """Format of a scenario file by its content; "auto" if it is none of ours."""
    out = ffi.new("qwr_format *")
    ctx = context or Context.default()
    with ctx._use() as pointer:
        ctx._checked(lib.qwr_format_detect(out, pointer, os.fsencode(path)))
    return text(lib.qwr_format_name(out[0])) or "auto"


def format_of(data: Union[str, bytes]) -> str:
    """As detect_format(), for a scenario in memory; its beginning is enough."""
    content = as_bytes(data)
    return text(lib.qwr_format_name(lib.qwr_format_of_text(content, len(content)))) or "auto"


class Scenario(TableNames, _fields.Resolver):
    """A terminal, its calls and its rules, read only; made by load(), parse(), generate() or a
    ScenarioBuilder. Threads may share it.

    ``scenario.calls``, ``scenario.cranes`` and so on are tables: lists of dicts with an id to look
    up, and ``to_numpy()`` and ``to_frame()``.
    """

    def __init__(self) -> None:
        raise TypeError(
            "make a scenario with Scenario.load(), Scenario.parse(), "
            "Scenario.generate() or ScenarioBuilder(...).freeze()"
        )

    @classmethod
    def _of(cls, context: Context, pointer: Any) -> "Scenario":
        scenario = cls.__new__(cls)
        scenario._made_in = context
        scenario._handle = Handle(pointer, lib.qwr_scenario_free, context._handle)
        scenario.epoch_unix_s = epoch_of(scenario._info())
        scenario._kept = {}
        return scenario

    _made_in: Context
    _handle: Handle
    _kept: Dict[Tuple[str, str], List[Optional[str]]]

    @classmethod
    def load(
        cls,
        path: PathLike,
        format: str = "auto",
        *,
        history: Optional[PathLike] = None,
        context: Optional[Context] = None,
    ) -> "Scenario":
        """Reads a scenario file: our XML, or a published instance.

        Args:
            format: "auto" (by content), "xml", "dbap-text", "hybrid-json",
                "csbap-text", "tidal-csv".
            history: a CSV of past calls to add, for forecasts.

        Raises:
            FormatError: with file, line, what was expected, and the nearest valid word.
            ScenarioError: the scenario contradicts itself.
        """
        ctx = context or Context.default()
        if history is None:
            return cls._of(
                ctx,
                ctx._make(
                    "qwr_scenario", lib.qwr_scenario_load, os.fsencode(path), format_number(format)
                ),
            )
        builder = ScenarioBuilder.load(path, format, ctx)
        builder.load_history(history)
        return builder.freeze()

    @classmethod
    def parse(
        cls,
        data: Union[str, bytes],
        name: str = "text",
        format: str = "auto",
        context: Optional[Context] = None,
    ) -> "Scenario":
        """Reads a scenario from memory; `name` stands for the file in messages."""
        return ScenarioBuilder.parse(data, name, format, context).freeze()

    @classmethod
    def generate(
        cls,
        profile: str = "medium",
        seed: int = 1,
        *,
        calls: Optional[int] = None,
        quay_m: Optional[int] = None,
        cranes: Optional[int] = None,
        days: Optional[int] = None,
        vehicles: Optional[int] = None,
        step: Optional[_times.Span] = None,
        grid_m: Optional[float] = None,
        layout: Optional[str] = None,
        epoch: Union[str, datetime, None] = None,
        utilisation: Optional[float] = None,
        context: Optional[Context] = None,
    ) -> "Scenario":
        """Makes a realistic terminal. Same arguments, same scenario; see profiles().

        Args:
            utilisation: target share of the berths in use, e.g. 0.7; `calls` follows from it.
        """
        options = ffi.new("qwr_generate_options *", lib.qwr_generate_options_init())
        keep: List[Any] = []
        options.seed = _times.whole(seed, "seed")
        options.profile = _fields.c_text(profile, "profile", keep)
        if layout is not None:
            options.layout = _fields.c_text(layout, "layout", keep)
        if epoch is not None:
            moment = _times.moment(_times.to_unix(epoch, "epoch"), 0)
            written = moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else str(epoch)
            options.epoch = _fields.c_text(written, "epoch", keep)
        for name, value in (
            ("calls", calls),
            ("quay_m", quay_m),
            ("cranes", cranes),
            ("days", days),
            ("vehicles", vehicles),
        ):
            if value is not None:
                setattr(options, name, _times.whole(value, name))
        if step is not None:
            options.step_s = _times.span(step, "step")
        if grid_m is not None:
            options.grid_mm = _times.fixed(grid_m, 1000, "grid_m")
        if utilisation is not None:
            options.utilisation_milli = _times.fixed(utilisation, 1000, "utilisation")
        ctx = context or Context.default()
        return cls._of(ctx, ctx._make("qwr_scenario", lib.qwr_generate, options))

    # --- the frame --------------------------------------------------------------------------------

    def _pointer(self) -> Any:
        return self._handle.get("scenario")

    def _info(self) -> Any:
        return lib.qwr_scenario_get_info(self._pointer())

    def _context(self, given: Optional[Context] = None) -> Context:
        """The context of a call: the given one, the one the scenario was made in, or, where that
        is the default of another thread, the default of this one."""
        if given is not None:
            return given
        if getattr(self._made_in, "_is_default", False):
            return Context.default()
        return self._made_in

    @property
    def info(self) -> Row:
        """The frame: id, name, epoch, step, horizon, objective and so on."""
        info = self._info()
        return Row(
            (field.name, _fields.human(info, field, self))
            for field in _fields.fields("scenario_info")
        )

    @property
    def id(self) -> str:
        """Id of the scenario."""
        return text(self._info().id) or ""

    @property
    def name(self) -> Optional[str]:
        """Its name for people."""
        return text(self._info().name)

    @property
    def epoch(self) -> datetime:
        """The instant of second 0, in UTC."""
        return self.at(0)

    @property
    def step(self) -> timedelta:
        """Starts and ends of stays lie on multiples of it."""
        return timedelta(seconds=self._info().step_s)

    @property
    def horizon(self) -> timedelta:
        """Stays end by then, counted from the epoch."""
        return timedelta(seconds=self._info().horizon_s)

    @property
    def hash(self) -> str:
        """Hash over the content as the tool prints it: same data, same hash."""
        return f"{lib.qwr_scenario_hash(self._pointer()):016x}"

    def at(self, seconds: int) -> datetime:
        """The instant so many seconds after the epoch."""
        found = _times.moment(_times.whole(seconds, "seconds"), self.epoch_unix_s)
        if found is None:
            raise OverflowError(f"{seconds} s after the epoch lies outside the calendar")
        return found

    def seconds(self, instant: _times.Instant) -> int:
        """Seconds since the epoch of a datetime or ISO 8601 text."""
        return _times.instant(instant, self.epoch_unix_s, "instant")

    # --- entities ---------------------------------------------------------------------------------

    def _count(self, kind: str) -> int:
        return int(getattr(lib, f"qwr_scenario_{kind}_count")(self._pointer()))

    def _get(self, kind: str, index: int) -> Any:
        key = ffi.new(f"qwr_{kind}_ix *", [index])[0] if kind in _fields.KEYED else index
        return getattr(lib, f"qwr_scenario_{kind}")(self._pointer(), key)

    def find(self, kind: str, key: str) -> int:
        """Row number of an id, QWR_NONE if there is none."""
        function = getattr(lib, f"qwr_scenario_find_{kind}")
        return int(function(self._pointer(), key.encode("utf-8", "surrogatepass")).v)

    def ids(self, kind: str) -> List[str]:
        """All ids of a kind of entity ("call", "crane", ...)."""
        return [text(self._get(kind, i).id) or "" for i in range(self._count(kind))]

    def id_of(self, kind: str, index: int) -> Optional[str]:
        """The id at a row number, None past the end."""
        struct = self._get(kind, index)
        return None if struct == NULL else text(struct.id)

    def _texts(self, kind: str, member: str) -> List[Optional[str]]:
        """A text column, kept: every table of stays begins with the names of calls and vessels."""
        if (kind, member) not in self._kept:
            self._kept[kind, member] = [
                text(getattr(self._get(kind, i), member)) for i in range(self._count(kind))
            ]
        return self._kept[kind, member]

    def _index(self, kind: str, key: Key) -> Any:
        """A typed index from an id, a row number, a row or an entity of a builder."""
        name: Any = key if isinstance(key, (str, int)) else getattr(key, "id", None)
        if isinstance(name, str):
            index = self.find(kind, name)
            if index == NONE:
                raise NotFound(f'there is no {kind} "{name}"; ' + nearest(name, self.ids(kind)))
        else:
            index = _times.whole(name, kind)
            if not 0 <= index < self._count(kind):
                raise IndexError(f"there is no {kind} {index}; there are {self._count(kind)}")
        return ffi.new(f"qwr_{kind}_ix *", [index])[0]

    def _table(self, kind: str) -> Table:
        return Table(kind, self._count(kind), lambda index: self._get(kind, index), self, self)

    def efficiency_of(self, call: Key, cranes: int) -> float:
        """Crane-hours of work that so many cranes do on this call in an hour."""
        return (
            float(
                lib.qwr_scenario_efficiency_milli(
                    self._pointer(), self._index("call", call), cranes
                )
            )
            / 1000
        )

    def moves_of(self, call: Key) -> int:
        """Moves of a call: its own figure, else the sum of its tasks."""
        return int(lib.qwr_scenario_call_moves(self._pointer(), self._index("call", call)))

    def rate_of(self, call: Key, quay: Key) -> float:
        """Moves per crane-hour of this call at this quay."""
        return (
            float(
                lib.qwr_scenario_rate_milli(
                    self._pointer(), self._index("call", call), self._index("quay", quay)
                )
            )
            / 1000
        )

    def handling_of(self, call: Key, berth: Key) -> Union[timedelta, str, None]:
        """Row of the handling table: a timedelta, "forbidden", or None if there is none."""
        seconds = lib.qwr_scenario_handling_s(
            self._pointer(), self._index("call", call), self._index("berth", berth)
        )
        if seconds == UNSET:
            return None
        return "forbidden" if seconds == FORBIDDEN else timedelta(seconds=seconds)

    # --- files ------------------------------------------------------------------------------------

    def save(self, path: PathLike) -> None:
        """Writes the scenario as XML, in one step: there is never half a file."""
        self._context()._call(lib.qwr_scenario_save, self._pointer(), os.fsencode(path))

    def text(self) -> str:
        """The bytes save() writes, as text."""
        length = ffi.new("size_t *")
        return self._context()._sized_text(lib.qwr_scenario_text, length, self._pointer())

    # --- changing ---------------------------------------------------------------------------------

    def edit(self) -> ScenarioBuilder:
        """A builder with a copy of everything. As a context manager it freezes at the end:

        with scenario.edit() as b:
            b.remove_crane("C3")
            b.call("V1").eta += timedelta(hours=2)
        varied = b.scenario
        """
        ctx = self._context()
        return ScenarioBuilder._of(
            ctx, ctx._make("qwr_scenario_builder", lib.qwr_scenario_thaw, self._pointer())
        )

    def vary(self, *changes: "Change", seed: int = 1, replication: int = 0) -> "Scenario":
        """The scenario after these changes, applied in their order.

            base.vary("cranes.count=10", "calls.eta_shift=2h")
            base.vary("calls.eta_shift=normal(0,3h)", seed=7, replication=3)
            base.vary(lambda b: b.hold_tide("2026-03-03T12:00:00Z", "2026-03-04T12:00:00Z"))

        What is drawn depends on seed, replication and ids alone: the same replication draws the
        same luck whatever else is varied. See variables() for what can be varied.
        """
        return _vary.vary(self, changes, seed, replication)

    def grid(
        self, *variations: Union[str, "_vary.Variation"], replications: int = 1, seed: int = 1
    ) -> Iterator["_vary.Variant"]:
        """Every combination of the levels, one after the other:

        for levels, replication, scenario in base.grid("cranes.count=8..10", "calls.moves*=1,2"):
            print(levels, scenario.plan(work_limit=10000).cost)
        """
        return _vary.grid(self, variations, replications, seed)

    # --- planning ---------------------------------------------------------------------------------

    def plan(
        self,
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
        """Plans the scenario and returns the best plan found. See Plan.solve() for the options."""
        from .plan import Plan

        return Plan.solve(
            self,
            deadline=deadline,
            work_limit=work_limit,
            seed=seed,
            solver=solver,
            optimisers=optimisers,
            forecast=forecast,
            start=start,
            milp_file=milp_file,
            progress=progress,
            context=context,
        )

    def empty_plan(self) -> "Plan":
        """A plan in which no call has a place, to fill with Plan.set_stay()."""
        from .plan import Plan

        ctx = self._context()
        return Plan._of(self, ctx, ctx._make("qwr_plan", lib.qwr_plan_new, self._pointer()))

    def load_plan(self, path: PathLike, format: str = "auto") -> "Plan":
        """Reads a plan of this scenario. What it says of its costs is not believed but computed."""
        from .plan import Plan, plan_format

        ctx = self._context()
        return Plan._of(
            self,
            ctx,
            ctx._make(
                "qwr_plan",
                lib.qwr_plan_load,
                self._pointer(),
                os.fsencode(path),
                plan_format(format),
            ),
        )._priced()

    def parse_plan(
        self, data: Union[str, bytes], name: str = "text", format: str = "auto"
    ) -> "Plan":
        """Reads a plan of this scenario from memory."""
        from .plan import Plan, plan_format

        ctx, content = self._context(), as_bytes(data)
        return Plan._of(
            self,
            ctx,
            ctx._make(
                "qwr_plan",
                lib.qwr_plan_parse,
                self._pointer(),
                content,
                len(content),
                name.encode(),
                plan_format(format),
            ),
        )._priced()

    # --- certificates -----------------------------------------------------------------------------

    def read_certificate(self, path: PathLike) -> "Certificate":
        """Reads a certificate of this scenario. Ids, counts and the hash of the scenario are
        checked; what it proves, verify() says."""
        from .certificate import Certificate

        return Certificate._read(self, path)

    def parse_certificate(self, data: Union[str, bytes], name: str = "text") -> "Certificate":
        """Reads a certificate of this scenario from memory."""
        from .certificate import Certificate

        return Certificate._parse(self, data, name)

    def empty_certificate(
        self,
        target: Any = None,
        *,
        target_mu: Optional[int] = None,
        price_unit: int = 1,
        ordered: bool = False,
    ) -> "Certificate":
        """A certificate without steps, to fill with add_prices(), add_split() and add_end().

        Args:
            target: what it is to prove: no plan costs this or less; None: a bound by one step of
                prices. `target_mu` is the same in thousandths.
            price_unit: prices are in 1/price_unit thousandths of the money unit.
            ordered: with the rules of exchange, shift, repeat and copies.
        """
        from .certificate import Certificate

        return Certificate._empty(self, target, target_mu, price_unit, ordered)

    def verify(self, certificate: "Certificate", context: Optional[Context] = None) -> "Verdict":
        """Replays a certificate with the checker's own arithmetic, which shares no line with the
        planner.

            if not scenario.verify(plan.certificate): ...

        Other threads run on meanwhile, and Ctrl-C and context.cancel() end it; a cancelled replay
        proves nothing.
        """
        from .certificate import Certificate

        if not isinstance(certificate, Certificate):
            raise TypeError(f"a certificate is needed to verify, not {certificate!r}")
        return certificate._verified(self, context)

    def diff(self, other: "Scenario") -> "Diff":
        """What is different in `other`: entities matched by id."""
        from .diff import Diff

        return Diff._of_scenarios(self, other)

    def close(self) -> None:
        """Frees it as soon as no plan of it is left. Python does so by itself."""
        self._handle.close()

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Scenario) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    def __reduce__(self) -> Any:
        return (_unpickle, (self.text(),))

    def __repr__(self) -> str:
        if self._handle.closed:
            return "<Scenario, closed>"
        return (
            f'<Scenario "{self.id}": {self._count("call")} calls, {self._count("quay")} quays, '
            f'{self._count("berth")} berths, {self._count("crane")} cranes, '
            f"{self.horizon.total_seconds() / 3600:g} h from {cell(self.epoch)}>"
        )

    def _repr_html_(self) -> str:
        rows = [
            ("scenario", self.name or self.id),
            ("epoch", cell(self.epoch)),
            ("horizon", f"{self.horizon.total_seconds() / 3600:g} h"),
            ("objective", self.info.objective),
        ]
        rows += [
            (name, len(getattr(self, name))) for name in TABLES.values() if len(getattr(self, name))
        ]
        return html_table(["", ""], rows)


def _unpickle(content: str) -> Scenario:
    return Scenario.parse(content, "pickle", "xml")


def _give_tables() -> None:
    for kind, name in TABLES.items():
        table = property(functools.partial(Scenario._table, kind=kind))
        table.__doc__ = f"Every {kind.replace('_', ' ')} as a Table."
        setattr(Scenario, name, table)


_give_tables()
