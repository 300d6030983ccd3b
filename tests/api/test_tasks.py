"""`GET /v1/tasks` and its files, field by field, over the shipped documents."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from rag.api.task_schemas import MOST_TASKS, PAGE
from rag.assistant import Assistant
from tests.api.test_problems import problem

XIANGCHENG = "xiangcheng-2024-5"
FORMATS = ("csv", "xlsx", "ics")


def get(client: TestClient, **asked: Any) -> dict[str, Any]:
    response = client.get("/v1/tasks", params=asked)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def quotations(value: object) -> list[tuple[str, int, int]]:
    """Every quotation in a task as it was sent."""
    if isinstance(value, list):
        return [found for each in value for found in quotations(each)]
    if not isinstance(value, dict):
        return []
    own = [(value["text"], value["start"], value["end"])] if {"text", "start", "end"} <= set(value) else []
    return own + [found for each in value.values() for found in quotations(each)]


def test_a_task_has_the_fields_of_the_contract(client: TestClient) -> None:
    body = get(client, document=XIANGCHENG, q="瓶改管")
    assert set(body) == {"total", "tasks"}
    (task,) = [
        each for each in body["tasks"] if each["deadline"] and each["deadline"]["date"] == "2024-12-31"
    ][:1]
    assert set(task) - {"standing"} == {
        "id", "document", "clause", "duty", "deadline", "lead", "units", "frequency", "quantities",
    }  # fmt: skip
    assert set(task["document"]) == {"id", "title", "number", "issuer", "date", "place", "status"}
    assert set(task["clause"]) == {"id", "path"}
    assert set(task["duty"]) == {"text", "start", "end"}
    assert set(task["deadline"]) == {"text", "start", "end", "date", "role", "inferred"}
    assert set(task["lead"][0]) == {"text", "start", "end", "name"}
    assert task["units"][0] in task["lead"]
    assert task["id"].startswith(task["clause"]["id"] + "@")
    assert task["deadline"]["text"] == "2024年底前"
    assert task["lead"][0]["text"] == "县住房和城乡建设局"


def test_a_frequency_is_an_iso_duration(client: TestClient) -> None:
    for task in get(client, recurring=True, limit=20)["tasks"]:
        assert set(task["frequency"]) == {"text", "start", "end", "value", "whom"}
        assert task["frequency"]["value"] is None or task["frequency"]["value"].startswith("P")


def test_every_cell_is_a_quotation(client: TestClient, assistant: Assistant) -> None:
    tasks = get(client, limit=MOST_TASKS)["tasks"]
    assert len(tasks) > 100
    for task in tasks:
        text = assistant.documents[task["document"]["id"]].text
        for words, start, end in quotations(task):
            assert text[start:end] == words


def test_pages_tile_the_register(client: TestClient) -> None:
    total = get(client)["total"]
    assert len(get(client)["tasks"]) == PAGE
    ids: list[str] = []
    for offset in range(0, total, 300):
        body = get(client, limit=300, offset=offset)
        assert body["total"] == total
        ids += [task["id"] for task in body["tasks"]]
    assert len(ids) == len(set(ids)) == total
    assert get(client, offset=total)["tasks"] == []


def test_filters_narrow_the_register(client: TestClient) -> None:
    for task in get(client, place="襄城", due_to="2024-12-31", limit=MOST_TASKS)["tasks"]:
        assert task["document"]["place"] == "襄城县"
        assert task["deadline"]["date"] <= "2024-12-31"
    led = get(client, unit="住建局", lead_only=True, limit=MOST_TASKS)
    assert 0 < led["total"] < get(client, unit="住建局")["total"]
    for task in led["tasks"]:
        assert any("住" in unit["name"] for unit in task["lead"])
    late = get(client, overdue_at="2024-07-01", sort="due", limit=MOST_TASKS)["tasks"]
    days = [task["deadline"]["date"] for task in late]
    assert days
    assert days == sorted(days)
    assert max(days) < "2024-07-01"


def test_names_may_be_repeated_and_stand_in_the_plural(client: TestClient) -> None:
    both = get(client, place=["襄城", "驻马店"])["total"]
    assert both == get(client, places=["襄城县", "驻马店市"])["total"]
    assert both == get(client, place="襄城")["total"] + get(client, place="驻马店")["total"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("due_from=2024-13-01", (422, "invalid-request")),
        ("due_from=2024-02-30", (422, "invalid-request")),
        ("due_to=20241231", (422, "invalid-request")),
        ("overdue_at=今天", (422, "invalid-request")),
        ("due_from=2025-01-01&due_to=2024-01-01", (422, "bad-filter")),
        ("due_from=2025-01-01&overdue_at=2024-01-01", (422, "bad-filter")),
        ("document=nope", (404, "unknown-document")),
        ("place=火星县", (404, "unknown-place")),
        ("unit=应急管里局", (404, "unknown-unit")),
        ("unit=", (422, "invalid-request")),
        ("unit=" + "局" * 500, (422, "invalid-request")),
        ("q=" + "a" * 500, (422, "invalid-request")),
        ("sort=size", (422, "invalid-request")),
        ("lead_only=maybe", (422, "invalid-request")),
        ("place=襄城&plaice=驻马店", (422, "invalid-request")),
        ("&".join(["place=襄城"] * 101), (422, "invalid-request")),
    ],
)
def test_wrong_input_is_a_problem(client: TestClient, query: str, expected: tuple[int, str]) -> None:
    for ending in ("", *(f".{each}" for each in FORMATS)):
        assert problem(client.get(f"/v1/tasks{ending}?{query}")) == expected


@pytest.mark.parametrize(
    "query", ["limit=0", f"limit={MOST_TASKS + 1}", "limit=x", "offset=-1", "offset=1e9"]
)
def test_a_page_out_of_bounds_is_a_problem(client: TestClient, query: str) -> None:
    assert problem(client.get(f"/v1/tasks?{query}")) == (422, "invalid-request")


def test_the_nearest_names_are_offered(client: TestClient) -> None:
    told = client.get("/v1/tasks", params={"unit": "应急管里局"}).json()
    assert "应急管理局" in told["detail"]
    assert "应急管理局" in told["detail_zh"]
    assert "襄城" in client.get("/v1/tasks", params={"place": "襄县"}).json()["detail"]


def test_half_a_character_and_odd_words_are_borne(client: TestClient) -> None:
    for odd in ("%ED%A0%80", "%00", "%3Cscript%3E", "'%3B--", "%F0%9F%99%82"):
        assert client.get(f"/v1/tasks?q={odd}").status_code in {200, 422}
        assert problem(client.get(f"/v1/tasks?unit={odd}x"))[0] in {404, 422}


def test_another_method_is_not_allowed(client: TestClient) -> None:
    assert problem(client.post("/v1/tasks")) == (405, "method-not-allowed")
    assert problem(client.get("/v1/tasks.pdf")) == (404, "not-found")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_is_a_download_with_a_name(client: TestClient, ending: str) -> None:
    response = client.get(f"/v1/tasks.{ending}", params={"place": "襄城"})
    assert response.status_code == 200
    assert f'filename="tasks.{ending}"' in response.headers["content-disposition"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_files_hold_all_that_is_found(client: TestClient) -> None:
    asked = {"place": "襄城", "sort": "due"}
    total = get(client, **asked)["total"]
    sent = client.get("/v1/tasks.csv", params=asked)
    assert sent.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == total
    assert rows[0]["原文"].startswith("http://testserver/source/xiangcheng-2024-5?start=")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/v1/tasks.xlsx", params=asked).content)).active
    assert sheet is not None
    assert sheet.max_row == total + 1
    dated = get(client, **asked, due_from="2000-01-01")["total"]
    calendar = Calendar.from_ical(client.get("/v1/tasks.ics", params=asked).content)
    events = [str(event["summary"]) for event in calendar.walk("VEVENT")]
    assert sum(words.startswith("期限") for words in events) == dated


def test_files_of_nothing_are_empty_tables(client: TestClient) -> None:
    asked = {"q": "没有这样的任务"}
    assert get(client, **asked) == {"total": 0, "tasks": []}
    assert client.get("/v1/tasks.csv", params=asked).content.count(b"\r\n") == 1
    assert Calendar.from_ical(client.get("/v1/tasks.ics", params=asked).content).walk("VEVENT") == []
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/v1/tasks.xlsx", params=asked).content)).active
    assert sheet is not None
    assert sheet.max_row == 1


def test_a_rhythm_leaves_what_has_just_this_one(client: TestClient) -> None:
    monthly = get(client, rhythm="P1M", limit=MOST_TASKS)
    assert monthly["total"] > 0
    assert {task["frequency"]["value"] for task in monthly["tasks"]} == {"P1M"}
    assert get(client, recurring=True)["total"] > monthly["total"]


def test_words_that_are_no_rhythm_are_refused(client: TestClient) -> None:
    assert client.get("/v1/tasks", params={"rhythm": "monthly"}).status_code == 422
