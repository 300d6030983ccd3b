"""A clause cut into sentences and pieces, for stretches of it to be compared by their terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Clause, Document
from index.terms import normalised, terms_of_normalised

LONGEST = 4
"""Pieces between commas that one stretch may have (1–8)."""
_SENTENCE = re.compile(r"[^。；;！？!?\n\t]+")
_PIECE = re.compile(r"[^，,：:]+")
_SHORTEST_TERM = 2


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    terms: Counter[str]


@dataclass(frozen=True, slots=True)
class Body:
    """A clause cut into sentences and these into pieces; `terms` are those of all of them."""

    clause: Clause
    sentences: tuple[tuple[_Piece, ...], ...]
    terms: frozenset[str]

    def stretches(self) -> Iterator[tuple[int, int, Counter[str]]]:
        """Every run of at most `LONGEST` pieces of one sentence: where it stands, and its terms."""
        for pieces in self.sentences:
            for first in range(len(pieces)):
                found: Counter[str] = Counter()
                for piece in pieces[first : first + LONGEST]:
                    found = found + piece.terms
                    yield pieces[first].start, piece.end, found


def body_of(document: Document, clause: Clause) -> Body:
    """The clause cut into pieces.

    Stretches are half-open, in characters of `document.text`, and never reach over the end of a sentence.
    """
    sentences = tuple(
        tuple(
            _Piece(piece.start(), piece.end(), pairs_and_words(piece.group()))
            for piece in _PIECE.finditer(document.text, *sentence.span())
        )
        for sentence in _SENTENCE.finditer(document.text, clause.start, clause.end)
    )
    terms = (term for pieces in sentences for piece in pieces for term in piece.terms)
    return Body(clause, sentences, frozenset(terms))


def pairs_and_words(words: str) -> Counter[str]:
    """The pairs of characters, Latin words and numbers of a text, with how often they occur.

    >>> sorted(pairs_and_words("完成LPG改造"))
    ['lpg', '完成', '改造']
    """
    found = terms_of_normalised(normalised(words))
    return Counter(term for term in found if len(term) >= _SHORTEST_TERM or term.isascii())
