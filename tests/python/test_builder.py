# SPDX-License-Identifier: Apache-2.0
"""Scenarios built and changed in code."""

from datetime import datetime, timedelta, timezone

import pytest
from conftest import data, mini_builder

import quaywright as qw
from quaywright import _fields
from quaywright.builder import TABLES

UNICODE = ["Ærø 1", "船-上海", "\U0001f6a2", "مرسى", "a\"b'c<&>"]


def full_builder():
    """One row at least of every kind of entity."""
    b = mini_builder(name="Everything", currency="EUR", channel_depth_m=14, ukc_channel_m=1)
    b.add_quay_depth(quay="Q1", from_m=0, to_m=100, depth_m=15)
    b.add_quay_break(quay="Q1", at_m=300)
    b.add_quay("Q2", layout="discrete", length_m=500)
    b.add_berth("B1", quay="Q2", from_m=0, length_m=200, open="2026-03-02T01:00:00Z")
    b.add_quay("Q3", layout="hybrid", length_m=300)
    b.add_quay_position(quay="Q3", at_m=0)
    b.add_tide(at=0, level_m=1.5)
    b.add_tide(at="2026-03-02T06:00:00Z", level_m=-0.5)
    b.add_place(call="V1", quay="Q1", from_m=0, to_m=600)
    b.add_handling(call="V2", berth="B1", time_h=10)
    b.add_handling(call="V3", berth="B1", time_h="forbidden")
    b.add_efficiency(call="V1", cranes=2, crane_hours=1.8)
    b.add_task("T1", call="V3", bay=3, kind="discharge", moves_20=50)
    b.add_task("T2", call="V3", bay=3, kind="load", moves_40=50)
    b.add_precedence(before="T1", after="T2")
    b.add_window(
        "W1", kind="maintenance", crane="C4", start=0, end="2026-03-02T12:00:00Z", reason="yearly"
    )
    b.add_tariff(start=0, price_kwh=0.2, co2_g_kwh=300)
    b.add_node("N1", kind="crane-buffer", x_m=1, y_m=2, quay="Q1", position_m=10)
    b.add_node("N2")
    b.add_lane("L1", from_node="N1", to_node="N2", length_m=50)
    b.add_block("K1", capacity_teu=100, rate_moves_h=20)
    b.add_transfer(block="K1", node="N2")
    b.add_fleet("F1", count=2, speed_empty_m_s=5, battery_kwh=200, charge_good_pct=40)
    b.add_vehicle("A1", fleet="F1", node="N1", charge_pct=55.5)
    b.add_charger("H1", node="N2", power_kw=150)
    b.add_history(vessel="Alpha", start="2026-02-01T00:00:00Z", moves=500, cranes=2, work="9h")
    return b


def test_every_kind_of_entity_can_be_added_saved_and_read_back(tmp_path):
    scenario = full_builder().freeze()
    for kind, name in TABLES.items():
        assert len(getattr(scenario, name)) >= 1, kind
    path = tmp_path / "all.xml"
    scenario.save(path)
    again = qw.Scenario.load(path)
    assert again.hash == scenario.hash
    assert again.text() == scenario.text()
    for name in TABLES.values():
        assert getattr(again, name) == getattr(scenario, name), name


def test_what_a_table_shows_can_be_added_again():
    scenario = full_builder().freeze()
    info = {key: value for key, value in scenario.info.items() if value is not None}
    b = qw.ScenarioBuilder(**info)
    order = (
        "quay",
        "quay_depth",
        "quay_break",
        "quay_position",
        "berth",
        "tide",
        "crane",
        "node",
        "lane",
        "block",
        "transfer",
        "fleet",
        "vehicle",
        "charger",
        "call",
        "place",
        "handling",
        "efficiency",
        "task",
        "precedence",
        "window",
        "tariff",
        "history",
    )
    for kind in order:
        for row in getattr(scenario, TABLES[kind]):
            row = {key: value for key, value in row.items() if value is not None}
            getattr(b, f"add_{kind}")(**row)
    assert b.freeze().hash == scenario.hash


def test_raw_rows_can_be_added_again():
    scenario = qw.Scenario.load(data("small-day.xml"))
    b = scenario.edit()
    for crane in scenario.cranes.raw():
        b.crane(crane.id).update(**{k: v for k, v in crane.items() if v is not None})
    for call in scenario.calls.raw():
        b.call(call.id).update(**call)
    assert b.freeze().hash == scenario.hash


