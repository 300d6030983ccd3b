"""The addresses that change documents: taken in, replaced, taken out, and what is said of their being in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Query, Response, Security, UploadFile
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from starlette.status import HTTP_200_OK, HTTP_201_CREATED, HTTP_204_NO_CONTENT

from corpus.versions import current_id, is_current
from index.swap import writing
from rag.api.admin import AdminRoute
from rag.api.held import Held
from rag.api.incoming import check_room, put_down
from rag.api.library_schemas import (
    Confirmation,
    ProposalOut,
    ProposalsOut,
    ReportOut,
    ReportsOut,
    Same,
    Saying,
    VersionOut,
    VersionsOut,
)
from rag.api.problems import KINDS, MEDIA_TYPE, Problem, ProblemError, shown
from rag.api.ready import Ready
from rag.assistant import Assistant
from rag.report import Report

PATIENCE: Final = 20.0
"""Seconds that a change waits for another to be done (0–600) before it is told to come again."""

_problem: dict[str, Any] = {"model": Problem, "description": "problem"}
_refusals: dict[int | str, dict[str, Any]] = dict.fromkeys((401, 403, 404, 413, 422, 423, 503, 507), _problem)
_key = Security(HTTPBearer(auto_error=False, description="YIJU_ADMIN_KEY, where one is set"))
changes = APIRouter(prefix="/v1", route_class=AdminRoute, responses=_refusals, dependencies=[_key])
told = APIRouter(prefix="/v1", responses={404: _problem, 503: _problem})


class ReportsProblem(Problem):
    """Nothing was added: what became of each file."""

    reports: list[ReportOut]


_reported: dict[str, Any] = {
    "model": ReportsProblem,
    "description": "nothing was added; a report for each file",
}


@contextmanager
def changing(assistant: Assistant) -> Iterator[None]:
    """Be the home's one writer. Raises HomeLockedError when another was not done in time."""
    with writing(assistant.home.path, PATIENCE):
        yield


@changes.post(
    "/documents",
    summary="Take files in, or tell what would come of it",
    status_code=HTTP_201_CREATED,
    response_model=ReportsOut,
    responses={200: {"model": ReportsOut, "description": "nothing changed"}, 409: _reported, 422: _reported},
)
def add_documents(
    files: Annotated[list[UploadFile], File(description="one file or several")],
    assistant: Ready,
    preview: Annotated[bool, Query(description="read the files and tell, but hold none")] = False,
    same: Annotated[
        Same, Query(description="what to do with the number or title of a held document")
    ] = "ask",
) -> Response:
    """A file that cannot be read is reported; the others are taken in.

    201 when a file was added, 200 when all are held already or with `preview`, 409 when nothing was added because a held
    document has the same number or title, 422 when nothing could be read.
    """
    with put_down((file.filename or "", file.file) for file in files) as paths:
        if preview:
            return _reports(assistant.home.preview(paths), previewed=True)
        return _reports(_added(assistant, paths, same))


def _added(assistant: Assistant, paths: Sequence[Path], same: Same) -> tuple[Report, ...]:
    check_room(assistant.home.path, paths)
    with changing(assistant):
        return assistant.home.add(paths, same=same)


def _reports(reports: Sequence[Report], *, previewed: bool = False) -> Response:
    sent = ReportsOut.of(reports, outlined=previewed)
    outcomes = {report.outcome for report in reports}
    if outcomes <= {"refused"}:
        first = reports[0] if reports else None
        return _nothing("unreadable", first.message if first else "no file", sent)
    if previewed:
        return JSONResponse(sent.model_dump(mode="json"), HTTP_200_OK)
    if outcomes & {"added", "replaced"}:
        return JSONResponse(sent.model_dump(mode="json"), HTTP_201_CREATED)
    if "offered" in outcomes:
        offered = next(report for report in reports if report.outcome == "offered")
        return _nothing("already-held", offered.message, sent)
    return JSONResponse(sent.model_dump(mode="json"), HTTP_200_OK)


