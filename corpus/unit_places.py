"""Where a text has lists of units: in closing brackets, behind labels, in cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.unit_lists import LABEL, MARK, STANDING
from corpus.unit_words import AND_SO_ON, BRACKET, ENDS_AS_UNIT, OPEN, is_name, split

_LABEL_LIST: Final = re.compile(rf"{LABEL.pattern}(?P<list>[^。；;\n\t〔〕\[\]【】:：]{{2,600}})")
_NEAR: Final = 4
_LONGEST_LIST: Final = 1500
_CLOSES_DUTY: Final = re.compile(
    "(?:负责|牵头|配合|分工|落实|参与|参加|协助|实施|推进|列出|列|下同)[。；，]?\\s*$"
)


def bracketed(text: str) -> Iterator[tuple[int, int]]:
    """The insides of the outermost brackets that say who is responsible."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for mark in BRACKET.finditer(text):
        if mark[0] in OPEN:
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, mark.end()))
    for start, end in pairs:
        if end - start <= _LONGEST_LIST and _says_who(text, start, text[start + 1 : end - 1]):
            yield start + 1, end - 1


def _says_who(text: str, start: int, inside: str) -> bool:
    if LABEL.search(inside):
        return True
    first = re.split("[、，,；;。]", inside, maxsplit=1)[0]
    if _CLOSES_DUTY.search(inside):
        mark = MARK.search(first)
        name = first[: mark.start()] if mark else first
        return bool(ENDS_AS_UNIT.search(name.split("会同")[0].strip())) or "、" not in inside
    closes = text[max(0, start - _NEAR) : start].rstrip()[-1:] in ("。", "；", "！", "”", "）", ")")
    return closes and _only_units(inside)


def _only_units(words: str) -> bool:
    """Whether words are a list of units and nothing else (市安委办，市安委会综合督导组)."""
    pieces = [words[start:end].strip() for start, end in split(words, 0, len(words), "、，,；; \u3000")]
    return all(is_name(AND_SO_ON.sub("", piece)) for piece in pieces if piece) and any(pieces)


def labelled(text: str) -> Iterator[tuple[int, int]]:
    """The lists behind labels in running text (责任单位：县应急管理局、县公安局)."""
    for match in _LABEL_LIST.finditer(text):
        depth = 0
        for bracket in BRACKET.finditer(text, match.start("list"), match.end()):
            depth += 1 if bracket[0] in OPEN else -1
            if depth < 0:
                yield match.start(), bracket.start()
                break
        else:
            yield match.start(), match.end()


_CELL: Final = re.compile("[^\t\n]+")


def celled(text: str) -> Iterator[tuple[int, int]]:
    """The table cells that hold only units."""
    if "\t" not in text:
        return
    for match in _CELL.finditer(text):
        beside_tab = (
            text[match.start() - 1 : match.start()] == "\t" or text[match.end() : match.end() + 1] == "\t"
        )
        cell = match[0].strip()
        if beside_tab and len(cell) <= _LONGEST_LIST and (_only_units(cell) or STANDING.search(cell)):
            yield match.start(), match.end()
