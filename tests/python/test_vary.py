# SPDX-License-Identifier: Apache-2.0
"""Variations for what-if studies."""

from datetime import timedelta

import pytest
from conftest import mini_builder

import quaywright as qw

pytestmark = pytest.mark.skipif(
    not hasattr(qw.lib, "qwr_variation_parse"), reason="the library cannot vary scenarios"
)


def test_a_scenario_at_one_level_of_each_variation(mini):
    varied = mini.vary("cranes.count=2", "calls[V1].eta_shift=2h")
    assert len(varied.cranes) == 2 and len(mini.cranes) == 4
    assert varied.calls["V1"].eta - mini.calls["V1"].eta == timedelta(hours=2)
    assert varied.calls["V2"].eta == mini.calls["V2"].eta
    assert mini.vary() == mini


def test_functions_and_texts_may_be_mixed(mini):
    varied = mini.vary(
        "cranes.count=3",
        lambda b: b.remove_call("V3"),
        "calls.moves*=50%",
        lambda b: b.call("V1").update(min_cranes=2),
    )
    assert len(varied.cranes) == 3 and varied.calls.ids() == ["V1", "V2"]
    assert [row.moves for row in varied.calls] == [300, 200]
    assert varied.calls["V1"].min_cranes == 2


def test_draws_depend_on_seed_and_replication_alone(mini):
    draw = "calls.eta_shift=normal(0,3h)"
    first = mini.vary(draw, seed=7, replication=3)
    assert first == mini.vary(draw, seed=7, replication=3)
    assert first != mini.vary(draw, seed=7, replication=4) != mini.vary(draw, seed=8, replication=4)
    # Common random numbers: the same luck with fewer cranes.
    fewer = mini.vary("cranes.count=2", draw, seed=7, replication=3)
    assert [row.eta for row in fewer.calls] == [row.eta for row in first.calls]


def test_a_grid_is_every_combination(mini):
    points = list(mini.grid("cranes.count=2..4", "calls[V1].eta_shift=0h,2h", replications=2))
    assert len(points) == 12
    assert [len(point.scenario.cranes) for point in points[::4]] == [2, 3, 4]
    assert {point.replication for point in points} == {0, 1}
    assert points[0].levels.keys() == {"cranes.count", "calls[V1].eta_shift"}
    assert points[0].levels["cranes.count"] == "2"


def test_what_is_known_about_a_variation():
    variation = qw.Variation("cranes.count=8..12/2")
    assert variation.levels == ["8", "10", "12"] and variation.values() == [8, 10, 12]
    assert (variation.name, variation.operator, variation.is_random) == ("cranes.count", "=", False)
    assert str(variation) == "cranes.count=8..12/2" and "3 levels" in repr(variation)
    random = qw.Variation("calls.eta_shift=normal(0,3h)")
    assert random.is_random and random.values() == [None] and random.unit == "h"


def test_every_variable_has_an_example_that_parses():
    known = qw.variables()
    assert "cranes.count" in [variable.name for variable in known]
    for variable in known:
        assert variable.sentence and qw.Variation(variable.example).levels


def test_mistakes_are_named():
    mini = mini_builder().freeze()
    with pytest.raises(qw.InvalidArgument, match="cranes.count"):
        mini.vary("cranes.cuont=3")
    with pytest.raises(qw.NotFound, match="V9"):
        mini.vary("calls[V9].eta_shift=1h")
    with pytest.raises(qw.InvalidArgument, match="grid"):
        mini.vary("cranes.count=1..3")
    with pytest.raises(TypeError, match="function"):
        mini.vary(3)
