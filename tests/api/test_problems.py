"""Whatever is sent, the answer is sense or a problem document; never a traceback."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.api.app import create_api
from rag.api.bounds import LARGEST_BODY
from rag.api.opening import Opening, Progress
from rag.assistant import Assistant
from rag.errors import HomeError

JSON = {"content-type": "application/json"}


def problem(response: Any) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == response.status_code
    assert told["title"]
    assert told["detail"]
    assert "\n" not in told["detail"]
    assert "Traceback" not in response.text
    return response.status_code, told["type"].removeprefix("/problems/")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"question": ""}, (422, "bad-question")),
        ({"question": " \n\t"}, (422, "bad-question")),
        ({"question": "瓶改管", "top_k": 0}, (422, "bad-question")),
        ({"question": "瓶改管", "top_k": 10**6}, (422, "bad-question")),
        ({"question": "瓶改管", "top_k": -1}, (422, "bad-question")),
        ({"question": "瓶改管", "top_k": "5"}, (422, "invalid-request")),
        ({"question": "瓶改管", "top_k": True}, (422, "invalid-request")),
        ({"question": "瓶改管", "top_k": 1.5}, (422, "invalid-request")),
        ({"question": 5}, (422, "invalid-request")),
        ({"question": None}, (422, "invalid-request")),
        ({"question": "瓶改管", "topk": 3}, (422, "invalid-request")),
        ({"question": "瓶改管", "filters": {"places": "襄城"}}, (422, "invalid-request")),
        ({"question": "瓶改管", "filters": {"due_to": "明年"}}, (422, "invalid-request")),
        ({"question": "瓶改管", "filters": {"documents": ["nope"]}}, (404, "unknown-document")),
        ({}, (422, "invalid-request")),
        ([], (422, "invalid-request")),
        (None, (422, "invalid-request")),
    ],
)
def test_a_question_that_cannot_be_read(client: TestClient, body: object, expected: tuple[int, str]) -> None:
    assert problem(client.post("/v1/ask", json=body)) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"question": "', (400, "malformed-json")),
        (b"\xff\xfe", (400, "malformed-json")),
        (b"", (422, "invalid-request")),
        (b"[" * 100_000, (400, "http-error")),
        (b"NaN", (422, "invalid-request")),
        (b'{"question": "a", "top_k": 1e400}', (422, "invalid-request")),
        (b'{"question": "\\ud800"}', (422, "invalid-request")),
        (b'{"question": "' + b"a" * LARGEST_BODY + b'"}', (413, "too-large")),
    ],
    ids=["cut off", "no text", "empty", "deep", "nan", "infinite", "half a pair", "large"],
)
def test_a_body_that_cannot_be_read(client: TestClient, raw: bytes, expected: tuple[int, str]) -> None:
    assert problem(client.post("/v1/ask", content=raw, headers=JSON)) == expected


def test_a_body_of_unsaid_length_is_bounded(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 65_536 + 1):
            yield b" " * 65_536

    assert problem(client.post("/v1/ask", content=pieces(), headers=JSON)) == (413, "too-large")


def test_what_was_got_and_expected_is_told(client: TestClient) -> None:
    told = client.post("/v1/ask", json={"question": "瓶改管", "top_k": "many"}).json()
    assert told["errors"] == [
        {"where": "body.top_k", "got": "many", "expected": "Input should be a valid integer"}
    ]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/v1/documents/nope", (404, "unknown-document")),
        ("GET", "/v1/documents/nope/text", (404, "unknown-document")),
        ("GET", "/v1/documents/nope/file", (404, "unknown-document")),
        ("GET", "/v1/documents/..%2F..%2Fetc%2Fpasswd/file", (404, "not-found")),
        ("GET", "/v1/clauses/nope", (404, "unknown-clause")),
        ("GET", "/v1/clauses/xiangcheng-2024-5%23九十九", (404, "unknown-clause")),
        ("GET", "/v1/clauses/xiangcheng-2024-5%23一?before=-1", (422, "invalid-request")),
        ("GET", "/v1/clauses/xiangcheng-2024-5%23一?after=9999", (422, "invalid-request")),
        ("GET", "/v1/nothing", (404, "not-found")),
        ("GET", "/v1/ask", (405, "method-not-allowed")),
        ("DELETE", "/v1/verify", (405, "method-not-allowed")),
    ],
)
def test_an_address_that_leads_nowhere(
    client: TestClient, method: str, path: str, expected: tuple[int, str]
) -> None:
    assert problem(client.request(method, path)) == expected


def test_the_bad_question_of_a_batch_refuses_it(client: TestClient) -> None:
    questions = [{"question": "瓶改管"}, {"question": ""}]
    assert problem(client.post("/v1/ask/batch", json={"questions": questions})) == (422, "bad-question")
    assert problem(client.post("/v1/ask/batch", json={"questions": []})) == (422, "invalid-request")


@pytest.mark.parametrize(
    "question",
    [
        "问",
        "瓶" * 10_000,
        "\x00\x07\x1b[31m",
        "🙂🙂",
        "<script>alert(1)</script>",
        "'; DROP TABLE clauses; --",
        "%s%n{}{{}}",
    ],
    ids=["one character", "ten thousand", "controls", "emoji", "html", "sql", "formats"],
)
def test_an_odd_question_is_answered_or_refused_in_one_line(client: TestClient, question: str) -> None:
    response = client.post("/v1/ask", json={"question": question})
    if response.status_code == 200:
        assert response.json()["question"] == question
    else:
        assert problem(response) == (422, "bad-question")


@given(question=st.text(max_size=40), top_k=st.integers(-5, 120))
@settings(max_examples=60, deadline=None)
def test_no_question_breaks_the_server(client: TestClient, question: str, top_k: int) -> None:
    response = client.post("/v1/ask", json={"question": question, "top_k": top_k})
    assert response.status_code in {200, 422}


def test_before_the_documents_are_ready_questions_wait(assistant: Assistant) -> None:
    gate = threading.Event()

    def work(progress: Progress) -> Assistant:
        progress("建立索引", 1, 4)
        gate.wait(10)
        return assistant

    opening = Opening(work)
    with TestClient(create_api(opening)) as client:
        assert client.get("/healthz").status_code == 200
        early = client.get("/readyz")
        assert problem(early) == (503, "not-ready")
        assert "retry-after" in early.headers
        assert problem(client.post("/v1/ask", json={"question": "瓶改管"})) == (503, "not-ready")
        gate.set()
        ended = threading.Event()
        opening.on_end(lambda _failure: ended.set())
        assert ended.wait(10)
        assert client.get("/readyz").status_code == 200


def test_a_home_that_cannot_be_opened_is_told(assistant: Assistant) -> None:
    def work(_progress: Progress) -> Assistant:
        raise HomeError("home /x cannot be written; choose another with --home", "数据目录 /x 不能写入")

    opening = Opening(work)
    ended = threading.Event()
    opening.on_end(lambda _failure: ended.set())
    assert ended.wait(10)
    assert opening.failed
    with TestClient(create_api(opening)) as client:
        assert problem(client.get("/readyz")) == (503, "home")