def test_an_entity_of_a_builder_can_be_read_and_changed():
    b = mini_builder()
    call = b.call("V1")
    assert call.eta == datetime(2026, 3, 2, 2, tzinfo=timezone.utc)
    call.eta += timedelta(hours=2)
    call.moves -= 100
    call.update(wait_cost_h=5, mooring="1h")
    assert (call.eta_s, call.moves, call.wait_mu_h) == (4 * 3600, 500, 5000)
    assert (call.mooring, call.mooring_min, call.mooring_h, call.mooring_s) == (
        3600.0,
        60.0,
        1.0,
        3600,
    )
    scenario = b.freeze()
    assert scenario.calls["V1"].moves == 500
    call.mooring = None
    assert call.mooring_s == 0
    call.id = "V1-new"
    assert "V1-new" in b.calls
    assert repr(call).startswith('<call "V1-new"')
    assert call.to_dict().vessel == "Alpha"


def test_a_failed_change_changes_nothing():
    b = mini_builder()
    before = b.freeze().hash
    with pytest.raises(ValueError):
        b.call("V1").update(moves=7, eta="never")
    assert b.freeze().hash == before


def test_edit_freezes_at_the_end_and_leaves_the_base_alone(mini):
    before = mini.hash
    with mini.edit() as b:
        b.remove_crane("C3")
        b.call("V1").eta += timedelta(hours=2)
    assert [crane.id for crane in b.scenario.cranes] == ["C1", "C2", "C4"]
    assert b.scenario.calls["V1"].eta.hour == 4
    assert mini.hash == before
    with pytest.raises(ZeroDivisionError):
        with mini.edit() as c:
            c.call("V1").moves = 1 // 0
    assert c.scenario is None


def test_removing_takes_along_what_hangs_on_it():
    b = full_builder()
    b.remove_call("V3")
    assert len(b.tasks) == 0 and len(b.precedence) == 0
    assert [row.call for row in b.handling] == ["V2"]
    b.crane("C4").remove()
    assert len(b.windows) == 0
    b.freeze()


def test_handles_follow_their_entity_when_rows_move_up():
    b = mini_builder()
    third = b.call("V3")
    b.remove_call("V1")
    assert third.vessel == "Gamma" and third.index == 1
    third.moves = 10
    b.remove_call("V3")
    with pytest.raises(qw.NotFound, match="V3"):
        third.moves
    row = full_builder()
    tide = row.add_tide(at="2026-03-03T00:00:00Z", level_m=1)
    row.remove_tide(0)
    with pytest.raises(qw.StateError):
        tide.level_m


def test_rows_without_an_id_can_be_changed_in_place():
    b = full_builder()
    first = [row.level_m for row in b.tide]
    handle = qw.Entity(b, "tide", 0)
    handle.level_m = 2.25
    assert [row.level_m for row in b.tide] == [2.25, *first[1:]]
    history = qw.Entity(b, "history", 0)
    history.vessel = "Omega"
    assert b.history[0].vessel == "Omega" and b.history[0].moves == 500
    b.freeze()


@pytest.mark.parametrize("name", UNICODE)
def test_unicode_ids_come_back_as_they_were(name):
    b = mini_builder()
    b.add_call(name, vessel=name, loa_m=100, eta=0, moves=10)
    scenario = b.freeze()
    assert scenario.calls[name].vessel == name
    assert scenario.find("call", name) == 3
    plan = scenario.plan(work_limit=500)
    assert plan.stays[name].call == name
    again = qw.Scenario.parse(scenario.text())
    assert again.calls.ids() == scenario.calls.ids()
    assert again.parse_plan(plan.text("json")).hash == plan.hash


