"""Files that someone sent, on their way to the home: put down in a folder of their own under plain names."""

from __future__ import annotations

import errno
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

LONGEST_NAME: Final = 180
"""Bytes of a file's name that are kept, its suffix among them (40–200); file systems take 255."""
LONGEST_SUFFIX: Final = 16
"""Bytes of a suffix that are kept (5–40)."""
NAMELESS: Final = "文件"
_LEFT_OUT: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode's classes of what cannot be seen: controls, marks of direction, halves of pairs, line ends."""
ROOM_TIMES: Final = 3
"""How many times a file's size must be free on the home's disk (1–10): the copy that is held, its text and its index."""
ROOM_LEFT: Final = 64 * 1024 * 1024
"""Bytes that stay free beside that."""


def plain_name(said: str) -> str:
    r"""A file's name as someone sent it, made fit for any folder: its last part, without what cannot be seen.

    >>> plain_name("../../etc/passwd"), plain_name("C:\\公文\\通知\x00.docx"), plain_name("..")
    ('passwd', '通知.docx', '文件')
    """
    last = said.replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        " " if kind == "Zs" else letter
        for letter, kind in zip(last, map(unicodedata.category, last), strict=True)
        if kind not in _LEFT_OUT
    )
    name = Path(unicodedata.normalize("NFC", seen).strip().lstrip(".~ "))
    suffix = _cut(name.suffix, LONGEST_SUFFIX)
    stem = _cut(name.stem if name.suffix else name.name, LONGEST_NAME - len(suffix.encode()))
    return (stem.strip() or NAMELESS) + suffix


def _cut(text: str, most: int) -> str:
    """As much of the text as fits in so many bytes."""
    return text.encode()[:most].decode(errors="ignore")


@contextmanager
def put_down(sent: Iterable[tuple[str, IO[bytes]]]) -> Iterator[tuple[Path, ...]]:
    """The sent files (name and content) in a folder that is removed afterwards, in their order.

    Each lies in a folder of its own: two may have the same name. Raises OSError when there is no room.
    """
    with TemporaryDirectory(prefix="yiju-") as folder:
        paths = []
        for number, (name, content) in enumerate(sent):
            path = Path(folder) / str(number) / plain_name(name)
            path.parent.mkdir()
            with path.open("wb") as file:
                shutil.copyfileobj(content, file)
            paths.append(path)
        yield tuple(paths)


def check_room(home: Path, paths: Iterable[Path]) -> None:
    """Refuse files that the home's disk has no room for, before anything is changed. Raises OSError (ENOSPC)."""
    needed = ROOM_TIMES * sum(path.stat().st_size for path in paths) + ROOM_LEFT
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if (free := shutil.disk_usage(existing).free) < needed:
        raise OSError(errno.ENOSPC, f"{needed} bytes are needed on the disk of {home}, {free} are free")
