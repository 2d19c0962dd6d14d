# SPDX-License-Identifier: Apache-2.0
"""Building and changing scenarios in code. Knows the fields of entities by name alone."""

from __future__ import annotations

import functools
import os
from datetime import datetime
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Optional, Tuple, Union

from . import _fields, _tide, _times
from ._declared import EntityNames
from ._handle import Handle
from ._library import NONE, NULL, ffi, lib, text, words
from .context import Context
from .entity import Entity
from .errors import NotFound, nearest
from .tables import Row, Table, epoch_of

if TYPE_CHECKING:
    from .scenario import Scenario

__all__ = ["ScenarioBuilder", "Entity"]

PathLike = Union[str, "os.PathLike[str]"]
Key = Union[str, int, "Entity", Row]

#: Names of the tables of a scenario, by kind of entity.
TABLES: Dict[str, str] = {
    "quay": "quays",
    "quay_depth": "quay_depths",
    "quay_break": "quay_breaks",
    "quay_position": "quay_positions",
    "berth": "berths",
    "tide": "tide",
    "crane": "cranes",
    "call": "calls",
    "place": "places",
    "handling": "handling",
    "efficiency": "efficiency",
    "task": "tasks",
    "precedence": "precedence",
    "window": "windows",
    "tariff": "tariff",
    "node": "nodes",
    "lane": "lanes",
    "block": "blocks",
    "transfer": "transfers",
    "fleet": "fleets",
    "vehicle": "vehicles",
    "charger": "chargers",
    "history": "history",
}
FORMATS = words("qwr_format")


def format_number(word: str) -> int:
    """The qwr_format of "auto", "xml", "dbap-text", "hybrid-json", "csbap-text" or "tidal-csv"."""
    if word not in FORMATS:
        raise ValueError(f'scenario format "{word}" is not known; ' + nearest(word, FORMATS))
    return int(FORMATS[word])


def as_bytes(data: Union[str, bytes]) -> bytes:
    """The bytes of a text in UTF-8."""
    return data.encode("utf-8") if isinstance(data, str) else bytes(data)


