"""A list of units read left to right: who leads, who joins, who helps, who is charged."""

from __future__ import annotations

import re
from typing import Final

from corpus.unit import Unit, UnitGroup, UnitRole
from corpus.unit_words import LABEL_WORDS, names_in, split

LABEL: Final = re.compile(rf"(?P<label>{LABEL_WORDS})[ \u3000]*(?:及分工)?[:：]")
# Where a unit's name ends and what it is to do begins.
MARK: Final = re.compile(
    "(?<![高平初中同一二三])等(?=(?:\\d|有关|相关|县|市|省|区|街道|部门|单位|各|成员|按|依|分|负责|牵头|配合|共|多|[一二三四五六七八九十]|$))"
    "|分别|共同|联合(?!会)|(?:按照?|依据|根据|依)(?:各自)?(?:的)?(?:职责|职能|分工|任务)|牵头|(?<!各)负责(?!人|同志|制(?!定|订))|分工|配合|"
    "协同(?:推进|配合|负责|做好)|协助|参与|参加|主办|协办|承办|具体落实|组织实施|指导(?:落实|实施)|抓好"
)
_ROLE_WORDS: Final[tuple[tuple[re.Pattern[str], UnitRole], ...]] = (
    (re.compile("牵头|主办"), "lead"),
    (re.compile("配合|协助|协办|参与|参加|协同|协作"), "support"),
)
STANDING: Final = re.compile("^以[下上]|不再|下同")


def read_list(text: str, start: int, end: int) -> list[UnitGroup]:
    """Reads a list of units left to right; the words behind a name say what it and those before it are to do."""
    groups: list[UnitGroup] = []
    names: list[tuple[int, int]] = []
    label: UnitRole | None = None
    default: UnitRole = "duty"

    def close(role: UnitRole) -> None:
        if names:
            groups.append(group(names, role))
        names.clear()

    for left, right in split(text, start, end, "、，,；;。"):
        opening = LABEL.search(text, left, right)
        if opening:
            names.extend(names_in(text, left, opening.start()))
            close(label or default)
            label = role_of(opening["label"], "duty")
            left = opening.end()
        if STANDING.match(text[left:right].lstrip()):
            close(label or default)
            label = "standing"
        if "会同" in text[left:right]:
            joint = text.index("会同", left)
            names.extend(names_in(text, left, joint))
            close("lead")
            default, left = "joint", joint + len("会同")
        mark = MARK.search(text, left, right)
        names.extend(names_in(text, left, mark.start() if mark else right))
        if mark:
            close(label or role_of(text[mark.start() : right], default))
            label = None if label == "standing" else label
    close(label or default)
    return groups


def role_of(words: str, default: UnitRole) -> UnitRole:
    """What the words behind units make of them; `default` where they say neither that they lead nor that they help.

    >>> role_of("牵头", "duty"), role_of("负责", "duty")
    ('lead', 'duty')
    """
    return next((role for pattern, role in _ROLE_WORDS if pattern.search(words)), default)


def group(names: list[tuple[int, int]], role: UnitRole) -> UnitGroup:
    """The units at these places, in order and not none, as one list."""
    start, end = names[0][0], names[-1][1]
    return UnitGroup(start, end, role, tuple(Unit(left, right, role, start, end) for left, right in names))
