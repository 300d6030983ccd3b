"""The days that a question speaks of: 2024年底前, 2025年上半年, 本月, by the end of June 2024."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

Span = tuple[int, int]
"""Half-open, in characters of the text."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last one, None for an open end; `spans` are the words that say so."""

    first: date | None
    last: date | None
    spans: tuple[Span, ...] = ()


_CENTURY: Final = 2000
_YEAR_MONTHS: Final = 12
_WEEK: Final = 7
_DAYS: Final = {"周": _WEEK, "星期": _WEEK, "月": 30}
_HALVES: Final = {"上": (1, 6), "下": (7, 12)}
_EARLY, _MIDDLE = 10, 20  # the last days of 上旬 and 中旬
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_QUARTER: Final = 3
_YEAR: Final = (
    r"(?P<year>(?:19|20)\d\d)(?:年度?|(?![\d号人家个项条名〕]))|(?<!\d)(?P<short>2\d)年"
    "|(?P<relative>[今本当明去]年度?)"
)
_MONTH: Final = (
    r"(?P<month>1[0-2]|0?[1-9])(?:月份?|[-/.](?=\d))"
    r"(?:(?P<end>[底末]|下旬)|(?P<early>初|上旬)|(?P<middle>中旬)|(?P<day>3[01]|[12]\d|0?[1-9])(?:[日号]|(?!\d)))?"
)
_PART: Final = (
    rf"(?P<close>(?(year)年?|(?(short)年?|(?(relative)年?|(?<![每半])年)))[底末终])|(?P<half>[上下])半年[底末]?"
    rf"|第?(?P<quarter>[1-4])季度?[底末]?|(?<!\d){_MONTH}"
)
_EDGE: Final = (
    r"(?:(?P<before>之前|以前|前(?![期后期款述]))|(?P<after>之后|以后|往后|后(?![续期]))|(?P<since>起|开始))?"
)
_POINT: Final = re.compile(
    rf"(?P<until>截至|截止到?|[到至])?(?:{_YEAR})?[-/. ]?"
    rf"(?:{_PART}|(?(year)|(?(short)|(?(relative)|(?!))))){_EDGE}"
)
_JOIN: Final = re.compile(r"\s*(?:[到至~～—–-]{1,2}|和|与)?\s*")
_HINT: Final = re.compile("[0-9年月周季期过]")
_NEAR: Final = re.compile(
    r"(?P<which>本|这个?|当|下个?|上个?)(?P<unit>月|季度|周|星期)底?(?:之?前)?"
    r"|(?P<count>\d{1,3})(?:个)?(?P<span>天|日|周|星期|月)(?:之内|以内|内)"
)
_OVERDUE: Final = re.compile(
    "(?:已经?)?(?:逾期|超期|过期|过了(?:期限?|时限)|到期未(?:完成|办))(?:了|的|未完成)*"
)
_ENGLISH: Final = re.compile(
    r"\b(?:(?P<by>by|until|till|no later than|due)\s+|(?P<before>before|prior to)\s+|(?P<after>after|since)\s+"
    r"|(?:in|during|within)\s+)?"
    r"(?:the\s+)?(?P<end>end of\s+(?:the\s+)?)?(?:(?P<half>first|second) half of\s+)?"
    rf"(?:(?:(?P<date>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s*(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b,?\s*)?|q(?P<quarter>[1-4])\s*(?:of\s+)?)?"
    r"(?P<year>20\d\d)\b(?!\s*[年/.-])",
    re.ASCII,
)
_ENGLISH_HINT: Final = re.compile("20[0-9][0-9]|year|month|quarter|week|due")
_ENGLISH_NOW: Final = (
    (
        re.compile(r"\b(?:by |before )?(?:the )?(?:end of (?:the|this) year|year[- ]end)\b", re.ASCII),
        "年底前",
    ),
    (re.compile(r"\b(?:by |before )?(?:the )?end of (?:the|this) month\b", re.ASCII), "本月底前"),
    (re.compile(r"\bthis year\b", re.ASCII), "今年"),
    (re.compile(r"\bnext year\b", re.ASCII), "明年"),
    (re.compile(r"\boverdue\b|\bpast due\b", re.ASCII), "逾期"),
)
_THIS_OR_NEXT: Final = re.compile(r"\b(this|next|last) (month|quarter|week)\b", re.ASCII)
_NOW: Final = {"this": "本", "next": "下", "last": "上", "month": "月", "quarter": "季度", "week": "周"}


def in_chinese(text: str) -> str:
    """The text with its English days in Chinese; for one in lower case.

    >>> in_chinese("tasks due by the end of june 2024")
    'tasks due 2024年6月底前'
    """
    if not _ENGLISH_HINT.search(text):
        return text
    text = _ENGLISH.sub(_point_in_chinese, text)
    for pattern, words in _ENGLISH_NOW:
        text = pattern.sub(words, text)
    return _THIS_OR_NEXT.sub(lambda found: _NOW[found[1]] + _NOW[found[2]], text)


