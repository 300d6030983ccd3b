"""The API as one application; the page is mounted on it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from rag.api import compare, library, pages, problems, tasks
from rag.api.admin import Admin
from rag.api.bounds import BodyLimit
from rag.api.opening import Opening
from rag.api.routes import health, router, strays

TITLE = "依据 Yiju"
ABOUT = "Answers questions about Chinese government documents with the clause itself, quoted and cited."
VERSION = "0.1.0"


def create_api(
    opening: Opening, admin: Admin | None = None, carry: Mapping[str, int] | None = None
) -> FastAPI:
    """The API over the assistant that `opening` holds; its description at `/docs` needs no other host.

    `admin` decides who may change documents, nobody unless given. `carry` names requests of what is mounted beside the
    API that may carry more than others (`POST /path`), with how many bytes.
    """
    app: FastAPI = FastAPIOffline(title=TITLE, description=ABOUT, version=VERSION, redoc_url=None)
    app.state.opening = opening
    app.state.admin = admin or Admin()
    problems.install(app)
    app.add_middleware(BodyLimit, others=carry)
    app.include_router(router, tags=["v1"])
    app.include_router(tasks.router, tags=["v1"])
    app.include_router(compare.router, tags=["v1"])
    app.include_router(library.changes, tags=["documents"])
    app.include_router(library.told, tags=["documents"])
    app.include_router(pages.router, tags=["documents"])
    app.include_router(health, tags=["health"])
    app.include_router(strays)
    return app
