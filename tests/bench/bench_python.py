#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a plan costs in Python beyond what it costs in C, and how fast results are read.

    PYTHONPATH=build/lib/python/tree python3 tests/bench/bench_python.py [--cpu] [SCENARIO.xml]

"In C" is qwr_solve() itself, called over and over by bench_python_c, a program linked to the
library (give its path as the environment variable BENCH_C; without it the bare call through cffi is
measured instead). Rounds of C and Python take turns; of each the best median of a round counts, on
one thread: that is what the code costs, without what else the machine does. --cpu counts processor
time instead of time on the wall, for a machine that is busy.
"""

import os
import statistics
import subprocess
import sys
import time

import quaywright as qw

RUNS = 40
ROUNDS = 9
WORK = (1, 200, 2000)
CPU = "--cpu" in sys.argv[1:]
now = time.process_time if CPU else time.perf_counter


def median_ms(function, runs=RUNS):
    """Median time of function() in milliseconds."""
    times = []
    for _unused in range(runs):
        begin = now()
        function()
        times.append(now() - begin)
    return 1000 * statistics.median(times)


def bare_ms(scenario, context, work):
    """qwr_solve() and qwr_plan_free() through cffi, nothing else."""
    ffi, lib = qw.ffi, qw.lib
    options = ffi.new("qwr_solve_options *", lib.qwr_solve_options_init())
    options.deadline_ms, options.work_limit = -1, work
    out = ffi.new("qwr_plan **")
    ctx, pointer = context._handle.pointer, scenario._handle.pointer

    def call():
        if lib.qwr_solve(out, ctx, pointer, options, ffi.NULL):
            raise SystemExit("qwr_solve failed")
        lib.qwr_plan_free(out[0])

    return median_ms(call)


def c_ms(path, work):
    """The same in a program in C."""
    clock = "cpu" if CPU else "wall"
    text = subprocess.check_output([os.environ["BENCH_C"], path, str(work), str(RUNS), clock])
    return float(text)


def plans(path):
    context = qw.Context(threads=1)
    scenario = qw.Scenario.load(path, context=context)
    print(f"{path}: {len(scenario.calls)} calls, best of {ROUNDS} medians of {RUNS}, one thread")
    print(f"{'work':>8} {'C ms':>10} {'Python ms':>10} {'overhead ms':>12} {'with progress':>14}")
    in_c = bool(os.environ.get("BENCH_C"))
    for work in WORK:
        rounds = []
        for _unused in range(ROUNDS):
            below = c_ms(path, work) if in_c else bare_ms(scenario, context, work)
            plain = median_ms(lambda: scenario.plan(work_limit=work))
            told = median_ms(lambda: scenario.plan(work_limit=work, progress=lambda p: None))
            rounds.append((below, plain, told))
        below, plain, told = (min(column) for column in zip(*rounds))
        print(f"{work:8} {below:10.3f} {plain:10.3f} {plain - below:12.3f} {told - below:14.3f}")


def reading(calls=1000):
    context = qw.Context(threads=1)
    scenario = qw.Scenario.generate("medium", seed=1, calls=calls, days=30, context=context)
    plan = scenario.plan(work_limit=1)
    print(f"{calls} vessels, ms")
    rows = [("stays to a list of dicts", plan.stays.to_list)]
    rows += [("stays to NumPy", plan.to_numpy), ("calls to NumPy", scenario.calls.to_numpy)]
    rows += [("stays to pandas", plan.to_frame), ("plan.check()", plan.check)]
    rows += [("scenario.edit() and freeze()", lambda: scenario.edit().freeze())]
    for name, function in rows:
        try:
            print(f"{median_ms(function, 30):10.2f}  {name}")
        except ImportError as error:
            print(f"{'-':>10}  {name}: {error}")


def main(arguments):
    here = os.path.dirname(os.path.abspath(__file__))
    small = os.path.join(here, "..", "..", "data", "scenarios", "small-day.xml")
    paths = [word for word in arguments if word != "--cpu"]
    print("processor time" if CPU else "time on the wall")
    plans(os.path.normpath(paths[0] if paths else small))
    reading()


if __name__ == "__main__":
    main(sys.argv[1:])
