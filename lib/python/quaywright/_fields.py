# SPDX-License-Identifier: Apache-2.0
"""The fields of every entity, read off the C structs: what each is called in Python and in which
unit it is written. The names are those of the scenario file (`length_m`, `eta`, `wait_cost_h`);
the names of the C structs (`length_mm`, `eta_s`, `wait_mu_h`) work as well. A field added to a
header appears here by itself. Knows no scenario.
"""

from __future__ import annotations

import functools
import re
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

from . import _times
from ._library import DOCS, FORBIDDEN, NONE, NULL, UNSET, ffi, lib, text, words
from .errors import nearest

#: Entities with an id, in the order in which references between them point.
KEYED = (
    "quay",
    "berth",
    "crane",
    "call",
    "task",
    "node",
    "lane",
    "block",
    "fleet",
    "vehicle",
    "charger",
    "window",
)
#: Rows without an id.
ROWS = (
    "quay_depth",
    "quay_break",
    "quay_position",
    "tide",
    "place",
    "handling",
    "efficiency",
    "precedence",
    "tariff",
    "transfer",
    "history",
)

# Instants; every other field in seconds is a span.
_INSTANTS = {
    "eta_s",
    "earliest_s",
    "desired_departure_s",
    "latest_departure_s",
    "pin_start_s",
    "base_start_s",
    "open_s",
    "close_s",
    "at_s",
    "from_s",
    "to_s",
    "available_from_s",
    "start_s",
    "end_s",
}
# Spans that files write in minutes; the others are in hours.
_MINUTES = {"step_s", "crane_period_s", "turnaround_s", "setup_s", "mooring_s", "unmooring_s"}
# Names that no rule gives, or that Python keeps for itself.
_NAMES = {
    ("history", "at_s"): "start",
    ("window", "from_s"): "start",
    ("window", "to_s"): "end",
    ("tariff", "from_s"): "start",
    ("tariff", "price_mu_kwh"): "price_kwh",
    ("lane", "from"): "from_node",
    ("lane", "to"): "to_node",
    ("handling", "handling_s"): "time_h",
    ("scenario_info", "profile"): "crane_profile",
}
# Lists have functions of their own: Plan.profile() and set_stay(profile=...).
_LISTS = {("stay", "steps"), ("stay", "step_count")}
# Further spellings, those of the files among them.
_ALIASES = {
    ("window", "from_s"): ("from", "from_"),
    ("window", "to_s"): ("to", "to_"),
    ("tariff", "from_s"): ("from", "from_"),
    ("history", "at_s"): ("at",),
    ("lane", "from"): ("from", "from_"),
    ("lane", "to"): ("to", "to_"),
    ("call", "vessel_class"): ("class", "class_"),
    ("history", "vessel_class"): ("class", "class_"),
    ("handling", "handling_s"): ("handling_h",),
}
# Endings of the C names: the ending in Python, and how many units of C one of Python is.
_ENDINGS: Tuple[Tuple[str, str, int], ...] = (
    (r"_mm_s$", "_m_s", 1000),
    (r"_mm$", "_m", 1000),
    (r"_kg$", "_t", 1000),
    (r"^(cost\w*|bound)_mu$", r"\1", 1000),
    (r"_ppm_m$", "_pct_m", 10000),
    (r"_mu(_h|_m|_kwh)?$", r"_cost\1", 1000),
    (r"_wh_km$", "_kwh_km", 1000),
    (r"_wh$", "_kwh", 1000),
    (r"_w$", "_kw", 1000),
    (r"^rate_milli$", "rate_moves_h", 1000),
    (r"^milli$", "crane_hours", 1000),
    (r"^(charge\w*)_milli$", r"\1_pct", 10),
    (r"_milli$", "", 1000),
)


class Field(NamedTuple):
    """One member of a struct."""

    member: str  #: Name in C.
    name: str  #: Name in Python, in human units.
    kind: str  #: text, ref, word, bool, time, span, fixed, int, unsigned
    factor: int  #: Units of C in one of Python, for fixed and span.
    target: str  #: For ref: the kind of entity. For word: the enum.
    doc: str  #: Its comment in the header.


Setter = Callable[[Any, Any, "Resolver"], None]