class ScenarioBuilder(EntityNames, _fields.Resolver):
    """Makes scenarios in code, or changes one.

        b = ScenarioBuilder("demo", epoch="2026-03-02T00:00:00Z", horizon="96h", step="1h")
        b.add_quay("Q1", length_m=600, depth_m=16)
        b.add_crane("C1", quay="Q1", rail_order=1)
        b.add_call("V1", loa_m=300, eta="2026-03-02T02:00:00Z", moves=600, wait_cost_h=1000)
        scenario = b.freeze()

    Every kind of entity has ``add_<kind>(...)``, ``remove_<kind>(key)`` and a table
    (``b.calls``); those with an id have ``b.<kind>(key)`` to change one. Keywords are in human
    units (``length_m=600``, ``eta=datetime(...)``, ``mooring="30min"``) or raw as in C
    (``length_mm=600000``, ``eta_s=7200``). ``help(b.add_call)`` lists them.
    """

    def __init__(
        self,
        id: str = "scenario",
        *,
        context: Optional[Context] = None,
        epoch: Union[str, datetime] = "2026-03-02T00:00:00Z",
        **info: Any,
    ) -> None:
        frame = ffi.new("qwr_scenario_info *", lib.qwr_scenario_info_init())
        keep: List[Any] = []
        for key, value in {"id": id, "epoch": epoch, **info}.items():
            self._assign_info(frame, key, value, keep)
        self._adopt(context or Context.default(), None)
        self._handle = Handle(
            self._context._make("qwr_scenario_builder", lib.qwr_scenario_builder_new, frame),
            lib.qwr_scenario_builder_free,
            self._context._handle,
        )
        self._read_epoch()

    @classmethod
    def _of(cls, context: Context, pointer: Any, owned: bool = True) -> "ScenarioBuilder":
        """Takes over a builder the library made, or wraps one it lends."""
        builder = cls.__new__(cls)
        builder._adopt(context, pointer, owned)
        builder._read_epoch()
        return builder

    def _adopt(self, context: Context, pointer: Any, owned: bool = True) -> None:
        self._context = context
        self._age = 0
        self._ids: Dict[str, Dict[str, int]] = {}
        #: The scenario made by the last freeze(); after ``with scenario.edit() as b`` that of b.
        self.scenario: Optional["Scenario"] = None
        if pointer is not None:
            free = lib.qwr_scenario_builder_free if owned else (lambda _pointer: None)
            self._handle = Handle(pointer, free, context._handle)

    @classmethod
    def load(
        cls, path: PathLike, format: str = "auto", context: Optional[Context] = None
    ) -> "ScenarioBuilder":
        """Reads a scenario file without freezing it."""
        ctx = context or Context.default()
        return cls._of(
            ctx,
            ctx._make(
                "qwr_scenario_builder",
                lib.qwr_scenario_builder_load,
                os.fsencode(path),
                format_number(format),
            ),
        )

    @classmethod
    def parse(
        cls,
        data: Union[str, bytes],
        name: str = "text",
        format: str = "auto",
        context: Optional[Context] = None,
    ) -> "ScenarioBuilder":
        """Reads a scenario from memory; `name` stands for the file in messages."""
        ctx, content = context or Context.default(), as_bytes(data)
        return cls._of(
            ctx,
            ctx._make(
                "qwr_scenario_builder",
                lib.qwr_scenario_parse,
                content,
                len(content),
                name.encode(),
                format_number(format),
            ),
        )

    # --- the frame --------------------------------------------------------------------------------

    def _assign_info(self, frame: Any, key: str, value: Any, keep: List[Any]) -> None:
        if key == "epoch" and isinstance(value, datetime):
            seconds = _times.to_unix(value, "epoch")
            moment = _times.moment(seconds, 0)
            value = moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else value
        _fields.assign(frame, "scenario_info", key, value, self, keep, "scenario")

    def _read_epoch(self) -> None:
        self.epoch_unix_s = epoch_of(self._info())

    def _pointer(self) -> Any:
        return self._handle.get("builder")

    def _info(self) -> Any:
        return lib.qwr_scenario_builder_get_info(self._pointer())

    @property
    def info(self) -> Row:
        """The frame: id, epoch, step, horizon, objective and so on; set_info() changes it."""
        info = self._info()
        return Row(
            (field.name, _fields.human(info, field, self))
            for field in _fields.fields("scenario_info")
        )

    def set_info(self, **changes: Any) -> None:
        """Changes the frame: ``b.set_info(horizon="120h", objective="makespan")``."""
        keep: List[Any] = []
        frame = ffi.new("qwr_scenario_info *", self._info()[0])
        for key, value in changes.items():
            self._assign_info(frame, key, value, keep)
        self._status(lib.qwr_scenario_builder_set_info, frame)
        self._read_epoch()

    def shift(self, by: _times.Span) -> None:
        """Moves the epoch on: the same world, told from a later second 0. Windows that have ended
        by then go, as do tide and tariff rows that no longer say anything."""
        self._status(lib.qwr_scenario_builder_shift, _times.span(by, "by"))
        self._age += 1
        self._ids.clear()
        self._read_epoch()

    def _status(self, function: Callable[..., int], *arguments: Any) -> None:
        """function(builder, *arguments), its status checked."""
        with self._context._use():
            self._context._checked(function(self._pointer(), *arguments))

    def at(self, file: str, line: int) -> None:
        """Says where the entity added last came from, for the messages of freeze()."""
        lib.qwr_scenario_builder_at(self._pointer(), file.encode(), line)

    # --- entities by id ---------------------------------------------------------------------------

    def _count(self, kind: str) -> int:
        return int(getattr(lib, f"qwr_scenario_builder_{kind}_count")(self._pointer()))

    def _get(self, kind: str, index: int) -> Any:
        key = ffi.new(f"qwr_{kind}_ix *", [index])[0] if kind in _fields.KEYED else index
        struct = getattr(lib, f"qwr_scenario_builder_{kind}")(self._pointer(), key)
        if struct == NULL:
            raise IndexError(f"there is no {kind} {index}; there are {self._count(kind)}")
        return struct

    def _known(self, kind: str) -> Dict[str, int]:
        """Index by id: looking each up in the builder would take time with every row."""
        if kind not in self._ids:
            found: Dict[str, int] = {}
            for index in range(self._count(kind)):
                found.setdefault(text(self._get(kind, index).id) or "", index)
            self._ids[kind] = found
        return self._ids[kind]

    def find(self, kind: str, key: str) -> int:
        """Index of an id, QWR_NONE if there is none."""
        return self._known(kind).get(key, NONE)

    def ids(self, kind: str) -> List[str]:
        """All ids of a kind of entity."""
        return list(self._known(kind))

    def id_of(self, kind: str, index: int) -> Optional[str]:
        """The id at an index."""
        return text(self._get(kind, index).id) if index < self._count(kind) else None

    def _index_of(self, kind: str, key: Key) -> int:
        if isinstance(key, Entity):
            return key.index
        if isinstance(key, dict):
            key = key["id"]
        if not isinstance(key, str):
            index = _times.whole(key, kind)
            if not 0 <= index < self._count(kind):
                raise IndexError(f"there is no {kind} {index}; there are {self._count(kind)}")
            return index
        if kind not in _fields.KEYED:
            raise TypeError(f"a {kind} row has no id; give its number")
        index = self.find(kind, key)
        if index == NONE:
            raise NotFound(f'there is no {kind} "{key}"; ' + nearest(key, self.ids(kind)))
        return index

    # --- adding, changing, removing ---------------------------------------------------------------

    def _add(self, kind: str, values: Dict[str, Any]) -> Entity:
        keep: List[Any] = []
        struct = ffi.new(f"qwr_{kind} *", getattr(lib, f"qwr_{kind}_init")())
        who = f'{kind} "{values["id"]}"' if isinstance(values.get("id"), str) else kind
        for key, value in values.items():
            _fields.assign(struct, kind, key, value, self, keep, who)
        function = getattr(lib, f"qwr_scenario_add_{kind}")
        if kind in _fields.KEYED:
            out = ffi.new(f"qwr_{kind}_ix *")
            self._status(function, struct, out)
            index = int(out.v)
            if kind in self._ids:
                self._ids[kind].setdefault(values["id"], index)
            return Entity(self, kind, index)
        self._status(function, struct)
        return Entity(self, kind, self._count(kind) - 1)

    def _set(self, kind: str, index: int, changes: Dict[str, Any], who: str) -> None:
        keep: List[Any] = []
        struct = ffi.new(f"qwr_{kind} *", self._get(kind, index)[0])
        for key, value in changes.items():
            _fields.assign(struct, kind, key, value, self, keep, who)
        if kind in _fields.KEYED:
            key = ffi.new(f"qwr_{kind}_ix *", [index])[0]
            self._status(getattr(lib, f"qwr_scenario_set_{kind}"), key, struct)
            self._ids.pop(kind, None)
            return
        self._replace_row(kind, index, struct)

    def _replace_row(self, kind: str, index: int, changed: Any) -> None:
        """Rows without an id have no set function: those from `index` on are added again."""
        add = getattr(lib, f"qwr_scenario_add_{kind}")
        remove = getattr(lib, f"qwr_scenario_remove_{kind}")
        count = self._count(kind)
        later = [changed]
        keep: List[Any] = [changed]
        for i in range(index + 1, count):
            later.append(self._own_copy(kind, i, keep))
        changed_copy = self._own_strings(kind, changed, keep)
        later[0] = changed_copy
        for struct in later:
            self._status(add, struct)
        for _unused in later:
            self._status(remove, index)

    def _own_copy(self, kind: str, index: int, keep: List[Any]) -> Any:
        return self._own_strings(kind, ffi.new(f"qwr_{kind} *", self._get(kind, index)[0]), keep)

    @staticmethod
    def _own_strings(kind: str, struct: Any, keep: List[Any]) -> Any:
        """Texts of a struct borrowed from the builder, copied: adding may move what it holds."""
        for field in _fields.fields(kind):
            value = getattr(struct, field.member)
            if field.kind == "text" and value != NULL:
                copy = ffi.new("char[]", ffi.string(value))
                keep.append(copy)
                setattr(struct, field.member, copy)
        return struct

    def _remove(self, kind: str, key: Key) -> None:
        index: Any = self._index_of(kind, key)
        if kind in _fields.KEYED:
            index = ffi.new(f"qwr_{kind}_ix *", [index])[0]
        self._status(getattr(lib, f"qwr_scenario_remove_{kind}"), index)
        self._age += 1
        self._ids.clear()

    def _table(self, kind: str) -> Table:
        return Table(kind, self._count(kind), lambda index: self._get(kind, index), self, self)

    # --- history, tide ----------------------------------------------------------------------------

    def load_history(self, path: PathLike) -> None:
        """Adds the rows of a history CSV."""
        self._context._call(lib.qwr_history_load, self._pointer(), os.fsencode(path))

    def parse_history(self, data: Union[str, bytes], name: str = "text") -> None:
        """Adds the rows of a history CSV in memory."""
        content = as_bytes(data)
        self._context._call(
            lib.qwr_history_parse, self._pointer(), content, len(content), name.encode()
        )

    def hold_tide(
        self, start: _times.Instant, end: _times.Instant, level_m: Optional[float] = None
    ) -> None:
        """Holds the water at one level from `start` to `end`, as a closed tide gate does.

        Args:
            level_m: level above chart datum; None: the lowest of the tide, so that what needs the
                flood to pass the channel or to lie at a berth has to wait.
        """
        first = _times.instant(start, self.epoch_unix_s, "start")
        last = _times.instant(end, self.epoch_unix_s, "end")
        rows = [(row["at_s"], row["level_mm"]) for row in self.tide.raw()]
        level_mm = None if level_m is None else _times.fixed(level_m, 1000, "level_m")
        held = _tide.hold(rows, first, last, level_mm)
        for _unused in rows:
            self._remove("tide", self._count("tide") - 1)
        for at_s, level in held:
            self._add("tide", {"at_s": at_s, "level_mm": level})

    # --- freezing ---------------------------------------------------------------------------------

    def freeze(self) -> "Scenario":
        """Validates everything and makes the scenario. The builder stays usable."""
        from .scenario import Scenario

        out = ffi.new("qwr_scenario **")
        self._status_of_freeze(out)
        self.scenario = Scenario._of(self._context, out[0])
        return self.scenario

    def _status_of_freeze(self, out: Any) -> None:
        with self._context._use():
            self._context._checked(lib.qwr_scenario_freeze(out, self._pointer()))

    def close(self) -> None:
        """Frees the builder; scenarios made from it stay."""
        self._handle.close()

    def __enter__(self) -> "ScenarioBuilder":
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            self.freeze()

    def __repr__(self) -> str:
        if self._handle.closed:
            return "<ScenarioBuilder, closed>"
        return (
            f'<ScenarioBuilder "{text(self._info().id)}": {self._count("call")} calls, '
            f'{self._count("quay")} quays, {self._count("crane")} cranes>'
        )

    def __iter__(self) -> Iterator[Tuple[str, Table]]:
        return ((name, self._table(kind)) for kind, name in TABLES.items())


