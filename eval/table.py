"""Rows of cells as a plain aligned table, as Markdown, or as HTML."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

GAP = "  "
_DOUBLE_WIDTH = frozenset("WF")


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows of as many cells; the first column holds names, the others figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Layout = Callable[[Table], str]


def width(text: str) -> int:
    """How many terminal columns the text takes: a Chinese character takes two.

    Example:
        >>> width("襄城 5号")
        8
    """
    return sum(2 if unicodedata.east_asian_width(character) in _DOUBLE_WIDTH else 1 for character in text)


def plain(table: Table) -> str:
    """The table for a terminal: first column to the left, the others to the right."""
    lines = [table.head, *table.rows]
    widths = [max(width(line[column]) for line in lines) for column in range(len(table.head))]
    return "\n".join(GAP.join(_padded(line, widths)).rstrip() for line in lines)


def markdown(table: Table) -> str:
    """The table as Markdown, first column to the left, the others to the right."""
    rule = ("---", *("---:" for _ in table.head[1:]))
    return "\n".join("| " + " | ".join(line) + " |" for line in [table.head, rule, *table.rows])


def as_html(table: Table) -> str:
    """The table as HTML; its words are escaped."""
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in table.head)
    rows = (
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n" for row in table.rows
    )
    return f"<table>\n<tr>{head}</tr>\n{''.join(rows)}</table>"


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    spaces = [" " * (wanted - width(cell)) for cell, wanted in zip(row, widths, strict=True)]
    return [row[0] + spaces[0], *(space + cell for space, cell in zip(spaces[1:], row[1:], strict=True))]
