"""Where words may begin and end: never halfway into a title, a document's number, an address, a word of letters."""

from __future__ import annotations

import re

_TOGETHER = re.compile(
    r"《[^《》\n]{1,80}》"  # the title of a text
    r"|〔\d{4}〕\d+号"  # year and count of its number
    r"|[A-Za-z0-9_.+-]+@[A-Za-z0-9_.-]+"  # an address
    r"|[A-Za-z]+|\d+(?:[.．]\d+)?[%％‰]?"  # a word of letters, a number
)
"""Words that are read together or not at all."""
_OPENS_TITLE = "《"


def mended(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch `[start, end)` of `text` with its edges moved out to where words may begin and end.

    >>> text = "执行《安全生产培训机构基本条件》标准"
    >>> start, end = mended(text, 11, 18)
    >>> text[start:end]
    '《安全生产培训机构基本条件》标准'
    """
    for match in _TOGETHER.finditer(text):
        first, last = match.span()
        if last <= start or end <= first or (first <= start and end <= last and text[first] == _OPENS_TITLE):
            continue  # beside it, or words within a title
        start, end = min(start, first), max(end, last)
    return start, end
