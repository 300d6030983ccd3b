"""What looked wrong while a document was read, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from corpus.document import Flaw, FlawKind

FLAWS: Final[Mapping[FlawKind, str]] = {
    "no_title": "没有读出标题",
    "no_number": "没有读出文号",
    "no_clauses": "没有读出条款",
    "gap_in_numbering": "编号不连续",
    "strange_characters": "有无法辨认的字符",
    "page_without_text": "页面没有文字",
    "page_badly_read": "页面识别质量差",
    "part_left_out": "有部分内容没有读入",
}


def flaw_in_words(flaw: Flaw) -> str:
    """One line on what looked wrong, and on which page.

    >>> flaw_in_words(Flaw("gap_in_numbering", "（二）→（四）", page=3))
    '第3页：编号不连续（（二）→（四））'
    """
    page = f"第{flaw.page}页：" if flaw.page is not None else ""
    return page + FLAWS[flaw.kind] + (f"（{flaw.detail}）" if flaw.detail else "")
