"""A page of a PDF as people see it: its picture, and where a quotation stands on it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from corpus.document import Span
from corpus.errors import UnreadableError
from corpus.pdf import read_page
from corpus.pdf_file import open_page, open_pdf
from corpus.pdf_glyphs import Glyph

WIDTHS: Final = (50, 4_000)
"""A picture's least and greatest width, in pixels; others are brought within."""
MOST_PIXELS: Final = 40_000_000
"""A picture has no more pixels than this (1,000,000–100,000,000); a very long page becomes narrower."""
SAME_LINE: Final = 0.5
"""Characters that share this part of the lower one's height stand in one line (0.3–0.8)."""
FAR: Final = 2.0
"""Characters of a line further apart than this have boxes of their own, in heights (1–4)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in fractions of its width and height from the top left corner, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float


def page_image(content: bytes, page: int, width: int) -> bytes:
    """A PNG of page `page` (from 1), `width` pixels wide.

    Raises UnreadableError for bytes that are no PDF that can be read, and for a page it has not.
    """
    with open_pdf(content, _NAME) as document:
        count = len(document)
        if not 1 <= page <= count:
            raise UnreadableError(f"{_NAME}: page {page} asked for, it has pages 1 to {count}")
        with open_page(document, page - 1, _NAME) as sheet:
            across, down = sheet.get_size()
            pixels = min(max(width, WIDTHS[0]), WIDTHS[1])
            scale = min(pixels / across, (MOST_PIXELS / (across * down)) ** 0.5)
            picture = sheet.render(scale=scale).to_pil()
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


_NAME: Final = "page"


def page_boxes(content: bytes, page: int, span: Span) -> tuple[Box, ...]:
    """Where the characters `span` of the text of page `page` (from 1) stand, a box for each stretch of a line.

    The span counts in characters of the page's text as `corpus.pdf.read_pdf` gives it (the text between two form
    feeds); what lies beyond the text's end or outside the page as shown has no box. Raises
    UnreadableError as `page_image` does.
    """
    words, scan = read_page(content, page, _NAME)
    quoted = (glyph for glyph in words.glyphs[span.start : span.end] if glyph is not None)
    shown = (scan.glyphs.shown(stretch) for stretch in _stretches(quoted))
    boxes = (Box(*(min(max(side, 0.0), 1.0) for side in sides)) for sides in shown)
    return tuple(box for box in boxes if box.left < box.right and box.top < box.bottom)


def _stretches(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Characters side by side made one."""
    whole: Glyph | None = None
    for glyph in glyphs:
        if whole is not None and _beside(whole, glyph):
            whole = Glyph(
                whole.char, min(whole.left, glyph.left), min(whole.top, glyph.top),
                max(whole.right, glyph.right), max(whole.bottom, glyph.bottom),
            )  # fmt: skip
            continue
        if whole is not None:
            yield whole
        whole = glyph
    if whole is not None:
        yield whole


def _beside(whole: Glyph, glyph: Glyph) -> bool:
    height = min(whole.bottom - whole.top, glyph.bottom - glyph.top)
    shared = min(whole.bottom, glyph.bottom) - max(whole.top, glyph.top)
    return (
        shared >= SAME_LINE * height
        and glyph.left >= whole.left
        and glyph.left - whole.right <= FAR * max(height, 1.0)
    )
