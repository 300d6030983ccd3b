"""The addresses of the duty register: a page of it as JSON, all of it as CSV, Excel workbook or calendar."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from rag import export_csv, export_ics, export_xlsx
from rag.api.problems import Problem
from rag.api.ready import Ready
from rag.api.task_schemas import TaskFilters, TasksOut, TasksRequest

FILE_NAME: Final = "任务台账"
PIECE: Final = 64 * 1024
"""Bytes of a file that are sent at a time."""

_problem: dict[str, Any] = {"model": Problem, "description": "problem"}
router = APIRouter(prefix="/v1", responses={404: _problem, 422: _problem, 503: _problem})


@router.get("/tasks", summary="The duties of the documents: what, who, by when, how often")
def tasks(asked: Annotated[TasksRequest, Query()], assistant: Ready) -> TasksOut:
    """Every `{"text", "start", "end"}` is a quotation of the task's document."""
    register, query = assistant.tasks, asked.query()
    found = register.find(query)
    return TasksOut.of(len(found), found[asked.offset : asked.offset + asked.limit], register.day(query))


@router.get("/tasks.csv", summary="The duties as CSV", response_class=StreamingResponse)
def tasks_csv(
    asked: Annotated[TaskFilters, Query()], assistant: Ready, request: Request
) -> StreamingResponse:
    """UTF-8 with a byte order mark, which Excel opens rightly; no cell is a formula."""
    found = assistant.tasks.find(asked.query())
    pieces = export_csv.csv_pieces(found, str(request.base_url))
    return _download(pieces, export_csv.MEDIA_TYPE, "csv")


@router.get("/tasks.xlsx", summary="The duties as an Excel workbook", response_class=StreamingResponse)
def tasks_xlsx(
    asked: Annotated[TaskFilters, Query()], assistant: Ready, request: Request
) -> StreamingResponse:
    """Days are days, the head can be filtered by, and each row links to its clause."""
    found = assistant.tasks.find(asked.query())
    file = TemporaryFile()  # noqa: SIM115 -- closed once it is sent
    export_xlsx.write_xlsx(found, file, str(request.base_url))
    return _download(_pieces(file), export_xlsx.MEDIA_TYPE, "xlsx")


@router.get("/tasks.ics", summary="The duties as a calendar", response_class=StreamingResponse)
def tasks_ics(
    asked: Annotated[TaskFilters, Query()], assistant: Ready, request: Request
) -> StreamingResponse:
    """A reminded day for each deadline, a series of days for each recurring duty."""
    found = assistant.tasks.find(asked.query())
    pieces = export_ics.ics_pieces(found, str(request.base_url))
    return _download(pieces, export_ics.MEDIA_TYPE, "ics")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _download(pieces: Iterator[bytes], media_type: str, ending: str) -> StreamingResponse:
    name = f"attachment; filename=\"tasks.{ending}\"; filename*=UTF-8''{quote(FILE_NAME)}.{ending}"
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
    return StreamingResponse(pieces, media_type=media_type, headers=headers)
