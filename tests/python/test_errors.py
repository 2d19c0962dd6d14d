# SPDX-License-Identifier: Apache-2.0
"""Exceptions: their class, their sentence, the chain of causes; and an import that cannot work."""

import os
import shutil
import subprocess

import pytest
from conftest import data, python

import quaywright as qw
from quaywright import _library

BAD_XML = (
    '<?xml version="1.0"?>\n<scenario format="1" id="x" epoch="2026-03-02T00:00:00Z" '
    'horizon_h="24">\n  <quay id="Q" lenght_m="100"/>\n</scenario>\n'
)


def test_a_missing_file_is_an_oserror_that_names_it():
    with pytest.raises(qw.FileError) as error:
        qw.Scenario.load("nowhere/at-all.xml")
    assert isinstance(error.value, OSError)
    assert "nowhere/at-all.xml" in str(error.value)
    assert error.value.status == "QWR_EIO"
    assert error.value.causes and error.value.causes[0].status == "QWR_EIO"


def test_a_broken_file_is_named_with_line_and_nearest_word(tmp_path):
    path = tmp_path / "bad.xml"
    path.write_text(BAD_XML)
    with pytest.raises(qw.FormatError) as error:
        qw.Scenario.load(path)
    assert (error.value.file, error.value.line) == (str(path), 3)
    assert f"{path}:3: " in str(error.value) and "length_m" in str(error.value)
    cause = error.value.causes[0]
    assert cause.where.startswith("io.") and str(cause) in str(error.value)
    with pytest.raises(qw.FormatError) as error:
        qw.Scenario.parse(BAD_XML, name="from memory")
    assert error.value.file == "from memory" and error.value.line == 3


def test_a_plan_of_other_calls_is_refused(mini_plan, small_day):
    with pytest.raises(qw.FormatError) as error:
        small_day.parse_plan(mini_plan.text("json"), "mini.json")
    assert "V1" in str(error.value)


def test_the_classes_fit_into_pythons():
    pairs = (
        (qw.InvalidArgument, ValueError),
        (qw.FileError, OSError),
        (qw.NotFound, LookupError),
        (qw.OutOfMemory, MemoryError),
        (qw.RangeError, OverflowError),
        (qw.BusyError, qw.StateError),
    )
    for ours, theirs in pairs:
        assert issubclass(ours, theirs) and issubclass(ours, qw.QuaywrightError)


def test_options_are_declared_and_checked():
    ctx = qw.Context(threads=2, simd="generic")
    assert ctx.options["threads"] == "2" and dict(ctx.options)["simd"] == "generic"
    declared = ctx.options.declaration("simd")
    assert declared.type == "word" and "avx2" in declared.words and declared.sentence
    threads = ctx.options.declaration("threads")
    assert threads.type == "int" and threads.least <= threads.default <= threads.most
    with pytest.raises(qw.NotFound, match="threads"):
        ctx.options["thread"] = 1
    with pytest.raises(qw.InvalidArgument):
        ctx.options["threads"] = -7
    with pytest.raises(qw.NotFound, match='did you mean "threads"'):
        ctx.options["thread"]
    with pytest.raises(qw.NotFound):
        qw.Context(tthreads=1)
    del ctx.options["threads"]
    assert ctx.options["threads"] == str(threads.default)
    assert len(ctx.options) == len(list(ctx.options)) and "Options" in repr(ctx.options)
    assert "threads=" in repr(ctx)


def test_log_lines_reach_callables_and_loggers(caplog, small_day):
    lines = []
    ctx = qw.Context(log=lambda level, line: lines.append((level, line)), log_level="debug")
    small_day.plan(work_limit=500, context=ctx)
    assert any(level == "info" and "stage=" in line for level, line in lines)
    count = len(lines)
    ctx.set_log(None)
    small_day.plan(work_limit=500, context=ctx)
    assert len(lines) == count
    with caplog.at_level("INFO", logger="quaywright"):
        ctx.set_log(True)
        small_day.plan(work_limit=500, context=ctx)
    assert "stage=" in caplog.text
    with pytest.raises(TypeError, match="log must be"):
        ctx.set_log("stderr")
    with pytest.raises(ValueError, match='did you mean "debug"'):
        qw.Context(log=print, log_level="debg")


def test_plugins_are_listed_loaded_and_checked():
    ctx = qw.Context()
    plugins = ctx.plugins()
    assert plugins and all(plugin.kind in ("forecast", "optimiser", "solver") for plugin in plugins)
    files = [plugin.path for plugin in plugins if plugin.path != "built-in"]
    if files:
        lines = ctx.check_plugin(files[0])
        assert lines and all(passed for passed, _line in lines)
    ctx.load_plugins()
    with pytest.raises(qw.FileError, match="no-such"):
        ctx.load_plugin("no-such.so")
    assert ctx.bench_kernel("generic") > 0
    with pytest.raises(qw.InvalidArgument):
        ctx.bench_kernel("avx9")


