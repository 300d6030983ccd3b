"""The snapshot folders of a home: one writer at a time, one of them current, swapped by one rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from index.errors import HomeLockedError, HomeWriteError, SnapshotError, SnapshotMissingError
from index.lock import LockedError, locked

SNAPSHOTS = "snapshots"
CURRENT = "current"
UNFINISHED = ".unfinished"
PROBE = ".probe"
PATIENCE = 600.0
"""Seconds that a writer waits for another unless told otherwise (0–86,400); a home of thousands takes minutes."""


def current(home: Path) -> Path:
    """The folder of the home's current snapshot, by the name in its file `current`.

    Raises SnapshotMissingError when there is none yet, SnapshotError when the file cannot be read.
    """
    try:
        name = (home / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise SnapshotMissingError(f"home {home} holds no index yet; {mend(home)}") from error
    except (OSError, ValueError) as error:
        problem = in_one_line(error)
        raise SnapshotError(f"{home / CURRENT} cannot be read ({problem}); {mend(home)}") from error
    if not name or Path(name).name != name:
        raise SnapshotError(f"{home / CURRENT} names no snapshot, got {name!r}; {mend(home)}")
    return home / SNAPSHOTS / name


@contextmanager
def writing(home: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Be the home's one writer, over reading what it holds, changing that, and swapping in what comes of it.

    Others, in this process or any, wait for up to `patience` seconds; a thread that is the writer may say it again.
    The home is made if need be. Raises HomeLockedError when another writer took too long, HomeWriteError when the
    home cannot be written.
    """
    snapshots = home / SNAPSHOTS
    with ExitStack() as held:
        try:
            snapshots.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(snapshots, patience))
        except LockedError as error:
            raise HomeLockedError(
                f"home {home} is being written by {error}; waited {patience:g} s: try again when it is done"
            ) from error
        except OSError as error:
            raise _unwritable(home, error) from error
        yield


def check_writable(home: Path) -> None:
    """Make the home if need be and see that a snapshot can be put there. Raises HomeWriteError if not."""
    with writing(home):
        try:
            probe = home / SNAPSHOTS / PROBE
            probe.mkdir(exist_ok=True)
            probe.rmdir()
        except OSError as error:
            raise _unwritable(home, error) from error


def check_space(home: Path, needed: int) -> None:
    """See that the home's disk has room for `needed` bytes. Raises HomeWriteError if not, or if it cannot be told."""
    try:
        free = shutil.disk_usage(home).free
    except OSError as error:
        raise _unwritable(home, error) from error
    if free < needed:
        raise HomeWriteError(
            f"home {home} needs {_megabytes(needed)} for its new index, its disk has {_megabytes(free)} free; "
            "free some, or name another with --home"
        )


@contextmanager
def new_snapshot(home: Path) -> Iterator[Path]:
    """An empty folder to write a snapshot into, held against other writers, who wait.

    What an earlier writer left unfinished is removed first, and whatever is not the current snapshot or the one before
    it afterwards. Raises HomeWriteError when the home cannot be written, for whatever reason and at whatever moment:
    the current snapshot then stays what it was.
    """
    with writing(home):
        try:
            sweep(home)
            unfinished = home / SNAPSHOTS / UNFINISHED
            unfinished.mkdir()
            try:
                yield unfinished
            except BaseException:
                # Now, and not by the next writer: the disk may be full.
                sweep(home)
                raise
        except OSError as error:
            raise _unwritable(home, error) from error


def finish(unfinished: Path, name: str) -> Path:
    """Give the folder its name once all of it stands on the disk; it is not yet the current snapshot."""
    for path in (*unfinished.rglob("*"), unfinished):
        _sync(path)
    finished = unfinished.rename(unfinished.parent / name)
    _sync(finished.parent)
    return finished


def make_current(home: Path, name: str) -> None:
    """Make a finished snapshot the current one by a single rename; the one before it is kept, the others go."""
    before = _current_name(home)
    beside = home / f"{CURRENT}{UNFINISHED}"
    beside.write_text(name, encoding="utf-8")
    _sync(beside)
    beside.replace(home / CURRENT)
    _sync(home)
    _remove(home / SNAPSHOTS, keep=before | {name})


def sweep(home: Path) -> None:
    """Remove every snapshot, finished or not, but the current one; where that cannot be told, the unfinished only."""
    now = _current_name(home)
    if now:
        _remove(home / SNAPSHOTS, keep=now)
    else:
        shutil.rmtree(home / SNAPSHOTS / UNFINISHED, ignore_errors=True)


def mend(home: Path) -> str:
    """The command that makes the home's index anew, as the end of an error's line."""
    return f"mend it with: yiju rebuild --home {home}"


def in_one_line(error: Exception) -> str:
    """An error's kind and message without line ends."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def _unwritable(home: Path, error: OSError) -> HomeWriteError:
    return HomeWriteError(
        f"home {home} cannot be written ({in_one_line(error)}); "
        "free its disk, give write permission, or name another with --home"
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _current_name(home: Path) -> frozenset[str]:
    """The current snapshot's name, or nothing where there is none or it cannot be told."""
    try:
        folder = current(home)
    except SnapshotError:
        return frozenset()
    return frozenset({folder.name} if folder.is_dir() else ())


def _remove(snapshots: Path, keep: frozenset[str]) -> None:
    """Remove every folder but those to keep; what resists is left for the next writer."""
    for folder in snapshots.iterdir():
        if folder.is_dir() and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    """Wait until the file or folder stands on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open a folder, nor need it be told
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
