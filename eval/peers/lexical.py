"""BM25 alone over our passages: what the structure and the terms are worth without anything after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.document import Document
from eval.gold import GoldQuestion
from eval.peers.passages import cut
from eval.peers.ranking import asked, best
from eval.response import Response
from index.lexical import LexicalIndex
from index.terms import terms


class Lexical:
    """Our passages with their context, character uni- and bigrams, one weight for every word asked."""

    name = "BM25 only"

    def __init__(self, documents: Sequence[Document]) -> None:
        """Cut and index the documents."""
        indexed, self._shown = cut(documents)
        self._index = LexicalIndex.build([terms(text) for text in indexed])

    def respond(self, question: GoldQuestion) -> Response:
        """The best passages."""
        weights = {term: float(count) for term, count in Counter(terms(asked(question))).items()}
        return best(self._index.scores(weights), self._shown)
