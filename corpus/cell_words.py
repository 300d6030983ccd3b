"""A cell's value as its number format shows it."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DECIMALS = re.compile(r"0?\.(0+)")
_DATE_PART = re.compile(r"y+|m+|d+", re.IGNORECASE)
_LINE_END = re.compile(r"\s*[\r\n]+\s*")
_SPACE = re.compile(r"[\t\f\v]+")
PRECISION: Final = 15
"""So many digits of a number are shown at most, as spreadsheets keep no more."""


def shown(value: Any, number_format: str = "General") -> str:
    r"""A cell's value as people see it: dates as dates, percentages as such; line ends become two spaces.

    Of a number format, the decimals, the grouping of thousands, the percent sign and words in quotes are heeded.

    >>> shown(0.125, "0.0%"), shown(1234567.0, "#,##0.00"), shown(2024.0), shown("甲\n乙")
    ('12.5%', '1,234,567.00', '2024', '甲  乙')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        return _day(value, number_format)
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, number_format.partition(";")[0])
    return _SPACE.sub(" ", _LINE_END.sub("  ", str(value).strip()))


def _day(value: datetime.datetime | datetime.date, number_format: str) -> str:
    """A date in the order and with the signs of its format, in Chinese where those are; with its time where it has one."""
    bare = _QUOTED.sub(lambda found: found[1] or found[2] or "", number_format.partition(";")[0])
    if "年" in bare:
        parts = {"y": f"{value.year}年", "m": f"{value.month}月", "d": f"{value.day}日"}
        named = dict.fromkeys(part[0].lower() for part in _DATE_PART.findall(bare.partition("h")[0]))
        day = "".join(parts[part] for part in parts if part in named) or f"{value.year}年"
    else:
        day = f"{value.year}-{value.month:02d}-{value.day:02d}"
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return f"{day} {value.hour:02d}:{value.minute:02d}"
    return day


def _number(value: int | float, number_format: str) -> str:
    said = "".join(found[1] or found[2] or "" for found in _QUOTED.finditer(number_format))
    bare = _QUOTED.sub("", number_format)
    percent = "%" in bare
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return ""
    number *= 100 if percent else 1
    decimals = _DECIMALS.search(bare)
    plain = re.search("[0#]", bare) is None or "e" in bare.lower()
    if not plain:
        digits = len(decimals[1]) if decimals else 0
        number = (
            number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
            if abs(number) < 10**PRECISION
            else number
        )
        written = f"{number:,f}" if "#,##" in bare else f"{number:f}"
    else:
        written = f"{value:.{PRECISION}g}"
    return written + ("%" if percent else "") + (said if not plain else "")
