from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.api.app import create_api
from rag.api.opening import Opening
from rag.assistant import Assistant


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home: Path = tmp_path_factory.mktemp("api") / "home"
    return Assistant.open(home)


@pytest.fixture(scope="session")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_api(Opening.of(assistant)), raise_server_exceptions=False) as client:
        yield client
