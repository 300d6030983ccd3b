"""A set: questions, and what they are asked of."""

from __future__ import annotations

from dataclasses import dataclass

from eval.corpora.corpus import Corpus
from eval.gold import GoldQuestion


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Questions that are asked of one corpus; of the home that the command names when `corpus` is None.

    `caution` is what to bear in mind when its figures are read, empty when there is nothing.
    """

    name: str
    questions: tuple[GoldQuestion, ...]
    corpus: Corpus | None = None
    caution: str = ""
