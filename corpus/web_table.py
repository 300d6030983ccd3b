"""A table of a web page as its rows come: merged cells leave empty ones, a nested table is its cell's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

WIDEST_SPAN: Final = 100
"""A cell spans no more columns than this (10–1,000)."""
LONGEST_SPAN: Final = 65_534
"""A cell spans no more rows than this, as the HTML standard has it; 0 means all that follow."""


@dataclass(slots=True)
class Table:
    """One table: takes its elements and the lines of its cells in order, and hands on its rows."""

    element: Any
    nested: int = 0
    row: list[tuple[str, int, int]] | None = None
    cell: list[str] | None = None
    held: dict[int, int] = field(default_factory=dict)
    """For how many rows more a cell from above covers each column."""

    @property
    def in_cell(self) -> bool:
        """Whether words that come now are a cell's."""
        return self.cell is not None

    def open(self, element: Any) -> None:
        """Take the start of an element inside the table."""
        if element.tag == "table":
            self.nested += 1
        elif not self.nested and element.tag == "tr":
            self.row = []
        elif not self.nested and element.tag in ("td", "th"):
            self.row = self.row or []
            self.cell = []

    def say(self, line: str) -> None:
        """Take a line of the open cell."""
        if self.cell is not None:
            self.cell.append(line)

    def close(self, element: Any) -> str | None:
        """Take the end of an element; a row that ends is handed on, unless all of it is empty."""
        if element.tag == "table" and element is not self.element:
            self.nested -= 1
        elif self.nested:
            return None
        elif element.tag in ("td", "th") and self.row is not None and self.cell is not None:
            across = min(_span(element.get("colspan")) or 1, WIDEST_SPAN)
            down = _span(element.get("rowspan"))
            self.row.append(("  ".join(self.cell), across, LONGEST_SPAN if down == 0 else down))
            self.cell = None
        elif element.tag in ("tr", "table") and self.row is not None:
            cells, self.row = self._placed(self.row), None
            return "\t".join(cells) if any(cells) else None
        return None

    def _placed(self, row: list[tuple[str, int, int]]) -> list[str]:
        """The cells column by column, empty where one from the left or from above covers the column."""
        cells: list[str] = []
        begun: dict[int, int] = {}
        for words, across, down in row:
            while len(cells) in self.held:
                cells.append("")
            for offset in range(across):
                if down > 1:
                    begun[len(cells)] = down - 1
                cells.append("" if offset else words)
        cells += [""] * (max(self.held, default=-1) + 1 - len(cells))
        self.held = {column: left - 1 for column, left in self.held.items() if left > 1}
        self.held.update(begun)
        return cells


def _span(said: str | None) -> int:
    found = re.fullmatch(r"\s*(\d{1,6})\s*", said or "")
    return min(int(found[1]), LONGEST_SPAN) if found else 1
