"""Source files are read in processes of their own, so that none can hurt or hold up the one that asks."""

from __future__ import annotations

import os
import queue
import threading
import weakref
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.limits import LIMITS, Limits
from corpus.reader_process import GRACE, ReaderProcess

__all__ = ["Job", "Limits", "Readers"]

PROCESSES: Final = 2
"""So many reader processes at most unless told otherwise (1–64): each may take the memory that `Limits` allows."""
AHEAD: Final = 4
"""For each process so many files may be read or under way that nobody has taken yet (1–64)."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, and the id its document gets."""

    path: Path
    document_id: str


Outcome = Document | CorpusError
_Task = tuple[Job, Catalogue, "Future[Outcome]"]


class Readers:
    """Reader processes, started when the first file comes and ended with the `with` block."""

    def __init__(self, count: int | None = None, limits: Limits = LIMITS) -> None:
        self.count = count if count is not None else min(os.cpu_count() or 1, PROCESSES)
        if self.count < 1:
            raise ValueError(f"{self.count} reader processes cannot read; give at least 1")
        self._processes = [ReaderProcess(limits) for _ in range(self.count)]
        self._threads: list[threading.Thread] = []
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        # A program that ends without leaving the block ends the processes too.
        self._end = weakref.finalize(self, _end, self._processes, self._tasks)

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, also amid their work."""
        self._end()
        for thread in self._threads:
            thread.join(GRACE)
        self._threads.clear()

    def read(self, jobs: Iterable[Job], catalogue: Catalogue) -> Iterator[Document | CorpusError]:
        """Read each file; yield, in the order of the jobs, its document with its flaws and tasks, or what is wrong with it.

        Files are read a little ahead of what has been taken, so that memory stays flat however many there are.
        """
        under_way: deque[Future[Outcome]] = deque()
        for job in jobs:
            under_way.append(self._give(job, catalogue))
            if len(under_way) >= self.count * AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()

    def _give(self, job: Job, catalogue: Catalogue) -> Future[Outcome]:
        if not self._end.alive:
            raise ValueError("the readers were closed; read inside their `with` block")
        future: Future[Outcome] = Future()
        self._tasks.put((job, catalogue, future))
        started = len(self._threads)
        if started < self.count:
            # A daemon: at exit nobody waits for a file that takes long.
            thread = threading.Thread(
                target=_work,
                args=(self._processes[started], self._tasks),
                name=f"reader-{started}",
                daemon=True,
            )
            self._threads.append(thread)
            thread.start()
        return future


def _work(process: ReaderProcess, tasks: queue.SimpleQueue[_Task | None]) -> None:
    """Have one process read one file after another."""
    while (task := tasks.get()) is not None:
        job, catalogue, future = task
        try:
            future.set_result(process.read(job.path, job.document_id, catalogue))
        except BaseException as error:  # noqa: BLE001 (whoever waits must be told)
            future.set_exception(error)


def _end(processes: Sequence[ReaderProcess], tasks: queue.SimpleQueue[_Task | None]) -> None:
    for process in processes:
        process.close()
        tasks.put(None)
