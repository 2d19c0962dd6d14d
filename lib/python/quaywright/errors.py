# SPDX-License-Identifier: Apache-2.0
"""Exceptions: one class a status of the library, each with the chain of causes it reported."""

from __future__ import annotations

import difflib
from typing import Dict, Iterable, List, NamedTuple, Optional, Sequence, Type

__all__ = [
    "Cause",
    "QuaywrightError",
    "InvalidArgument",
    "OutOfMemory",
    "FileError",
    "FormatError",
    "ScenarioError",
    "RangeError",
    "NotFound",
    "StateError",
    "BusyError",
    "PluginError",
    "SolverError",
    "Unsupported",
    "TooBig",
    "PlanInterrupted",
]


class Cause(NamedTuple):
    """One link of a failure; the innermost comes first."""

    where: str  #: The part that noticed, e.g. "io.scenario_xml".
    message: str  #: What is wrong, and what was expected.
    file: Optional[str]  #: Input file, or None.
    line: int  #: Line in the file from 1, or 0.
    status: str  #: "QWR_EFORMAT" and so on.

    def __str__(self) -> str:
        place = (
            f"{self.file}:{self.line}: "
            if self.file and self.line
            else (f"{self.file}: " if self.file else "")
        )
        return place + self.message


class QuaywrightError(Exception):
    """A call of the library failed. ``str()`` is the sentence with file and line.

    Attributes:
        status: name of the status, e.g. "QWR_EFORMAT".
        causes: list of Cause, the innermost first; empty if the module itself found the fault.
    """

    status: str = "QWR_EINVAL"

    def __init__(self, message: str, causes: Sequence[Cause] = (), status: Optional[str] = None):
        super().__init__(message)
        self.causes: List[Cause] = list(causes)
        if status is not None:
            self.status = status

    @property
    def message(self) -> str:
        """The sentence without the causes around it."""
        return str(self.args[0])

    @property
    def file(self) -> Optional[str]:
        """The input file the fault lies in, or None."""
        return next((cause.file for cause in self.causes if cause.file), None)

    @property
    def line(self) -> int:
        """Its line, from 1; 0 if there is none."""
        return next((cause.line for cause in self.causes if cause.line), 0)


class InvalidArgument(QuaywrightError, ValueError):
    """An argument is outside its documented range."""

    status = "QWR_EINVAL"


class OutOfMemory(QuaywrightError, MemoryError):
    """An allocation failed; nothing was changed."""

    status = "QWR_ENOMEM"


class FileError(QuaywrightError, OSError):
    """A file could not be opened, read, written or renamed."""

    status = "QWR_EIO"

    def __str__(self) -> str:  # OSError would print its arguments as a pair
        return self.message


class FormatError(QuaywrightError, ValueError):
    """A file's content does not follow its format; the message names file and line."""

    status = "QWR_EFORMAT"


class ScenarioError(QuaywrightError, ValueError):
    """The scenario contradicts itself; the message names the element."""

    status = "QWR_ESCENARIO"


class RangeError(QuaywrightError, OverflowError):
    """A quantity left its range."""

    status = "QWR_EOVERFLOW"


class NotFound(QuaywrightError, LookupError):
    """Nothing has this name."""

    status = "QWR_ENOTFOUND"


class StateError(QuaywrightError, RuntimeError):
    """The object is not in the state this call needs, e.g. it is closed."""

    status = "QWR_ESTATE"


class BusyError(StateError):
    """The context is in use: by another thread, or by the call whose callback this is."""


class PluginError(QuaywrightError, RuntimeError):
    """A plugin broke its contract and was disabled."""

    status = "QWR_EPLUGIN"


class SolverError(QuaywrightError, RuntimeError):
    """A solver backend broke its contract or cannot take this model."""

    status = "QWR_ESOLVER"


class Unsupported(QuaywrightError, NotImplementedError):
    """This build or version cannot do it."""

    status = "QWR_EUNSUPPORTED"


class TooBig(QuaywrightError, ValueError):
    """The problem exceeds a stated limit (memory, rows, file size)."""

    status = "QWR_ETOOBIG"


class PlanInterrupted(KeyboardInterrupt):
    """Ctrl-C while a plan was made. ``plan`` is the best plan found by then, or None."""

    def __init__(self, message: str, plan: Optional[object] = None):
        super().__init__(message)
        self.plan = plan


def _by_status() -> Dict[str, Type[QuaywrightError]]:
    classes = [
        InvalidArgument,
        OutOfMemory,
        FileError,
        FormatError,
        ScenarioError,
        RangeError,
        NotFound,
        StateError,
        PluginError,
        SolverError,
        Unsupported,
        TooBig,
    ]
    return {kind.status: kind for kind in classes}


BY_STATUS = _by_status()


def make(status: str, causes: Sequence[Cause]) -> QuaywrightError:
    """The exception for a status and its causes: outermost first, joined as one sentence."""
    kind = BY_STATUS.get(status, QuaywrightError)
    parts: List[str] = []
    for cause in reversed(causes):
        if str(cause) not in parts:
            parts.append(str(cause))
    return kind(": ".join(parts) if parts else f"the library reported {status}", causes, status)


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: the nearest valid one, or all there are."""
    valid = sorted(set(known))
    match = difflib.get_close_matches(str(word), valid, 1, 0.5)
    if match:
        return f'did you mean "{match[0]}"?'
    if len(valid) > 40:
        return f"there are {len(valid)}: {', '.join(valid[:8])}, ..."
    return f"valid are: {', '.join(valid)}" if valid else "there are none"
