"""The addresses of `/v1`: each hands a request to the assistant and its answer back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse
from fastapi.routing import APIRoute
from starlette.routing import Match

from corpus.document import Status
from rag.api import compare, library, pages, tasks
from rag.api.answer_schemas import AnswerOut, BatchOut
from rag.api.held import Held
from rag.api.problems import Problem, problem_response, shown
from rag.api.ready import Ready
from rag.api.requests import AskRequest, BatchRequest, VerifyRequest
from rag.api.schemas import (
    ClauseDetailOut,
    ClauseOut,
    DocumentDetailOut,
    DocumentOut,
    DocumentsOut,
    PlaceOut,
    StateOut,
    TextOut,
    VerifyOut,
    WarningOut,
    reference_of,
)
from rag.assistant import Assistant
from rag.caution import caution

MOST_NEIGHBOURS = 20
ALL_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]

_problem: dict[str, Any] = {"model": Problem, "description": "problem"}
router = APIRouter(prefix="/v1", responses={404: _problem, 422: _problem, 503: _problem})
health = APIRouter()
strays = APIRouter()


def _answer(assistant: Assistant, asked: AskRequest) -> AnswerOut:
    answer = assistant.ask(
        asked.question,
        top_k=asked.top_k,
        places=asked.filters.places,
        documents=asked.filters.documents,
        context=asked.context,
        duties=asked.filters.duties(),
        as_of=asked.filters.as_of,
        include_withdrawn=asked.filters.include_withdrawn,
    )
    return AnswerOut.of(answer, asked.filters.as_of or assistant.today())


@router.post("/ask", summary="Answer a question with clauses, or say that none answers")
def ask(asked: AskRequest, assistant: Ready) -> AnswerOut:
    """Citations are verbatim; `highlights` with `answers: true` are the words that answer."""
    return _answer(assistant, asked)


@router.post("/ask/batch", summary="Answer several questions, in order")
def ask_batch(batch: BatchRequest, assistant: Ready) -> BatchOut:
    """The first question that cannot be read refuses the batch."""
    return BatchOut(answers=[_answer(assistant, each) for each in batch.questions])


@router.get("/documents", summary="The documents held")
def documents(assistant: Ready, status: Status | None = None) -> DocumentsOut:
    """All documents, by id, with the status each has today; only those of one `status` where that is given."""
    today = assistant.today()
    told = [DocumentOut.of(each, today) for each in assistant.documents.values()]
    held = [each for each in told if status is None or each.status == status]
    return DocumentsOut(total=len(held), documents=held)


@router.get("/documents/{document_id}", summary="One document and its outline")
def document(held: Held, assistant: Ready) -> DocumentDetailOut:
    """The clauses, in order, tile the document's text."""
    return DocumentDetailOut.of_held(held, assistant.today(), assistant.documents)


@router.get("/documents/{document_id}/text", summary="A document's text, in which all offsets count")
def document_text(held: Held) -> TextOut:
    """Offsets are characters (Unicode code points) of `text`."""
    return TextOut(id=held.id, text=held.text)


@router.get(
    "/documents/{document_id}/file", summary="The source file, byte for byte", response_class=FileResponse
)
def document_file(held: Held, assistant: Ready) -> FileResponse:
    """Always a download: a source file may be HTML that nobody should run here."""
    path = assistant.source_path(held.id)
    return FileResponse(path, filename=held.source_name, headers={"X-Content-Type-Options": "nosniff"})


@router.get("/clauses/{clause_id:path}", summary="One clause, with its neighbours")
def clause(
    clause_id: str,
    assistant: Ready,
    before: Annotated[int, Query(ge=0, le=MOST_NEIGHBOURS)] = 1,
    after: Annotated[int, Query(ge=0, le=MOST_NEIGHBOURS)] = 1,
) -> ClauseDetailOut:
    """A clause id goes into the path percent-encoded: `#` is `%23`."""
    held, found = assistant.clause(clause_id)
    told = caution(held, assistant.today(), assistant.documents)
    return ClauseDetailOut.of(held, found, *assistant.neighbours(clause_id, before, after), told)


@router.post("/verify", summary="Where this exact text stands, or nowhere")
def verify(said: VerifyRequest, assistant: Ready) -> VerifyOut:
    """White space is ignored, nothing else. Every document held is looked in; a warning says which is not in force."""
    today, held = assistant.today(), assistant.documents
    places = [
        PlaceOut(
            document=DocumentOut.of(found.document, today),
            clause=ClauseOut.of(found.clause),
            reference=reference_of(found.document, found.clause),
            warning=WarningOut.of(caution(found.document, today, held)),
            text=found.document.text[found.start : found.end],
            start=found.start,
            end=found.end,
        )
        for found in assistant.verify(said.quote)
    ]
    return VerifyOut(quote=said.quote, found=bool(places), places=places)


@health.get("/healthz", summary="The server lives")
def healthz() -> StateOut:
    """200 as soon as the server listens."""
    return StateOut(status="ok")


@health.get("/readyz", summary="Questions can be answered", responses={503: _problem})
def readyz(assistant: Ready) -> StateOut:
    """503 until the documents are ready."""
    return StateOut(status=f"ready: {len(assistant.documents)} documents")


@strays.api_route("/v1/{rest:path}", methods=ALL_METHODS, include_in_schema=False)
def stray(request: Request, rest: str) -> Any:
    """What no other address takes: a problem document, not the page's 404."""
    rooms = (tasks.router, compare.router, library.changes, library.told, pages.router)
    routes = (*router.routes, *(route for room in rooms for route in room.routes))
    takers = [route for route in routes if route.matches(request.scope)[0] is Match.PARTIAL]
    methods = sorted(
        {method for route in takers if isinstance(route, APIRoute) for method in route.methods or ()}
    )
    at = f"{request.method} /v1/{shown(rest)}"
    if methods:
        allowed = ", ".join(methods)
        return problem_response(
            "method-not-allowed", f"got {at}, expected {allowed}", headers={"Allow": allowed}
        )
    return problem_response("not-found", f"got {at}, expected one of the addresses listed at /docs")