class Resolver:
    """What a conversion needs to know of the scenario: its epoch, and the entities by id."""

    epoch_unix_s: int = 0

    def find(self, kind: str, key: str) -> int:
        """Index of an id, QWR_NONE if there is none."""
        raise NotImplementedError

    def ids(self, kind: str) -> List[str]:
        """All ids of a kind, for messages."""
        raise NotImplementedError

    def id_of(self, kind: str, index: int) -> Optional[str]:
        """The id at an index, None past the end."""
        raise NotImplementedError


def _name(entity: str, member: str) -> Tuple[str, int]:
    fixed_name = _NAMES.get((entity, member))
    for ending, replacement, factor in _ENDINGS:
        changed, count = re.subn(ending, replacement, member)
        if count:
            return fixed_name or changed, factor
    return fixed_name or member, 1


def _field(entity: str, struct: str, member: str, ctype: Any) -> Field:
    doc = DOCS["members"].get(struct, {}).get(member, "")
    cname = ctype.cname
    if cname == "char *":
        return Field(member, _name(entity, member)[0], "text", 1, "", doc)
    if cname.endswith("_ix"):
        target = cname.replace("struct ", "")[len("qwr_") : -len("_ix")]
        return Field(member, _name(entity, member)[0], "ref", 1, target, doc)
    if ctype.kind == "enum":
        name = _NAMES.get((entity, member), member)
        return Field(member, name, "word", 1, cname.replace("enum ", ""), doc)
    if cname == "uint32_t":
        return Field(member, member, "bool", 1, "", doc)
    if cname == "uint64_t":
        return Field(member, member, "unsigned", 1, "", doc)
    if member in _INSTANTS:
        return Field(member, _NAMES.get((entity, member), member[:-2]), "time", 1, "", doc)
    if re.search(r"(?<!_mm)_s$", member):
        unit = ("_min", 60) if member in _MINUTES else ("_h", 3600)
        name = _NAMES.get((entity, member), member[:-2] + unit[0])
        return Field(member, name, "span", unit[1], "", doc)
    name, factor = _name(entity, member)
    return Field(member, name, "fixed" if factor > 1 else "int", factor, "", doc)


@functools.lru_cache(maxsize=None)
def fields(entity: str) -> Tuple[Field, ...]:
    """The fields of an entity (or `scenario_info`, `stay`, ...), in the order of the struct."""
    struct = "qwr_" + entity
    return tuple(
        _field(entity, struct, member, info.type)
        for member, info in ffi.typeof(struct).fields
        if member != "size" and (entity, member) not in _LISTS
    )


@functools.lru_cache(maxsize=None)
def spellings(entity: str) -> Dict[str, Tuple[Field, int]]:
    """Every accepted keyword: the field, and the factor this spelling has (0: the raw integer)."""
    found: Dict[str, Tuple[Field, int]] = {}
    for field in fields(entity):
        found[field.name] = (field, field.factor)
        for alias in _ALIASES.get((entity, field.member), ()):
            found[alias] = (field, field.factor)
        if field.kind == "span":
            base = re.sub(r"_(h|min)$", "", field.name)
            found.update(
                {
                    base: (field, 1),
                    base + "_h": (field, 3600),
                    base + "_min": (field, 60),
                    base + "_s": (field, 1),
                }
            )
        if field.kind in ("time", "span", "fixed"):
            found[field.member] = (field, 0)
    return found


@functools.lru_cache(maxsize=None)
def _words(enum: str) -> Dict[str, int]:
    return words(enum)


def _reference(value: Any, field: Field, at: str, resolver: Resolver) -> int:
    key = getattr(value, "id", None) if not isinstance(value, (str, int)) else value
    if isinstance(value, dict):
        key = value.get("id")
    if isinstance(key, str):
        index = resolver.find(field.target, key)
        if index == NONE:
            raise LookupError(
                f'{at}: there is no {field.target} "{key}"; '
                + nearest(key, resolver.ids(field.target))
            )
        return index
    return _times.whole(key, at)


def _word(value: Any, field: Field, at: str) -> int:
    known = _words(field.target)
    key = str(value).lower().replace("_", "-")
    if key not in known:
        raise ValueError(f'{at}: "{value}" is not known; ' + nearest(key, known))
    return known[key]


