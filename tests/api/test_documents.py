"""What `/v1` tells of documents and clauses, and of the service itself."""

from pathlib import Path
from urllib.parse import quote

from fastapi.testclient import TestClient

from rag.assistant import Assistant

SHIPPED = Path(__file__).parents[2] / "corpus" / "documents"


def test_the_shipped_documents_are_listed(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()
    assert listed["total"] == 4
    assert [each["id"] for each in listed["documents"]] == [
        "qingping-2024-23", "xiangcheng-2024-5", "xiuyan-2024-3", "zhumadian-2024-7",
    ]  # fmt: skip


def test_a_documents_clauses_hold_every_character(client: TestClient) -> None:
    detail = client.get("/v1/documents/qingping-2024-23").json()
    text = client.get("/v1/documents/qingping-2024-23/text").json()["text"]
    assert detail["characters"] == len(text)
    joined = "".join(text[each["start"] : each["end"]] for each in detail["clauses"])
    assert "".join(joined.split()) == "".join(text.split())


def test_the_file_is_the_source_byte_for_byte(client: TestClient) -> None:
    response = client.get("/v1/documents/xiuyan-2024-3/file")
    assert response.content == (SHIPPED / "xiuyan-2024-3.txt").read_bytes()
    assert response.headers["content-disposition"].startswith("attachment")


def test_every_clause_is_found_by_its_id(client: TestClient, assistant: Assistant) -> None:
    document = assistant.documents["xiangcheng-2024-5"]
    for clause in document.clauses[::7]:
        found = client.get(f"/v1/clauses/{quote(clause.id, safe='')}").json()
        assert found["clause"]["id"] == clause.id
        assert found["clause"]["text"] == document.quote(clause.span)
        assert found["reference"].startswith(f"《{document.title}》")


def test_a_clause_comes_with_its_neighbours(client: TestClient, assistant: Assistant) -> None:
    clauses = assistant.documents["xiangcheng-2024-5"].clauses
    address = f"/v1/clauses/{quote(clauses[10].id, safe='')}"
    found = client.get(address, params={"before": 2, "after": 1}).json()
    assert [each["id"] for each in found["before"]] == [clauses[8].id, clauses[9].id]
    assert [each["id"] for each in found["after"]] == [clauses[11].id]
    assert client.get(address, params={"before": 0, "after": 0}).json()["before"] == []


def test_a_quotation_is_verified_white_space_aside(client: TestClient, assistant: Assistant) -> None:
    found = client.post("/v1/verify", json={"quote": "统筹推进 全县\n非居民用户“瓶改管”工作"}).json()
    assert found["found"]
    place = found["places"][0]
    assert place["document"]["id"] == "xiangcheng-2024-5"
    assert assistant.documents["xiangcheng-2024-5"].text[place["start"] : place["end"]] == place["text"]


def test_words_of_no_document_are_not_verified(client: TestClient) -> None:
    found = client.post("/v1/verify", json={"quote": "统筹推进全县非居民用户“瓶改罐”工作"}).json()
    assert found == {"quote": "统筹推进全县非居民用户“瓶改罐”工作", "found": False, "places": []}


def test_the_service_says_that_it_lives_and_answers(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_the_description_needs_no_other_host(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert set(client.get("/openapi.json").json()["paths"]) == {
        "/v1/ask", "/v1/ask/batch", "/v1/documents", "/v1/documents/{document_id}",
        "/v1/documents/{document_id}/text", "/v1/documents/{document_id}/file", "/v1/clauses/{clause_id}",
        "/v1/documents/{document_id}/versions", "/v1/documents/{document_id}/proposals",
        "/v1/documents/{document_id}/pages", "/v1/documents/{document_id}/pages/{number}.png",
        "/v1/verify", "/v1/tasks", "/v1/tasks.csv", "/v1/tasks.xlsx", "/v1/tasks.ics", "/v1/compare", "/healthz", "/readyz",
    }  # fmt: skip
