"""A text as the reading network sees it: for each character what it is, the tokens it stands in, what it is part of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.facts import Fact
from corpus.unit import UnitGroup
from index.static import Vocabulary

Ids = NDArray[np.int32]

PADDING, UNKNOWN = 0, 1
"""The ids of no character and of a character that the alphabet lacks."""

FACTS = ("deadline", "unit", "quantity", "frequency")
MARKS = (re.compile("“[^“”]*”"), re.compile("《[^《》]*》"), re.compile("（[^（）]*）"))
LABELS = 3 * len(FACTS) + len(MARKS)
"""How many labels a character has: inside, first and last of each kind of fact, and inside each kind of marks."""


@dataclass(frozen=True)
class Symbols:
    """A text of n characters as ids, each (n,) int32.

    `characters` are places in the alphabet; `tokens` and `pairs` are the built-in model's ids plus one of the token a
    character stands in and of the bigram that begins with it, 0 where there is none.
    """

    characters: Ids
    tokens: Ids
    pairs: Ids

    def __len__(self) -> int:
        return len(self.characters)

    def __getitem__(self, part: slice) -> Symbols:
        return Symbols(self.characters[part], self.tokens[part], self.pairs[part])


@dataclass(frozen=True)
class Alphabet:
    """The characters that have a vector of their own, beside the tokens of the built-in model."""

    characters: str
    vocabulary: Vocabulary

    @cached_property
    def _places(self) -> dict[str, int]:
        return {character: place for place, character in enumerate(self.characters, start=UNKNOWN + 1)}

    def __len__(self) -> int:
        """How many ids there are, padding and unknown among them."""
        return len(self.characters) + UNKNOWN + 1

    def symbols(self, text: str) -> Symbols:
        """The symbols of a text folded by `rag.pieces.folded`, one for each character."""
        places = [self._places.get(character, UNKNOWN) for character in text]
        return Symbols(np.array(places, dtype=np.int32), *self.vocabulary.placed(text))


def labels(text: str, facts: Iterable[Fact], groups: Iterable[UnitGroup]) -> NDArray[np.float32]:
    """What each character of a clause's `text` is part of, (characters, LABELS), 1 or 0.

    `facts` and `groups` are those of the text, their offsets in its characters.
    """
    found = np.zeros((len(text), LABELS), dtype=np.float32)
    stretches = [(FACTS.index("unit"), group.start, group.end) for group in groups]
    stretches += [
        (FACTS.index(f.kind), f.start, f.end) for f in facts if f.kind in FACTS and f.kind != "unit"
    ]
    for kind, start, end in stretches:
        found[start:end, 3 * kind] = found[start, 3 * kind + 1] = found[end - 1, 3 * kind + 2] = 1
    for column, pattern in enumerate(MARKS, start=3 * len(FACTS)):
        for match in pattern.finditer(text):
            found[match.start() : match.end(), column] = 1
    return found
