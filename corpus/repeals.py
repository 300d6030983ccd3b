"""Sentences in which a text repeals others: 《…》（文号）同时废止; 决定废止《…》."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.document import Status
from corpus.mentioned import Mention, mentions

_GONE: Final = "废止|失效|作废|停止(?:执行|施行|使用)|不再(?:执行|施行|适用)|终止执行"
_NOT_YET: Final = "(?![的前后时日]|或者?修|、修)"
_FILLER: Final = (
    r"\s?(?:[（(](?:[^（）()]|[（(][^（）()]*[）)]){1,160}[）)])?(?:等[\d一二三四五六七八九十百]*[件部个份项]?[\u4e00-\u9fff]{0,14}?"
    r"|及(?:据此|其)[^，。；《》]{0,20}?|[，,]?(?:也|均|一律|即|现|则|相应|并|已)|[，,]?(?:自|从|于)[^，。；《》]{1,30}起|[，,]\s?)*"
)
"""What may stand between a text and what becomes of it: 等3件文件, 自2024年1月1日起, （试行）."""
_BEHIND: Final = re.compile(rf"{_FILLER}(?:同时|予以|即行|即|一并|相应|宣布|随之)?(?:{_GONE}){_NOT_YET}")
_PARTLY: Final = re.compile(
    rf"(?:中|第[^，。；《》]{{1,16}}[条款章项]|的?(?:有关|相关|部分)(?:规定|条款|内容))[^。；《》]{{0,30}}?(?:同时|予以|即行)?(?:{_GONE}){_NOT_YET}"
)
_KEPT: Final = re.compile(rf"{_FILLER}(?:继续(?:有效|执行|施行)|现行有效|予以保留)")
_CHANGED: Final = re.compile(
    r"(?:（[^（）]{1,40}）)?(?:第[^，。；《》]{1,40}|中的?[^，。；《》]{0,40}|等[^，。；《》]{0,16})?[，,]?(?:作(?:出|了)?(?:如下|以下)?[^，。；]{0,4}|予以|进行)?(?:修改|修订|修正)(?!的|后|和废止)"
)
_BEFORE: Final = re.compile(r"(?:废止|宣布失效|停止执行)(?!的)(?:下列|以下|了)?[^《》，。；、]{0,30}?$")
_CHANGING: Final = re.compile(r"(?:修改|修订|修正)(?:下列|以下|了)?$")
_NEGATED: Final = re.compile(r"(?:修改|修订|制定|[和或者与、不未])\s?(?:废止|宣布失效|停止执行)$")
_JOINED: Final = re.compile(r"\s{0,2}(?:[、,]|和|与|及|以及|，(?:以及|及|和)?)")
_ATTRIBUTE: Final = re.compile(r"[^《》，。；]{0,12}(?:修[正订改]|[公发颁]布|印发|批准|转发|制定)的")
_GROUNDS: Final = re.compile("根据|依据|按照|依照|遵照|贯彻|落实|参照|违反|符合|适用")


def said_in(sentence: str, *, of_a_notice: bool) -> tuple[tuple[Mention, Status], ...]:
    """The texts on which a sentence passes a verdict, with the status it gives them.

    In a clean-up notice (`of_a_notice`) a sentence may keep or amend as well; elsewhere that is talk about other texts.

    >>> [(one.title, status) for one, status in said_in("《旧办法》同时废止", of_a_notice=False)]
    [('旧办法', 'repealed')]
    >>> said_in("依照《办法》办理", of_a_notice=True)
    ()
    """
    named = mentions(sentence)
    return tuple(sorted(_verdicts(sentence, named, of_a_notice), key=lambda pair: pair[0].start))


def _verdicts(sentence: str, named: Sequence[Mention], of_a_notice: bool) -> Iterator[tuple[Mention, Status]]:
    judged: set[int] = set()
    for at, mention in enumerate(named):
        if at in judged:
            continue
        status = _behind(sentence, mention, of_a_notice)
        if status is not None:
            chain = _chain_before(sentence, named, at)
        else:
            status = _ahead(sentence, mention, of_a_notice)
            chain = _chain_after(sentence, named, at) if status is not None else []
        if status is not None:
            for one in chain:
                if one not in judged:
                    judged.add(one)
                    yield named[one], status


def _behind(sentence: str, mention: Mention, of_a_notice: bool) -> Status | None:
    """The status that the words behind the mention give it."""
    if _BEHIND.match(sentence, mention.end):
        return "repealed"
    if _PARTLY.match(sentence, mention.end):
        return "amended"
    if of_a_notice and _KEPT.match(sentence, mention.end):
        return "in_force"
    if of_a_notice and _CHANGED.match(sentence, mention.end):
        return "amended"
    return None


def _ahead(sentence: str, mention: Mention, of_a_notice: bool) -> Status | None:
    before = sentence[: mention.start]
    if _BEFORE.search(before) and not _NEGATED.search(before):
        return "repealed"
    return "amended" if of_a_notice and _CHANGING.search(before) else None


def _chain_before(sentence: str, named: Sequence[Mention], last: int) -> list[int]:
    """The mentions that share the verdict behind the last of them: 《A》、《B》和《C》同时废止."""
    chain = [last]
    for at in range(last - 1, -1, -1):
        between = sentence[named[at].end : named[at + 1].start]
        joined = _JOINED.match(between)
        if joined and not _is_ground(sentence, named[at]) and not _verb_in(between):
            chain.append(at)
        elif not _ATTRIBUTE.match(between):
            break
    return chain


def _chain_after(sentence: str, named: Sequence[Mention], first: int) -> list[int]:
    chain = [first]
    for at in range(first + 1, len(named)):
        between = sentence[named[at - 1].end : named[at].start]
        joined = _JOINED.fullmatch(between)
        if joined is None:
            break
        chain.append(at)
    return chain


def _is_ground(sentence: str, mention: Mention) -> bool:
    before = sentence[: mention.start]
    clause = before[max(before.rfind("，"), before.rfind("。"), before.rfind("；")) + 1 :]
    return _GROUNDS.search(clause) is not None


def _verb_in(between: str) -> bool:
    return re.search(rf"{_GONE}|继续有效|施行|修改", between) is not None
