"""Where sentences and phrases end when brackets and quotation marks keep their words together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_OPEN: Final = "（(〔[【《“"
_CLOSE: Final = "）)〕]】》”"
_BRACKETS: Final = frozenset("（(〔[【")
SENTENCE_ENDS: Final = frozenset("。；;！!？?\n：:")
PHRASE_ENDS: Final = SENTENCE_ENDS | frozenset("，,")


def enclosures(text: str) -> tuple[tuple[int, int], ...]:
    """The outermost pairs of brackets or quotation marks, half-open, in order; a mark without its fellow is none.

    Brackets of different kinds close one another (〔…]), as documents have them; quotation marks do not.

    Example: `enclosures("甲（乙（丙））丁")` is `((1, 7),)`.
    """
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        if char in _OPEN:
            opened.append(at)
        elif char in _CLOSE:
            fellow = _fellow(text, opened, char)
            if fellow is None:
                continue
            start = opened[fellow]
            del opened[fellow:]
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, at + 1))
    return tuple(pairs)


def _fellow(text: str, opened: list[int], close: str) -> int | None:
    """The place in `opened` of the mark that `close` closes."""
    for place in range(len(opened) - 1, -1, -1):
        mark = text[opened[place]]
        if mark == _OPEN[_CLOSE.index(close)] or (mark in _BRACKETS and close in "）)〕]】"):
            return place
    return None


def stretches(
    text: str, start: int, end: int, marks: frozenset[str], kept: tuple[tuple[int, int], ...] | None = None
) -> Iterator[tuple[int, int]]:
    """Cuts `text[start:end]` behind every mark that stands in no enclosure; stretches of space alone are left out.

    `kept` are the enclosures of the text, for a caller that has them. Each stretch keeps the mark that ends it; the colon of
    a clock time (8:30) ends none.

    Example: the sentences of `甲（乙；丙）；丁。` are `甲（乙；丙）；` and `丁。`.
    """
    pairs = enclosures(text) if kept is None else kept
    at, piece = start, start
    following = iter(pair for pair in pairs if pair[1] > start and pair[0] < end)
    pair = next(following, None)
    while at < end:
        if pair and pair[0] <= at < pair[1]:
            at = min(end, pair[1])
            pair = next(following, None)
            continue
        if text[at] in marks and not (text[at] == ":" and text[at + 1 : at + 2].isdigit()):
            if text[piece : at + 1].strip():
                yield piece, at + 1
            piece = at + 1
        at += 1
    if text[piece:end].strip():
        yield piece, end
