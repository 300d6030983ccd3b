"""The addresses of a document's original pages: a page as a picture, and where on it a quotation stands."""

from __future__ import annotations

from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from corpus.document import Document, Span
from rag.api.held import Held
from rag.api.problems import Problem, ProblemError
from rag.api.ready import Ready
from rag.assistant import Assistant
from rag.source_pages import WIDTH, WIDTHS, Marked, SourcePages, is_pdf, page_count, stretches

_problem: dict[str, Any] = {"model": Problem, "description": "problem"}
router = APIRouter(prefix="/v1", responses={404: _problem, 422: _problem, 503: _problem})


class BoxOut(BaseModel):
    """A box on a page, its sides as parts (0 to 1) of the page's width and height from the top left."""

    model_config = ConfigDict(from_attributes=True)

    left: float
    top: float
    right: float
    bottom: float


class OnPageOut(BaseModel):
    """Where words stand on one page, from 1; no boxes where the source is no PDF."""

    page: int
    boxes: list[BoxOut]

    @classmethod
    def of(cls, marked: Marked) -> Self:
        """The marked page as it is sent."""
        return cls(page=marked.page, boxes=[BoxOut.model_validate(box) for box in marked.boxes])


class PagesOut(BaseModel):
    """How many pages a document's source has (0: it has no pages), and on which of them the words stand."""

    id: str
    total: int
    on: list[OnPageOut]


@router.get("/documents/{document_id}/pages", summary="On which pages words stand, and where on them")
def pages(
    held: Held,
    assistant: Ready,
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int, Query(ge=0)] = 0,
) -> PagesOut:
    """`start` and `end` are half-open, in characters of the document's text."""
    if not start <= end <= len(held.text):
        raise ProblemError(
            "invalid-request",
            f"got start {start} and end {end}, expected start <= end <= {len(held.text)}",
            f"起止位置应在 0 到 {len(held.text)} 之间",
        )
    return PagesOut(id=held.id, total=page_count(held), on=_on(held, assistant, Span(start, end)))


def _on(document: Document, assistant: Assistant, span: Span) -> list[OnPageOut]:
    if not page_count(document) or not len(span):
        return []
    path = assistant.source_path(document.id)
    if is_pdf(path):
        return [OnPageOut.of(marked) for marked in SourcePages(document, path).marked(span)]
    numbers = dict.fromkeys(stretch.page for stretch in stretches(document.source_map, span))
    return [OnPageOut(page=number, boxes=[]) for number in numbers]


@router.get(
    "/documents/{document_id}/pages/{number}.png",
    summary="A page of the original PDF as a picture",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
def page_picture(
    held: Held,
    assistant: Ready,
    request: Request,
    number: int,
    width: Annotated[int, Query(ge=WIDTHS[0], le=WIDTHS[1])] = WIDTH,
) -> Response:
    """At most `width` pixels wide; only PDF files have pages to be shown."""
    source = SourcePages(held, assistant.source_path(held.id))
    tag = f'"{held.digest[:16]}-{number}-{width}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(source.picture(number, width), media_type="image/png", headers=headers)
