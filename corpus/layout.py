"""Undo layout: sentences and titles broken by the page become one line again, with the map back to the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.document import SourceMap
from corpus.labels import Label, LabelSequence, read_label
from corpus.line import Line, Lines
from corpus.pages import FULL_LINE, without_page_breaks, without_page_numbers, without_running_headers
from corpus.physical import Piece, pieces
from corpus.wording import is_date, is_terminated, is_title, opens_after_stop

TITLE_ZONE: Final = 12
"""Titles broken over lines are joined among so many logical lines from the top."""
TITLE_LINE: Final = 40
"""The upper line of a broken title is no longer than this, in characters."""

TITLE_PIECES: Final = 4
"""A title is broken over no more than so many lines."""

_NOTE = re.compile(r"^附\s?件\s?\d{0,2}\s?[：:]\s?(?:\d{1,2}\s?[.．、]\s?)?")
_ANNEX: Final = ("附件", "附表", "附录")
_WORD_END = re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Layout:
    """The repaired text, its logical lines, and the map back to the source."""

    text: str
    lines: tuple[Line, ...]
    source_map: SourceMap

    @property
    def words(self) -> Lines:
        """The text with its lines, as the later stages take it."""
        return Lines(self.text, self.lines)


def repair(source: str) -> Layout:
    r"""Undo the layout of a decoded source text.

    Words, punctuation and typing errors stay as they are; line ends part logical lines.

    >>> repair("# 2024 年\n\n公安局分\n\n— 3 —\n\n别牵头负责、\n应急局配合。").text
    '2024年\n公安局分\n别牵头负责、应急局配合。'
    """
    kept = without_running_headers(without_page_numbers(list(pieces(source))))
    return _assemble(_joined(without_page_breaks(kept)), _page_starts(source))


@dataclass(slots=True)
class _Paragraph:
    """A logical line as it grows: its pieces, the brackets open, and whether the last one closed a note."""

    pieces: list[Piece]
    open: list[tuple[str, bool]] = field(default_factory=list)
    note_closed: bool = False

    def take(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self._follow(piece.words)

    def _follow(self, words: str) -> None:
        previous = ""
        for found in re.finditer(r"[《》〈〉“”（）()〔〕［］\[\]【】]", words):
            mark = found[0]
            kind = _BRACKETS[mark]
            if mark in _OPENERS:
                at = found.start()
                previous = words[at - 1] if at else ("" if len(self.pieces) == 1 else "…")
                self.open.append((kind, opens_after_stop(previous)))
            elif any(held == kind for held, _ in self.open):
                while True:
                    held, self.note_closed = self.open.pop()
                    if held == kind:
                        break

    @property
    def words(self) -> str:
        return "".join(piece.words for piece in self.pieces)

    @property
    def ended(self) -> bool:
        """Whether a sentence ends here: a stop, or the closing bracket of a note that began after a stop."""
        last = self.pieces[-1].words
        if last[-1] in "）)〕］]":
            return self.note_closed or is_terminated(last)
        return is_terminated(last)


_OPENERS: Final = frozenset("《〈“（(〔［[【")
_BRACKETS: Final = {
    **dict.fromkeys("《》", "title"), **dict.fromkeys("〈〉", "inner"), **dict.fromkeys("“”", "quote"),
    **dict.fromkeys("（）()〔〕［］[]【】", "bracket"),
}  # fmt: skip


def _joined(pieces: Sequence[Piece]) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    numbering = LabelSequence()
    for index, piece in enumerate(pieces):
        label = None if piece.row else read_label(piece.words)
        if paragraphs and _continues(paragraphs, pieces, index, label, numbering):
            paragraphs[-1].take(piece)
            continue
        if label:
            numbering.take(label)
        paragraphs.append(_Paragraph([]))
        paragraphs[-1].take(piece)
    return paragraphs


def _continues(
    paragraphs: list[_Paragraph],
    pieces: Sequence[Piece],
    index: int,
    label: Label | None,
    numbering: LabelSequence,
) -> bool:
    """Whether the piece goes on with the paragraph before it: a sentence or a title broken by the page."""
    above, piece = paragraphs[-1], pieces[index]
    last = above.pieces[-1]
    if last.row or piece.row or above.ended:
        return False
    if last.level or piece.level:
        return bool(last.level and piece.level) and _joins_title(paragraphs, piece)
    if label and numbering.expects(label) and (label.spaced or label.form != "条"):
        return False
    if is_date(piece.words) or piece.words.startswith(_ANNEX) or _is_whole(above):
        return False
    if last.words[-1] in "，、," or above.open:
        return True
    return len(last.words) >= FULL_LINE or _joins_title(paragraphs, piece)


def _is_whole(paragraph: _Paragraph) -> bool:
    """Whether the paragraph is a title, or the note of an annex that ends with one: nothing follows it in its line."""
    words = "".join(piece.words for piece in paragraph.pieces[:TITLE_PIECES])
    return is_title(_NOTE.sub("", words, count=1))


def _joins_title(paragraphs: list[_Paragraph], piece: Piece) -> bool:
    """Whether two lines are one title: the upper stops short of a title's last noun, the lower has it."""
    above = paragraphs[-1]
    if len(paragraphs) > TITLE_ZONE or read_label(piece.words) or not is_title(piece.words):
        return False
    words = above.words
    if is_title(words) or read_label(words) or is_date(words):
        return False
    if words.startswith(_ANNEX) or words.endswith(("文件", "号", "）", ")")):
        return False
    return len(words) <= TITLE_LINE and re.search(r"[，。；：！？,;:]", words) is None


def _page_starts(source: str) -> tuple[int, ...]:
    """Where each page after the first begins: behind a form feed."""
    return tuple(found.end() for found in re.finditer("\f", source))


def _assemble(paragraphs: Sequence[_Paragraph], page_starts: tuple[int, ...]) -> Layout:
    parts: list[str] = []
    lines: list[Line] = []
    text_starts: list[int] = []
    source_starts: list[int] = []
    lengths: list[int] = []
    at = 0
    for paragraph in paragraphs:
        if parts:
            parts.append("\n")
            at += 1
        start = at
        for index, piece in enumerate(paragraph.pieces):
            if index and _WORD_END.match(piece.words) and _WORD_END.match(parts[-1][-1]):
                parts.append(" ")
                at += 1
            for offset, origin, length in piece.runs:
                text_starts.append(at + offset)
                source_starts.append(origin)
                lengths.append(length)
            parts.append(piece.words)
            at += len(piece.words)
        first = paragraph.pieces[0]
        lines.append(Line(start, at, first.level, first.row))
    source_map = SourceMap(tuple(text_starts), tuple(source_starts), tuple(lengths), page_starts)
    return Layout("".join(parts), tuple(lines), source_map)
