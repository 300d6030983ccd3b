"""How many words and blocks each element of a web page holds, and which elements say nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from corpus.web_lines import BLOCKS

PLACED_SHARE: Final = 0.8
"""A table whose one cell holds this share of its words only places things (0.6–1)."""
PLACED_LEAST: Final = 1_000
"""Such a cell holds at least so many characters (300–5,000)."""

_SILENT: Final = frozenset(
    {
        "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio",
        "video", "map", "select", "datalist", "textarea", "button", "input", "rt", "rp", "del", "dialog", "noframes",
        "link", "meta", "title",
    }
)  # fmt: skip
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


@dataclass(slots=True)
class _Count:
    words: int = 0
    blocks: int = 0
    cells: int = 0
    """Of a row: its cells that hold words."""
    widest: int = 0
    """Of a table: the most such cells in one of its rows."""
    rows: int = 0
    inner: int = 0
    """Of a table: the words of the longest table within it."""
    cell: int = 0
    """Of a table: the words of its longest cell."""

    def take(self, other: _Count) -> None:
        self.words += other.words
        self.blocks += other.blocks


@dataclass(slots=True)
class Measured:
    """The measures of a page's elements, words counted in characters outside links, white space aside."""

    silent: frozenset[Any] = frozenset()
    """Elements that show no words of the page: scripts, hidden parts, controls."""
    placing: frozenset[Any] = frozenset()
    """Tables that only place things: of one cell a row, or with a cell that is nearly all of the page."""
    total: int = 0
    counts: dict[Any, _Count] = field(default_factory=dict)

    def weight(self, element: Any) -> int:
        """How many characters the element holds; 0 for one left out."""
        return self.counts[element].words if element in self.counts else 0

    def blocks(self, element: Any) -> int:
        """How many blocks and line breaks the element holds."""
        return self.counts[element].blocks if element in self.counts else 0


def measured(root: Any, left_out: Collection[Any] = ()) -> Measured:
    """Measure every element of a page but those left out, in one walk."""
    from lxml import etree

    silent: set[Any] = set()
    placing: set[Any] = set()
    counts: dict[Any, _Count] = {}
    open_counts: list[_Count] = [_Count()]
    tables: list[_Count] = []
    links = 0
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if element in left_out or _is_silent(element):
                silent.add(element)
                walk.skip_subtree()
                continue
            links += tag == "a"
            open_counts.append(_Count(0 if links else _length(element.text)))
            if tag == "table":
                tables.append(open_counts[-1])
            continue
        above = open_counts[-1]
        if event == "end" and element not in silent:
            links -= tag == "a"
            own = open_counts.pop()
            above = open_counts[-1]
            own.blocks += tag in BLOCKS
            counts[element] = own
            above.take(own)
            if tables:
                _tabulate(tag, own, above, tables)
            if tag == "table" and _only_places(element, own):
                placing.add(element)
        if not links:
            above.words += _length(element.tail)
    return Measured(frozenset(silent), frozenset(placing), open_counts[0].words, counts)


def _tabulate(tag: str, own: _Count, above: _Count, tables: list[_Count]) -> None:
    """Tell the table an element stands in what it adds to its shape."""
    if tag == "table":
        tables.pop()
        if tables:
            tables[-1].inner = max(tables[-1].inner, own.words)
    elif tag in ("td", "th"):
        above.cells += own.words > 0
        tables[-1].cell = max(tables[-1].cell, own.words)
    elif tag == "tr":
        tables[-1].widest = max(tables[-1].widest, own.cells)
        tables[-1].rows += own.cells > 0


def _only_places(table: Any, own: _Count) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    if own.widest <= 1:
        return own.rows <= 1 or own.cell >= PLACED_SHARE * own.words
    long_cell = own.cell >= max(PLACED_LEAST, PLACED_SHARE * own.words)
    return long_cell or own.inner >= max(1, PLACED_SHARE * own.words)


def _is_silent(element: Any) -> bool:
    return (
        element.tag in _SILENT
        or element.get("hidden") is not None
        or element.get("aria-hidden", "").lower() == "true"
        or _HIDING.search(element.get("style", "")) is not None
    )


def _length(words: str | None) -> int:
    return len("".join(words.split())) if words else 0
