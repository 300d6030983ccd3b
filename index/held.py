"""The documents of a snapshot with their passages: one line each, which a later snapshot takes over as it is."""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from index.passages import Passage
from index.records import document_json, document_of, passage_of, passages_json

_OPENING = b'["'
_DIGITS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One document, its passages in its order, and the line that says both.

    The line is a JSON array of the digest, the document and the passages. `digest` is the SHA-256 over all that the
    document says, in hexadecimal: one of another wording, status or reading has another.
    """

    document: Document
    passages: tuple[Passage, ...]
    line: bytes | memoryview

    @classmethod
    def of(cls, document: Document, passages: tuple[Passage, ...]) -> Held:
        """The document with its line."""
        said = document_json(document)
        digest = hashlib.sha256(said).hexdigest().encode()
        return cls(document, passages, b'%b%b",%b,%b]\n' % (_OPENING, digest, said, passages_json(passages)))

    @property
    def digest(self) -> str:
        """The SHA-256 over all that the document says, in hexadecimal."""
        return _digest(self.line)


def write_held(path: Path, held: Iterable[Held]) -> None:
    """Write the lines into a file. Raises OSError when that fails."""
    with path.open("wb") as file:
        file.writelines(one.line for one in held)


def read_held(path: Path, known: Mapping[str, Held]) -> tuple[Held, ...]:
    """What `write_held` wrote; the lines stay on disk, memory-mapped.

    A document whose digest is in `known` is taken from there, so that two snapshots share what they have in common.
    Raises OSError, ValueError, TypeError or KeyError when the file is missing or is not what `write_held` wrote.
    """
    return tuple(_read(line, known) for line in _lines(path))


def _read(line: memoryview, known: Mapping[str, Held]) -> Held:
    held = known.get(_digest(line))
    if held is not None:
        return Held(held.document, held.passages, line)
    _, record, passages = json.loads(bytes(line))
    return Held(document_of(record), tuple(map(passage_of, passages)), line)


def _lines(path: Path) -> Iterator[memoryview]:
    if not path.stat().st_size:
        return  # an empty file cannot be mapped
    with path.open("rb") as file:
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    lines, start = memoryview(whole), 0
    while start < len(lines):
        end = whole.find(b"\n", start) + 1 or len(lines)
        yield lines[start:end]
        start = end


def _digest(line: bytes | memoryview) -> str:
    return str(line[len(_OPENING) : len(_OPENING) + _DIGITS], "ascii")
