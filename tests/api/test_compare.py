"""`GET /v1/compare`, field by field, over the shipped documents."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.api.compare_schemas import LONGEST
from rag.assistant import Assistant
from tests.api.test_problems import problem

QUESTION = "各地瓶改管期限有什么不同"


def get(client: TestClient, **asked: Any) -> dict[str, Any]:
    response = client.get("/v1/compare", params=asked)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_a_comparison_has_the_fields_of_the_contract(client: TestClient) -> None:
    body = get(client, q=QUESTION)
    assert set(body) == {"question", "understood", "duty", "sides", "silent", "unasked", "reason"}
    assert body["question"] == QUESTION
    assert "瓶改管" in body["duty"]
    side = body["sides"][0]
    assert set(side) == {
        "rank", "score", "document", "clause", "text", "start", "end", "page", "highlights", "reference",
        "warning",
        "found", "task", "differs", "deadline", "units",
    }  # fmt: skip
    assert side["found"] is True
    assert set(side["deadline"]) == {"date", "order", "days"}
    assert set(side["units"]) == {"only", "missing"}
    assert set(body["silent"][0]) == {"id", "title", "number", "issuer", "date", "place", "status"}


def test_every_document_speaks_or_is_silent(client: TestClient, assistant: Assistant) -> None:
    body = get(client, q=QUESTION)
    speaking = [side["document"]["id"] for side in body["sides"]]
    silent = [document["id"] for document in body["silent"]]
    assert silent == ["xiuyan-2024-3"]
    assert sorted(speaking + silent) == sorted(assistant.documents)


def test_sides_quote_their_documents(client: TestClient, assistant: Assistant) -> None:
    for side in get(client, q="疏散逃生演练多久一次，各地有什么不同")["sides"]:
        text = assistant.documents[side["document"]["id"]].text
        assert text[side["start"] : side["end"]] == side["text"]
        task = side["task"]
        assert task["clause"]["id"] == side["clause"]["id"]
        assert text[task["duty"]["start"] : task["duty"]["end"]] == task["duty"]["text"]
        assert all(0 <= one["start"] < one["end"] <= len(side["text"]) for one in side["differs"])


def test_places_and_documents_narrow_it(client: TestClient) -> None:
    body = get(client, q=QUESTION, place=["襄城", "岫岩"])
    assert [side["document"]["place"] for side in body["sides"]] == ["襄城县"]
    assert [document["place"] for document in body["silent"]] == ["岫岩满族自治县"]
    alone = get(client, q=QUESTION, document="zhumadian-2024-7")
    assert [side["document"]["id"] for side in alone["sides"]] == ["zhumadian-2024-7"]
    assert alone["silent"] == []


def test_what_no_document_says_has_no_sides(client: TestClient) -> None:
    body = get(client, q="各地养老金涨多少有什么不同")
    assert body["sides"] == []
    assert body["duty"] is None
    assert len(body["silent"]) == 4
    assert get(client, q="火星县瓶改管期限")["reason"] == "place_unknown"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", (422, "invalid-request")),
        ("q=", (422, "bad-question")),
        ("q=%20%20", (422, "bad-question")),
        ("q=" + "a" * (LONGEST + 1), (422, "invalid-request")),
        ("q=瓶改管&document=nope", (404, "unknown-document")),
        ("q=瓶改管&top_k=3", (422, "invalid-request")),
        ("q=瓶改管&place=", (422, "invalid-request")),
    ],
)
def test_wrong_input_is_a_problem(client: TestClient, query: str, expected: tuple[int, str]) -> None:
    assert problem(client.get(f"/v1/compare?{query}")) == expected


def test_another_method_is_not_allowed(client: TestClient) -> None:
    assert problem(client.post("/v1/compare")) == (405, "method-not-allowed")


def test_odd_words_are_borne(client: TestClient) -> None:
    for odd in ("%00", "%3Cscript%3E", "'%3B--", "%F0%9F%99%82", "%ED%A0%80"):
        assert client.get(f"/v1/compare?q={odd}").status_code in {200, 422}
