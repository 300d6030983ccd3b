"""Words of a document as HTML, some of them marked; all text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from corpus.document import Cell


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch, half-open, in characters of the text that is painted.

    `style` becomes the `class` of the `<mark>`, `note` its tooltip, `anchor` its id. Where marks overlap the one
    with the higher `level` shows, then the one that starts first.
    """

    start: int
    end: int
    style: str
    level: int = 0
    note: str | None = None
    anchor: str | None = None


def paint(text: str, start: int, end: int, marks: Iterable[Mark] = ()) -> str:
    """`text[start:end]` as HTML with the marks that reach into it.

    >>> paint("于2024年底前<完成>", 0, 13, [Mark(1, 8, "answers")])
    '于<mark class="answers">2024年底前</mark>&lt;完成&gt;'
    """
    within = sorted(
        (mark for mark in marks if mark.start < end and mark.end > start), key=lambda m: (-m.level, m.start)
    )
    bounds = {start, end, *(max(m.start, start) for m in within), *(min(m.end, end) for m in within)}
    pieces = [(_shown(within, low), low, high) for low, high in pairwise(sorted(bounds))]
    html = []
    for mark, group in groupby(pieces, key=lambda piece: piece[0]):
        run = list(group)
        words = escape(text[run[0][1] : run[-1][2]])
        html.append(
            words
            if mark is None
            else f"{_opening_tag(mark, run[0][1] <= max(mark.start, start))}{words}</mark>"
        )
    return "".join(html)


def _shown(marks: list[Mark], at: int) -> Mark | None:
    return next((mark for mark in marks if mark.start <= at < mark.end), None)


def _opening_tag(mark: Mark, first: bool) -> str:
    anchor = f' id="{escape(mark.anchor)}"' if mark.anchor and first else ""
    note = f' title="{escape(mark.note)}"' if mark.note else ""
    return f'<mark{anchor} class="{escape(mark.style)}"{note}>'


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch less the white space at its ends.

    >>> trimmed("  甲乙 ", 0, 5)
    (2, 4)
    """
    words = text[start:end]
    if not words.strip():
        return start, start
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def origin(cell: Cell) -> str:
    """The style of a table cell: its "own" words, or those "inherited" from the cell above."""
    return "inherited" if cell.inherited else "own"
