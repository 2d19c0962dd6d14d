# SPDX-License-Identifier: Apache-2.0
"""Sessions: news in, plan and difference out, from any thread where that is allowed."""

import gc
import threading
from datetime import timedelta

import pytest
from conftest import data, mini_builder

import quaywright as qw

DAY = "2026-03-02T"


@pytest.fixture
def session():
    return qw.Session(mini_builder().freeze())


def test_the_first_plan_is_that_of_the_scenario(session):
    result = session.plan(work_limit=2000)
    alone = mini_builder().freeze().plan(work_limit=2000)
    assert result.plan.cost == alone.cost
    assert (result.cycle, result.diff, result.conflicts, result.carried) == (1, None, [], 0)
    assert result.plan.check().ok and result.stats.violations == 0
    assert result.plan.stats is result.stats
    assert session.plan_text() == result.plan.text()
    assert session.last() is result


def test_news_change_the_plan_and_the_difference_says_how(session):
    first = session.plan(work_limit=2000)
    session.set_now(DAY + "01:00:00Z")
    session.set_eta("V3", DAY + "20:00:00Z")
    result = session.plan(work_limit=2000)
    assert result.cycle == 2 and result.carried >= 1
    change = next(c for c in result.diff if c.id == "V3")
    assert change.kind == "moved"
    assert change.before.start == first.plan.stay("V3").start
    assert change.after.start == result.plan.stay("V3").start >= session.call("V3").eta
    again = session.plan(work_limit=2000)
    assert len(again.diff) == 0 and again.plan.cost <= result.plan.cost
    # Earlier results are not changed by later ones.
    assert first.plan.stay("V3").start < change.after.start and first.plan.check().ok


def test_calls_come_change_and_go(session):
    session.add_call(
        "V4",
        vessel="Delta",
        loa_m=150,
        eta=DAY + "05:00:00Z",
        moves=100,
        preferred_quay="Q1",
        preferred_m=0,
    )
    session.update_call("V4", moves=50, wait_cost_h=77)
    known = session.call("V4")
    assert (known.moves, known.vessel, known.wait_cost_h, known.preferred_quay) == (
        50,
        "Delta",
        77,
        "Q1",
    )
    session.remove_call("V1")
    result = session.plan(work_limit=2000)
    assert sorted(result.plan.stays.ids()) == ["V2", "V3", "V4"]
    with pytest.raises(qw.ScenarioError):
        session.add_call("V4", loa_m=100, eta=0, moves=1)
    for call in (
        lambda: session.call("V1"),
        lambda: session.set_eta("V1", 0),
        lambda: session.update_call("V1", moves=1),
        lambda: session.remove_call("V9"),
    ):
        with pytest.raises(qw.NotFound, match="V"):
            call()
    with pytest.raises(TypeError, match='did you mean "moves"'):
        session.update_call("V2", mvoes=1)


def test_facts_are_kept_and_conflicts_named(session):
    session.plan(work_limit=2000)
    session.set_now(DAY + "06:00:00Z")
    session.set_berthed(
        "V1", quay="Q1", position_m=100, start=DAY + "02:00:00Z", cranes=2, moves_done=100
    )
    result = session.plan(work_limit=2000)
    stay = result.plan.stay("V1")
    assert (stay.position_m, stay.cranes, stay.start.hour) == (100, 2, 2)
    assert result.conflicts == []
    session.set_berthed("V2", quay="Q1", position_m=390, start=DAY + "03:00:00Z")
    conflicts = session.plan(work_limit=2000).conflicts
    assert conflicts and "Beta" in " ".join(conflicts)
    with pytest.raises(qw.NotFound, match="Q7"):
        session.set_berthed("V3", quay="Q7", position_m=0, start=0)
    with pytest.raises(TypeError, match='did you mean "position_m"'):
        session.set_berthed("V3", quay="Q1", positon_m=0, start=0)


def test_pins_freeze_and_announce(session):
    session.pin("V1", quay="Q1", position_m=200, start=DAY + "08:00:00Z")
    result = session.plan(work_limit=2000)
    assert result.plan.stay("V1").position_m == 200 and result.plan.stay("V1").start.hour == 8
    session.announce()
    assert session.call("V1").base_position_m == 200
    session.pin("V1")
    assert session.call("V1").pin_quay is None
    session.freeze_until(DAY + "12:00:00Z")
    frozen = session.plan(work_limit=2000)
    assert frozen.frozen >= 1 and frozen.plan.stay("V1").start == result.plan.stay("V1").start
    session.freeze_until(None)
    assert session.plan(work_limit=2000).frozen == 0


