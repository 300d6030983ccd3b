"""What a home holds, as its snapshots say, also when their indexes are of another format or model, or damaged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from corpus.holding import Holding
from index.errors import SnapshotError
from index.manifest import file_hash
from index.swap import SNAPSHOTS, current

HOLDINGS = "holdings.json"
"""The file of a snapshot that lists what is held."""
_MANIFEST = "manifest.json"


def recorded_holdings(home: Path, folder: Path | None = None) -> tuple[Holding, ...] | None:
    """What the current snapshot says is held, else the newest other one that can be read; None when none says it.

    Given the `folder` of a snapshot, what that one says.
    """
    for snapshot in _snapshots(home) if folder is None else (folder,):
        try:
            files = json.loads((snapshot / _MANIFEST).read_bytes())["files"]
            if files[HOLDINGS] == file_hash(snapshot / HOLDINGS):
                return tuple(Holding(**values) for values in json.loads((snapshot / HOLDINGS).read_bytes()))
        except (OSError, ValueError, TypeError, KeyError):
            continue  # an older one may still say it
    return None


def _snapshots(home: Path) -> Iterator[Path]:
    """The current snapshot's folder first, then the others, the newest first (their names begin with the time)."""
    try:
        now = current(home)
        yield now
    except SnapshotError:
        now = home
    if (home / SNAPSHOTS).is_dir():
        others = (path for path in (home / SNAPSHOTS).iterdir() if path.is_dir() and path != now)
        yield from sorted(others, key=lambda path: path.name, reverse=True)
