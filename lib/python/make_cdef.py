#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes what the Python module knows of C from the public headers, so that it never goes stale.

    make_cdef.py FOLDER HEADER...

FOLDER/_cdef.h gets the declarations as cffi reads them (no preprocessor, no attributes), _table.py
the same as cffi digests them, which saves every import most of its time, and _docs.json the doc
comments of functions and struct members. Must never know a single declaration by name.
"""

import contextlib
import io
import json
import os
import re
import sys
import tempfile

# What the values of our macros may be made of, besides numbers.
LIMITS = {"INT64_MIN": -(2**63), "INT64_MAX": 2**63 - 1, "UINT32_MAX": 2**32 - 1}
MARKS = re.compile(r"\b(QWR_API|QWR_MUST_CHECK|QWR_EXPERIMENTAL|QWR_PRINTF\s*\([^)]*\))")


def in_order(paths):
    """Headers so that each comes after those of ours it includes."""
    by_name = {os.path.basename(path): path for path in paths}
    text, done, order = {}, set(), []

    def visit(name):
        if name in done or name not in by_name:
            return
        done.add(name)
        with open(by_name[name], encoding="utf-8") as file:
            text[name] = file.read()
        for needed in re.findall(r"#\s*include\s*<quaywright/([^>]+)>", text[name]):
            visit(needed)
        order.append(name)

    for name in sorted(by_name):
        visit(name)
    return [(name, text[name]) for name in order]


def without_comments(text):
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def number_of(value):
    """The integer a macro stands for, or None."""
    value = value.strip().strip("()").strip()
    if value in LIMITS:
        return LIMITS[value]
    match = re.fullmatch(r"(-?(?:0[xX][0-9a-fA-F]+|\d+))[uUlL]*", value)
    return int(match.group(1), 0) if match else None


def constants(text):
    found = {}
    for name, value in re.findall(r"^\s*#\s*define\s+(QWR_\w+)[ \t]+([^\n]+)$", text, flags=re.M):
        number = number_of(value)
        if number is not None:
            found[name] = number
    return found


def declarations(text):
    """C without comments, preprocessor lines, attributes and data."""
    text = without_comments(text)
    text = re.sub(r"#\s*ifdef\s+__cplusplus\b.*?#\s*endif[^\n]*", "", text, flags=re.S)
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", "", text, flags=re.M)
    text = re.sub(r"\bstatic\s+const\s+[^;{]*=\s*\{[^}]*\}\s*;", "", text)
    text = re.sub(r"\bstatic\s+inline\b[^{;]*\{[^}]*\}", "", text)
    text = MARKS.sub("", text)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def plain(comment):
    """The words of a doc comment."""
    lines = [re.sub(r"^\s*\*+ ?", "", line) for line in comment.splitlines()]
    return " ".join(" ".join(lines).split()).lstrip("< ").strip()


def member_docs(text):
    docs = {}
    for body, name in re.findall(
        r"typedef\s+struct\s+\w+\s*\{(.*?)\n\}\s*(\w+)\s*;", text, flags=re.S
    ):
        members = {}
        rows = re.finditer(
            r"([^;/]*?)(\w+)\s*(?:\[[^\]]*\])?\s*;[ \t]*(?:\n[ \t]*)?/\*\*<(.*?)\*/",
            body,
            flags=re.S,
        )
        for row in rows:
            members[row.group(2)] = plain(row.group(3))
        # A comment may stand above its member, too.
        for comment, member in re.findall(
            r"/\*\*([^<].*?)\*/\s*[^;/]*?(\w+)\s*;", body, flags=re.S
        ):
            members.setdefault(member, plain(comment))
        docs[name] = members
    return docs


def function_docs(text):
    docs = {}
    # One comment, and the first declaration after it.
    pattern = r"/\*\*(?!<)((?:(?!\*/).)*)\*/\s*QWR_API\b[^;]*?\b(qwr_\w+)\s*\("
    for comment, name in re.findall(pattern, text, flags=re.S):
        docs[name] = plain(comment)
    return docs


def table(cdef):
    """A module with the declarations digested by cffi; where that is missing here, one without."""
    try:
        import cffi
    except ImportError:
        return (
            "# cffi was missing where this was made: _cdef.h is read at each import.\nffi = None\n"
        )
    ffi = cffi.FFI()
    ffi.cdef(cdef)
    ffi.set_source("quaywright._table", None)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "_table.py")
        with contextlib.redirect_stdout(io.StringIO()):  # it tells what it does
            ffi.emit_python_code(path)
        with open(path, encoding="utf-8") as file:
            return "# mypy: ignore-errors\n" + file.read()


def write(path, content):
    with open(path + "-tmp", "w", encoding="utf-8") as file:
        file.write(content)
    os.replace(path + "-tmp", path)


def main(arguments):
    if len(arguments) < 2:
        sys.exit("usage: make_cdef.py FOLDER HEADER...")
    folder, paths = arguments[0], arguments[1:]
    parts = ["/* Made from the public headers by make_cdef.py: declarations for cffi. */"]
    docs = {"members": {}, "functions": {}}
    seen = {}
    for name, text in in_order(paths):
        parts.append(f"/* {name} */")
        for constant, number in constants(without_comments(text)).items():
            if seen.setdefault(constant, number) != number:
                sys.exit(f"make_cdef.py: {constant} has two values")
            parts.append(f"#define {constant} {number}")
        parts.append(declarations(text))
        docs["members"].update(member_docs(text))
        docs["functions"].update(function_docs(text))
    cdef = "\n".join(parts) + "\n"
    write(
        os.path.join(folder, "_docs.json"),
        json.dumps(docs, indent=1, sort_keys=True, ensure_ascii=False) + "\n",
    )
    write(os.path.join(folder, "_table.py"), table(cdef))
    write(os.path.join(folder, "_cdef.h"), cdef)


if __name__ == "__main__":
    main(sys.argv[1:])