def _number(value: Any, field: Field, factor: int, at: str, resolver: Resolver) -> int:
    if factor == 0 and not isinstance(value, (str,)) and field.kind != "time":
        return _times.whole(value, at)
    if field.kind == "time":
        return _times.instant(value, resolver.epoch_unix_s, at)
    if field.kind == "span":
        return _times.span(value, at, factor or 1)
    if field.kind == "fixed":
        return _times.fixed(value, factor, at)
    return _times.whole(value, at)


def _unset(struct: Any, field: Field) -> None:
    """None: what the struct has after its init function, which is its default or "not given"."""
    kind = ffi.typeof(struct).item.cname if ffi.typeof(struct).kind == "pointer" else ""
    fresh = getattr(lib, kind.replace("struct ", "") + "_init")()
    setattr(struct, field.member, getattr(fresh, field.member))


def _missing(value: Any) -> bool:
    """NaN, NaT and NA: what a table of NumPy or pandas has where nothing was given."""
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


def assign(
    struct: Any, entity: str, key: str, value: Any, resolver: Resolver, keep: List[Any], who: str
) -> Field:
    """Sets the field a keyword names. Strings made for C go to `keep`, which must outlive them."""
    known = spellings(entity)
    if key not in known:
        raise TypeError(f'{who} has no field "{key}"; ' + nearest(key, known))
    field, factor = known[key]
    at = f"{who}: {key}"
    if value is None or _missing(value):
        _unset(struct, field)
    elif field.kind == "text":
        setattr(struct, field.member, c_text(value, at, keep))
    elif field.kind == "ref":
        getattr(struct, field.member).v = _reference(value, field, at, resolver)
    elif field.kind == "word":
        setattr(struct, field.member, _word(value, field, at))
    elif field.kind == "bool":
        setattr(struct, field.member, 1 if value else 0)
    elif field.kind == "span" and entity == "handling" and value == "forbidden":
        setattr(struct, field.member, FORBIDDEN)
    else:
        setattr(struct, field.member, _number(value, field, factor, at, resolver))
    return field


def c_text(value: Any, at: str, keep: List[Any]) -> Any:
    """A C string of a str; `keep` holds its memory."""
    if not isinstance(value, str):
        raise TypeError(f"{at} must be a str, not {value!r}")
    if "\0" in value:
        raise ValueError(f"{at} must not contain a zero byte")
    try:
        pointer = ffi.new("char[]", value.encode("utf-8"))
    except UnicodeEncodeError:
        raise ValueError(f"{at}: {value!r} is not valid Unicode text") from None
    keep.append(pointer)
    return pointer


def raw(struct: Any, field: Field) -> Any:
    """The value as C has it: int, str or None."""
    value = getattr(struct, field.member)
    if field.kind == "text":
        return None if value == NULL else text(value)
    if field.kind == "ref":
        return None if value.v == NONE else value.v
    return value


@functools.lru_cache(maxsize=None)
def _word_of(enum: str) -> Dict[int, str]:
    return {number: word for word, number in _words(enum).items()}


def human(struct: Any, field: Field, resolver: Resolver) -> Any:
    """The value as people read it; None for what was not given."""
    value = getattr(struct, field.member)
    kind = field.kind
    if kind == "text":
        return None if value == NULL else text(value)
    if kind == "ref":
        return None if value.v == NONE else resolver.id_of(field.target, value.v)
    if kind == "word":
        return _word_of(field.target).get(value, str(value))
    if kind == "bool":
        return bool(value)
    if value == UNSET:
        return None
    if value == FORBIDDEN and field.member == "handling_s":
        return "forbidden"
    if kind == "time":
        return _times.moment(value, resolver.epoch_unix_s)
    if kind in ("span", "fixed"):
        return _times.share(value, field.factor)
    return value


def describe(entity: str) -> str:
    """The keywords of an entity and what the header says about each, one a line."""
    lines = []
    for field in fields(entity):
        kind = {
            "text": "str",
            "ref": f"id of a {field.target}",
            "bool": "bool",
            "time": "datetime",
            "span": "number or timedelta",
            "fixed": "number",
            "int": "int",
            "unsigned": "int",
        }.get(field.kind, "")
        if field.kind == "word":
            kind = "|".join(_words(field.target))
        lines.append(f"    {field.name} ({kind}){': ' + field.doc if field.doc else ''}")
    return "\n".join(lines)
