"""The page and the API on one port."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from pathlib import Path
from typing import Annotated

import gradio as gr
import uvicorn
from fastapi import FastAPI, Query, Request
from fastapi.responses import FileResponse, HTMLResponse
from starlette.status import HTTP_404_NOT_FOUND, HTTP_503_SERVICE_UNAVAILABLE

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.versions import current_id
from rag.api.admin import Admin, is_loopback
from rag.api.app import create_api
from rag.api.bounds import LARGEST_UPLOAD
from rag.api.opening import Opening
from rag.api.problems import ProblemError
from rag.api.ready import opening_of
from rag.assistant import Assistant
from rag.caution import caution
from rag.errors import NoPageError, UnknownDocumentError
from rag.settings import Settings
from rag.source_pages import SourcePages, is_pdf, page_count
from ui import chat, page_view, source
from ui.own_page import OwnPage
from ui.page_view import Quoted
from ui.upload_gate import UPLOAD, Gate, UploadGate, own_uploads

ROOM = Path(__file__).parent
SERVED = {"style.css": "text/css", "page.js": "text/javascript"}
SOURCE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; frame-ancestors 'self'; "
    "base-uri 'none'; form-action 'none'"
)
MOST_ANSWERS = 50
"""Answering stretches that are marked, at most (1–1,000)."""
STOP_SECONDS = 1
"""How long open connections may hold up the end of the server."""

log = logging.getLogger(__name__)


class _Quiet(logging.Filter):
    """Leaves out that open pages were cut off when the server was stopped."""

    def filter(self, record: logging.LogRecord) -> bool:
        cut_off = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
        return not cut_off and "timeout graceful shutdown" not in record.getMessage()


def create_app(served: Assistant | Opening | str | Path, admin: Admin | None = None) -> FastAPI:
    """The page at `/`, the source view at `/source/{id}` and the API at `/v1`, over an assistant or a home.

    `admin` decides who may change documents, nobody unless given.
    """
    opening, admin = _opening(served), admin or Admin()
    gate = Gate(admin)
    app = create_api(opening, admin, carry={UPLOAD: LARGEST_UPLOAD})
    app.add_api_route("/yiju/{name}", page_file, include_in_schema=False)
    app.add_api_route("/source/{document_id}", source_view, include_in_schema=False)
    app.add_api_route("/source/{document_id}/pages/{number}", paper_view, include_in_schema=False)
    gr.mount_gradio_app(
        app,
        chat.build(opening, gate),
        path="/",
        footer_links=[],
        run_history=False,
        favicon_path=str(ROOM / "favicon.svg"),
        max_file_size=LARGEST_UPLOAD,  # for the tab of files alone: see UploadGate
        theme=chat.theme(),
        head=chat.HEAD,
    )
    app.add_middleware(UploadGate, gate=gate)
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
    documents = opening.assistant.documents
    document = documents.get(document_id)
    if document is None:
        return _page(source.notice(f"没有编号为“{document_id}”的文件"), HTTP_404_NOT_FOUND)
    quoted = _quoted(document, start, end, answer)
    around = source.Around(
        versions=tuple(each for each in documents.values() if current_id(each.id) == current_id(document.id)),
        caution=caution(document, opening.assistant.today(), documents),
        successor=documents.get(document.replaced_by or ""),
        pages=_pages_shown(opening.assistant, document),
    )
    return _page(source.page(document, quoted.quotation, quoted.answers, around))


def paper_view(
    request: Request,
    document_id: str,
    number: int,
    start: int | None = None,
    end: int | None = None,
    answer: Annotated[list[str] | None, Query()] = None,
    framed: bool = False,
) -> HTMLResponse:
    """A page of the original PDF with the quotation marked on it; `framed` beside the text, else for itself."""
    opening = opening_of(request)
    if not opening.ready:
        return _page(source.notice("文件正在准备，请稍候刷新", up=2), HTTP_503_SERVICE_UNAVAILABLE)
    try:
        document = opening.assistant.documents.get(document_id)
        if document is None:
            return _page(source.notice(f"没有编号为“{document_id}”的文件", up=2), HTTP_404_NOT_FOUND)
        pages = SourcePages(document, opening.assistant.source_path(document.id))
        quoted = _quoted(document, start, end, answer)
        return _page(page_view.page(document, pages, number, quoted, framed=framed))
    except (NoPageError, UnknownDocumentError) as error:
        return _page(source.notice(error.message_zh, up=2), HTTP_404_NOT_FOUND)
    except CorpusError:
        log.warning("page %d of %s cannot be shown", number, document_id, exc_info=True)
        return _page(source.notice("这一页显示不了，请下载源文件查看", up=2), HTTP_404_NOT_FOUND)


def _quoted(document: Document, start: int | None, end: int | None, answer: list[str] | None) -> Quoted:
    """What is marked; offsets outside the text are cut off."""
    length = len(document.text)
    answers = (source.stretch(each, length) for each in (answer or ())[:MOST_ANSWERS])
    return Quoted(source.stretch(f"{start}-{end}", length), tuple(span for span in answers if span))


def _pages_shown(assistant: Assistant, document: Document) -> int:
    """How many pages of the original can be shown."""
    try:
        path = assistant.source_path(document.id)
    except UnknownDocumentError:
        return 0
    return max(page_count(document), 1) if is_pdf(path) else 0


def _page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, headers={"Content-Security-Policy": SOURCE_POLICY})


def serve(opening: Opening, listener: socket.socket) -> None:
    """Serves until it is stopped, or until the opening fails; then raises what made it fail.

    Raises ValueError for an admin key (`YIJU_ADMIN_KEY`) that is too short.
    """
    key = Settings.from_environment(os.environ).admin_key
    admin = Admin(key, listens_locally=is_loopback(listener.getsockname()[0]))
    with own_uploads():
        config = uvicorn.Config(
            create_app(opening, admin),
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        logging.getLogger("uvicorn.error").addFilter(_Quiet())
        server = uvicorn.Server(config)

        def stop_on_failure(failure: BaseException | None) -> None:
            server.should_exit = failure is not None

        opening.on_end(stop_on_failure)
        server.run(sockets=[listener])
    if opening.failed:
        _ = opening.assistant
