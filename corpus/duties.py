"""Where a duty's words begin and end in a clause, and which deadline and frequency rule over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.closings import Closing
from corpus.facts import Fact
from corpus.stretches import PHRASE_ENDS, SENTENCE_ENDS, stretches


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be done, half-open, in characters of the clause's text, and the facts that rule over it.

    `sentence` is the sentence the words stand in.
    """

    start: int
    end: int
    sentence: tuple[int, int]
    deadline: Fact | None = None
    frequency: Fact | None = None


def duties(
    text: str,
    start: int,
    found: Sequence[Fact],
    closed: Sequence[Closing],
    pairs: tuple[tuple[int, int], ...],
) -> tuple[Duty, ...]:
    """The duties of a clause that have a deadline or a frequency, in order.

    `start` is where the clause's words begin behind its label or heading, `found` its facts, `closed` its
    closings and `pairs` its enclosures.

    Example: `健全数据库，2024年底前完善机制，6月底前建成。` has two, 完善机制 and 建成.
    """
    return tuple(_Reading(text, tuple(found), tuple(closed), pairs).duties(start))


_LEAD_IN: Final = re.compile(
    "[，,、：:\\s]*(?:(?:前|以前|之前)(?=[，,]))?(?:(?:必?须|应当?|需要?|要|均)(?!求|点|素|急|用))?"
)
_TRAIL: Final = "，,、。；;：:！!？? \u3000\n\t"
_UNFINISHED: Final = re.compile(
    "(?:全部|全面|基本|按期|如期|已|均|须|要|应)*(?:完成|落实|到位|建成|办结|结束|实现|见效|投用|上线|报送|上报|提交|执行|实施)"
    "(?:到位|完毕|工作|任务|目标)?(?:[并、，,].{0,10})?"
)
_MODIFIER: Final = re.compile(
    "(?:要|应)?(?:按照|根据|结合|依托|聚焦|围绕|通过|依据|针对|以|对照|利用|充分利用|运用)(?!.{0,60}(?:开展|组织|实行|落实|完成))"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A clause's text with what was found in it."""

    text: str
    found: tuple[Fact, ...]
    closed: tuple[Closing, ...]
    pairs: tuple[tuple[int, int], ...]

    def duties(self, start: int) -> Iterator[Duty]:
        for left, right in self.sentences(start):
            yield from self._of_sentence(left, right)

    def sentences(self, start: int) -> Iterator[tuple[int, int]]:
        """The sentences from `start` on, without the closings."""
        at = start
        for closing in self.closed:
            yield from stretches(self.text, at, closing.start, SENTENCE_ENDS, self.pairs)
            at = closing.end
        yield from stretches(self.text, at, len(self.text), SENTENCE_ENDS, self.pairs)

    def _of_sentence(self, left: int, right: int) -> Iterator[Duty]:
        within = [fact for fact in self.found if left <= fact.start and fact.end <= right]
        dated = [fact for fact in within if fact.kind == "deadline"]
        rhythms = [fact for fact in within if fact.kind == "frequency"]
        taken: set[Fact] = set()
        for place, fact in enumerate(dated):
            behind = dated[place + 1] if place + 1 < len(dated) else None
            floor = dated[place - 1].end if place else left
            start, end = self._ruled(fact, behind, floor, right)
            if start >= end:
                continue
            own = [one for one in rhythms if start <= one.start and one.end <= end]
            taken.update(own)
            for rhythm in own or [None]:
                yield Duty(start, end, (left, right), fact, rhythm)
        rest = [one for one in rhythms if one not in taken]
        for rhythm in _distinct(rest):
            start, end = self._phrase(rhythm, left, right)
            if start < end:
                yield Duty(start, end, (left, right), None, rhythm)

    def _ruled(self, fact: Fact, behind: Fact | None, floor: int, right: int) -> tuple[int, int]:
        """What a deadline rules over: from behind it to the next one's phrase or to the sentence's end."""
        bracket = next((pair for pair in self.pairs if pair[0] < fact.start < pair[1]), None)
        if bracket and self.text[bracket[0]] not in "《“":
            return self._trimmed(self._open(floor, bracket[0]), bracket[0])
        end = right
        if behind:
            end = behind.start
            comma = max(self.text.rfind("，", fact.end, end), self.text.rfind(",", fact.end, end))
            end = comma if comma > fact.end else end
        start, end = self._trimmed(fact.end, end)
        if start >= end or _UNFINISHED.fullmatch(self.text, start, end):
            start = self._object_before(fact, floor)
            start, end = self._trimmed(start, max(end, fact.end))
        return start, end

    def _open(self, floor: int, end: int) -> int:
        """Where the words that a bracket speaks of begin: with the sentence, or behind the deadline before."""
        return floor

    def _object_before(self, fact: Fact, floor: int) -> int:
        """Where the phrase begins that says what is to be completed by then."""
        phrases = [one for one in stretches(self.text, floor, fact.start, PHRASE_ENDS, self.pairs)]
        if not phrases:
            return floor
        last = phrases[-1]
        ends_here = self.text[last[1] - 1] not in PHRASE_ENDS
        if ends_here and len(phrases) > 1 and last[1] - last[0] <= _ACTOR:
            return phrases[-2][0]
        return last[0]

    def _phrase(self, rhythm: Fact, left: int, right: int) -> tuple[int, int]:
        """The phrase a frequency stands in, and the next one where it only says how."""
        phrases = list(stretches(self.text, left, right, PHRASE_ENDS, self.pairs))
        place = next(n for n, one in enumerate(phrases) if rhythm.start < one[1])
        start, end = phrases[place]
        last = place
        while phrases[last][1] < rhythm.end:
            last += 1
        end = phrases[last][1]
        head, _ = self._trimmed(start, end)
        if _MODIFIER.match(self.text, head, end) and last + 1 < len(phrases):
            end = phrases[last + 1][1]
        return self._trimmed(start, end)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        lead = _LEAD_IN.match(self.text, start, end)
        start = lead.end() if lead else start
        while end > start and self.text[end - 1] in _TRAIL:
            end -= 1
        return start, end


_ACTOR: Final = 20
"""Words before a deadline of at most this many characters only say who or when (10–30)."""


def _distinct(rhythms: Sequence[Fact]) -> Iterator[Fact]:
    """Frequencies of one list that say the same period count once (一月一培训、一月一警示)."""
    seen: set[tuple[tuple[int, int], str | None]] = set()
    for one in rhythms:
        if one.group:
            if (one.group, one.value) in seen:
                continue
            seen.add((one.group, one.value))
        yield one


_DOES: Final = re.compile(
    "(?:要|应|须|将|严格|认真|切实|持续|深入|全面|进一步|加快|积极|大力|着力|扎实|稳步|不断|充分|集中|因地制宜|依法|组织|定期|适时|常态化|及时|按照|"
    "强力|统筹|联合|配合|会同|聚焦|围绕|结合|依托|综合|对)*[\u4e00-\u9fff]{2}"
)
_SLOGAN: Final = re.compile(
    "^(?:以.{2,30}为(?:指导|引领|主线)|坚持以|本(?:办法|方案|规定|通知)|为(?:了|深入|贯彻|认真|全面|进一步))"
)


def main_duty(
    text: str, label_end: int, start: int, closed: Sequence[Closing], pairs: tuple[tuple[int, int], ...]
) -> Duty | None:
    """What a clause without deadline and frequency asks: its run-in heading, else its first sentence.

    The heading stands at `text[label_end:start]`, where it has one.
    """
    reading = _Reading(text, (), tuple(closed), pairs)
    if start > label_end:
        left, right = reading._trimmed(label_end, start)
        if left < right:
            return Duty(left, right, (label_end, len(text)))
    for left, right in reading.sentences(start):
        first, last = reading._trimmed(left, right)
        if first < last and not _SLOGAN.search(text[first:last]):
            return Duty(first, last, (left, right))
    return None
