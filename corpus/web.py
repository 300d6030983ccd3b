"""Web pages: blocks as lines, headings with marks, table rows as lines with tabs, of the page's main part."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import Any, Final

from corpus.decoded import Decoded
from corpus.encodings import decode
from corpus.errors import UnreadableError
from corpus.kinds import HEAD
from corpus.web_lines import lines
from corpus.web_main import main_part
from corpus.wording import bare

OPENING: Final = 12
"""A page's title is looked for in so many lines of its main part (5–50)."""

_CHARSET = re.compile(rb"<meta[^>]{0,256}?charset\s*=\s*[\"']?\s*([\w-]{2,32})", re.IGNORECASE)
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
"""Charsets that pages declare while they use characters of the wider one."""
_BOMS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_TOO_DEEP: Final = "ERR_RESOURCE_LIMIT"


def read_web(content: bytes, name: str) -> Decoded:
    r"""The text of a web page's main part, without menus, headers and footers; all of it where no part stands out.

    Nothing the page refers to is fetched. Raises UnreadableError for bytes of no known charset and for a page whose
    elements are nested thousands deep.

    >>> read_web("<h1>通知</h1><p>各单位：<br>请落实。</p>".encode(), "notice.html").text
    '# 通知\n各单位：\n请落实。'
    """
    root = _parsed(charset_decoded(content, name), name)
    if root is None:
        return Decoded("")
    main = main_part(root)
    said = lines(main.element, main.left_out, main.placing)
    return Decoded("\n".join([*_missing(main.titles, said), *said]), main.flaws)


def _missing(titles: Sequence[str], said: Sequence[str]) -> list[str]:
    """The titles that the first lines of the main part do not say."""
    opening = bare("".join(said[:OPENING]))
    missing: list[str] = []
    for title in titles:
        words = bare(title.lstrip("# "))
        if words not in opening and words not in bare("".join(missing)):
            missing.append(title)
    return missing


def charset_decoded(content: bytes, name: str) -> str:
    """A page's bytes as text: by its BOM, as UTF-8 where they are that, by the charset it declares, or as GB18030.

    A byte the declared charset does not allow becomes U+FFFD. Raises UnreadableError where none is declared either.
    """
    if content.startswith(_BOMS):
        return decode(content, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        declared = _declared(content)
    if declared is None or declared == "utf-8":
        return decode(content, name)
    try:
        return content.decode(declared, "replace")
    except (LookupError, UnicodeError):
        # What it names is a codec, but none of text.
        return decode(content, name)


def _declared(content: bytes) -> str | None:
    """The charset a page's meta element declares, if there is such a one."""
    found = _CHARSET.search(content, 0, HEAD)
    if found is None:
        return None
    said = found[1].decode("ascii").lower()
    try:
        return codecs.lookup(_WIDER.get(said, said)).name
    except LookupError:
        return None


def _parsed(text: str, name: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(_CONTROL.sub("", text).encode("utf-8", "replace"), parser)
    except etree.ParserError:
        root = None
    except etree.XMLSyntaxError as error:
        if text.strip():
            raise UnreadableError(
                f"{name}: not a web page ({error}); save it again from the browser"
            ) from error
        root = None
    if any(_TOO_DEEP in error.type_name or "depth" in error.message for error in parser.error_log):
        raise UnreadableError(
            f"{name}: elements are nested thousands deep, as in no honest page; save it again from the browser"
        )
    return root
