"""Passages opened for close reading: normalised words, tokens and facts, worked out once and kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.document import Clause, Document
from corpus.facts import Fact, facts
from corpus.unit import UnitGroup
from corpus.units import unit_groups
from index.encoder import Encoder, gives_tokens
from index.passages import Passage
from index.snapshot import Snapshot
from index.terms import normalised
from rag.pieces import bounds, folded
from rag.spans import CandidateSpan, candidate_spans

_PIECE_MARK = re.compile(r"[，,：:。；;！？!?\n\t]")
_SENTENCE_MARK = re.compile(r"[。；;！？!?\n\t]")
_SENTENCE_END = re.compile(r"[。；;！？!?\n\t]+")


@dataclass(frozen=True, eq=False)
class OpenedPassage:
    """One passage with its document and clause, read closely on demand; the same one only when it is this very object."""

    number: int
    passage: Passage
    document: Document
    clause: Clause
    encoder: Encoder

    @cached_property
    def own(self) -> str:
        """The passage's own words, normalised as terms are."""
        return normalised(self.document.text[self.passage.start : self.passage.end])

    @cached_property
    def context(self) -> str:
        """Title and headings, normalised as terms are."""
        return normalised(self.passage.context)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the own words, without the marks that end them."""
        return tuple(piece for piece in _SENTENCE_END.split(self.own) if piece)

    @cached_property
    def fact_sentences(self) -> tuple[frozenset[int], ...]:
        """For each of `facts`, the numbers of the sentences of the own words it stands in."""
        words = (normalised(self.clause_text[fact.start : fact.end]) for fact in self.facts)
        return tuple(
            frozenset(n for n, sentence in enumerate(self.sentences) if word in sentence) for word in words
        )

    @cached_property
    def clause_text(self) -> str:
        """The whole clause, verbatim."""
        return self.document.text[self.clause.start : self.clause.end]

    @cached_property
    def folded(self) -> str:
        """The whole clause in half-width lower case, character for character."""
        return folded(self.clause_text)

    @cached_property
    def piece_marks(self) -> NDArray[np.int64]:
        """The offsets in `clause_text` of the marks that end pieces, one before the text and its end among them."""
        return bounds(_PIECE_MARK, self.clause_text)

    @cached_property
    def sentence_marks(self) -> NDArray[np.int64]:
        """The same for marks that end sentences."""
        return bounds(_SENTENCE_MARK, self.clause_text)

    @cached_property
    def unit_groups(self) -> tuple[UnitGroup, ...]:
        """The lists of responsible units in `clause_text`."""
        return unit_groups(self.clause_text)

    @cached_property
    def spans(self) -> tuple[CandidateSpan, ...]:
        """The stretches of the clause that could answer some question, in characters of `clause_text`."""
        return candidate_spans(self.clause, self.clause_text, self.facts, self.unit_groups)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the whole clause, offsets in characters of the clause's text."""
        return facts(self.clause_text, years=self.document.years, issued=self.document.date)

    @cached_property
    def tokens(self) -> NDArray[np.int64]:
        """The distinct token ids of context and own words, for late interaction; empty without a token encoder."""
        if not gives_tokens(self.encoder):
            return np.empty(0, dtype=np.int64)
        return self.encoder.distinct_tokens([f"{self.context} {self.own}"])[0]


def find_tokens(passages: Iterable[OpenedPassage], encoder: Encoder) -> None:
    """Works out the `tokens` of all these passages that have been asked for none yet: quicker together than one by one."""
    fresh = [passage for passage in passages if "tokens" not in vars(passage)]
    if fresh and gives_tokens(encoder):
        found = encoder.distinct_tokens([f"{passage.context} {passage.own}" for passage in fresh])
        for passage, tokens in zip(fresh, found, strict=True):
            vars(passage)["tokens"] = tokens  # where the property itself keeps them


class Shelf:
    """The passages of one snapshot, opened when first asked for; of many, those asked for last are kept open."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder, kept: int) -> None:
        self._snapshot = snapshot
        self._encoder = encoder
        self.open = lru_cache(maxsize=kept)(self._open)

    def _open(self, number: int) -> OpenedPassage:
        """The passage of that number in the snapshot."""
        passage = self._snapshot.passages[number]
        document = self._snapshot.documents[passage.document_id]
        return OpenedPassage(number, passage, document, document.clause(passage.clause_id), self._encoder)
