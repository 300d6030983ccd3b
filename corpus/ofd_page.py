"""One page of an OFD file: its characters and the straight lines drawn on it, in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, Final

from corpus.errors import UnreadableError
from corpus.pdf_file import LIMITS
from corpus.pdf_glyphs import Glyph, Glyphs
from corpus.pdf_rules import MOST_SEGMENTS, SHORTEST, THIN, Rule

POINTS: Final = 72 / 25.4
"""Points to a millimetre, in which OFD counts."""
A4: Final = (210.0, 297.0)
"""The size of a page that states none, in millimetres."""
ASCENT: Final = 0.88
"""The part of a character above the base line; the rest is below."""
HALF_WIDE: Final = 0.5
"""An ASCII character without a step of its own is so many times its size wide (0.4–0.7)."""
ASKEW: Final = 0.1
"""Words turned by more than this (the tangent, 0.01–0.3) do not stand upright."""

_CTM: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NUMBER: Final = r"[-+]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})(?:[eE][-+]?\d{1,2})?"
_NUMBERS = re.compile(_NUMBER)
_DELTAS = re.compile(rf"g|{_NUMBER}")
_PATH = re.compile(rf"[SMLQBAC]|{_NUMBER}")
_BREAKING = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_POINT: Final = 2


class Frame:
    """Where a page object stands: maps its own coordinates to points from the page's top left corner."""

    def __init__(self, element: Any) -> None:
        self.left, self.top, *_ = (*numbers(element.get("Boundary")), 0.0, 0.0)
        found = numbers(element.get("CTM"))
        self.ctm = found if len(found) == len(_CTM) else list(_CTM)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the object is on the page."""
        a, b, c, d, e, f = self.ctm
        return (self.left + a * x + c * y + e) * POINTS, (self.top + b * x + d * y + f) * POINTS

    @property
    def upright(self) -> bool:
        """Whether what it holds runs from left to right."""
        return self.ctm[0] > 0 and abs(self.ctm[1]) <= ASKEW * self.ctm[0]


def page_glyphs(layers: Sequence[Any], size: tuple[float, float], name: str) -> Glyphs:
    """The characters of a page, its template's first; raises UnreadableError for more than a PDF page may have."""
    upright: list[Glyph] = []
    skewed: list[Glyph] = []
    for layer in layers:
        for element in layer.iter("{*}TextObject"):
            if element.get("Visible", "true").lower() == "false":
                continue
            frame = Frame(element)
            (upright if frame.upright else skewed).extend(_characters(element, frame))
            if len(upright) + len(skewed) > LIMITS.page_characters:
                raise UnreadableError(
                    f"{name}: more than {LIMITS.page_characters:,} characters on one page; split the page"
                )
    return Glyphs(tuple(upright), tuple(skewed), size[0] * POINTS, size[1] * POINTS)


def page_rules(layers: Sequence[Any]) -> list[Rule]:
    """The straight lines along an axis that are drawn on a page: what its tables are ruled with."""
    segments = (
        segment
        for layer in layers
        for element in layer.iter("{*}PathObject")
        for segment in _segments(element)
    )
    return [rule for segment in islice(segments, MOST_SEGMENTS) if (rule := _rule(*segment)) is not None]


def _characters(element: Any, frame: Frame) -> Iterator[Glyph]:
    """A text object's characters; X and Y say where a code's base line begins, else the last one's are kept."""
    size = next(iter(numbers(element.get("Size"))), 0.0)
    wide = next(iter(numbers(element.get("HScale"))), 1.0)
    x = y = 0.0
    for code in element.iter("{*}TextCode"):
        x = next(iter(numbers(code.get("X"))), x)
        y = next(iter(numbers(code.get("Y"))), y)
        text = "".join(code.itertext())
        across, down = deltas(code.get("DeltaX", ""), len(text)), deltas(code.get("DeltaY", ""), len(text))
        at_x, at_y = x, y
        for index, character in enumerate(text):
            width = size * wide * (HALF_WIDE if character.isascii() else 1.0)
            left, top = frame.point(at_x, at_y - ASCENT * size)
            right, bottom = frame.point(at_x + width, at_y + (1 - ASCENT) * size)
            yield Glyph(
                _BREAKING.sub(" ", character),
                min(left, right), min(top, bottom), max(left, right), max(top, bottom),
            )  # fmt: skip
            at_x += across[index] if index < len(across) else (0.0 if index < len(down) else width)
            at_y += down[index] if index < len(down) else 0.0


def deltas(said: str, most: int) -> list[float]:
    """The steps from character to character, of which `g 3 2.5` says one three times; no more than `most`.

    >>> deltas("5 g 2 3.5 4", 10)
    [5.0, 3.5, 3.5, 4.0]
    """
    steps: list[float] = []
    marks = iter(_DELTAS.findall(said))
    for mark in marks:
        if len(steps) >= most:
            break
        if mark != "g":
            steps.append(float(mark))
            continue
        times, step = next(marks, "g"), next(marks, "g")
        if "g" not in (times, step):
            steps += [float(step)] * max(0, int(min(float(times), most - len(steps))))
    return steps


def _segments(element: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a path, as points of the page: from x, y to x, y."""
    frame = Frame(element)
    for data in element.iter("{*}AbbreviatedData"):
        begun: tuple[float, float] | None = None
        last: tuple[float, float] | None = None
        for operator, places in _drawn("".join(data.itertext())):
            points = [frame.point(x, y) for x, y in places]
            if operator in "SM" and points:
                begun = last = points[-1]
            elif operator == "L" and last is not None:
                for start, end in pairwise([last, *points]):
                    yield (*start, *end)
                last = points[-1] if points else last
            elif operator == "C" and last is not None and begun is not None:
                yield (*last, *begun)
                last = begun
            elif points:
                last = points[-1]


def _drawn(said: str) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """A path's operators, each with its points; an arc's last numbers are its end."""
    operator, held = "", []
    for mark in (*_PATH.findall(said), ""):
        if mark and not mark.isalpha():
            held.append(float(mark))
            continue
        if operator:
            tail = held[-_POINT:] if operator == "A" else held
            yield operator, list(zip(tail[::2], tail[1::2], strict=False))
        operator, held = mark, []


def _rule(x: float, y: float, end_x: float, end_y: float) -> Rule | None:
    across, down = abs(end_x - x), abs(end_y - y)
    if down <= THIN and across >= SHORTEST:
        return Rule(True, (y + end_y) / 2, min(x, end_x), max(x, end_x))
    if across <= THIN and down >= SHORTEST:
        return Rule(False, (x + end_x) / 2, min(y, end_y), max(y, end_y))
    return None


def numbers(said: str | None) -> list[float]:
    """The numbers an attribute holds, parted by anything.

    >>> numbers("0 0 210 297.5")
    [0.0, 0.0, 210.0, 297.5]
    """
    return [float(found) for found in _NUMBERS.findall(said or "")]
