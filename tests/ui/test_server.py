"""The page and what belongs to it, over the shipped documents."""

import asyncio
import re
import threading
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.document import Document
from rag.api.opening import Opening, Progress
from rag.assistant import Assistant
from ui.chat import Talk, readiness, reply
from ui.server import create_app

QUESTION = "瓶改管 deadline?"


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    async def built() -> FastAPI:
        # Outside a running loop Gradio makes one of its own and leaves it open.
        return create_app(assistant)

    with TestClient(asyncio.run(built())) as client:
        yield client


@pytest.fixture
def xiangcheng(assistant: Assistant) -> Document:
    return assistant.documents["xiangcheng-2024-5"]


def test_the_page_names_no_other_host(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert not re.findall(r"https?://(?!testserver)[^\"' ]*", page.text)


@pytest.mark.parametrize("name", ["style.css", "page.js"])
def test_the_pages_files_are_served(client: TestClient, name: str) -> None:
    file = client.get(f"/yiju/{name}")
    assert file.status_code == 200
    assert "http" not in file.text.replace("https the clipboard", "")


def test_no_other_file_is_served(client: TestClient) -> None:
    assert client.get("/yiju/server.py").status_code == 404
    assert client.get("/yiju/..%2Fcli.py").status_code == 404


def test_the_source_view_marks_the_quotation(client: TestClient, xiangcheng: Document) -> None:
    start = xiangcheng.text.index("2024年底前基本完成全城镇")
    page = client.get(f"/source/xiangcheng-2024-5?start={start}&end={start + 12}&answer={start}-{start + 7}")
    assert page.status_code == 200
    assert (
        '<mark id="quotation" class="answers">2024年底前</mark><mark class="quoted">基本完成全</mark>'
        in page.text
    )
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "query", ["start=-5&end=3", "start=9&end=2", "start=0&end=99999999", "answer=x-y", "start=5"]
)
def test_the_source_view_bears_any_offsets(client: TestClient, query: str) -> None:
    assert client.get(f"/source/xiangcheng-2024-5?{query}").status_code == 200


def test_an_unknown_source_is_told_on_a_page(client: TestClient) -> None:
    page = client.get("/source/%3Cscript%3E")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "<script>" not in page.text


def test_the_api_is_on_the_same_port(client: TestClient) -> None:
    assert client.post("/v1/ask", json={"question": QUESTION}).json()["citations"]
    assert client.get("/v1/nothing").headers["content-type"] == "application/problem+json"
    assert client.get("/docs").status_code == 200


def test_a_talk_goes_on_with_the_question_before(assistant: Assistant) -> None:
    opening = Opening.of(assistant)
    talk = reply(opening, Talk(), QUESTION, [], [])
    assert "2024年底前</mark>" in talk.html
    assert talk.previous == QUESTION
    talk = reply(opening, talk, "那驻马店呢", [], [])
    assert "驻马店" in talk.turns[1]
    assert "瓶改管" in talk.turns[1]
    assert talk.previous == "那驻马店呢"


def test_a_question_that_cannot_be_put_leaves_the_talk(assistant: Assistant) -> None:
    opening = Opening.of(assistant)
    talk = reply(opening, Talk(), QUESTION, [], [])
    talk = reply(opening, talk, " ", [], [])
    assert "问题是空的" in talk.turns[1]
    assert talk.previous == QUESTION


def test_filters_narrow_the_talk(assistant: Assistant) -> None:
    talk = reply(Opening.of(assistant), Talk(), QUESTION, ["襄城县"], [])
    assert "襄安委〔2024〕5号" in talk.html
    assert "青屏" not in talk.html


def test_while_the_documents_are_prepared_the_page_says_so(assistant: Assistant) -> None:
    gate = threading.Event()

    def work(progress: Progress) -> Assistant:
        progress("建立索引", 1, 4)
        gate.wait(10)
        return assistant

    opening = Opening(work)
    try:
        assert "正在准备文件" in readiness(opening)
        assert "正在准备" in reply(opening, Talk(), QUESTION, [], []).html
    finally:
        gate.set()
    ended = threading.Event()
    opening.on_end(lambda _failure: ended.set())
    assert ended.wait(10)
    assert "4 份文件" in readiness(opening)
