"""Vectors alone over our passages: what the embedding model is worth by itself."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from eval.gold import GoldQuestion
from eval.peers.passages import cut
from eval.peers.ranking import asked, best
from eval.response import Response
from index.dense import DenseIndex
from index.encoder import Encoder


class Dense:
    """Our passages with their context, compared with the question by inner product."""

    name = "dense only"

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        """Cut, embed and index the documents."""
        indexed, self._shown = cut(documents)
        self._encoder = encoder
        self._index = DenseIndex.build(encoder.encode_passages(indexed))

    def respond(self, question: GoldQuestion) -> Response:
        """The nearest passages."""
        return best(self._index.scores(self._encoder.encode_questions([asked(question)])[0]), self._shown)
