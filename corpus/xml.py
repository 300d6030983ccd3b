"""XML from strangers: no document type, so no entities; nothing is fetched from anywhere."""

from __future__ import annotations

import zipfile
from typing import Any, Final
from xml.parsers import expat

from lxml import etree

from corpus.archive import read_entry
from corpus.errors import UnreadableError

PART: Final = 128 * 2**20
"""No part of an archive (the body, a sheet, a picture) is longer than this, in bytes (16 MiB–1 GiB)."""

_PAGES: Final = (".htm", ".html", ".xhtml")
_STEP: Final = 2**12
_OPENINGS: Final = (b"<", b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe", b"\0<")


def looks_like_xml(content: bytes) -> bool:
    r"""Whether bytes open as XML does: with a bracket or a byte order mark, after white space.

    >>> looks_like_xml(b"\n<a/>"), looks_like_xml(b"\x89PNG")
    (True, False)
    """
    return content.lstrip()[: len(_OPENINGS[1])].startswith(_OPENINGS)


def refuse_dtd(content: bytes, name: str) -> None:
    """Raise UnreadableError for XML that declares a document type before its root element, or has no root at all.

    A document type is where external and exploding entities are declared; no office program writes one. Only the
    part before the root is read, so this costs nothing.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _doctype
    parser.StartElementHandler = _root
    try:
        for start in range(0, len(content), _STEP):
            parser.Parse(content[start : start + _STEP])
        parser.Parse(b"", True)
    except _RootSeen:
        return
    except _DoctypeSeen:
        reason = "its XML declares a document type, through which files can be stolen or memory filled"
    except (expat.ExpatError, LookupError, ValueError) as error:
        reason = f"not well-formed XML ({error})"
    else:
        reason = "XML without an element"
    raise UnreadableError(f"{name}: {reason}; save it anew in its program and add it again")


def refuse_dtds(archive: zipfile.ZipFile, name: str, longest: int = PART) -> None:
    """Raise UnreadableError for an archive with a part that is XML and declares a document type, or is too long.

    Pages that are embedded whole (.htm) may declare theirs: no reader parses them as XML.
    """
    for entry in archive.infolist():
        part = read_entry(archive, entry.filename, longest)
        if looks_like_xml(part) and not entry.filename.lower().endswith(_PAGES):
            refuse_dtd(part, name)


def parse_xml(content: bytes, name: str) -> Any:
    """The root element of an XML part, read without entities, network or huge trees.

    Raises UnreadableError for XML that is not well-formed, nested deeper than libxml2 allows, or declares a
    document type.
    """
    refuse_dtd(content, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise UnreadableError(
            f"{name}: not well-formed XML ({reason}); save it anew in its program and add it again"
        ) from error


class _RootSeen(Exception):  # noqa: N818 (a signal out of a callback, no error)
    pass


class _DoctypeSeen(Exception):  # noqa: N818 (a signal out of a callback, no error)
    pass


def _root(_tag: str, _attributes: dict[str, str]) -> None:
    raise _RootSeen


def _doctype(*_declaration: object) -> None:
    raise _DoctypeSeen
