"""The straight lines drawn on a PDF page: what its tables are ruled with."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple

from corpus.pdf_file import raw
from corpus.pdf_glyphs import Box, Shown, turned

THIN: Final = 3.0
"""A drawn bar no thicker than this (points, 1–5) is a rule."""
SHORTEST: Final = 4.0
"""A rule is at least so long (points, 2–10)."""
FORM_DEPTH: Final = 4
"""Forms inside forms are looked into no deeper than this (1–10)."""
MOST_SEGMENTS: Final = 50_000
"""So many pieces of paths are looked at on one page (1,000–1,000,000)."""


class Rule(NamedTuple):
    """A straight line along one axis: at `at`, from `start` to `end`, in points from the page's top left corner."""

    across: bool
    at: float
    start: float
    end: float


def read_rules(page: Any, shown: Shown, turns: int = 0) -> list[Rule]:
    """The rules of a page after so many quarter turns: thin bars, strokes along an axis, sides of stroked figures."""
    width, height = page.get_size()
    boxes = (turned(box, turns, width, height) for box in _Paths(page, shown).boxes())
    return [rule for box in boxes if (rule := _rule(*box)) is not None]


def _rule(left: float, top: float, right: float, bottom: float) -> Rule | None:
    width, height = right - left, bottom - top
    if height <= THIN and width >= SHORTEST and width > height:
        return Rule(True, (top + bottom) / 2, left, right)
    if width <= THIN and height >= SHORTEST and height > width:
        return Rule(False, (left + right) / 2, top, bottom)
    return None


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[_Matrix] = (1, 0, 0, 1, 0, 0)


class _Paths:
    """Walks a page's paths, forms included."""

    def __init__(self, page: Any, shown: Shown) -> None:
        self.page, self.shown = page, shown
        self.left = MOST_SEGMENTS
        self.pdfium = raw()

    def boxes(self) -> Iterator[Box]:
        pdfium, page = self.pdfium, self.page
        objects = (
            pdfium.FPDFPage_GetObject(page, index) for index in range(pdfium.FPDFPage_CountObjects(page))
        )
        yield from self._objects(objects, _IDENTITY, 0)

    def _objects(self, objects: Iterator[Any], matrix: _Matrix, depth: int) -> Iterator[Box]:
        pdfium = self.pdfium
        for drawn in objects:
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield from self._path(drawn, _times(self._matrix(drawn), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
                inner = (
                    pdfium.FPDFFormObj_GetObject(drawn, index)
                    for index in range(pdfium.FPDFFormObj_CountObjects(drawn))
                )
                yield from self._objects(inner, _times(self._matrix(drawn), matrix), depth + 1)

    def _matrix(self, drawn: Any) -> _Matrix:
        found = self.pdfium.FS_MATRIX()
        if not self.pdfium.FPDFPageObj_GetMatrix(drawn, found):
            return _IDENTITY
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _path(self, path: Any, matrix: _Matrix) -> Iterator[Box]:
        """The boxes of a path's parts: each side where it is stroked, each filled figure as a whole."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self.pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        for figure in self._figures(path, matrix):
            if stroke.value:
                for (ax, ay), (bx, by) in pairwise(figure):
                    yield self.shown.box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            elif fill.value:
                across, up = [x for x, _ in figure], [y for _, y in figure]
                yield self.shown.box(min(across), min(up), max(across), max(up))

    def _figures(self, path: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
        """The points of each figure of a path, the first once more where the figure is closed."""
        pdfium = self.pdfium
        a, b, c, d, e, f = matrix
        x, y = ctypes.c_float(), ctypes.c_float()
        figure: list[tuple[float, float]] = []
        for index in range(min(pdfium.FPDFPath_CountSegments(path), self.left)):
            self.left -= 1
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and figure:
                yield figure
                figure = []
            figure.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                figure.append(figure[0])
        if figure:
            yield figure


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """The matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip
