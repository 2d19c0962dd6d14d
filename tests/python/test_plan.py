# SPDX-License-Identifier: Apache-2.0
"""Plans made, read, set by hand, checked, compared and shown."""

import itertools
import json
import os
import subprocess
from datetime import timedelta

import pytest
from conftest import data, mini_builder

import quaywright as qw

TOOL = os.environ.get("QWR_TOOL")


@pytest.mark.skipif(not TOOL, reason="QWR_TOOL does not name the tool")
@pytest.mark.parametrize(
    "name, work, seed", [("small-day.xml", 20000, 1), ("harbour-week.xml", 3000, 7)]
)
def test_a_plan_has_the_bytes_of_the_tool(tmp_path, name, work, seed):
    code = subprocess.call(
        [
            TOOL,
            "plan",
            data(name),
            "--out",
            str(tmp_path),
            "--work-limit",
            str(work),
            "--seed",
            str(seed),
            "--quiet",
        ],
        stdout=subprocess.DEVNULL,
    )
    assert code in (0, 3)
    plan = qw.Scenario.load(data(name)).plan(work_limit=work, seed=seed)
    for extension in ("xml", "json", "csv"):
        with open(tmp_path / f"plan.{extension}", encoding="utf-8", newline="") as file:
            assert plan.text(extension) == file.read(), extension
    with open(tmp_path / "report.html", encoding="utf-8", newline="") as file:
        assert plan.report_html() == file.read()


def test_a_plan_does_not_depend_on_threads_and_kernels(small_day):
    texts = {
        small_day.plan(work_limit=5000, context=qw.Context(threads=threads, simd=simd)).text()
        for threads, simd in ((1, "generic"), (2, "auto"), (3, "generic"))
    }
    assert len(texts) == 1


def test_what_is_known_about_a_plan(small_day):
    plan = small_day.plan(work_limit=20000, seed=3)
    assert plan.outcome in ("feasible", "optimal") and plan.stop in ("work", "done")
    assert plan.cost == plan.cost_mu / 1000 >= plan.bound == plan.bound_mu / 1000
    assert plan.gap == pytest.approx((plan.cost - plan.bound) / plan.cost)
    assert plan.gap_pct == pytest.approx(100 * plan.gap)
    assert plan.unplaced == 0 and plan.work > 0 and plan.seed == 3
    assert plan.proof in ("area", "lagrangian", "interval-dp") or plan.proof.startswith("milp:")
    assert plan.quality.cost == plan.cost and plan.quality.scenario_hash == int(small_day.hash, 16)
    assert plan.forecast is None
    assert plan.stats.violations == 0 and plan.stats.stages[0].stage
    assert plan.stats.candidates >= plan.stats.candidates_left >= 0
    kpi = plan.kpi
    assert kpi.calls == kpi.placed == 8
    stays = plan.stays
    assert kpi.gross_berth_h == pytest.approx(
        sum((row.end - row.start).total_seconds() for row in stays) / 3600
    )
    assert sum(row.cost for row in stays) == plan.cost
    assert (
        kpi.makespan_h == (max(row.end for row in stays) - small_day.epoch).total_seconds() / 3600
    )


def test_stays_as_dicts_and_columns(mini_plan):
    numpy = pytest.importorskip("numpy")
    rows, array = mini_plan.stays, mini_plan.to_numpy()
    assert rows["V2"] == mini_plan.stay("V2") == rows[1]
    assert rows["V2"].vessel == "Beta" and rows["V2"].quay == "Q1" and rows["V2"].berth is None
    assert list(array["call"]) == ["V1", "V2", "V3"]
    assert array["start"].dtype == numpy.dtype("datetime64[s]")
    assert list(array["position_m"]) == [row.position_m for row in rows]
    assert (array["end"] > array["start"]).all() and array["placed"].all()


def test_a_start_plan_is_never_made_worse(small_day):
    first = small_day.plan(work_limit=500)
    later = small_day.plan(work_limit=300, seed=9, start=first)
    assert later.cost <= first.cost
    with pytest.raises(qw.InvalidArgument, match="another scenario"):
        mini_builder().freeze().plan(start=first)


