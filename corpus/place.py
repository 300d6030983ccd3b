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
_PART = re.compile(rf"(?!国家|全国|中国|中华|关于)([\u4e00-\u9fff]{{1,10}}?)({_UNIT})")
_LEVELS: Final = (
    frozenset({"省", "自治区", "特别行政区"}),
    frozenset({"市", "自治州", "地区", "盟"}),
    frozenset({"县", "自治县", "区", "旗", "自治旗", "林区", "新区"}),
    frozenset({"镇", "乡", "街道"}),
)
"""The endings of places from the largest: what stands inside a place is smaller than it."""
_PROVINCES: Final = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|"
    "甘肃|青海|内蒙古|广西|西藏|宁夏|新疆"
)
"""What may be written before a place without its own ending: 内蒙古包头市."""
_LONGEST_NAME: Final = 4
"""Characters of a name without its ending, where it is not that of an autonomous place (2–10)."""
_LONGEST_SMALL_NAME: Final = 6
"""The same for banners, townships and streets, whose names say what they were cut from (2–10)."""
_SMALL: Final = _LEVELS[-1] | {"旗"}
_CITY_IN_CITY: Final = 2
"""Characters of the name of a city that is written as a part of another (许昌市长葛市)."""
_NO_NAME = re.compile(r"[和与及各对]|城乡|关于|国家|全国|管理|委员会|工作|办公")
_NO_CHARACTER: Final = frozenset("本我该全各外贵每某这那省市县城郊债股楼夜门超集")
"""What is no name where it is one character: 本市, 我省, 债市."""
_BEFORE = re.compile("^(?:致|转发|批转|印发|中共|共青团|国家税务总局)+")
"""What stands before a place that a name or title begins with: to whom a letter goes, whose branch a unit is."""
_KIND = re.compile(r"城[市镇]|[乡村]镇|民族[乡镇]|行政区|保税区|风景名胜区|蓄滞洪区|历史文化名城名镇")
"""Kinds of places, which titles of laws begin with (城市绿化条例) and which are no place."""
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*(?:[-—–－~～至到]|——)\s*((?:19|20)\d{2})")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_DAY = re.compile(r"(.{4})年(.{1,3})月(.{1,3})日")


def read_place(name: str) -> str | None:
    """The place a unit's name or a title begins with, as written; None without one.

    >>> read_place("新密市青屏街街道办事处文件"), read_place("致东城区居民的一封信"), read_place("本市有新规定")
    ('新密市青屏街街道', '东城区', None)
    """
    rest = _BEFORE.sub("", name)
    place, level, ending = "", -1, ""
    while part := _PART.match(rest, len(place)):
        above, ending = ending, part[2]
        inside = _level(ending)
        within_city = above == ending == "市" and len(part[1]) == _CITY_IN_CITY
        if not _is_name(part[1], ending) or (inside <= level and not within_city):
            break
        place, level = rest[: part.end()], inside
    return place if place and not _KIND.fullmatch(place) else None


def _level(ending: str) -> int:
    return next(at for at, endings in enumerate(_LEVELS) if ending in endings)


def _is_name(words: str, ending: str) -> bool:
    """Whether a place of that ending may be called so, which words of a sentence may not."""
    if words in _NO_CHARACTER or _NO_NAME.search(words + ending):
        return False
    province = _PROVINCES.match(words)
    own = len(words) - (province.end() if province else 0)
    longest = _LONGEST_SMALL_NAME if ending in _SMALL else _LONGEST_NAME
    return "自治" in ending or own <= longest


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
