"""The original pages over HTTP: pictures of them, and where on them words stand."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.api.admin import Admin
from rag.source_pages import WIDTHS
from tests.api.holding import OLD, send, served
from tests.corpus.made_pdf import HEIGHT, SIZE, WIDTH, MadePage, make_pdf

LEFT, WRAPPED = 40, 56
PAGES = (
    (
        (LEFT, 60, "临江县安全生产委员会文件"), (LEFT, 100, "临安委〔2025〕8号"),
        (LEFT, 160, "关于做好防雷检测工作的通知"), (LEFT, 200, "各乡镇人民政府："),
        (WRAPPED, 240, "一、工作目标"), (WRAPPED, 280, "（一）完成防雷检测。2025年9月底前完"),
        (LEFT, 320, "成全县屋顶光伏电站的防雷检测。"),
    ),
    (
        (WRAPPED, 60, "（二）建立台账。每季度更新一次。"), (WRAPPED, 100, "二、工作要求"),
        (WRAPPED, 140, "各单位要加强领导，明确责任。"), (LEFT, 200, "临江县安全生产委员会"),
        (LEFT, 240, "2025年3月5日"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home: Path = tmp_path_factory.mktemp("pages") / "home"
    made = []
    for lines in PAGES:
        page = MadePage()
        for left, base, words in lines:
            page.write(words, left, base)
        made.append(page)
    with served(home, Admin(listens_locally=True)) as (client, _):
        assert send(client, ("通知.pdf", make_pdf(made)), ("文本.txt", OLD), same="apart").status_code == 201
        yield client


def where(client: TestClient, words: str) -> list[dict[str, Any]]:
    text = client.get("/v1/documents/通知/text").json()["text"]
    start = text.index(words)
    told = client.get("/v1/documents/通知/pages", params={"start": start, "end": start + len(words)}).json()
    assert (told["id"], told["total"]) == ("通知", 2)
    on: list[dict[str, Any]] = told["on"]
    return on


@pytest.mark.parametrize(
    ("words", "page", "before", "line"),
    [("2025年9月底前完", 1, 10, (WRAPPED, 280)), ("每季度更新一次", 2, 8, (WRAPPED, 60))],
)
def test_words_are_found_where_they_were_written(
    client: TestClient, words: str, page: int, before: int, line: tuple[int, int]
) -> None:
    [found] = where(client, words)
    assert found["page"] == page
    [box] = found["boxes"]
    assert 0 <= box["left"] < box["right"] <= 1
    # Characters of full width are as wide as their size; the line's figures are half as wide.
    assert abs(box["left"] * WIDTH - (line[0] + before * SIZE)) <= SIZE / 4
    assert line[1] - SIZE <= box["top"] * HEIGHT < line[1] < box["bottom"] * HEIGHT <= line[1] + SIZE / 2


def test_words_over_two_lines_have_a_box_in_each(client: TestClient) -> None:
    [found] = where(client, "底前完\n成全县")
    boxes = found["boxes"]
    assert len(boxes) == 2
    assert boxes[0]["bottom"] <= boxes[1]["top"]


def test_a_citation_names_its_page(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "多久更新一次台账", "filters": {"documents": ["通知"]}})
    assert [each["page"] for each in answer.json()["citations"]][:1] == [2]
    other = client.post("/v1/ask", json={"question": "多久更新一次台账", "filters": {"documents": ["文本"]}})
    assert {each["page"] for each in other.json()["citations"]} == {None}


def test_a_page_is_sent_as_a_picture(client: TestClient) -> None:
    sent = client.get("/v1/documents/通知/pages/2.png", params={"width": 300})
    assert (sent.status_code, sent.headers["content-type"]) == (200, "image/png")
    width, height = struct.unpack(">II", sent.content[16:24])
    assert width == 300
    assert abs(height / width - HEIGHT / WIDTH) < 0.01
    again = client.get(
        "/v1/documents/通知/pages/2.png",
        params={"width": 300},
        headers={"If-None-Match": sent.headers["etag"]},
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address", ["通知/pages/0.png", "通知/pages/3.png", "通知/pages/-1.png", "文本/pages/1.png"]
)
def test_a_page_that_there_is_not_is_told(client: TestClient, address: str) -> None:
    missing = client.get(f"/v1/documents/{address}")
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/no-page")
    assert missing.json()["detail_zh"]


@pytest.mark.parametrize("width", [WIDTHS[0] - 1, WIDTHS[1] + 1, 10**9])
def test_a_picture_has_bounds(client: TestClient, width: int) -> None:
    assert client.get("/v1/documents/通知/pages/1.png", params={"width": width}).status_code == 422


def test_a_text_without_pages_has_none(client: TestClient) -> None:
    told = client.get("/v1/documents/文本/pages", params={"start": 0, "end": 5}).json()
    assert told == {"id": "文本", "total": 0, "on": []}


@pytest.mark.parametrize("span", [(5, 3), (0, 10**9), (-1, 3)])
def test_offsets_outside_are_refused(client: TestClient, span: tuple[int, int]) -> None:
    told = client.get("/v1/documents/通知/pages", params={"start": span[0], "end": span[1]})
    assert told.status_code == 422
