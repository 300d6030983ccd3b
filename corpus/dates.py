"""By when: the words of a text that set a date, and the calendar day they mean where they say enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from corpus.date_words import JOIN, PHRASE, POINT, TERM, last_day
from corpus.due_role import SENTENCE_END, DeadlineRole, due_role
from corpus.numerals import to_int


@dataclass(frozen=True, slots=True)
class Deadline:
    """Words that say by when, half-open, in characters of the text they were found in.

    `date` is the last day that keeps the deadline (ISO), None where the words name no calendar day (主汛期前,
    每年3月底前, 10个工作日内). `role` says what is due: to complete, to establish a mechanism, to report, to
    carry on, or to begin. `inferred` says, in Chinese, where a year that the words leave out was taken from.
    """

    start: int
    end: int
    date: str | None
    role: DeadlineRole
    inferred: str | None = None


def deadlines(text: str, *, years: tuple[int, int] | None, issued: str | None = None) -> tuple[Deadline, ...]:
    """Finds by when things are due, in order, none overlapping another.

    `years` are the first and last year the document speaks of, `issued` the day it was signed (ISO); they lend a
    missing year and tell the past, which is no deadline, from what is to come.

    Example: `deadlines("2024年底前建立机制", years=None)` is `(Deadline(0, 7, "2024-12-31", "establish"),)`.

    Raises:
        ValueError: `issued` is no ISO date.
    """
    reading = _Reading(text, years, date.fromisoformat(issued) if issued else None)
    found = sorted(
        (*reading.points(), *reading.terms(), *_phrases(text)), key=lambda one: (one.start, -one.end)
    )
    kept: list[Deadline] = []
    for deadline in found:
        if not kept or deadline.start >= kept[-1].end:
            kept.append(deadline)
    return tuple(kept)


# Where a date may begin to stand on its own: a clause, a cell, a label, a bracket.
_OPENING: Final = frozenset('，,。；;：:、（(\n\t“"．.）)!！?？')
_UNTIL: Final = re.compile(
    r"(?:[到至]|截至|截止|(?:请|须|应|务必|拟)于|(?:时间|时限|期限|日期|节点|进度|安排)[:：为])$"
)
_AT: Final = re.compile(r"(?:[到至于在拟]|(?P<aim>确保|力争|争取))$")
# A stage of a plan with its months behind it: 总结提升阶段（2026年12月）.
_STAGE: Final = re.compile("(?:阶段|步骤|环节)[^。；\n]{0,16}[（(]$")
_STAGE_REACH: Final = 24
_SINCE_THEN: Final = re.compile(
    "以来|至今|的|已|度?[^，。；\n\t]{0,10}(?:要点|方案|计划|通知|报告|总结|预算|规划|名单)"
)
_DUTY: Final = re.compile(
    "(?:全面|基本|全部|力争|重点|继续|持续|逐步|初步|率先|进一步|大力|深入|着力|要|再|新|各|拟|将)*"
    "(?:推[动进广]|完[成善]|实[现施行]|建[成立设]|形成|开展|启动|依据|组织|落实|健全|制定|出台|消除|达到|培育|打造|创建|"
    "争取|确保|细化|清[退零理]|整[改治]|改造|修订|普及|覆盖|取得|遏制|安排|新增|提[升高]|选[树聘]|编制|发布|强化)"
)
_IN_FORCE: Final = re.compile("[，,]?(?:施行|实施|执行|生效)")
_NEAR: Final = 3

# 1月底前 in a document of December is next January; 3月底前 in one of early April is not.
_LONG_PAST: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text with what is known of its document."""

    text: str
    years: tuple[int, int] | None
    issued: date | None

    def points(self) -> Iterator[Deadline]:
        """Days and periods of the calendar: 2024年底前, 6月30日前, 2024年4月至6月."""
        before: re.Match[str] | None = None
        named: int | None = None  # the year named last in this sentence
        for match in POINT.finditer(self.text):
            if before and SENTENCE_END.search(self.text, before.end(), match.start()):
                named = None
            opening = before if before and self._joined(before, match) else None
            if opening and opening["year"]:
                named = to_int(opening["year"])
            before = match
            year, inferred = self._year(match, named)
            inferred = None if opening and opening["year"] else inferred
            try:
                day = last_day(match, year)
            except ValueError:  # 13月, 2月30日
                continue
            if not self._accepts(match, year, opening):
                continue
            if match["year"]:
                named = year
            start = opening.start() if opening else match.start()
            end = match.start() + len(match[0].rstrip())
            role: DeadlineRole = "start" if match["since"] else due_role(self.text, start, end)
            yield Deadline(start, end, day.isoformat() if day else None, role, inferred if day else None)

    def terms(self) -> Iterator[Deadline]:
        """Lengths of time: 印发之日起30日内, 接到报告后24小时内, 10个工作日内."""
        for match in TERM.finditer(self.text):
            start = match.start()
            event = _EVENT_BEFORE.search(self.text[max(0, start - _EVENT_REACH) : start])
            if event:
                start -= len(event[0])
            elif _SPAN_OF_PAST.search(self.text, max(0, start - _NEAR), start):
                continue
            yield Deadline(
                start, match.end(), self._term_end(match, event), due_role(self.text, start, match.end())
            )

    def _term_end(self, match: re.Match[str], event: re.Match[str] | None) -> str | None:
        """The last day of a term of calendar days that runs from the document's own date."""
        if not (self.issued and event and match["days"] and _OWN_DATE.match(event[0])):
            return None
        return (self.issued + timedelta(days=to_int(match["count"]))).isoformat()

    def _joined(self, first: re.Match[str], second: re.Match[str]) -> bool:
        """Whether two dates are the ends of one stretch: 2024年4月至6月底."""
        between = self.text[first.end() : second.start()].strip()
        return bool(between and JOIN.fullmatch(between) and (first["month"] or first["since"]))

    def _year(self, match: re.Match[str], named: int | None) -> tuple[int | None, str | None]:
        if match["year"]:
            return to_int(match["year"]), None
        relative = (match["relative"] or "")[:1]
        if relative in ("每", "次", "翌"):
            return None, None
        later = 1 if relative == "明" else 0
        if self.issued and relative:
            return self.issued.year + later, f"年份按成文日期{self.issued.isoformat()}推算"
        if named and not relative:
            return named, f"年份取自同句的{named}年"
        if self.years and self.years[0] == self.years[1]:
            return self.years[0] + later, f"年份取自文件标题的{self.years[0]}年"
        if self.issued is None:
            return None, None
        year = self.issued.year
        try:
            day = last_day(match, year)
        except ValueError:
            day = None
        past = day is not None and match["since"] is None and day < self.issued - _LONG_PAST
        return year + past, f"年份按成文日期{self.issued.isoformat()}推算"

    def _accepts(self, match: re.Match[str], year: int | None, opening: re.Match[str] | None) -> bool:
        """Whether a date is one to keep, not one that names a plan, a meeting or the past."""
        text, start, end = self.text, match.start(), match.end()
        first = self.years[0] if self.years else self.issued.year if self.issued else None
        in_force = match["since"] and _IN_FORCE.match(text, end)
        if match["year"] and year and first and year < first and not in_force:
            return False
        before = text[max(0, start - _NEAR) : start].rstrip()
        until = bool(_UNTIL.search(before))
        opens = start == 0 or before[-1:] in _OPENING or not before
        cell = _is_cell(text, start, end)
        if match["limit"] or match["since"]:
            return match["month"] is not None or match["since"] is None
        comma = text[end : end + 1] in ("，", ",")
        at_once = match["month"] and _DUTY.match(text, end)  # 2024年6月完成方案编制
        if (not at_once and _SINCE_THEN.match(text, end)) or (
            comma and before.endswith("截至")
        ):  # 截至2月底，已…
            return False
        if opening or (
            cell and ("\t" in text[max(0, start - 1) : end + 1] or not (match["day"] or "\n" in text))
        ):
            return True
        if match["day"] or match["event"]:
            return until and match["day"] is not None
        duty = comma or bool(_DUTY.match(text, end))
        if match["close"] or match["part"] or match["half"]:
            return bool(match["year"] or until or (duty and (opens or _AT.search(before))))
        stage = text[end : end + 1] in ("）", ")") and _STAGE.search(
            text, max(0, start - _STAGE_REACH), start
        )
        if until or stage:
            return True
        at = _AT.search(before)
        opens = opens or bool(at and at["aim"])
        return opens and duty and bool(match["year"] or match["quarter"] or match["relative"])


