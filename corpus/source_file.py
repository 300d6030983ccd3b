"""A source file from anywhere: its name and kind checked, its bytes read once, whole and unchanged."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Final

from corpus.errors import CorpusError
from corpus.limits import LIMITS, MIB, Limits

TEXT: Final = frozenset({".txt", ".md", ".html", ".htm"})
"""The suffixes of files that are text alone, which are large sooner than others."""

_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_KINDS: Final = (
    (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)  # fmt: skip


def read_file(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a regular file, read once.

    Raises CorpusError for a name with characters that cannot be shown, for what is no regular file, for a file longer
    than the limits (which is not read then), for one that cannot be opened, and for one that changes meanwhile.
    """
    check_name(path)
    limit = (limits.text_mib if path.suffix.lower() in TEXT else limits.file_mib) * MIB
    try:
        # A pipe without a writer would keep the reader waiting: O_NONBLOCK opens it at once, to be refused.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            before = os.fstat(handle)
            _check_kind(before, path, limit)
            content = file.read(limit + 1)
            after = os.fstat(handle)
    except IsADirectoryError as error:
        raise CorpusError(f"{path.name}: a folder, not a file; give the files in it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CorpusError(f"{path}: cannot be read ({reason}); check the path and its permissions") from error
    if len(content) != before.st_size or _state(before) != _state(after):
        raise CorpusError(f"{path.name}: changed while it was being read; add it again once it is finished")
    return content


def check_name(path: Path) -> None:
    """Raise CorpusError for a file name with control characters, turned writing, or bytes that are no text."""
    found = _UNSPEAKABLE.search(path.name)
    if found:
        raise CorpusError(
            f"{path.name!a}: the name holds the character {found[0]!a}; rename the file and add it again"
        )


def _check_kind(status: os.stat_result, path: Path, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = next((said for test, said in _KINDS if test(status.st_mode)), "no file")
        raise CorpusError(f"{path.name}: {kind}, not a file; give the files themselves")
    if status.st_size > limit:
        size = f"{status.st_size / MIB:,.0f} MiB"
        raise CorpusError(
            f"{path.name}: {size} long, more than {limit // MIB} MiB; part it and add the parts"
        )


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
