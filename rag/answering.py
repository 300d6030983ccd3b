"""From a question understood to its answer, read top to bottom: retrieve, fuse, rerank, decide, arrange, quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.document import Document
from index.encoder import Encoder
from rag.answer import Answer, Citation, Understood
from rag.arrange import arrange
from rag.candidate import Candidate, Placed
from rag.cite import cite, cite_head
from rag.consider import consider
from rag.copies import copy_of
from rag.cross import CrossEncoder, reorder
from rag.decide import NAMES as DECISION
from rag.decide import decide
from rag.decide import describe as describe_decision
from rag.differ import differing
from rag.evidence import NAMES as EVIDENCE
from rag.marked import Marked
from rag.masthead import asks_for_head, head_fields
from rag.opened import OpenedPassage
from rag.question import Question
from rag.quote import mark
from rag.reconsider import NAMES as RECONSIDERED
from rag.reconsider import reconsider, worth_reading
from rag.relevance import NAMES as RELEVANCE
from rag.relevance import relevance
from rag.rerank import rerank
from rag.settings import Settings
from rag.span_evidence import FACT_NAMES, WORD_NAMES
from rag.state import State
from rag.understanding.places import stem
from rag.weights import Weights

Ranked = tuple[Candidate, ...]


class Answering:
    """The stages from a question understood to its answer, under given weights; safe to share between threads."""

    def __init__(
        self, encoder: Encoder, settings: Settings, weights: Weights, cross: CrossEncoder | None = None
    ) -> None:
        self._encoder = encoder
        self._settings = settings
        self._weights = weights
        self._cross = cross
        weights.expect("rerank", EVIDENCE)
        weights.expect("reconsider", RECONSIDERED)
        weights.expect("quote_facts", FACT_NAMES)
        weights.expect("quote_words", WORD_NAMES)
        self._quote = weights.quote
        weights.expect("decide", DECISION)
        weights.expect("relevance", RELEVANCE)

    def answer(self, question: Question, state: State, top_k: int) -> Answer:
        """The answer with at most `top_k` citations, best first, or a refusal with the nearest clauses."""
        understood = Understood.of(question)

        def refuse(reason: str, nearest: tuple[Citation, ...] = ()) -> Answer:
            return Answer(question.asked, "not_found", understood, nearest=nearest, reason=reason)

        if question.all_withheld:
            return refuse("withdrawn")

        def held() -> Iterator[Document]:
            documents = state.snapshot.documents.values()
            return (document for document in documents if document.id not in question.withheld)

        # A document's head lays down no duty.
        of_head = question.clauses is None
        if of_head and asks_for_head(question, held(), strangers=self._settings.head_strangers):
            fields = head_fields(question, held())[:top_k]
            if not fields:
                return refuse("not_stated")
            confidence = self._settings.head_confidence
            cited = tuple(cite_head(rank, field, confidence) for rank, field in enumerate(fields, start=1))
            return Answer(question.asked, "answered", understood, cited)

        considered = consider(question, state, self._encoder, self._settings)
        if considered is None:
            return refuse("no_words")
        probe = considered.probe
        first = rerank(considered.numbers, considered.evidence, self._weights.rerank)
        asked = state.pages.asked(question)
        readings = {
            candidate.passage: state.pages.read(asked, state.shelf.open(candidate.passage))
            for candidate in worth_reading(first, most=self._settings.read, within=self._settings.read_within)
        }
        ranked = self._crossed(question, reconsider(first, readings, self._weights.reconsider), state)
        opened = [state.shelf.open(candidate.passage) for candidate in ranked]

        def mark_in(passage: OpenedPassage) -> tuple[Marked, ...]:
            if passage.number not in readings:
                readings[passage.number] = state.pages.read(asked, passage)
            return mark(probe, passage, readings[passage.number], self._quote)

        marks = {opened[0].number: mark_in(opened[0])}
        decision = describe_decision(probe, ranked, opened[0], marks[opened[0].number], readings)
        decision_score, status = decide(decision, self._weights)
        probabilities = relevance(ranked, decision_score, probe.searched, self._weights)
        if status == "answered" and probabilities.max() < self._settings.stands_from:
            # Whatever speaks for there being an answer: none of the citations is likelier right than wrong.
            status = "unsure"
        placed = arrange(
            [Placed(passage, float(p)) for passage, p in zip(opened, probabilities, strict=True)],
            damping=self._damping(question),
            count=top_k,
            copy_of=None if question.compares else copy_of,
        )

        def cite_all(chosen: Sequence[Placed]) -> tuple[Citation, ...]:
            for entry in chosen:
                number = entry.opened.number
                if number not in marks:
                    # In what hardly answers no words answer: it is shown whole, and need not be read.
                    worth = question.compares or entry.probability >= self._settings.marked_from
                    marks[number] = mark_in(entry.opened) if worth else ()
            otherwise = differing(chosen, marks) if question.compares else {}
            return tuple(
                cite(rank, entry, marks[entry.opened.number], otherwise.get(entry.opened.number, ()))
                for rank, entry in enumerate(chosen, start=1)
            )

        elsewhere = bool(question.unknown_places) or _of_another_place(question, opened[0])
        if status == "not_found" or elsewhere:
            reason = "place_unknown" if elsewhere else "no_document_says"
            return refuse(reason, cite_all(placed[: self._settings.nearest]))
        return Answer(question.asked, status, understood, cite_all(self._shown(question, placed)))

    def _crossed(self, question: Question, ranked: Ranked, state: State) -> Ranked:
        if self._cross is None:
            return ranked
        best = [state.shelf.open(candidate.passage) for candidate in ranked[: self._settings.crossed]]
        texts = [one.passage.indexed(one.document) for one in best]
        return reorder(ranked, self._cross.scores(question.in_full, texts))

    def _shown(self, question: Question, placed: Sequence[Placed]) -> Sequence[Placed]:
        """Those worth a place beside the best, and so many that one of them is likely right."""
        if question.compares:
            least = self._settings.shown_when_comparing
        else:
            best = max(entry.probability for entry in placed)
            least = max(self._settings.shown_from, self._settings.shown_to_best * best)
        shown: list[Placed] = []
        none_right = 1.0
        for entry in placed:
            wanting = (
                none_right > self._settings.shown_until
                and entry.probability >= self._settings.shown_if_wanting
            )
            if not shown or wanting or entry.probability >= least:
                shown.append(entry)
            none_right *= 1 - entry.probability
        return shown

    def _damping(self, question: Question) -> float:
        if question.compares:
            return self._settings.across_damping
        several = question.documents is None or len(question.documents) > 1
        return self._settings.same_document_damping if several else 1.0


def _of_another_place(question: Question, best: OpenedPassage) -> bool:
    """Whether the best passage holds for a place of its own, and says nothing of the place that was asked about."""
    said = f"{best.document.title}\n{best.clause_text}"
    return bool(best.document.place) and any(stem(place) not in said for place in question.spoken_of)
