"""The real server over a home, as `yiju serve` starts it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.ui.browser import wait_until_ready


@contextmanager
def serving(home: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Its address, while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())"]
    process = subprocess.Popen(
        [*command, "serve", "--home", str(home), "--port", str(port)],
        env={**os.environ, **(environment or {})},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)
