"""What a Word file says, taken from its XML without any of the readers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from eval.gold import GoldError

BODY: Final = "word/document.xml"
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT: Final = f"{_WORD}t"
_NOT_SAID: Final = frozenset(
    {
        f"{_WORD}del",
        f"{_WORD}moveFrom",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
"""Deleted runs, and what older programs are shown instead of what stands beside it."""
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060-\u2064\ufeff\x00-\x1f\x7f-\x9f]+")


def said(content: bytes, name: str) -> str:
    """Every word of the body in the order of the file, without white space.

    Raises GoldError for a file without a body that is XML.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            body = ElementTree.fromstring(package.read(BODY))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise GoldError(f"{name}: no Word file ({error}); take it out of the set") from error
    return seen("".join(_texts(body)))


def seen(words: str) -> str:
    r"""The characters that can be seen: no white space, no zero-width marks.

    >>> seen("第一条\u3000为了\ufeff 安全\n")
    '第一条为了安全'
    """
    return _UNSEEN.sub("", words)


def _texts(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag not in _NOT_SAID:
            yield from _texts(child)
