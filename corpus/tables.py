"""Table rows become clauses that know their columns, and the cells they inherit from merged ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.document import Cell, Span
from corpus.labels import Label, read_label
from corpus.line import Line, Lines
from corpus.tree import Draft

HEAD_CELL: Final = 15
"""A column's name is no longer than this, in characters."""
ENTRY_LENGTH: Final = 30
"""A row's item is named in its path by no more than its first so many characters, white space aside."""

_NOT_IN_HEAD = re.compile(r"[。；]|^\d")
_PHRASE = re.compile(r"[^，。；：]*")
_OPENING = re.compile(rf"(?:\s*\S){{0,{ENTRY_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its line, and its cells column by column as spans (zero-width where empty)."""

    line: Line
    cells: tuple[Span, ...]

    def filled(self) -> list[int]:
        return [column for column, cell in enumerate(self.cells) if len(cell)]


def tabulate(lines: Lines, first: int, last: int, above: int | None = None) -> tuple[int, list[Draft]]:
    """Read the table on lines `[first, last)`; return how many lines are its head (0 or 1), and its rows as drafts.

    A row whose leading empty cells were lost is set right by the column its kind of label usually stands in. An
    empty cell inherits the words above it where cells were merged: the group (the first column) for every row of
    the group, all columns for a row that goes on with the item above. The drafts' `above` is `above`, or an
    index among the drafts returned, offset by nothing.
    """
    rows = [_row(lines, lines.lines[index]) for index in range(first, last)]
    width = max(len(row.cells) for row in rows)
    head = 1 if len(rows) > 1 and _is_head(lines.text, rows[0]) else 0
    names = [lines.text[cell.start : cell.end] for cell in rows[0].cells] if head else []
    names += [f"第{column + 1}列" for column in range(len(names), width)]
    table = _Table(lines.text, names, _aligned(lines.text, rows[head:], width))
    return head, table.drafts(above)


def _row(lines: Lines, line: Line) -> _Row:
    cells, at = [], line.start
    for words in lines.text[line.start : line.end].split("\t"):
        cells.append(Span(at, at + len(words)))
        at += len(words) + 1
    return _Row(line, tuple(cells))


def _is_head(text: str, row: _Row) -> bool:
    words = [text[cell.start : cell.end] for cell in row.cells]
    return all(0 < len(word) <= HEAD_CELL and not _NOT_IN_HEAD.search(word) for word in words)


def _label(text: str, cell: Span) -> Label | None:
    return read_label(text[cell.start : cell.end])


def _aligned(text: str, rows: Sequence[_Row], width: int) -> list[_Row]:
    """Rows with every cell in its column: those that start too far left are moved right, into empty columns."""
    homes: dict[str, Counter[int]] = {}
    for row in rows:
        for column, cell in enumerate(row.cells):
            label = _label(text, cell)
            if label:
                homes.setdefault(label.form, Counter())[column] += 1
    usual = {form: columns.most_common(1)[0][0] for form, columns in homes.items()}
    aligned = []
    for row in rows:
        cells = row.cells + (Span(row.line.start, row.line.start),) * (width - len(row.cells))
        filled = _Row(row.line, cells).filled()
        label = _label(text, cells[filled[0]]) if filled else None
        shift = usual[label.form] - filled[0] if label else 0
        if 0 < shift < width - filled[-1]:
            cells = (Span(row.line.start, row.line.start),) * shift + cells[: width - shift]
        aligned.append(_Row(row.line, cells))
    return aligned


class _Table:
    """Walks the rows, remembering the group, the item and the cells above."""

    def __init__(self, text: str, names: Sequence[str], rows: Sequence[_Row]) -> None:
        self.text, self.names, self.rows = text, names, rows
        self.item_column = self._item_column()

    def _item_column(self) -> int | None:
        """The column whose numbered items count on from row to row; None where cells hold lists of their own."""
        numbers: dict[int, set[int]] = {}
        for row in self.rows:
            for column, cell in enumerate(row.cells):
                label = _label(self.text, cell)
                if label and label.form == "1.":
                    numbers.setdefault(column, set()).add(label.number)
        counting = {column: len(seen) for column, seen in numbers.items() if len(seen) > 1}
        return max(counting, key=lambda column: counting[column]) if counting else None

    def drafts(self, above: int | None) -> list[Draft]:
        held: list[Span | None] = [None] * len(self.names)
        keys: tuple[str, ...] = ()
        path: tuple[str, ...] = ()
        labels: tuple[str, ...] = ()
        times: Counter[tuple[str, ...]] = Counter()
        drafts = []
        for index, row in enumerate(self.rows):
            cells = self._inherited(index, row, held)
            keys, path, labels = self._place(cells)
            times[keys] += 1
            row_name = f"行{times[keys]}"
            lead = self.item_column is not None and len(keys) == 1 and self._is_lead(row)
            own = () if lead else (row_name,)
            shown = () if lead else (f"第{times[keys]}行",)
            drafts.append(
                Draft(
                    "row", "/".join(keys + own), path + shown, labels + shown, row.line.start, row.line.end,
                    above, cells=tuple(cells),
                )
            )  # fmt: skip
        return drafts

    def _is_lead(self, row: _Row) -> bool:
        """Whether the row introduces a group: in its item column stand words that are no numbered item."""
        column = self.item_column
        if column is None or not len(row.cells[column]) or _label(self.text, row.cells[column]):
            return False
        return all(other <= column for other in row.filled())

    def _inherited(self, index: int, row: _Row, held: list[Span | None]) -> list[Cell]:
        """The row's cells, the empty ones filled from the merged cells above (or, for a group's lead, below)."""
        item = self.item_column
        if item is not None:
            if self._is_lead(row) or len(row.cells[item]):
                # A new item, or a new group: nothing right of the group runs on from the row above.
                held[item:] = [None] * (len(held) - item)
            if item and self._is_lead(row) and not len(row.cells[0]):
                held[0] = self._group_below(index)
        cells = []
        for column, cell in enumerate(row.cells):
            if len(cell):
                held[column] = cell
            source = held[column] if item is not None else None
            span = cell if len(cell) or source is None else source
            cells.append(
                Cell(
                    self.names[column],
                    self.text[span.start : span.end],
                    span,
                    not len(cell) and source is not None,
                )
            )
        return cells

    def _group_below(self, index: int) -> Span | None:
        for row in self.rows[index + 1 :]:
            if len(row.cells[0]):
                return row.cells[0]
        return None

    def _place(self, cells: Sequence[Cell]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The keys, path entries and labels of a row: its group, then its item, as far as they are labelled."""
        keys: list[str] = []
        path: list[str] = []
        labels: list[str] = []
        if self.item_column is None:
            return (), (), ()
        for cell in cells[: self.item_column + 1]:
            label = read_label(cell.text)
            if label:
                keys.append(label.key)
                phrase = _PHRASE.match(cell.text, label.end)
                # Where a cell's lines end and words are spaced is no part of what its item is called.
                opening = _OPENING.match(phrase[0].replace("  ", "")) if phrase else None
                words = opening[0] if opening else ""
                path.append(label.text + words)
                labels.append(label.text)
        return tuple(keys), tuple(path), tuple(labels)
