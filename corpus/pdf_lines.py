"""Characters of a PDF page are put together into the lines they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Final

from corpus.pdf_glyphs import Glyph

SAME_LINE: Final = 0.5
"""Runs of characters that overlap by this share of the lower one's height stand in one line (0.3–0.8)."""
DRIFT: Final = 0.3
"""Within a run, a character's middle lies no further from the last one's than this share of its height (0.1–0.5)."""
STEP_BACK: Final = 0.5
"""A run ends where a character begins so far left of the last one's end, in heights (0.2–1)."""
FAR: Final = 3.0
"""A run ends at a gap wider than this, in heights (1–10)."""
WIDE_GAP: Final = 0.75
"""A gap this wide beside a Chinese character is written as a space, in ems (0.4–1)."""
NARROW_GAP: Final = 0.18
"""A gap this wide between other characters is written as a space, in ems (0.1–0.3)."""
TWICE: Final = 0.6
"""The same character over this share of itself was printed twice to look bold (0.4–0.9)."""
SPACED_OUT: Final = 6
"""A line with fewer gaps than this is not asked whether it is spaced out (3–12)."""
_CHINESE: Final = "\u2e80"
"""Characters from here on are as wide as they are high."""


@dataclass(frozen=True)
class TextLine:
    """A line of a page: its words, and for each character the glyph it was read from (None for a space put in).

    Places are in points from the page's top left corner; `em` is the width of a Chinese character in it.
    """

    words: str
    glyphs: tuple[Glyph | None, ...]
    left: float
    top: float
    right: float
    bottom: float
    em: float

    @cached_property
    def base(self) -> float:
        """Where the line stands, from the top."""
        return median(glyph.bottom for glyph in self.glyphs if glyph is not None)

    @property
    def middle(self) -> float:
        """The middle between its left and right end."""
        return (self.left + self.right) / 2


def text_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines the characters stand in, from the top; side by side in one line from the left."""
    rows: list[_Row] = []
    for run in sorted(_runs(glyphs), key=lambda run: run.top):
        # Runs come from the top, so only the last rows can still reach this one.
        best = max(rows[-_NEAR:], key=run.overlap, default=None)
        if best is not None and run.overlap(best) >= SAME_LINE:
            best.take(run)
        else:
            rows.append(_Row(run.glyphs, run.top, run.bottom))
    lines = [line for row in rows if (line := _line(row.glyphs)) is not None]
    return sorted(lines, key=lambda line: (line.base, line.left))


_NEAR: Final = 6
"""A run of characters may belong to one of so many rows above it."""


class _Row:
    """Characters side by side, and the height they take."""

    def __init__(self, glyphs: list[Glyph], top: float, bottom: float) -> None:
        self.glyphs, self.top, self.bottom = glyphs, top, bottom
        self.longest = len(glyphs)

    def overlap(self, other: _Row) -> float:
        """How far the two overlap, as a share of the lower one's height."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared / max(min(self.bottom - self.top, other.bottom - other.top), 1e-6)

    def take(self, run: _Row) -> None:
        """Add a run; the longest decides where the row stands."""
        self.glyphs = self.glyphs + run.glyphs
        if run.longest > self.longest:
            self.top, self.bottom, self.longest = run.top, run.bottom, run.longest


def _runs(glyphs: Iterable[Glyph]) -> Iterator[_Row]:
    """Characters that follow one another in the file and on the page."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield _run(run)
            run = []
        run.append(glyph)
    if run:
        yield _run(run)


def _run(glyphs: list[Glyph]) -> _Row:
    return _Row(glyphs, median(g.top for g in glyphs), median(g.bottom for g in glyphs))


def _follows(last: Glyph, glyph: Glyph) -> bool:
    height = max(last.bottom - last.top, glyph.bottom - glyph.top, 1e-6)
    if abs((last.top + last.bottom) - (glyph.top + glyph.bottom)) > 2 * DRIFT * height:
        return False
    return -STEP_BACK * height <= glyph.left - last.right <= FAR * height


def _line(glyphs: Sequence[Glyph]) -> TextLine | None:
    """The line those characters make; None for nothing but spaces."""
    placed = sorted(glyphs, key=lambda glyph: glyph.left)
    inked = [glyph for glyph in placed if glyph.char != " "]
    if not inked:
        return None
    em = _em(inked)
    spread = _spread(inked)
    words: list[str] = []
    kept: list[Glyph | None] = []
    last: Glyph | None = None
    spaced = False
    for glyph in placed:
        if glyph.char == " ":
            spaced = True
            continue
        if last is not None and _printed_twice(last, glyph):
            continue
        if last is not None and (spaced or glyph.left - last.right > _gap(last, glyph) * em + spread):
            words.append(" ")
            kept.append(None)
        words.append(glyph.char)
        kept.append(glyph)
        last, spaced = glyph, False
    return TextLine(
        "".join(words), tuple(kept), inked[0].left, min(g.top for g in inked),
        max(g.right for g in inked), max(g.bottom for g in inked), em,
    )  # fmt: skip


def _em(inked: Sequence[Glyph]) -> float:
    wide = [glyph.right - glyph.left for glyph in inked if glyph.char >= _CHINESE]
    size = median(wide) if wide else median(glyph.bottom - glyph.top for glyph in inked)
    return max(size, 1.0)


def _spread(inked: Sequence[Glyph]) -> float:
    """How far apart the characters of a spaced-out line stand, in points; 0 for a line set as usual."""
    gaps = [glyph.left - last.right for last, glyph in pairwise(inked)]
    return max(0.0, median(gaps)) if len(gaps) >= SPACED_OUT else 0.0


def _gap(last: Glyph, glyph: Glyph) -> float:
    chinese = last.char >= _CHINESE or glyph.char >= _CHINESE
    return WIDE_GAP if chinese else NARROW_GAP


def _printed_twice(last: Glyph, glyph: Glyph) -> bool:
    if glyph.char == "f" and glyph[1:] == last[1:]:
        return False  # the two of a ligature, which stand in one box
    width = glyph.right - glyph.left
    return glyph.char == last.char and last.right - glyph.left > TWICE * width > 0
