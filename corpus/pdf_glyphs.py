"""The characters of a PDF page with the places they stand in."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from corpus.errors import UnreadableError
from corpus.pdf_file import LIMITS, PdfLimits, raw

UPRIGHT: Final = 0.1
"""A character turned by no more than this (radians, 0.01–0.3) from a right angle stands straight."""
_RIGHT_ANGLE: Final = math.pi / 2
_TURNS: Final = 4
_SCALE: Final = 1000
"""Device units to a point while a page's own coordinates are learnt."""
_HYPHEN: Final = "\x02"
"""What PDFium gives for a hyphen that parts a word at a line's end."""
_SURROGATES: Final = range(0xD800, 0xDC00)
_UNMAPPED: Final = "\ufffd"


Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the top left corner."""


class Glyph(NamedTuple):
    """A character and its box: points from the page's top left corner, as the page is seen (turned upright)."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page, in the order of the file.

    `width` and `height` are the page's, in points, as most of its text stands upright; `turn` counts the quarter turns
    from the page as shown to there. `skewed` are characters that stand at another angle (a watermark, a stamp).
    """

    upright: tuple[Glyph, ...]
    skewed: tuple[Glyph, ...]
    width: float
    height: float
    turn: int = 0

    def shown(self, glyph: Glyph) -> Box:
        """The glyph's box in fractions of the page as it is shown, 0 to 1 from the top left."""
        part: Box = (
            glyph.left / self.width, glyph.top / self.height,
            glyph.right / self.width, glyph.bottom / self.height,
        )  # fmt: skip
        return turned(part, -self.turn % _TURNS, 1, 1)


def read_glyphs(page: Any, shown: Shown, name: str, limits: PdfLimits = LIMITS) -> Glyphs:
    """The characters of a page. Raises UnreadableError for more than `limits.page_characters` of them."""
    pdfium = raw()
    width, height = page.get_size()
    text = pdfium.FPDFText_LoadPage(page)
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > limits.page_characters:
            raise UnreadableError(
                f"{name}: {count} characters on one page, at most {limits.page_characters} are read; split the page"
            )
        placed = list(_placed(text, count, shown))
    finally:
        pdfium.FPDFText_ClosePage(text)
    turns = Counter(turn for turn, glyph in placed if turn is not None and glyph.char != " ")
    usual = turns.most_common(1)[0][0] if turns else 0
    upright = [glyph for turn, glyph in placed if turn == usual]
    skewed = [glyph for turn, glyph in placed if turn != usual]
    if usual:
        upright, skewed = (
            [Glyph(glyph.char, *turned(glyph[1:], usual, width, height)) for glyph in glyphs]
            for glyphs in (upright, skewed)
        )
    if usual % 2:
        width, height = height, width
    return Glyphs(tuple(upright), tuple(skewed), width, height, usual)


def turned(box: Box, turns: int, width: float, height: float) -> Box:
    """A box of a page of that width and height after so many quarter turns back: what ran downwards runs right.

    >>> turned((10, 80, 20, 95), 1, 200, 100)
    (80, 180, 95, 190)
    """
    left, top, right, bottom = box
    for _ in range(turns):
        left, top, right, bottom = top, width - right, bottom, width - left
        width, height = height, width
    return left, top, right, bottom


class Shown:
    """Maps a page's own coordinates to points from the top left corner of the page as it is shown."""

    def __init__(self, page: Any) -> None:
        width, height = page.get_size()
        self.rotation = page.get_rotation() // 90
        pdfium, x, y = raw(), ctypes.c_int(), ctypes.c_int()
        size = (round(width * _SCALE), round(height * _SCALE))

        def device(across: float, up: float) -> tuple[float, float]:
            pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, across, up, x, y)
            return x.value / _SCALE, y.value / _SCALE

        self.x0, self.y0 = device(0, 0)
        self.xx, self.yx = (
            end - start for end, start in zip(device(100, 0), (self.x0, self.y0), strict=True)
        )
        self.xy, self.yy = (
            end - start for end, start in zip(device(0, 100), (self.x0, self.y0), strict=True)
        )

    def point(self, across: float, up: float) -> tuple[float, float]:
        """Where a point of the page is shown."""
        return (
            self.x0 + (self.xx * across + self.xy * up) / 100,
            self.y0 + (self.yx * across + self.yy * up) / 100,
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box of the page is shown: left, top, right, bottom."""
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _placed(text: Any, count: int, shown: Shown) -> Iterator[tuple[int | None, Glyph]]:
    """Each character with its quarter turns (None for a skewed one); what only marks line ends is left out."""
    pdfium = raw()
    box = pdfium.FS_RECTF()
    generated, unicode, loose, angled = (
        pdfium.FPDFText_IsGenerated, pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharAngle,
    )  # fmt: skip
    high = 0
    for index in range(count):
        if generated(text, index) == 1:
            continue
        code = unicode(text, index)
        if code in _SURROGATES:
            high = code
            continue
        if high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + ((code - 0xDC00) & 0x3FF), 0
        words = _written(code)
        if not words or not loose(text, index, box):
            continue
        quarters = (angled(text, index) / _RIGHT_ANGLE) % _TURNS
        nearest = round(quarters)
        straight = abs(quarters - nearest) * _RIGHT_ANGLE <= UPRIGHT
        turn = (nearest + shown.rotation) % _TURNS if straight else None
        place = shown.box(box.left, box.bottom, box.right, box.top)
        for char in words:
            yield turn, Glyph(char, *place)


def _written(code: int) -> str:
    """What a character of the file writes: ligatures and radicals as the letters they stand for, marks as nothing.

    >>> _written(0xFB01), _written(0x2F00), _written(0x200B), _written(0xA0)
    ('fi', '一', '', ' ')
    """
    char = chr(code)
    if char == _HYPHEN:
        return "-"
    if not code:
        return _UNMAPPED
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return ""
    if 0xFB00 <= code <= 0xFB06 or 0x2E80 <= code <= 0x2FDF:  # noqa: PLR2004 - the blocks' bounds
        return unicodedata.normalize("NFKC", char)
    return char
