"""The page as Gradio writes it, in Chinese and without the links to other hosts in its head."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ELSEWHERE = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*')
"""Cards for social media: pictures and addresses of Gradio's own site."""
EXAMPLES = re.compile(rb'https://github\.com/gradio-app/[^"\\\s]*')
"""Files of Gradio's own that it names as examples for those who would call the page by program."""
LANGUAGE = (b'lang="en"', b'lang="zh-CN"')


class OwnPage:
    """Rewrites the head of the page at `/`; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message = {}
        parts: list[bytes] = []

        async def gather(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                body = b"".join(parts)
                if Headers(raw=start["headers"]).get("content-type", "").startswith("text/html"):
                    body = EXAMPLES.sub(b"", ELSEWHERE.sub(b"", body)).replace(*LANGUAGE, 1)
                    MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
                await send(start)
                await send({"type": "http.response.body", "body": body})

        await self.app({**scope, "headers": plain}, receive, gather)
