"""One way of writing: half-width, simplified, numerals as digits, bounded."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Protocol

from corpus.numerals import normalise as digits

LONGEST_QUESTION = 2000
"""Characters of a question that are read (1..10,000); what stands after them is left out."""

KEPT_CONTROLS = "\t\n\r"
"""Control characters that part words; all others are dropped."""
DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
SPACES = re.compile(r"\s+")
CJK_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"})
BETWEEN_CJK = re.compile(r"(?<=[一-龥])[,;:?!()]|[,;:?!()](?=[一-龥])")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _simplifier() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def plain(asked: str, limit: int = LONGEST_QUESTION) -> str:
    r"""The question half-width (NFKC) and simplified, without control characters, at most `limit` long.

    Punctuation beside Chinese is written as Chinese punctuation.

    >>> plain("瓶改管\u200b　ｄｅａｄｌｉｎｅ?")
    '瓶改管 deadline?'
    >>> plain("誰牽頭?")
    '谁牵头？'
    """
    folded = unicodedata.normalize("NFKC", asked[:limit])[:limit]
    kept = "".join(
        character
        for character in folded
        if character in KEPT_CONTROLS or unicodedata.category(character) not in DROPPED_CATEGORIES
    )
    one_line = SPACES.sub(" ", kept).strip()
    simplified = _simplifier().convert(one_line)
    return BETWEEN_CJK.sub(lambda mark: mark.group().translate(CJK_WIDE), simplified)


def normalise(asked: str, limit: int = LONGEST_QUESTION) -> str:
    """`plain`, with Chinese numerals as digits.

    >>> normalise("二〇二四年底前")
    '2024年底前'
    """
    return digits(plain(asked, limit))
