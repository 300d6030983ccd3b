"""Where a document's annexes begin, and the note in its body that names them."""

from __future__ import annotations

import re
from typing import Final

from corpus.line import Lines, Part
from corpus.wording import TITLE_LENGTH, bare, is_title, stands_in_title

TITLE_LINES: Final = 3
"""An annex's title takes no more than so many lines."""

_LABEL = re.compile(r"附\s?[件表录]\s?[一二三四五六七八九十\d]{0,3}\s?[：:]?")
_NOTE = re.compile(r"附\s?件\s?(?:\d{1,2}\s?)?[：:]\s?(?=\S)")
_LISTED = re.compile(r"\d{1,2}\s?[.．、]\s?")


def find_note(lines: Lines, body: int) -> tuple[int, int]:
    """The lines `[first, last)` of the annex note (附件：…) in the body; empty at `body` without one."""
    for index in range(body, len(lines.lines)):
        if lines.lines[index].row or not _NOTE.match(lines.words(index)):
            continue
        end = index + 1
        while end < len(lines.lines) and _LISTED.match(lines.words(end)) and is_title(lines.words(end)):
            end += 1
        return index, end
    return body, body


def find_annexes(lines: Lines, body: int, note: int, noted: int) -> list[int]:
    """The first line of each annex: 附件 alone on a line, or a title that the note names."""
    names = {_named(lines.words(index)) for index in range(note, noted)}
    starts = []
    for index in range(max(noted, body + 1), len(lines.lines)):
        words = lines.words(index)
        if lines.lines[index].row or len(words) > TITLE_LENGTH:
            continue
        named = bare(words) in names and not _LABEL.fullmatch(lines.words(index - 1))
        if named or _LABEL.fullmatch(words):
            starts.append(index)
    return starts


def read_annex(lines: Lines, first: int, last: int) -> Part:
    """An annex on lines `[first, last)`: its label and title, then what is to be outlined."""
    words = lines.words(first)
    if not _LABEL.fullmatch(words):
        return Part("annex", first, last, first + 1, "附件")
    content = first + 1
    while content < min(last, first + 1 + TITLE_LINES) and not lines.lines[content].row:
        if not stands_in_title(lines.words(content)):
            break
        content += 1
        if is_title(lines.words(content - 1)):
            break
    return Part("annex", first, last, content, re.sub(r"[\s：:]", "", words))


def _named(words: str) -> str:
    """The title a line of the note names, its label and number aside."""
    return bare(_LISTED.sub("", _NOTE.sub("", words, count=1), count=1))
