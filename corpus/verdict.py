"""What one text says of another: it is repealed, amended, or stays in force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.document import Span, Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status that a document gives another, which it names by number, by title or by both.

    `span` is where it names it, half-open, in characters of the saying `document.text`.
    """

    number: str | None
    title: str | None
    status: Status
    span: Span


_LATER: Final = re.compile(
    "(?:拟|需要?|建议|适时|待|应当?|计划)(?:进行|予以|抓紧)?(?:修改|修订|废止|宣布失效)"
)
_PARTLY: Final = re.compile("部分(?:条款|内容|条文|规定)?(?:的)?(?:废止|失效|修改|修订)")
_GONE: Final = re.compile("废止|失效|停止(?:执行|施行)|不再(?:执行|施行|适用)|终止执行|取消")
_KEPT: Final = re.compile("继续有效|继续执行|继续施行|现行有效|保留|有效(?![期性])")
_CHANGED: Final = re.compile("修改|修订|修正")


def statuses_in(words: str) -> frozenset[Status]:
    """The statuses that words about texts give them; of what is only to come, the one that holds until then.

    >>> statuses_in("废止的规范性文件目录"), statuses_in("拟修订"), statuses_in("部分条款失效")
    (frozenset({'repealed'}), frozenset({'in_force'}), frozenset({'amended'}))
    """
    found: set[Status] = set()
    said: tuple[tuple[re.Pattern[str], Status], ...] = ((_LATER, "in_force"), (_PARTLY, "amended"))
    for pattern, status in said:
        if pattern.search(words):
            found.add(status)
            words = pattern.sub("", words)
    if _GONE.search(words):
        found.add("repealed")
    if _KEPT.search(_GONE.sub("", words)):
        found.add("in_force")
    if _CHANGED.search(words):
        found.add("amended")
    return frozenset(found)
