"""Whether one name is short for another: 住建局 for 住房和城乡建设局."""

from __future__ import annotations

from typing import Final

ENDING_REACH: Final = 3
"""A short form's last character stands among this many last ones of the full name (委 in 委员会)."""
_AND: Final = ("和", "与", "、", "及")


def is_short_for(short: str, full: str) -> bool:
    """Whether `short` keeps the order of the characters of `full`, begins alike and ends with its ending.

    A short form drops characters from within; one that only leaves out a whole part behind 和 is another unit.

    >>> is_short_for("安委办", "安全生产委员会办公室"), is_short_for("科技局", "科技和工业信息化局")
    (True, False)
    """
    if len(short) >= len(full) or short[0] != full[0] or short[-1] not in full[-ENDING_REACH:]:
        return False
    stem = short[:-1]
    if full.startswith(stem) and full.startswith(_AND, len(stem)):
        return False
    rest = iter(full)
    return all(character in rest for character in short)
