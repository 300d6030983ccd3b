"""Files of old formats, made of new ones by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SECONDS = 300
"""LibreOffice may take so long for one call."""


def converted(path: Path, form: str, *more: Path) -> Path:
    """What LibreOffice makes of a file (and of more in the same call), beside it, once; skips the test without it."""
    made = path.with_suffix("." + form.partition(":")[0])
    if made.is_file():
        return made
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(f"soffice (LibreOffice) is not installed, so no .{form.partition(':')[0]} can be made")
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        [
            program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir",
            str(path.parent), str(path), *map(str, more),
        ],
        check=True, capture_output=True, timeout=SECONDS,
    )  # fmt: skip
    return made