def _nothing(kind: str, detail: str, sent: ReportsOut) -> Response:
    """A problem that tells what became of each file as well."""
    status, title = KINDS[kind]
    problem = Problem(type=f"/problems/{kind}", title=title, status=status, detail=detail)
    content = problem.model_dump(exclude_defaults=True) | sent.model_dump(mode="json")
    return JSONResponse(content, status, media_type=MEDIA_TYPE)


@changes.put(
    "/documents/{document_id}",
    summary="Hold a file as the new version of a document",
    responses={422: _reported},
    response_model=ReportOut,
)
def replace_document(held: Held, file: UploadFile, assistant: Ready) -> Response:
    """The version before stays readable as `id@version`, marked as replaced."""
    if not is_current(held):
        raise ProblemError(
            "invalid-request",
            f"got the older version {held.id!r}, expected the current one, {current_id(held.id)!r}",
            "只能替换现行版本",
        )
    with put_down([(file.filename or "", file.file)]) as paths, changing(assistant):
        check_room(assistant.home.path, paths)
        report = assistant.home.replace(held.id, paths[0])
    if report.outcome == "refused":
        return _nothing("unreadable", report.message, ReportsOut.of([report]))
    return JSONResponse(ReportOut.of(report).model_dump(mode="json"))


@changes.delete(
    "/documents/{document_id}",
    summary="Take a document out, with its older versions",
    status_code=HTTP_204_NO_CONTENT,
    response_model=None,
)
def remove_document(held: Held, assistant: Ready) -> None:
    """Afterwards no answer cites it. An older version (`id@version`) is taken out alone."""
    with changing(assistant):
        assistant.home.remove(held.id)


@changes.patch("/documents/{document_id}", summary="Say whether a document is in force, and on which days")
def say_of_document(held: Held, saying: Saying, assistant: Ready) -> VersionOut:
    """What is left out stays as it is; a status takes what was said of `until` and `replaced_by` with it."""
    if saying.replaced_by == held.id:
        raise ProblemError("invalid-request", f"{held.id!r} cannot replace itself", "文件不能被它自己替代")
    with changing(assistant):
        document = assistant.home.say(
            held.id,
            status=saying.status,
            since=saying.day("since"),
            until=saying.day("until"),
            replaced_by=saying.replaced_by,
        )
    return VersionOut.of_version(document)


@told.get("/documents/{document_id}/versions", summary="All texts held under one id, the current one first")
def versions(held: Held, assistant: Ready) -> VersionsOut:
    """An older version has the id `id@version`; all can be read as any document can."""
    same_id = [each for each in assistant.documents.values() if current_id(each.id) == current_id(held.id)]
    newest_first = sorted(same_id, key=lambda each: each.version, reverse=True)
    return VersionsOut(
        id=current_id(held.id), versions=[VersionOut.of_version(each) for each in newest_first]
    )


@told.get("/documents/{document_id}/proposals", summary="What a clean-up notice says of held documents")
def proposals(held: Held, assistant: Ready) -> ProposalsOut:
    """Empty for a document that is no clean-up notice, and once all is as it says."""
    about = assistant.documents
    found = [
        ProposalOut.of(each, held, about[each.document_id])
        for each in assistant.home.proposals(held.id)
        if each.document_id in about
    ]
    return ProposalsOut(id=held.id, proposals=found)


@changes.post("/documents/{document_id}/proposals", summary="Carry out what a clean-up notice says")
def confirm(held: Held, assistant: Ready, which: Confirmation | None = None) -> ProposalsOut:
    """All it says of held documents, or what it says of those named; sent back is what was carried out."""
    named = frozenset(which.documents) if which else frozenset()
    with changing(assistant):
        proposed = assistant.home.proposals(held.id)
        strange = named - {each.document_id for each in proposed}
        if strange:
            raise ProblemError(
                "invalid-request",
                f"got {shown(', '.join(sorted(strange)))}, expected documents that {held.id!r} proposes to change",
                "该文件没有提出要改动这些文件",
            )
        chosen = tuple(each for each in proposed if not named or each.document_id in named)
        changed = {document.id: document for document in assistant.home.confirm(chosen)}
    return ProposalsOut(
        id=held.id,
        proposals=[ProposalOut.of(each, held, changed[each.document_id]) for each in chosen],
    )
