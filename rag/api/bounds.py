"""How much one request may carry."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.status import HTTP_413_CONTENT_TOO_LARGE
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.api.problems import problem_response

LARGEST_BODY = 1024 * 1024
"""Bytes of a request's body; a batch of 100 questions of 2,000 characters fits."""
LARGEST_UPLOAD = 256 * 1024 * 1024
"""Bytes of all files of one request together (1 MiB to 4 GiB); they go to the disk as they come."""
_FILES = re.compile(r"POST /v1/documents|PUT /v1/documents/[^/]+")
"""The requests that carry files."""


class BodyLimit:
    """Refuses a body of more than `limit` bytes: at once when announced, else as soon as it is reached.

    A request that carries files has a limit of its own, `files`; so has any that `others` names (`POST /path` to bytes).
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int = LARGEST_BODY,
        files: int = LARGEST_UPLOAD,
        others: Mapping[str, int] | None = None,
    ) -> None:
        self.app, self.limit, self.files, self.others = app, limit, files, dict(others or {})

    def limit_of(self, scope: Scope) -> int:
        """How many bytes this request may carry."""
        asked = f"{scope['method']} {scope['path']}"
        return self.files if _FILES.fullmatch(asked) else self.others.get(asked, self.limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limit_of(scope)
        message = f"expected a body of at most {limit} bytes"
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            detail = f"got a body of {int(announced)} bytes, {message}"
            refusal = problem_response("too-large", detail, f"请求正文超过 {limit} 字节")
            await refusal(scope, receive, send)
            return
        carried = 0

        async def counted() -> Message:
            nonlocal carried
            part = await receive()
            carried += len(part.get("body", b""))
            if carried > limit:
                raise HTTPException(HTTP_413_CONTENT_TOO_LARGE, f"got {carried} bytes or more, {message}")
            return part

        await self.app(scope, counted, send)
