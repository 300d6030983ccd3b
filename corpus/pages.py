"""What a page does to its text: page numbers, running headers, a table's head once more, lines and rows broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from corpus.labels import read_label
from corpus.physical import Piece
from corpus.wording import is_terminated, is_title

FULL_LINE: Final = 25
"""A line of at least so many characters that stops inside a sentence was broken by the page, not by the writer."""
HEADER_LENGTH: Final = 40
"""A running header is no longer than this, in characters."""
HEADER_REPEATS: Final = 3
"""A short line that stands so often is a running header if it also breaks sentences."""
SHORTEST_HEADER: Final = 4
"""A running header has at least so many characters."""
NUMBERED_PAGES: Final = 3
"""Bare numbers on lines of their own are page numbers when there are so many and they count on."""
FIRST_PAGE: Final = 2
"""Bare page numbers begin no later than this."""

_PAGE_NUMBER = re.compile(
    r"[-—–－―─·•]\s*\d{1,4}\s*[-—–－―─·•]|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_CLAUSE_MARK = re.compile(r"[，。；：,;]|、$")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_BARE_NUMBER = re.compile(r"\d{1,4}")


def without_page_numbers(pieces: list[Piece]) -> list[Piece]:
    """Drop page numbers; the lines beside them learn that a page ends or begins there."""
    bare = [index for index, piece in enumerate(pieces) if _BARE_NUMBER.fullmatch(piece.words)]
    values = [int(pieces[index].words) for index in bare]
    counting = len(bare) >= NUMBERED_PAGES and all(after == before + 1 for before, after in pairwise(values))
    numbers = set(bare) if counting and values[0] <= FIRST_PAGE else set()
    kept: list[Piece] = []
    for index, piece in enumerate(pieces):
        if index in numbers or (not piece.row and _PAGE_NUMBER.fullmatch(piece.words)):
            if kept:
                kept[-1].page_end = True
            if index + 1 < len(pieces):
                pieces[index + 1].page_top = True
        else:
            kept.append(piece)
    return kept


def without_running_headers(pieces: list[Piece]) -> list[Piece]:
    """Drop a table's repeated head, and a short line that stands again at the top or end of pages."""
    times = Counter(piece.words for piece in pieces if not piece.row and len(piece.words) <= HEADER_LENGTH)
    dropped = set(_repeated_heads(pieces, times))
    seen: set[str] = set()
    for index, piece in enumerate(pieces):
        if piece.row or times[piece.words] <= 1:
            continue
        if piece.words in seen and _is_running_header(pieces, index, times[piece.words], dropped):
            dropped.add(index)
        seen.add(piece.words)
    return [piece for index, piece in enumerate(pieces) if index not in dropped]


def _repeated_heads(pieces: list[Piece], times: Counter[str]) -> Iterator[int]:
    """The rows that repeat their table's first row: its head on every page.

    A table goes on over lines that are themselves repeated (its title above each head).
    """
    head, inside = "", False
    for index, piece in enumerate(pieces):
        if not piece.row:
            inside = inside and times[piece.words] > 1
        elif not inside:
            head, inside = piece.words, True
        elif piece.words == head and all(head.split("\t")):
            yield index


def _is_running_header(pieces: list[Piece], index: int, times: int, dropped: set[int]) -> bool:
    piece = pieces[index]
    if is_terminated(piece.words) or _CLAUSE_MARK.search(piece.words):
        return False
    if read_label(piece.words):
        return False
    if index + 1 in dropped:
        return True
    if len(piece.words) < SHORTEST_HEADER:
        return False
    if piece.page_top or piece.page_end:
        return True
    before = pieces[index - 1]
    if before.row or len(before.words) < FULL_LINE or is_title(before.words):
        return False
    return times >= HEADER_REPEATS and not is_terminated(before.words) and before.words[-1] not in "）)〕］]"


def without_page_breaks(pieces: list[Piece]) -> list[Piece]:
    """Put together what the reader saw go on over the page: a line with its rest, a table row cell by cell."""
    whole: list[list[Piece]] = []
    for piece in pieces:
        above = whole[-1][0] if whole else None
        if piece.goes_on and above and _tabs(above) == _tabs(piece) and above.row == piece.row:
            whole[-1].append(piece)
        else:
            whole.append([piece])
    return [parts[0] if len(parts) == 1 else _together(parts) for parts in whole]


def _tabs(piece: Piece) -> int:
    return piece.words.count("\t")


def _together(parts: list[Piece]) -> Piece:
    """A piece with its rests: each cell with the cell's rests, or the one line with the others."""
    written: list[str] = []
    runs: list[tuple[int, int, int]] = []
    length = 0

    def write(words: str) -> None:
        nonlocal length
        written.append(words)
        length += len(words)

    for index, cells in enumerate(zip(*map(_cells, parts), strict=True)):
        write("\t" if index else "")
        last = ""
        for words, own in cells:
            write(_gap(last, words, row=parts[0].row))
            runs += [(length + offset, origin, count) for offset, origin, count in own]
            write(words)
            last = words or last
    return replace(parts[0], words="".join(written), runs=runs, page_end=parts[-1].page_end)


def _gap(words: str, rest: str, *, row: bool) -> str:
    """What stands between words and their rest: two spaces before another item of a cell, one between Latin words."""
    if not words or not rest:
        return ""
    if row and is_terminated(words) and read_label(rest):
        return "  "
    return " " if _LATIN.match(words[-1]) and _LATIN.match(rest) else ""


def _cells(piece: Piece) -> Iterator[tuple[str, list[tuple[int, int, int]]]]:
    """The words of each cell (of the line, where it is no row) and their runs, counted from the cell's start."""
    start, next_run = 0, 0
    for words in piece.words.split("\t"):
        end = start + len(words)
        first = next_run
        while next_run < len(piece.runs) and piece.runs[next_run][0] <= end:
            next_run += 1
        # A run at the end is the tab's.
        yield (
            words,
            [(at - start, origin, length) for at, origin, length in piece.runs[first:next_run] if at < end],
        )
        start = end + 1
