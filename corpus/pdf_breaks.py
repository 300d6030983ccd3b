"""Where a paragraph goes on from one line of a page to the next: indents, right ends, spacing, sizes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from corpus.labels import read_label
from corpus.pdf_lines import TextLine
from corpus.wording import is_terminated

SLACK: Final = 0.1
"""A line is full unless the next line's first word would have fitted in and left so much room, in ems (0–0.5)."""
APART: Final = 0.6
"""Left ends this far from one another are different indents, in ems (0.3–1)."""
INDENT: Final = 1.0
"""A line that begins further right than this is indented, in ems (0.5–1.5)."""
DEEPEST: Final = 5.0
"""A paragraph's first line is indented no further than this; what begins further right is set apart, in ems (3–8)."""
LOOSE: Final = 1.22
"""A step to the next line this much larger than the usual one parts paragraphs (1.1–1.5)."""
TITLE_STEP: Final = 3.0
"""Lines of a centred title are no further from one another than this, in ems (1.5–4)."""
CENTRED: Final = 0.3
"""A line is centred when the room on its two sides differs by less than this, in ems (0.1–0.5)."""
SIZES: Final = 0.12
"""Characters whose sizes differ by this share stand in different paragraphs (0.05–0.3)."""
COMMON: Final = 3
"""An edge is the body's when so many lines share it (2–6)."""
WIDE: Final = 0.6
"""The body's right edge lies no further left than this share of the page's width (0.4–0.8)."""
WRITTEN: Final = 0.8
"""Lines that don't tell how far they could go could go to this share of the page's width (0.7–0.9)."""
FURTHER: Final = 12.0
"""A line that ends so much further right than others (points, 6–24) makes their common end no edge …"""
STRAY: Final = 0.05
"""… when there are more of them than this share (0.01–0.1)."""
NEAR: Final = 1.5
"""Edges within this of one another are one (points, 0.5–4)."""

_LEADER = re.compile(r"(?:[.．·…]\s?){4,}\s*\S{0,6}$")
_ANNEX = re.compile(r"附[件表录]")
_QUOTES: Final = "“”‘’"
_OPENERS: Final = "（(〔［[【《〈“‘「『"
_CLOSERS: Final = "）)〕］]】》〉”’」』，。、；：！？,.;:!?%％…—"
_WORD = re.compile(r"[\u0021-\u007e\u00c0-\u024f]")
_CHINESE: Final = "\u2e80"


@dataclass(frozen=True, slots=True)
class Body:
    """How the text of some pages is set: its left and right edge, the usual step between lines, whether it indents.

    Places are in points from the page's top left corner.
    """

    left: float
    right: float
    step: float
    indented: bool


def measure(pages: Iterable[Sequence[TextLine]], width: float) -> Body:
    """How the lines of pages so wide are set."""
    pages = [lines for lines in pages if lines]
    lines = [line for page in pages for line in page]
    if not lines:
        return Body(0, width, 0, False)
    right = _right_edge(lines, width)
    follows = [(above, line) for page in pages for above, line in pairwise(page)]
    after_full = [line.left for above, line in follows if right - above.right <= (1 + SLACK) * above.em]
    left = _common(after_full) if after_full else min(line.left for line in lines)
    steps = [line.base - above.base for above, line in follows if abs(line.left - left) <= NEAR]
    steps = [step for step in steps if step > 0] or [line.base - above.base for above, line in follows]
    opening = [line for above, line in follows if right - above.right > 2 * above.em]
    indented = [line for line in opening if line.left > left + INDENT * line.em]
    return Body(left, right, median(steps) if steps else 0, 2 * len(indented) > len(opening))


