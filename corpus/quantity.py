"""How many, how much: the counts, shares, sums and limits of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.numerals import CHINESE, CHINESE_DIGIT, normalise


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, half-open, in characters of the text it was found in.

    `value` is comparator, number and unit in one form: 不得超过25人 is "<=25人", 60%以上 ">=60%", 约5万元 "~5万元",
    30人 "30人", 五万元以上二十万元以下 ">=5万元 <=20万元". `phrase_start`/`phrase_end` take in the comparator.
    """

    start: int
    end: int
    value: str
    phrase_start: int
    phrase_end: int


def quantities(text: str) -> tuple[Quantity, ...]:
    """Finds numbers that count or limit something, in order; dates, labels and document numbers are none.

    Example: `quantities("人数不得超过25人")[0]` is `Quantity(6, 9, "<=25人", 2, 9)`.
    """
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        if not _counts(match):
            continue
        quantity = _read(match)
        if found and _is_range(found[-1], quantity):
            first = found.pop()
            value = f"{first.value} {quantity.value}"
            quantity = Quantity(
                first.phrase_start, quantity.phrase_end, value, first.phrase_start, quantity.phrase_end
            )
        found.append(quantity)
    return tuple(found)


def _is_range(first: Quantity, second: Quantity) -> bool:
    """Whether two bounds make one range: 五万元以上二十万元以下."""
    return first.phrase_end == second.phrase_start and first.value[0] == ">" and second.value[0] == "<"


_SIGN_WORDS: Final = {
    "<=": "不得超过 不得高于 不得多于 不得大于 不超过 不高于 不多于 不大于 最多 最高 最长 至多 控制在 ≤",
    ">=": "不得少于 不得低于 不得小于 不少于 不低于 不小于 至少 最低 最少 达到 达 提高到 提高至 提升到 提升至 ≥",
    ">": "超过 高于 大于 多于 超 > ＞",
    "<": "低于 少于 小于 不足 不满 未满 < ＜",
    "~": "约为 约 大约 近",
}
_SIGN_AFTER: Final = {
    ">=": "及以上 或以上 或者以上 以上",
    "<=": "及以下 或以下 或者以下 以下 以内 之内",
    "~": "左右 上下",
}
_SIGNS: Final = {word: sign for sign, words in _SIGN_WORDS.items() for word in words.split()}
_SIGNS_AFTER: Final = {word: sign for sign, words in _SIGN_AFTER.items() for word in words.split()}

_S: Final = "[ \u3000]{0,2}"
_FIGURE: Final = r"\d{1,3}(?:[,，]\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?"
_TIME: Final = "个?工作日|个月|小时|分钟|[年日天]|周(?!岁)"
_MEASURE: Final = (
    "平方公里|平方千米|平方米|立方米|公里|千米|毫米|厘米|海里|公斤|千克|毫克|公顷|千瓦时?|兆瓦|吨(?:/[年日])?|米|亩|克|"
    "元|美元|倍|岁|周岁|学时|课时|人次|户次|批次|次/年"
)
# A counter must not be the head of another word (三分类, 十人大会).
_COUNTER: Final = (
    "个(?:百分点|重点领域|重点行业|行业领域|方面|领域|要素|系统|环节|行业|部门|项目|小区|社区|村|单位|乡镇|区域|点位?|"
    "阶段|步骤|专项|工作组|小组)?(?!别|人|性|案|体|一批?)|人(?![民员大为工才力社口身物])|名(?![称单录义优])|户(?![籍外])|"
    "家(?![庭属长具园])|项(?!目)|条(?![件例款文])|起(?![来草诉点到施至底])|处(?![理置罚分于室长级以])|类(?![别似型])|"
    "种(?![植类子])|件|台(?![账风阶])|辆|套|座|艘|架|床|册|份(?!额)|亩|株|头"
)
_FIGURE_ONLY: Final = (
    "[%％‰]|度(?!电|内)|℃|MPa|kPa|k[WVmg]|MW|[mck]?m[²³23]?(?![a-zA-Z\\d])|㎡|t(?![a-zA-Z])|L(?![a-zA-Z])|层|间|所|门|本|支|字|页|"
    "分(?![别工类级析管布局期批片])|版|位"
)
_NUMERAL: Final = rf"(?:[{CHINESE_DIGIT}][十百千万亿]|十)[{CHINESE}]{{0,10}}|[{CHINESE_DIGIT}]"
_ORDER: Final = "[百千万亿]{0,2}"


def _any(words: dict[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_STARTS: Final = "".join(sorted({word[0] for word in _SIGNS}))
_QUANTITY: Final = re.compile(
    # The first characters a quantity can begin with, so that the search fails fast elsewhere.
    rf"(?=[{_STARTS}\d{CHINESE_DIGIT}十百特甲乙丙A-D])(?:(?P<before>{_any(_SIGNS)})了?{_S})?"
    rf"(?P<number>(?:(?<![\d.〔（(“+#/·A-Za-z第-])(?:(?:{_FIGURE}){_S}[%％]?[-—–~～至到])?"
    rf"(?:{_FIGURE}){_S}{_ORDER}余?{_S}"
    rf"(?:(?P<span>{_TIME})|{_MEASURE}|{_COUNTER}|{_FIGURE_ONLY})"
    r"|[一二三四五特甲乙丙]级(?=(?:及|或者?)?以[上下])|(?<![A-Za-z])[A-D]级"
    rf"|百分之[{CHINESE}]{{1,5}}(?:点[{CHINESE_DIGIT}零]{{1,4}})?"
    rf"|(?<![第{CHINESE}每])(?:{_NUMERAL})余?(?:(?P<time>{_TIME})|{_MEASURE}|{_COUNTER})))"
    rf"(?:{_S}(?:[（(]含[^（）()]{{0,5}}[）)])?(?P<after>{_any(_SIGNS_AFTER)}))?"
)
# Time counts as a quantity only where the text bounds it or calls it a term (保存期限不少于三年).
_TERM: Final = re.compile("(?:期限?|时间|保存|有效|徒刑|拘役|拘留|停产|停业)(?:为|：)?[ \u3000]?$")
_REACH: Final = 8


def _counts(match: re.Match[str]) -> bool:
    """Whether a number is a quantity, not part of a date and not a plain 一 (一名, 一项)."""
    bounded = bool(match["before"] or match["after"])
    number = match["number"]
    if match["span"] or match["time"]:
        start = match.start("number")
        term = _TERM.search(match.string, max(0, start - _REACH), start)
        return (bounded or bool(term)) and not _DATE.match(match.string, start)
    return bounded or number[0] != "一" or number[1] in "百千万亿级"


_DATE: Final = re.compile(r"(?:19|20)\d\d[ \u3000]?年|\d{1,2}[ \u3000]?日")


def _read(match: re.Match[str]) -> Quantity:
    sign = _SIGNS_AFTER.get(match["after"] or "") or _SIGNS.get(match["before"] or "", "")
    if match["before"] == "近" and (
        match["span"] or match["time"]
    ):  # 近5年: the last five years, not about five
        sign = ""
    start, end = match.span("number")
    value = normalise(match["number"].replace(" ", "").replace("\u3000", ""))
    return Quantity(start, end, sign + value, match.start(), match.end())
