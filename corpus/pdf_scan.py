"""What stands on one page of a PDF: lines of text and ruled tables, from the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from corpus.pdf_breaks import Body, goes_on, is_full
from corpus.pdf_file import LIMITS, PdfLimits
from corpus.pdf_glyphs import Glyphs, Shown, read_glyphs
from corpus.pdf_grid import Grid, Place, find_grids, share_out
from corpus.pdf_lines import TextLine, text_lines
from corpus.pdf_margins import Sheet
from corpus.pdf_rules import Rule, read_rules
from corpus.pdf_words import Words, joined, parted

PADDING: Final = 6.0
"""The room between a cell's rule and its words is no wider than this (points, 2–12)."""
ROOM: Final = 1.5
"""With no more room than this a cell's last line is full, or stands at the cell's bottom, in ems (1–3)."""


@dataclass(frozen=True, slots=True)
class ScannedCell:
    """A cell: its words, how many lines they take, whether the last is full, and whether it stands at the bottom."""

    words: Words = field(default_factory=Words)
    lines: int = 0
    full: bool = False
    low: bool = False


@dataclass(frozen=True, slots=True)
class ScannedTable:
    """A table's rows, each a cell per column (an empty one where cells are merged), and where its columns begin."""

    rows: tuple[tuple[ScannedCell, ...], ...]
    columns: tuple[float, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as scanned: its lines outside tables, its tables, and the words that stand askew, in the file's order."""

    sheet: Sheet
    tables: tuple[ScannedTable, ...]
    askew: Words
    glyphs: Glyphs

    @property
    def empty(self) -> bool:
        """Whether nothing is written on the page."""
        return not (self.sheet.lines or self.tables or self.askew.text)


def scan_page(page: Any, name: str, limits: PdfLimits = LIMITS) -> Scan:
    """Scan one page. Raises UnreadableError for one that exceeds `limits`."""
    shown = Shown(page)
    glyphs = read_glyphs(page, shown, name, limits)
    return scanned(glyphs, read_rules(page, shown, glyphs.turn) if glyphs.upright else ())


def scanned(glyphs: Glyphs, rules: Sequence[Rule]) -> Scan:
    """What characters and rules in their places make, whatever kind of file they were read from."""
    grids = find_grids(rules)
    outside = share_out(glyphs.upright, grids)
    tables = tuple(table for grid in grids if (table := _table(grid)) is not None)
    sheet = Sheet(
        tuple(text_lines(outside)),
        glyphs.width,
        glyphs.height,
        min((table.top for table in tables), default=glyphs.height),
        max((table.bottom for table in tables), default=0.0),
    )
    return Scan(sheet, tables, _askew(glyphs), glyphs)


def _askew(glyphs: Glyphs) -> Words:
    inked = tuple(glyph for glyph in glyphs.skewed if glyph.char != " ")
    return Words("".join(glyph.char for glyph in inked), inked)


def _table(grid: Grid) -> ScannedTable | None:
    """The table a grid holds; None for a drawing without words."""
    if not grid.held:
        return None
    extents = grid.extents()
    empty = ScannedCell()
    cells: dict[Place, ScannedCell] = {
        place: _cell(text_lines(glyphs), *extents[place]) for place, glyphs in grid.held.items()
    }
    rows = tuple(
        tuple(cells.get((row, column), empty) for column in range(len(grid.columns) - 1))
        for row in range(len(grid.rows) - 1)
    )
    kept = tuple(row for row in rows if any(cell.words.text for cell in row))
    return ScannedTable(kept, tuple(grid.columns), grid.top, grid.bottom) if kept else None


def _cell(lines: Sequence[TextLine], left: float, _top: float, right: float, bottom: float) -> ScannedCell:
    """A cell's words: lines joined, its paragraphs parted by two spaces."""
    if not lines:
        return ScannedCell()
    # Words keep the same distance from both rules; a centred line has more.
    right -= min(PADDING, max(0.0, min(line.left for line in lines) - left))
    words = Words.of(lines[0])
    for above, line in pairwise(lines):
        full = is_full(above, line, right, slack=0)
        words = joined(words, Words.of(line)) if full else parted(words, Words.of(line), "  ")
    last = lines[-1]
    room = ROOM * last.em
    return ScannedCell(words, len(lines), right - last.right <= room, bottom - last.bottom <= room)


def paragraphs(lines: Sequence[TextLine], body: Body) -> Iterator[list[TextLine]]:
    """Lines that stand below one another, grouped into paragraphs."""
    paragraph: list[TextLine] = []
    for line in lines:
        if paragraph and not goes_on(paragraph, line, body):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph
