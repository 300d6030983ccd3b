"""The shortest stretch of a sentence that says what is to be done: no reasons before it, no effects behind it."""

from __future__ import annotations

import re
from typing import Final

from corpus.stretches import PHRASE_ENDS, stretches
from corpus.subjects import subject_end

Span = tuple[int, int]

_MEANS: Final = re.compile(
    "(?:要|应|每[年月季周]度?|各地)?(?:聚焦|围绕|按照?|根据|依据|依照|结合|针对|综合运用|充分运用|充分利用|运用|利用|遵循|借鉴|"
    "(?:深刻)?[吸汲]取|依托|通过|对照|突出|立足|着眼|紧扣|紧盯|抓住|采取|坚持|以(?!上|下|及))"
)
"""How a phrase begins that says by what means or on what ground."""
_ACTS: Final = re.compile(
    "开展|组织|实行|实施|落实|完成|推[进动]|建立|健全|完善|制定|加强|强化|加大|加快|修订|细化|整治|打击|覆盖|清退|报送|备案|出台|坚决|必停"
)
_MEANS_END: Final = re.compile(
    "(?:的|等|原则|要求|方式|问题|情况|规定|部署|实际|重点|模式|机遇|契机|力量|机制|体系|工作|主题活动|方针|理念|导向|结合|抓手|依托|主线|"
    '载体|牵引|目标|特点|经验|教训|[》”"）)])[，,]?$'
)
_CASE: Final = re.compile(
    "(?:在.{1,40}(?:基础上|前提下|框架下|过程中)|除.{1,30}外|为.{2,40}|.{1,60}(?:时|后|情形的|情况的|情况下)|其中|同时|另外|.{0,8}(?:发生|出现|遇有?|发现).{1,40}(?:事故|事件|灾害|险情|天气|隐患|情形))[，,]$"
)
"""A phrase that says in which case."""
_WHO: Final = re.compile(
    "(?:由[^，,]{2,60}?(?:牵头|负责|配合|协助|参与)|[^，,]{2,60}(?:局|委|办|部门|单位|政府|街道|乡镇)(?:分别|共同)?(?:牵头|配合))[，,]"
)
"""A phrase that only says who leads and who helps."""
_EFFECT: Final = re.compile(
    "(?:以|并|从而|进而|切实|不断|持续|进一步|全面|有效|着力|真正|努力|坚决|全力|逐步|大力|充分)*"
    "(?:提升|提高|增强|确保|保障|做到|严防|防止|避免|减少|杜绝|营造|筑牢|守牢|守住|夯实|满足|稳控|助推|促进|帮助|激励|让|形成[^，,]*(?:合力|格局|氛围)|不留"
    "|实现[^，,]*(?:转型|清零|经营|提升|目标|好转)|为[^，,]*(?:提供|奠定|作出|贡献))"
    "|[^，,]*(?:进一步|显著|明显|大幅|不断|持续|全面|稳步|有效|水平)(?:提升|提高|增强|压实|好转|向好|改善|提质增效)"
    "|[^，,]*(?:深入人心|落地见效|取得实效|做出贡献)"
)
"""A phrase that says what for, or what will have come of it."""
_MODAL: Final = re.compile(
    "[，,、：:\\s]*(?:(?:以|之)?前(?=[，,]))?[，,\\s]*(?:必?须|应(?!急|用)当?|需(?!求)要?|要(?![求点素闻])|均)?"
)
_LIST_MARK: Final = re.compile(
    "[\\s，,、]*(?:[（(]\\d{1,2}[)）]|\\d{1,2}[.．、](?!\\d)|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,])[、，,\\s]*"
)
"""What numbers a sentence within a clause: 1. or 一是."""
_TRAIL: Final = "，,、。；;：:！!？? \u3000\n\t"


def shortest(
    text: str, start: int, end: int, pairs: tuple[Span, ...], *, opening: bool = False
) -> Span | None:
    """The stretch of `text[start:end]` that says what is to be done, None where none does; half-open.

    Left out are phrases before it that say how, phrases behind it that say what for, who is to act, and 要. With
    `opening` the stretch only opens a sentence, and one that is all hows and what-fors says nothing to be done.

    Example: `按照上级要求，各社区要开展演练，提升应急能力。` gives `开展演练`.
    """
    mark = _LIST_MARK.match(text, start, end)
    start = mark.end() if mark else start
    while start < end and text[start] in _TRAIL:
        start += 1
    start = subject_end(text, start, end)
    phrases = list(stretches(text, start, end, PHRASE_ENDS, pairs))
    if phrases and text[phrases[-1][1] - 1] in "：:":  # 明确各部门职责：
        phrases.pop()
    first = _first(text, phrases)
    last = _last(text, phrases, opening)
    if first > last:
        if opening:
            return None
        first, last = 0, len(phrases) - 1
    if last < 0:
        return None
    begin = subject_end(text, phrases[first][0], phrases[last][1])
    return _trimmed(text, begin, phrases[last][1])


def _first(text: str, phrases: list[Span]) -> int:
    """The first phrase that says more than how or what for; the rest of a list that such a one begins is passed by."""
    place = 0
    while place < len(phrases):
        if _says_how(text, *phrases[place]):
            place = _list_end(text, phrases, place)
        elif _effect(text, *phrases[place]):
            place += 1
        else:
            break
    return place


def _list_end(text: str, phrases: list[Span], place: int) -> int:
    """The phrase behind a list that goes on over commas (聚焦学校，医院，商超等场所，以及特种设备等领域，)."""
    end = place + 1
    whole = bool(_MEANS_END.search(text[slice(*phrases[place])].strip()))
    for later in range(place + 1, min(len(phrases), place + _LONGEST_LIST)):
        start, stop = phrases[later]
        words = text[start:stop].strip()
        if _ACTS.search(words) or (whole and not _GOES_ON.match(words)):
            break
        if _LIST_END.fullmatch(words):
            end = later + 1
    return end


def _last(text: str, phrases: list[Span], opening: bool) -> int:
    """The last phrase that says more than what for, or by what means to that end.

    What stands behind an `opening` has its hows at the opening's end (根据上级部署，6月底前…).
    """
    last = len(phrases) - 1
    while last >= 0 and _effect(text, *phrases[last]):
        last -= 1
    while 0 <= last < len(phrases) - (0 if opening else 1) and _says_how(text, *phrases[last]):
        last -= 1
    return last


_LIST_END: Final = re.compile(".*等[^，,]{0,14}[，,]")
"""How the last phrase of a list ends: 等17个方面，."""
_GOES_ON: Final = re.compile('以及|和|及|[“"]')
"""How a phrase begins that goes on with a list that could have ended before."""
_LONGEST_LIST: Final = 40
"""Phrases of the longest list (10–80)."""


def _says_how(text: str, start: int, end: int) -> bool:
    words = text[start:end].strip(" \u3000\n")
    if _CASE.fullmatch(words) or _WHO.fullmatch(words):
        return True
    means = _MEANS.match(words)
    if means is None:
        return False
    return not _ACTS.search(words, means.end()) or bool(_MEANS_END.search(words, means.end()))


def _effect(text: str, start: int, end: int) -> bool:
    words = text[start:end].strip(_TRAIL)
    return bool(_EFFECT.match(words)) and not any(char.isdigit() for char in words)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while True:
        modal = _MODAL.match(text, start, end)
        if not modal or modal.end() == start:
            break
        start = modal.end()
    while end > start and text[end - 1] in _TRAIL:
        end -= 1
    return (start, end) if start < end else None
