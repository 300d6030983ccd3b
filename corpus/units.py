"""Who is responsible: the units a clause names, as leading, joining, supporting or simply charged."""

from __future__ import annotations

from corpus.unit import Unit, UnitGroup
from corpus.unit_lists import read_list
from corpus.unit_places import bracketed, celled, labelled
from corpus.unit_sentences import run_in
from corpus.unit_words import in_sentence, names_in, split


def units(text: str) -> tuple[Unit, ...]:
    """The units responsible for what a text asks, in order.

    Example: in `（县应急管理局牵头，县公安局等部门配合）` 县应急管理局 is a lead and 县公安局 a support.
    """
    return tuple(unit for group in unit_groups(text) for unit in group.units)


def unit_groups(text: str) -> tuple[UnitGroup, ...]:
    """The lists of responsible units of a text, in order, none overlapping another.

    Read from closing brackets, from labels (责任单位：…), from table cells that hold nothing but units, and from
    sentences (由…负责, …牵头, …会同…).
    """
    found: list[UnitGroup] = []
    for start, end in (*bracketed(text), *labelled(text), *celled(text)):
        found.extend(read_list(text, start, end))
    found.extend(run_in(text))
    found.sort(key=lambda group: (group.start, -group.end))
    kept: list[UnitGroup] = []
    for group in found:
        if not kept or group.start >= kept[-1].end:
            kept.append(group)
    return tuple(kept)


def unit_list(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The units of a stretch that holds nothing but a list of them, in order; none when it holds anything else.

    Example: `unit_list("各乡镇（街道）、县公安局", 0, 12)` is `((0, 7), (8, 12))`.
    """
    names: list[tuple[int, int]] = []
    for left, right in split(text, start, end, "、，,"):
        found = [name for name in names_in(text, left, right) if in_sentence(text[slice(*name)])]
        if not found or text[left : found[0][0]].strip():
            return ()
        names.extend(found)
    return tuple(names)
