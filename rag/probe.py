"""The question made ready for looking into passages: its terms with what each is worth."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, TokenEncoder, gives_tokens
from index.lexical import LexicalIndex
from index.terms import is_chinese, normalised, terms, whole_words
from rag.candidate import Retrieved
from rag.question import Question
from rag.understanding.homophones import is_common

OFFICIAL = 0.7
"""What the terms of an official word count beside those typed, shared among its alternatives (0–1)."""

UNKNOWN_TYPED = 0.3
"""What a typed term counts that no document has, where an official word for it is known (0–1)."""

GRAMMAR = frozenset(
    "的了是在和与及按对把被将就都要得地吗呢啊等这那其又于以为之所到从向由给让跟哪几啥么谁多少"
)
"""Characters that say how words hang together rather than what about."""

PAIR = 2
NO_WORD = 0.2
"""What a pair of characters counts that is no word, beside one that may be (0–1)."""


@dataclass(frozen=True, slots=True)
class Probe:
    """The question made ready for looking into passages.

    `terms` are the asked object's terms and official words for them, weightiest first, with `weights` (float64),
    `vectors` (token vectors, float32, zeros for a term that is no token) and `known` (which any document has); those
    numbered in `whole` are Latin words and numbers. `synonyms` pairs official words with which of the terms they stand
    for (a bool mask). `total` is the greatest lexical score a passage could reach, `searched` how many passages are in
    scope.
    """

    question: Question
    focus: str
    terms: tuple[str, ...]
    weights: NDArray[np.float64]
    vectors: NDArray[np.float32]
    known: NDArray[np.bool_]
    whole: frozenset[int]
    synonyms: tuple[tuple[tuple[str, ...], NDArray[np.bool_]], ...]
    total: float
    searched: int

    @classmethod
    def of(cls, question: Question, retrieved: Retrieved, lexical: LexicalIndex, encoder: Encoder) -> Probe:
        """Prepares a question once for all its candidates."""
        object_text = question.focus or question.text
        weighed = _weighed(question, object_text, lexical)
        ordered = tuple(sorted(weighed, key=lambda term: (-weighed[term], term)))
        if gives_tokens(encoder):
            vectors = encoder.term_vectors(ordered)
        else:
            vectors = np.empty((0, encoder.dimension), dtype=np.float32)
        return cls(
            question,
            normalised(object_text),
            ordered,
            np.array([weighed[term] for term in ordered], dtype=np.float64),
            vectors,
            np.array([lexical.document_frequency(term) > 0 for term in ordered], dtype=np.bool_),
            frozenset(number for number, term in enumerate(ordered) if not is_chinese(term)),
            tuple(_synonyms(question, ordered)),
            math.fsum(weight * lexical.idf(term) for term, weight in retrieved.weights.items()) or 1.0,
            retrieved.searched,
        )

    def held(self, text: str) -> NDArray[np.bool_]:
        """Which terms stand in `text`, shape (terms,)."""
        return np.fromiter((term in text for term in self.terms), dtype=np.bool_, count=len(self.terms))

    def terms_in(self, text: str, among: Sequence[int] | None = None) -> list[int]:
        """The numbers of the terms, or of those `among` them, that are terms of a normalised text."""
        terms, whole = self.terms, self.whole
        return [
            number
            for number in (range(len(terms)) if among is None else among)
            if terms[number] in text and (number not in whole or terms[number] in whole_words(text))
        ]

    def share(self, amounts: NDArray[np.bool_] | NDArray[np.float64]) -> float:
        """The share, 0–1 by idf, of the terms held (or of each term so much)."""
        return float(self.weights @ amounts / self.weights.sum()) if len(self.terms) else 0.0

    def meant(self, text: str, held: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which terms stand in `text`, or an official word for them does; shape (terms,)."""
        for words, stands_for in self.synonyms:
            if any(word in text for word in words):
                held = held | stands_for
        return held


def _weighed(question: Question, object_text: str, lexical: LexicalIndex) -> dict[str, float]:
    """The object's terms with their idf; official words for what was typed count too, but for less."""
    typed = _typed(terms(object_text), lexical)
    # A single character says little beside the pair it stands in, unless it is all there is.
    weighed = {term: worth for term, worth in typed.items() if len(term) > 1} or typed
    for phrase, words in question.expansions.items():
        if phrase in question.near:
            continue
        official = {term for word in words for term in terms(word) if len(term) > 1} - weighed.keys()
        for term in terms(phrase):
            # The typed word stands nowhere: its official word is what there is to find.
            if term in weighed and official and not lexical.document_frequency(term):
                weighed[term] *= UNKNOWN_TYPED
        weighed |= {term: lexical.idf(term) * OFFICIAL / len(words) for term in official}
    return weighed


def _typed(found: Sequence[str], lexical: LexicalIndex) -> dict[str, float]:
    """Each term's idf, less for a pair that is no word: with a character of grammar, or astride two words.

    Astride is a pair that no document has and that either is rare in plain Chinese, or shares a character with a
    neighbour that documents have (果最 in 结果最后).
    """
    pairs = [term for term in found if len(term) == PAIR]
    heard = [lexical.document_frequency(pair) > 0 for pair in pairs]
    beside = [False] * len(pairs)
    for at, (left, right) in enumerate(pairwise(pairs)):
        if left[1] == right[0]:
            beside[at] |= heard[at + 1]
            beside[at + 1] |= heard[at]
    astride = {
        pair
        for pair, known, flanked in zip(pairs, heard, beside, strict=True)
        if not pair.isascii() and not known and (flanked or not is_common(pair))
    }
    return {
        term: lexical.idf(term) * (NO_WORD if term in astride or GRAMMAR & set(term) else 1.0)
        for term in found
    }


def _synonyms(
    question: Question, ordered: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], NDArray[np.bool_]]]:
    for typed, words in question.expansions.items():
        own = set(terms(typed))
        stands_for = np.array([term in own for term in ordered], dtype=np.bool_)
        if stands_for.any():
            yield tuple(map(normalised, words)), stands_for


def nearness(probe: Probe, token_sets: Sequence[NDArray[np.int64]], encoder: Encoder) -> NDArray[np.float64]:
    """For each set of tokens, how near each of the question's terms comes to one of them; (sets, terms), 0–1.

    The greatest cosine over static token vectors: MaxSim of ColBERT (Khattab & Zaharia 2020). 0 without a token encoder.
    """
    result = np.zeros((len(token_sets), len(probe.terms)))
    if not len(probe.vectors):
        return result
    lengths = np.array([len(tokens) for tokens in token_sets])
    everything = np.concatenate(token_sets)
    if not len(everything):
        return result
    # Terms that are no token are near to nothing. The probe has vectors only where the encoder gives them for tokens.
    vectors = np.flatnonzero(probe.vectors.any(axis=1))
    cosines = cast(TokenEncoder, encoder).token_vectors(everything) @ probe.vectors[vectors].T
    filled = np.flatnonzero(lengths)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])[filled]
    result[np.ix_(filled, vectors)] = np.clip(np.maximum.reduceat(cosines, starts, axis=0), 0, 1)
    return result
