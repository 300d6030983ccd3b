"""The page and the API on one port."""

from __future__ import annotations

import asyncio
import logging
import socket
from pathlib import Path
from typing import Annotated

import gradio as gr
import uvicorn
from fastapi import FastAPI, Query, Request
from fastapi.responses import FileResponse, HTMLResponse
from starlette.status import HTTP_404_NOT_FOUND, HTTP_503_SERVICE_UNAVAILABLE

from rag.api.app import create_api
from rag.api.opening import Opening
from rag.api.problems import ProblemError
from rag.api.ready import opening_of
from rag.assistant import Assistant
from ui import chat, source
from ui.own_page import OwnPage

ROOM = Path(__file__).parent
SERVED = {"style.css": "text/css", "page.js": "text/javascript"}
SOURCE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
STOP_SECONDS = 1
"""How long open connections may hold up the end of the server."""


class _Quiet(logging.Filter):
    """Leaves out that open pages were cut off when the server was stopped."""

    def filter(self, record: logging.LogRecord) -> bool:
        cut_off = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
        return not cut_off and "timeout graceful shutdown" not in record.getMessage()


def create_app(served: Assistant | Opening | str | Path) -> FastAPI:
    """The page at `/`, the source view at `/source/{id}` and the API at `/v1`, over an assistant or a home."""
    opening = _opening(served)
    app = create_api(opening)
    app.add_api_route("/yiju/{name}", page_file, include_in_schema=False)
    app.add_api_route("/source/{document_id}", source_view, include_in_schema=False)
    gr.mount_gradio_app(
        app,
        chat.build(opening),
        path="/",
        footer_links=[],
        run_history=False,
        favicon_path=str(ROOM / "favicon.svg"),
        max_file_size=1,  # nothing is uploaded here
        theme=chat.theme(),
        head=chat.HEAD,
    )
    app.add_middleware(OwnPage)
    return app


def _opening(served: Assistant | Opening | str | Path) -> Opening:
    if isinstance(served, Opening):
        return served
    if isinstance(served, (str, Path)):
        return Opening(lambda progress: Assistant.open(served, progress=progress))
    return Opening.of(served)


def page_file(name: str) -> FileResponse:
    """A file that the pages load."""
    if name not in SERVED:
        raise ProblemError("not-found", f"got /yiju/{name}, expected one of {', '.join(SERVED)}")
    return FileResponse(ROOM / name, media_type=SERVED[name], headers={"Cache-Control": "no-cache"})


def source_view(
    request: Request,
    document_id: str,
    start: int | None = None,
    end: int | None = None,
    answer: Annotated[list[str] | None, Query()] = None,
) -> HTMLResponse:
    """A document opened at a quotation; `answer` holds stretches like `7070-7077`. Offsets outside are cut off."""
    opening = opening_of(request)
    if not opening.ready:
        return _page(source.notice("文件正在准备，请稍候刷新"), HTTP_503_SERVICE_UNAVAILABLE)
    document = opening.assistant.documents.get(document_id)
    if document is None:
        return _page(source.notice(f"没有编号为“{document_id}”的文件"), HTTP_404_NOT_FOUND)
    length = len(document.text)
    quoted = source.stretch(f"{start}-{end}", length)
    answers = [span for each in answer or () if (span := source.stretch(each, length))]
    return _page(source.page(document, quoted, answers))


def _page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, headers={"Content-Security-Policy": SOURCE_POLICY})


def serve(opening: Opening, listener: socket.socket) -> None:
    """Serves until it is stopped, or until the opening fails; then raises what made it fail."""
    config = uvicorn.Config(
        create_app(opening), log_level="warning", access_log=False, timeout_graceful_shutdown=STOP_SECONDS
    )
    logging.getLogger("uvicorn.error").addFilter(_Quiet())
    server = uvicorn.Server(config)

    def stop_on_failure(failure: BaseException | None) -> None:
        server.should_exit = failure is not None

    opening.on_end(stop_on_failure)
    server.run(sockets=[listener])
    if opening.failed:
        _ = opening.assistant
