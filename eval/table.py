"""Rows of cells as a plain aligned table, or as Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

GAP = "  "
_DOUBLE_WIDTH = frozenset("WF")


def width(text: str) -> int:
    """How many terminal columns the text takes: a Chinese character takes two.

    Example:
        >>> width("襄城 5号")
        8
    """
    return sum(2 if unicodedata.east_asian_width(character) in _DOUBLE_WIDTH else 1 for character in text)


def plain(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The table for a terminal: first column to the left, the others to the right."""
    table = [head, *rows]
    widths = [max(width(row[column]) for row in table) for column in range(len(head))]
    return "\n".join(GAP.join(_padded(row, widths)).rstrip() for row in table)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The table as Markdown, first column to the left, the others to the right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows])


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    spaces = [" " * (wanted - width(cell)) for cell, wanted in zip(row, widths, strict=True)]
    return [row[0] + spaces[0], *(space + cell for space, cell in zip(spaces[1:], row[1:], strict=True))]
