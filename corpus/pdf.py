"""PDF files: text in reading order, a paragraph or table row a line, pages ended by form feeds."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from corpus.decoded import Decoded
from corpus.document import Flaw
from corpus.errors import UnreadableError
from corpus.pdf_file import LIMITS, PdfLimits, open_page, open_pdf
from corpus.pdf_scan import Scan, scan_page
from corpus.pdf_text import REACH, page_words
from corpus.pdf_words import Words

WINDOW: Final = REACH + 1
"""A page's text depends on the pages up to so many away."""
MOST_RECOGNISED: Final = 20
"""Of a file with text, so many pages without are given to the recogniser at most (0–200): each takes it seconds."""
SHOWN: Final = 8
"""So many strange characters are named at most (3–20)."""


def read_pdf(content: bytes, name: str, limits: PdfLimits = LIMITS) -> Decoded:
    """The text of a PDF file.

    Page n is the text between form feeds n - 1 and n. A page without text and characters that are no writing are told
    as flaws; pages of nothing but a picture go to `corpus.scan`. Raises UnreadableError for bytes that are no PDF, an
    encrypted or broken one, one that exceeds `limits`, and pictures without the OCR extra.
    """
    pages: list[str] = []
    flaws: list[Flaw] = []
    with open_pdf(content, name, limits) as document:
        for number, words in enumerate(_pages(document, name, limits), 1):
            pages.append(words.text)
            flaws.extend(_flaws(words.text, number))
    if not any(pages):
        from corpus.scan import read_scan

        return read_scan(content, name)
    empty = [number for number, text in enumerate(pages, 1) if not text][:MOST_RECOGNISED]
    recognised = _recognised(content, empty)
    for number, page in recognised.items():
        pages[number - 1] = page.text
        flaws = [flaw for flaw in flaws if flaw.page != number] + list(page.flaws)
    return Decoded("\f".join(pages), tuple(sorted(flaws, key=lambda flaw: flaw.page or 0)))


def _recognised(content: bytes, empty: Sequence[int]) -> dict[int, Decoded]:
    """The pages without text that a recogniser reads, where it is installed: scanned pages between others."""
    if not empty:
        return {}
    from corpus.scan import can_recognise, page_flaw
    from corpus.scan import read_page as recognise

    if not can_recognise():
        return {}
    read = {}
    for number in empty:
        text, confidence = recognise(content, number)
        flaw = page_flaw(number, text, confidence)
        read[number] = Decoded(text, (flaw,) if flaw else ())
    return read


def has_text(content: bytes, name: str = "file.pdf") -> bool:
    """Whether any page has text. Raises UnreadableError as `read_pdf` does."""
    with open_pdf(content, name) as document:
        return any(not _scan(document, index, name, LIMITS).empty for index in range(len(document)))


def read_page(content: bytes, page: int, name: str = "file.pdf") -> tuple[Words, Scan]:
    """The text of page `page` (from 1) as `read_pdf` gives it, with its glyphs, and the page's scan.

    Raises UnreadableError as `read_pdf` does, and for a page the file has not.
    """
    with open_pdf(content, name) as document:
        count = len(document)
        if not 1 <= page <= count:
            raise UnreadableError(f"{name}: page {page} asked for, it has pages 1 to {count}")
        near = range(max(0, page - 1 - WINDOW), min(count, page + WINDOW))
        scans = {index - (page - 1): _scan(document, index, name, LIMITS) for index in near}
    return page_words(scans), scans[0]


def _pages(document: Any, name: str, limits: PdfLimits) -> Iterator[Words]:
    """Each page's text; only the scans a page depends on are kept."""
    count = len(document)
    scans: dict[int, Scan] = {}
    for index in range(count):
        for ahead in range(index, min(count, index + WINDOW + 1)):
            if ahead not in scans:
                scans[ahead] = _scan(document, ahead, name, limits)
        scans.pop(index - WINDOW - 1, None)
        yield page_words({at - index: scan for at, scan in scans.items()})


def _scan(document: Any, index: int, name: str, limits: PdfLimits) -> Scan:
    with open_page(document, index, name, limits) as page:
        return scan_page(page, name, limits)


def _flaws(text: str, page: int) -> Iterator[Flaw]:
    if not text:
        yield Flaw("page_without_text", page=page)
    strange = Counter(char for char in text if _is_strange(char))
    if strange:
        named = "、".join(
            f"U+{ord(char):04X}×{times}" if times > 1 else f"U+{ord(char):04X}"
            for char, times in strange.most_common(SHOWN)
        )
        yield Flaw("strange_characters", named, page)


def _is_strange(char: str) -> bool:
    """Whether a character is no writing: a private one, one no font maps, a code without a character."""
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cs")
