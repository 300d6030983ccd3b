"""What a page adds to its text: page numbers, running headers, a table's head once more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
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

_PAGE_NUMBER = re.compile(
    r"[-—–－―─·•]\s*\d{1,4}\s*[-—–－―─·•]|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")


def without_page_numbers(pieces: list[Piece]) -> list[Piece]:
    """Drop page numbers; the lines beside them learn that a page ends or begins there."""
    bare = [index for index, piece in enumerate(pieces) if _BARE_NUMBER.fullmatch(piece.words)]
    values = [int(pieces[index].words) for index in bare]
    counting = len(bare) > 1 and all(after == before + 1 for before, after in pairwise(values))
    numbers = set(bare) if counting else set()
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
    times = Counter(piece.words for piece in pieces if len(piece.words) <= HEADER_LENGTH or piece.row)
    seen: set[str] = set()
    dropped = set(_repeated_heads(pieces))
    for index, piece in enumerate(pieces):
        if piece.row or times[piece.words] == 1 or len(piece.words) > HEADER_LENGTH:
            continue
        if piece.words in seen and _is_running_header(pieces, index, times[piece.words], dropped):
            dropped.add(index)
        seen.add(piece.words)
    return [piece for index, piece in enumerate(pieces) if index not in dropped]


def _repeated_heads(pieces: list[Piece]) -> Iterator[int]:
    """The rows that repeat the first row of their table, or of a table before it: a head on every page."""
    heads: set[str] = set()
    previous_row = False
    for index, piece in enumerate(pieces):
        if piece.row and piece.words in heads:
            yield index
        elif piece.row and not previous_row and all(piece.words.split("\t")):
            heads.add(piece.words)
        previous_row = piece.row


def _is_running_header(pieces: list[Piece], index: int, times: int, dropped: set[int]) -> bool:
    piece = pieces[index]
    if is_terminated(piece.words) or read_label(piece.words):
        return False
    if piece.page_top or piece.page_end or index + 1 in dropped:
        return True
    before = pieces[index - 1]
    breaks = not before.row and len(before.words) >= FULL_LINE and not is_terminated(before.words)
    return times >= HEADER_REPEATS and breaks and not is_title(before.words)
