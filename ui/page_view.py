"""The page view: one page of the original PDF with the quotation marked on it, no script needed."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from corpus.document import Document, Span
from rag.source_pages import WIDTH, SourcePages, page_of
from ui.labels import NAME

if TYPE_CHECKING:
    from corpus.pdf_page import Box

DIGITS: Final = 5
"""Decimals of a box's sides (3–8); a page is 1 wide and 1 high."""
_SIZE: Final = slice(16, 24)
"""Where a PNG says how wide and how high it is."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is marked in a document: the quotation and the words in it that answer, in characters of its text."""

    quotation: Span | None = None
    answers: tuple[Span, ...] = ()

    @property
    def begins(self) -> int:
        """Where a reader is to look first: at the first answering words, else at the quotation, else at the top."""
        if self.answers:
            return min(self.answers).start
        return self.quotation.start if self.quotation else 0

    @property
    def query(self) -> str:
        """The same behind the `?` of an address.

        >>> Quoted(Span(3, 9), (Span(4, 6),)).query
        'start=3&end=9&answer=4-6'
        """
        spans = [("start", self.quotation.start), ("end", self.quotation.end)] if self.quotation else []
        return urlencode([*spans, *(("answer", f"{span.start}-{span.end}") for span in self.answers)])


def opened_at(document: Document, quoted: Quoted) -> int:
    """The page, from 1, on which a reader is to look first."""
    return page_of(document, quoted.begins) or 1


def address(document_id: str, number: int, quoted: Quoted, *, framed: bool = False) -> str:
    """The address of a page's view, relative to the source view's.

    >>> address("襄安委-2024-5号", 3, Quoted(Span(3, 9)), framed=True)
    '%E8%A5%84%E5%AE%89%E5%A7%94-2024-5%E5%8F%B7/pages/3?start=3&end=9&framed=true'
    """
    query = "&".join(part for part in (quoted.query, "framed=true" if framed else "") if part)
    return f"{quote(document_id, safe='')}/pages/{number}" + (f"?{query}" if query else "")


def page(
    document: Document, source: SourcePages, number: int, quoted: Quoted, *, framed: bool = False
) -> str:
    """One page as an HTML page; `framed` is for the source view, which shows it beside the text.

    Raises NoPageError for a page that there is not.
    """
    picture = source.picture(number)
    width, height = struct.unpack(">II", picture[_SIZE])
    held = f"../../../v1/documents/{quote(document.id, safe='')}"
    back = f"../../{quote(document.id, safe='')}?{quoted.query}#quotation"
    title = f"{document.title} 第 {number} 页"
    head = (
        ""
        if framed
        else f'<header class="mast"><p class="back"><a href="{escape(back)}">← 回到正文</a></p>'
        f"<h1>{escape(document.title)}</h1></header>"
    )
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} · {NAME}</title>
<link rel="icon" href="../../../favicon.ico">
<link rel="stylesheet" href="../../../yiju/style.css">
</head>
<body class="yiju source paper-view">
{head}<main>
{_turning(document, source, number, quoted, framed)}
<figure class="paper">
<img src="{escape(held)}/pages/{number}.png?width={WIDTH}" width="{width}" height="{height}" alt="原文第 {number} 页">
{_overlay(source, number, quoted)}
</figure>
</main>
</body>
</html>
"""


def _turning(document: Document, source: SourcePages, number: int, quoted: Quoted, framed: bool) -> str:
    def link(to: int, words: str, relation: str) -> str:
        if not 1 <= to <= source.count:
            return f'<span class="end">{words}</span>'
        there = f"../../{address(document.id, to, quoted, framed=framed)}"
        return f'<a rel="{relation}" href="{escape(there)}">{words}</a>'

    large = f"../../{address(document.id, number, quoted)}"
    alone = f'<a class="large" href="{escape(large)}" target="_blank">放大</a>' if framed else ""
    return (
        f'<nav class="turning" aria-label="翻页">{link(number - 1, "← 上一页", "prev")}'
        f"<span>原文第 {number} 页，共 {source.count} 页</span>{alone}{link(number + 1, '下一页 →', 'next')}</nav>"
    )


def _overlay(source: SourcePages, number: int, quoted: Quoted) -> str:
    """The boxes over the picture, in parts of its width and height; answering words above the quotation."""
    quotation = source.boxes(number, quoted.quotation) if quoted.quotation else ()
    answers = [box for span in quoted.answers for box in source.boxes(number, span)]
    shapes = _shapes(quotation, "quoted") + _shapes(answers, "answers")
    if not shapes:
        return ""
    return (
        '<svg class="overlay" viewBox="0 0 1 1" preserveAspectRatio="none" role="img" aria-label="引文所在">'
        f"{shapes}</svg>"
    )


def _shapes(boxes: Sequence[Box], style: str) -> str:
    return "".join(
        f'<rect class="{style}" x="{box.left:.{DIGITS}f}" y="{box.top:.{DIGITS}f}" '
        f'width="{box.right - box.left:.{DIGITS}f}" height="{box.bottom - box.top:.{DIGITS}f}"/>'
        for box in boxes
    )
