"""A page's picture, and the boxes a quotation stands in."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from corpus.document import Document, Span
from corpus.errors import UnreadableError
from corpus.library import read_document
from corpus.pdf import read_page, read_pdf
from corpus.pdf_page import Box, page_boxes, page_image
from tests.corpus.forms import pdfs, write_docx
from tests.corpus.layouts import SAMPLES
from tests.corpus.made_pdf import HEIGHT, WIDTH, MadePage, make_pdf

QUOTATIONS = 12
"""So many quotations of each text are looked up."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pages")
    words = [folder / f"{sample.name}.docx" for sample in SAMPLES]
    for sample, path in zip(SAMPLES, words, strict=True):
        write_docx(sample.text, path, sample.look)
    return list(pdfs(words, folder))


def quoted(content: bytes, document: Document, span: Span) -> list[tuple[str, str]]:
    """For each page a quotation stands on: its characters there, and those whose middles its boxes hold."""
    source = document.source_map.source_span(span)
    starts = (0, *document.source_map.page_starts)
    found = []
    for page in range(
        document.source_map.page(span.start) or 1, (document.source_map.page(span.end - 1) or 1) + 1
    ):
        start = starts[page - 1]
        words, scan = read_page(content, page)
        here = Span(max(source.start - start, 0), min(source.end - start, len(words.text)))
        boxes = page_boxes(content, page, here)
        inside = [
            glyph
            for glyph in words.glyphs
            if glyph is not None and any(_holds(box, scan.glyphs.shown(glyph)) for box in boxes)
        ]
        asked = [glyph for glyph in words.glyphs[here.start : here.end] if glyph is not None]
        assert boxes, "a quotation stands somewhere on its page"
        assert inside == asked
        found.append(("".join(glyph.char for glyph in asked), words.text))
    return found


def _holds(box: Box, place: tuple[float, float, float, float]) -> bool:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def test_boxes_hold_the_quotation_and_nothing_else(files: list[Path]) -> None:
    choice = random.Random(5)
    for path in files:
        document, content = read_document(path), path.read_bytes()
        for _ in range(QUOTATIONS):
            clause = choice.choice(document.clauses)
            start = choice.randrange(clause.start, clause.end)
            span = Span(start, min(clause.end, start + choice.randrange(1, 60)))
            if not document.quote(span).strip():
                continue
            pages = quoted(content, document, span)
            if len(pages) == 1 and clause.kind != "row":
                assert pages[0][0] == "".join(document.quote(span).split())


@given(st.integers(0, 11), st.integers(1, 12), st.sampled_from([0, 90, 180, 270]))
def test_any_span_of_a_turned_page(start: int, length: int, rotate: int) -> None:
    page = MadePage(rotate=rotate).write("甲乙丙丁戊己", 72, 80).write("子丑寅卯辰巳", 72, 105)
    content = make_pdf([page])
    words, scan = read_page(content, 1)
    boxes = page_boxes(content, 1, Span(start, start + length))
    asked = [glyph for glyph in words.glyphs[start : start + length] if glyph is not None]
    assert bool(boxes) == bool(asked)
    assert all(0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1 for box in boxes)
    held = [g for g in words.glyphs if g and any(_holds(box, scan.glyphs.shown(g)) for box in boxes)]
    assert held == asked


def test_boxes_lie_on_the_ink() -> None:
    content = make_pdf([MadePage(rotate=90).write("国国国国", 72, 80).write("国国国", 72, 300)])
    assert read_pdf(content, "made.pdf").text == "国国国国\n国国国"
    (box,) = page_boxes(content, 1, Span(5, 8))
    picture = Image.open(io.BytesIO(page_image(content, 1, 1200))).convert("L")
    assert picture.size == (1200, 1200 * WIDTH // HEIGHT)
    across, down = picture.size
    inside = picture.crop((box.left * across, box.top * down, box.right * across, box.bottom * down))
    darkest, _ = inside.getextrema()
    assert darkest == 0


@pytest.mark.parametrize(("width", "expected"), [(200, 200), (1, 50), (100_000, 4_000)])
def test_width_is_kept_within_bounds(width: int, expected: int) -> None:
    content = make_pdf([MadePage().write("字", 72, 80)])
    assert Image.open(io.BytesIO(page_image(content, 1, width))).width == expected


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_page_it_has_not(page: int) -> None:
    content = make_pdf([MadePage().write("字", 72, 80)])
    with pytest.raises(UnreadableError, match="it has pages 1 to 1"):
        page_image(content, page, 100)
    with pytest.raises(UnreadableError, match="it has pages 1 to 1"):
        page_boxes(content, page, Span(0, 1))


def test_words_outside_the_page_have_no_box() -> None:
    content = make_pdf([MadePage().write("里面", 72, 80).write("外面", WIDTH + 50, 80)])
    words, _ = read_page(content, 1)
    inside, outside = words.text.index("里"), words.text.index("外")
    assert page_boxes(content, 1, Span(inside, inside + 2))
    assert page_boxes(content, 1, Span(outside, outside + 2)) == ()
