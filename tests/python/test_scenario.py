# SPDX-License-Identifier: Apache-2.0
"""Scenarios loaded, generated, read and handed around."""

import copy
import inspect
import os
import pickle
from datetime import timedelta

import pytest
from conftest import data, mini_builder, python

import quaywright as qw
from quaywright import _declared, _fields
from quaywright.builder import TABLES

DBAP = "4\n2\n0 0 5 6\n0 0\n5 9\n8 4\n3 6\n99999 2\n50 50\n50 50 50 50\n"
HYBRID = (
    '{"n_berths": 3, "berth_len": [1, 1, 1], "n_ships": 3, "n_periods": 20, '
    '"arrival_time": [0, 0, 2], "handling_time": [4, 3, 5], "ship_len": [2, 1, 2]}'
)


def test_a_file_is_read_and_written_back_with_the_same_hash(tmp_path, small_day):
    path = tmp_path / "copy.xml"
    small_day.save(path)
    assert path.read_text(encoding="utf-8") == small_day.text()
    assert qw.Scenario.load(str(path)).hash == small_day.hash
    assert os.listdir(tmp_path) == ["copy.xml"]


def test_published_formats_are_recognised(tmp_path):
    for name, content, expected in (
        ("d.txt", DBAP, "dbap-text"),
        ("h.json", HYBRID, "hybrid-json"),
    ):
        path = tmp_path / name
        path.write_text(content)
        assert qw.detect_format(path) == qw.format_of(content) == expected
        named = qw.Scenario.parse(content, str(path), expected)
        assert qw.Scenario.load(path) == qw.Scenario.load(path, expected) == named
    assert qw.detect_format(data("small-day.xml")) == "xml"
    assert qw.format_of("nothing of ours") == qw.format_of(b"") == "auto"


def test_generating_is_reproducible_and_follows_its_arguments():
    first = qw.Scenario.generate("feeder", seed=7, calls=5, days=1, epoch="2026-05-01T00:00:00Z")
    assert len(first.calls) == 5
    assert first.epoch.month == 5
    again = qw.Scenario.generate("feeder", seed=7, calls=5, days=1, epoch="2026-05-01T00:00:00Z")
    assert first == again and hash(first) == hash(again)
    assert first != qw.Scenario.generate("feeder", seed=8, calls=5, days=1)
    busy = qw.Scenario.generate(
        "feeder",
        utilisation=0.8,
        layout="discrete",
        step="30min",
        quay_m=900,
        cranes=4,
        vehicles=0,
        grid_m=10,
    )
    assert len(busy.cranes) == 4 and busy.quays[0].layout == "discrete"
    assert busy.step == timedelta(minutes=30)
    assert "feeder" in qw.profiles() and all(qw.profiles().values())
    with pytest.raises(qw.NotFound, match="feeder"):
        qw.Scenario.generate("feader")


def test_tables_are_sequences_with_ids(small_day):
    calls = small_day.calls
    assert len(calls) == 8
    assert calls["C003"] == calls[2] == calls[-6] == calls[2:3][0]
    assert "C003" in calls and "C999" not in calls and calls[0] in calls
    assert [row.id for row in calls] == calls.ids() == calls.column("id")
    assert calls[0]["vessel"] == calls[0].vessel
    assert "vessel" in dir(calls[0])
    assert calls.to_list() == list(calls) == calls
    with pytest.raises(qw.NotFound, match='did you mean "C00'):
        calls["C09"]
    with pytest.raises(IndexError, match="8 rows"):
        calls[8]
    with pytest.raises(AttributeError, match='did you mean "vessel"'):
        calls[0].vesel
    with pytest.raises(qw.NotFound, match="draught_m"):
        calls.column("draft_m")


def test_numpy_columns_equal_the_rows(small_day):
    numpy = pytest.importorskip("numpy")
    for name in TABLES.values():
        table = getattr(small_day, name)
        array = table.to_numpy()
        assert list(array.dtype.names) == table.columns
        assert len(array) == len(table)
        for row, values in zip(table, array):
            for key, value in row.items():
                seen = values[key]
                if value is None:
                    nothing = {
                        "U": lambda: seen == "",
                        "M": lambda: numpy.isnat(seen),
                        "f": lambda: numpy.isnan(seen),
                        "i": lambda: seen == -1,
                    }
                    assert nothing[seen.dtype.kind](), key
                elif hasattr(value, "timestamp"):
                    assert seen.astype("int64") == value.timestamp()
                elif value != "forbidden":
                    assert seen == value, key


