"""What writers that were killed left in a home."""

from __future__ import annotations

import shutil
from pathlib import Path

from index.errors import SnapshotError
from index.lock import OWNER, holds, is_locked
from index.snapshot import MANIFEST
from index.swap import CURRENT, PROBE, SNAPSHOTS, UNFINISHED, current

KEPT = 2
"""Snapshots that a home keeps: the current one and the one before (2–2)."""


def finished(home: Path) -> list[Path]:
    """The folders of the finished snapshots, sound or not, the oldest first."""
    snapshots = home / SNAPSHOTS
    if not snapshots.is_dir():
        return []
    # Their names begin with the time.
    return sorted(path for path in snapshots.iterdir() if path.name[0] != "." and (path / MANIFEST).is_file())


def leftovers(home: Path) -> list[Path]:
    """What can be removed while no writer is at work; nothing while one is."""
    snapshots = home / SNAPSHOTS
    if not snapshots.is_dir() or is_locked(snapshots):
        return []
    note = () if holds(snapshots) else (OWNER,)
    named = (home / f"{CURRENT}{UNFINISHED}", *(snapshots / name for name in (UNFINISHED, PROBE, *note)))
    kept = _kept(home)
    folders = (path for path in snapshots.iterdir() if path.is_dir() and path.name[0] != ".")
    return [*(path for path in named if path.exists()), *(path for path in folders if path not in kept)]


def remove_leftovers(home: Path) -> None:
    """Remove them; for the home's writer."""
    for path in leftovers(home):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _kept(home: Path) -> set[Path]:
    """The current snapshot and the newest other one; all where it cannot be told which is current."""
    known = finished(home)
    try:
        now = current(home)
    except SnapshotError:
        return set(known)
    if now not in known:
        return set(known)
    return {now, *[folder for folder in known if folder != now][1 - KEPT :]}
