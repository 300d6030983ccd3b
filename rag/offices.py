"""Offices by what they are, whatever place they are of: 襄城县应急管理局 and 岫岩满族自治县应急管理局 are one."""

from __future__ import annotations

from corpus.unit_names import level_of

_EACH = "各"
_GOVERNMENT = ("人民政府", "政府")


def placeless(name: str, place: str | None) -> str:
    """A unit's full name without the place of its document, or without a larger one that this lies in.

    >>> placeless("襄城县应急管理局", "襄城县"), placeless("新密市水利局", "新密市青屏街街道"), placeless("县公安局", None)
    ('应急管理局', '水利局', '县公安局')
    """
    around = next((one for one in _around(place or "") if name.startswith(one)), "")
    return name.removeprefix(around) or name


def office(name: str, place: str | None) -> str:
    """What two units of two places have in common when they are the same office: no place, level, 各 or 人民.

    >>> office("襄城县应急管理局", "襄城县"), office("县公安局", None), office("各街道办事处", "襄城县")
    ('应急管理局', '公安局', '办事处')
    """
    bare = placeless(name, place).removeprefix(_EACH)
    return bare.removeprefix(level_of(bare)).replace(*_GOVERNMENT) or bare or name


def _around(place: str) -> tuple[str, ...]:
    """A place and the larger ones that its name begins with, the smallest first: 新密市青屏街街道, then 新密市."""
    larger = (place[:end] for end in range(len(place) - 1, 1, -1) if level_of(place[end - 1]))
    return (place, *larger) if place else ()
