"""Formats that LibreOffice reads for us: .doc, .wps, .rtf, .odt become .docx first, .xls, .et, .ods become .xlsx."""

from __future__ import annotations

import os
import shutil
import signal
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
PROGRAMS: Final = ("soffice", "libreoffice")
"""What LibreOffice's program is called; the first found on the path is used."""

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
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value>\
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
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
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
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
    """Run LibreOffice to its end, or end it and all it started; returns its complaint in one line."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        _, complaint = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(
            f"{name}: LibreOffice did not convert it in {PATIENCE:g} seconds;"
            f" open it in its program and save it as .{route.target}"
        ) from error
    finally:
        _end(process)
    return " ".join(complaint.decode("utf-8", "replace").split())[-200:]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children, which are a session of their own."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    else:
        process.kill()
    process.wait()
    if process.stderr is not None:
        process.stderr.close()