def _is_cell(text: str, start: int, end: int) -> bool:
    left = text[max(0, start - _NEAR) : start].rstrip(" \u3000")[-1:]
    right = text[end : end + _NEAR].lstrip(" \u3000")[:1]
    return left in ("", "\n", "\t") and right in ("", "\n", "\t")


_EVENT_REACH: Final = 24
_EVENT_BEFORE: Final = re.compile(
    r"[^，,。；;：:、（）()\s自从在应于的至]{1,18}(?:之日|次日|之时|当日|之后|[日后])(?:起(?:的)?)?[，,]?(?:在|于)?$"
)
_OWN_DATE: Final = re.compile("(?:本[^，。]{1,6})?(?:印发|发布|公布|下发|发文|施行)之日")
_SPAN_OF_PAST: Final = re.compile("近|最近|过去|连续|前|后|每|任期")
_LABELLED: Final = re.compile("[时期]限[:：]$")


def _phrases(text: str) -> Iterator[Deadline]:
    """Wordings with no day of their own: 各年度序时推动, 每周五前; 长期坚持 in a cell or behind a label (完成时限：)."""
    for match in PHRASE.finditer(text):
        start, end = match.span()
        if match[0].startswith("每"):
            yield Deadline(start, end, None, due_role(text, start, end))
        elif (
            match["cell"] is None
            or ("\t" in text and _is_cell(text, start, end))
            or _LABELLED.search(text, max(0, start - _NEAR), start)
        ):
            yield Deadline(start, end, None, "continue")
