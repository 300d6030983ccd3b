"""How dates and lengths of time are worded: the patterns that find them, and the last day that a found one allows."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from corpus.numerals import CHINESE_DIGIT, to_int

_S: Final = "[ \u3000]{0,2}"
_NUM: Final = rf"(?:\d{{1,2}}|[{CHINESE_DIGIT}十]{{1,3}})"
_YEAR: Final = r"(?:19|20)\d\d|[一二][零〇○一二三四五六七八九]{3}"
_TO: Final = "[至到—–~～-]"
_CLOCK: Final = (
    rf"(?:{_S}(?:上午|下午|晚上?)?{_NUM}{_S}(?:[时点](?:整|{_NUM}分)?|[:：]\d\d)|{_S}(?:上午|下午))?"
)
_MONTH: Final = (
    rf"(?:{_NUM}{_S}(?:月份?)?{_TO}{{1,2}})?(?P<month>{_NUM}){_S}月份?{_S}"
    rf"(?:(?P<part>底|末|初|[上中下]旬)|(?:{_NUM}{_S}[日号]?{_TO})?(?P<day>{_NUM}){_S}[日号]{_CLOCK})?"
)
_EVENT: Final = (
    "主?汛期?|供暖季?|采暖季?|春节|元旦|国庆节?|中秋节?|五一|[春秋]季开学|开学|雨季|月[底末]|季度?[底末]"
)
_PART: Final = (
    rf"(?P<close>(?(year)年?|(?(relative)年?|年))[底末终内])|(?P<half>[上下])半年"
    rf"|第?(?P<quarter>[一二三四1-4]){_S}季度[底末]?|{_MONTH}|(?P<event>{_EVENT})|(?(relative){_NUM}{_S}[日号]|(?!))"
)
POINT: Final = re.compile(
    # The first characters a date can begin with, so that the search fails fast elsewhere.
    rf"(?=[\d{CHINESE_DIGIT}十今本当明次翌每年上下第主汛供采春元国中秋开雨月季])(?<![\d{CHINESE_DIGIT}十百])(?<!\.(?!\d{{4}}年))(?:(?P<year>{_YEAR}){_S}年度?{_S}|(?P<relative>[今本当明次翌每]年度?|[每本当次]月){_S})?"
    rf"(?:{_PART}|(?(year)|(?!))){_S}"
    r"(?:(?P<limit>之前|以前|前(?![后期款述置提来往端沿列\d两三]))|(?P<since>起|开始))?"
)
JOIN: Final = re.compile(_TO + "{1,2}")
TERM: Final = re.compile(
    rf"(?P<count>(?<![\d{CHINESE_DIGIT}十百第每])(?:\d{{1,3}}|[{CHINESE_DIGIT}十百]{{1,5}}|半)){_S}"
    rf"(?:个?{_S}(?P<working>工作日|交易日)|个?(?P<days>自然日|日|天)|个?(?:小时|钟头|月|星期|季度)|分钟|年|周)"
    rf"{_S}(?:之内|以内|内)(?![容部地外涵设])"
)
PHRASE: Final = re.compile(
    "(?:各?年度)?(?:按?序时|按时序)(?:进度)?(?:推[动进]|完成)|(?P<cell>长期(?:坚持|推进|实施)?|持续(?:推[进动]|开展|实施)|全年)"
    r"|每周[一二三四五六日天](?:下班)?(?:之前|以前|前)|每季度(?:末月|首月|末|最后一个月|第一个月)?的?\d{1,2}日(?:之前|以前|前)"
)
_LAST_MONTH: Final = 12
_QUARTER: Final = 3
_HALF_YEAR: Final = {"上": 6, "下": 12}
_PART_OF_MONTH: Final = {"初": 10, "上旬": 10, "中旬": 20}


_LEAP_YEAR: Final = 2024  # lends its days to a date without a year


def last_day(match: re.Match[str], year: int | None) -> date | None:
    """The last day a date allows; None without a year or for an event. Raises ValueError for 2月30日."""
    if match["month"]:
        month = to_int(match["month"])
        _, length = monthrange(year or _LEAP_YEAR, month)
        day = to_int(match["day"]) if match["day"] else _PART_OF_MONTH.get(match["part"] or "", length)
        last = date(year or _LEAP_YEAR, month, day)
        if match["limit"] and not match["day"] and not match["part"]:  # 6月前: not a day of June
            last = last.replace(day=1) - timedelta(days=1)
        if match["since"] and not match["day"]:
            last = last.replace(day=1)
        return last if year else None
    if match["event"] or year is None or (match["relative"] or "").endswith("月"):
        return None
    if match["half"]:
        return _month_end(year, _HALF_YEAR[match["half"]])
    if match["quarter"]:
        return _month_end(year, _QUARTER * to_int(match["quarter"]))
    if match["since"]:
        return date(year, 1, 1)
    if match["limit"] and not match["close"]:  # 2025年前: not a day of 2025
        return date(year - 1, _LAST_MONTH, 31)
    return date(year, _LAST_MONTH, 31)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