@pytest.mark.parametrize(
    "call, kind, words",
    [
        (
            lambda b: b.add_crane("C9", quay="Q1", rail_ordr=5),
            TypeError,
            'did you mean "rail_order"',
        ),
        (lambda b: b.add_call("X", eta_hours=2), TypeError, "eta"),
        (lambda b: b.add_crane("C9", quay="Q7", rail_order=9), LookupError, 'no quay "Q7"'),
        (lambda b: b.add_quay("Q9", length_m=10, layout="kontinuous"), ValueError, '"continuous"'),
        (lambda b: b.add_quay("Q9", length_m="long"), TypeError, "length_m"),
        (lambda b: b.add_call("X", eta="soon"), ValueError, "soon"),
        (lambda b: b.add_call("X", vessel=7), TypeError, "vessel must be a str"),
        (lambda b: b.add_call("X\0Y"), ValueError, "zero byte"),
        (lambda b: b.add_call("X\ud800"), ValueError, "Unicode"),
        (lambda b: b.call("V9"), qw.NotFound, 'did you mean "V'),
        (lambda b: b.call(17), IndexError, "there are 3"),
        (lambda b: b.remove_tide("low"), TypeError, "no id"),
        (lambda b: b.remove_crane("C9"), LookupError, "C9"),
        (lambda b: b.call("V1").speed, AttributeError, "speed"),
        (lambda b: setattr(b.call("V1"), "etaa", 1), AttributeError, '"eta"'),
        (lambda b: b.set_info(horizn=3), TypeError, '"horizon"'),
        (lambda b: b.hold_tide(10, 5), ValueError, "after the start"),
        (lambda b: b.hold_tide(0, 5), ValueError, "no tide"),
    ],
)
def test_mistakes_are_named_with_the_nearest_word(call, kind, words):
    with pytest.raises(kind) as error:
        call(mini_builder())
    assert words in str(error.value)


def test_freeze_names_the_element_and_where_it_came_from():
    b = mini_builder()
    b.add_crane("C9", quay="Q1", rail_order=1)
    b.at("cranes.csv", 17)
    with pytest.raises(qw.ScenarioError) as error:
        b.freeze()
    assert "C9" in str(error.value)
    assert (error.value.file, error.value.line) == ("cranes.csv", 17)


def test_the_frame_can_be_changed():
    b = mini_builder()
    b.set_info(
        horizon="120h", objective="flow-time", epoch=datetime(2026, 3, 2, tzinfo=timezone.utc)
    )
    scenario = b.freeze()
    assert scenario.horizon == timedelta(hours=120)
    assert scenario.info.objective == "flow-time"
    with pytest.raises(qw.InvalidArgument):
        b.set_info(step=0)


def test_a_closed_tide_gate_holds_the_level_and_only_between_its_instants(small_day):
    start, end = small_day.at(6 * 3600 + 600), small_day.at(18 * 3600)
    with small_day.edit() as b:
        b.hold_tide(start, end)
    low = min(row.level_m for row in small_day.tide)
    held = [row.level_m for row in b.scenario.tide if start <= row["at"] <= end]
    assert held == [low, low]
    assert _level(b.scenario, 6 * 3600 + 599) == pytest.approx(
        _level(small_day, 6 * 3600 + 599), abs=0.001
    )
    for hour in (0, 3, 19, 30, 50):
        assert _level(b.scenario, hour * 3600) == pytest.approx(
            _level(small_day, hour * 3600), abs=0.001
        )
    with small_day.edit() as c:
        c.hold_tide(start, end, level_m=1.25)
    assert _level(c.scenario, 12 * 3600) == 1.25


def _level(scenario, at_s):
    rows = [(row.at_s, row.level_mm) for row in scenario.tide.raw()]
    before = max((row for row in rows if row[0] <= at_s), default=rows[0])
    after = min((row for row in rows if row[0] > at_s), default=rows[-1])
    if before[0] >= after[0]:
        return before[1] / 1000
    return (before[1] + (after[1] - before[1]) * (at_s - before[0]) / (after[0] - before[0])) / 1000


def test_the_epoch_can_be_moved_on():
    b = full_builder()
    eta = b.call("V1").eta
    b.shift("2h")
    assert b.call("V1").eta == eta and b.call("V1").eta_s == 0
    assert b.freeze().epoch == datetime(2026, 3, 2, 2, tzinfo=timezone.utc)
    with pytest.raises(qw.InvalidArgument):
        b.shift("-1h")


def test_history_is_read_from_files_and_memory(tmp_path):
    text = (
        "vessel,service,class,start,moves,cranes,work_h\n"
        "Alpha,S1,feeder,2026-01-05T00:00:00Z,500,2,9\n"
    )
    path = tmp_path / "past.csv"
    path.write_text(text)
    b = mini_builder()
    b.load_history(path)
    b.parse_history(text)
    assert [row.moves for row in b.history] == [500, 500]
    with pytest.raises(qw.FormatError) as error:
        b.parse_history("vessel,speed\n", name="bad.csv")
    assert error.value.file == "bad.csv"


def test_help_lists_the_keywords_of_every_kind():
    for kind in TABLES:
        doc = getattr(qw.ScenarioBuilder, f"add_{kind}").__doc__
        for field in _fields.fields(kind):
            assert field.name in doc, f"{kind}.{field.name}"
    assert "moves per crane-hour" in qw.ScenarioBuilder.add_call.__doc__.lower()
