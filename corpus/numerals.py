"""Chinese numerals read as numbers, so that 第十八条 and 第18条 are the same words to a search."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DIGITS: Final = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0, "○": 0, "两": 2,
}  # fmt: skip
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}
_CONTRACTED: Final = {"廿": "二十", "卅": "三十"}
_TEN, _HUNDRED = 10, 100
_LONGEST: Final = 32  # characters; a longer run of numerals is no number anyone writes

CHINESE_DIGIT: Final = "一二两三四五六七八九"
CHINESE: Final = CHINESE_DIGIT + "十百千万亿零〇○廿卅"
"""Every character a Chinese numeral in running text is written with."""


def to_int(numeral: str) -> int:
    """Reads one numeral, Chinese, Arabic, full-width or mixed.

    Example: `to_int("一百二十三") == 123`, `to_int("二〇二四") == 2024`, `to_int("3万") == 30000`,
    `to_int("两") == 2`, `to_int("一万五") == 15000`.

    Raises:
        ValueError: the text is no whole number written in one of these ways.
    """
    text = unicodedata.normalize("NFKC", numeral).strip().replace(",", "")
    for short, full in _CONTRACTED.items():
        text = text.replace(short, full)
    if not 0 < len(text) <= _LONGEST:
        raise _no_number(numeral)
    if text.isascii() and text.isdigit():
        return int(text)
    if text[0].isascii():
        return _mixed(text, numeral)
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _spelled(text, numeral)


def _no_number(numeral: str) -> ValueError:
    return ValueError(f"expected a numeral such as 十八, 二〇二四 or 3万, got {numeral!r}")


_MIXED: Final = re.compile(r"(\d+(?:\.\d+)?)([百千]?)([万亿]{1,2})?", re.ASCII)


def _mixed(text: str, numeral: str) -> int:
    """Reads `3万` and `1.5亿`: Arabic digits before Chinese units."""
    parts = _MIXED.fullmatch(text)
    if parts is None:
        raise _no_number(numeral)
    scale = _TENS.get(parts[2], 1)
    for myriad in parts[3] or "":
        scale *= _MYRIADS[myriad]
    whole, _, fraction = parts[1].partition(".")
    tenths: int = 10 ** len(fraction)
    value, remainder = divmod(int(whole + fraction) * scale, tenths)
    if remainder:
        raise _no_number(numeral)
    return value


def _spelled(text: str, numeral: str) -> int:
    """Reads digits with units, `一亿零三百二十五万` (left to right, largest unit first)."""
    total = section = 0
    digit: int | None = None
    unit_before = 0  # the unit just read, for 一百二 = 120; 0 after 零 or a digit
    for char in text:
        if char in _DIGITS:
            if digit:  # two digits in a row are an estimate (三四十) or no number
                raise _no_number(numeral)
            digit = _DIGITS[char]
            unit_before = 0 if digit == 0 else unit_before
        elif char in _TENS:
            unit = _TENS[char]
            if digit is None and unit != _TEN:  # 百 and 千 need a digit before them; 十 may stand alone
                raise _no_number(numeral)
            section += (1 if digit is None else digit) * unit
            digit, unit_before = None, unit
        elif char in _MYRIADS:
            if digit is None and section == 0 and total == 0:
                raise _no_number(numeral)
            unit = _MYRIADS[char]
            section += digit or 0
            total = (total + section) * unit if total < unit else total + section * unit
            digit, section, unit_before = None, 0, unit
        else:
            raise _no_number(numeral)
    if digit and unit_before >= _HUNDRED:
        return total + section + digit * unit_before // _TEN
    return total + section + (digit or 0)


# Characters that make a word of the numeral after them (统一条件, 唯一次要), so that it counts nothing.
_WORD_BEFORE: Final = frozenset("统唯同专单逐合划归任初")
_COUNTER: Final = re.compile(
    "[余多]?(?:个(?!一)|年|日|天|周|季度|小时|分钟|次|轮|名|人(?!一)|岁|项|条|款|章|家|户|元|倍|公里|[厘毫]?米|海里|学时|课时|平方|立方|吨|"
    "公斤|千克|亩|公顷|处|台|辆|件|起|份|层|类|种)"
)
# 一 alone is so often no count (一项一策, 一人一档) that it is read before fewer counters.
_COUNTER_OF_ONE: Final = re.compile("次|轮|个月|个工作日|年|天|日|周(?!一)|季度|小时|倍|元|名")
_ORDINAL: Final = re.compile("条|章|节|款|项|编|部分|期|批|号|季度|次|名|位|类|级|阶段|周|天|年|页|行|点")
# A month is one only in a date: 六月底, 六月三十日, 二〇二四年六月; not in 一月一培训.
_MONTH: Final = re.compile(rf"月(?:[份底初中末上下旬]|(?:[{CHINESE}]{{1,3}}|\d{{1,2}})日)")
_YEAR_LENGTH: Final = 4

# Every pattern begins with one set of characters: the search then skips the rest of the text at full speed.
_WIDE: Final = re.compile("[０-９％]+")
_SPACE: Final = re.compile("[ \u3000]+(?=([\\d%])|[\u4e00-\u9fff])")
_RUN: Final = re.compile(rf"[{CHINESE}]+(?:分之([{CHINESE}]+)(?:点([零〇{CHINESE_DIGIT}]+))?)?")
_MONEY: Final = re.compile("[0-9][0-9,]{0,24}万?(?=元)")


def normalise(text: str) -> str:
    """Writes the numerals of dates, counts, shares and numbering in Arabic digits.

    Sayings keep their numerals (一岗双责, 三管三必须). Idempotent. For both sides of a comparison, never
    for a quotation, as offsets are not kept.

    Example: `normalise("第十八条 二〇二四年六月底前至少一次") == "第18条 2024年6月底前至少1次"`.
    """
    # A numeral read may be what the one beside it hung on, so it is gone over until nothing changes: every change
    # takes away a space or a Chinese numeral, or shortens a number.
    while (read := _once(text)) != text:
        text = read
    return text


def _once(text: str) -> str:
    text = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), text)
    text = _SPACE.sub(_close, text)
    text = _RUN.sub(_read, text)
    return _MONEY.sub(_money, text)


def _close(space: re.Match[str]) -> str:
    """Drops a space between a digit and a Chinese character, as type-setting puts one."""
    before = space.string[space.start() - 1] if space.start() else ""
    joins = "\u4e00" <= before <= "\u9fff" if space[1] else before.isdigit() or before == "%"
    return "" if joins else space[0]


def _read(run: re.Match[str]) -> str:
    found, text, start, end = run[0], run.string, run.start(), run.end()
    try:
        if run[1]:
            return _percent(found, run[1], run[2])
        before = text[start - 1] if start else ""
        if before == "第":
            return str(to_int(found)) if _ORDINAL.match(text, end) else found
        if before == "之" and text[start - 2 : start - 1] == "条":  # 第十八条之一
            return str(to_int(found))
        if len(found) == _YEAR_LENGTH and found[0] in "一二" and text.startswith("年", end):
            return str(to_int(found))
        if text.startswith("月", end):
            dated = _MONTH.match(text, end) or before == "年"
            return str(to_int(found)) if dated else found
        if before in _WORD_BEFORE:
            return found
        counter = _COUNTER_OF_ONE if found == "一" else _COUNTER
        return _short(found) if counter.match(text, end) else found
    except ValueError:
        return found


def _percent(found: str, whole: str, decimals: str | None) -> str:
    if not found.startswith("百分之"):
        return found
    figures = "".join(str(_DIGITS[char]) for char in decimals or "")
    return f"{to_int(whole)}.{figures}%" if figures else f"{to_int(whole)}%"


def _short(numeral: str) -> str:
    """Writes a count as official texts do: 50000 as 5万."""
    if len(numeral) > 1 and all(char in _DIGITS for char in numeral):  # 三五, 四五: an estimate, not 35
        return numeral
    return _rounded(to_int(numeral))


def _rounded(value: int) -> str:
    for name, unit in reversed(_MYRIADS.items()):
        if value >= unit and value % unit == 0:
            return f"{value // unit}{name}"
    return str(value)


def _money(amount: re.Match[str]) -> str:
    start = amount.start()
    if start and amount.string[start - 1] in ".,0123456789":
        return amount[0]
    return _rounded(to_int(amount[0]))