def _point_in_chinese(found: re.Match[str]) -> str:
    year = f"{found['year']}年"
    if found["month"]:
        number = found["day"] or found["date"]
        day = f"{int(number)}日" if number else ""
        words = f"{year}{_MONTHS.index(found['month']) + 1}月{day}"
    elif found["quarter"]:
        words = f"{year}{found['quarter']}季度"
    elif found["half"]:
        words = year + ("上" if found["half"] == "first" else "下") + "半年"
    else:
        words = year
    due = found["by"] == "due"
    limit = (found["by"] and not due) or found["end"]
    if limit and not (found["day"] or found["date"] or found["quarter"] or found["half"]):
        words += "底"
    ending = "前" if limit or found["before"] else "以后" if found["after"] else ""
    return ("due " if due else "") + words + ending


def period_of(text: str, today: date) -> Period | None:
    """The days a text speaks of, None when it speaks of none; its numerals are digits, its days Chinese.

    What names no year is meant in the year of `today`. By (到2024年底, 2024年底前) has no first day, 2024年
    has both, 2024年以后 no last one. Days that cannot be (13月, 2月30日) are none.

    >>> period_of("住建局2024年底前要完成什么", date(2025, 5, 1))
    Period(first=None, last=datetime.date(2024, 12, 31), spans=((3, 10),))
    """
    if not _HINT.search(text):
        return None
    overdue = _OVERDUE.search(text)
    if overdue:
        return Period(None, today - timedelta(days=1), (overdue.span(),))
    points = list(_POINT.finditer(text))
    for at, match in enumerate(points):
        try:
            period = _days(match, today, None)
            if at + 1 < len(points) and _JOIN.fullmatch(text, match.end(), points[at + 1].start()):
                joined = _joined(match, period, points[at + 1], today)
                if joined:
                    return joined
        except ValueError:
            continue
        return period
    near = _NEAR.search(text)
    return _near(near, today) if near else None


def _joined(first: re.Match[str], opened: Period, second: re.Match[str], today: date) -> Period | None:
    """From one point to the next, None where they are no stretch; the second's year may be the first's."""
    if first["before"] or first["after"] or first["until"]:
        return None
    closed = _days(second, today, _year(first, today, None))
    if opened.first is None or closed.last is None or opened.first > closed.last:
        return None
    return Period(opened.first, closed.last, (first.span(), second.span()))


def _year(match: re.Match[str], today: date, named: int | None) -> int:
    if match["year"]:
        return int(match["year"])
    if match["short"]:
        return _CENTURY + int(match["short"])
    later = {"明": 1, "去": -1}.get((match["relative"] or " ")[0], 0)
    return (named if named and not match["relative"] else today.year) + later


def _days(match: re.Match[str], today: date, named: int | None) -> Period:
    """The days of one point. Raises ValueError for 2月30日."""
    year = _year(match, today, named)
    first, last, exact = _covered(match, year)
    span = match.span()
    if match["after"]:
        return Period(last + timedelta(days=1), None, (span,))
    if match["since"]:
        return Period(first, None, (span,))
    if match["before"] and not exact:  # 2025年前, 6月前: no day of it
        return Period(None, first - timedelta(days=1), (span,))
    if match["before"] or match["until"] or match["close"] or match["end"]:
        return Period(None, last, (span,))
    return Period(first, last, (span,))


def _covered(match: re.Match[str], year: int) -> tuple[date, date, bool]:
    """The first and the last day of a point, and whether its end can be a limit (底, 30日; not a bare month or year)."""
    if match["half"]:
        low, high = _HALVES[match["half"]]
        return date(year, low, 1), _month_end(year, high), True
    if match["quarter"]:
        high = _QUARTER * int(match["quarter"])
        return date(year, high - _QUARTER + 1, 1), _month_end(year, high), True
    if match["month"]:
        month = int(match["month"])
        if match["day"]:
            day = date(year, month, int(match["day"]))
            return day, day, True
        if match["early"] or match["middle"]:
            return date(year, month, 1), date(year, month, _EARLY if match["early"] else _MIDDLE), True
        return date(year, month, 1), _month_end(year, month), bool(match["end"])
    return date(year, 1, 1), _month_end(year, _YEAR_MONTHS), bool(match["close"])


def _near(match: re.Match[str], today: date) -> Period:
    if match["count"]:
        days = _DAYS.get(match["span"], 1)
        return Period(today, today + timedelta(days=int(match["count"]) * days), (match.span(),))
    later = {"下": 1, "上": -1}.get(match["which"][0], 0)
    by = match.group().endswith(("底", "前"))
    if match["unit"] in ("周", "星期"):
        first = today + timedelta(days=_WEEK * later - today.weekday())
        last = first + timedelta(days=_WEEK - 1)
    else:
        length = _QUARTER if match["unit"] == "季度" else 1
        opens = (today.month - 1) // length * length + 1 + length * later
        first = _month_end(today.year, opens).replace(day=1)
        last = _month_end(today.year, opens + length - 1)
    return Period(None if by else first, last, (match.span(),))


def _month_end(year: int, month: int) -> date:
    """The last day of a month; the 13th is the first of the next year, the 0th the last of the year before."""
    later, month = divmod(month - 1, _YEAR_MONTHS)
    year, month = year + later, month + 1
    return date(year, month, monthrange(year, month)[1])
