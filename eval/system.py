"""What is measured: anything that can be asked."""

from __future__ import annotations

from typing import Protocol

from eval.gold import GoldQuestion
from eval.response import Response


class System(Protocol):
    """Something that can be asked gold questions."""

    name: str

    def respond(self, question: GoldQuestion) -> Response:
        """The response with up to `DEPTH` results, best first."""
        ...
