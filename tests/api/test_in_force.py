"""What `/v1` tells of texts that are not in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from rag.api.app import create_api
from rag.api.opening import Opening
from tests.rag.held import ENCODER, QUESTION, holding, made


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("in-force")
    title = "甲县瓶改管工作方案"
    documents = [
        made("a", title, "2027年6月底", folder, date="2025-06-01", since="2025-07-01"),
        made(
            "a@1", title, "2025年3月底", folder, date="2024-01-10", status="superseded", until="2025-07-01",
            replaced_by="a",
        ),
        made("b", "乙县瓶改管工作方案", "2028年9月底", folder, date="2024-02-01", since="2026-06-01"),
    ]  # fmt: skip
    assistant = holding(documents, folder / "home", ENCODER)
    with TestClient(create_api(Opening.of(assistant)), raise_server_exceptions=False) as client:
        yield client


def ask(client: TestClient, **filters: object) -> dict[str, Any]:
    """The cited documents' ids with what is said of each."""
    body = {"question": QUESTION, "top_k": 20, "filters": filters}
    answer = client.post("/v1/ask", json=body).json()
    shown = [*answer["citations"], *answer["nearest"]]
    shown += [copy for each in shown for copy in each.get("copies", ())]
    return {each["document"]["id"]: each for each in shown}


def test_the_text_that_applies_answers_without_a_warning(client: TestClient) -> None:
    found = ask(client)
    assert set(found) == {"a", "b"}
    assert (found["a"]["document"]["status"], found["a"]["warning"]) == ("in_force", None)
    assert found["b"]["document"]["status"] == "not_yet_in_force"
    assert found["b"]["warning"] == {
        "status": "not_yet_in_force",
        "since": "2026-06-01",
        "until": None,
        "replaced_by": None,
        "text": "此文件尚未施行（自2026-06-01起施行）",
    }


def test_withdrawn_texts_are_included_with_a_warning(client: TestClient) -> None:
    found = ask(client, include_withdrawn=True)
    assert set(found) == {"a", "a@1", "b"}
    assert found["a@1"]["document"]["status"] == "superseded"
    assert found["a@1"]["warning"] == {
        "status": "superseded",
        "since": None,
        "until": "2025-07-01",
        "replaced_by": "a",
        "text": "此文件已被《甲县瓶改管工作方案》的新版本替代（自2025-07-01起）",
    }
    assert set(ask(client, documents=["a@1"])) == {"a@1"}


def test_a_named_day_is_answered_from_what_applied_then(client: TestClient) -> None:
    found = ask(client, as_of="2025-01-01")
    assert set(found) == {"a@1", "b"}
    assert (found["a@1"]["document"]["status"], found["a@1"]["warning"]) == ("in_force", None)


def test_a_batch_asks_of_several_days(client: TestClient) -> None:
    asked = [{"question": QUESTION, "filters": {"as_of": day}} for day in ("2025-01-01", "2026-01-15")]
    answers = client.post("/v1/ask/batch", json={"questions": asked}).json()["answers"]
    names = [{each["document"]["id"] for each in answer["citations"]} for answer in answers]
    assert "a@1" in names[0]
    assert "a@1" not in names[1]


@pytest.mark.parametrize("form", ["", ".csv", ".xlsx", ".ics"])
@pytest.mark.parametrize("query", ["", "?as_of=2025-01-01", "?include_withdrawn=true"])
def test_every_form_of_the_register_takes_the_day(client: TestClient, form: str, query: str) -> None:
    assert client.get(f"/v1/tasks{form}{query}").status_code == 200


def test_the_register_has_the_tasks_that_apply(client: TestClient) -> None:
    def of(**query: object) -> dict[str, str]:
        tasks = client.get("/v1/tasks", params=query).json()["tasks"]  # type: ignore[arg-type]
        return {task["document"]["id"]: task["document"]["status"] for task in tasks}

    assert of() == {"a": "in_force", "b": "not_yet_in_force"}
    assert of(as_of="2025-01-01") == {"a@1": "in_force", "b": "not_yet_in_force"}
    assert of(include_withdrawn="true")["a@1"] == "superseded"
    assert set(of(document="a@1")) == {"a@1"}


def test_a_comparison_takes_the_day(client: TestClient) -> None:
    def sides(**query: object) -> set[str]:
        compared = client.get("/v1/compare", params={"q": "各县瓶改管期限有什么不同", **query}).json()  # type: ignore[dict-item]
        return {side["document"]["id"] for side in (*compared["sides"],)} | {
            each["id"] for each in compared["silent"]
        }

    assert sides() == {"a", "b"}
    assert sides(as_of="2025-01-01") == {"a@1", "b"}
    assert sides(include_withdrawn="true") == {"a", "a@1", "b"}


def test_the_catalogue_lists_all_and_those_of_one_status(client: TestClient) -> None:
    def listed(**query: str) -> dict[str, str]:
        sent = client.get("/v1/documents", params=query).json()
        assert sent["total"] == len(sent["documents"])
        return {each["id"]: each["status"] for each in sent["documents"]}

    assert listed() == {"a": "in_force", "a@1": "superseded", "b": "not_yet_in_force"}
    assert listed(status="superseded") == {"a@1": "superseded"}
    assert listed(status="repealed") == {}
    assert client.get("/v1/documents", params={"status": "gone"}).status_code == 422


def test_an_older_version_is_reached_by_its_id(client: TestClient) -> None:
    detail = client.get("/v1/documents/a@1").json()
    assert (detail["id"], detail["status"], detail["replaced_by"]) == ("a@1", "superseded", "a")
    assert detail["warning"]["text"].startswith("此文件已被《甲县瓶改管工作方案》的新版本替代")
    text = client.get("/v1/documents/a@1/text").json()["text"]
    assert "2025年3月底" in text
    clause = client.get(f"/v1/clauses/{quote(detail['clauses'][-1]['id'], safe='')}").json()
    assert clause["document"]["status"] == "superseded"
    assert clause["warning"]["replaced_by"] == "a"
    assert client.get("/v1/documents/a").json()["warning"] is None


def test_words_of_an_older_version_are_found_and_told(client: TestClient) -> None:
    [place] = client.post("/v1/verify", json={"quote": "2025年3月底前完成"}).json()["places"]
    assert (place["document"]["id"], place["warning"]["status"]) == ("a@1", "superseded")
    [place] = client.post("/v1/verify", json={"quote": "2027年6月底前完成"}).json()["places"]
    assert place["warning"] is None
