"""What any measured system gives back, ours or a peer."""

from __future__ import annotations

from dataclasses import dataclass

DEPTH = 10
"""How many results are asked for; every measure looks at these at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage shown: `marks` are the words marked as answering, `score` is a probability 0–1 or None.

    `clause_id` is the clause it is or belongs to; a system that knows no clauses leaves it empty.
    """

    document_id: str
    text: str
    marks: tuple[str, ...] = ()
    score: float | None = None
    verbatim: bool = True
    clause_id: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One system's response. Refused: `citations` is empty and `nearest` may list what came closest.

    `took_ms` is None where nobody measured.
    """

    citations: tuple[Shown, ...]
    nearest: tuple[Shown, ...] = ()
    refused: bool = False
    took_ms: float | None = None

    @property
    def ranked(self) -> tuple[Shown, ...]:
        """What was shown, whether as citation or as nearest."""
        return self.citations or self.nearest
