"""What any measured system gives back, ours or a peer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from eval.gold import GoldQuestion

DEPTH = 10
"""How many results are asked for; every measure looks at these at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage shown: `marks` are the words marked as answering, `score` is a probability 0–1 or None."""

    document_id: str
    text: str
    marks: tuple[str, ...] = ()
    score: float | None = None
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Response:
    """One system's response. Refused: `citations` is empty and `nearest` may list what came closest."""

    citations: tuple[Shown, ...]
    nearest: tuple[Shown, ...] = ()
    refused: bool = False
    took_ms: float = 0.0

    @property
    def ranked(self) -> tuple[Shown, ...]:
        """What was shown, whether as citation or as nearest."""
        return self.citations or self.nearest


class System(Protocol):
    """Something that can be asked gold questions."""

    name: str

    def respond(self, question: GoldQuestion) -> Response:
        """The response with up to `DEPTH` results, best first."""
        ...
