"""What makes a shown passage right: one small class for each way in which gold is written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from eval.response import Shown

LEAST_CONTAINED = 12
"""A passage that is only a part of the gold words counts from so many squeezed characters on."""

_WHITE_SPACE = re.compile(r"\s+")
_WIDE = str.maketrans("(),;:", "（），；：")


def squeezed(text: str) -> str:
    r"""The text without white space, its brackets, commas, colons and semicolons full-width.

    Example:
        >>> squeezed("各乡镇 (街道),\n负责")
        '各乡镇（街道），负责'
    """
    return _WHITE_SPACE.sub("", text).translate(_WIDE)


class Gold(Protocol):
    """One thing that answers a question, and how to tell that it was shown; `str()` is for people."""

    def held_by(self, shown: Shown) -> bool:
        """Whether the passage is, or holds, this."""
        ...


@dataclass(frozen=True, slots=True)
class Quote:
    """Squeezed words that a right passage contains, and the document they stand in.

    `document` is the id's part before its first "-" ("xiangcheng" for "xiangcheng-2024-5").
    """

    document: str
    words: str

    def held_by(self, shown: Shown) -> bool:
        """Whether the passage, of that document, contains the words."""
        return shown.document_id.partition("-")[0] == self.document and self.words in squeezed(shown.text)

    def __str__(self) -> str:
        return f"{self.document}: {self.words}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Squeezed words that a right passage contains or is a part of; `document` is the whole id."""

    document: str
    words: str

    def held_by(self, shown: Shown) -> bool:
        """Whether the passage, of that document, contains the words or, being long enough, is contained in them."""
        if shown.document_id != self.document:
            return False
        passage = squeezed(shown.text)
        return self.words in passage or (len(passage) >= LEAST_CONTAINED and passage in self.words)

    def __str__(self) -> str:
        return f"{self.document}: {self.words}"


@dataclass(frozen=True, slots=True)
class Article:
    """An article by its number in the collection, which ends the id of its clause."""

    number: str

    def held_by(self, shown: Shown) -> bool:
        """Whether the passage is of that article."""
        return shown.clause_id.rpartition("#")[2] == self.number

    def __str__(self) -> str:
        return self.number
