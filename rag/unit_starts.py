"""Where the name of a unit may be taken to begin: at its place, at its level, or behind them."""

from __future__ import annotations

import re

_PLACE_END = re.compile("(?:[省市州盟县区旗镇乡]|街道)(?=.)")


def name_starts(name: str) -> tuple[int, ...]:
    """The offsets at which people begin a unit's name: its own, and before and behind every ending of a place.

    >>> name_starts("襄城县应急管理局")
    (0, 2, 3)
    """
    return (0, *(at for end in _PLACE_END.finditer(name) for at in end.span()))


def names_its_place(name: str) -> bool:
    """Whether the name says which place the unit is of, and not its level alone.

    >>> names_its_place("襄城县应急局"), names_its_place("县应急局")
    (True, False)
    """
    return any(end.start() > 0 for end in _PLACE_END.finditer(name))
