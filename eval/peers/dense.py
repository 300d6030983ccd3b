"""Vectors alone over our passages: what the embedding model is worth by itself."""

from __future__ import annotations

from eval.gold import GoldQuestion
from eval.peers.ranking import asked, best, shown_of
from eval.response import Response
from index.encoder import Encoder
from index.snapshot import Snapshot


class Dense:
    """The passages of a snapshot with their context, compared with the question by inner product."""

    name = "dense only"

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        """`encoder` is the one that the snapshot was made with."""
        self._shown = shown_of(snapshot)
        self._encoder = encoder
        self._index = snapshot.dense

    def respond(self, question: GoldQuestion) -> Response:
        """The nearest passages."""
        return best(self._index.scores(self._encoder.encode_questions([asked(question)])[0]), self._shown)
