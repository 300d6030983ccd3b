"""Who may put files on this machine through the page: only those who may change documents."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.api.admin import Admin, Caller
from rag.api.problems import ProblemError, problem_response

UPLOAD: Final = "POST /gradio_api/upload"
"""The request by which Gradio's page puts files down, before any of our own code is asked."""
KEY_LASTS: Final = 3600.0
"""Seconds for which an address may put files down after the right key came from it (60–86,400)."""
FOLDER: Final = "GRADIO_TEMP_DIR"
"""Where Gradio reads which folder files are put down in."""
SIGNALLED: Final = 128
"""A program that a signal ended has the exit code of the signal and this."""


class Gate:
    """Decides who may put files down; safe to share between threads.

    Files come before the key: with a key set, an address may send them for an hour after the right one came from it.
    Whether the documents may be changed is decided anew, by the key itself, with each change.
    """

    def __init__(self, admin: Admin, now: Callable[[], float] = time.monotonic) -> None:
        self.admin, self._now = admin, now
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def check(self, caller: Caller, key: str = "") -> None:
        """Raises ProblemError unless the caller, with this key, may change documents; the right key opens the gate."""
        if not self.admin.key:
            self.admin.check_local(caller)
            return
        self.admin.check(Caller(caller.host, {"authorization": f"Bearer {key}" if key else ""}))
        with self._lock:
            now = self._now()
            self._until = {host: until for host, until in self._until.items() if until > now}
            self._until[caller.host] = now + KEY_LASTS

    def check_files(self, caller: Caller) -> None:
        """Raises ProblemError unless the caller may put files down."""
        if not self.admin.key:
            self.admin.check_local(caller)
        elif self._until.get(caller.host, 0.0) <= self._now():
            self.admin.check(caller)


class UploadGate:
    """Refuses files that Gradio would put down for anyone."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app, self.gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http" and f"{scope['method']} {scope['path'].rstrip('/')}" == UPLOAD:
            try:
                self.gate.check_files(Caller.of(HTTPConnection(scope)))
            except ProblemError as error:
                refusal = problem_response(error.kind, error.detail, error.detail_zh, headers=error.headers)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _end(number: int, _frame: FrameType | None) -> None:
    """Ends the program as the signal would, but leaves nothing behind."""
    sys.exit(SIGNALLED + number)


@contextmanager
def own_uploads() -> Iterator[None]:
    """Files are put down in a folder of this server's own, which is removed when it ends, also when it is told to."""
    before = os.environ.get(FOLDER)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)
    with TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ[FOLDER]
            else:
                os.environ[FOLDER] = before
