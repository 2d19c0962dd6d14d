# SPDX-License-Identifier: Apache-2.0
"""Quaywright: berths and quay cranes of a container terminal, planned.

    import quaywright as qw

    base = qw.Scenario.load("harbour-week.xml")
    plan = base.plan(deadline=2.0)
    print(plan)                               # a screenful
    print(plan.kpi.wait_h, plan.gap_pct, plan.stays["V1"].start)

    with base.edit() as b:                    # what if?
        b.remove_crane("C3")
    print(plan.diff(b.scenario.plan(deadline=2.0)))

Instants are datetimes in UTC, lengths metres, costs the money unit; the integers of the library
are there as well (``plan.cost_mu``, ``scenario.calls.raw()``). ``quaywright.ffi`` and
``quaywright.lib`` give the C API itself.
"""

from ._library import ffi, lib, version
from .builder import ScenarioBuilder
from .certificate import Certificate, CertificateStep, Verdict
from .check import Checker, Trial, Violation, Violations
from .context import Context, Option, Options, Plugin, Rule, rules
from .diff import Change, Diff
from .entity import Entity
from .errors import (
    BusyError,
    Cause,
    FileError,
    FormatError,
    InvalidArgument,
    NotFound,
    OutOfMemory,
    PlanInterrupted,
    PluginError,
    QuaywrightError,
    RangeError,
    ScenarioError,
    SolverError,
    StateError,
    TooBig,
    Unsupported,
)
from .explain import Alternative, Conflict
from .plan import Plan, Progress, StageStats, Stats, charts, write_file
from .scenario import Scenario, detect_format, format_of, profiles
from .session import Session, SessionResult
from .tables import Row, Table
from .vary import Variable, Variant, Variation, variables

__version__ = version()

__all__ = [
    "Alternative",
    "BusyError",
    "Cause",
    "Certificate",
    "CertificateStep",
    "Change",
    "Conflict",
    "Checker",
    "Context",
    "Diff",
    "Entity",
    "FileError",
    "FormatError",
    "InvalidArgument",
    "NotFound",
    "Option",
    "Options",
    "OutOfMemory",
    "Plan",
    "PlanInterrupted",
    "Plugin",
    "PluginError",
    "Progress",
    "QuaywrightError",
    "RangeError",
    "Row",
    "Rule",
    "Scenario",
    "ScenarioBuilder",
    "ScenarioError",
    "Session",
    "SessionResult",
    "SolverError",
    "StageStats",
    "StateError",
    "Stats",
    "Table",
    "TooBig",
    "Trial",
    "Unsupported",
    "Variable",
    "Variant",
    "Variation",
    "Verdict",
    "Violation",
    "Violations",
    "charts",
    "detect_format",
    "ffi",
    "format_of",
    "lib",
    "profiles",
    "rules",
    "variables",
    "version",
    "write_file",
]
