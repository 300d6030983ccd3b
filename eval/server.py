"""A server of the product as a process of its own: started, waited for, asked, stopped."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
READY_WITHIN_SECONDS = 120.0
ANSWER_WITHIN_SECONDS = 30.0
STOP_WITHIN_SECONDS = 10.0
POLL_SECONDS = 0.02


class BenchError(RuntimeError):
    """A measured program that did not do what is measured."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers; `ready_seconds` is from the start of its process to the first 200 of /readyz."""

    process: int
    url: str
    ready_seconds: float

    def ask(self, question: str, context: str | None) -> None:
        """Put the question to /v1/ask. Raises BenchError when that fails."""
        body = json.dumps({"question": question, "context": context}).encode()
        request = urllib.request.Request(
            f"{self.url}/v1/ask", data=body, headers={"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_WITHIN_SECONDS) as response:
                response.read()
        except OSError as error:
            raise BenchError(f"{self.url}/v1/ask did not answer {question!r}: {error}") from error


def yiju(*arguments: str) -> list[str]:
    """The command line of the installed `yiju` that belongs to this Python."""
    return [str(Path(sys.executable).with_name("yiju")), *arguments]


@contextmanager
def running(home: Path) -> Iterator[Running]:
    """A server of the home on a free port, ended on leaving. Raises BenchError when it never gets ready."""
    port = _free_port()
    url = f"http://{HOST}:{port}"
    command = yiju("serve", "--home", str(home), "--host", HOST, "--port", str(port))
    started = time.perf_counter()
    with _process(command) as process:
        _wait(process, url)
        yield Running(process.pid, url, time.perf_counter() - started)


@contextmanager
def _process(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError as error:
        raise BenchError(f"{command[0]} cannot be run ({error.strerror}); install with make serve") from error
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    limit = time.perf_counter() + READY_WITHIN_SECONDS
    while time.perf_counter() < limit:
        if process.poll() is not None:
            raise BenchError(f"yiju serve ended with {process.returncode}; run it by hand to see why")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=1):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(POLL_SECONDS)
    raise BenchError(f"{url}/readyz was not ready within {READY_WITHIN_SECONDS:g} s")


def _free_port() -> int:
    with socket.socket() as held:
        held.bind((HOST, 0))
        port: int = held.getsockname()[1]
        return port
