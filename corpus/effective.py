"""From when to when a text says it applies: 自2024年7月1日起施行，有效期5年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from corpus.document import Document, Span
from corpus.numerals import CHINESE_DIGIT, to_int

_S: Final = "[ \u3000\n]{0,2}"
_YEAR: Final = r"(?:19|20)\d\d|[一二][零〇○ＯO一二三四五六七八九]{3}"
_NUM: Final = rf"(?:\d{{1,2}}|[{CHINESE_DIGIT}十]{{1,3}})"
_COUNT: Final = rf"(?:\d{{1,3}}|[{CHINESE_DIGIT}十百]{{1,4}})"
_OWN: Final = "(?:印发|发布|公布|颁布|发文|下发|签发|通过|公告)"


def _day(name: str) -> str:
    """The pattern of a calendar day, month or year, its parts in groups of that name."""
    return (
        rf"(?P<{name}_year>{_YEAR}){_S}年{_S}"
        rf"(?:(?P<{name}_month>{_NUM}){_S}月{_S}(?:(?P<{name}_day>{_NUM}){_S}[日号])?|(?P<{name}_end>底|年底)?)"
    )


_APPLY: Final = "(?:起?(?:正式)?(?:开始)?(?:施行|实施|生效|执行|实行|试行|适用)(?!以来|[后前之的至了]))"
_SINCE: Final = re.compile(
    rf"(?:自|从|于){_S}(?:"
    rf"(?P<own>(?:本[^，。；\n]{{1,10}})?{_OWN}之?日){_S}(?:起)?{_S}(?:(?:满|第)?(?P<after>{_COUNT}){_S}(?:个)?(?P<unit>日|天|年|月|工作日)(?:之?后)?(?:起)?)?"
    rf"|{_day('on')}(?:零时|0时|00:00)?){_S}{_APPLY}"
)
_KINDS: Final = (
    "法|条例|办法|规定|细则|规则|规程|程序|规范|准则|通知|通告|公告|意见|决定|决议|方案|措施|政策|制度|标准|要求|目录|清单|名录|"
    "计划|规划|预案|批复|函|章程|文件|指引|指南|导则|要点|令|协议|名单|文"
)
_ITSELF: Final = (
    rf"(?<![正副样文书课基原根])(?:本|该){_S}(?!条例?第)[^，。；：、\n第]{{0,10}}?(?:{_KINDS})"
    r"(?:（[^（）]{1,8}）)?"
)
"""How a text speaks of itself as a whole: 本办法, 本实施意见（试行）."""
_SUBJECT: Final = re.compile(rf"{_ITSELF}(?:均|统一|暂定|经[^，。；\n]{{1,12}}，|，|,)?$")
_HANDED_OUT: Final = re.compile("现印发|现[将予]|印发给|予以[公发颁]布|已经?.{0,40}通过|修订后的")
"""A sentence that hands a text out says for all of it from when it applies."""
_SENTENCE: Final = re.compile(r"[^。；\n]+")
_TERM: Final = re.compile(
    rf"(?:有效期限?|施行期限?|试行期限?|实施期限?|执行期限?|暂行期|试行|暂行)(?:暂?[为定是]|暂定为)?{_S}"
    rf"(?P<count>{_COUNT}|半){_S}(?P<unit>年|个月)(?!以|内|前)"
)
_UNTIL: Final = re.compile(
    rf"(?:有效期限?|施行期限?|试行期限?|实施期限?|执行期限?|执行时间|期限|有效|施行|实施|执行|试行|[起日])"
    rf"[^。；\n]{{0,24}}?(?:至|到|截至|截止到?|—|-){_S}{_day('to')}(?:止|为止|24时)?"
)
_OF_ITSELF: Final = re.compile(
    rf"{_ITSELF}(?:的)?[，,]?(?:自|从|于|暂行|试行|有效|(?:施行|试行|实施|执行)(?:期|时间))"
)
_LIMITED: Final = re.compile("有效期|期限|施行期|试行期|实施期|执行期|执行时间|止|失效|废止|试行|暂行")
_NOTE_DAY: Final = re.compile(rf"{_day('on')}(?P<how>[^（）()]{{0,80}}?(?:公布|发布|颁布|印发|通过|批准))")
_HEAD: Final = 600
"""The note below a title that says when it was made public ends within so many characters of the text (100–2,000)."""
_MONTHS: Final = 12
_SAID_ABOUT_IT, _SAID_OF_ITSELF = 1, 2


@dataclass(frozen=True, slots=True)
class Stated:
    """A day that a text states, and the words that state it, half-open, in characters of `document.text`."""

    day: date
    span: Span


def since(document: Document) -> Stated | None:
    """The first day the text says it applies; None where it says none, or counts from a day that it does not say.

    What the text says of itself (本办法自…起施行) outweighs the note below its title and the notice that hands it out;
    of several such words the last counts.
    """
    found: tuple[int, Stated] | None = None
    for weight, start, match in _statements(document):
        day = _first_day(document, match)
        if day is not None and (found is None or weight >= found[0]):
            found = weight, Stated(day, Span(start + match.start(), start + match.end()))
    return found[1] if found else None


def until(document: Document) -> Stated | None:
    """The first day on which, by its own words, the text no longer applies: the day after the last one it names.

    A length of time (有效期5年, 试行两年) counts from the first day the text applies, else from its date.
    """
    first = since(document)
    begins = first.day if first is not None else _issued(document)
    for start, sentence in _sentences(document):
        if not _LIMITED.search(sentence) or not _speaks_of_itself(sentence):
            continue
        match = _UNTIL.search(sentence)
        day = _last_day(match) if match else None
        if day is not None and match is not None:
            return Stated(day + timedelta(days=1), Span(start + match.start(), start + match.end()))
        match = _TERM.search(sentence)
        if match and begins is not None:
            months = 6 if match["count"] == "半" else to_int(match["count"])
            months *= _MONTHS if match["unit"] == "年" and match["count"] != "半" else 1
            ends = _later(begins, months)
            return Stated(ends, Span(start + match.start(), start + match.end()))
    return None


def _statements(document: Document) -> Iterator[tuple[int, int, re.Match[str]]]:
    """The words that say from when the text as a whole applies: how much they weigh, and their sentence's offset."""
    for start, sentence in _sentences(document):
        for match in _SINCE.finditer(sentence):
            before = sentence[: match.start()]
            if _SUBJECT.search(before):
                yield _SAID_OF_ITSELF, start, match
            elif (start < _HEAD and before.lstrip()[:1] in ("（", "(")) or _HANDED_OUT.search(before):
                yield _SAID_ABOUT_IT, start, match