def _right_edge(lines: Sequence[TextLine], width: float) -> float:
    """The right edge that full lines share; where there are too few, the margin is taken to be as wide as the left one.

    Punctuation may hang over the edge, so lines that end with it don't count.
    """
    ends = [line.right for line in lines if line.words[-1] not in _CLOSERS] or [line.right for line in lines]
    counted = Counter(round(end / NEAR) for end in ends)
    common = [edge * NEAR for edge, times in counted.items() if times + counted[edge - 1] >= COMMON]
    edge = max(common, default=0.0)
    beyond = sum(1 for end in ends if end > edge + FURTHER)
    if edge >= WIDE * width and beyond <= STRAY * len(ends):
        return edge
    return max(*ends, width - min(line.left for line in lines), WRITTEN * width)


def _common(places: Sequence[float]) -> float:
    edge, _ = Counter(round(place / NEAR) for place in places).most_common(1)[0]
    return median(place for place in places if round(place / NEAR) == edge)


def goes_on(paragraph: Sequence[TextLine], line: TextLine, body: Body, *, over_page: bool = False) -> bool:
    """Whether a line goes on with the paragraph whose lines so far are given; `over_page`: a page ends between."""
    last = paragraph[-1]
    if _LEADER.search(last.words) or not _same_size(last, line):
        return False
    if not is_full(last, line, body.right - _centring(last, body)):
        return False
    em = max(last.em, line.em)
    shift = (line.left - last.left) / em
    opens = read_label(line.words) is not None or _ANNEX.match(line.words) is not None
    if shift > APART and abs(line.middle - last.middle) < APART * em:
        near = over_page or line.base - last.base <= TITLE_STEP * em
        return near and not is_terminated(last.words) and not opens
    if not over_page and not _close(paragraph, line, body):
        return False
    if len(paragraph) > 1:
        ended = is_terminated(last.words) or last.words[-1] in "）)"
        return abs(shift) <= APART and not (opens and ended and not body.indented)
    if shift < -APART:
        return shift >= -DEEPEST
    if shift > APART:
        return not is_terminated(last.words) and read_label(last.words) is not None
    if body.indented:
        return last.left <= body.left + INDENT * em or not is_terminated(last.words)
    return not opens


def is_full(last: TextLine, line: TextLine, right: float, slack: float = SLACK) -> bool:
    """Whether the first word of `line` had no room, up to the edge at `right`, in the line above it."""
    return right - last.right <= _first_word(line) + slack * last.em


def _centring(line: TextLine, body: Body) -> float:
    """The room a centred line leaves at its left, which more words would have taken as well; 0 for other lines."""
    before, after = line.left - body.left, body.right - line.right
    centred = after > INDENT * line.em and abs(before - after) < CENTRED * line.em
    return -before if centred else 0.0


def _same_size(last: TextLine, line: TextLine) -> bool:
    """Whether both are of one size, as far as they have Chinese characters to tell it by."""
    if not (any(c >= _CHINESE for c in last.words) and any(c >= _CHINESE for c in line.words)):
        return True
    return abs(last.em - line.em) <= SIZES * max(last.em, line.em)


def _close(paragraph: Sequence[TextLine], line: TextLine, body: Body) -> bool:
    last = paragraph[-1]
    step = line.base - last.base
    usual = last.base - paragraph[-2].base if len(paragraph) > 1 else max(body.step, last.em)
    return 0 < step <= LOOSE * usual or step <= LOOSE * last.em


def _first_word(line: TextLine) -> float:
    """The width of what could not have been parted: a character or Latin word, with its brackets and stops."""
    end = 0
    words = line.words
    while end < len(words) - 1 and words[end] in _OPENERS:
        end += 1
    if _WORD.match(words[end]):
        while end < len(words) and _WORD.match(words[end]):
            end += 1
        room = line.em / 4  # a quarter of an em stands between Chinese and Latin
    else:
        end += 1
        room = 0.0
    while end < len(words) and (words[end] in _CLOSERS or words[end] in _QUOTES or words[end - 1] in _QUOTES):
        # Some programs part no line beside a quotation mark, on either side.
        end += 1
    rights = [glyph.right for glyph in line.glyphs[:end] if glyph is not None]
    return max(rights) - line.left + room
