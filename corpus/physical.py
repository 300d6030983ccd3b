"""Physical lines, cleaned: marks of Markdown and stray spaces go, cells are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.decoded import GOES_ON, IN_MARGIN
from corpus.labels import read_label
from corpus.wording import TITLE_LENGTH, is_date, is_title

LOST_BREAKS: Final = 600
"""A line longer than this has lost its line ends; it is parted where white space follows a full stop."""
ALONE: Final = 120
"""A text of a single line longer than this has lost them too."""
HEADLINE: Final = (8, 60)
"""The words that open a text which lost its line ends are its headline, when so long and no sentence."""
WIDE: Final = 2
"""So many spaces part the lines of a table's cell."""
LABEL_LENGTH: Final = 16
"""White space is kept after a label no longer than this."""

_PHYSICAL = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_HEADING_MARK = re.compile(r"[ \t\u3000]{0,3}(#{1,6})[ \t\u3000]+")
_TOKEN = re.compile(
    r"\*\*|</?(?:b|strong|i|em|u|br)\s*/?>|[\s\u200b-\u200f\u2060-\u2064\ufeff\x00-\x1f\x7f-\x9f]+",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,300}?(?<=\S)\*\*(?!\*)")
_PART_LABEL = re.compile(r"第.{1,8}(?:编|章|节|条)(?:之[一二三四五六七八九十]{1,3})?")
_SPACE = re.compile(r"\s+")
_LOST_BREAK = re.compile(
    r"(?<=[。；：！？])\s+|\s{2,}|\s(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_ARTICLE_INSIDE = re.compile(r"(?<=[。；])\s*(?=第[一二三四五六七八九十百千零〇]{1,9}条[\s\u3000])")
_INNER_MARK = re.compile(r"[。；，,;]")
_PIPE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(slots=True)
class Piece:
    """One physical line, cleaned: its words, and runs of them (offset in words, offset in source, length).

    `level` counts Markdown's `#`; `row` tells a table row; `page_top` and `page_end` that a page begins or ends here;
    `goes_on` that the reader saw it go on with the piece before it.
    """

    words: str
    runs: list[tuple[int, int, int]]
    level: int = 0
    row: bool = False
    page_top: bool = False
    page_end: bool = False
    goes_on: bool = False


def pieces(source: str) -> Iterator[Piece]:
    """The physical lines of a source text that hold words, cleaned, in order; those marked as margins are left out."""
    tabs, page_top = 0, False
    end = 0
    inked = len(source) - len(source.lstrip()), len(source.rstrip())
    for match in _PHYSICAL.finditer(source):
        page_top = page_top or "\f" in source[end : match.start()]
        end = match.end()
        kept: list[Piece] = []
        if not match[0].strip() or match[0].startswith(IN_MARGIN):
            continue
        if _is_row(match[0], tabs):
            tabs = match[0].count("\t")
            if not _PIPE_RULE.fullmatch(match[0].strip()):
                kept.append(_clean_row(source, match.start(), match.end()))
        else:
            tabs = 0
            kept.extend(_clean(source, start, stop) for start, stop in _paragraphs(match, inked))
        goes_on = match[0].startswith(GOES_ON)
        for piece in kept:
            if piece.words:
                piece.page_top, page_top = page_top, False
                piece.goes_on, goes_on = goes_on, False
                yield piece


def _is_row(line: str, tabs: int) -> bool:
    """Tabs between words make a row, unless only a label stands before the tab; so do pipes at both ends."""
    stripped = line.strip()
    if _has_pipes(stripped):
        return True
    if tabs and line.count("\t") == tabs:
        return True
    before, tab, after = stripped.partition("\t")
    if not tab:
        return False
    label = read_label(before)
    return label is None or label.end < len(before) or "\t" in after.strip()


def _has_pipes(stripped: str) -> bool:
    """Whether a line without outer white space is a row of Markdown: a pipe at each end."""
    return len(stripped) > 1 and stripped[0] == stripped[-1] == "|"


def _paragraphs(match: re.Match[str], inked: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The stretches of a physical line: one, or several where line ends were lost.

    `inked` is where the source's first word begins and its last one ends.
    """
    source, (start, stop) = match.string, match.span()
    alone = start <= inked[0] and inked[1] <= stop
    lost = stop - start > (ALONE if alone else LOST_BREAKS)
    for found in (_SPACE if lost else _ARTICLE_INSIDE).finditer(source, start, stop):
        if found.start() > start and (not lost or _was_break(source, start, found, inked[0])):
            yield start, found.start()
            start = found.end()
    yield start, stop


def _was_break(source: str, start: int, space: re.Match[str], opening: int) -> bool:
    """Whether white space in a line that lost its line ends was one of them; the source's words begin at `opening`."""
    if _LOST_BREAK.match(source, space.start()):
        return True
    if space.start() - start > TITLE_LENGTH:
        return False
    before = source[start : space.start()]
    if is_title(before) or is_date(before) or before.endswith("号"):
        return True
    return start <= opening and HEADLINE[0] <= len(before) <= HEADLINE[1] and not _INNER_MARK.search(before)


def _clean(source: str, start: int, stop: int) -> Piece:
    heading = _HEADING_MARK.match(source, start, stop)
    words, runs = _cleaned(source, heading.end() if heading else start, stop, wide=False)
    return Piece(words, runs, level=len(heading[1]) if heading else 0)


def _clean_row(source: str, start: int, stop: int) -> Piece:
    """A table row: cells cleaned one by one, parted by single tabs; pipes of Markdown become tabs."""
    pipes = _has_pipes(source[start:stop].strip())
    if pipes:
        start = source.index("|", start) + 1
        stop = source.rindex("|", start, stop)
    separator = "|" if pipes else "\t"
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    length = 0
    while True:
        at = source.find(separator, start, stop)
        cell, cell_runs = _cleaned(source, start, stop if at < 0 else at, wide=True)
        runs += [(length + offset, origin, count) for offset, origin, count in cell_runs]
        parts.append(cell)
        length += len(cell)
        if at < 0:
            return Piece("".join(parts), runs, row=True)
        if not pipes:
            runs.append((length, at, 1))
        parts.append("\t")
        length += 1
        start = at + 1


def _cleaned(source: str, start: int, stop: int, *, wide: bool) -> tuple[str, list[tuple[int, int, int]]]:
    """The words of a stretch without marks and stray spaces; `wide` keeps two spaces for two or more (lines of a cell)."""
    bold = {
        edge
        for found in _BOLD.finditer(source, start, stop)
        for edge in (found.start(), found.end() - 2)
    } if "**" in source[start:stop] else frozenset()  # fmt: skip
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    length, at, space = 0, start, -1
    gap = 0

    def emit(upto: int) -> None:
        nonlocal length, space, gap
        if at >= upto:
            return
        if space >= 0 and parts and _keeps_space(parts, source[at], gap if wide else 1):
            kept = source[space : space + (WIDE if wide and gap > 1 else 1)]
            if kept.strip(" \u3000"):
                kept = " " * len(kept)
            else:
                runs.append((length, space, len(kept)))
            parts.append(kept)
            length += len(kept)
        space, gap = -1, 0
        parts.append(source[at:upto])
        runs.append((length, at, upto - at))
        length += upto - at

    for token in _TOKEN.finditer(source, start, stop):
        if token[0] == "**" and token.start() not in bold:
            continue
        emit(token.start())
        at = token.end()
        if token[0].isspace() or token[0].lower().startswith("<br"):
            space, gap = (token.start() if space < 0 else space), gap + len(token[0])
    emit(stop)
    return "".join(parts), runs


def _keeps_space(parts: list[str], after: str, width: int) -> bool:
    """A space stays beside Latin words, between ASCII characters, after a label, and (in a cell) where it is wide."""
    before = parts[-1][-1]
    if width > 1 or _LATIN.match(before) or _LATIN.match(after):
        return True
    if before.isascii() and (after.isascii() or before == "."):
        return True
    return len(parts) == 1 and len(parts[0]) <= LABEL_LENGTH and _PART_LABEL.fullmatch(parts[0]) is not None
