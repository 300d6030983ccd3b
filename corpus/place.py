"""Where and when a document is of: the place in an issuer's name, the years in a title, the day in a date line."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from corpus.numerals import to_int

_UNIT: Final = (
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|林区|新区|省(?!级)|市(?![场政容民域值管])|地区|盟(?!员)"
    r"|县(?![级乡])|(?<![园社小发范试])区(?![域块])|旗|镇(?!政)|乡(?![建村镇规])|街道)"
)
_PLACE = re.compile(rf"(?:(?!国家|全国|中国|中华|关于)[\u4e00-\u9fff]{{1,10}}?{_UNIT})+")
_NO_NAME = re.compile(r"[和与及各对]|城乡|关于|国家|全国|管理|委员会|工作|办公")
_BEFORE = re.compile("^(?:致|转发|批转|印发)")
"""What stands before a place that a title begins with: a letter goes to its people, a document of it is passed on."""
_KIND = re.compile(r"城[市镇]|[乡村]镇|民族[乡镇]|行政区|保税区|风景名胜区|蓄滞洪区|历史文化名城名镇")
"""Kinds of places, which titles of laws begin with (城市绿化条例) and which are no place."""
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*(?:[-—–－~～至到]|——)\s*((?:19|20)\d{2})")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_DAY = re.compile(r"(.{4})年(.{1,3})月(.{1,3})日")


def read_place(name: str) -> str | None:
    """The place a unit's name or a title begins with, as written; None without one.

    >>> read_place("新密市青屏街街道办事处文件"), read_place("致东城区居民的一封信"), read_place("国务院")
    ('新密市青屏街街道', '东城区', None)
    """
    found = _PLACE.match(_BEFORE.sub("", name))
    if found is None or _NO_NAME.search(found[0]) or _KIND.fullmatch(found[0]):
        return None
    return found[0]


def read_years(title: str) -> tuple[int, int] | None:
    """The first and last year a title speaks of.

    >>> read_years("三年行动实施方案（2024—2026年）"), read_years("2024年工作要点"), read_years("国旗法")
    ((2024, 2026), (2024, 2024), None)
    """
    span = _SPAN.search(title)
    if span:
        return int(span[1]), int(span[2])
    year = _YEAR.search(title)
    return (int(year[1]), int(year[1])) if year else None


def read_day(words: str) -> str | None:
    """The ISO date that a date line writes; None for a day the calendar does not have.

    >>> read_day("2024年3月25日"), read_day("二〇二四年三月二十五日"), read_day("2024年2月30日")
    ('2024-03-25', '2024-03-25', None)
    """
    found = _DAY.fullmatch(re.sub(r"\s", "", words))
    if found is None:
        return None
    try:
        return date(*(to_int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None