def test_options_of_a_plan(tmp_path, small_day):
    assert small_day.plan(work_limit=500, solver="none").proof != "milp:none"
    # When it ends is the clock's affair; that it ends with a legal plan is not.
    assert small_day.plan(deadline=0.05).check().legal
    assert small_day.plan(deadline=timedelta(milliseconds=50), work_limit=10**9).check().legal
    with pytest.raises(qw.NotFound, match="glpkk"):
        small_day.plan(work_limit=500, solver="glpkk")
    with pytest.raises(qw.NotFound, match="nobody"):
        small_day.plan(work_limit=500, forecast="nobody")
    for wrong in ({"work_limit": -5}, {"seed": -1}, {"deadline": -1}):
        with pytest.raises(ValueError):
            small_day.plan(**wrong)
    with pytest.raises(TypeError):
        small_day.plan(worklimit=5)
    with pytest.raises(TypeError):
        small_day.plan(deadline="later".split)


def test_forecast_and_optimiser_plugins_run(small_day):
    kinds = {(plugin.kind, plugin.id) for plugin in qw.Context.default().plugins()}
    forecasts = sorted(id for kind, id in kinds if kind == "forecast")
    if not forecasts:
        pytest.skip("no forecast plugin is built")
    plan = small_day.plan(work_limit=500, forecast=forecasts[0])
    assert plan.forecast == forecasts[0]
    optimisers = sorted(id for kind, id in kinds if kind == "optimiser")
    assert small_day.plan(work_limit=2000, optimisers=optimisers).check().legal


def tiny():
    """Two vessels at a short quay with three cranes: small enough to try everything."""
    b = qw.ScenarioBuilder("tiny", step="1h", horizon="12h")
    b.add_quay("Q", length_m=300, grid_m=100)
    for i in range(3):
        b.add_crane(f"C{i}", quay="Q", rail_order=i)
    b.add_call(
        "A",
        loa_m=200,
        eta="2026-03-02T00:00:00Z",
        moves=90,
        max_cranes=2,
        wait_cost_h=500,
        stay_cost_h=70,
        preferred_quay="Q",
        preferred_m=100,
        deviation_cost_m=1,
        crane_cost_h=30,
    )
    b.add_call(
        "B",
        loa_m=200,
        eta="2026-03-02T01:00:00Z",
        moves=60,
        max_cranes=3,
        wait_cost_h=300,
        late_cost_h=400,
        desired_departure="2026-03-02T03:00:00Z",
        stay_cost_h=10,
    )
    return b.freeze()


def test_a_tiny_plan_is_as_good_as_trying_everything():
    scenario = tiny()
    plan, best = scenario.empty_plan(), None
    places = []
    for call, most in (("A", 2), ("B", 3)):
        places.append(
            [
                dict(
                    quay="Q", position_m=position, start=start * 3600, end=end * 3600, cranes=cranes
                )
                for position, start, cranes in itertools.product(
                    (0, 100), range(8), range(1, most + 1)
                )
                for end in range(start + 1, start + 5)
            ]
        )
    checker = plan.checker()
    for a in places[0]:
        if any(v.rule not in ("placed",) for v in checker.try_move("A", **a).violations):
            continue
        checker.move("A", **a)
        for b in places[1]:
            trial = checker.try_move("B", **b)
            if trial.ok:
                cost = trial.cost + checker.try_move("A", **a).cost
                best = cost if best is None else min(best, cost)
        checker.move("A", placed=False)
    found = scenario.plan(work_limit=100000)
    assert found.outcome == "optimal"
    assert found.cost == best == found.check().cost


