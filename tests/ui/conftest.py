import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.assistant import Assistant
from tests.ui.browser import DESKTOP, PHONE, Browser, wait_until_ready


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ui") / "home"
    Assistant.open(folder)
    return folder


@pytest.fixture(scope="session")
def assistant(home: Path) -> Assistant:
    return Assistant.open(home)


@pytest.fixture(scope="session")
def url(home: Path) -> Iterator[str]:
    """The real server, as `yiju serve` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())"]
    process = subprocess.Popen([*command, "serve", "--home", str(home), "--port", str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def desktop(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(url, DESKTOP, tmp_path_factory.mktemp("desktop"))
    yield browser
    browser.driver.quit()


@pytest.fixture(scope="session")
def phone(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(url, PHONE, tmp_path_factory.mktemp("phone"))
    yield browser
    browser.driver.quit()
