# SPDX-License-Identifier: Apache-2.0
"""Runs a long call of the library so that Ctrl-C and other signals are answered at once.

Python answers signals in its main thread, between two steps of Python code; a call into C holds
that up until it returns. So a call made from the main thread runs in a thread of its own while the
main thread waits, answers signals, and runs the callbacks, which thus run where they were given.
Knows no noun of the library.
"""

from __future__ import annotations

import queue
import threading
from typing import Any, Callable, List, Optional, Tuple

PATIENCE_S = 0.1  # how often a wait looks whether what it waits for got lost


class Relay:
    """Carries callbacks from the thread of the call to the main thread and waits for them."""

    def __init__(self) -> None:
        self.events: "queue.SimpleQueue[Any]" = queue.SimpleQueue()
        self.finished = False
        self.interrupted: Optional[BaseException] = None

    def __call__(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Runs a callback in the main thread; what it raises is raised here."""
        answered = threading.Event()
        answer: List[Tuple[Any, Optional[BaseException]]] = []
        self.events.put((function, arguments, answer, answered))
        while not answered.wait(PATIENCE_S):
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
            answered.set()


def is_main() -> bool:
    """True in the thread that answers signals."""
    return threading.current_thread() is threading.main_thread()


def interruptible(
    call: Callable[[], Any],
    cancel: Callable[[], None],
    set_relay: Callable[[Optional[Relay]], None],
) -> Tuple[Any, Optional[BaseException]]:
    """Runs call(); on a signal that raises, cancels it and waits for it to come back.

    Returns what call() returned, and the exception of the signal handler or None.
    """
    if not is_main():
        return call(), None
    relay = Relay()
    outcome: List[Any] = []
    failure: List[BaseException] = []

    def body() -> None:
        try:
            outcome.append(call())
        except BaseException as error:  # noqa: B902 - raised again in the main thread
            failure.append(error)
        finally:
            relay.finished = True
            relay.events.put(None)

    set_relay(relay)
    thread = threading.Thread(target=body, name="quaywright", daemon=True)
    started = False
    try:
        while not relay.finished:
            try:
                if not started:
                    started = True
                    thread.start()
                relay.serve()
            except BaseException as error:  # noqa: B902 - from a signal handler, kept
                relay.interrupted = relay.interrupted or error
                cancel()
    finally:
        set_relay(None)
    if failure:
        raise failure[0]
    return outcome[0], relay.interrupted