def _give_methods(kind: str) -> None:
    """add_<kind>, remove_<kind>, <kind>() and the table of one kind of entity."""
    keyed = kind in _fields.KEYED
    name = kind.replace("_", " ")

    if keyed:

        def add(self: ScenarioBuilder, id: str, **fields: Any) -> Entity:
            return self._add(kind, {"id": id, **fields})

        def get(self: ScenarioBuilder, key: Key) -> Entity:
            return Entity(self, kind, self._index_of(kind, key))

        get.__name__ = kind
        get.__qualname__ = f"ScenarioBuilder.{kind}"
        get.__doc__ = f"The {name} with this id (or row number), to read and change."
        setattr(ScenarioBuilder, kind, get)
    else:

        def add(self: ScenarioBuilder, **fields: Any) -> Entity:  # type: ignore[misc]
            return self._add(kind, fields)

    def remove(self: ScenarioBuilder, key: Key) -> None:
        self._remove(kind, key)

    add.__name__, remove.__name__ = f"add_{kind}", f"remove_{kind}"
    for function in (add, remove):
        function.__qualname__ = f"ScenarioBuilder.{function.__name__}"
    add.__doc__ = (
        f"Adds a {name} and returns it, to be read or changed.\n\nKeywords:\n"
        + _fields.describe(kind)
    )
    remove.__doc__ = (
        f"Removes the {name} with this {'id or ' if keyed else ''}row number, and "
        "what hangs on it."
    )
    setattr(ScenarioBuilder, add.__name__, add)
    setattr(ScenarioBuilder, remove.__name__, remove)
    table = property(functools.partial(ScenarioBuilder._table, kind=kind))
    table.__doc__ = f"Every {name} as the builder holds it now."
    setattr(ScenarioBuilder, TABLES[kind], table)


for _kind in TABLES:
    _give_methods(_kind)