def copy_of_module(tmp_path):
    """The module away from its build tree, so that it finds the library only where it is told."""
    package = os.path.dirname(qw.__file__)
    target = tmp_path / "quaywright"
    shutil.copytree(package, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


def import_in(tmp_path, **environment):
    env = {**os.environ, "PYTHONPATH": str(tmp_path), **environment}
    env.pop("LD_LIBRARY_PATH", None)
    return python("import quaywright; print(quaywright.__version__)", env=env)


def library_file():
    """The library in use."""
    with open("/proc/self/maps", encoding="utf-8") as file:
        for line in file:
            if "libquaywright.so" in line:
                return line.split()[-1]
    return pytest.skip("the library in use cannot be found")


def test_the_library_is_found_where_the_environment_says(tmp_path):
    copy_of_module(tmp_path)
    result = import_in(tmp_path, QUAYWRIGHT_LIBRARY=library_file())
    assert result.stdout.strip() == qw.__version__, result.stderr


def test_declarations_are_read_as_text_where_they_were_not_digested(tmp_path):
    target = copy_of_module(tmp_path)
    (target / "_table.py").write_text("ffi = None\n")
    result = import_in(tmp_path, QUAYWRIGHT_LIBRARY=library_file())
    assert result.stdout.strip() == qw.__version__, result.stderr
    (target / "_table.py").unlink()
    result = import_in(tmp_path, QUAYWRIGHT_LIBRARY=library_file())
    assert result.stdout.strip() == qw.__version__, result.stderr


def test_a_library_that_is_not_there_is_one_clear_sentence(tmp_path):
    target = copy_of_module(tmp_path)
    result = import_in(tmp_path, QUAYWRIGHT_LIBRARY="/nowhere/libquaywright.so.0")
    assert result.returncode != 0
    assert "ImportError: QUAYWRIGHT_LIBRARY=/nowhere/" in result.stderr.strip().splitlines()[-1]
    (target / "_location.json").write_text(
        '{"libdir": "/nowhere", "soname": "libquaywright-none.so.0", "version": "0.1.0"}'
    )
    result = import_in(tmp_path, QUAYWRIGHT_LIBRARY="")
    assert (
        "set the environment variable QUAYWRIGHT_LIBRARY" in result.stderr.strip().splitlines()[-1]
    )
    (target / "_location.json").unlink()
    result = import_in(tmp_path)
    assert (
        "_location.json is missing: it is made by 'make'" in result.stderr.strip().splitlines()[-1]
    )


def test_some_other_library_is_refused(tmp_path):
    copy_of_module(tmp_path)
    result = import_in(tmp_path, QUAYWRIGHT_LIBRARY="libc.so.6")
    assert "is not a library of Quaywright" in result.stderr.strip().splitlines()[-1]


def test_an_older_library_is_refused(tmp_path):
    compiler = (os.environ.get("CC") or "cc").split()
    if not shutil.which(compiler[0]):
        pytest.skip("no C compiler")
    copy_of_module(tmp_path)
    source = tmp_path / "old.c"
    source.write_text(
        "const char *qwr_version(void); int qwr_version_at_least(int, int, int);\n"
        'const char *qwr_version(void) { return "0.0.9"; }\n'
        "int qwr_version_at_least(int a, int b, int c) "
        "{ return a == 0 && b == 0 && c <= 9; }\n"
    )
    subprocess.check_call(
        [*compiler, "-shared", "-fPIC", "-o", str(tmp_path / "old.so"), str(source)]
    )
    result = import_in(tmp_path, QUAYWRIGHT_LIBRARY=str(tmp_path / "old.so"))
    last = result.stderr.strip().splitlines()[-1]
    assert "libquaywright 0.0.9 is too old for this module, which needs " in last
    assert _library.LOCATION["version"] in last


def test_without_cffi_the_import_says_what_to_install():
    result = python("import sys; sys.modules['cffi'] = None; import quaywright")
    assert "install python3-cffi" in result.stderr.strip().splitlines()[-1]


def test_a_full_or_read_only_place_leaves_nothing_torn(tmp_path, mini_plan):
    if os.geteuid() == 0 and not os.path.exists("/dev/full"):
        pytest.skip("root writes everywhere")
    target = "/proc/plan.xml"
    with pytest.raises(qw.FileError) as error:
        mini_plan.save(target, "xml")
    assert target in str(error.value)
    assert qw.Scenario.load(data("small-day.xml"))
