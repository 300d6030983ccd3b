"""Reads opened passages for a question, and keeps those made ready."""

from __future__ import annotations

from functools import lru_cache

from rag.opened import OpenedPassage
from rag.question import Question
from rag.reading.network import Asked, Network, Page
from rag.reading.reading import Reading
from rag.reading.symbols import labels


class Reader:
    """One snapshot's passages under one network; the `kept` read last stay ready. Safe to share between threads."""

    def __init__(self, network: Network, kept: int) -> None:
        self._network = network
        self._page = lru_cache(maxsize=kept)(self._ready)

    def asked(self, question: Question) -> Asked:
        """The question made ready for any number of passages."""
        return self._network.asked(question.in_full)

    def read(self, asked: Asked, opened: OpenedPassage) -> Reading:
        """What the question finds in the passage's own words, placed in its clause."""
        reading = self._network.read(asked, self._page(opened), opened.passage.context)
        return reading.placed(reading.first + opened.passage.start - opened.clause.start)

    def _ready(self, opened: OpenedPassage) -> Page:
        first = opened.passage.start - opened.clause.start
        end = opened.passage.end - opened.clause.start
        labelled = labels(opened.clause_text, opened.facts, opened.unit_groups)
        return self._network.page(opened.clause_text[first:end], labelled[first:end])
