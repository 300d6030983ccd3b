"""The address that sets the same duty of several documents side by side."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from rag.api.compare_schemas import CompareRequest, ComparisonOut
from rag.api.problems import Problem
from rag.api.ready import Ready
from rag.compare import compare as compared

_problem: dict[str, Any] = {"model": Problem, "description": "problem"}
router = APIRouter(prefix="/v1", responses={404: _problem, 422: _problem, 503: _problem})


@router.get("/compare", summary="The same duty in several documents, side by side")
def compare(asked: Annotated[CompareRequest, Query()], assistant: Ready) -> ComparisonOut:
    """Sides are verbatim clauses with what differs marked; `silent` are the documents that lay down no such duty."""
    return ComparisonOut.of(
        compared(
            assistant,
            asked.q,
            places=asked.place,
            documents=asked.document,
            as_of=asked.as_of,
            include_withdrawn=asked.include_withdrawn,
        ),
        asked.as_of or assistant.today(),
    )
