"""Text becomes the terms that BM25 counts: Chinese characters and their pairs, Latin words, numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Protocol

from corpus.numerals import normalise

TERMS_VERSION = 1
"""Goes up whenever the same text yields other terms: older snapshots are then refused."""

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NUMBER, _WORD = r"\d+(?:\.\d+)*", rf"[^\W\d_{_HAN}]+"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<number>{_NUMBER})|(?P<word>{_WORD})")
_CHINESE = re.compile(f"[{_HAN}]+")
_WHOLE = re.compile(f"{_NUMBER}|{_WORD}")
_WIDE_MARKS = tuple(zip("，：；（）？！", ",:;()?!", strict=True))
"""What NFKC would write so as well, but slowly: a text without them it mostly finds to be written right already."""


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _simplifier() -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC("t2s")
    return converter


def normalised(text: str) -> str:
    """One spelling for what is written in several: half width, lower case, simplified, Arabic numerals.

    >>> normalised("ＬＰＧ瓶裝，第十八條")
    'lpg瓶装,第18条'
    """
    # A lone surrogate is no character and cannot be encoded for the converter.
    encodable = text.encode("utf-8", "ignore").decode("utf-8")
    for wide, narrow in _WIDE_MARKS:
        encodable = encodable.replace(wide, narrow)
    folded = unicodedata.normalize("NFKC", encodable).lower()
    return normalise(_simplifier().convert(folded))


def terms(text: str) -> list[str]:
    """The terms of a text, in its order, repeated as often as they occur.

    A run of Chinese characters gives each character and each pair of neighbours (no pair reaches over
    punctuation, Latin letters or digits); a Latin word and a number give themselves.

    >>> terms("2024年底前完成LPG改造")
    ['2024', '年', '年底', '底', '底前', '前', '前完', '完', '完成', '成', 'lpg', '改', '改造', '造']
    """
    return terms_of_normalised(normalised(text))


def terms_of_normalised(text: str) -> list[str]:
    """The terms of a text that is `normalised` already, which takes most of the time.

    >>> terms_of_normalised("18条")
    ['18', '条']
    """
    found: list[str] = []
    for run in _RUN.finditer(text):
        words = run.group()
        if run.lastgroup != "han":
            found.append(words)
            continue
        for at, character in enumerate(words):
            found.append(character)
            if at + 1 < len(words):
                found.append(words[at : at + 2])
    return found


def is_chinese(term: str) -> bool:
    """Whether a term is Chinese: then it is one of a normalised text's terms wherever its characters stand there.

    A Latin word or a number has to stand there whole: see `whole_words`.
    """
    return _CHINESE.fullmatch(term) is not None


def whole_words(text: str) -> frozenset[str]:
    """The terms of a `normalised` text that are not Chinese: its Latin words and numbers.

    >>> sorted(whole_words("2024年底前完成lpg改造"))
    ['2024', 'lpg']
    """
    return frozenset(_WHOLE.findall(text))
