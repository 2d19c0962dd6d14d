# SPDX-License-Identifier: Apache-2.0
"""What the tests of the Python module share: where things lie, and small scenarios."""

import os
import subprocess
import sys

import pytest

import quaywright as qw

SOURCE = os.environ.get("QWR_SRCDIR") or os.path.abspath(
    os.path.join(os.path.dirname(__file__), "..", "..")
)
BUILD = os.environ.get("QWR_BUILDDIR") or os.path.join(SOURCE, "build")


def data(name):
    return os.path.join(SOURCE, "data", "scenarios", name)


def mini_builder(**info):
    """Three vessels at one quay, four cranes."""
    given = {"epoch": "2026-03-02T00:00:00Z", "step": "1h", "horizon": "96h", **info}
    b = qw.ScenarioBuilder("mini", **given)
    b.add_quay("Q1", length_m=600, grid_m=10, depth_m=16, clearance_m=20)
    for i in range(1, 5):
        b.add_crane(f"C{i}", quay="Q1", rail_order=i)
    for name, vessel, loa, hour, moves in (
        ("V1", "Alpha", 300, 2, 600),
        ("V2", "Beta", 300, 3, 400),
        ("V3", "Gamma", 200, 4, 200),
    ):
        b.add_call(
            name,
            vessel=vessel,
            loa_m=loa,
            eta=f"2026-03-02T{hour:02}:00:00Z",
            moves=moves,
            max_cranes=3,
            wait_cost_h=1000,
            stay_cost_h=100,
        )
    return b


@pytest.fixture
def mini():
    return mini_builder().freeze()


@pytest.fixture
def mini_plan(mini):
    return mini.plan(work_limit=5000)


@pytest.fixture
def small_day():
    return qw.Scenario.load(data("small-day.xml"))


def python(code, *arguments, **options):
    """Runs code in an interpreter of its own; its result with text output."""
    options.setdefault("timeout", 120)
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        **options,
    )
