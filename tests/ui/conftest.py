from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.assistant import Assistant
from tests.ui.browser import DESKTOP, PHONE, Browser
from tests.ui.serving import serving


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
    with serving(home) as address:
        yield address


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
