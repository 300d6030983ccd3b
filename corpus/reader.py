"""Bytes become decoded source text, one reader per format; what a file is, its bytes say rather than its name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from corpus.decoded import Decoded
from corpus.document import Flaw
from corpus.encodings import decode
from corpus.errors import CorpusError, UnreadableError, UnsupportedFormatError
from corpus.kinds import CALLED, Kind, is_markup, kind_of
from corpus.limits import LIMITS, Limits
from corpus.source_file import read_file

Reader = Callable[[bytes, str], Decoded]
"""Reads (bytes, file name) into decoded text with what looked wrong; raises a CorpusError."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source file as read: its name, its decoded text, the SHA-256 of its bytes, and what looked wrong in it.

    In the text a form feed ends every page but the last, where the format has pages.
    """

    name: str
    text: str
    digest: str
    flaws: tuple[Flaw, ...] = ()


def read_source(path: Path, limits: Limits = LIMITS) -> Source:
    """Read a file of one of the formats in `READERS`.

    Raises UnsupportedFormatError for another suffix or content, UnreadableError for bytes the format does not allow,
    and CorpusError when the file cannot be opened, or it or its text is longer than the limits.
    """
    if path.suffix.lower() not in READERS:
        raise UnsupportedFormatError(
            f"{path.name}: format {path.suffix or '(none)'} is not read; save it as one of {' '.join(sorted(READERS))}"
        )
    content = read_file(path, limits)
    decoded = read_bytes(content, path.name)
    length = len(decoded.text)
    if length > limits.characters:
        raise CorpusError(
            f"{path.name}: {length:,} characters, more than {limits.characters:,}; part it and add the parts"
        )
    return Source(path.name, decoded.text, hashlib.sha256(content).hexdigest(), decoded.flaws)


def read_bytes(content: bytes, name: str) -> Decoded:
    """Read a file's bytes as what they are, also where the suffix of its name (one of `READERS`) says otherwise.

    Raises UnsupportedFormatError for bytes that are of no format read here, UnreadableError for damaged ones.

    >>> read_bytes("<html><p>第一条</p></html>".encode("gb18030"), "law.doc").text
    '第一条'
    """
    suffix = name[name.rfind(".") :].lower()
    kind = kind_of(content, name)
    if kind in ("text", "empty") and suffix in PLAIN:
        return READERS[suffix](content, name)
    if kind == "text" and is_markup(content):
        kind = "html"
    reader = BY_KIND.get(kind)
    if reader is not None:
        return reader(content, name)
    if kind == "locked":
        raise UnreadableError(f"{name}: {CALLED[kind]}; take the password off, save it and add it again")
    raise UnsupportedFormatError(f"{name}: the file is {CALLED[kind]}; {_mend(kind, suffix)}")


def _mend(kind: Kind, suffix: str) -> str:
    if kind == "text":
        return f"name it .txt if that is what it should be, or save it again as a true {suffix}"
    if kind in ("pptx", "ppt"):
        return "save it as a PDF and add that"
    if kind == "zip":
        return "take the documents out of it and add those"
    return f"open it in its program, save it as a true {suffix} and add it again"


def _plain(content: bytes, name: str) -> Decoded:
    return Decoded(decode(content, name))


def _word(content: bytes, name: str) -> Decoded:
    from corpus.word import read_word

    return Decoded(read_word(content, name))


def _web(content: bytes, name: str) -> Decoded:
    from corpus.web import read_web

    return read_web(content, name)


def _mail(content: bytes, name: str) -> Decoded:
    from corpus.web_archive import read_web_archive

    return read_web_archive(content, name)


def _sheet(content: bytes, name: str) -> Decoded:
    from corpus.sheet import read_sheet

    return read_sheet(content, name)


def _office(kind: Kind) -> Reader:
    def read(content: bytes, name: str) -> Decoded:
        from corpus.office import read_office

        return read_office(content, name, kind)

    return read


def _ofd(content: bytes, name: str) -> Decoded:
    from corpus.ofd import read_ofd

    return read_ofd(content, name)


def _pdf(content: bytes, name: str) -> Decoded:
    from corpus.pdf import read_pdf

    return read_pdf(content, name)


def _scan(content: bytes, name: str) -> Decoded:
    from corpus.scan import read_scan

    return read_scan(content, name)


READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        **dict.fromkeys((".txt", ".md"), _plain),
        **dict.fromkeys((".html", ".htm"), _web),
        **dict.fromkeys((".mht", ".mhtml"), _mail),
        ".docx": _word,
        ".xlsx": _sheet,
        ".pdf": _pdf,
        ".ofd": _ofd,
        **dict.fromkeys((".doc", ".wps"), _office("doc")),
        **dict.fromkeys((".xls", ".et"), _office("xls")),
        ".rtf": _office("rtf"),
        ".odt": _office("odt"),
        ".ods": _office("ods"),
        **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"), _scan),
    }
)
"""The reader of each suffix, where the bytes are what the suffix promises; `read_bytes` sees to that."""

PLAIN: Final = frozenset({".txt", ".md", ".html", ".htm"})
"""The suffixes of files that are text of no further mark."""

BY_KIND: Final[Mapping[Kind, Reader]] = MappingProxyType(
    {
        "docx": _word,
        "xlsx": _sheet,
        "pdf": _pdf,
        "ofd": _ofd,
        "html": _web,
        "mhtml": _mail,
        "image": _scan,
        **{kind: _office(kind) for kind in ("doc", "xls", "ole", "rtf", "odt", "ods", "wordxml")},
    }
)
"""The reader of each kind of content."""