def test_breakdowns_and_closures(session):
    before = session.plan(work_limit=2000)
    for i in (1, 2, 3):
        session.crane_down(f"down-{i}", f"C{i}", DAY + "00:00:00Z", DAY + "20:00:00Z", "repair")
    session.close_quay("storm", "Q1", DAY + "00:00:00Z", DAY + "03:00:00Z", reason="swell")
    session.set_window(
        "wind", kind="weather", quay="Q1", start=DAY + "04:00:00Z", end=DAY + "05:00:00Z"
    )
    result = session.plan(work_limit=2000)
    assert result.plan.cost > before.plan.cost and result.plan.check().ok
    assert result.scenario.windows["down-2"].reason == "repair"
    assert all(row.start >= result.scenario.at(3 * 3600) for row in result.plan.stays)
    for window in ("down-1", "down-2", "down-3", "storm", "wind"):
        session.remove_window(window)
    assert session.plan(work_limit=2000).plan.cost <= before.plan.cost
    with pytest.raises(qw.NotFound):
        session.remove_window("storm")


def test_changes_are_taken_together_or_not_at_all(session):
    with session.changes() as b:
        b.add_quay("Q2", length_m=400, depth_m=16)
        b.add_crane("D1", quay="Q2", rail_order=1)
        b.call("V1").moves = 1
    assert session.call("V1").moves == 1
    session.update_call("V1", preferred_quay="Q2", preferred_m=0)
    assert session.call("V1").preferred_quay == "Q2"
    with pytest.raises(qw.StateError):
        b.call("V1")
    with pytest.raises(ZeroDivisionError):
        with session.changes() as b:
            b.call("V1").moves = 999
            raise ZeroDivisionError
    assert session.call("V1").moves == 1
    with pytest.raises(qw.ScenarioError):
        with session.changes() as b:
            b.call("V1").moves = 888
            b.add_crane("D2", quay="Q2", rail_order=1)
    assert session.call("V1").moves == 1
    assert len(session.plan(work_limit=2000).scenario.cranes) == 5
    with session.changes() as b:
        with pytest.raises(qw.StateError):
            session.plan(work_limit=10)


def test_the_epoch_rolls_on(session):
    first = session.plan(work_limit=2000)
    begin = session.epoch
    session.set_now(DAY + "10:00:00Z")
    session.roll("6h")
    assert session.epoch - begin == timedelta(hours=6)
    result = session.plan(work_limit=2000)
    assert result.scenario.epoch == session.epoch
    for row in result.diff:
        if row.before and row.after:
            assert row.after.start - row.before.start == row.start_delta
    assert first.scenario.epoch == begin
    with pytest.raises(qw.InvalidArgument):
        session.roll("7min")


def test_another_thread_cancels_watches_and_reads_the_log():
    session = qw.Session(qw.Scenario.load(data("harbour-week.xml")))
    assert session.progress()[0] is False
    seen, lines = [], []

    def watch():
        while True:
            running, state = session.progress()
            if running and state.cost is not None:
                seen.append(state)
                lines.extend(session.log_lines())
                session.cancel()
                return

    other = threading.Thread(target=watch)
    other.start()
    result = session.plan(deadline=60)
    other.join()
    lines.extend(session.log_lines())
    assert result.plan.stop in ("cancel", "done") and result.plan.check().ok
    assert seen[0].stage and any("stage=" in line for line in lines)
    assert session.progress()[0] is False
    # The next plan is not cancelled.
    assert session.plan(work_limit=300).plan.stop == "work"


def test_progress_callbacks_work_as_in_plans(session):
    stages = []
    session.plan(work_limit=2000, progress=lambda p: stages.append(p.stage))
    assert stages

    def progress(state):
        raise KeyError(state.stage)

    with pytest.raises(KeyError):
        session.plan(work_limit=2000, progress=progress)
    assert session.plan(work_limit=2000).plan.check().ok


def test_before_the_first_plan_there_is_none(session):
    for call in (session.last, session.announce, session.plan_text):
        with pytest.raises(qw.StateError):
            call()
    assert "0 plans" in repr(session)


def test_results_outlive_their_session(session):
    result = session.plan(work_limit=2000)
    expected = result.plan.text()
    session.close()
    del session
    gc.collect()
    assert result.plan.text() == expected and result.plan.check().ok


def test_two_sessions_with_the_same_news_give_the_same_bytes():
    def run(threads):
        session = qw.Session(mini_builder().freeze(), qw.Context(threads=threads))
        texts = []
        for hour in range(1, 6):
            session.set_now(f"{DAY}0{hour}:00:00Z")
            session.set_eta("V3", f"{DAY}{10 + hour}:00:00Z")
            session.plan(work_limit=1000)
            texts.append(session.plan_text("json"))
        return texts

    assert run(1) == run(2)
