"""Offices by what they are, whatever place they are of: 襄城县应急管理局 and 岫岩满族自治县应急管理局 are one."""

from __future__ import annotations

from corpus.unit_names import level_of


def office(name: str, place: str | None) -> str:
    """A unit's full name without the place of its document, or a larger one that this lies in, and without its level.

    >>> office("襄城县应急管理局", "襄城县"), office("县公安局", None), office("新密市水利局", "新密市青屏街街道")
    ('应急管理局', '公安局', '水利局')
    """
    rest = name
    for around in _around(place or ""):
        if name.startswith(around):
            rest = name.removeprefix(around)
            break
    return rest.removeprefix(level_of(rest)) or name


def _around(place: str) -> tuple[str, ...]:
    """A place and the larger ones that its name begins with, the smallest first: 新密市青屏街街道, then 新密市."""
    larger = (place[:end] for end in range(len(place) - 1, 1, -1) if level_of(place[end - 1]))
    return (place, *larger) if place else ()
