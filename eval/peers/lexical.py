"""BM25 alone over our passages: what the structure and the terms are worth without anything after them."""

from __future__ import annotations

from collections import Counter

from eval.gold import GoldQuestion
from eval.peers.ranking import asked, best, shown_of
from eval.response import Response
from index.snapshot import Snapshot
from index.terms import terms


class Lexical:
    """The passages of a snapshot with their context, character uni- and bigrams, one weight for every word asked."""

    name = "BM25 only"

    def __init__(self, snapshot: Snapshot) -> None:
        self._shown = shown_of(snapshot)
        self._index = snapshot.lexical

    def respond(self, question: GoldQuestion) -> Response:
        """The best passages."""
        weights = {term: float(count) for term, count in Counter(terms(asked(question))).items()}
        return best(self._index.scores(weights), self._shown)
