"""How lines of official documents are worded: what ends a sentence, what reads as a title, what is only a date."""

from __future__ import annotations

import re
from typing import Final

from corpus.labels import read_label

TITLE_LENGTH: Final = 120
"""No title is longer than this, in characters."""

_STOPS: Final = frozenset("。！？；：!?;:…")
_CLOSERS: Final = "”’」』）)〕］]】》〉\"'"
_TITLE = re.compile(
    r"(?:通知|方案|办法|条例|规定|意见|要点|计划|细则|规划|决定|决议|公告|通告|通报|命令|令|报告|请示|批复|议案|函|纪要"
    r"|规则|准则|标准|规程|规范|制度|预案|清单|目录|指南|指引|措施|法|章程|公约|协定|解释|程序|纲要|守则|公报|分工|进度表|一览表|汇总表|明细表|名单|倡议书)"
    r"(?:[（(〔［\[][^）)〕］\]]{1,20}[）)〕］\]])?"
)
_UNIFORM = str.maketrans("()－—–", "（）---")
_SENTENCE = re.compile(r"[，。；：！？,;:!?]")
_DATE = re.compile(
    r"(?:[12]\d{3}|[二一][〇○零Oo0一二三四五六七八九]{3})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)


def is_terminated(words: str) -> bool:
    """Whether the words end as a sentence (or a list's introduction) does, closing brackets and quotes aside.

    >>> is_terminated("（应急局负责。）"), is_terminated("公安局分")
    (True, False)
    """
    end = len(words)
    while end and words[end - 1] in _CLOSERS:
        end -= 1
    return end > 0 and (words[end - 1] in _STOPS or (words[end - 1] == "." and end == len(words)))


def opens_after_stop(before: str) -> bool:
    """Whether a bracket after the character `before` (empty at a line's start) opens a note of its own."""
    return not before or before in _STOPS


def is_title(words: str) -> bool:
    """Whether the words read as a whole title: no sentence, and a title's noun at the end.

    >>> is_title("关于印发《实施方案》的通知"), is_title("实施方案（2024—2026年）"), is_title("公安局分")
    (True, True, False)
    """
    if len(words) > TITLE_LENGTH:
        return False
    bare = re.sub(r"《[^》]*》", "《》", words)
    if _SENTENCE.search(bare):
        return False
    return any(noun.end() == len(bare) for noun in _TITLE.finditer(bare))


def is_date(words: str) -> bool:
    """Whether the words are a date of day precision and nothing else.

    >>> is_date("2024年3月25日"), is_date("二〇二四年三月二十五日"), is_date("2024年底前")
    (True, True, False)
    """
    return _DATE.fullmatch(words) is not None


def stands_in_title(words: str) -> bool:
    """Whether a line may be part of a title: no sentence, no label, no date, no table of contents."""
    contents = re.sub(r"\s", "", words) == "目录"
    return not (contents or is_terminated(words) or is_date(words) or read_label(words))


def bare(words: str) -> str:
    """Words as titles compare: no white space, one kind of bracket and dash.

    >>> bare("方案 (2024-2026年)") == bare("方案（2024—2026年）")
    True
    """
    return re.sub(r"\s", "", words).translate(_UNIFORM)
