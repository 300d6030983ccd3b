"""The register of a document that sets no deadline: nothing due, nothing broken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.api.app import create_api
from rag.api.opening import Opening
from rag.assistant import Assistant
from rag.home import Home
from rag.settings import Settings

TEXT = "样县燃气安全工作方案\n一、加强燃气管道检查。（县住房和城乡建设局负责）\n二、开展安全用气宣传。（县应急管理局负责）\n"


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("undated")
    settings = Settings(home=folder / "home")
    home = Home(settings.home, settings.encoder())
    home.open_or_create(empty=True)
    path: Path = folder / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    home.add([path])
    opening = Opening.of(Assistant.open(settings.home, settings=settings))
    with TestClient(create_api(opening), raise_server_exceptions=False) as client:
        yield client


def test_its_duties_are_listed_without_a_day(undated: TestClient) -> None:
    found = undated.get("/v1/tasks", params={"sort": "due"}).json()
    assert found["total"] == 2
    assert [task["deadline"] for task in found["tasks"]] == [None, None]


@pytest.mark.parametrize(
    "asked", [{"due_to": "2030-12-31"}, {"overdue_at": "2030-12-31"}, {"recurring": "true"}]
)
def test_what_is_due_or_recurs_is_nothing(undated: TestClient, asked: dict[str, str]) -> None:
    assert undated.get("/v1/tasks", params=asked).json() == {"total": 0, "tasks": []}


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ics"])
@pytest.mark.parametrize("asked", [{}, {"due_to": "2030-12-31"}])
def test_its_files_are_whole(undated: TestClient, suffix: str, asked: dict[str, str]) -> None:
    sent = undated.get(f"/v1/tasks.{suffix}", params=asked)
    assert sent.status_code == 200
    assert sent.content
    if suffix == "ics":
        assert b"BEGIN:VEVENT" not in sent.content
        assert sent.content.rstrip().endswith(b"END:VCALENDAR")


def test_a_list_of_what_is_due_says_that_there_is_none(undated: TestClient) -> None:
    answer = undated.post("/v1/ask", json={"question": "应急管理局2024年底前要完成哪些任务"}).json()
    assert (answer["status"], answer["reason"]) == ("not_found", "no_tasks")
