"""The text of a PDF page, put together with an eye on the pages around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.decoded import GOES_ON, IN_MARGIN
from corpus.labels import read_label
from corpus.pdf_breaks import Body, goes_on, measure
from corpus.pdf_glyphs import Glyph
from corpus.pdf_lines import TextLine
from corpus.pdf_margins import margins
from corpus.pdf_scan import Scan, ScannedCell, ScannedTable, paragraphs
from corpus.pdf_words import Words, line_words
from corpus.wording import is_terminated

REACH: Final = 2
"""So many pages on either side are looked at to read a page: odd and even pages have running heads of their own."""
HEAD_ROWS: Final = 3
"""A table's head takes no more rows than this (1–5)."""
ROWS: Final = 3
"""What so many rows have, every row of their table has (2–6)."""
TALL: Final = 4
"""A cell of so many lines that ends with its page most likely goes on over it (3–10)."""
SAME_COLUMN: Final = 4.0
"""A table goes on over the page when its columns stand where they stood, but for this (points, 2–8)."""


Row = Sequence[ScannedCell]


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or a table of a page's body."""

    lines: tuple[TextLine, ...] = ()
    table: ScannedTable | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """A page with its margins told from its body."""

    above: tuple[TextLine, ...]
    blocks: tuple[_Block, ...]
    below: tuple[TextLine, ...]
    body: Body


def page_words(pages: Mapping[int, Scan]) -> Words:
    """The text of page 0 of `pages`, which holds it and those no more than `REACH + 1` from it, counted from it.

    Lines of a paragraph are one line; a table row is a line with its cells parted by tabs. What goes on from the page
    before is marked, and so is what stands in the margin.
    """
    page = _page(pages, 0)
    before = _page(pages, -1) if -1 in pages else None
    lines = [Words.mark(IN_MARGIN) + Words.of(line) for line in page.above]
    for index, block in enumerate(page.blocks):
        last = before.blocks[-1] if before is not None and before.blocks and not index else None
        if block.table is not None:
            lines.extend(_rows(block.table, last.table if last is not None else None))
            continue
        words = line_words(block.lines)
        if last is not None and last.lines and goes_on(last.lines, block.lines[0], page.body, over_page=True):
            words = Words.mark(GOES_ON) + words
        lines.append(words)
    lines.extend(Words.mark(IN_MARGIN) + Words.of(line) for line in page.below)
    if pages[0].askew.text:
        lines.append(Words.mark(IN_MARGIN) + pages[0].askew)
    return _with_line_ends(lines)


def _with_line_ends(lines: Sequence[Words]) -> Words:
    text = "\n".join(line.text for line in lines)
    glyphs: list[Glyph | None] = []
    for line in lines:
        if glyphs:
            glyphs.append(None)
        glyphs.extend(line.glyphs)
    return Words(text, tuple(glyphs))


def _page(pages: Mapping[int, Scan], at: int) -> _Page:
    """The page at `at` of `pages`, told apart with the pages around it."""
    scan = pages[at]
    near = {
        later: pages[at + later].sheet for later in range(-REACH, REACH + 1) if later and at + later in pages
    }
    top, bottom = margins(scan.sheet, near)
    lines = scan.sheet.lines
    inner = lines[top : len(lines) - bottom]
    alike = [
        sheet.lines[MARGIN_LINES:-MARGIN_LINES]
        for sheet in near.values()
        if (round(sheet.width), round(sheet.height)) == (round(scan.sheet.width), round(scan.sheet.height))
    ]
    body = measure([inner, *alike], scan.sheet.width)
    return _Page(lines[:top], tuple(_blocks(inner, scan.tables, body)), lines[len(lines) - bottom :], body)


MARGIN_LINES: Final = 2
"""So many lines at either end of the pages around are left out while the body is measured (1–4)."""


def _blocks(lines: Sequence[TextLine], tables: Sequence[ScannedTable], body: Body) -> Iterator[_Block]:
    """Paragraphs and tables from the top; a paragraph ends at a table."""
    start = 0
    for table in tables:
        end = start
        while end < len(lines) and lines[end].base < (table.top + table.bottom) / 2:
            end += 1
        for paragraph in paragraphs(lines[start:end], body):
            yield _Block(tuple(paragraph))
        yield _Block(table=table)
        start = end
    for paragraph in paragraphs(lines[start:], body):
        yield _Block(tuple(paragraph))


def _rows(table: ScannedTable, above: ScannedTable | None) -> Iterator[Words]:
    """A table's rows as lines; where it goes on from `above`, its head once more and a broken row are marked."""
    rows = table.rows
    if above is not None and not _same_columns(table, above):
        above = None
    first = _repeated(rows, above.rows) if above is not None else 0
    for index, row in enumerate(rows):
        words = _row(row)
        if index < first:
            words = Words.mark(IN_MARGIN) + words
        elif index == first and above is not None and _row_goes_on(above.rows, rows[first:]):
            words = Words.mark(GOES_ON) + words
        yield words


def _row(row: Sequence[ScannedCell]) -> Words:
    words = Words()
    for index, cell in enumerate(row):
        words = (words + Words.mark("\t") if index else words) + cell.words
    return words


def _same_columns(table: ScannedTable, above: ScannedTable) -> bool:
    return len(table.columns) == len(above.columns) and all(
        abs(one - other) <= SAME_COLUMN for one, other in zip(table.columns, above.columns, strict=True)
    )


def _repeated(rows: Sequence[Sequence[ScannedCell]], above: Sequence[Sequence[ScannedCell]]) -> int:
    """How many rows at the top repeat the head of the table above."""
    count = 0
    for row, head in zip(rows[:HEAD_ROWS], above, strict=False):
        if [cell.words.text for cell in row] != [cell.words.text for cell in head]:
            break
        count += 1
    return count if count < len(rows) else 0


def _row_goes_on(above: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether the first row goes on with the last above the page's end, whose words fill their cells to the bottom.

    A row that goes on has words only where that one has. It lacks what all other rows have (a number), or words run
    on in it; a new row below merged cells looks much the same, but for a label or for short cells.
    """
    last, row = above[-1], rows[0]
    pairs = [(upper, cell) for upper, cell in zip(last, row, strict=True) if cell.words.text]
    if not all(upper.words.text and upper.low for upper, _ in pairs):
        return False
    # The first row above may go on from a page before.
    others = [*above[1:], *rows[1:]]
    if len(others) >= ROWS and any(
        not cell.words.text and all(other[column].words.text for other in others)
        for column, cell in enumerate(row)
    ):
        return True
    broken = [
        not is_terminated(upper.words.text) and (upper.full or upper.lines >= TALL) for upper, _ in pairs
    ]
    if len(pairs) == sum(1 for upper in last if upper.words.text):
        return all(broken)
    return any(broken) and read_label(pairs[0][1].words.text) is None
