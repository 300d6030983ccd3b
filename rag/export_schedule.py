"""A document's 序时进度表 as an Excel workbook, ready to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import IO, Final

from openpyxl import Workbook

from corpus.document import Document
from rag.export_table import printable
from rag.export_xlsx import add_styles, begin_sheet, cell_of
from rag.schedule import COLUMNS, Schedule

WIDTHS: Final = (22, 60, 44, 14, 36, 24)
"""The widths of the columns, in half-width characters."""
LONGEST_SHEET_NAME: Final = 31
"""Characters that Excel allows a sheet's name."""
LINE: Final = 16.0
"""Points that a line of a cell takes (12–30)."""
TALLEST: Final = 409.0
"""Points that Excel allows a row."""
_REPEATING: Final = (0, 1)
"""The columns that say the same for neighbouring rows: the action, and the clause within it."""
_NO_SHEET_NAME: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))


def write_schedules(wanted: Sequence[Schedule], file: IO[bytes]) -> None:
    """Writes a workbook with one sheet for each schedule; what repeats from row to row is one tall cell."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    for number, schedule in enumerate(wanted, start=1):
        sheet = begin_sheet(book, _sheet_name(number, schedule.document), COLUMNS, WIDTHS)
        rows = [tuple(printable(cell) for cell in row.cells) for row in schedule.rows]
        for cells in rows:
            sheet.append([cell_of(sheet, cell) for cell in cells])
        for column in _REPEATING:
            for first, last in _runs(rows, column):
                sheet.merge_cells(
                    start_row=first + 2, end_row=last + 2, start_column=column + 1, end_column=column + 1
                )
        for at, lines in enumerate(_heights(rows)):
            sheet.row_dimensions[at + 2].height = min(lines * LINE, TALLEST)
    book.save(file)


def _runs(rows: Sequence[tuple[str, ...]], column: int) -> Iterator[tuple[int, int]]:
    """The first and the last of neighbouring rows, two at least, that are the same up to that column."""
    at = 0
    for _, run in groupby(rows, key=lambda cells: cells[: column + 1]):
        length = len(list(run))
        if length > 1:
            yield at, at + length - 1
        at += length


def _heights(rows: Sequence[tuple[str, ...]]) -> list[float]:
    """The lines that each row is tall: Excel fits no row to a tall cell, whose words would be cut off."""
    alone = [column for column in range(len(WIDTHS)) if column not in _REPEATING]
    heights = [max(_lines(cells, column) for column in alone) for cells in rows]
    for column in _REPEATING:
        runs = dict(_runs(rows, column))
        at = 0
        while at < len(rows):
            last = runs.get(at, at)
            count = last - at + 1
            lacking = _lines(rows[at], column) - sum(heights[at : last + 1])
            for row in range(at, last + 1):
                heights[row] += max(lacking, 0.0) / count
            at = last + 1
    return heights


def _lines(cells: tuple[str, ...], column: int) -> float:
    """The lines that a cell takes, a character of Chinese counted as two of its column's width."""
    return float(max(1, -(-len(cells[column]) * 2 // WIDTHS[column])))


def _sheet_name(number: int, document: Document) -> str:
    """A name that no other sheet has, of characters that Excel allows."""
    place = (document.place or document.id).translate(_NO_SHEET_NAME)
    return f"{number} {place}"[:LONGEST_SHEET_NAME]
