"""Progress on the terminal, one bar for each stage."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from tqdm import tqdm

from ui.labels import STAGES


class Bars:
    """Shows how far each stage is on stderr; silent when stderr is no terminal. Call it with stage, done, total."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Moves the bar of `stage` to `done` of `total`, beginning a new bar for a new stage."""
        if self._bar is None or self._stage != stage:
            self.close()
            self._bar, self._stage = tqdm(desc=STAGES.get(stage, stage), disable=None, leave=False), stage
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Ends the bar that is shown."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def __enter__(self) -> Bars:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
