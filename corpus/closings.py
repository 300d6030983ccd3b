"""Where a clause says who answers for what stands before: its closing brackets and labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.facts import Fact

_CLOSES: Final = re.compile("(?:负责|牵头|配合|分工|落实)[。；，]?\\s*$")
_LABEL: Final = re.compile(
    "[^，,。；;：:\n]{0,6}(?:责任|牵头|负责|配合|主办|协办|参与|落实|实施)(?:单位|部门|处室|科室|领导|人)[ \u3000]*[:：]"
    "|[^，,。；;：:\n]{0,4}(?:时限|期限|时间|进度)(?:要求|安排)?[ \u3000]*[:：]"
)
_SHORT: Final = 60
"""A bracket that names no unit closes a duty only when it is at most this long, in characters (20–100)."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A bracket or line that says who or by when of the words before it, half-open, with the facts it holds."""

    start: int
    end: int
    facts: tuple[Fact, ...]

    def of(self, kind: str) -> tuple[Fact, ...]:
        """Its facts of one kind."""
        return tuple(fact for fact in self.facts if fact.kind == kind)


def closings(
    text: str, found: Sequence[Fact], pairs: Sequence[tuple[int, int]], start: int = 0
) -> tuple[Closing, ...]:
    """The closings of a clause from `start` on, in order, none overlapping another.

    `found` are the facts of `text`, `pairs` its enclosures.

    Example: in `完成改造。（县公安局负责）` the bracket is one, with 县公安局.
    """
    spans = [pair for pair in pairs if pair[0] >= start and _closes(text, pair, found)]
    spans += [line for line in _lines(text, start) if not any(a < line[1] and line[0] < b for a, b in spans)]
    return tuple(
        Closing(
            a,
            b,
            (
                *(fact for fact in found if a <= fact.start and fact.end <= b),
                *_and_others(text, a, b, found),
                *_due(text, a, b, found),
            ),
        )
        for a, b in sorted(spans)
    )


def _closes(text: str, pair: tuple[int, int], found: Sequence[Fact]) -> bool:
    inside = text[pair[0] + 1 : pair[1] - 1]
    if text[pair[0]] in "《“":
        return False
    if any(fact.kind == "unit" and pair[0] < fact.start < pair[1] for fact in found):
        return True
    return len(inside) <= _SHORT and bool(_CLOSES.search(inside) or _LABEL.match(inside))


_OTHERS: Final = re.compile(
    "等(?P<who>[^，,。；;、等]{0,8}(?:安委会|消安委|委员会|指挥部|领导小组|专班)[^，,。；;、]{0,24}?(?:成员单位|部门)"
    "(?:和(?P<more>各[^，,。；;、]{2,24}?(?:单位|部门)))?)(?=分工|分别|按|依|共同|配合|负责|牵头|落实|[）)〕\\]]|$)"
)
"""The body whose members a list of units ends with: …等县安委会有关成员单位."""


def _and_others(text: str, start: int, end: int, found: Sequence[Fact]) -> Iterator[Fact]:
    """Whom a closing names behind 等, in the part that the last unit before has; general words (等部门) are none."""
    for match in _OTHERS.finditer(text, start, end):
        before = [fact for fact in found if fact.kind == "unit" and start <= fact.start < match.start()]
        if any(fact.kind == "unit" and match.start() < fact.start < match.end() for fact in found):
            continue
        role = before[-1].role if before else "duty"
        first = (match.start("who"), match.start("more") - 1) if match["more"] else match.span("who")
        for span in (first, match.span("more")):
            if span[0] >= 0:
                yield Fact("unit", *span, text[slice(*span)], role)


_DUE: Final = re.compile(
    "(?:时限|期限)(?:要求)?[ \u3000]*[:：][ \u3000]*(?P<words>[^，,；;。\n（）()〔〕\\[\\]]{2,20})"
)
_LASTING: Final = re.compile("长期|持续|常态|全年")


def _due(text: str, start: int, end: int, found: Sequence[Fact]) -> Iterator[Fact]:
    """What a label says of the time where the words name no day: 完成时限：立即整改."""
    if any(fact.kind == "deadline" and start <= fact.start < end for fact in found):
        return
    for match in _DUE.finditer(text, start, end):
        role = "continue" if _LASTING.search(match["words"]) else "complete"
        yield Fact("deadline", *match.span("words"), None, role)


def _lines(text: str, start: int) -> list[tuple[int, int]]:
    """Lines, or ends of lines, that begin with a label: 责任单位：县公安局；完成时限：2024年底."""
    lines: list[tuple[int, int]] = []
    for label in _LABEL.finditer(text, start):
        if lines and label.start() < lines[-1][1]:
            continue
        before = text[: label.start()].rstrip(" \u3000")
        if before and before[-1] not in "。；;\n\t）)":
            continue
        line_end = text.find("\n", label.end())
        lines.append((label.start(), len(text) if line_end < 0 else line_end))
    return lines
