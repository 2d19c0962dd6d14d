# SPDX-License-Identifier: Apache-2.0
"""The context: options, log, plugins, cancelling, causes of a failure. Knows no scenario."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import MutableMapping
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Tuple, Union

from . import _handle
from ._handle import Handle
from ._library import NULL, UNSET, ffi, lib, text, words
from ._run import Relay
from .errors import BusyError, Cause, NotFound, QuaywrightError, make, nearest

__all__ = ["Context", "Options", "Option", "Plugin", "Rule", "rules"]

LogCallable = Callable[[str, str], Any]
_LEVELS = {"none": 0, "warning": 1, "info": 2, "debug": 3}
_LOGGING = {1: logging.WARNING, 2: logging.INFO, 3: logging.DEBUG}


class Option(NamedTuple):
    """Declaration of an option."""

    name: str
    type: str  #: int, bool, text or word
    unit: str
    default: Union[int, str, None]
    least: Optional[int]
    most: Optional[int]
    words: Tuple[str, ...]
    sentence: str  #: What it does.


class Plugin(NamedTuple):
    """A registered plugin."""

    kind: str  #: forecast, optimiser or solver
    id: str
    version: str
    summary: str
    licence: str
    path: str  #: File, or "built-in".
    disabled: bool
    reason: Optional[str]  #: Why it is disabled.


class Rule(NamedTuple):
    """A rule of the checker."""

    name: str
    sentence: str


def rules() -> List[Rule]:
    """Every rule a plan is checked against."""
    return [
        Rule(text(lib.qwr_rule_name(i)) or "", text(lib.qwr_rule_sentence(i)) or "")
        for i in range(lib.qwr_rule_count())
    ]


class Options(MutableMapping):  # type: ignore[type-arg]
    """Options of a context as a mapping: ``context.options["threads"] = 2``.

    Values are texts, as the library keeps them; what is set may be a number or bool too.
    """

    def __init__(self, context: "Context") -> None:
        self._context = context

    def __getitem__(self, name: str) -> str:
        with self._context._use() as ctx:
            value = text(lib.qwr_context_option(ctx, name.encode()))
        if value is None:
            raise NotFound(f'there is no option "{name}"; ' + nearest(name, self))
        return value

    def __setitem__(self, name: str, value: Any) -> None:
        written = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        self._context._call(lib.qwr_context_set_option, name.encode(), written.encode())

    def __delitem__(self, name: str) -> None:
        declaration = self.declaration(name)
        self[name] = "" if declaration.default is None else declaration.default

    def declarations(self) -> List[Option]:
        """Every option with its type, range and what it does."""
        with self._context._use() as ctx:
            return [
                _option(lib.qwr_context_option_decl(ctx, i))
                for i in range(lib.qwr_context_option_count(ctx))
            ]

    def declaration(self, name: str) -> Option:
        """The declaration of one option."""
        found = {option.name: option for option in self.declarations()}
        if name not in found:
            raise NotFound(f'there is no option "{name}"; ' + nearest(name, found))
        return found[name]

    def __iter__(self) -> Iterator[str]:
        return iter([option.name for option in self.declarations()])

    def __len__(self) -> int:
        return len(self.declarations())

    def __repr__(self) -> str:
        return f"<Options {dict(self)}>"


def _option(decl: Any) -> Option:
    kind = {number: word for word, number in words("qwr_option_type").items()}[decl.type]
    number = kind in ("int", "bool")
    return Option(
        text(decl.name) or "",
        kind,
        text(decl.unit) or "",
        decl.default_int if number else text(decl.default_text),
        decl.min_int if kind == "int" else None,
        decl.max_int if kind == "int" else None,
        tuple((text(decl.words) or "").split("|")) if kind == "word" else (),
        text(decl.sentence) or "",
    )


class Context:
    """Options, log, plugins and the cancel flag; every call of the library runs in one.

    Without one, each thread has a default context of its own, so most programs never make one.
    A context is for one call at a time: two threads in one context get a BusyError, and only
    cancel() may be called from anywhere. Scenarios and plans may be read by all threads.

    Args:
        threads: threads of a plan; 0: every processor the process may use.
        simd: "auto", "generic", "avx2" or "avx512".
        log: callable(level, message); or a logging.Logger; or True for the logger "quaywright".
        log_level: "warning", "info" or "debug".
        options: any other declared option, e.g. plugin_path, max_memory_mb.

    After os.fork() a context that another thread was using stays busy in the child; make a new one
    there. With multiprocessing prefer the "spawn" method, as for every library with threads.
    """

    _local = threading.local()
    _is_default = False

    def __init__(
        self,
        *,
        threads: Optional[int] = None,
        simd: Optional[str] = None,
        log: Union[LogCallable, logging.Logger, bool, None] = None,
        log_level: str = "info",
        **options: Any,
    ) -> None:
        out = ffi.new("qwr_context **")
        status = lib.qwr_context_new(out, NULL)
        if status:
            raise make(status_name(status), [])
        self._handle = Handle(out[0], lib.qwr_context_free)
        self._lock = threading.Lock()
        self._user: Optional[str] = None
        self._relay: Optional[Relay] = None
        self._failure: Optional[BaseException] = None
        self._log_callback: Any = None
        self.options = Options(self)  #: Options as a mapping.
        if log is not None and log is not False:
            self.set_log(log, log_level)
        given = {"threads": threads, "simd": simd, **options}
        for name, value in given.items():
            if value is not None:
                self.options[name] = value

    @classmethod
    def default(cls) -> "Context":
        """The context of the calling thread that is used where none is given."""
        found = getattr(cls._local, "context", None)
        if found is None or found._handle.closed:
            found = cls()
            found._is_default = True
            cls._local.context = found
        return found

    # --- calling ----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _use(self) -> Iterator[Any]:
        """The pointer, while nobody else may use the context."""
        if not self._lock.acquire(blocking=False):
            raise BusyError(
                f"this context is in use by {self._user or 'another call'}: one call at a time may "
                "use a context, and its callbacks may only call cancel(); "
                "give each thread a Context of its own"
            )
        try:
            self._user = f"thread {threading.current_thread().name}"
            yield self._handle.get("context")
        finally:
            self._user = None
            self._lock.release()

    def _checked(self, status: int) -> None:
        """Raises what a status says; the context must be in use."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure
        if status:
            raise make(status_name(status), self._causes())

    def _call(self, function: Callable[..., int], *arguments: Any) -> None:
        """function(ctx, *arguments), its status checked."""
        with self._use() as ctx:
            self._checked(function(ctx, *arguments))

    def _make(self, kind: str, function: Callable[..., int], *arguments: Any) -> Any:
        """function(&out, ctx, *arguments): the pointer that came out."""
        out = ffi.new(f"{kind} **")
        with self._use() as ctx:
            self._checked(function(out, ctx, *arguments))
        return out[0]

    def _text(self, function: Callable[..., int], *arguments: Any) -> str:
        """function(&text, ctx, *arguments): the text, freed."""
        return self._text_of(lambda out, ctx: function(out, ctx, *arguments))

    def _sized_text(self, function: Callable[..., int], length: Any, *arguments: Any) -> str:
        """function(&text, &length, ctx, *arguments): the text, freed."""
        return self._text_of(lambda out, ctx: function(out, length, ctx, *arguments))

    def _text_of(self, make_text: Callable[[Any, Any], int]) -> str:
        out = ffi.new("char **")
        with self._use() as ctx:
            try:
                self._checked(make_text(out, ctx))
                return text(out[0]) or ""
            finally:
                lib.qwr_text_free(ctx, out[0])

    def _causes(self) -> List[Cause]:
        ctx = self._handle.pointer
        causes = []
        for index in range(lib.qwr_context_cause_count(ctx)):
            c = lib.qwr_context_cause(ctx, index)
            causes.append(
                Cause(
                    text(c.where) or "",
                    text(c.message) or "",
                    text(c.file),
                    c.line,
                    status_name(c.status),
                )
            )
        return causes

    def _callback(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Runs a callback of the user where it belongs; its exception ends the call."""
        try:
            relay = self._relay
            return relay(function, *arguments) if relay else function(*arguments)
        except BaseException as error:  # noqa: B902 - it must not cross C, so it waits
            self._failure = self._failure or error
            self.cancel()
            return None

    # --- for users --------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Asks the running plan, else the next one, to come back with the best it has.

        May be called from any thread, from a callback, and from a signal handler.
        """
        pointer = self._handle.pointer
        if pointer is not None:
            lib.qwr_context_cancel(pointer)

    def cancel_reset(self) -> None:
        """Forgets a cancel(); plan() does so when it is done."""
        lib.qwr_context_cancel_reset(self._handle.get("context"))

    def set_log(
        self, log: Union[LogCallable, logging.Logger, bool, None], level: str = "info"
    ) -> None:
        """Sends log lines, `key=value` pairs, to a callable(level, message) or a logger."""
        if level not in _LEVELS:
            raise ValueError(f'log_level "{level}" is not known; ' + nearest(level, _LEVELS))
        if log is True:
            log = logging.getLogger("quaywright")
        names = {number: word for word, number in _LEVELS.items()}
        sink = log

        def receive(number: int, message: Any, _payload: Any) -> None:
            line = text(message) or ""
            if isinstance(sink, logging.Logger):
                self._callback(sink.log, _LOGGING.get(number, logging.INFO), "%s", line)
            elif callable(sink):
                self._callback(sink, names.get(number, "info"), line)

        wanted = log is not None and log is not False
        if wanted and not isinstance(log, logging.Logger) and not callable(log):
            raise TypeError(f"log must be a callable, a logging.Logger or True, not {log!r}")
        callback = ffi.callback("qwr_log_fn", receive) if wanted else NULL
        with self._use() as ctx:
            lib.qwr_context_set_log(ctx, callback, _LEVELS[level] if wanted else 0, NULL)
            self._log_callback = callback

    def load_plugin(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Loads one plugin module into this context."""
        self._call(lib.qwr_plugin_load, os.fsencode(path))

    def load_plugins(self) -> None:
        """Loads every module of the search path; plan() and plugins() do so when needed."""
        self._call(lib.qwr_plugin_load_all)

    def plugins(self) -> List[Plugin]:
        """Every plugin: forecasts, optimisers and solvers, built in or loaded."""
        found = []
        kinds = {number: word for word, number in words("qwr_plugin_kind").items()}
        with self._use() as ctx:
            for index in range(lib.qwr_plugin_count(ctx)):
                info = ffi.new("qwr_plugin_info *")
                info.size = ffi.sizeof("qwr_plugin_info")
                self._checked(lib.qwr_plugin_get(info, ctx, index))
                found.append(
                    Plugin(
                        kinds.get(info.kind, str(info.kind)),
                        text(info.id) or "",
                        text(info.version) or "",
                        text(info.summary) or "",
                        text(info.licence) or "",
                        text(info.path) or "",
                        bool(info.disabled),
                        text(info.reason),
                    )
                )
        return found

    def check_plugin(self, path: Union[str, "os.PathLike[str]"]) -> List[Tuple[bool, str]]:
        """Runs the conformance suite over a module file: (passed, line) for each check.

        A module with a memory fault takes this process down with it; ``quaywright plugin check``
        runs it in a child process.
        """
        lines: List[Tuple[bool, str]] = []

        def receive(passed: int, line: Any, _payload: Any) -> None:
            lines.append((bool(passed), text(line) or ""))

        callback = ffi.callback("qwr_conformance_fn", receive)
        failed = ffi.new("int *")
        with self._use() as ctx:
            self._checked(
                lib.qwr_plugin_conformance(failed, ctx, os.fsencode(path), callback, NULL)
            )
        return lines

    def bench_kernel(self, level: str = "auto", threads: int = 1) -> float:
        """Candidates per second the cost kernel prices on this machine."""
        rate = ffi.new("double *")
        with self._use() as ctx:
            self._checked(lib.qwr_bench_kernel(rate, ctx, level.encode(), threads))
        return float(rate[0])

    def close(self) -> None:
        """Frees the context as soon as nothing made in it is left. Python does so by itself."""
        self._handle.close()

    def __enter__(self) -> "Context":
        return self

    def __exit__(self, *_unused: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._handle.closed:
            return "<Context, closed>"
        try:
            return f"<Context threads={self.options['threads']} simd={self.options['simd']}>"
        except QuaywrightError:
            return "<Context in use>"


def status_name(status: int) -> str:
    """ "QWR_ENOMEM" and so on."""
    return text(lib.qwr_status_name(status)) or str(status)


def value_of(cost_mu: int) -> Optional[float]:
    """The published value of a cost; None if it is not known."""
    return None if cost_mu == UNSET else cost_mu / 1000


def _after_fork() -> None:
    # Locks that other threads held are nobody's in the child, and the default context with them.
    _handle._LOCK = threading.RLock()
    Context._local = threading.local()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
