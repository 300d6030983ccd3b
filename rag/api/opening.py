"""An assistant on its way: opened beside the server, so that the page and `/readyz` can say how far it is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.assistant import Assistant

Progress = Callable[[str, int, int], None]


class NotReadyError(Exception):
    """A question came before the documents were ready to answer it."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the opening is: `done` of `total` parts of `stage`; `total` 0 while nothing is known."""

    stage: str = ""
    done: int = 0
    total: int = 0


class Opening:
    """Holds the assistant once it is open; asked for earlier, raises `NotReadyError`.

    `work` opens the assistant and is told where to report its progress; it runs in a thread of its own.
    """

    def __init__(self, work: Callable[[Progress], Assistant]) -> None:
        self.step = Step()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening")
        self._future: Future[Assistant] = self._executor.submit(work, self._report)
        self._executor.shutdown(wait=False)

    @classmethod
    def of(cls, assistant: Assistant) -> Opening:
        """An opening that is over: `assistant` is ready."""
        opening = cls(lambda _progress: assistant)
        opening._future.result()
        return opening

    def _report(self, stage: str, done: int, total: int) -> None:
        self.step = Step(stage, done, total)

    def on_end(self, notice: Callable[[BaseException | None], None]) -> None:
        """Calls `notice` when the opening ends: with None when it went well, else with what went wrong."""
        self._future.add_done_callback(lambda future: notice(future.exception()))

    @property
    def ready(self) -> bool:
        """True once questions can be answered."""
        return self._future.done() and self._future.exception() is None

    @property
    def failed(self) -> bool:
        """True when the opening ended with an error; `assistant` then raises it."""
        return self._future.done() and self._future.exception() is not None

    @property
    def assistant(self) -> Assistant:
        """The open assistant. Raises NotReadyError before it is open, and what made the opening fail."""
        if not self._future.done():
            raise NotReadyError(f"the documents are still being prepared: {self.step.stage or 'starting'}")
        return self._future.result()
