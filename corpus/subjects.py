"""The units that a sentence begins with, as the ones that are to act: 各乡镇（街道）要在3月底前成立专班."""

from __future__ import annotations

import re
from typing import Final

from corpus.stretches import PHRASE_ENDS, stretches
from corpus.units import unit_list

_ACTS: Final = re.compile(
    "(?:党政)?(?:主要|分管)?(?:负责同志|负责人|领导)?(?:也|都|均|还)?"
    "(?:要|应当?|须|需|必须|负责|将|适时|定期|在(?=\\d)|于(?=\\d)|每[年月季周半]|至少|对|结合|按照|按|分别|统筹|建立|成立|制定|组织|开展|完成|"
    "实行|牵头|配合|形成|落实|加强|健全|完善|推动|推进|督促|召开|报送|编制|出台|细化|强化|充分|根据|依据|会同|指导)"
)
_REACH: Final = 90
_SHORTEST: Final = 2


def subjects(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The units that a sentence, or one of its phrases before any other verb, names as its subject, half-open.

    Example: in `各社区、各部门要成立专班。` they are 各社区 and 各部门.
    """
    at = start
    while at < end and text[at] in " \u3000\n，、":
        at += 1
    for act in _ACTS.finditer(text, at + _SHORTEST, min(end, at + _REACH)):
        names = unit_list(text, at, act.start())
        if names:
            return names
    return ()


def acting(
    text: str, sentence: tuple[int, int], upto: int, kept: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """The subject of the last phrase of a sentence that has one and begins before `upto`."""
    names: tuple[tuple[int, int], ...] = ()
    start = sentence[0]
    for left, right in stretches(text, *sentence, PHRASE_ENDS, kept):
        if left >= upto:
            break
        names = subjects(text, start, right) or subjects(text, left, right) or names
    return names
