# SPDX-License-Identifier: Apache-2.0
"""Threads, cancelling, callbacks that raise, Ctrl-C, fork."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import data, python

import quaywright as qw
from quaywright import _run


@pytest.fixture
def week():
    return qw.Scenario.load(data("harbour-week.xml"))


def stop_after(count):
    """A progress callback that stops the run after so many calls."""
    seen = []

    def progress(state):
        seen.append(state)
        return len(seen) < count

    progress.seen = seen
    return progress


def test_progress_is_reported_where_the_call_was_made(week):
    places = []
    plan = week.plan(
        work_limit=3000, progress=lambda p: places.append((threading.current_thread(), p))
    )
    assert {thread for thread, _p in places} == {threading.current_thread()}
    last = places[-1][1]
    assert last.stage and 0 <= last.fraction <= 1 and last.work <= plan.work
    assert last.cost is None or last.cost >= plan.cost
    assert last.unplaced >= 0 and last.elapsed_s >= 0


def test_progress_may_stop_the_run_by_its_answer(week):
    progress = stop_after(3)
    plan = week.plan(deadline=None, progress=progress)
    assert plan.stop == "cancel" and len(progress.seen) >= 3
    # The next run is not cancelled.
    assert week.plan(work_limit=500).stop == "work"


def test_what_progress_raises_ends_the_run_and_is_raised(week):
    class Enough(Exception):
        pass

    def progress(state):
        raise Enough(state.stage)

    with pytest.raises(Enough):
        week.plan(deadline=None, progress=progress)
    assert week.plan(work_limit=500).stop == "work"

    def in_thread():
        with pytest.raises(Enough):
            week.plan(deadline=None, progress=progress)
        return week.plan(work_limit=500).stop

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(in_thread).result() == "work"


def test_what_a_log_callable_raises_is_raised(week):
    def log(level, line):
        raise ZeroDivisionError(line)

    with pytest.raises(ZeroDivisionError):
        week.plan(work_limit=500, context=qw.Context(log=log))


def test_callbacks_may_not_use_their_context(week):
    ctx = qw.Context(threads=1)

    def progress(state):
        week.plan(work_limit=10, context=ctx)

    with pytest.raises(qw.BusyError, match="callbacks may only call cancel"):
        week.plan(work_limit=3000, context=ctx, progress=progress)


def test_a_context_that_two_threads_want_is_refused_to_the_second(week):
    ctx = qw.Context(threads=1)
    started, errors = threading.Event(), []

    def second():
        started.wait(60)
        try:
            week.plan(work_limit=10, context=ctx)
        except qw.BusyError as error:
            errors.append(str(error))
        ctx.cancel()

    other = threading.Thread(target=second)
    other.start()
    plan = week.plan(deadline=60, context=ctx, progress=lambda p: started.set())
    other.join()
    assert plan.stop != "deadline"
    assert "in use by thread" in errors[0] and "Context of its own" in errors[0]


def test_cancel_from_another_thread_brings_the_best_plan(week):
    ctx = qw.Context()
    found = threading.Event()
    canceller = threading.Thread(target=lambda: (found.wait(60), ctx.cancel()))
    canceller.start()

    def progress(state):
        if state.cost is not None:
            found.set()

    plan = week.plan(deadline=None, context=ctx, progress=progress)
    canceller.join()
    assert plan.stop in ("cancel", "done") and plan.unplaced == 0 and plan.check().ok


def test_a_cancel_before_the_run_counts_and_can_be_taken_back(week):
    ctx = qw.Context()
    ctx.cancel()
    assert week.plan(deadline=None, context=ctx).stop == "cancel"
    ctx.cancel()
    ctx.cancel_reset()
    assert week.plan(work_limit=300, context=ctx).stop == "work"


def test_other_threads_run_while_a_plan_is_made(week):
    ticks, stop = [], threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(1)
            stop.wait(0.001)

    ctx = qw.Context(threads=1)
    other = threading.Thread(target=tick)
    before = []
    other.start()
    # From a thread that is not the main one the call runs in place: only a released interpreter
    # lets others go on.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(
            lambda: (
                before.append(len(ticks)),
                week.plan(deadline=0.5, context=ctx),
                before.append(len(ticks)),
            )
        ).result()
    stop.set()
    other.join()
    assert before[1] - before[0] >= 5


def test_threads_have_default_contexts_of_their_own_and_the_same_plans(small_day):
    with ThreadPoolExecutor(4) as pool:
        texts = set(pool.map(lambda _i: small_day.plan(work_limit=500).text(), range(8)))
        contexts = set(pool.map(lambda _i: id(qw.Context.default()), range(8)))
    assert len(texts) == 1 and texts == {small_day.plan(work_limit=500).text()}
    assert id(qw.Context.default()) not in contexts


def test_without_a_thread_to_spare_a_plan_is_made_all_the_same(small_day, monkeypatch):
    def none_left(*_arguments):
        raise RuntimeError("can't start new thread")

    expected = small_day.plan(work_limit=500).text()
    monkeypatch.setattr(_run._thread, "start_new_thread", none_left)
    stages = []
    plan = small_day.plan(work_limit=500, progress=lambda p: stages.append(p.stage))
    assert plan.text() == expected and stages


def test_a_signal_before_the_thread_begins_is_raised(small_day, monkeypatch):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(_run, "START_S", 0.01)
    monkeypatch.setattr(_run._thread, "start_new_thread", interrupted)
    with pytest.raises(KeyboardInterrupt):
        small_day.plan(work_limit=500)
    monkeypatch.undo()
    assert small_day.plan(work_limit=500).check().ok


INTERRUPTED = """
import signal, sys, quaywright as qw
signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
week = qw.Scenario.load(sys.argv[1])
told = []
def progress(p):
    if p.cost is not None and not told:
        told.append(1)
        print("planning", flush=True)
