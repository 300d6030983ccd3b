"""`POST /v1/ask`, field by field, over the shipped documents."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.assistant import Assistant

QUESTION = "瓶改管 deadline?"
XIANGCHENG = "xiangcheng-2024-5"


def test_an_answer_has_the_fields_of_the_contract(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert set(answer) == {"question", "status", "understood", "citations", "nearest", "reason", "took_ms"}
    assert answer["question"] == QUESTION
    assert answer["status"] in {"answered", "unsure"}
    assert set(answer["understood"]) == {"text", "wants", "places", "documents", "corrections", "expansions"}
    assert answer["understood"]["wants"][0] == "deadline"
    citation = answer["citations"][0]
    assert set(citation) == {
        "rank", "score", "document", "clause", "text", "start", "end", "page", "highlights", "reference",
        "warning",
    }  # fmt: skip
    assert citation["warning"] is None
    assert set(citation["document"]) == {"id", "title", "number", "issuer", "date", "place", "status"}
    assert set(citation["clause"]) == {"id", "path"}
    assert set(citation["highlights"][0]) == {"start", "end", "kind", "value", "answers"}
    assert [each["rank"] for each in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))


def test_citations_are_the_documents_own_words(client: TestClient) -> None:
    for citation in client.post("/v1/ask", json={"question": QUESTION}).json()["citations"]:
        text = client.get(f"/v1/documents/{citation['document']['id']}/text").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["text"]


def test_the_answering_words_are_marked(client: TestClient) -> None:
    citations = client.post("/v1/ask", json={"question": QUESTION}).json()["citations"]
    marked = {
        citation["document"]["id"]: [
            (citation["text"][mark["start"] : mark["end"]], mark["value"])
            for mark in citation["highlights"]
            if mark["answers"]
        ]
        for citation in citations
    }
    assert ("2024年底前", "2024-12-31") in marked[XIANGCHENG]


def test_scores_are_probabilities_of_four_digits(client: TestClient) -> None:
    for citation in client.post("/v1/ask", json={"question": QUESTION}).json()["citations"]:
        assert 0 <= citation["score"] <= 1
        assert citation["score"] == round(citation["score"], 4)


def test_filters_narrow_the_answer(client: TestClient) -> None:
    body: dict[str, object] = {"question": QUESTION, "filters": {"documents": [XIANGCHENG]}}
    cited = {each["document"]["id"] for each in client.post("/v1/ask", json=body).json()["citations"]}
    assert cited == {XIANGCHENG}
    body = {"question": QUESTION, "filters": {"places": ["襄城县"]}}
    cited = {each["document"]["place"] for each in client.post("/v1/ask", json=body).json()["citations"]}
    assert cited == {"襄城县"}


def test_empty_filters_are_none(client: TestClient) -> None:
    filters: dict[str, object] = {
        "documents": [], "places": [], "units": [], "due_from": None, "due_to": None,
        "as_of": None, "include_withdrawn": False,
    }  # fmt: skip
    asked = {"question": QUESTION, "top_k": 5, "context": None, "filters": filters}
    full = client.post("/v1/ask", json=asked).json()
    short = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert {**full, "took_ms": 0} == {**short, "took_ms": 0}


@pytest.mark.parametrize("day", ["2024-2-30", "2024/02/01", "1718000000", 1718000000, True, ["2024-01-01"]])
def test_a_day_that_is_none_is_refused(client: TestClient, day: object) -> None:
    response = client.post("/v1/ask", json={"question": QUESTION, "filters": {"as_of": day}})
    assert response.status_code == 422
    assert response.json()["type"] == "/problems/invalid-request"


def asked(client: TestClient, question: str, **filters: object) -> Any:
    return client.post("/v1/ask", json={"question": question, "top_k": 10, "filters": filters})


@pytest.mark.parametrize(
    ("filters", "query"),
    [
        ({"units": ["消防救援大队"]}, {"unit": "消防救援大队"}),
        ({"due_from": "2025-01-01"}, {"due_from": "2025-01-01"}),
        ({"due_to": "2024-06-30"}, {"due_to": "2024-06-30"}),
    ],
)
def test_only_clauses_with_such_a_duty_are_cited(
    client: TestClient, filters: dict[str, object], query: dict[str, str]
) -> None:
    tasks = client.get("/v1/tasks", params={**query, "limit": 500}).json()["tasks"]
    allowed = {task["clause"]["id"] for task in tasks}
    cited = 0
    for question in (QUESTION, "消防安全检查谁负责", "什么时候完成改造", "安全生产培训"):
        answer = asked(client, question, **filters).json()
        shown = {citation["clause"]["id"] for citation in (*answer["citations"], *answer["nearest"])}
        assert shown <= allowed
        cited += len(shown)
    assert cited


def test_a_list_is_narrowed_by_the_filter(client: TestClient) -> None:
    every = asked(client, "应急管理局牵头哪些任务").json()["tasks"]["total"]
    dated = asked(client, "应急管理局牵头哪些任务", due_to="2024-12-31").json()["tasks"]
    assert 0 < dated["total"] < every
    assert dated["filters"]["due_to"] == "2024-12-31"
    query = client.get(f"/v1/tasks?{dated['query']}").json()
    assert query["total"] == dated["total"]


@pytest.mark.parametrize(
    ("filters", "kind"),
    [
        ({"units": ["火星局管理委员"]}, "unknown-unit"),
        ({"due_from": "2025-01-01", "due_to": "2024-01-01"}, "bad-filter"),
        ({"due_from": "2024-13-01"}, "invalid-request"),
    ],
)
def test_a_filter_that_cannot_be_met_says_why(
    client: TestClient, filters: dict[str, object], kind: str
) -> None:
    response = asked(client, QUESTION, **filters)
    assert response.status_code in {404, 422}
    assert response.json()["type"] == f"/problems/{kind}"


def test_a_refusal_lists_the_nearest_apart(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "火星移民每人补贴多少钱？"}).json()
    assert answer["status"] == "not_found"
    assert answer["citations"] == []
    assert answer["reason"]


def test_top_k_bounds_the_citations(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": QUESTION, "top_k": 1}).json()
    assert len(answer["citations"]) == 1


def test_a_batch_is_answered_in_order(client: TestClient) -> None:
    questions: list[dict[str, object]] = [
        {"question": QUESTION, "top_k": 1},
        {"question": "火星移民每人补贴多少钱？"},
    ]
    answers = client.post("/v1/ask/batch", json={"questions": questions}).json()["answers"]
    assert [each["question"] for each in answers] == [each["question"] for each in questions]
    assert [each["status"] == "not_found" for each in answers] == [False, True]


def test_a_follow_up_takes_its_context(client: TestClient, assistant: Assistant) -> None:
    body = {"question": "那驻马店呢", "context": QUESTION}
    answer = client.post("/v1/ask", json=body).json()
    assert answer["citations"][0]["document"]["id"] == "zhumadian-2024-7"
    assert "瓶改管" in answer["citations"][0]["text"]


def test_a_question_for_a_list_is_sent_the_tasks(client: TestClient) -> None:
    sent = client.post("/v1/ask", json={"question": "襄城应急局2024年底前要完成哪些任务"}).json()
    assert sent["status"] == "answered"
    tasks = sent["tasks"]
    assert tasks["total"] == len(tasks["tasks"]) > 0
    assert tasks["filters"] == {
        "documents": [],
        "places": ["襄城县"],
        "units": ["应急局"],
        "lead_only": False,
        "due_from": None,
        "due_to": "2024-12-31",
        "recurring": False,
        "rhythm": "",
        "topic": "",
        "as_of": None,
        "include_withdrawn": False,
    }
    same = client.get(f"/v1/tasks?{tasks['query']}&limit=500").json()
    assert same == {"total": tasks["total"], "tasks": tasks["tasks"]}


def test_a_list_without_tasks_is_sent_its_filters(client: TestClient) -> None:
    sent = client.post("/v1/ask", json={"question": "住建局2020年底前要完成什么"}).json()
    assert (sent["status"], sent["reason"], sent["citations"]) == ("not_found", "no_tasks", [])
    assert (sent["tasks"]["total"], sent["tasks"]["tasks"]) == (0, [])
    assert sent["tasks"]["filters"]["units"] == ["住建局"]


def test_other_answers_say_nothing_of_tasks(client: TestClient) -> None:
    assert "tasks" not in client.post("/v1/ask", json={"question": QUESTION}).json()
