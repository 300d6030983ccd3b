"""How often: the words of a text that set a rhythm, and its period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.numerals import CHINESE_DIGIT, to_int


@dataclass(frozen=True, slots=True)
class Frequency:
    """Words that say how often, half-open, in characters of the text they were found in.

    `value` is the period as an ISO 8601 duration (每季度至少1次 is P3M, whatever the count), None where only a
    count is set (至少开展一次). `count` is how many times in a period, None where none is said. `whom` is where
    a bracket says for whom (高危行业领域 in 高危行业领域每月至少1次), half-open.
    """

    start: int
    end: int
    value: str | None
    count: int | None = None
    whom: tuple[int, int] | None = None


def frequencies(text: str) -> tuple[Frequency, ...]:
    """Finds how often things are due, in order, none overlapping another.

    Example: `每季度带队检查至少1次` is one frequency from 每 to 次, P3M, count 1; 周调度、月讲评 are P1W and P1M.
    """
    found = sorted(
        (*_every(text), *_set_phrases(text), *_counted(text)), key=lambda one: (one.start, -one.end)
    )
    kept: list[Frequency] = []
    for frequency in found:
        if not kept or frequency.start >= kept[-1].end:
            kept.append(frequency)
    return tuple(kept)


_S: Final = "[ \u3000]{0,2}"
_NUM: Final = rf"(?:\d{{1,3}}|[{CHINESE_DIGIT}十]{{1,3}})"
_TIMES: Final = rf"(?P<count>{_NUM}){_S}(?:次|轮|场|遍|回(?!头))"
_FLOOR: Final = "(?:至少|不少于|不得少于|不低于|最少|原则上)"
_PERIOD: Final = (
    rf"(?P<number>{_NUM}|半)?{_S}(?:个?(?P<unit>季度|工作日|学期|小时|年度|星期|[年月周日天季旬]))"
)
_EVERY: Final = re.compile(
    rf"每(?:隔)?{_S}{_PERIOD}(?![\u4e00-\u9fff]?平均)|(?P<whole>全年|一年|年度内){_S}(?={_FLOOR})"
)
# From the period to the count: in the same clause, or past a comma where the count is a floor (至少).
_NEAR_COUNT: Final = re.compile(rf"[^，,。；;：:、（(）)\t\n每]{{0,40}}?{_TIMES}")
_FAR_COUNT: Final = re.compile(
    rf"[^。；;：:（(）)\t\n每]{{0,60}}?{_FLOOR}[^，,。；;：:、（(）)\t\n每]{{0,10}}?{_TIMES}"
)

_UNITS: Final = {
    "年": (12, "M"), "年度": (12, "M"), "季": (3, "M"), "季度": (3, "M"), "月": (1, "M"), "旬": (10, "D"),
    "周": (1, "W"), "星期": (1, "W"), "日": (1, "D"), "天": (1, "D"), "工作日": (1, "D"), "小时": (1, "H"),
}  # fmt: skip
_MONTHS_A_YEAR: Final = 12
_HALVES: Final = {"年": "P6M", "月": "P15D", "天": "PT12H", "日": "PT12H"}


def _duration(number: str | None, unit: str) -> str | None:
    """Writes a period as ISO 8601: (None, 季度) is P3M, (两, 年) is P2Y; None for one of no fixed length."""
    if number == "半":
        return _HALVES.get(unit)
    if unit not in _UNITS:
        return None
    size, letter = _UNITS[unit]
    try:
        size *= to_int(number) if number else 1
    except ValueError:
        return None
    if letter == "M" and size % _MONTHS_A_YEAR == 0:
        return f"P{size // _MONTHS_A_YEAR}Y"
    return f"PT{size}H" if letter == "H" else f"P{size}{letter}"


def _count(words: str | None) -> int | None:
    try:
        return to_int(words) if words else None
    except ValueError:
        return None


_OPENED: Final = re.compile(r"[（(]([^（）()。；;，,]{1,30})$")
_BRACKET_REACH: Final = 32


def _whom(text: str, start: int) -> tuple[int, int] | None:
    """For whom, when the frequency stands in a bracket that begins with it."""
    left = max(0, start - _BRACKET_REACH)
    opened = _OPENED.search(text[left:start])
    return (left + opened.start(1), left + opened.end(1)) if opened else None


def _every(text: str) -> Iterator[Frequency]:
    """每季度至少1次, 每月, 每两年开展一次, 全年不少于4次."""
    for match in _EVERY.finditer(text):
        tail = _NEAR_COUNT.match(text, match.end()) or _FAR_COUNT.match(text, match.end())
        value = "P1Y" if match["whole"] else _duration(match["number"], match["unit"])
        end = tail.end() if tail else match.end()
        whom = _whom(text, match.start())
        yield Frequency(match.start(), end, value, _count(tail["count"]) if tail else None, whom)


_DOING: Final = (
    "调度|讲评|通报|总结|报告|例会|交办|研判|会商|分析|点评|排名|考核|检查|巡查|督查|督导|评估|公布|报送|培训|演练|"
    "警示|清零|小结|盘点|晾晒|评比|汇报|统计|会议|反馈|碰头|晒单|审核|清单|统筹"
)
_ONE_EACH: Final = re.compile(
    "[一半](?P<unit>年|月|季度?|周|日|天|旬)一(?:次|(?:[\u4e00-\u9fff]{2}(?!一)|[\u4e00-\u9fff]))"
)
_IN_EACH: Final = re.compile(rf"(?P<number>{_NUM}|半)个?(?P<unit>季度|年|月|周|日|天){_TIMES}")
_SHORT: Final = re.compile(
    rf"(?P<half>半)?(?P<unit>年度|季度|[年季月周日])度?(?:{_DOING})(?!中|结果|指标|体系|办法|方案|目标|评价)"
    "|(?:按(?=[年季月周日旬])|逐)(?P<by>年度?|季度?|月度?|周|日|旬)(?![标期程常内底前份])"
)
_NOT_A_RHYTHM: Final = re.compile(
    r"[\d今本当全近上下去前次个同该每一二三四五六七八九十两半第产多往来青少中老节假生]$"
)


def _set_phrases(text: str) -> Iterator[Frequency]:
    """一月一培训, 两年一次, 周调度、月讲评, 按季度."""
    for match in _ONE_EACH.finditer(text):
        half = "半" if match[0].startswith("半") else None
        yield Frequency(match.start(), match.end(), _duration(half, match["unit"]), 1)
    for match in _IN_EACH.finditer(text):
        yield Frequency(
            match.start(), match.end(), _duration(match["number"], match["unit"]), _count(match["count"])
        )
    for match in _SHORT.finditer(text):
        if _NOT_A_RHYTHM.search(text, max(0, match.start() - 1), match.start()):
            continue
        value = _duration("半" if match["half"] else None, match["unit"] or match["by"].rstrip("度"))
        yield Frequency(match.start(), match.end(), value)


_COUNTED: Final = re.compile(rf"{_FLOOR}[^，,。；;：:、（(）)\t\n]{{0,12}}?{_TIMES}")


def _counted(text: str) -> Iterator[Frequency]:
    """至少组织开展一次: a count in no period of its own."""
    for match in _COUNTED.finditer(text):
        yield Frequency(match.start(), match.end(), None, _count(match["count"]), _whom(text, match.start()))
