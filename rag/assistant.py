"""The assistant of a home: a question typed is understood, answered and told with what the answer needs beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from threadpoolctl import threadpool_limits

from index.encoder import BuiltinEncoder, Encoder
from index.snapshot import Snapshot
from rag.answer import Answer
from rag.answering import Answering
from rag.cautioned import with_cautions
from rag.consider import Considered, consider
from rag.cross import CrossEncoder, SentenceTransformersCrossEncoder
from rag.errors import BadQuestionError, UnknownDocumentError
from rag.holdings import Holdings
from rag.home import Home
from rag.in_force import AsOf
from rag.list_answer import list_answer
from rag.listing_cues import table as listing_cues
from rag.question import Question
from rag.reading.network import Network
from rag.settings import Settings
from rag.state import Live, State
from rag.task_query import TaskQuery
from rag.weights import Weights

Progress = Callable[[str, int, int], None]


class Assistant(Holdings):
    """Answers questions over one home, and shows what it holds; safe to share between threads.

    A change of the home by another process is noticed at the next question. `today` says which day it is: what is asked
    about no other day is answered from the documents that apply then.
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
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(home, Live(home.path, snapshot, encoder, network, settings, today))
        self.today = today
        self._encoder = encoder
        self._settings = settings
        self._answering = Answering(encoder, settings, weights, cross)
        listing_cues()  # read now rather than with the first question

    @classmethod
    def open(
        cls,
        home: str | Path | None = None,
        *,
        settings: Settings | None = None,
        empty: bool = False,
        progress: Progress | None = None,
        today: Callable[[], date] = date.today,
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
        held = Home(settings.home, encoder, today=today)
        snapshot = held.open_or_create(empty=empty, progress=progress)
        network = Network.load(encoder if isinstance(encoder, BuiltinEncoder) else BuiltinEncoder())
        cross = SentenceTransformersCrossEncoder(settings.cross_encoder) if settings.cross_encoder else None
        return cls(held, snapshot, encoder, network, settings, Weights.load(), cross, today)

    def ask(
        self,
        question: str,
        *,
        top_k: int = 5,
        places: Sequence[str] = (),
        documents: Sequence[str] = (),
        context: str | None = None,
        duties: TaskQuery | None = None,
        as_of: date | None = None,
        include_withdrawn: bool = False,
    ) -> Answer:
        """The answer to a question, with at most `top_k` citations, best first.

        `places`, `documents` (ids) and `duties` (which a clause must lay down one of) narrow where to look; `context` is
        the previous question when this one follows it. Documents answer that apply today, or were issued by the day
        `as_of` and applied on it; those that were repealed or replaced only with `include_withdrawn`, or where `documents`
        names their very id. A citation of what is not in force on that day carries a warning.
        Raises BadQuestionError, UnknownDocumentError, UnknownUnitError or BadFilterError, one line in English and in
        Chinese.
        """
        started = time.perf_counter()
        self._check(question, top_k)
        state = self.state()
        held = state.snapshot.documents
        for document_id in documents:
            if document_id not in held:
                raise UnknownDocumentError(
                    f"no document {document_id!r} is held; GET /v1/documents lists the ids",
                    f"没有编号为“{document_id}”的文件",
                )
        asked = AsOf.asked(as_of, self.today(), include_withdrawn=include_withdrawn)
        read = state.reader.read(
            question,
            context=context,
            places=places,
            documents=documents,
            withheld=state.in_force.withheld(asked, documents),
        )
        if duties is not None:
            found = state.tasks.find(replace(duties, include_withdrawn=True))
            read = replace(read, clauses=frozenset(entry.clause.id for entry in found))
        within = TaskQuery(as_of=as_of, include_withdrawn=include_withdrawn)
        answer = self._listed(read, context, state, within, duties, top_k) or self._answered(
            read, state, top_k
        )
        answer = with_cautions(answer, asked.day, held)
        return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 2))

    def consider(self, question: Question, state: State) -> Considered | None:
        """The candidates for a question with what speaks for each; None when no passage shares a word with it."""
        return consider(question, state, self._encoder, self._settings)

    def _listed(
        self,
        read: Question,
        context: str | None,
        state: State,
        within: TaskQuery,
        duties: TaskQuery | None,
        top_k: int,
    ) -> Answer | None:
        """The answer to a question for a list of duties, None for another question."""
        return list_answer(
            read,
            context,
            state.reader,
            state.tasks,
            within=within,
            today=self.today(),
            duties=duties,
            count=top_k,
            confidence=self._settings.list_confidence,
        )

    def _answered(self, read: Question, state: State, top_k: int) -> Answer:
        answer = self._answering.answer(read, state, top_k)
        if answer.status == "not_found" and read.placeless:
            # The place's own documents do not say: a law of the whole country may.
            wider = self._answering.answer(
                replace(read, documents=read.placeless, unplaced=frozenset()), state, top_k
            )
            return wider if wider.status == "answered" else answer
        return answer

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
