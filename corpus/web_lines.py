"""The elements of a web page as lines: a block a line, a table row a line with tabs, numbers of lists written out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from corpus.labels import read_label
from corpus.numbering import write
from corpus.web_table import Table

BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul", "br",
    }
)  # fmt: skip
"""Elements that end the line they stand in; `br` among them."""
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}

_SPACE = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_FORMS: Final = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "none": "none",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
}  # fmt: skip
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN_BELOW: Final = 4000


def lines(
    root: Any, left_out: Collection[Any] = (), placing: Collection[Any] = (), *, links: bool = True
) -> list[str]:
    r"""The lines of an element and all it holds, blank ones aside.

    `left_out` are elements that say nothing, `placing` the tables that only place things (each cell is a block).
    Without `links` the words of links are left out too.

    >>> from lxml import html
    >>> lines(html.fromstring("<div><h2>任务</h2><ol><li>检查<li>二、整改</ol><table><tr><td>甲<td>乙</table></div>"))
    ['## 任务', '1. 检查', '二、整改', '甲\t乙']
    """
    from lxml import etree

    writer = _Writer(placing)
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element in left_out or (not links and element.tag == "a"):
                walk.skip_subtree()
            else:
                writer.open(element)
                writer.say(element.text)
            continue
        if event == "end" and not (element in left_out or (not links and element.tag == "a")):
            writer.close(element)
        if element is not root:
            writer.say(element.tail)
    writer.end_line()
    return writer.lines


@dataclass(slots=True)
class _List:
    """A list as its items come: how they are numbered, the number of the next, and the step to the one after."""

    form: str
    number: int = 1
    step: int = 1


@dataclass(slots=True)
class _Writer:
    """Takes elements and words in order, and ends lines where blocks begin and end."""

    placing: Collection[Any]
    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    label: str = ""
    level: int = 0
    kept: int = 0
    """How many elements are open in which white space counts."""
    table: Table | None = None

    def open(self, element: Any) -> None:
        tag = element.tag
        if tag not in BLOCKS:
            return
        self.end_line()
        if tag in ("ol", "ul"):
            self.lists.append(_list(element))
        elif tag == "li":
            self.label = self._item(element)
        elif tag == "pre":
            self.kept += 1
        elif tag in HEADINGS:
            self.level = HEADINGS[tag]
        elif self.table is not None:
            self.table.open(element)
        elif tag == "table" and element not in self.placing:
            self.table = Table(element)

    def close(self, element: Any) -> None:
        tag = element.tag
        if tag not in BLOCKS:
            return
        self.end_line()
        if tag in ("ol", "ul"):
            self.lists.pop()
        elif tag == "li":
            self.label = ""
        elif tag == "pre":
            self.kept -= 1
        elif tag in HEADINGS:
            self.level = 0
        elif self.table is not None:
            row = self.table.close(element)
            if row is not None:
                self.lines.append(row)
            if self.table.element is element:
                self.table = None

    def say(self, words: str | None) -> None:
        if not words:
            return
        if not self.kept:
            self.words.append(words)
            return
        for index, line in enumerate(_LINE_END.split(words)):
            if index:
                self.end_line()
            self.words.append(line)

    def end_line(self) -> None:
        said = "".join(self.words)
        self.words.clear()
        in_cell = self.table is not None and self.table.in_cell
        line = said.rstrip() if self.kept and not in_cell else _SPACE.sub(" ", said).strip()
        if not line.strip():
            return
        if self.label:
            line = line if read_label(line) else self.label + line
            self.label = ""
        if self.table is not None and in_cell:
            self.table.say(line)
        else:
            self.lines.append("#" * self.level + " " + line if self.level else line)

    def _item(self, element: Any) -> str:
        """The label of a list's next item; none in a list that is not numbered."""
        if not self.lists or self.lists[-1].form == "none":
            return ""
        held = self.lists[-1]
        held.number = _whole(element.get("value"), held.number)
        label = _written(held.number, held.form)
        held.number += held.step
        return label


def _list(element: Any) -> _List:
    if element.tag == "ul":
        return _List("none")
    style = _LIST_STYLE.search(element.get("style", ""))
    form = _FORMS.get(style[1].lower() if style else element.get("type", ""), "decimal")
    if element.get("reversed") is None:
        return _List(form, _whole(element.get("start"), 1))
    return _List(form, _whole(element.get("start"), len(element.findall("li"))), -1)


def _whole(said: str | None, otherwise: int) -> int:
    """A whole number of at most nine digits as an attribute says it."""
    found = re.fullmatch(r"\s*(-?\d{1,9})\s*", said or "")
    return int(found[1]) if found else otherwise


def _written(number: int, form: str) -> str:
    if form.endswith("Roman") and 0 < number < _ROMAN_BELOW:
        roman = "".join(_roman(number))
        return f"{roman if form == 'upperRoman' else roman.lower()}. "
    written = write(number, form)
    return f"{written}、" if form == "chineseCounting" else f"{written}. "


def _roman(number: int) -> Iterator[str]:
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        yield letters * times
