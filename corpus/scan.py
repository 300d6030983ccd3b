"""Scanned pages and photographs of pages: words recognised by RapidOCR, how well told page by page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

from corpus.decoded import Decoded
from corpus.document import Flaw
from corpus.errors import UnreadableError
from corpus.page_texts import page_texts
from corpus.pdf_file import open_page, open_pdf
from corpus.scan_page import Recognised, recognised

RESOLUTION: Final = 200
"""PDF pages are drawn with so many dots an inch (100–400)."""
MOST_PIXELS: Final = 40_000_000
"""A page is drawn with no more pixels, and no larger picture is read (10–200 million)."""
LEAST_CONFIDENCE: Final = 0.95
"""A page recognised with a lower mean confidence is told as badly read (0.5–0.99).

On printed pages made coarser and coarser the confidence is near the share of characters read rightly: 0.98 where 98 of
100 are, 0.93 where 93 are, 0.88 where 89 are, 0.75 where 70 are.
"""
HEAD: Final = 1024
"""A PDF says that it is one in so many first bytes."""

SIDES: Final = (280.0, 1250.0)
"""The dots an inch that a picture claims are believed where its shorter side is then of this length (points)."""

_POINTS: Final = 72
_MISSING: Final = "pip install 'yiju[ocr]'"


def read_scan(content: bytes, name: str) -> Decoded:
    """The words of a scanned PDF or of an image (.png, .jpg, .tif of several pages), a form feed between pages.

    Pages without words and pages read with less confidence than `LEAST_CONFIDENCE` are told as flaws. Raises
    UnreadableError where RapidOCR is not installed, and for bytes that are no image.
    """
    try:
        pages = list(_pages(content, name))
    except ImportError as error:
        raise UnreadableError(
            f"{name}: a scan, and reading scans needs {error.name}: {_MISSING}, or add the text itself"
        ) from error
    texts = page_texts([page.scan for page in pages])
    told = (
        page_flaw(number, text, page.confidence)
        for number, (text, page) in enumerate(zip(texts, pages, strict=True), 1)
    )
    return Decoded("\f".join(texts), tuple(flaw for flaw in told if flaw is not None))


def read_page(content: bytes, page: int) -> tuple[str, float]:
    """The words of one page of a PDF, counted from 1, and the mean confidence (0–1; 0 for a page without words).

    Raises UnreadableError where RapidOCR is not installed or the page cannot be drawn.
    """
    try:
        found = _read_pdf_page(content, page, f"page {page}")
    except ImportError as error:
        raise UnreadableError(
            f"page {page} is a scan, and reading scans needs {error.name}: {_MISSING}"
        ) from error
    return page_texts([found.scan])[0], found.confidence


def can_recognise() -> bool:
    """Whether the recogniser is installed."""
    return all(find_spec(package) is not None for package in ("onnxruntime", "rapidocr"))


def page_flaw(page: int, text: str, confidence: float) -> Flaw | None:
    """What is to be told of a recognised page: that it has no words, that it was badly read, or nothing.

    >>> page_flaw(3, "第一条", 0.714).detail
    '平均置信度 0.71'
    """
    if not text.strip():
        return Flaw("page_without_text", "未识别出文字", page=page)
    if confidence < LEAST_CONFIDENCE:
        return Flaw("page_badly_read", f"平均置信度 {confidence:.2f}", page=page)
    return None


@cache
def _engine() -> Any:
    """The recogniser, with the models that its package holds; loading takes seconds, so it is done once."""
    # Imported by name first, so that an ImportError says which of the two is missing.
    import onnxruntime
    import rapidocr

    onnxruntime.disable_telemetry_events()
    return rapidocr.RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})


def _pages(content: bytes, name: str) -> Iterator[Recognised]:
    """Each page as recognised. Raises ImportError before anything is read where the recogniser is not installed."""
    _engine()
    if b"%PDF-" not in content[:HEAD]:
        for image, points in _images(content, name):
            yield recognised(image, points, _engine())
        return
    with open_pdf(content, name) as document:
        count = len(document)
    for page in range(1, count + 1):
        yield _read_pdf_page(content, page, name)


def _read_pdf_page(content: bytes, page: int, name: str) -> Recognised:
    """A page of a PDF, drawn and recognised; the file is let go before the latter, which takes seconds."""
    engine = _engine()
    with open_pdf(content, name) as document, open_page(document, page - 1, name) as sheet:
        width, height = sheet.get_size()
        scale = min(RESOLUTION / _POINTS, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        image = sheet.render(scale=scale).to_numpy().copy()
    return recognised(image, 1 / scale, engine)


def _images(content: bytes, name: str) -> Iterator[tuple[Any, float | None]]:
    """The pictures of a file as arrays (height, width, 3) of blue, green and red, and the points of a pixel if known."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Large pictures are refused below, by their number of pixels.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content))
        with image:
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > MOST_PIXELS:
                    raise UnreadableError(
                        f"{name}: a picture of {frame.width} by {frame.height} pixels; make it {MOST_PIXELS:,} at most"
                    )
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                points = _points(upright.size, frame.info.get("dpi"))
                yield np.ascontiguousarray(np.asarray(upright)[:, :, ::-1]), points
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        reason = " ".join(str(error).split())
        raise UnreadableError(f"{name}: a damaged picture ({reason}); scan the page anew") from error


def _points(size: tuple[int, int], dpi: Any) -> float | None:
    """How many points a pixel is by the resolution a picture claims; None where that makes it no sheet of paper."""
    try:
        points = _POINTS / float(dpi[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return points if SIDES[0] <= min(size) * points <= SIDES[1] else None
