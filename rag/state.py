"""What one snapshot's answers need, made ready; and the one of the home's current snapshot."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.tasks import tasks
from index.encoder import Encoder
from index.errors import SnapshotError
from index.snapshot import Snapshot
from index.swap import current
from rag.align import Aligner
from rag.errors import HomeError
from rag.in_force import InForce
from rag.opened import Shelf
from rag.reading.network import Network
from rag.reading.reader import Reader
from rag.settings import Settings
from rag.tasks import TaskRegister
from rag.understanding.glossary import Glossary
from rag.understanding.reader import QuestionReader
from rag.verify import Verifier


@dataclass(frozen=True)
class State:
    """Everything one snapshot's answers need; swapped whole, so that no answer mixes two."""

    snapshot: Snapshot
    passage_documents: NDArray[np.int32]
    shelf: Shelf
    pages: Reader
    reader: QuestionReader
    verifier: Verifier
    tasks: TaskRegister
    aligner: Aligner
    in_force: InForce


class Live:
    """The state of a home's current snapshot, made anew when the home has moved on; safe to share between threads.

    `today` says which day it is.
    """

    def __init__(
        self,
        home: Path,
        snapshot: Snapshot,
        encoder: Encoder,
        network: Network,
        settings: Settings,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._home = home
        self._today = today
        self._encoder, self._network = encoder, network
        self._settings = settings
        self._glossary = Glossary.load(settings.glossary) if settings.glossary else Glossary.load()
        self._swapping = threading.Lock()
        self._next: State | None = None
        self._state = self._prepare(snapshot, None)

    def prepare(self, snapshot: Snapshot) -> None:
        """Make the state ready of a snapshot that is about to become the current one; answers go on meanwhile.

        For the writer, before its swap: afterwards the first question need not wait.
        """
        self._next = self._prepare(snapshot, self._state)

    def state(self) -> State:
        """The state of the home's current snapshot.

        Raises HomeError when the home has moved on to what cannot be read: rather no answer than a stale one.
        """
        try:
            return self._moved_on()
        except SnapshotError as error:
            raise HomeError(str(error), f"索引打不开，请重建索引（{error}）") from error

    def _moved_on(self) -> State:
        state = self._state
        if current(self._home).name == state.snapshot.name:
            return state
        with self._swapping:
            name = current(self._home).name
            if name != self._state.snapshot.name:
                self._state = self._state_of(name)
                self._next = None
                if gc.get_freeze_count():
                    # A server sets what it holds aside; the snapshot before this one is to be looked at again.
                    gc.unfreeze()
                    gc.collect()
                    gc.freeze()
            return self._state

    def _state_of(self, name: str) -> State:
        """The state of the current snapshot, which had that name a moment ago."""
        prepared, before = self._next, self._state
        if prepared is not None and prepared.snapshot.name == name:
            return prepared
        encoder = self._encoder
        return self._prepare(
            Snapshot.load(self._home, encoder.fingerprint, encoder.dimension, before.snapshot), before
        )

    def _prepare(self, snapshot: Snapshot, before: State | None) -> State:
        """The state of a snapshot; what `before` has worked out of the same documents is taken over."""
        numbers = {document_id: number for number, document_id in enumerate(snapshot.documents)}
        held = tuple(snapshot.documents.values())
        reader = QuestionReader(
            held,
            snapshot.lexical.vocabulary,
            self._glossary,
            self._settings.question_limit,
            before.reader if before else None,
        )
        return State(
            snapshot,
            np.array([numbers[passage.document_id] for passage in snapshot.passages], dtype=np.int32),
            Shelf(snapshot, self._encoder, self._settings.kept_open),
            Reader(self._network, self._settings.kept_read),
            reader,
            Verifier(held),
            TaskRegister(held, tasks, self._today),
            Aligner.of(snapshot, self._encoder),
            InForce(held),
        )
