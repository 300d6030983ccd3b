"""On which pages of its source file a document's words stand, and those pages as pictures."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpus.document import Document, SourceMap, Span
from rag.errors import NoPageError

if TYPE_CHECKING:
    from corpus.pdf_page import Box

WIDTHS: Final = (200, 2000)
"""The least and the greatest width of a page's picture, in pixels."""
WIDTH: Final = 1100
"""Width of a page's picture unless asked for otherwise, in pixels."""
JOINED_OVER: Final = 4
"""Characters that repair left out between two runs, up to which they are marked as one: a line end and its spaces (0–20)."""
PICTURES_KEPT: Final = 48
"""Pictures of pages that are kept ready (1–1,000); one takes some 300 kB."""
_SUFFIX: Final = ".pdf"
_HEAD: Final = b"%PDF-"
_HEAD_WITHIN: Final = 1024

_one_at_a_time = threading.Lock()  # the PDF library must not be entered by two threads


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words on one page, from 1: half-open, in characters of that page's text as it was read."""

    page: int
    span: Span


@dataclass(frozen=True, slots=True)
class Marked:
    """Where words stand on one page, from 1; the boxes are parts of its width and height, from the top left."""

    page: int
    boxes: tuple[Box, ...]


def page_of(document: Document, offset: int) -> int | None:
    """The page, from 1, on which the character at `offset` of the text stands; None for a source without pages."""
    page = document.source_map.page(offset)
    if page is None and document.source_name.lower().endswith(_SUFFIX):
        return 1  # nothing parts the pages of a source that has only one
    return page


def page_count(document: Document) -> int:
    """How many pages the source has; 0 for a source without pages."""
    starts = document.source_map.page_starts
    return len(starts) + 1 if starts else page_of(document, 0) or 0


def stretches(source_map: SourceMap, span: Span) -> tuple[Stretch, ...]:
    """Where on the source's pages a stretch of the text stands, in order.

    What stands between its words on the pages alone (a page number, a running head) is in none of them.
    """
    starts = (0, *source_map.page_starts)
    found: list[Stretch] = []
    for low, high in _in_source(source_map, span):
        while low < high:
            page = bisect_right(starts, low)
            begin = starts[page - 1]
            end = min(high, starts[page]) if page < len(starts) else high
            piece = Span(low - begin, end - begin)
            if found and found[-1].page == page and piece.start - found[-1].span.end <= JOINED_OVER:
                piece = Span(found.pop().span.start, piece.end)
            found.append(Stretch(page, piece))
            low = end
    return tuple(found)


def _in_source(source_map: SourceMap, span: Span) -> Iterable[tuple[int, int]]:
    """The half-open stretches of the source that the text's span was taken from."""
    first = max(0, bisect_right(source_map.text_starts, span.start) - 1)
    for run in range(first, len(source_map.text_starts)):
        text = source_map.text_starts[run]
        if text >= span.end:
            return
        low, high = max(text, span.start), min(text + source_map.lengths[run], span.end)
        if low < high:
            shift = source_map.source_starts[run] - text
            yield low + shift, high + shift


class SourcePages:
    """The pages of one document's PDF; `path` is its source file. Safe to share between threads.

    Raises NoPageError where the source is no PDF.
    """

    def __init__(self, document: Document, path: Path) -> None:
        if not is_pdf(path):
            raise NoPageError(
                f"the source of {document.id!r} is no PDF, only PDF files have pages to be shown",
                "只有 PDF 原件才能显示原文页",
            )
        self._document, self._path = document, path
        self.count = max(page_count(document), 1)

    def picture(self, page: int, width: int = WIDTH) -> bytes:
        """A page as PNG, at most `width` pixels wide. Raises NoPageError for a page that there is not."""
        self._check(page)
        return _picture(self._path, self._document.digest, page, min(max(width, WIDTHS[0]), WIDTHS[1]))

    def marked(self, span: Span) -> tuple[Marked, ...]:
        """The pages on which a stretch of the document's text stands, with where on them."""
        found = stretches(self._document.source_map, span)
        return tuple(
            Marked(page, _boxes(self._path, self._document.digest, page, _on(page, found)))
            for page in dict.fromkeys(stretch.page for stretch in found)
        )

    def boxes(self, page: int, span: Span) -> tuple[Box, ...]:
        """Where on that page words of the stretch stand."""
        self._check(page)
        return _boxes(
            self._path, self._document.digest, page, _on(page, stretches(self._document.source_map, span))
        )

    def _check(self, page: int) -> None:
        if not 1 <= page <= self.count:
            raise NoPageError(
                f"{self._document.id!r} has pages 1 to {self.count}, got {page}",
                f"这份文件共 {self.count} 页，没有第 {page} 页",
            )


def is_pdf(path: Path) -> bool:
    """Whether the file is a PDF, whatever it is called; False where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return _HEAD in file.read(_HEAD_WITHIN)
    except OSError:
        return False


def _on(page: int, found: Iterable[Stretch]) -> tuple[Span, ...]:
    return tuple(stretch.span for stretch in found if stretch.page == page)


@lru_cache(maxsize=PICTURES_KEPT)
def _picture(path: Path, digest: str, page: int, width: int) -> bytes:
    """`digest` tells apart what may have lain at `path` one after the other."""
    from corpus.pdf_page import page_image

    with _one_at_a_time:
        return page_image(path.read_bytes(), page, width)


@lru_cache(maxsize=PICTURES_KEPT)
def _boxes(path: Path, digest: str, page: int, spans: tuple[Span, ...]) -> tuple[Box, ...]:
    from corpus.pdf_page import page_boxes

    if not spans:
        return ()
    with _one_at_a_time:
        content = path.read_bytes()
        return tuple(box for span in spans for box in page_boxes(content, page, span))
