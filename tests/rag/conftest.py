from pathlib import Path

import pytest

from index.encoder import Encoder
from rag.assistant import Assistant
from tests.rag.held import ENCODER


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return ENCODER


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the four shipped documents; tests only read it."""
    folder = tmp_path_factory.mktemp("rag") / "home"
    Assistant.open(folder)
    return folder


@pytest.fixture(scope="session")
def assistant(home: Path) -> Assistant:
    return Assistant.open(home)
