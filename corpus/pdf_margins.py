"""What stands in a PDF page's margins: running heads, page numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.labels import read_label
from corpus.pdf_lines import TextLine

ZONE: Final = 0.16
"""Running heads and page numbers stand within this share of the page's height from its edge (0.08–0.2)."""
MOST_LINES: Final = 4
"""So many lines at an edge may be running heads (1–6)."""
SHIFT: Final = 3.0
"""A running head stands at the same height on every page but for this (points, 1–8)."""
SMALLER: Final = 0.1
"""Characters whose sizes differ by this share are of different sizes (0.05–0.3)."""
APART: Final = 1.15
"""More than so many usual steps from the next line, a line is set apart (1.05–2)."""
SURE: Final = 2
"""A line that stands on so many pages around is a running head (2–4); on one, it must be set apart as well."""
ALONE: Final = 1.6
"""A bare number is a page's when no line stands nearer than this many of its heights (1–4)."""

_DIGITS = re.compile(r"\d+")
_CHINESE_PAGE = re.compile(r"(?<=第)[一二三四五六七八九十百零〇]+(?=页)")
_PART = re.compile(r"附\s?[件表录图]|续?表\s?\d")
_NUMBER = re.compile(r"[-—–－―─·•.\s]*#[-—–－―─·•.\s]*|第\s?#\s?页(?:.{0,3}共\s?#\s?页)?|#\s?/\s?#")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines outside tables and its size, in points; `first` and `last` are where tables begin and end."""

    lines: tuple[TextLine, ...]
    width: float
    height: float
    first: float
    last: float


def margins(sheet: Sheet, neighbours: Mapping[int, Sheet]) -> tuple[int, int]:
    """How many lines at the top and how many at the bottom of a page stand in its margins.

    `neighbours` are the pages around it, by how many pages they come later: what stands there at the same height with
    the same words runs through the document, numbers that count the pages aside.
    """
    alike = {later: other for later, other in neighbours.items() if other.lines and _alike(sheet, other)}
    lines = sheet.lines
    found = [_times(sheet, index, alike) for index in range(len(lines))]
    top = 0
    while top < min(MOST_LINES, len(lines)) and found[top] and _above(sheet, lines[top]):
        top += 1
    while 0 < top < len(lines) and found[top - 1] < SURE and not _set_apart(sheet, top - 1, top):
        top -= 1
    last = len(lines)
    while last > max(top, len(lines) - MOST_LINES) and found[last - 1] and _below(sheet, lines[last - 1]):
        last -= 1
    while top < last < len(lines) and found[last] < SURE and not _set_apart(sheet, last, last - 1):
        last += 1
    return top, len(lines) - last


def _above(sheet: Sheet, line: TextLine) -> bool:
    return line.bottom <= ZONE * sheet.height and line.top <= sheet.first


def _below(sheet: Sheet, line: TextLine) -> bool:
    return line.top >= (1 - ZONE) * sheet.height and line.bottom >= sheet.last


def _set_apart(sheet: Sheet, line: int, inner: int) -> bool:
    """Whether a line in the margin is set apart from the body: by its size, or by more room than lines have.

    The same words may stand at the same height of two pages by chance, as the phrases of laws recur.
    """
    outer, body = sheet.lines[line], sheet.lines[inner]
    if abs(outer.em - body.em) > SMALLER * body.em:
        return True
    steps = sorted(abs(below.base - above.base) for above, below in pairwise(sheet.lines))
    return abs(outer.base - body.base) > APART * steps[len(steps) // 4]


def _alike(sheet: Sheet, other: Sheet) -> bool:
    return abs(sheet.width - other.width) <= SHIFT and abs(sheet.height - other.height) <= SHIFT


def _times(sheet: Sheet, index: int, neighbours: Mapping[int, Sheet]) -> int:
    """On how many pages nearby the line stands as well; `SURE` for a page number that stands alone."""
    line = sheet.lines[index]
    if not (_above(sheet, line) or _below(sheet, line)):
        return 0
    number = _NUMBER.fullmatch(_DIGITS.sub("#", _CHINESE_PAGE.sub("#", line.words)))
    if number is not None and _stands_alone(sheet, index):
        return SURE
    times = 0
    for later, other in neighbours.items():
        edges = (*other.lines[:MOST_LINES], *other.lines[-MOST_LINES:])
        near = (found for found in edges if abs(found.base - line.base) <= SHIFT)
        times += any(_counts_on(line.words, found.words, later) for found in near)
    return times


def _counts_on(words: str, other: str, later: int) -> bool:
    """Whether the words are the same on a page so many later, numbers that count the pages aside.

    A numbered heading or annex counts on, too, where each has a page of its own; it is none.

    >>> _counts_on("公报 · 7 ·", "公报 · 8 ·", 1), _counts_on("附件1", "附件2", 1)
    (True, False)
    """
    if words == other:
        return _PART.match(words) is None
    if _DIGITS.split(words) != _DIGITS.split(other) or _PART.match(words) or _labelled(words):
        return False
    pairs = zip(_DIGITS.findall(words), _DIGITS.findall(other), strict=True)
    return all(one == two or int(two) - int(one) == later for one, two in pairs)


def _labelled(words: str) -> bool:
    label = read_label(words)
    return label is not None and label.end < len(words)


def _stands_alone(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    near = [sheet.lines[at] for at in (index - 1, index + 1) if 0 <= at < len(sheet.lines)]
    room = ALONE * (line.bottom - line.top)
    return all(abs(other.base - line.base) >= room for other in near)
