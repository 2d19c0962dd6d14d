# SPDX-License-Identifier: Apache-2.0
"""Everything the public headers declare is there in Python, and is used."""

import glob
import os
import re

import cffi
from conftest import BUILD, SOURCE

import quaywright as qw
from quaywright import _fields, _library

HEADERS = sorted(glob.glob(os.path.join(SOURCE, "lib", "include", "quaywright", "*.h")))
PACKAGE = os.path.dirname(qw.__file__)

# What Python has no use for, with the reason.
NOT_WRAPPED = {
    "qwr_plugin_register": "a descriptor in C, for host programs in C",
    "qwr_milp_solve": "the MILP layer alone, for tests of backends",
    "qwr_milp_write": "see milp_file of Plan.solve()",
    "qwr_plan_scenario": "a Plan keeps its Scenario",
    "qwr_value_text": "numbers are floats, and exact in *_mu",
    "qwr_time_text": "instants are datetimes",
    **{
        f"qwr_scenario_builder_find_{kind}": "a builder keeps its ids in a dict"
        for kind in _fields.KEYED
    },
}


def header_text():
    text = "\n".join(open(path, encoding="utf-8").read() for path in HEADERS)
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def public_functions():
    """Names after QWR_API, found in another way than make_cdef.py finds them."""
    found = set()
    for chunk in re.split(r"\bQWR_API\b", header_text())[1:]:
        match = re.search(r"\b(qwr_\w+)\s*\(", chunk)
        if match:
            found.add(match.group(1))
    return sorted(found)


def test_the_headers_are_found():
    assert len(public_functions()) > 200


def test_every_public_function_is_declared_and_exported():
    missing = [name for name in public_functions() if not callable(getattr(qw.lib, name, None))]
    assert missing == []


def module_source():
    return "\n".join(
        open(path, encoding="utf-8").read()
        for path in sorted(glob.glob(os.path.join(PACKAGE, "*.py")))
    )


def used_names():
    """Names in the module, those made from a kind of entity included."""
    source = module_source()
    used = set(re.findall(r"\bqwr_\w+", source))
    for pattern in re.findall(r'f"(qwr_\w*\{kind\}\w*)"', source):
        for kind in _fields.KEYED + _fields.ROWS:
            used.add(pattern.replace("{kind}", kind))
    # Fields that go back to their default ask the init function of their struct.
    used |= {name for name in public_functions() if name.endswith("_init")}
    return used


def test_every_public_function_is_used_by_the_module():
    used = used_names()
    assert [name for name in public_functions() if name not in used | set(NOT_WRAPPED)] == []


def test_what_is_not_used_exists_and_is_not_used():
    assert set(NOT_WRAPPED) <= set(public_functions())
    assert set(NOT_WRAPPED) & used_names() == set()


def test_every_struct_and_enum_is_declared():
    names = re.findall(r"typedef\s+(?:struct|enum)\s+(qwr_\w+)", header_text())
    assert len(names) > 40
    for name in names:
        qw.ffi.typeof(name)


def test_structs_have_the_size_the_library_has():
    for name in public_functions():
        if name.endswith("_init"):
            struct = getattr(qw.lib, name)()
            assert struct.size == qw.ffi.sizeof(name[: -len("_init")]), name


def test_constants_have_their_values():
    assert qw.lib.QWR_UNSET == -(2**63)
    assert qw.lib.QWR_FORBIDDEN == 2**63 - 1
    assert qw.lib.QWR_NONE == 2**32 - 1


def test_declarations_hold_no_preprocessor_leftovers():
    with open(os.path.join(PACKAGE, "_cdef.h"), encoding="utf-8") as file:
        text = file.read()
    assert not re.search(
        r"QWR_API|QWR_MUST_CHECK|__cplusplus|#(?!define QWR_\w+ -?\d+$)", text, flags=re.M
    )


def test_the_digested_declarations_are_those_of_the_text():
    with open(os.path.join(PACKAGE, "_cdef.h"), encoding="utf-8") as file:
        text = file.read()
    parsed = cffi.FFI()
    parsed.cdef(text)
    names = re.findall(r"^\} (qwr_\w+);$", text, flags=re.M)
    assert len(names) > 50
    for name in names:
        one, other = parsed.typeof(name), qw.ffi.typeof(name)
        assert one.kind == other.kind
        if one.kind == "struct":
            assert parsed.sizeof(name) == qw.ffi.sizeof(name)
            assert [f for f, _t in one.fields] == [f for f, _t in other.fields]
        else:
            assert one.relements == other.relements


def test_every_kind_of_status_has_an_exception():
    statuses = set(qw.ffi.typeof("qwr_status").relements) - {"QWR_OK"}
    assert statuses == set(qw.errors.BY_STATUS)


def test_every_entity_of_the_library_is_known():
    found = set(re.findall(r"\bqwr_scenario_add_(\w+)\s*\(", header_text()))
    assert found == set(_fields.KEYED + _fields.ROWS)


def test_the_version_is_that_of_the_build():
    with open(
        os.path.join(BUILD, "lib", "include", "quaywright", "version.h"), encoding="utf-8"
    ) as file:
        version = re.search(r'QWR_VERSION "([^"]+)"', file.read()).group(1)
    assert qw.__version__ == version == _library.LOCATION["version"]


def test_everything_public_has_a_docstring():
    for name in qw.__all__:
        thing = getattr(qw, name)
        if name in ("ffi", "lib"):
            continue
        assert thing.__doc__, name
        if isinstance(thing, type):
            for member, value in vars(thing).items():
                inner = (
                    value.fget if isinstance(value, property) else getattr(value, "__func__", value)
                )
                if not member.startswith("_") and callable(inner):
                    doc = value.__doc__ if isinstance(value, property) else inner.__doc__
                    assert doc, f"{name}.{member}"


def test_the_package_says_that_it_is_typed():
    assert os.path.exists(os.path.join(PACKAGE, "py.typed"))
