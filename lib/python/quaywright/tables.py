# SPDX-License-Identifier: Apache-2.0
"""Rows of a scenario or plan as people use them: a list of dicts, NumPy columns, a pandas frame.
Knows fields and pointers, not where they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

from . import _fields, _times
from ._library import FORBIDDEN, NONE, UNSET, ffi, text
from .errors import NotFound, nearest

__all__ = ["Row", "Table"]


class Row(Dict[str, Any]):
    """A dict whose keys are attributes too: ``call["eta"]`` is ``call.eta``. Read only in effect:
    changing it changes a copy; see ScenarioBuilder for changes."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f'there is no "{name}" here; ' + nearest(name, self)) from None

    def __dir__(self) -> List[str]:
        return sorted(set(super().__dir__()) | set(self))


class Table(Sequence):  # type: ignore[type-arg]
    """Rows of one kind: ``table[0]``, ``table["V1"]`` by id, ``for row in table``.

    Values are in human units: datetimes in UTC, metres, hours, money; None is "not given".
    ``to_numpy()`` and ``to_frame()`` give columns, ``raw()`` the integers of the library.
    """

    def __init__(
        self,
        entity: str,
        count: int,
        get: Callable[[int], Any],
        resolver: _fields.Resolver,
        owner: Any,
        *,
        first: Optional[Tuple[Tuple[str, Callable[[int], Any]], ...]] = None,
    ) -> None:
        self._entity = entity
        self._count = count
        self._get = get
        self._resolver = resolver
        self._owner = owner  # keeps the memory alive
        self._first = first or ()
        self._fields = _fields.fields(entity)

    @property
    def columns(self) -> List[str]:
        """Names of the columns."""
        return [name for name, _ in self._first] + [field.name for field in self._fields]

    def __len__(self) -> int:
        return self._count

    def _row(self, index: int) -> Row:
        struct = self._get(index)
        row = Row((name, get(index)) for name, get in self._first)
        for field in self._fields:
            row[field.name] = _fields.human(struct, field, self._resolver)
        return row

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            return [self._row(i) for i in range(*key.indices(self._count))]
        if isinstance(key, str):
            return self._row(self.index_of(key))
        index = key.__index__()
        if not -self._count <= index < self._count:
            raise IndexError(f"there are {self._count} rows, not a row {index}")
        return self._row(index % self._count if self._count else 0)

    def __iter__(self) -> Iterator[Row]:
        return (self._row(i) for i in range(self._count))

    def __contains__(self, item: Any) -> bool:
        if isinstance(item, str):
            return item in self.ids()
        return any(row == item for row in self)

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, (Table, list)):
            return list(self) == list(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def ids(self) -> List[str]:
        """The id of every row, of a plan's stays the id of its call."""
        name = "id" if any(field.name == "id" for field in self._fields) else "call"
        return [str(value) for value in self.column(name)] if name in self.columns else []

    def index_of(self, key: str) -> int:
        """Number of the row with this id."""
        kind = "call" if "call" in dict(self._first) else self._entity
        index = self._resolver.find(kind, key) if kind in _fields.KEYED else NONE
        if index == NONE:
            raise NotFound(f'there is no {kind} "{key}"; ' + nearest(key, self.ids()))
        return index

    def column(self, name: str) -> List[Any]:
        """One column as a list."""
        for first, get in self._first:
            if first == name:
                return [get(i) for i in range(self._count)]
        for field in self._fields:
            if field.name == name:
                return [
                    _fields.human(self._get(i), field, self._resolver) for i in range(self._count)
                ]
        raise NotFound(f'there is no column "{name}"; ' + nearest(name, self.columns))

    def to_list(self) -> List[Row]:
        """All rows as a plain list."""
        return list(self)

    def raw(self) -> List[Row]:
        """All rows with the names and integers of the C structs; None is "not given"."""
        rows = []
        for index in range(self._count):
            struct = self._get(index)
            row = Row()
            for field in self._fields:
                value = _fields.raw(struct, field)
                row[field.member] = None if value == UNSET else value
            rows.append(row)
        return rows

    def to_numpy(self) -> Any:
        """A structured array with a field a column: datetime64[s], float64, int64, bool, text.

        "Not given" is NaT, NaN, -1 for whole numbers, "" for text. Needs NumPy.
        """
        return _to_numpy(self)

    def to_frame(self) -> Any:
        """A pandas DataFrame, instants as UTC timestamps. Needs pandas."""
        try:
            import pandas  # type: ignore[import]
        except ImportError as error:
            raise ImportError(
                "to_frame() needs pandas: install python3-pandas, or use " "to_list() or to_numpy()"
            ) from error
        frame = pandas.DataFrame({name: self.column(name) for name in self.columns})
        for field in self._fields:
            if field.kind == "time":
                frame[field.name] = pandas.to_datetime(frame[field.name], utc=True)
        return frame

    def __repr__(self) -> str:
        shown = ", ".join(self.ids()[:6])
        more = ", ..." if self._count > 6 else ""
        return f"<Table of {self._count} {self._entity}: {shown}{more}>"

    def _repr_html_(self) -> str:
        return html_table(self.columns, (list(row.values()) for row in self[:200]))


def cell(value: Any) -> str:
    """A value as a table for people shows it."""
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d %H:%M"))
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def escape(value: str) -> str:
    """Text for HTML."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _html_cell(value: Any) -> str:
    # Notebooks set every cell to the right, which suits numbers alone.
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    style = "" if number else ' style="text-align:left"'
    return f"<td{style}>{escape(cell(value))}</td>"


def html_table(head: List[str], rows: Any) -> str:
    """A small HTML table."""
    parts = [
        "<table><thead><tr>",
        *(f'<th style="text-align:left">{escape(name)}</th>' for name in head),
        "</tr></thead><tbody>",
    ]
    for row in rows:
        parts.append("<tr>" + "".join(map(_html_cell, row)) + "</tr>")
    parts.append("</tbody></table>")
    return "".join(parts)


def _to_numpy(table: Table) -> Any:
    try:
        import numpy
    except ImportError as error:
        raise ImportError(
            "to_numpy() needs NumPy: install python3-numpy, or use to_list()"
        ) from error
    count, entity = len(table), table._entity
    structs = ffi.new(f"qwr_{entity}[]", max(count, 1))
    for index in range(count):
        structs[index] = table._get(index)[0]
    columns: List[Tuple[str, Any]] = []
    for name, get in table._first:
        columns.append((name, numpy.array([get(i) or "" for i in range(count)], dtype="U")))
    memory = numpy.frombuffer(ffi.buffer(structs), dtype=_dtype(numpy, entity), count=count)
    for field in table._fields:
        columns.append((field.name, _column(numpy, table, structs, memory, field)))
    dtype = [(name, values.dtype if values.dtype.itemsize else "U1") for name, values in columns]
    result = numpy.empty(count, dtype=dtype)
    for name, values in columns:
        result[name] = values
    return result


def _dtype(numpy: Any, entity: str) -> Any:
    """How NumPy sees the C struct; pointers and indices as numbers."""
    struct = ffi.typeof("qwr_" + entity)
    kinds = {"int64_t": "i8", "uint64_t": "u8", "uint32_t": "u4", "double": "f8"}
    names, formats, offsets = [], [], []
    for member, info in struct.fields:
        size = ffi.sizeof(info.type)
        names.append(member)
        formats.append(kinds.get(info.type.cname, f"u{size}"))
        offsets.append(info.offset)
    return numpy.dtype(
        {"names": names, "formats": formats, "offsets": offsets, "itemsize": ffi.sizeof(struct)}
    )


def _text_column(numpy: Any, values: List[Optional[str]]) -> Any:
    return numpy.array([value or "" for value in values], dtype="U")


def _column(numpy: Any, table: Table, structs: Any, memory: Any, field: _fields.Field) -> Any:
    values = memory[field.member]
    if field.kind == "text":
        return _text_column(
            numpy, [text(getattr(structs[i], field.member)) for i in range(len(table))]
        )
    if field.kind in ("ref", "word"):
        # Few different values: each is named once.
        distinct, places = numpy.unique(values, return_inverse=True)
        if field.kind == "word":
            names: List[Optional[str]] = [
                _fields._word_of(field.target).get(int(v)) for v in distinct
            ]
        else:
            names = [
                None if v == NONE else table._resolver.id_of(field.target, int(v)) for v in distinct
            ]
        return _text_column(numpy, names)[places] if len(distinct) else numpy.array([], "U1")
    if field.kind == "bool":
        return values != 0
    if field.kind == "unsigned":
        return values
    missing = (values == UNSET) | (values == FORBIDDEN)
    if field.kind == "time":
        moments = numpy.where(missing, 0, values) + table._resolver.epoch_unix_s
        moments = moments.astype("datetime64[s]")
        moments[missing] = numpy.datetime64("NaT")
        return moments
    if field.kind in ("span", "fixed"):
        return numpy.where(missing, numpy.nan, values / field.factor)
    return numpy.where(missing, -1, values)


def columns_of(rows: Sequence, names: Sequence) -> Dict[str, List[Any]]:  # type: ignore[type-arg]
    """Columns of a list of dicts."""
    return {name: [row[name] for row in rows] for name in names}


def epoch_of(info: Any) -> int:
    """Seconds since 1970 of the epoch in a qwr_scenario_info."""
    return _times.to_unix(text(info.epoch) or "1970-01-01T00:00:00Z", "epoch")
