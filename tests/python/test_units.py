# SPDX-License-Identifier: Apache-2.0
"""Instants, spans and quantities as people write them."""

import os
import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from conftest import SOURCE, mini_builder

import quaywright as qw
from quaywright import _fields, _times

EPOCH = _times.to_unix("2026-03-02T00:00:00Z", "epoch")
TWO = 7200


@pytest.mark.parametrize(
    "value",
    [
        7200,
        "2026-03-02T02:00:00Z",
        "2026-03-02T02:00:00",
        "2026-03-02T03:00:00+01:00",
        datetime(2026, 3, 2, 2),
        datetime(2026, 3, 2, 2, tzinfo=timezone.utc),
        datetime(2026, 3, 2, 4, tzinfo=timezone(timedelta(hours=2))),
        timedelta(hours=2),
        7200.0,
    ],
)
def test_an_instant_may_be_written_in_many_ways(value):
    assert _times.instant(value, EPOCH, "eta") == TWO


def test_zones_of_the_tz_database_work():
    zoneinfo = pytest.importorskip("zoneinfo")
    try:
        helsinki = zoneinfo.ZoneInfo("Europe/Helsinki")
    except zoneinfo.ZoneInfoNotFoundError:
        pytest.skip("no tz database")
    # Clocks go forward in the night to 29 March 2026.
    before = _times.instant(datetime(2026, 3, 29, 2, 30, tzinfo=helsinki), EPOCH, "eta")
    after = _times.instant(datetime(2026, 3, 29, 4, 30, tzinfo=helsinki), EPOCH, "eta")
    assert after - before == 3600


def test_a_date_is_its_midnight():
    assert _times.instant(date(2026, 3, 3), EPOCH, "eta") == 86400


def test_numpy_instants_and_spans_work():
    numpy = pytest.importorskip("numpy")
    assert _times.instant(numpy.datetime64("2026-03-02T02:00"), EPOCH, "eta") == TWO
    assert _times.instant(numpy.int64(7200), EPOCH, "eta") == TWO
    assert _times.span(numpy.timedelta64(2, "h"), "mooring") == TWO


def test_pandas_timestamps_work():
    pandas = pytest.importorskip("pandas")
    assert _times.instant(pandas.Timestamp("2026-03-02 02:00", tz="UTC"), EPOCH, "eta") == TWO


@pytest.mark.parametrize(
    "value, seconds",
    [
        (timedelta(minutes=90), 5400),
        ("90min", 5400),
        ("1h 30min", 5400),
        ("1.5h", 5400),
        (5400, 5400),
        ("2d", 172800),
        ("-30 min", -1800),
        ("1w", 604800),
        (Decimal("5400"), 5400),
    ],
)
def test_a_span_may_be_written_in_many_ways(value, seconds):
    assert _times.span(value, "mooring") == seconds


@pytest.mark.parametrize("value", ["soon", "5 parsecs", "", "0.5s", timedelta(milliseconds=1)])
def test_a_wrong_span_is_refused_with_a_sentence(value):
    with pytest.raises(ValueError, match="mooring"):
        _times.span(value, "mooring")


@pytest.mark.parametrize(
    "value", ["tomorrow", "2026-13-01T00:00:00Z", datetime(2026, 3, 2, 0, 0, 0, 5)]
)
def test_a_wrong_instant_is_refused_with_a_sentence(value):
    with pytest.raises(ValueError, match="eta"):
        _times.instant(value, EPOCH, "eta")


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), "x", [], True and object()])
def test_what_is_no_number_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        _times.fixed(value, 1000, "length_m")


@pytest.mark.parametrize(
    "value, expected",
    [
        (12.5, 12500),
        (0.1, 100),
        (0.0005, 0),
        (0.0015, 2),
        (1.0005, 1000),
        (Decimal("12.345"), 12345),
        (-3, -3000),
        (1e6, 10**9),
        (10**15, 10**18),
    ],
)
def test_quantities_are_rounded_half_to_even_as_written(value, expected):
    assert _times.fixed(value, 1000, "length_m") == expected