def test_a_plan_set_by_hand_is_checked(mini):
    plan = mini.empty_plan()
    assert {v.rule for v in plan.check()} == {"placed"}
    assert plan.check().legal and not plan.check().ok
    where = dict(quay="Q1", start="2026-03-02T06:00:00Z", end="2026-03-03T06:00:00Z", cranes=2)
    plan.set_stay("V1", position_m=0, **where)
    plan.set_stay("V2", position_m=100, **where)
    plan.set_stay("V3", placed=False, reason="cancelled")
    found = plan.check()
    overlap = found.by_rule()["overlap"][0]
    assert overlap.call in ("V1", "V2") and overlap.unit == "mm" and overlap.amount > 0
    assert overlap.start < overlap.end and str(overlap) == overlap.sentence
    assert "Alpha" in overlap.sentence and "overlap" in str(found)
    assert found.cost == found.cost_of("V1") + found.cost_of("V2")
    text = plan.explain()
    assert "Gamma (V3) has no place: cancelled" in text and "overlap: " in text
    assert {rule.name for rule in qw.rules()} >= {"overlap", "placed"}
    plan.set_stay("V2", position_m=320, placed=True)
    assert "overlap" not in plan.check().by_rule()
    plan.set_stay("V2", position_m=300)
    assert "clearance" in plan.check().by_rule() or not plan.check().legal
    plan.set_quality(outcome="feasible", cost=12.5, proof="area")
    assert (plan.outcome, plan.cost, plan.proof) == ("feasible", 12.5, "area")


def test_every_rule_of_an_engines_plan_holds(small_day):
    found = small_day.plan(work_limit=5000).check()
    assert found.ok and len(found) == 0 and str(found) == "no rule is broken"
    assert found.cost == small_day.plan(work_limit=5000).cost


def test_a_checker_tries_moves_without_keeping_them(mini_plan):
    checker = mini_plan.checker()
    before = mini_plan.stay("V1")
    bad = checker.try_move(
        "V1", position_m=mini_plan.stay("V2").position_m, start=mini_plan.stay("V2").start
    )
    assert not bad.ok and bad.total == len(bad.violations)
    assert {"V1"} & {v.call for v in bad.violations} or bad.violations[0].resource
    good = checker.try_move("V1", start=before.start)
    assert good.ok and good.cost == before.cost
    later = checker.try_move("V1", start=before.start + timedelta(hours=60))
    checker.move("V1", start=before.start + timedelta(hours=20))
    moved = checker.plan.stay("V1")
    assert moved.end - moved.start == before.end - before.start
    assert mini_plan.stay("V1") == before
    assert later.cost > good.cost
    with pytest.raises(qw.NotFound):
        checker.try_move("V9")
    with pytest.raises(TypeError, match='did you mean "position_m"'):
        checker.try_move("V1", positon_m=3)


def test_calls_without_a_place_say_why():
    b = mini_builder()
    b.add_call("LONG", vessel="Leviathan", loa_m=900, eta=0, moves=10)
    plan = b.freeze().plan(work_limit=2000)
    assert plan.outcome == "infeasible" and plan.unplaced == 1
    row = plan.stay("LONG")
    assert not row.placed and row.reason
    assert row.reason in plan.explain() and "Leviathan" in plan.explain()


def test_plans_are_written_and_read_back(tmp_path, mini_plan):
    scenario = mini_plan.scenario
    for extension in ("xml", "json", "csv"):
        path = tmp_path / f"plan.{extension}"
        mini_plan.save(path)
        assert path.read_text(
            encoding="utf-8",
        ) == mini_plan.text(
            extension
        ).replace("\r\n", "\n")
        assert scenario.load_plan(path) == mini_plan
        assert scenario.parse_plan(mini_plan.text(extension)).hash == mini_plan.hash
    assert json.loads(mini_plan.text("json"))
    assert mini_plan.text("solution-csv").count("\n") == 4
    with pytest.raises(ValueError, match='did you mean "json"'):
        mini_plan.text("jsn")
    with pytest.raises(qw.FileError, match="nowhere"):
        mini_plan.save(tmp_path / "nowhere" / "plan.xml")
    copied = mini_plan.copy()
    copied.set_stay("V1", cranes=1)
    assert copied != mini_plan


def test_the_difference_of_two_plans(mini_plan):
    with mini_plan.scenario.edit() as b:
        b.call("V3").eta += timedelta(hours=40)
        b.remove_call("V2")
    other = b.scenario.plan(work_limit=5000)
    diff = mini_plan.diff(other)
    moved = next(c for c in diff if c.id == "V3")
    assert (
        moved.kind == "moved" and "start" in moved.moved and moved.start_delta > timedelta(hours=30)
    )
    assert moved.after.start - moved.before.start == moved.start_delta
    assert "Gamma" in moved.sentence and moved.sentence in str(diff)
    assert any(c.kind == "removed" and c.id == "V2" for c in diff)
    assert diff.summary.cost_delta == pytest.approx(other.cost - mini_plan.cost)
    assert "<table>" in diff._repr_html_() and "moved" in repr(diff)
    assert len(mini_plan.diff(mini_plan)) == 0
    pandas = pytest.importorskip("pandas")
    assert isinstance(diff.to_frame(), pandas.DataFrame)


