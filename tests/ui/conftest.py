from pathlib import Path

import pytest

from rag.assistant import Assistant


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ui") / "home"
    Assistant.open(folder)
    return folder


@pytest.fixture(scope="session")
def assistant(home: Path) -> Assistant:
    return Assistant.open(home)
