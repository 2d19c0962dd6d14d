# SPDX-License-Identifier: Apache-2.0
"""The code of lib/python/README.md and of docstrings runs; examples/what_if.py draws."""

import os
import re
import shutil
import struct
import subprocess
import sys

import pytest
from conftest import SOURCE, data

import quaywright as qw

README = os.path.join(SOURCE, "lib", "python", "README.md")


def blocks(text):
    return re.findall(r"^```python\n(.*?)^```", text, flags=re.M | re.S)


def test_the_code_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    shutil.copy(data("small-day.xml"), tmp_path)
    monkeypatch.chdir(tmp_path)
    with open(README, encoding="utf-8") as file:
        found = blocks(file.read())
    assert len(found) >= 4
    names = {}
    for number, block in enumerate(found):
        if "base.grid(" in block and not hasattr(qw.lib, "qwr_variation_parse"):
            continue
        exec(compile(block, f"README block {number}", "exec"), names)
    said = capsys.readouterr().out
    assert "crane QC06" in said or "C003" in said
    assert "overlap" in said and "idd" in said
    assert os.path.exists("report.html")


def test_the_code_of_the_readme_of_the_project_runs(monkeypatch, capsys):
    monkeypatch.chdir(SOURCE)
    with open(os.path.join(SOURCE, "README.md"), encoding="utf-8") as file:
        (block,) = blocks(file.read())
    exec(compile(block, "README.md", "exec"), {})
    assert "C001" in capsys.readouterr().out


def test_the_readme_names_what_exists():
    with open(README, encoding="utf-8") as file:
        text = file.read()
    table = re.findall(r"^\| (.*?) \|", text, flags=re.M)
    known = set()
    for thing in (qw.Scenario, qw.ScenarioBuilder, qw.Plan, qw.Context, qw.Table, qw):
        known |= set(dir(thing)) | set(getattr(thing, "__annotations__", {}))
    words = [word for row in table for word in re.findall(r"`([^`]+)`", row)]
    names = [re.split(r"[(.]", re.sub(r"\(.*", "", word))[-1] for word in words]
    names = [name for name in names if "<" not in name and name not in ("name", "quaywright")]
    assert len(names) > 40 and [name for name in names if name not in known] == []


def test_the_example_of_the_module_docstring_runs(tmp_path, monkeypatch):
    shutil.copy(data("small-day.xml"), tmp_path / "harbour-week.xml")
    monkeypatch.chdir(tmp_path)
    lines = [line[4:] for line in qw.__doc__.splitlines() if line.startswith("    ")]
    code = "\n".join(lines).replace("V1", "C001").replace('"C3"', '"QC01"').replace("2.0", "0.2")
    exec(compile(code, "docstring", "exec"), {})


def test_the_example_of_the_builder_docstring_runs():
    doc = qw.ScenarioBuilder.__doc__
    lines = [line.strip() for line in doc.splitlines() if line.startswith("        ")]
    names = {"ScenarioBuilder": qw.ScenarioBuilder}
    exec(compile("\n".join(lines), "docstring", "exec"), names)
    assert len(names["scenario"].calls) == 1


def png_size(path):
    with open(path, "rb") as file:
        head = file.read(24)
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


def test_what_if_answers_and_draws(tmp_path):
    pytest.importorskip("matplotlib")
    pytest.importorskip("numpy")
    script = os.path.join(SOURCE, "examples", "what_if.py")
    with open(script, encoding="utf-8") as file:
        code = [line for line in file if line.strip() and not line.lstrip().startswith("#")]
    assert len(code) <= 30
    picture = tmp_path / "picture.png"
    result = subprocess.run(
        [sys.executable, script, data("small-day.xml"), str(picture), "3000"],
        env={**os.environ, "MPLBACKEND": "Agg", "MPLCONFIGDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    assert "Warning" not in result.stderr
    for case in ("as it is", "two more cranes", "tide gate closed"):
        assert re.search(rf"^{case}: <Plan of .*cost \d", result.stdout, flags=re.M), result.stdout
    width, height = png_size(picture)
    assert width >= 1000 and height >= 400
