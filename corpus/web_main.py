"""What of a web page is its text: the largest block, where what stands around it is no text; else all of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from corpus.document import Flaw
from corpus.labels import read_label
from corpus.web_lines import lines
from corpus.web_measure import Measured, measured
from corpus.wording import is_date, is_title

MAIN_SHARE: Final = 0.5
"""The main part holds at least this share of the page's words outside links (0.3–0.9)."""
SMALLEST: Final = 200
"""In a page of fewer characters no main part is looked for (50–1,000)."""
FEWEST_BLOCKS: Final = 3
"""A main part has at least so many blocks; what has fewer is a paragraph (2–10)."""
TITLE_LEAST: Final = 9
"""A line above the main part is its title when it reads as one and is no shorter, in characters (6–20)."""
SENTENCE_LEAST: Final = 12
"""A line outside the main part that holds a full stop is text when no shorter, in characters (5–40)."""

_PLACES: Final = frozenset(
    {
        "html", "body", "div", "section", "article", "main", "form", "center", "font", "table", "tbody", "tr", "td",
        "dl", "dd",
    }
)  # fmt: skip
"""Elements that a main part may be, or lie in."""
_CLUTTER_TAGS: Final = frozenset(("nav", "header", "footer", "aside"))
_CLUTTER_ROLES: Final = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar")
)
_CLUTTER_NAMES: Final = frozenset(
    {
        "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "header", "footer",
        "foot", "copyright", "share", "sharing", "sidebar", "toolbar", "pagination", "pager", "login", "comments",
        "related", "recommend", "qrcode",
    }
)  # fmt: skip
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NUMBER = re.compile(r"[^，。：:]{1,20}[〔［\[（(](?:19|20)\d\d[〕］\]）)]\s?第?\d{1,5}号")
_STOP = re.compile("[。；]")
_ANNEX: Final = ("附件", "附表", "附录")
_EMBEDDING: Final = {"iframe": "src", "embed": "src", "object": "data"}
_EMBEDDED = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|pptx?)\b", re.IGNORECASE)
_TITLE_NAMES: Final = frozenset(("articletitle",))
"""The meta elements in which the rules for government sites put an article's title, in lower case."""


@dataclass(frozen=True, slots=True)
class Main:
    """The main part of a page: its element, elements in it that say nothing, and tables that only place things.

    `titles` are lines that belong to it from outside: the title the page declares, titles and numbers above it.
    """

    element: Any
    left_out: Collection[Any]
    placing: Collection[Any]
    titles: tuple[str, ...]
    flaws: tuple[Flaw, ...]


def main_part(root: Any) -> Main:
    """Find the main part of a page. Whatever might be text of the document is kept."""
    whole = measured(root)
    left_out = whole.silent | set(_clutter(root, whole))
    counted = measured(root, left_out)
    element, titles = _descended(root, counted, left_out)
    declared = tuple(f"# {title}" for title in _declared(root))
    return Main(element, left_out, counted.placing, declared + titles, _flaws(element))


def _clutter(root: Any, whole: Measured) -> Iterator[Any]:
    """The outermost elements that are clutter."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element in whole.silent:
            walk.skip_subtree()
        elif _is_clutter(element, whole):
            yield element
            walk.skip_subtree()


def _is_clutter(element: Any, whole: Measured) -> bool:
    """Whether an element is called a menu, a footer or the like, holds the lesser part of the page, and no text."""
    if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article"):
        return False
    tagged = element.tag in _CLUTTER_TAGS or element.get("role", "").lower() in _CLUTTER_ROLES
    if not tagged:
        names = _NAME.findall(f"{element.get('class', '')} {element.get('id', '')}")
        if _CLUTTER_NAMES.isdisjoint(name.lower() for name in names):
            return False
    if whole.weight(element) > MAIN_SHARE * whole.total or any(True for _ in element.iter("h1", "article")):
        return False
    return not _is_text(lines(element, whole.silent, whole.placing, links=False), below=False)


def _descended(root: Any, counted: Measured, left_out: Collection[Any]) -> tuple[Any, tuple[str, ...]]:
    """The innermost element outside which there is no text, and the titles outside it."""
    titles: list[str] = []
    element = root
    while counted.weight(element) >= SMALLEST:
        inner = max(element.iterchildren(*_PLACES), key=counted.weight, default=None)
        if inner is None or inner in left_out or not _may_be_main(inner, element, counted):
            break
        above, below = _around(element, inner, counted, left_out)
        if _is_text(above, below=False) or _is_text(below, below=True):
            break
        titles += [cell for line in above for cell in line.split("\t") if _is_heading(cell)]
        element = inner
    return element, tuple(titles)


def _may_be_main(inner: Any, outer: Any, counted: Measured) -> bool:
    if inner.tag == "table" and inner not in counted.placing:
        return False
    return (
        counted.weight(inner) >= MAIN_SHARE * counted.weight(outer) and counted.blocks(inner) >= FEWEST_BLOCKS
    )


def _around(
    outer: Any, inner: Any, counted: Measured, left_out: Collection[Any]
) -> tuple[list[str], list[str]]:
    """The lines of an element above and below one of its children, without links."""
    above: list[str] = [outer.text] if outer.text and outer.text.strip() else []
    below: list[str] = []
    side = above
    for child in outer.iterchildren():
        if child is inner:
            side = below
        elif isinstance(child.tag, str) and child not in left_out:
            said = lines(child, left_out, counted.placing, links=False)
            # A paragraph beside the main part belongs to the text, whatever it says.
            side += [f"{line}。" for line in said] if child.tag == "p" and side is below else said
        if child.tail and child.tail.strip():
            side.append(child.tail)
    return [line.strip() for line in above], [line.strip() for line in below]


def _is_text(said: list[str], *, below: bool) -> bool:
    """Whether some line may belong to a document: a sentence, a numbered line, a date, a note of an annex, a table."""
    return any(
        (below and "\t" in line)
        or (_STOP.search(line) and (len(line) >= SENTENCE_LEAST or below))
        or is_date(line)
        or line.startswith(_ANNEX)
        or read_label(line)
        for line in said
    )


def _is_heading(line: str) -> bool:
    words = line.lstrip("# ")
    return (is_title(words) and len(words) >= TITLE_LEAST) or _NUMBER.fullmatch(words) is not None


def _declared(root: Any) -> Iterator[str]:
    for meta in root.iter("meta"):
        if meta.get("name", "").lower() in _TITLE_NAMES and meta.get("content", "").strip():
            yield " ".join(meta.get("content").split())


def _flaws(element: Any) -> tuple[Flaw, ...]:
    """Documents that the main part shows from other files are not read."""
    told = [
        found
        for inner in element.iter(*_EMBEDDING)
        if _EMBEDDED.search(found := inner.get(_EMBEDDING[inner.tag], ""))
    ]
    return tuple(Flaw("part_left_out", f"页面中嵌入的文件未读取：{address[:120]}") for address in told)
