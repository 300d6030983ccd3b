"""OFD, the national format for fixed pages (GB/T 33190): words in reading order, a form feed between pages."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from corpus.archive import open_archive, read_entry
from corpus.decoded import Decoded
from corpus.document import Flaw
from corpus.errors import UnreadableError
from corpus.ofd_page import A4, numbers, page_glyphs, page_rules
from corpus.page_texts import page_texts
from corpus.pdf_scan import Scan, scanned
from corpus.xml import parse_xml

ENTRY: Final = 64 * 2**20
"""A part of the file is no longer than this, in bytes (8–256 MiB)."""

_ROOT: Final = "OFD.xml"
_BOX: Final = 4


def read_ofd(content: bytes, name: str) -> Decoded:
    """The text of an OFD file: its documents' pages in order, each ended by a form feed but the last.

    Tables are told by the lines they are ruled with. Words of page templates (running heads) stand on every page that
    uses them; attachments, annotations and seals are no text. A page that shows pictures and no words is told as a flaw.
    Raises UnreadableError for bytes that are no OFD file.
    """
    texts: list[str] = []
    flaws: list[Flaw] = []
    with open_archive(content, name) as archive:
        package = _Package(archive, name)
        for place in package.documents():
            pages = list(_pages(package, place))
            for text, (_, pictures) in zip(page_texts([scan for scan, _ in pages]), pages, strict=True):
                texts.append(text)
                if pictures and not text.strip():
                    flaws.append(Flaw("page_without_text", "此页只有图像", page=len(texts)))
    if not texts:
        raise UnreadableError(
            f"{name}: an OFD file without pages; make it again with the program that wrote it"
        )
    return Decoded("\f".join(texts), tuple(flaws))


class _Package:
    """The XML parts of one file, by their place in it."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        self.entries = {entry.lower(): entry for entry in archive.namelist()}

    def part(self, place: str) -> Any:
        """The root element of the part at a place."""
        entry = self.entries.get(place.lower())
        if entry is None:
            raise UnreadableError(
                f"{self.name}: part {place!r} of the OFD file is missing; make it again with the program that wrote it"
            )
        return parse_xml(read_entry(self.archive, entry, ENTRY), f"{self.name}: {entry}")

    def documents(self) -> Iterator[str]:
        """The places of the documents' roots."""
        for root in self.part(_ROOT).iter("{*}DocRoot"):
            yield beside(_ROOT, root.text or "")


def beside(place: str, location: str) -> str:
    """Where a location leads that a part at `place` names.

    >>> beside("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), beside("Doc_0/Document.xml", "/Doc_1/P.xml")
    ('Doc_0/Pages/Page_0/Content.xml', 'Doc_1/P.xml')
    """
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(place), location.strip()))
    return joined.lstrip("/")


def _pages(package: _Package, place: str) -> Iterator[tuple[Scan, bool]]:
    """Each page of a document as scanned, and whether it shows pictures."""
    root = package.part(place)
    templates = {
        template.get("ID"): package.part(beside(place, template.get("BaseLoc", "")))
        for template in root.iter("{*}TemplatePage")
    }
    usual = _size(root.find("{*}CommonData/{*}PageArea"), A4)
    for page in root.iterfind("{*}Pages/{*}Page"):
        content = package.part(beside(place, page.get("BaseLoc", "")))
        layers = _layers(content, templates)
        size = _size(content.find("{*}Area"), usual)
        scan = scanned(page_glyphs(layers, size, package.name), page_rules(layers))
        yield scan, next(content.iter("{*}ImageObject"), None) is not None


def _layers(content: Any, templates: Mapping[str, Any]) -> list[Any]:
    """A page's own content with its templates: those behind it first, those before it last."""
    behind: list[Any] = []
    before: list[Any] = []
    for used in content.iterfind("{*}Template"):
        template = templates.get(used.get("TemplateID", ""))
        if template is not None:
            (before if used.get("ZOrder") == "Foreground" else behind).append(template)
    return [*behind, content, *before]


def _size(area: Any, otherwise: tuple[float, float]) -> tuple[float, float]:
    """A page's width and height, in millimetres."""
    box = area.find("{*}PhysicalBox") if area is not None else None
    found = numbers(box.text) if box is not None else []
    if len(found) != _BOX or min(found[2:]) <= 0:
        return otherwise
    return found[2], found[3]
