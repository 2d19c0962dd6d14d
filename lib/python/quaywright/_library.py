# SPDX-License-Identifier: Apache-2.0
"""Finds libquaywright and declares it to cffi in ABI mode, without a compiler. Knows no noun.

Looked for, in this order: the file the environment variable ``QUAYWRIGHT_LIBRARY`` names; the
library of the build tree this module lies in; the folder of the installation this module belongs
to; wherever the dynamic loader looks.
"""

from __future__ import annotations

import json
import os
from typing import Any, Dict, List, Optional

try:
    import cffi
except ImportError as error:
    raise ImportError(
        "the module quaywright needs cffi: install python3-cffi (Debian) or cffi (pip)"
    ) from error

_HERE = os.path.dirname(os.path.abspath(__file__))


def _read(name: str) -> str:
    path = os.path.join(_HERE, name)
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise ImportError(
            f"{path} is missing: it is made by 'make' and installed by 'make install'; "
            "import the module from the build tree (lib/python/tree in it) or from an installation"
        ) from error


def _location() -> Dict[str, Any]:
    """What configure knew: soname, libdir, and the version of the headers."""
    found: Dict[str, Any] = json.loads(_read("_location.json"))
    return found


def _declared() -> Any:
    """An FFI with the declarations: digested when the module was built, else read from the text."""
    try:
        from . import _table
    except ImportError:
        digested = None
    else:
        digested = _table.ffi
    if digested is not None:
        return digested
    parsed = cffi.FFI()
    parsed.cdef(_read("_cdef.h"))
    return parsed


def _candidates(location: Dict[str, Any]) -> List[str]:
    soname = location["soname"]
    named = os.environ.get("QUAYWRIGHT_LIBRARY")
    if named:
        return [named]
    places = [
        os.path.join(_HERE, "..", "..", "..", "..", ".libs", soname),
        os.path.join(location["libdir"], soname),
    ]
    return [os.path.normpath(path) for path in places if os.path.exists(path)] + [soname]


def _open(ffi: Any, location: Dict[str, Any]) -> Any:
    problems = []
    for path in _candidates(location):
        try:
            found = ffi.dlopen(path)
            found.qwr_version_at_least  # noqa: B018 - is it ours at all?
        except (OSError, AttributeError, ffi.error) as error:
            problems.append(str(error))
            continue
        return found
    named = os.environ.get("QUAYWRIGHT_LIBRARY")
    if named:
        raise ImportError(
            f"QUAYWRIGHT_LIBRARY={named} is not a library of Quaywright: {problems[-1]}"
        )
    raise ImportError(
        f"{location['soname']} is not found ({problems[-1]}): install Quaywright, run ldconfig, "
        "or set the environment variable QUAYWRIGHT_LIBRARY to the file"
    )


def _check_version(ffi: Any, found: Any, location: Dict[str, Any]) -> None:
    major, minor, patch = (int(part) for part in location["version"].split("."))
    if not found.qwr_version_at_least(major, minor, patch):
        have = ffi.string(found.qwr_version()).decode()
        raise ImportError(
            f"libquaywright {have} is too old for this module, which needs {location['version']}: "
            "update the library, or set QUAYWRIGHT_LIBRARY to a newer one"
        )


LOCATION = _location()
ffi: Any = _declared()
lib: Any = _open(ffi, LOCATION)
_check_version(ffi, lib, LOCATION)

DOCS: Dict[str, Any] = json.loads(_read("_docs.json"))
NULL: Any = ffi.NULL
UNSET: int = lib.QWR_UNSET
NONE: int = lib.QWR_NONE
FORBIDDEN: int = lib.QWR_FORBIDDEN


def text(pointer: Any) -> Optional[str]:
    """A C string as str, None for NULL."""
    return None if pointer == NULL else ffi.string(pointer).decode("utf-8", "replace")


def words(enum: str) -> Dict[str, int]:
    """The values of a C enum by the words the file formats use: ``flow-time`` and so on."""
    elements = ffi.typeof(enum).relements
    prefix = os.path.commonprefix(list(elements))
    cut = prefix.rfind("_") + 1
    return {
        name[cut:].lower().replace("_", "-"): number
        for name, number in sorted(elements.items(), key=lambda item: int(item[1]))
    }


def version() -> str:
    """Version of the library in use, "MAJOR.MINOR.PATCH"."""
    return text(lib.qwr_version()) or ""
