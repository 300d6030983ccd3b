"""How much one request may carry."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.status import HTTP_413_CONTENT_TOO_LARGE
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.api.problems import problem_response

LARGEST_BODY = 1024 * 1024
"""Bytes of a request's body; a batch of 100 questions of 2,000 characters fits."""


class BodyLimit:
    """Refuses a body of more than `limit` bytes: at once when announced, else as soon as it is reached."""

    def __init__(self, app: ASGIApp, limit: int = LARGEST_BODY) -> None:
        self.app, self.limit = app, limit
        self.message = f"expected a body of at most {limit} bytes"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self.limit:
            detail = f"got a body of {int(announced)} bytes, {self.message}"
            refusal = problem_response("too-large", detail, f"请求正文超过 {self.limit} 字节")
            await refusal(scope, receive, send)
            return
        carried = 0

        async def counted() -> Message:
            nonlocal carried
            message = await receive()
            carried += len(message.get("body", b""))
            if carried > self.limit:
                raise HTTPException(
                    HTTP_413_CONTENT_TOO_LARGE, f"got {carried} bytes or more, {self.message}"
                )
            return message

        await self.app(scope, counted, send)
