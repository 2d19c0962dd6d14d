# SPDX-License-Identifier: Apache-2.0
"""Who frees what, and when: an object of the library is freed once, and never before what was made
from it, in whatever order Python drops the wrappers. Knows pointers, no noun of the library.
"""

from __future__ import annotations

import threading
from typing import Any, Callable, Optional

from .errors import StateError

_LOCK = threading.RLock()


class Handle:
    """A pointer, how to free it, and the handle it depends on.

    The garbage collector may finalise the members of a cycle in any order, so keeping a reference
    to the parent is not enough: a handle counts those that use it, and is freed after the last.
    """

    __slots__ = ("pointer", "_free", "_parents", "_users", "_closed")

    def __init__(
        self, pointer: Any, free: Callable[[Any], Any], *parents: Optional["Handle"]
    ) -> None:
        self.pointer = pointer
        self._free = free
        self._parents = tuple(parent for parent in parents if parent is not None)
        self._users = 0
        self._closed = False
        with _LOCK:
            for parent in self._parents:
                parent._users += 1

    @property
    def closed(self) -> bool:
        """True once close() was called, though the memory may still serve others."""
        return self._closed

    def get(self, what: str) -> Any:
        """The pointer, or a StateError if it was closed."""
        if self._closed:
            raise StateError(f"this {what} is closed")
        return self.pointer

    def close(self) -> None:
        """Frees now, or as soon as nothing depends on it."""
        with _LOCK:
            if self._closed:
                return
            self._closed = True
            self._release()

    def _release(self) -> None:
        if not self._closed or self._users > 0 or self.pointer is None:
            return
        pointer, self.pointer = self.pointer, None
        self._free(pointer)
        for parent in self._parents:
            parent._users -= 1
            parent._release()

    def __del__(self) -> None:
        try:
            self.close()
        except AttributeError:
            pass  # __init__ did not get far