try:
    week.plan(deadline=None, progress=progress)
except KeyboardInterrupt as error:
    print(type(error).__name__, error.plan.stop, error.plan.unplaced, error.plan.check().ok)
print(week.plan(work_limit=300).stop)
"""


def test_ctrl_c_stops_the_run_and_hands_over_the_best_plan():
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, data("harbour-week.xml")],
        stdout=subprocess.PIPE,
        universal_newlines=True,
    ) as child:
        assert child.stdout.readline() == "planning\n"
        child.send_signal(signal.SIGINT)
        rest, _none = child.communicate(timeout=60)
    assert rest.splitlines() == ["PlanInterrupted cancel 0 True", "work"]
    assert child.returncode == 0


def test_a_signal_handler_runs_while_a_plan_is_made(week):
    seen = []

    class Alarm(Exception):
        pass

    def quiet(number, frame):
        seen.append(number)

    def loud(number, frame):
        raise Alarm

    before = signal.signal(signal.SIGALRM, quiet)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        plan = week.plan(deadline=1, context=qw.Context(threads=1))
        assert seen == [signal.SIGALRM] and plan.stop != "cancel"
        signal.signal(signal.SIGALRM, loud)
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(Alarm):
            week.plan(deadline=None)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


STORM = """
import random, signal, sys, quaywright as qw

class Alarm(Exception):
    pass

def loud(number, frame):
    raise Alarm

ctx = qw.Context(threads=1)
week = qw.Scenario.load(sys.argv[1], context=ctx)
signal.signal(signal.SIGALRM, loud)
draw, raised = random.Random(1), 0
for i in range(60):
    try:
        signal.setitimer(signal.ITIMER_REAL, draw.uniform(0.0005, 0.03))
        try:
            week.plan(work_limit=5000, progress=lambda p: None)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except Alarm:
        raised += 1
signal.signal(signal.SIGALRM, signal.SIG_IGN)
print(raised > 0, week.plan(work_limit=300).check().legal)
"""


def test_signals_at_any_moment_leave_everything_whole():
    result = python(STORM, data("small-day.xml"))
    # What a handler raises inside a finaliser Python itself tells and ignores.
    assert (result.returncode, result.stdout) == (0, "True True\n"), result.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_plans_too():
    result = python(
        "import os, sys, quaywright as qw\n"
        "s = qw.Scenario.load(sys.argv[1])\n"
        "expected = s.plan(work_limit=500, context=qw.Context(threads=2)).text()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    contexts = (None, qw.Context(threads=2))\n"
        "    texts = {s.plan(work_limit=500, context=c).text() for c in contexts}\n"
        "    os._exit(0 if texts == {expected} else 1)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n",
        data("small-day.xml"),
    )
    assert result.stdout.strip() == "0", result.stderr
