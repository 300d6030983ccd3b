"""What questions are asked of, however it comes: how a home is made of it, and what its sources say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.encoder import Encoder


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source's text as it came, before our reader: what a system that knows no clauses gets.

    `clause_id` names the clause where the source is a single one.
    """

    document_id: str
    text: str
    clause_id: str = ""


class Corpus(Protocol):
    """Documents that a home can be made of."""

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that the documents come from: when their bytes change, the home has to."""
        ...

    def make(self, home: Path, encoder: Encoder) -> float:
        """Make the home, in a folder that is not there yet; returns the seconds the product took.

        Raises CorpusError, IndexingError or RagError as the product does, GoldError when an input is no such file.
        """
        ...

    def texts(self, home: Path) -> tuple[SourceText, ...]:
        """The sources that the home was made of."""
        ...
