"""Logical lines: what stands between two line ends once the layout is undone, and the parts they fall into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.document import Span

PartKind = Literal["head", "notice", "title", "body", "note", "tail", "annex"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or table row, half-open, in characters of the repaired text.

    `level` counts the Markdown marks (`#`) that stood before it, 0 for none; `row` tells a table row, whose
    cells are parted by tab characters.
    """

    start: int
    end: int
    level: int = 0
    row: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """The repaired text with its logical lines, in order; they leave out nothing but line ends."""

    text: str
    lines: tuple[Line, ...]

    def words(self, index: int) -> str:
        """The words of line `index`."""
        line = self.lines[index]
        return self.text[line.start : line.end]

    def span(self, index: int) -> Span:
        """Where line `index` stands, half-open, in characters of the text."""
        return Span(self.lines[index].start, self.lines[index].end)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of whole lines `[first, last)` with one purpose.

    Lines before `content` are the part's own heading (an annex's title); those from it on are to be outlined.
    """

    kind: PartKind
    first: int
    last: int
    content: int
    key: str = ""
