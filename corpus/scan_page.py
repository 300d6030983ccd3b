"""What stands on a picture of a page: recognised words as characters in their places, and the lines ruled on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final

from corpus.pdf_glyphs import Glyph, Glyphs
from corpus.pdf_rules import Rule
from corpus.pdf_scan import Scan, scanned

A4: Final = (595.0, 842.0)
"""The sides of a page whose size is not known, in points."""
RULE_LEAST: Final = 30.0
"""A ruled line is at least so long (points, 15–60)."""
RULE_HEIGHTS: Final = 1.5
"""And longer than the tallest characters so many times, which have strokes as straight (1–3)."""
RULE_THICK: Final = 4.0
"""A ruled line is no thicker than this (points, 1–6)."""

_ASCII_WIDTH: Final = 0.5
_WHITE: Final = 255
_BLOCK: Final = 35
"""The side, in pixels, of the squares whose mean tells ink from paper."""
_CONTRAST: Final = 15


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as recognised, and the mean confidence of its characters, 0 to 1 (0 for a page without words)."""

    scan: Scan
    confidence: float


def recognised(image: Any, points: float | None, engine: Any) -> Recognised:
    """Recognise a page drawn as an array (height, width, 3) of blue, green and red.

    `points` says how many points a pixel is, None where that is not known; `engine` is a RapidOCR.
    """
    height, width = image.shape[:2]
    points = points or A4[width > height] / width
    found = engine(image)
    glyphs: list[Glyph] = []
    scores: list[float] = []
    for box, words, score in zip(found.boxes, found.txts, found.scores, strict=True) if found.txts else ():
        glyphs.extend(_glyphs(box, words, points))
        scores += [float(score)] * len(words)
    tallest = max((glyph.bottom - glyph.top for glyph in glyphs), default=0.0)
    rules = list(_rules(image, points, max(RULE_LEAST, RULE_HEIGHTS * tallest))) if glyphs else []
    page = Glyphs(tuple(glyphs), (), width * points, height * points)
    return Recognised(scanned(page, rules), fmean(scores or [0.0]))


def _glyphs(box: Any, words: str, points: float) -> Iterator[Glyph]:
    """The characters of recognised words, side by side over their box; ASCII ones half as wide as others."""
    across, down = [float(x) * points for x, _ in box], [float(y) * points for _, y in box]
    left, right, top, bottom = min(across), max(across), min(down), max(down)
    widths = [_ASCII_WIDTH if character.isascii() else 1.0 for character in words]
    unit = (right - left) / (sum(widths) or 1.0)
    for character, width in zip(words, widths, strict=True):
        yield Glyph(" " if character.isspace() else character, left, top, left + width * unit, bottom)
        left += width * unit


def _rules(image: Any, points: float, least: float) -> Iterator[Rule]:
    """The thin strokes along an axis of a least length: the ink that outlasts being worn down by so much."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(
        grey, _WHITE, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _BLOCK, _CONTRAST
    )
    length = max(2, round(least / points))
    for across in (True, False):
        shape = (length, 1) if across else (1, length)
        kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        _, _, stats, _ = cv2.connectedComponentsWithStats(kept)
        for left, top, width, height, _ in stats[1:].tolist():
            x, y, wide, high = left * points, top * points, width * points, height * points
            if across and high <= RULE_THICK:
                yield Rule(True, y + high / 2, x, x + wide)
            elif not across and wide <= RULE_THICK:
                yield Rule(False, x + wide / 2, y, y + high)
