"""The source files an installation holds: copies that never change, named by document and content."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Final

from corpus.errors import CorpusError
from corpus.library import slug
from corpus.reader import READERS

DIGITS: Final = 12
"""How many digits of a file's SHA-256 stand in its name (8–64)."""
LONGEST_NAME: Final = 180
"""Bytes of a document's id that stand in its file's name, at most (20–200): file systems take 255 in all."""

_HELD = re.compile(rf"(?P<id>.+)~[0-9a-f]{{{DIGITS}}}")


class Originals:
    """The folder of the held source files; a file in it is written once and never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where the file of that name lies."""
        return self.folder / name

    def keep(self, source: Path, document_id: str, digest: str) -> str:
        """Hold a copy of a source file; return its name in the folder.

        `digest` is the SHA-256 of the bytes that were read from it. Raises CorpusError when the file has changed since,
        or cannot be copied; then nothing is left in the folder.
        """
        name = f"{_short(document_id)}~{digest[:DIGITS]}{source.suffix.lower()}"
        handle, beside = -1, ""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
            with source.open("rb") as original, os.fdopen(handle, "wb") as copy:
                shutil.copyfileobj(original, copy)
                copy.flush()
                os.fsync(copy.fileno())
            with Path(beside).open("rb") as copy:
                copied = hashlib.file_digest(copy, "sha256").hexdigest()
            if copied != digest:
                raise CorpusError(f"{source.name}: changed while it was being read; add it again")
            Path(beside).replace(self.folder / name)
        except OSError as error:
            raise CorpusError(
                f"{self.folder / name}: cannot be written ({error.strerror}); check the folder's permissions and space"
            ) from error
        finally:
            if beside:
                Path(beside).unlink(missing_ok=True)
        return name

    def by_hand(self) -> tuple[Path, ...]:
        """The source files in the folder that somebody put there, by name."""
        return tuple(path for path in self._sources() if not _HELD.fullmatch(path.stem))

    def copies(self) -> tuple[Path, ...]:
        """The copies that `keep` made, by name; some may no longer be needed."""
        return tuple(path for path in self._sources() if _HELD.fullmatch(path.stem))

    def _sources(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(
            path
            for path in self.folder.iterdir()
            if path.suffix.lower() in READERS and path.name[0] not in ".~"
        )

    def sweep(self, named: Collection[str]) -> None:
        """Remove the copies that are not among `named`, and what an interrupted copying left; other files stay."""
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            left_over = path.name.startswith(".") and path.suffix == ".part"
            if path.name not in named and (left_over or _HELD.fullmatch(path.stem)):
                path.unlink(missing_ok=True)


def held_id(path: Path) -> str:
    """The document id that a file in the folder speaks of.

    >>> held_id(Path("襄安委-2024-5号~0123456789ab.docx")), held_id(Path("襄安委〔2024〕5号.txt"))
    ('襄安委-2024-5号', '襄安委-2024-5号')
    """
    found = _HELD.fullmatch(path.stem)
    return found["id"] if found else slug(path.stem)


def _short(document_id: str) -> str:
    return document_id.encode()[:LONGEST_NAME].decode(errors="ignore")
