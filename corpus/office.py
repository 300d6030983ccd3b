"""Formats that LibreOffice reads for us: .doc, .wps, .rtf, .odt become .docx first, .xls, .et, .ods become .xlsx."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from corpus.decoded import Decoded
from corpus.errors import UnreadableError, UnsupportedFormatError
from corpus.kinds import CALLED, Kind
from corpus.sheet import read_sheet
from corpus.word import read_word

PATIENCE: Final = 60.0
"""LibreOffice is given so many seconds for one file (10–600)."""
STARTS: Final = 3
"""It is started so many times at most (2–5): having made a new profile, it ends and asks to be started again."""
PROGRAMS: Final = ("soffice", "libreoffice")
"""What LibreOffice's program is called; the first found on the path is used."""

_START_AGAIN: Final = frozenset((79, 81))
"""What LibreOffice's binary answers when it wants to be started again."""
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">\
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">\
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse">\
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value>\
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value>\
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value>\
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value>\
</prop></item>
</oor:items>
"""
"""A profile that runs no macro, follows no link of a document, and has a dead proxy for whatever asks for the network."""


@dataclass(frozen=True, slots=True)
class _Route:
    """How a kind of file is converted: the suffix and filter LibreOffice is to take it by, and what it becomes."""

    suffix: str
    import_filter: str
    target: str


_ROUTES: Final[Mapping[Kind, _Route]] = MappingProxyType(
    {
        "doc": _Route("doc", "", "docx"),
        "ole": _Route("wps", "", "docx"),
        "rtf": _Route("rtf", "Rich Text Format", "docx"),
        "odt": _Route("odt", "writer8", "docx"),
        "wordxml": _Route("xml", "MS Word 2003 XML", "docx"),
        "xls": _Route("xls", "", "xlsx"),
        "ods": _Route("ods", "calc8", "xlsx"),
    }
)
_FILTERS: Final = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def read_office(content: bytes, name: str, kind: Kind) -> Decoded:
    """The text of a file that LibreOffice converts, as the reader of .docx or .xlsx gives it.

    Raises UnsupportedFormatError where LibreOffice is not installed, UnreadableError for a file it cannot convert in
    `PATIENCE` seconds.
    """
    program = _program()
    route = _ROUTES[kind]
    if program is None:
        raise UnsupportedFormatError(
            f"{name}: {CALLED[kind]} is read through LibreOffice, which is not installed;"
            f" install libreoffice or save the file as .{route.target}"
        )
    converted = _converted(content, name, program, route)
    if route.target == "xlsx":
        return read_sheet(converted, name)
    return Decoded(read_word(converted, name))


def _converted(content: bytes, name: str, program: str, route: _Route) -> bytes:
    with tempfile.TemporaryDirectory(prefix="yiju-office-") as folder:
        place = Path(folder)
        settings = place / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        source = place / f"source.{route.suffix}"
        source.write_bytes(content)
        command = [
            program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--nodefault", "--nologo", *([f"--infilter={route.import_filter}"] if route.import_filter else []),
            "--convert-to", _FILTERS[route.target], "--outdir", str(place / "out"), str(source),
        ]  # fmt: skip
        said = _run(command, place, name, route)
        made = place / "out" / f"source.{route.target}"
        if not made.is_file():
            raise UnreadableError(
                f"{name}: LibreOffice cannot convert it ({said or 'no reason given'});"
                f" open it in its program and save it as .{route.target}"
            )
        return made.read_bytes()


def _run(command: list[str], folder: Path, name: str, route: _Route) -> str:
    """Run LibreOffice to its end or the end of our patience; returns its complaint in one line."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    try:
        # No session of its own: who ends a reader process and its group ends this with it.
        for _ in range(STARTS):
            done = subprocess.run(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, timeout=PATIENCE, check=False,
            )  # fmt: skip
            if done.returncode not in _START_AGAIN:
                break
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(
            f"{name}: LibreOffice did not convert it in {PATIENCE:g} seconds;"
            f" open it in its program and save it as .{route.target}"
        ) from error
    except OSError as error:
        raise UnreadableError(
            f"{name}: LibreOffice cannot be started ({error.strerror}); mend it, or save the file as .{route.target}"
        ) from error
    said = done.stderr.decode("utf-8", "replace").splitlines()
    return " ".join(" ".join(line for line in said if not line.startswith("Warning")).split())[-200:]


def _program() -> str | None:
    """LibreOffice's program: the binary beside its starter where there is one, so that ending it ends all of it."""
    starter = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if starter is None:
        return None
    binary = Path(starter).resolve().parent / "soffice.bin"
    return str(binary) if binary.is_file() else starter
