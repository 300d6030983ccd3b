"""Units that a sentence names: 由县公安局负责, 县应急管理局牵头, 县公安局会同县交通运输局."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.unit import UnitGroup
from corpus.unit_lists import group, role_of
from corpus.unit_words import BRACKET, CLOSE, OPEN, SUFFIX, in_sentence, names_in, split

_RUN_MARK: Final = re.compile(
    "(?P<mark>牵头|会同|负责|配合)(?!部门|单位|科室|人|同志|制(?!定|订)|机制|的|作用|领导|[）)]|[^，,。；;、]{0,15}的(?:部门|机构|人|单位))"
)
_BOUNDARY: Final = re.compile("[，,。；;：:\n\t“”《》？！?!]|由")
_BEFORE_MARK: Final = re.compile(
    "(?:等[^、]{0,12})?(?:分别|共同|具体|统一|应当?|要|按照?(?:各自)?职责(?:分工)?|主动|积极|联合)*$"
)
_SENTENCE_REACH: Final = 80
_FORWARD_NAME: Final = re.compile(
    r"[^，,。；;：:、\s“”《》]{0,20}?(?:[县市省区]委(?:[^，。、]{0,3}[部校办])?"
    rf"|(?:人民政府|国务院)[^，,。；;、\s]{{0,14}}?(?:部门|机构)|{SUFFIX})(?![门位公]|委员|有关|相关|各|其他|所属|直属)"
)


# 配合 names a unit only behind one that leads: 由县公安局牵头，县教育局配合.
_LED: Final = re.compile("牵头[^。\n]*$")


def run_in(text: str) -> Iterator[UnitGroup]:
    """Units that a sentence names: 由县公安局负责, 县应急管理局牵头, 县公安局会同县交通运输局."""
    for match in _RUN_MARK.finditer(text):
        if match["mark"] == "配合" and not _LED.search(
            text, max(0, match.start() - _SENTENCE_REACH), match.start()
        ):
            continue
        names = _names_before(text, match.start())
        role = role_of(match["mark"], "lead" if match["mark"] == "会同" else "duty")
        if names:
            yield group(names, role)
        if match["mark"] == "会同":
            joint = _names_behind(text, match.end())
            if joint:
                yield group(joint, "joint")


def _names_before(text: str, end: int) -> list[tuple[int, int]]:
    start = max(0, end - _SENTENCE_REACH)
    boundary = [mark.end() for mark in _BOUNDARY.finditer(text, start, end)]
    if not boundary and start:
        return []
    start = boundary[-1] if boundary else start
    for bracket in BRACKET.finditer(text, start, end):
        if bracket[0] in OPEN and not any(char in CLOSE for char in text[bracket.end() : end]):
            start = bracket.end()
    adverbs = _BEFORE_MARK.search(text[start:end])
    end = start + adverbs.start() if adverbs else end
    names: list[tuple[int, int]] = []
    for left, right in split(text, start, end, "、"):
        found = [name for name in names_in(text, left, right) if in_sentence(text[slice(*name)])]
        if not found:
            return []
        names.extend(found)
    return names


def _names_behind(text: str, start: int) -> list[tuple[int, int]]:
    names: list[tuple[int, int]] = []
    while name := _FORWARD_NAME.match(text, start):
        names.append(name.span())
        if text[name.end() : name.end() + 1] != "、":
            break
        start = name.end() + 1
    return names
