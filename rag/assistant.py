"""From question to answer, read top to bottom: understand, retrieve, fuse, rerank, decide, arrange, quote."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from threadpoolctl import threadpool_limits

from index.encoder import BuiltinEncoder, Encoder
from index.snapshot import Snapshot
from rag.answer import Answer, Citation, Understood
from rag.arrange import arrange
from rag.candidate import Candidate, Placed
from rag.cite import cite, cite_head
from rag.consider import Considered, consider
from rag.copies import copy_of
from rag.cross import CrossEncoder, SentenceTransformersCrossEncoder, reorder
from rag.decide import NAMES as DECISION
from rag.decide import RELEVANCE_NAMES, decide, relevance
from rag.decide import describe as describe_decision
from rag.differ import differing
from rag.errors import BadQuestionError, UnknownDocumentError
from rag.evidence import NAMES as EVIDENCE
from rag.holdings import Holdings
from rag.home import Home
from rag.list_answer import list_answer
from rag.listing_cues import table as listing_cues
from rag.marked import Marked
from rag.masthead import asks_for_head, head_fields
from rag.opened import OpenedPassage
from rag.question import Question
from rag.quote import mark
from rag.reading.network import Network
from rag.reconsider import NAMES as RECONSIDERED
from rag.reconsider import reconsider, worth_reading
from rag.rerank import rerank
from rag.settings import Settings
from rag.span_evidence import FACT_NAMES, WORD_NAMES
from rag.state import Live, State
from rag.task_query import TaskQuery
from rag.weights import Weights

Progress = Callable[[str, int, int], None]
Ranked = tuple[Candidate, ...]


class Assistant(Holdings):
    """Answers questions over one home, and shows what it holds; safe to share between threads.

    A change of the home by another process is noticed at the next question.
    """

    def __init__(
        self,
        home: Home,
        snapshot: Snapshot,
        encoder: Encoder,
        network: Network,
        settings: Settings,
        weights: Weights,
        cross: CrossEncoder | None = None,
    ) -> None:
        super().__init__(home, Live(home.path, snapshot, encoder, network, settings))
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
        weights.expect("relevance", RELEVANCE_NAMES)
        listing_cues()  # read now rather than with the first question

    @classmethod
    def open(
        cls,
        home: str | Path | None = None,
        *,
        settings: Settings | None = None,
        empty: bool = False,
        progress: Progress | None = None,
    ) -> Assistant:
        """The assistant of a home (default `$YIJU_HOME`, else `./.yiju`), which is made when it doesn't exist.

        From then on the process's matrix library works with one thread: the matrices of a question are small, and a
        second thread costs more than it brings.
        Raises HomeError, IndexingError or CorpusError in one line that says how to mend it.
        """
        threadpool_limits(limits=1, user_api="blas")
        settings = settings or Settings.from_environment(os.environ, home)
        if home is not None:
            settings = replace(settings, home=Path(home))
        encoder = settings.encoder()
        held = Home(settings.home, encoder)
        snapshot = held.open_or_create(empty=empty, progress=progress)
        network = Network.load(encoder if isinstance(encoder, BuiltinEncoder) else BuiltinEncoder())
        cross = SentenceTransformersCrossEncoder(settings.cross_encoder) if settings.cross_encoder else None
        return cls(held, snapshot, encoder, network, settings, Weights.load(), cross)

    def ask(
        self,
        question: str,
        *,
        top_k: int = 5,
        places: Sequence[str] = (),
        documents: Sequence[str] = (),
        context: str | None = None,
        duties: TaskQuery | None = None,
    ) -> Answer:
        """The answer to a question, with at most `top_k` citations, best first.

        `places`, `documents` (ids) and `duties` (which a clause must lay down one of) narrow where to look; `context` is
        the previous question when this one follows it.
        Raises BadQuestionError, UnknownDocumentError, UnknownUnitError or BadFilterError, one line in English and in
        Chinese.
        """
        started = time.perf_counter()
        self._check(question, top_k)
        state = self.state()
        for document_id in documents:
            if document_id not in state.snapshot.documents:
                raise UnknownDocumentError(
                    f"no document {document_id!r} is held; GET /v1/documents lists the ids",
                    f"没有编号为“{document_id}”的文件",
                )
        read = state.reader.read(question, context=context, places=places, documents=documents)
        if duties is not None:
            wanted = frozenset(entry.clause.id for entry in state.tasks.find(duties))
            read = replace(read, clauses=wanted)
        answer = list_answer(
            read,
            context,
            state.reader,
            state.tasks,
            duties=duties,
            count=top_k,
            confidence=self._settings.list_confidence,
        ) or self._answer(read, state, top_k)
        if answer.status == "not_found" and answer.tasks is None and read.placeless:
            # The place's own documents do not say: a law of the whole country may.
            wider = self._answer(replace(read, documents=read.placeless), state, top_k)
            answer = wider if wider.status == "answered" else answer
        return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 2))

    def _check(self, question: str, top_k: int) -> None:
        if not question.strip():
            raise BadQuestionError(
                "the question is empty; type what is wanted", "问题是空的，请写下要问的内容"
            )
        if not 1 <= top_k <= self._settings.top_k_limit:
            limit = self._settings.top_k_limit
            raise BadQuestionError(
                f"top_k must lie in 1..{limit}, got {top_k}", f"top_k 应在 1 到 {limit} 之间，收到 {top_k}"
            )

    def _answer(self, question: Question, state: State, top_k: int) -> Answer:
        understood = Understood.of(question)

        def refuse(reason: str, nearest: tuple[Citation, ...] = ()) -> Answer:
            return Answer(question.asked, "not_found", understood, nearest=nearest, reason=reason)

        held = tuple(state.snapshot.documents.values())
        # A document's head lays down no duty.
        of_head = question.clauses is None
        if of_head and asks_for_head(question, held, strangers=self._settings.head_strangers):
            fields = head_fields(question, held)[:top_k]
            if not fields:
                return refuse("not_stated")
            confidence = self._settings.head_confidence
            cited = tuple(cite_head(rank, field, confidence) for rank, field in enumerate(fields, start=1))
            return Answer(question.asked, "answered", understood, cited)

        considered = self.consider(question, state)
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
            for passage in (entry.opened for entry in chosen):
                if passage.number not in marks:
                    marks[passage.number] = mark_in(passage)
            otherwise = differing(chosen, marks) if question.compares else {}
            return tuple(
                cite(rank, entry, marks[entry.opened.number], otherwise.get(entry.opened.number, ()))
                for rank, entry in enumerate(chosen, start=1)
            )

        if status == "not_found" or question.unknown_places:
            reason = "place_unknown" if question.unknown_places else "no_document_says"
            return refuse(reason, cite_all(placed[: self._settings.nearest]))
        least = self._least_shown(question, placed)
        shown = [entry for entry in placed if entry.probability >= least] or placed[:1]
        return Answer(question.asked, status, understood, cite_all(shown))

    def _crossed(self, question: Question, ranked: Ranked, state: State) -> Ranked:
        if self._cross is None:
            return ranked
        best = [state.shelf.open(candidate.passage) for candidate in ranked[: self._settings.crossed]]
        texts = [one.passage.indexed(one.document) for one in best]
        return reorder(ranked, self._cross.scores(question.in_full, texts))

    def consider(self, question: Question, state: State) -> Considered | None:
        """The candidates for a question with what speaks for each; None when no passage shares a word with it."""
        return consider(question, state, self._encoder, self._settings)

    def _least_shown(self, question: Question, placed: Sequence[Placed]) -> float:
        """The probability below which a clause is not worth a place beside the best."""
        if question.compares:
            return self._settings.shown_when_comparing
        best = max(entry.probability for entry in placed)
        return max(self._settings.shown_from, self._settings.shown_to_best * best)

    def _damping(self, question: Question) -> float:
        if question.compares:
            return self._settings.across_damping
        several = question.documents is None or len(question.documents) > 1
        return self._settings.same_document_damping if several else 1.0
