"""The assistant as routes ask for it: once it is open."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from rag.api.opening import Opening
from rag.assistant import Assistant


def opening_of(request: Request) -> Opening:
    """The opening that this app was made with."""
    opening: Opening = request.app.state.opening
    return opening


def _assistant(opening: Annotated[Opening, Depends(opening_of)]) -> Assistant:
    return opening.assistant


Ready = Annotated[Assistant, Depends(_assistant)]
"""The open assistant; asked for earlier, the request is told to wait."""
