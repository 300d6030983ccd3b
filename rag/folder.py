"""The folder of a home, before anything is in it: can one be there, is it new, can it be written?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import HomeWriteError
from index.leftovers import finished
from index.swap import SNAPSHOTS, check_writable
from rag.errors import HomeError

BEING_MADE = ".being-made"
"""Stands in a home until it holds all that a new one does."""


def check_home(path: Path) -> None:
    """Raises HomeError where no home is nor can be made."""
    existing = next((folder for folder in (path, *path.parents) if folder.exists()), None)
    if existing is None or not existing.is_dir():
        raise HomeError(
            f"home {path} is no folder, nor can one be made there; choose another with --home",
            f"数据目录 {path} 不是文件夹，也无法在那里新建；请用 --home 换一个目录",
        )


def is_new(path: Path) -> bool:
    """Whether there is no home yet, or one whose making was broken off."""
    if not path.exists() or (path / BEING_MADE).exists():
        return True
    return all(entry.name == SNAPSHOTS for entry in path.iterdir()) and not finished(path)


@contextmanager
def being_made(path: Path) -> Iterator[None]:
    """While a new home is made: broken off, it is made from the beginning the next time."""
    mark = path / BEING_MADE
    mark.touch()
    yield
    mark.unlink(missing_ok=True)


def check_home_writable(path: Path) -> None:
    """Raises HomeError, in one line, for a home that cannot be made or written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        check_writable(path)
    except (OSError, HomeWriteError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise HomeError(
            f"home {path} cannot be written ({reason}); choose another with --home",
            f"数据目录 {path} 不能写入（{reason}）；请用 --home 换一个目录",
        ) from error