def test_numbers_beyond_64_bits_are_refused():
    with pytest.raises(OverflowError, match="length_m"):
        _times.fixed(2**60, 1000, "length_m")
    with pytest.raises(OverflowError):
        _times.fixed(1e300, 1000, "length_m")
    with pytest.raises(OverflowError):
        _times.whole(2**63, "moves")
    with pytest.raises(TypeError):
        _times.whole(1.5, "moves")
    with pytest.raises(TypeError):
        _times.whole(Fraction(1, 2), "moves")


def test_deadlines():
    assert _times.seconds_of_deadline(2.5) == 2500
    assert _times.seconds_of_deadline(timedelta(seconds=1)) == 1000
    assert _times.seconds_of_deadline("1min") == 60000
    for wrong in (-1, float("nan")):
        with pytest.raises((TypeError, ValueError)):
            _times.seconds_of_deadline(wrong)


def test_results_are_datetimes_in_utc(small_day):
    eta = small_day.calls[0].eta
    assert eta.tzinfo is timezone.utc
    assert small_day.seconds(eta) == small_day.calls.raw()[0].eta_s
    assert small_day.at(3600) - small_day.epoch == timedelta(hours=1)


def test_human_and_raw_keywords_say_the_same():
    human, raw = mini_builder(), mini_builder()
    human.add_call(
        "X",
        loa_m=250.5,
        eta="2026-03-02T05:00:00Z",
        handling="6h",
        mooring_min=60,
        wait_cost_h=12.345,
        weight=1.5,
        vessel_class="feeder",
        deviation_work_pct_m=0.05,
    )
    raw.add_call(
        "X",
        loa_mm=250500,
        eta_s=18000,
        handling_s=21600,
        mooring_s=3600,
        wait_mu_h=12345,
        weight_milli=1500,
        **{"class": "feeder"},
        deviation_work_ppm_m=500,
    )
    assert human.freeze().hash == raw.freeze().hash


def file_attributes():
    """Attribute names of the scenario file by entity, from the table of reader and writer."""
    path = os.path.join(SOURCE, "lib", "io", "scenario_table.c")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    rows = []
    for struct, body in re.findall(r"#define T (qwr_\w+)(.*?)#undef T", text, flags=re.S):
        pattern = r'QWR__(\w+)\(T,\s*"(\w+)",\s*(\w+),'
        for kind, name, member in re.findall(pattern, body):
            suffix = {"HOURS": "_h", "MINUTES": "_min"}.get(kind, "")
            rows.append((struct[len("qwr_") :], name + suffix, member))
    return rows


def test_every_attribute_of_the_file_format_is_a_keyword_of_the_same_field():
    rows = file_attributes()
    assert len(rows) > 150
    for entity, name, member in rows:
        if member.startswith(("pin_", "base_")) and not name.startswith("change_"):
            name = member.split("_")[0] + "_" + name  # <pin start="..."> is pin_start
        if entity == "scenario_info" and name == "kind":
            name = "objective"  # <objective kind="...">
        found = _fields.spellings(entity)
        assert name in found, f"{entity}.{name}"
        assert found[name][0].member == member, f"{entity}.{name}"


def test_no_two_fields_share_a_name():
    for entity in (
        *_fields.KEYED,
        *_fields.ROWS,
        "scenario_info",
        "stay",
        "plan_quality",
        "kpi",
        "diff_summary",
    ):
        names = [field.name for field in _fields.fields(entity)]
        assert len(names) == len(set(names)), entity


def test_big_numbers_keep_every_digit():
    b = mini_builder()
    b.add_call("BIG", loa_m=100, eta=0, moves=10**7, max_cranes=3, wait_mu_h=10**12 - 1)
    call = b.freeze().calls.raw()[3]
    assert call.wait_mu_h == 10**12 - 1
    assert call.moves == 10**7
    with pytest.raises(qw.RangeError):
        b.call("BIG").wait_mu_h = 10**18
        b.freeze()
