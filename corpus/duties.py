"""Where a duty's words begin and end in a clause, and which deadline and frequency rule over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.closings import Closing
from corpus.facts import Fact
from corpus.shortest import shortest
from corpus.stretches import PHRASE_ENDS, SENTENCE_ENDS, stretches

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be done, half-open, in characters of the clause's text, and the facts that rule over it.

    `sentence` is the one the words stand in.
    """

    start: int
    end: int
    sentence: Span
    deadline: Fact | None = None
    frequency: Fact | None = None

    @property
    def bound(self) -> bool:
        """Whether a deadline or a frequency rules over it."""
        return self.deadline is not None or self.frequency is not None


def duties(
    text: str, start: int, found: Sequence[Fact], closed: Sequence[Closing], pairs: tuple[Span, ...]
) -> tuple[Duty, ...]:
    """The duties of a clause, in order: one for each sentence, more where deadlines or frequencies divide it.

    `start` is where the clause's sentences begin, behind its label or run-in heading; `found` are its facts,
    `closed` its closings and `pairs` its enclosures.

    Example: `健全数据库，2024年底前完善机制，6月底前建成系统。` has three: 健全数据库, 完善机制 and 建成系统.
    """
    reading = _Reading(text, tuple(found), tuple(closed), pairs)
    return tuple(duty for sentence in reading.sentences(start) for duty in reading.of_sentence(*sentence))


_UNFINISHED: Final = re.compile(
    "[，,、\\s]*(?:全部|全面|基本|按期|如期|已|均|须|要|应)*"
    "(?:完成|落实|到位|建成|办结|结束|实现|见效|投用|上线|报送|上报|提交|执行|实施)"
    "(?:到位|完毕|工作|任务|目标)?(?:[并、，,].{0,10}?)?[，,；;。\\s]*"
)
"""Words behind a deadline that do not say what is to be completed by then."""
_OTHER: Final = re.compile("(?:并)?(?:建立|健全|完善|制定|出台|修订|落实)")
"""How a phrase begins that does not go on with what a frequency rules over."""
_KNOWN_RHYTHM: Final = re.compile("(?:结合|依托|借助|利用|通过|运用|综合运用)[^，,]*$")
"""Before a frequency that names what is held anyway, not what this duty asks."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A place where a duty of its own begins in a sentence, with the facts that set it apart."""

    cut: int
    deadline: Fact | None
    rhythms: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A clause's text with what was found in it."""

    text: str
    found: tuple[Fact, ...]
    closed: tuple[Closing, ...]
    pairs: tuple[Span, ...]

    def sentences(self, start: int) -> Iterator[Span]:
        """The sentences from `start` on, without the closings."""
        for closing in self.closed:
            yield from stretches(self.text, start, closing.start, SENTENCE_ENDS, self.pairs)
            start = max(start, closing.end)
        yield from stretches(self.text, start, len(self.text), SENTENCE_ENDS, self.pairs)

    def of_sentence(self, left: int, right: int) -> Iterator[Duty]:
        anchors = self._anchors(left, right)
        opening = anchors[0].cut if anchors else right
        if (
            anchors
            and anchors[0].deadline
            and self._unfinished(anchors[0].deadline, self._end(anchors, 0, right))
        ):
            opening = left
        if opening > left:
            yield from self._told((left, right), left, opening, opening=opening < right)
        for place, anchor in enumerate(anchors):
            start = left if place == 0 and opening == left else anchor.cut
            end = self._end(anchors, place, right)
            behind = self._behind(anchor, start, end)
            yield from self._told((left, right), start, behind, anchor)
            if behind < end:
                yield from self._told((left, right), behind, end)

    def _behind(self, anchor: _Anchor, start: int, end: int) -> int:
        """Where something else begins behind a phrase that a frequency alone rules over."""
        if anchor.deadline or not anchor.rhythms:
            return end
        listed = len(anchor.rhythms) > 1 and anchor.rhythms[0].group is not None
        last = max(fact.end for fact in anchor.rhythms)
        phrases = stretches(self.text, start, end, PHRASE_ENDS, self.pairs)
        return next((a for a, b in phrases if a >= last and (listed or _OTHER.match(self.text, a, b))), end)

    def _end(self, anchors: Sequence[_Anchor], place: int, right: int) -> int:
        return anchors[place + 1].cut if place + 1 < len(anchors) else right

    def _told(
        self, sentence: Span, start: int, end: int, anchor: _Anchor | None = None, *, opening: bool = False
    ) -> Iterator[Duty]:
        """The duties of one part of a sentence: one, or one for each of its frequencies."""
        deadline = anchor.deadline if anchor else None
        said = start
        if deadline is None:
            deadline = self._bracketed(start, end)
        elif not self._unfinished(deadline, end):
            said = deadline.end
        words = shortest(self.text, said, end, self.pairs, opening=opening)
        if words is None:
            return
        for rhythm in (anchor.rhythms if anchor else ()) or (self._irregular(*words),):
            yield Duty(*words, sentence, deadline, rhythm)

    def _irregular(self, start: int, end: int) -> Fact | None:
        """The frequency without a period that stands in a duty (定期)."""
        return next(
            (fact for fact in self._within(start, end) if fact.kind == "frequency" and not fact.value), None
        )

    def _unfinished(self, deadline: Fact, end: int) -> bool:
        return deadline.end >= end or bool(_UNFINISHED.fullmatch(self.text, deadline.end, end))

    def _bracketed(self, start: int, end: int) -> Fact | None:
        """The deadline that a bracket gives to the words before it."""
        return next(
            (fact for fact in self._within(start, end) if fact.kind == "deadline" and self._enclosed(fact)),
            None,
        )

    def _within(self, start: int, end: int) -> Iterator[Fact]:
        return (fact for fact in self.found if start <= fact.start and fact.end <= end)

    def _enclosed(self, fact: Fact) -> bool:
        """Whether a fact stands in a bracket."""
        pair = next((pair for pair in self.pairs if pair[0] < fact.start < pair[1]), None)
        return pair is not None and self.text[pair[0]] not in "《“"

    def _anchors(self, left: int, right: int) -> list[_Anchor]:
        """Where deadlines and frequencies divide a sentence, in order."""
        phrases = list(stretches(self.text, left, right, PHRASE_ENDS, self.pairs))
        anchors: list[_Anchor] = []
        for fact in self._within(left, right):
            if fact.kind == "deadline" and not self._enclosed(fact):
                anchors.append(_Anchor(_phrase(phrases, fact.start), fact))
            elif (
                fact.kind == "frequency"
                and fact.value
                and not _KNOWN_RHYTHM.search(self.text, left, fact.start)
            ):
                self._divide(anchors, _phrase(phrases, fact.start), fact, phrases, right)
        return anchors

    def _divide(
        self, anchors: list[_Anchor], cut: int, fact: Fact, phrases: Sequence[Span], right: int
    ) -> None:
        """Take a frequency into the part that a deadline or its own phrase opened, else open one."""
        last = anchors[-1] if anchors else None
        if last and (last.deadline or last.cut == cut or self._enclosed(fact)):
            if not any(
                fact.group and (one.group, one.value) == (fact.group, fact.value) for one in last.rhythms
            ):
                anchors[-1] = _Anchor(last.cut, last.deadline, (*last.rhythms, fact))
            return
        anchors.append(_Anchor(cut, None, (fact,)))


def _phrase(phrases: Sequence[Span], at: int) -> int:
    """Where the phrase begins that holds the place `at`."""
    return next(start for start, end in phrases if at < end)
