"""The units that a sentence names as the ones that are to act: 各乡镇（街道）要在3月底前成立专班."""

from __future__ import annotations

import re
from typing import Final

from corpus.stretches import PHRASE_ENDS, stretches
from corpus.units import unit_list

Span = tuple[int, int]

_ACTS: Final = re.compile(
    "(?P<who>[，,]?(?:党政)?(?:主要|分管|其他)?(?:负责同志|负责人|领导)?(?:也|都|均|还)?[，,]?)"
    "(?P<modal>要(?!求|点|素)|应当?(?!急)|须|需|必须|将(?=把|会|继续|适时|定期|按)|负责(?!人|同志)|[在于](?=[\\d每今本]))?"
    "(?P<verb>(?:亲自|适时|定期|及时|统一|具体|全面|进一步|逐级|分级|按月|按季)*"
    "(?:每[年月季周半]|至少|对|结合|按照|按|分别|统筹|建立|成立|制定|组织(?!部|人事)|开展|完成|实行|牵头|配合|形成|落实|加强|健全|完善|推[动进]|督促|召开|"
    "报送|编制|出台|细化|强化|充分|根据|依据|会同|指导|聚焦|对照|坚持|发挥|用好|把|将|针对))?"
)
_REACH: Final = 90
"""The subject ends within so many characters of the phrase's beginning (40–150)."""
_FAR: Final = 500
"""A subject is looked for within so many characters before the words that lack one (300–5,000).

Without an end, reading a paragraph of phrases would take the square of their number.
"""
_SHORTEST: Final = 2
_CHARGED: Final = re.compile(
    "(?:局|厅|委|办|部|会|办公室|部门|政府|街道|乡镇|乡|镇|社区|村|大队|支队|中心|专班|办事处|管委会|开发区|各地|各[县市区州]|(?<!经营)单位|国有企业|[）)])$"
)
"""How a unit that answers for a task ends; firms and people do not, who are supervised."""
_NO_UNIT: Final = re.compile(
    "企业（单位）|^(?:成立|组建|设立|召开|结合|按照|根据|依据|针对|聚焦|围绕|其他|配合|会同|协助|联合|全面|深入|积极|大力|重点|要)(?!有关|相关|各)|进行|通过|对|向|全部$|\\d|的(?!(?:有关|相关|各)?(?:部门|单位))"
)
"""Words that no unit's name has: a verb before it, an attribute."""
_DUTIES_OF: Final = re.compile(
    "明确(?P<who>[^，,。；：:]{2,30}?)(?:对[^，,。；：:]{2,40})?(?:应?履行的?|的)?(?:工作|指导|监督|安全生产)*职责[：:]$"
)
_ANAPHORA: Final = re.compile("各?(?:有关|相关|部门)*(?:部门|单位)?")
"""A subject that only takes up the units named elsewhere: 各有关部门."""
_SPACE: Final = " \u3000\n，、,"


def subjects(text: str, start: int, end: int) -> tuple[tuple[Span, ...], int]:
    """The units that `text[start:end]` begins with as its subject, and where what they are to do begins.

    No units, and `start`, where it begins with none.

    Example: `各社区、各部门要成立专班` gives 各社区 and 各部门, and the place of 成立.
    """
    while start < end and text[start] in _SPACE:
        start += 1
    for act in _ACTS.finditer(text, start + _SHORTEST, min(end, start + _REACH)):
        if not (act["modal"] or act["verb"]):
            continue
        names = unit_list(text, start, act.start())
        if names and all(_charged(text[slice(*name)]) for name in names):
            return names, act.end("modal") if act["modal"] else act.end("who")
    return (), start


def _charged(name: str) -> bool:
    return bool(_CHARGED.search(name)) and (name.endswith("国有企业") or not _NO_UNIT.search(name))


def takes_up(names: tuple[str, ...]) -> bool:
    """Whether a subject names nobody in particular, only the units that a closing names."""
    return all(_ANAPHORA.fullmatch(name) for name in names)


def subject_end(text: str, start: int, end: int) -> int:
    """Where what is to be done begins, behind the units that are to do it."""
    return subjects(text, start, end)[1]


def acting(text: str, sentence: Span, duty: Span, pairs: tuple[Span, ...]) -> tuple[Span, ...]:
    """The units that are to do a duty: the last subject of its sentence before it, else the first one within it.

    Where there is neither, those whose duties the paragraph lists: in `明确安委办职责：督促指导；加强监督。` 安委办.
    """
    names: tuple[Span, ...] = ()
    for left, _ in stretches(text, *sentence, PHRASE_ENDS, pairs):
        if left >= duty[1] or (names and left > duty[0]):
            break
        names = subjects(text, left, sentence[1])[0] or names
    return names or _listed(text, sentence[0])


def _listed(text: str, at: int) -> tuple[Span, ...]:
    """Whose duties the paragraph lists, where a phrase with a colon says so before `at`."""
    opening = opening_of(text, at)
    colon = max(text.rfind("：", opening, at), text.rfind(":", opening, at))
    listed = _DUTIES_OF.search(text, opening, colon + 1) if colon > 0 else None
    return unit_list(text, *listed.span("who")) if listed else ()


def opening_of(text: str, at: int) -> int:
    """Where the words begin that no full stop and no line's end parts from `at`, those within `_FAR` characters."""
    first = max(0, at - _FAR)
    return max(first, text.rfind("。", first, at) + 1, text.rfind("\n", first, at) + 1)
