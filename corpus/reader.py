"""Bytes become decoded source text, one reader per format."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from corpus.decoded import Decoded
from corpus.document import Flaw
from corpus.errors import CorpusError, UnreadableError, UnsupportedFormatError
from corpus.word import read_word


@dataclass(frozen=True, slots=True)
class Source:
    """A source file as read: its name, its decoded text, the SHA-256 of its bytes, and what looked wrong in it.

    In the text a form feed ends every page but the last, where the format has pages.
    """

    name: str
    text: str
    digest: str
    flaws: tuple[Flaw, ...] = ()


def read_source(path: Path) -> Source:
    """Read a .txt, .md or .docx file.

    Raises UnsupportedFormatError for another suffix, UnreadableError for bytes the format does not allow, and
    CorpusError when the file cannot be opened.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(sorted(READERS))
        raise UnsupportedFormatError(
            f"{path.name}: format {path.suffix or '(none)'} is not read; save it as one of {known}"
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CorpusError(
            f"{path}: cannot be read ({error.strerror}); check the path and its permissions"
        ) from error
    decoded = reader(content, path.name)
    digest = hashlib.sha256(content).hexdigest()
    return Source(path.name, decoded.text, digest, decoded.flaws)


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030; a BOM is no part of the text.

    Raises UnreadableError naming the file and the offset of the first byte that none of them allows.

    >>> decode("第一条".encode("gb18030"), "law.txt")
    '第一条'
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif content.startswith(codecs.BOM_UTF8):
        encodings = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "gb18030")
    offset = 0
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            offset = max(offset, error.start)
    raise UnreadableError(
        f"{name}: byte {offset} is neither UTF-8, UTF-16 nor GB18030 text; save the file as UTF-8 and add it again"
    )


def _plain(content: bytes, name: str) -> Decoded:
    return Decoded(decode(content, name))


def _word(content: bytes, name: str) -> Decoded:
    return Decoded(read_word(content, name))


READERS: Final[Mapping[str, Callable[[bytes, str], Decoded]]] = MappingProxyType(
    {".txt": _plain, ".md": _plain, ".docx": _word}
)
"""The reader of each suffix: (bytes, file name) → decoded text with what looked wrong."""
