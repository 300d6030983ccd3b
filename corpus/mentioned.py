"""Texts that a text mentions by name: 《…》（文号）."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.text_number import NUMBER

_TITLE: Final = r"《(?P<title>(?:[^《》\n]|《[^《》\n]*》){2,160})》"
_BRACKET: Final = r"[（(﹝](?P<bracket>(?:[^（）()\n]|[（(][^（）()\n]*[）)]){2,160})[）)﹞]"
_NAMED: Final = re.compile(rf"{_TITLE}(?:\s{{0,2}}(?:{_BRACKET}|(?P<behind>{NUMBER.pattern})))?")
_PAPER: Final = re.compile(r"(?:证|照|书|表|单|合同|协议|凭证|卡|标志|封条)(?:（.{1,8}）)?$")
"""What stands in 《》 and is no text that could be repealed: a licence, a form."""
_KIND: Final = (
    "法|条例|办法|规定|细则|规则|规程|规范|准则|通知|通告|公告|意见|决定|决议|方案|措施|政策|制度|标准|目录|清单|计划|规划|"
    "预案|批复|函|章程|指引|指南|导则|要点|纪要|复函|令|报告|程序|文件"
)
_BARE: Final = re.compile(
    rf"(?P<title>[^\n，,。；;：:、《》\s](?:[^\n。；;：:《》]|《[^《》\n]*》){{3,160}}?(?:{_KIND})(?:[（(][^（）()]{{1,8}}[）)])?)\s{{0,2}}"
    rf"(?:{_BRACKET}|(?P<behind>{NUMBER.pattern})|$)"
)
_FIRST: Final = re.compile(rf"(?P<number>{NUMBER.pattern})\s{{0,2}}[，,：:]?")


_ENCLOSED: Final = re.compile(
    "(?:印发|发布|公布|下发|转发|颁布)(?:《(?P<named>.+)》|(?P<bare>[^《》]{4,}))的(?:通知|公告|通告|决定|令)$"
)
_MARKS: Final = str.maketrans("〈〉﹤﹥〔〕［］【】", "<><>[][][]")


def title_names(title: str) -> frozenset[str]:
    """What a text may go by: its whole title and that of the text it hands out, written one way.

    >>> sorted(title_names("县政府关于印发《管理办法（试行）》的通知"))
    ['县政府关于印发《管理办法(试行)》的通知', '管理办法(试行)']
    """
    whole = "".join(unicodedata.normalize("NFKC", title).split()).translate(_MARKS)
    found = _ENCLOSED.search(whole)
    return frozenset({whole, found["named"] or found["bare"]} if found else {whole})


@dataclass(frozen=True, slots=True)
class Mention:
    """A text by its title and its number (None where it is not given), and where that stands, half-open."""

    title: str | None
    number: str | None
    start: int
    end: int


def mentions(text: str) -> tuple[Mention, ...]:
    """The texts that stand in 《》, in order, each with the number behind it.

    >>> mentions("依照《管理办法》（襄政〔2010〕5号）办理")
    (Mention(title='管理办法', number='襄政〔2010〕5号', start=2, end=20),)
    """
    return tuple(
        _mention(match, 0) for match in _NAMED.finditer(text) if _PAPER.search(match["title"]) is None
    )


def listed(text: str) -> tuple[Mention, ...]:
    """The texts that an entry of a list names from its first character on, with or without 《》; none for a sentence.

    >>> [one.title for one in listed("关于印发《管理办法》的通知（襄政〔2010〕5号）")]
    ['关于印发《管理办法》的通知']
    >>> listed("本通知自印发之日起施行。")
    ()
    """
    return tuple(_listed(text))


def _listed(text: str) -> Iterator[Mention]:
    at, first = 0, _FIRST.match(text)
    if first:
        found = _NAMED.match(text, first.end()) or _BARE.match(text, first.end())
        if found:
            yield Mention(found["title"], first["number"], 0, found.end())
            return
    while True:
        match = _NAMED.match(text, at)
        if match is None:
            break
        yield _mention(match, 0)
        at = match.end()
        while at < len(text) and text[at] in "、，,；; ":
            at += 1
    if at == 0 and (bare := _BARE.match(text)) is not None:
        mention = _mention(bare, 0)
        if mention.number is not None or bare.end() == len(text):
            yield mention
    elif at == 0 and first and first.end() == len(text):
        yield Mention(None, first["number"], 0, first.end())


def _mention(match: re.Match[str], start: int) -> Mention:
    inside = NUMBER.search(match["bracket"]) if match["bracket"] else None
    number = inside[0] if inside else match["behind"]
    end = match.end() if number else match.end("title") + (1 if match[0].startswith("《") else 0)
    return Mention(match["title"].strip(), number, start + match.start(), start + end)
