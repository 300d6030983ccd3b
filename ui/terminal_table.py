"""Rows of words as a table for a terminal, in which a Chinese character takes two columns."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

GAP = "  "
LEAST = 4
"""Columns that a cell takes at least: two Chinese characters."""
CLOSING = frozenset("，。；：、！？）》〉」』”’％,.;:!?)%")
"""Marks that no line begins with."""
_WIDE = frozenset("WF")
LEAST_WIDTH, MOST_WIDTH = 72, 200
"""Columns that a table takes at least, and at most (40–500)."""


def table_lines(
    headings: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int], width: int
) -> Iterator[str]:
    """The table line by line, at most `width` columns wide; a cell that is too long goes on below.

    `shares` say how the columns part what is left of the width by those of share 0, which are as wide as their words.
    """
    widths = _widths(headings, rows, shares, width)
    yield from _row(headings, widths)
    yield GAP.join("─" * one for one in widths)
    for row in rows:
        yield from _row(row, widths)


def terminal_width() -> int:
    """The columns that a table has in this terminal."""
    return min(max(shutil.get_terminal_size().columns, LEAST_WIDTH), MOST_WIDTH)


def shown_width(text: str) -> int:
    """How many columns of a terminal the text takes.

    >>> shown_width("2024年")
    6
    """
    return sum(_columns(character) for character in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns; a closing mark takes the character before it to the next line.

    >>> wrapped("完成改造任务。", 12)
    ['完成改造任', '务。']
    """
    lines, line = [], ""
    for character in " ".join(text.split()):
        if line and shown_width(line + character) > width:
            carried = line[-1] if character in CLOSING and len(line) > 1 else ""
            lines.append(line[: len(line) - len(carried)])
            line = carried
        line += character
    return [*lines, line]


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _widths(
    headings: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int], width: int
) -> list[int]:
    natural = [max(map(shown_width, column)) for column in zip(headings, *rows, strict=True)]
    fixed = sum(one for one, share in zip(natural, shares, strict=True) if not share)
    left = width - fixed - len(GAP) * (len(headings) - 1)
    return [
        max(LEAST, min(one, left * share // sum(shares))) if share else max(LEAST, one)
        for one, share in zip(natural, shares, strict=True)
    ]


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for line in zip_longest(*columns, fillvalue=""):
        padded = (
            words + " " * (width - shown_width(words)) for words, width in zip(line, widths, strict=True)
        )
        yield GAP.join(padded).rstrip()
