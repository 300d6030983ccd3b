"""One writer at a time: a lock that the operating system frees, and a note beside it of who holds it."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

LOCK = ".lock"
OWNER = ".writer.json"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a lock: process `pid` on `host`, `since` a time (ISO 8601, UTC)."""

    pid: int
    host: str
    since: str

    @classmethod
    def this(cls) -> Owner:
        """This process, from now on."""
        return cls(os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(timespec="seconds"))

    @classmethod
    def read(cls, folder: Path) -> Owner | None:
        """Who last took the folder's lock and did not give it back; None where nobody did, or it cannot be told."""
        try:
            return cls(**json.loads((folder / OWNER).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        """Leave the note beside the lock."""
        (folder / OWNER).write_text(json.dumps(asdict(self)), encoding="utf-8")

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} since {self.since}"


class LockedError(Exception):
    """The lock was not free in time; its message says who holds it."""


class _Held(threading.local):
    """The folders whose lock this thread holds; each with the process that took it, for a fork takes none over."""

    def __init__(self) -> None:
        self.folders: set[tuple[int, Path]] = set()


_held = _Held()


@contextmanager
def locked(folder: Path, patience: float) -> Iterator[None]:
    """Hold the folder's lock against other processes and threads; a thread that holds it takes it again at once.

    The system frees the lock of a process that dies, however it dies. Raises LockedError after `patience` seconds in
    which another held it, OSError when the folder cannot be written.
    """
    if holds(folder):
        yield
        return
    # Only writers pay for the import.
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=patience)
    except Timeout as error:
        raise LockedError(str(Owner.read(folder) or "another process")) from error
    held = (os.getpid(), folder.resolve())
    try:
        Owner.this().write(folder)
        _held.folders.add(held)
        yield
    finally:
        _held.folders.discard(held)
        (folder / OWNER).unlink(missing_ok=True)
        lock.release()


def holds(folder: Path) -> bool:
    """Whether this thread holds the folder's lock."""
    return (os.getpid(), folder.resolve()) in _held.folders


def is_locked(folder: Path) -> bool:
    """Whether somebody holds the folder's lock now, this thread not counted; also where that cannot be tried."""
    from filelock import FileLock, Timeout

    if holds(folder) or not (folder / LOCK).exists():
        return False
    try:
        with FileLock(folder / LOCK).acquire(timeout=0):
            return False
    except (Timeout, OSError):
        return True