def _sentences(document: Document) -> Iterator[tuple[int, str]]:
    """The sentences of the text outside of tables, with the offset of each."""
    for clause in document.clauses:
        if not clause.cells:
            for match in _SENTENCE.finditer(document.text, clause.start, clause.end):
                yield match.start(), match[0]


def _speaks_of_itself(sentence: str) -> bool:
    if _OF_ITSELF.search(sentence):
        return True
    return any(
        _SUBJECT.search(sentence[: match.start()]) or _HANDED_OUT.search(sentence[: match.start()])
        for match in _SINCE.finditer(sentence)
    )


def _first_day(document: Document, match: re.Match[str]) -> date | None:
    if not match["own"]:
        return _calendar(match, "on", last=False)
    issued = _issued(document)
    if issued is None or not match["after"]:
        return issued
    count = to_int(match["after"])
    if match["unit"] == "工作日":
        return None  # which days are worked is not in the text
    if match["unit"] in ("年", "月"):
        return _later(issued, count * (_MONTHS if match["unit"] == "年" else 1))
    return issued + timedelta(days=count)


def _last_day(match: re.Match[str]) -> date | None:
    return _calendar(match, "to", last=True)


def _calendar(match: re.Match[str], name: str, *, last: bool) -> date | None:
    """The day written, the first or last of a month or year that is; None for one the calendar does not have."""
    year = to_int(match[f"{name}_year"].replace("Ｏ", "〇").replace("O", "〇"))
    month, day = match[f"{name}_month"], match[f"{name}_day"]
    try:
        if month is None:
            return date(year, _MONTHS, 31) if last else date(year, 1, 1)
        if day is None:
            first = date(year, to_int(month), 1)
            return _later(first, 1) - timedelta(days=1) if last else first
        return date(year, to_int(month), to_int(day))
    except ValueError:
        return None


def _issued(document: Document) -> date | None:
    """The document's own date, else the day on which the note below its title says it was made public or passed."""
    if document.date is not None:
        return date.fromisoformat(document.date)
    days = [
        (match["how"].endswith(("通过", "批准")), _calendar(match, "on", last=False))
        for match in _NOTE_DAY.finditer(document.text, 0, _HEAD)
        if match["on_day"]
    ]
    made_public = [day for passed, day in days if day is not None and not passed]
    passed = [day for was, day in days if day is not None and was]
    return next(iter(made_public or passed), None)


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the first of the month after where that month is too short."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        years, month = divmod(day.month + months, _MONTHS)
        return date(day.year + years, month + 1, 1)
