"""The stages of understanding, strung together: a typed question becomes a `Question`."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from corpus.document import Document
from corpus.numerals import normalise as digits
from rag.question import Question
from rag.understanding.abbreviations import Abbreviations
from rag.understanding.followup import SHORTEST_OBJECT, lean
from rag.understanding.glossary import Glossary
from rag.understanding.homophones import Homophones
from rag.understanding.normalise import LONGEST_QUESTION, plain
from rag.understanding.phrasing import defining, phrased
from rag.understanding.scope import Register
from rag.understanding.wants import across_spans, cues, object_of, wants_of

CJK_PAIRS = re.compile("(?=([一-龥]{2}))")
LARGEST_SEARCHED = 300_000
"""Characters of a corpus in which a term is looked up whole; in a larger one its pairs of characters decide."""


class QuestionReader:
    """Reads questions against the held documents.

    `vocabulary` has the single characters and pairs of characters of the corpus (any container of terms). `previous` is
    the reader of an earlier state, whose work on the same texts is taken over.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        vocabulary: Container[str],
        glossary: Glossary,
        limit: int = LONGEST_QUESTION,
        previous: QuestionReader | None = None,
    ) -> None:
        self._texts = tuple(document.text for document in documents)
        self._searched = sum(map(len, self._texts)) <= LARGEST_SEARCHED
        self._vocabulary = vocabulary
        self._glossary = glossary
        self._limit = limit
        self._register = Register(documents)
        self._abbreviations: Abbreviations = Abbreviations(
            documents, glossary.officials, previous._abbreviations if previous else None
        )
        self._occurring: dict[str, bool] = {}
        terms = (term for term in glossary.officials if self._has_pairs(term))
        units, places = self._abbreviations.units, self._register.place_names
        self._homophones = Homophones(documents, vocabulary, {*terms, *units, *places})
        self.read("瓶改管 deadline")  # tables are read once, and now rather than with the first question

    def read(
        self,
        asked: str,
        *,
        context: str | None = None,
        places: Sequence[str] = (),
        documents: Sequence[str] = (),
        withheld: frozenset[str] = frozenset(),
    ) -> Question:
        """The question as retrieval sees it.

        `context` is the previous question; `places` and `documents` are the caller's filters, `withheld` the documents
        that do not answer. A place that no document is about is told in `unknown_places`. Never raises, whatever was
        typed.
        """
        question, own_object = self._alone(asked, places, documents, withheld)
        if not (context and context.strip()):
            return question
        before, _ = self._alone(context, (), (), withheld)
        question = lean(question, before, own_object=own_object)
        if question.carried:
            carried, _ = self._expansions(question.carried)
            question = replace(
                question,
                near=question.near | (carried.keys() - question.expansions.keys()),
                expansions=carried | question.expansions,
            )
        return question

    def _alone(
        self, asked: str, places: Sequence[str], documents: Sequence[str], withheld: frozenset[str]
    ) -> tuple[Question, bool]:
        """The question without its context, and whether it has an object of its own."""
        typed = plain(asked, self._limit)
        corrections = self._homophones.corrections(typed)
        for slip, meant in corrections.items():
            typed = typed.replace(slip, meant)
        text = digits(typed)
        scope = self._register.read(text, places, documents, withheld)
        found = cues(text)
        wants = wants_of(found)
        across = across_spans(text)
        cued = (*across, *(span for cue in found for span in cue.spans()))
        asked_object = object_of(text, (*scope.spans, *cued))
        own_object = object_of(text, (*scope.spans, *across, *((cue.start, cue.end) for cue in found)))
        expansions, near = self._expansions(typed)
        focus = asked_object or object_of(text, cued) or text
        question = Question(
            asked=asked,
            text=text,
            focus=focus,
            wants=wants,
            places=scope.places,
            places_meant=scope.places_meant,
            documents=scope.documents,
            named=scope.documents is not None,
            corrections=corrections,
            expansions=expansions,
            near=near,
            years=scope.years,
            across=bool(across) or "compare" in wants,
            unknown_places=scope.unknown_places,
            spoken_of=scope.spoken_of,
            phrased=phrased(text),
            defining=defining(text, focus),
            placeless=scope.placeless,
            unplaced=scope.unplaced,
            withheld=withheld,
        )
        return question, len(own_object) >= SHORTEST_OBJECT

    def _expansions(self, text: str) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
        """Words of the text with official words for them, and those of the words that are only near."""
        expansions: dict[str, tuple[str, ...]] = {}
        near: set[str] = set()
        for expansion in self._glossary.expand(text, self._occurs):
            expansions[expansion.phrase] = expansion.words
            if expansion.near:
                near.add(expansion.phrase)
        for name, names in self._abbreviations.expand(text):
            expansions[name] = tuple(dict.fromkeys((*expansions.get(name, ()), *names)))
        return expansions, frozenset(near)

    def _occurs(self, term: str) -> bool:
        """Whether the corpus has the term: all its pairs of characters, and itself where it is looked up whole."""
        held = self._occurring.get(term)
        if held is None:
            held = self._has_pairs(term)
            if held and self._searched:
                held = any(term in text for text in self._texts)
            self._occurring[term] = held
        return held

    def _has_pairs(self, term: str) -> bool:
        """Whether the corpus has all pairs of Chinese characters of the term, written as the index writes them."""
        pairs = CJK_PAIRS.findall(digits(term))
        return all(pair in self._vocabulary for pair in pairs) if pairs else term in self._vocabulary
