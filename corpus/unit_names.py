"""The full names of units that a document writes short: 县住建局 is its 县住房和城乡建设局."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from corpus.short_form import is_short_for

_FULL: Final = MappingProxyType(
    {
        "住建局": "住房和城乡建设局",
        "住房城乡建设局": "住房和城乡建设局",
        "住建厅": "住房和城乡建设厅",
        "应急局": "应急管理局",
        "应急厅": "应急管理厅",
        "发改委": "发展和改革委员会",
        "发展改革委": "发展和改革委员会",
        "发改局": "发展和改革局",
        "发展改革局": "发展和改革局",
        "工信局": "工业和信息化局",
        "工信厅": "工业和信息化厅",
        "科工局": "科技和工业信息化局",
        "科工信局": "科技和工业信息化局",
        "卫健委": "卫生健康委员会",
        "卫生健康委": "卫生健康委员会",
        "卫健局": "卫生健康局",
        "人社局": "人力资源和社会保障局",
        "市场监管局": "市场监督管理局",
        "市监局": "市场监督管理局",
        "教体局": "教育体育局",
        "文旅局": "文化和旅游局",
        "文广旅局": "文化广电和旅游局",
        "文广旅体局": "文化广电旅游体育局",
        "城管局": "城市管理局",
        "城管委": "城市管理委员会",
        "交通局": "交通运输局",
        "资规局": "自然资源和规划局",
        "自规局": "自然资源和规划局",
        "农业局": "农业农村局",
        "退役军人局": "退役军人事务局",
        "医保局": "医疗保障局",
        "消防支队": "消防救援支队",
        "消防大队": "消防救援大队",
        "消防救援队": "消防救援大队",
        "交警大队": "公安局交通警察大队",
        "安委办": "安全生产委员会办公室",
        "安委会办公室": "安全生产委员会办公室",
        "安委会": "安全生产委员会",
        "消安委": "消防安全委员会",
        "消安办": "消防安全委员会办公室",
        "食安办": "食品安全委员会办公室",
        "食安委": "食品安全委员会",
        "环委办": "生态环境保护委员会办公室",
        "防指": "防汛抗旱指挥部",
        "防办": "防汛抗旱指挥部办公室",
        "工会": "总工会",
        "政府": "人民政府",
        "政府办": "人民政府办公室",
        "供销社": "供销合作社联合社",
    }
)
"""Short forms in use everywhere, without place or level, and their full names."""
_ORGANS: Final = MappingProxyType({"安委会": "安全生产委员会", "消安委": "消防安全委员会"})
"""Short forms that other words follow (安委会各成员单位)."""
_EVERYWHERE: Final = frozenset(
    {
        "公安局", "教育局", "民政局", "司法局", "财政局", "水利局", "商务局", "审计局",
        "统计局", "气象局", "林业局", "科技局", "信访局", "体育局", "粮食局", "自然资源局",
        "生态环境局", "城市管理综合执法局", "大数据局", "总工会", "妇联", "残联", "科协", "工商联",
        "文联", "供电公司", "融媒体中心", "人民政府", "人民法院", "人民检察院", "税务局",
    }
)  # fmt: skip
"""Units that every county and city has under the same name, besides those with a short form."""
_LEVEL: Final = re.compile("[省市县区州旗](?!政(?!府)|[场民域乡镇区县市]|管委)|街道|镇|乡")
_KIND: Final = re.compile("(?:委员会办公室|委员会|办公室|[局厅委办部会队])$")
_SHORTEST: Final = 3
"""Characters of a short form, at least: two in order are in many names (2–6)."""


def _bare(name: str) -> tuple[str, str]:
    """A name cut into its level and the rest: 县 and 公安局."""
    level = _LEVEL.match(name)
    return (level[0], name[level.end() :]) if level else ("", name)


class UnitNames:
    """The full name of every unit of a document, from its own full forms and from short forms in use everywhere.

    `place` is the document's place (襄城县); a name that begins with its level (县) gets the place's name.
    """

    def __init__(self, names: Iterable[str], place: str | None) -> None:
        split = [_bare(name) for name in names]
        bare = {rest for _, rest in split}
        self._own = sorted((name for name in bare if _KIND.search(name)), key=lambda name: (-len(name), name))
        self._of_level = {rest for level, rest in split if level} | _EVERYWHERE | {*_FULL, *_FULL.values()}
        self._place = place or ""

    def full(self, words: str, level: str = "") -> str:
        """The full name of a unit; `level` is what its list began with, for one that names none (县公安局、财政局).

        Example: with 县住房和城乡建设局 in a document of 襄城县, 县住建局 is 襄城县住房和城乡建设局.
        """
        own, rest = _bare(words)
        name = self._unshortened(rest)
        return self._located(own or (level if {rest, name} & self._of_level else ""), name)

    def _unshortened(self, name: str) -> str:
        if len(name) >= _SHORTEST:
            name = next((one for one in self._own if is_short_for(name, one)), name)
        if name in _FULL:
            return _FULL[name]
        return next(
            (long + name[len(short) :] for short, long in _ORGANS.items() if name.startswith(short)), name
        )

    def _located(self, level: str, name: str) -> str:
        if level and self._place.endswith(level):
            return self._place + name
        if level and level in self._place:
            return self._place[: self._place.index(level) + len(level)] + name
        return level + name


def level_of(name: str) -> str:
    """What a unit's name begins with that says its level: 县 in 县公安局, nothing in 公安局."""
    return _bare(name)[0]