def test_pandas_frames_equal_the_rows(small_day):
    pandas = pytest.importorskip("pandas")
    frame = small_day.calls.to_frame()
    assert list(frame["id"]) == small_day.calls.ids()
    assert isinstance(frame["eta"].dtype, pandas.DatetimeTZDtype)
    assert (frame["eta"].dt.to_pydatetime() == [row.eta for row in small_day.calls]).all()
    # A frame goes back into a builder.
    b = mini_builder()
    frame["handling_h"] = 6
    for row in frame[["id", "eta", "loa_m", "moves", "handling_h"]].to_dict("records"):
        b.add_call(**row)
    assert len(b.freeze().calls) == 3 + len(frame)


def test_without_numpy_and_pandas_everything_else_works():
    result = python(
        "import sys\n"
        "sys.modules['numpy'] = sys.modules['pandas'] = None\n"
        "import quaywright as qw\n"
        "p = qw.Scenario.load(sys.argv[1]).plan(work_limit=500)\n"
        "assert len(p.stays.to_list()) == 8 and p.stays.column('start')\n"
        "for method in (p.to_numpy, p.to_frame):\n"
        "    try:\n"
        "        method()\n"
        "    except ImportError as e:\n"
        "        print(e)\n",
        data("small-day.xml"),
    )
    assert result.returncode == 0, result.stderr
    assert "python3-numpy" in result.stdout and "python3-pandas" in result.stdout


def test_single_figures(mini):
    assert mini.moves_of("V1") == 600
    assert mini.rate_of("V1", "Q1") == 30
    assert mini.efficiency_of("V1", 1) == 1
    assert mini.efficiency_of("V1", 3) == pytest.approx(3**0.9, abs=0.001)
    dbap = qw.Scenario.parse(DBAP)
    first, berths = dbap.calls[0], dbap.berths
    assert dbap.handling_of(first, berths[0]) == timedelta(hours=5)
    assert dbap.handling_of(3, 0) == "forbidden"
    assert mini_builder().freeze().name is None


def test_scenarios_and_plans_can_be_pickled(mini_plan):
    scenario, plan = pickle.loads(pickle.dumps((mini_plan.scenario, mini_plan)))
    assert scenario == mini_plan.scenario and plan == mini_plan
    assert copy.deepcopy(mini_plan).text() == mini_plan.text()


def test_the_difference_of_two_scenarios(mini):
    with mini.edit() as b:
        b.call("V1").eta += timedelta(hours=2)
        b.remove_crane("C4")
    diff = mini.diff(b.scenario)
    assert {(c.kind, c.entity, c.id) for c in diff} == {
        ("edited", "call", "V1"),
        ("removed", "crane", "C4"),
    }
    edited = next(c for c in diff if c.kind == "edited")
    assert (edited.field, edited.before, edited.after) == (
        "eta",
        "2026-03-02T02:00:00Z",
        "2026-03-02T04:00:00Z",
    )
    assert diff.summary.edited == 1 and "V1" in str(diff)
    assert len(mini.diff(mini)) == 0 and str(mini.diff(mini)) == "nothing changed"


def test_shown_in_notebooks_and_shells(small_day):
    assert "8 calls" in repr(small_day)
    assert "<table>" in small_day._repr_html_()
    assert ">C001</td>" in small_day.calls._repr_html_()
    assert "C001" in repr(small_day.calls)


def test_plan_has_the_options_of_solve():
    ours = dict(inspect.signature(qw.Scenario.plan).parameters)
    theirs = dict(inspect.signature(qw.Plan.solve).parameters)
    assert list(ours)[1:] == list(theirs)[1:]
    assert all(ours[name].default == theirs[name].default for name in list(ours)[1:])


def test_the_module_compiles_and_declares_what_it_gives():
    package = os.path.dirname(qw.__file__)
    for name in sorted(os.listdir(package)):
        if name.endswith(".py"):
            with open(os.path.join(package, name), encoding="utf-8") as file:
                compile(file.read(), name, "exec")
    declared = set(_declared.EntityNames.__annotations__)
    made = {f"{verb}_{kind}" for kind in TABLES for verb in ("add", "remove")}
    assert declared == made | set(_fields.KEYED)
    assert set(_declared.TableNames.__annotations__) == set(TABLES.values())
    assert all(hasattr(qw.ScenarioBuilder, name) for name in declared)


def test_a_scenario_is_not_made_by_its_class():
    with pytest.raises(TypeError, match="Scenario.load"):
        qw.Scenario()
    with pytest.raises(TypeError, match="scenario.plan"):
        qw.Plan()
