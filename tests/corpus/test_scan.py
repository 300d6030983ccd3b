"""Scans: words recognised by RapidOCR in the order they are read in, tables by their rules, and how well by page."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from corpus import scan
from corpus.decoded import Decoded
from corpus.errors import UnreadableError
from corpus.reader import read_bytes
from corpus.scan import page_flaw, read_page, read_scan
from tests.corpus.made_pdf import MadePage, make_pdf

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
WIDTH, HEIGHT, SIZE, LEFT = 827, 500, 30, 100
LINES = [
    "　　关于做好隐患排查的通知", "各乡镇人民政府：", "　　一、全面排查。要对下穿立交、地下车库",
    "和老旧管网逐点核查，形成一点一档。", "　　二、限期整改。6月30日前完成。",
]  # fmt: skip
WORDS = (
    "关于做好隐患排查的通知\n各乡镇人民政府：\n一、全面排查。要对下穿立交、地下车库和老旧管网逐点核查，形成一点一档。"
    "\n二、限期整改。6月30日前完成。"
)


@pytest.fixture(scope="module")
def drawn() -> Iterator[Any]:
    """Draws lines of words, from the top, and frames as pictures of pages; the recogniser is let go at the end."""
    pytest.importorskip(
        "rapidocr", reason="RapidOCR is not installed (pip install 'yiju[ocr]'), so no scan can be read"
    )
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed, on which RapidOCR runs")
    from PIL import Image, ImageDraw, ImageFont

    found = next((path for path in FONTS if Path(path).is_file()), None)
    if found is None:
        pytest.skip("no Chinese font is installed (fonts-noto-cjk), so no page can be drawn")
    font = ImageFont.truetype(found, SIZE)

    def draw(
        lines: Sequence[str], cells: Mapping[tuple[int, int, int, int], str] = MappingProxyType({})
    ) -> Any:
        page = Image.new("RGB", (WIDTH, HEIGHT), "white")
        pen = ImageDraw.Draw(page)
        for index, line in enumerate(lines):
            pen.text((LEFT, 120 + 48 * index), line, font=font, fill="black")
        for frame, words in cells.items():
            pen.rectangle(frame, outline="black", width=2)
            pen.text((frame[0] + 12, frame[1] + 10), words, font=font, fill="black")
        return page

    yield draw
    scan._engine.cache_clear()


def saved(first: Any, form: str, *others: Any) -> bytes:
    kept = io.BytesIO()
    pages = {"save_all": True, "append_images": list(others)} if others else {}
    first.save(kept, form, **pages, **({"resolution": 100} if form == "PDF" else {}))
    return kept.getvalue()


def squeezed(decoded: Decoded) -> str:
    """The words with punctuation as full-width, of which recognition may give either."""
    return decoded.text.replace(":", "：").replace(",", "，").replace(" ", "")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_picture_of_a_page_is_read(drawn: Any, form: str) -> None:
    decoded = read_bytes(saved(drawn(LINES), form), "scan.png")
    assert squeezed(decoded) == WORDS
    assert decoded.flaws == ()


def test_pages_of_a_picture_and_empty_ones(drawn: Any) -> None:
    decoded = read_scan(
        saved(drawn(["第一页的话。"]), "TIFF", drawn([]), drawn(["第三页的话。"])), "scan.tif"
    )
    assert squeezed(decoded) == "第一页的话。\f\f第三页的话。"
    assert [(flaw.kind, flaw.page) for flaw in decoded.flaws] == [("page_without_text", 2)]


def test_scanned_pdfs_page_by_page(drawn: Any) -> None:
    content = saved(drawn(["第一页的话。"]), "PDF", drawn(["第二页的话。"]))
    assert squeezed(read_scan(content, "scan.pdf")) == "第一页的话。\f第二页的话。"
    words, confidence = read_page(content, 2)
    assert words == "第二页的话。"
    assert scan.LEAST_CONFIDENCE < confidence <= 1
    with pytest.raises(UnreadableError, match="page 3 is broken"):
        read_page(content, 3)


def test_a_scanned_page_between_others_is_recognised(drawn: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    mixed = pypdfium2.PdfDocument.new()
    typed = make_pdf([MadePage().write("第一页的话。", 60, 100)])
    for content in (typed, saved(drawn(["第二页的话。"]), "PDF"), typed):
        with pypdfium2.PdfDocument(content) as part:
            mixed.import_pages(part)
    kept = io.BytesIO()
    mixed.save(kept)
    mixed.close()
    decoded = read_bytes(kept.getvalue(), "mixed.pdf")
    assert decoded.text == "第一页的话。\f第二页的话。\f第一页的话。"
    assert decoded.flaws == ()
    monkeypatch.setattr(scan, "can_recognise", lambda: False)
    assert [(flaw.kind, flaw.page) for flaw in read_bytes(kept.getvalue(), "mixed.pdf").flaws] == [
        ("page_without_text", 2)
    ]


def test_ruled_tables_are_rows(drawn: Any) -> None:
    columns, rows = (80, 330, 580, 760), (110, 170, 230)
    words = iter(("序号", "任务名称", "时限", "1", "清淤疏通", "6月底前"))
    cells = {
        (left, top, right, bottom): next(words)
        for top, bottom in pairwise(rows)
        for left, right in pairwise(columns)
    }
    page = drawn((), cells)
    assert (
        squeezed(read_scan(saved(page, "PNG"), "table.png")) == "序号\t任务名称\t时限\n1\t清淤疏通\t6月底前"
    )


def test_a_coarse_page_is_told(drawn: Any) -> None:
    small = drawn(LINES).resize((WIDTH // 6, HEIGHT // 6))
    (flaw,) = read_scan(saved(small, "PNG"), "coarse.png").flaws
    assert (flaw.kind, flaw.page) in {("page_badly_read", 1), ("page_without_text", 1)}


def test_damaged_and_huge_pictures_are_refused(drawn: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(drawn(LINES), "PNG")
    with pytest.raises(UnreadableError, match=r"^cut\.png: a damaged picture .*; scan the page anew$"):
        read_scan(content[:200], "cut.png")
    monkeypatch.setattr(scan, "MOST_PIXELS", 1000)
    with pytest.raises(UnreadableError, match=r"^big\.png: a picture of 827 by 500 pixels"):
        read_scan(content, "big.png")


@pytest.mark.parametrize("missing", ["onnxruntime", "rapidocr"])
def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    scan._engine.cache_clear()
    for read in (lambda: read_bytes(b"\x89PNG\r\n\x1a\n", "a.png"), lambda: read_page(b"%PDF-1.7", 1)):
        with pytest.raises(UnreadableError, match=r"reading scans needs .*: pip install 'yiju\[ocr\]'"):
            read()


@pytest.mark.parametrize(
    ("size", "dpi", "points"),
    [
        ((1654, 2339), (200, 200), 0.36),
        ((2480, 3508), (72, 72), None),
        ((827, 500), None, None),
        ((827, 500), (0, 0), None),
    ],
)
def test_the_resolution_a_picture_claims(size: tuple[int, int], dpi: object, points: float | None) -> None:
    assert scan._points(size, dpi) == points


def test_what_is_told_of_a_page() -> None:
    assert page_flaw(1, "甲", scan.LEAST_CONFIDENCE) is None
    badly, empty = page_flaw(2, "甲", 0.714), page_flaw(3, " \n", 0.0)
    assert badly is not None
    assert (badly.kind, badly.detail, badly.page) == ("page_badly_read", "平均置信度 0.71", 2)
    assert empty is not None
    assert (empty.kind, empty.page) == ("page_without_text", 3)
