"""Where a duty's words begin and end in a clause, and which deadline and frequency rule over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.closings import Closing
from corpus.facts import Fact
from corpus.shortest import shortest
from corpus.stretches import PHRASE_ENDS, SENTENCE_ENDS, stretches
from corpus.subjects import subject_end

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
    text: str,
    start: int,
    found: Sequence[Fact],
    closed: Sequence[Closing],
    pairs: tuple[Span, ...],
    *,
    heading: Duty | None = None,
) -> tuple[Duty, ...]:
    """The duties of a clause, in order: one for each sentence, more where deadlines or frequencies divide it.

    `start` is where the clause's sentences begin, behind its label or run-in heading; `found` are its facts,
    `closed` its closings and `pairs` its enclosures. `heading` is what a run-in heading says, for a first sentence that
    only says by when.

    Example: `健全数据库，2024年底前完善机制，6月底前建成系统。` has three: 健全数据库, 完善机制 and 建成系统.
    """
    reading = _Reading(text, tuple(found), tuple(closed), pairs)
    stated: list[Duty] = []
    shared: Fact | None = None
    for left, right in reading.sentences(start):
        due = reading.completes(left, right)
        if due and stated and stated[-1].deadline is None:  # 建设系统。2024年底前完成。
            stated[-1] = replace(stated[-1], deadline=due)
            continue
        if due and not stated and heading:
            stated.append(replace(heading, deadline=due))
            continue
        told = list(reading.of_sentence(left, right))
        if shared and not any(duty.bound for duty in told):
            told = [replace(duty, deadline=shared) for duty in told]
        stated += told
        shared = (shared or reading.shared(left, right)) if text[right - 1] in ";；" else None
    return tuple(stated)


_UNFINISHED: Final = re.compile(
    "[，,、\\s]*(?:全部|全面|基本|按期|如期|已|均|须|要|应)*"
    "(?:完成|落实|到位|建成|办结|结束|实现|见效|投用|上线|报送|上报|提交|执行|实施)"
    "(?:到位|完毕|工作|任务|目标)?(?:[并、，,].{0,10}?)?[，,；;。\\s]*"
)
"""Words behind a deadline that do not say what is to be completed by then."""
_SHORT: Final = 6
"""Words behind a deadline up to the comma that lack an object when there are no more characters (2–8)."""
_LINK: Final = 4
"""Words before a deadline in its phrase that are but a preposition or an adverb when there are no more (2–6)."""
_ATTRIBUTE: Final = re.compile("[^，,。；;]{1,6}的")
"""Behind a deadline that is itself part of what is to be built: 48小时内办结的绿色通道."""
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
        """Where a part ends: where the next one begins that opens at another place."""
        return next((one.cut for one in anchors[place + 1 :] if one.cut > anchors[place].cut), right)

    def _told(
        self, sentence: Span, start: int, end: int, anchor: _Anchor | None = None, *, opening: bool = False
    ) -> Iterator[Duty]:
        """The duties of one part of a sentence: one, or one for each of its frequencies."""
        deadline = anchor.deadline if anchor else None
        said = self._behind_deadlines(start, end) if deadline else start
        words = shortest(self.text, said, end, self.pairs, opening=opening)
        if words is None:
            return
        deadline = deadline or self._bracketed(start, end)
        for rhythm in (anchor.rhythms if anchor else ()) or (self._irregular(*words),):
            yield Duty(*words, sentence, deadline, rhythm)

    def _behind_deadlines(self, start: int, end: int) -> int:
        """Where the words begin that the deadlines of a part rule over: behind them, where these say enough."""
        last = max(
            (one for one in self._within(start, end) if one.kind == "deadline" and not self._enclosed(one)),
            key=lambda one: one.end,
        )
        if self._unfinished(last, end):
            return start
        phrases = list(stretches(self.text, start, end, PHRASE_ENDS, self.pairs))
        at = _phrase(phrases, last.start)
        behind = next(right for _, right in phrases if right > last.start) - last.end
        glued = (
            last.start - subject_end(self.text, at, last.start) > _LINK
            and self.text[last.end] not in PHRASE_ENDS
        )
        if glued and (behind <= _SHORT or _ATTRIBUTE.match(self.text, last.end, end)):
            return at
        return last.end

    def completes(self, left: int, right: int) -> Fact | None:
        """The deadline of a sentence that says no more than by when the sentence before is to be completed."""
        due = next((one for one in self._within(left, right) if one.kind == "deadline"), None)
        if due is None or due.start - left > _LINK or self._enclosed(due):
            return None
        return due if self._unfinished(due, right) else None

    def shared(self, left: int, right: int) -> Fact | None:
        """The deadline that a sentence opens with, a comma behind it, for the parts that follow up to the full stop.

        None where the whole sentence names another one: then each has its own.
        """
        stop = self.text.find("。", right)
        dated = [
            one
            for one in self._within(left, stop if stop >= 0 else len(self.text))
            if one.kind == "deadline" and not any(c.start <= one.start < c.end for c in self.closed)
        ]
        if len(dated) != 1 or self.text[left : dated[0].start].strip(" \u3000到至在"):
            return None
        return dated[0] if self.text[dated[0].end : dated[0].end + 1] in ("，", ",") else None

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
        dividing = [
            (_phrase(phrases, fact.start), fact.kind, fact)
            for fact in self._within(left, right)
            if (fact.kind == "deadline" and not self._enclosed(fact))
            or (fact.kind == "frequency" and not _KNOWN_RHYTHM.search(self.text, left, fact.start))
        ]
        anchors: list[_Anchor] = []
        for cut, kind, fact in sorted(dividing, key=lambda one: (one[0], one[1], one[2].start)):
            if kind == "deadline":
                anchors.append(_Anchor(cut, fact))
            elif fact.value or (anchors and anchors[-1].deadline is None):
                self._divide(anchors, cut, fact)
        return anchors

    def _divide(self, anchors: list[_Anchor], cut: int, fact: Fact) -> None:
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
