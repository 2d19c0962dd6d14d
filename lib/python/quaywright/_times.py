# SPDX-License-Identifier: Apache-2.0
"""Numbers as people write them, to and from the integers of the library: instants (seconds since
the epoch of a scenario), spans (seconds) and quantities (thousandths). Knows no noun.

A datetime without a time zone counts as UTC; results are datetimes in UTC.
"""

from __future__ import annotations

import math
import numbers
import re
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any, Optional, Union

Instant = Union[datetime, int, str]
Span = Union[timedelta, int, str]

UTC = timezone.utc
_UNITS = {"s": 1, "sec": 1, "min": 60, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SPAN = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*([a-z]+)\s*")
_NUMBERS = (numbers.Real, Decimal)
_LEAST, _MOST = -(2**63) + 1, 2**63 - 1


def whole(value: Any, name: str) -> int:
    """An integer; floats only if they are one."""
    try:
        number: Optional[int] = int(value) if isinstance(value, _NUMBERS) else None
    except (OverflowError, ValueError):  # infinite, NaN
        number = None
    if number is None or number != value:
        raise TypeError(f"{name} must be a whole number, not {value!r}")
    return in_range(number, name)


def in_range(number: int, name: str) -> int:
    """The number, if 64 bits hold it."""
    if not _LEAST <= number <= _MOST:
        raise OverflowError(f"{name} = {number} does not fit into 64 bits")
    return number


def fixed(value: Any, factor: int, name: str) -> int:
    """value x factor, rounded half to even: 12.5 m with factor 1000 is 12500 mm."""
    if isinstance(value, numbers.Integral):
        return in_range(int(value) * factor, name)
    try:
        # The shortest decimal that is this float is what was meant by it.
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        exact = Decimal("nan")
    if isinstance(value, bool) or not exact.is_finite():
        raise TypeError(f"{name} must be a number, not {value!r}")
    if abs(exact) > Decimal(2) ** 63:
        raise OverflowError(f"{name} = {value} does not fit into 64 bits")
    return in_range(int((exact * factor).to_integral_value(ROUND_HALF_EVEN)), name)


def _datetime_of(text: str, name: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        raise ValueError(
            f'{name}: "{text}" is not an instant; write "2026-03-02T06:00:00Z", '
            "a datetime, or seconds since the epoch"
        ) from None


def to_unix(value: Union[datetime, str], name: str) -> int:
    """Seconds since 1970 of a datetime or ISO 8601 text."""
    moment = _datetime_of(value, name) if isinstance(value, str) else value
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    if since.microseconds:
        raise ValueError(f"{name}: {moment.isoformat()} is not a whole second")
    return since.days * 86400 + since.seconds


def instant(value: Any, epoch_unix_s: int, name: str) -> int:
    """Seconds since the epoch of a scenario, from datetime, ISO text, timedelta or seconds."""
    if hasattr(value, "dtype") and getattr(value.dtype, "kind", "") == "M":
        value = value.astype("datetime64[s]").item()  # numpy.datetime64
    if value is None or value != value:
        raise TypeError(f"{name} must be an instant, not {value!r}")
    if isinstance(value, timedelta):
        return span(value, name)
    if isinstance(value, (datetime, str)):
        return to_unix(value, name) - epoch_unix_s
    if isinstance(value, date):
        return to_unix(datetime(value.year, value.month, value.day), name) - epoch_unix_s
    return whole(value, name)


def span(value: Any, name: str, unit_s: int = 1) -> int:
    """Seconds, from timedelta, text such as "2h" or "1h 30min", or a number of units."""
    if hasattr(value, "dtype") and getattr(value.dtype, "kind", "") == "m":
        value = value.astype("timedelta64[s]").item()  # numpy.timedelta64
    if isinstance(value, timedelta):
        if value.microseconds:
            raise ValueError(f"{name}: {value} is not a whole number of seconds")
        return value.days * 86400 + value.seconds
    if isinstance(value, str):
        return _span_of(value, name)
    seconds = fixed(value, unit_s, name)
    if unit_s == 1 and seconds != value:
        raise ValueError(f"{name} = {value} s is not a whole number of seconds")
    return seconds


def _span_of(text: str, name: str) -> int:
    total, at = Decimal(0), 0
    while at < len(text):
        match = _SPAN.match(text, at)
        if not match or match.group(2) not in _UNITS:
            raise ValueError(f'{name}: "{text}" is not a span; write "2h", "90min" or "1d 12h"')
        total += Decimal(match.group(1)) * _UNITS[match.group(2)]
        at = match.end()
    if not text.strip() or total != total.to_integral_value():
        raise ValueError(f'{name}: "{text}" is not a whole number of seconds')
    return in_range(int(total), name)


def moment(seconds: int, epoch_unix_s: int) -> Optional[datetime]:
    """The datetime in UTC of an instant; None beyond what Python can hold."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds + epoch_unix_s)
    except OverflowError:
        return None


def share(value: int, factor: int) -> float:
    """value / factor, correctly rounded."""
    return value / factor if factor != 1 else float(value)


def seconds_of_deadline(value: Any) -> int:
    """Milliseconds of a deadline in seconds (number), timedelta or text."""
    if isinstance(value, timedelta):
        value = value.total_seconds()
    elif isinstance(value, str):
        value = _span_of(value, "deadline")
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise TypeError(f"deadline must be seconds or a timedelta, not {value!r}")
    if value < 0:
        raise ValueError("deadline must not be negative; None means no deadline")
    return in_range(int(round(float(value) * 1000)), "deadline")