def test_charts_and_the_report_on_two_plans(tmp_path, small_day, mini_plan):
    plan = small_day.plan(work_limit=500)
    assert "time-quay" in qw.charts() and len(qw.charts()) >= 5
    for name in qw.charts():
        assert "<svg" in plan.report_chart(name, tmp_path / f"{name}.svg"), name
    assert mini_plan.report_chart("tide", tmp_path / "none.svg") is None
    assert not os.path.exists(tmp_path / "none.svg")
    with pytest.raises(ValueError, match='did you mean "cranes"'):
        plan.report_chart("crane")
    later = small_day.plan(work_limit=5000, seed=2)
    html = plan.report_diff_html(later, tmp_path / "two.html")
    assert html.lower().startswith("<!doctype html>")
    assert (tmp_path / "two.html").read_text(encoding="utf-8") == html != later.report_html()


def test_reports(tmp_path, mini_plan):
    html = mini_plan.report_html(tmp_path / "r.html")
    assert html.lower().startswith("<!doctype html>")
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == html
    assert "<svg" in mini_plan.report_svg(tmp_path / "r.svg")
    assert "Alpha" in mini_plan.report_text(80) == mini_plan.report_text(80)
    assert max(map(len, mini_plan.report_text(80).splitlines())) <= 80
    shown = mini_plan._repr_html_()
    assert "<svg" in shown and "<?xml" not in shown
    assert repr(mini_plan).startswith('<Plan of "mini"')
    assert str(mini_plan) == mini_plan.report_text()
    assert "<table>" in mini_plan.stays._repr_html_()
    qw.write_file(tmp_path / "t.txt", "x\n")
    assert sorted(os.listdir(tmp_path)) == ["r.html", "r.svg", "t.txt"]


def test_a_crane_profile_is_set_checked_saved_and_read(tmp_path):
    made = qw.Scenario.generate(profile="meisel-bierwirth", calls=3, seed=1)
    plan = made.plan(work_limit=20000)
    call = next(row for row in plan.stays if len(plan.profile(row["call"])) > 1)["call"]
    profile = plan.profile(call)
    assert max(cranes for _, cranes in profile) == plan.stay(call)["cranes"]
    plan.save(tmp_path / "plan.xml")
    again = made.load_plan(tmp_path / "plan.xml")
    assert again.profile(call) == profile and again.hash == plan.hash
    cost = plan.check().cost
    plan.set_stay(call, profile=[(profile[0][0], 9), (profile[1][0], 10)])
    assert "crane-count" in plan.check().by_rule()
    plan.set_stay(call, profile=profile)
    assert plan.check().cost == cost
    plan.set_stay(call, cranes=1)
    assert plan.profile(call) == []


def test_alternatives_tell_what_else_a_call_could_do(mini_plan):
    plan = mini_plan
    call = plan.stays[0]["call"]
    found = plan.alternatives(call)
    free = [a for a in found if a.kind == "free"]
    assert free and found[: len(free)] == free
    assert all(not a.obstacles and call in str(a) for a in free)
    assert [a.cost_delta for a in free] == sorted(a.cost_delta for a in free)
    for a in found[len(free) :]:
        assert a.cost_delta < 0 and a.obstacles
    with pytest.raises(qw.NotFound, match="nobody"):
        plan.alternatives("nobody")


def test_conflicts_tell_what_a_call_would_have_to_give(mini):
    with mini.edit() as builder:
        builder.add_call("DEEP", loa_m=200, draught_m=40, eta="2026-03-02T04:00:00Z", moves=100)
        scenario = builder.freeze()
    plan = scenario.plan(work_limit=500)
    found = plan.conflicts("DEEP")
    assert [c.rule for c in found] == ["draught"]
    assert found[0].suffices and found[0].amount == 24000 and found[0].unit == "mm"
    assert "draught" in str(found[0])
    assert plan.alternatives("DEEP") == []
    assert plan.conflicts("V1") == []
