# SPDX-License-Identifier: Apache-2.0
"""Runs a long call of the library so that Ctrl-C and other signals are answered at once.

Python answers signals in its main thread, between two steps of Python code; a call into C holds
that up until it returns. So a call made from the main thread runs in a thread of its own while the
main thread waits, answers signals, and runs the callbacks, which thus run where they were given.
Knows no noun of the library.
"""

from __future__ import annotations

import _thread
import queue
import threading
import time
from typing import Any, Callable, List, Optional, Tuple

PATIENCE_S = 0.1  # how often a wait looks whether what it waits for got lost
START_S = 5.0  # a thread that has not begun by then never will


class Relay:
    """Carries callbacks from the thread of the call to the main thread and waits for them."""

    def __init__(self) -> None:
        self.events: "queue.SimpleQueue[Any]" = queue.SimpleQueue()
        self.asked = False
        self.begun = False
        self.finished = False
        self.abandoned = False
        self.interrupted: Optional[BaseException] = None

    def __call__(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Runs a callback in the main thread; what it raises is raised here."""
        # A bare lock: a signal that raises inside threading.Event may leave it locked for good.
        answered = _thread.allocate_lock()
        answered.acquire()
        answer: List[Tuple[Any, Optional[BaseException]]] = []
        self.events.put((function, arguments, answer, answered))
        while not answered.acquire(timeout=PATIENCE_S):
            if self.interrupted is not None:
                return None
        result, error = answer[0]
        if error is not None:
            raise error
        return result

    def serve(self) -> None:
        """Runs one waiting callback."""
        try:
            event = self.events.get(timeout=PATIENCE_S)
        except queue.Empty:
            return
        if event is None:
            return
        function, arguments, answer, answered = event
        try:
            if self.interrupted is None:
                answer.append((function(*arguments), None))
            else:
                answer.append((None, None))
        except Exception as error:  # handed on to the caller of the callback
            answer.append((None, error))
        finally:
            if not answer:
                answer.append((None, None))
            answered.release()


def is_main() -> bool:
    """True in the thread that answers signals."""
    return threading.current_thread() is threading.main_thread()


def interruptible(
    call: Callable[[], Any],
    cancel: Callable[[], None],
    set_relay: Callable[[Optional[Relay]], None],
) -> Tuple[Any, Optional[BaseException]]:
    """Runs call(); on a signal that raises, cancels it and waits for it to come back.

    Returns what call() returned, and the exception of the signal handler or None. What call()
    works on must be alive as long as `call` is.
    """
    if not is_main():
        return call(), None
    relay = Relay()
    outcome: List[Any] = []
    failure: List[BaseException] = []

    def body() -> None:
        relay.begun = True
        try:
            if not relay.abandoned:
                outcome.append(call())
        except BaseException as error:  # noqa: B902 - raised again in the main thread
            failure.append(error)
        finally:
            relay.finished = True
            relay.events.put(None)

    set_relay(relay)
    try:
        while not relay.finished:
            try:
                if not _attend(relay, body, cancel):
                    set_relay(None)
                    return call(), None
            except BaseException as error:  # noqa: B902 - one signal after the other
                relay.interrupted = relay.interrupted or error
                if relay.abandoned:
                    raise
    finally:
        set_relay(None)
    if failure:
        raise failure[0]
    return outcome[0], relay.interrupted


def _attend(relay: Relay, body: Callable[[], None], cancel: Callable[[], None]) -> bool:
    """Starts the thread and serves it to its end; False if the system has no thread left.

    A signal handler may raise between any two steps, so every step lies inside the try: whatever
    comes is kept, and the thread is never left alone with what it works on.
    """
    while True:
        try:
            if not relay.asked:
                relay.asked = True
                if not _start(relay, body):
                    return False
            while not relay.finished:
                relay.serve()
            return True
        except BaseException as error:  # noqa: B902 - from a signal handler
            relay.interrupted = relay.interrupted or error
            cancel()
            if not _has_begun(relay, START_S):
                relay.abandoned = True  # it came before the thread was there
                raise


def _has_begun(relay: Relay, patience_s: float) -> bool:
    end = time.monotonic() + patience_s
    while not relay.begun and time.monotonic() < end:
        time.sleep(0.001)
    return relay.begun


def _start(relay: Relay, body: Callable[[], None]) -> bool:
    try:
        _thread.start_new_thread(body, ())
    except RuntimeError:
        # No thread is left; or a signal handler raised this after one began.
        return _has_begun(relay, PATIENCE_S)
    return True
