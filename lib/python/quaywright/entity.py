# SPDX-License-Identifier: Apache-2.0
"""One entity of a builder, to read and change. Knows the builder by what it asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List

from . import _fields, _times
from ._library import UNSET, text
from .errors import StateError, nearest
from .tables import Row

if TYPE_CHECKING:
    from .builder import ScenarioBuilder

__all__ = ["Entity"]


class Entity:
    """One entity of a builder, to read and change: ``b.call("V1").eta += timedelta(hours=2)``.

    Attributes are the keywords of the builder's add functions, in human units, and the fields of
    the C structs. A value of None takes a field back to its default.
    """

    __slots__ = ("_builder", "_kind", "_at", "_id", "_age")

    def __init__(self, builder: "ScenarioBuilder", kind: str, index: int) -> None:
        for name, value in (
            ("_builder", builder),
            ("_kind", kind),
            ("_at", index),
            ("_age", builder._age),
        ):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_id", text(self._struct().id) if kind in _fields.KEYED else None)

    def _index(self) -> int:
        if self._age != self._builder._age:
            if self._id is None:
                raise StateError(f"rows were removed since this {self._kind} row was looked up")
            object.__setattr__(self, "_at", self._builder._index_of(self._kind, self._id))
            object.__setattr__(self, "_age", self._builder._age)
        return int(self._at)

    def _struct(self) -> Any:
        return self._builder._get(self._kind, self._index())

    def _named(self) -> str:
        return f'{self._kind} "{self._id}"' if self._id else f"{self._kind} row {self._at}"

    def __getattr__(self, name: str) -> Any:
        known = _fields.spellings(self._kind)
        if name.startswith("__") or name not in known:
            raise AttributeError(f'{self._kind} has no field "{name}"; ' + nearest(name, known))
        field, factor = known[name]
        if factor == 0 or field.kind == "span" and name == field.member:
            value = _fields.raw(self._struct(), field)
            return None if value == UNSET else value
        value = _fields.human(self._struct(), field, self._builder)
        if field.kind == "span" and factor != field.factor and isinstance(value, float):
            return _times.share(getattr(self._struct(), field.member), factor)
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        known = _fields.spellings(self._kind)
        if name not in known:
            raise AttributeError(f'{self._kind} has no field "{name}"; ' + nearest(name, known))
        self.update(**{name: value})

    def update(self, **changes: Any) -> "Entity":
        """Changes several fields in one step; nothing is changed if one of them is wrong."""
        index = self._index()
        self._builder._set(self._kind, index, changes, self._named())
        if self._id is not None:
            object.__setattr__(self, "_id", text(self._struct().id))
        return self

    def remove(self) -> None:
        """Takes it out of the scenario with everything that hangs on it."""
        self._builder._remove(self._kind, self._index())

    def to_dict(self) -> Row:
        """All fields in human units."""
        struct = self._struct()
        return Row(
            (field.name, _fields.human(struct, field, self._builder))
            for field in _fields.fields(self._kind)
        )

    @property
    def index(self) -> int:
        """Its row number."""
        return self._index()

    def __dir__(self) -> List[str]:
        return sorted([*_fields.spellings(self._kind), "update", "remove", "to_dict", "index"])

    def __repr__(self) -> str:
        return f"<{self._named()} of {self._builder!r}>"
