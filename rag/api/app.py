"""The API as one application; the page is mounted on it."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from rag.api import compare, problems, tasks
from rag.api.bounds import BodyLimit
from rag.api.opening import Opening
from rag.api.routes import health, router, strays

TITLE = "依据 Yiju"
ABOUT = "Answers questions about Chinese government documents with the clause itself, quoted and cited."
VERSION = "0.1.0"


def create_api(opening: Opening) -> FastAPI:
    """The API over the assistant that `opening` holds; its description at `/docs` needs no other host."""
    app: FastAPI = FastAPIOffline(title=TITLE, description=ABOUT, version=VERSION, redoc_url=None)
    app.state.opening = opening
    problems.install(app)
    app.add_middleware(BodyLimit)
    app.include_router(router, tags=["v1"])
    app.include_router(tasks.router, tags=["v1"])
    app.include_router(compare.router, tags=["v1"])
    app.include_router(health, tags=["health"])
    app.include_router(strays)
    return app
