"""Documents are taken in, replaced, said to be repealed and taken out over HTTP, and answers follow at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.swap import writing
from rag.api import library
from rag.api.admin import Admin
from rag.assistant import Assistant
from tests.api.holding import NEW, OLD, asked, notice, send, served

Served = tuple[TestClient, Assistant]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "home", Admin(listens_locally=True)) as both:
        yield both


def ids(client: TestClient) -> list[str]:
    return [each["id"] for each in client.get("/v1/documents").json()["documents"]]


def test_a_preview_tells_the_outline_and_holds_nothing(here: Served) -> None:
    client, _ = here
    sent = send(client, ("通知.txt", OLD), preview="true")
    assert sent.status_code == 200
    [report] = sent.json()["reports"]
    assert report["outcome"] == "added"
    assert report["document"]["number"] == "临安委〔2025〕8号"
    assert report["document"]["clauses"] == len(report["outline"])
    assert report["document"]["tasks"] > 0
    assert ["一、工作目标", "（一）完成屋顶光伏电站防雷检测"] in [each["path"] for each in report["outline"]]
    assert ids(client) == []


def test_a_document_goes_its_way_from_first_version_to_removal(here: Served) -> None:
    client, _ = here
    sent = send(client, ("通知.txt", OLD))
    assert sent.status_code == 201
    [report] = sent.json()["reports"]
    assert (report["name"], report["outcome"], "outline" in report) == ("通知.txt", "added", False)
    assert "2025年9月底" in asked(client)

    assert send(client, ("again.txt", OLD)).status_code == 200
    offered = send(client, ("修订.txt", NEW))
    assert offered.status_code == 409
    assert offered.headers["content-type"] == "application/problem+json"
    assert offered.json()["type"] == "/problems/already-held"
    assert offered.json()["reports"][0]["held"] == "通知"
    assert "2026年3月底" not in asked(client)

    assert send(client, ("修订.txt", NEW), same="version").status_code == 201
    assert "2026年3月底" in asked(client)
    assert "2025年9月底" not in asked(client)
    told = client.get("/v1/documents/通知/versions").json()
    assert [(each["id"], each["version"], each["current"], each["status"]) for each in told["versions"]] == [
        ("通知", 2, True, "in_force"),
        ("通知@1", 1, False, "superseded"),
    ]
    assert "2025年9月底" in client.get("/v1/documents/通知@1/text").json()["text"]

    gone = client.delete("/v1/documents/通知")
    assert (gone.status_code, gone.content) == (204, b"")
    assert ids(client) == []
    assert asked(client) == ""
    assert client.delete("/v1/documents/通知").status_code == 404


def test_a_text_of_the_same_number_can_be_held_beside(here: Served) -> None:
    client, _ = here
    send(client, ("a.txt", OLD))
    assert send(client, ("b.txt", NEW), same="apart").status_code == 201
    assert ids(client) == ["a", "b"]


def test_put_makes_a_new_version(here: Served) -> None:
    client, _ = here
    send(client, ("a.txt", OLD))
    put = client.put("/v1/documents/a", files={"file": ("b.txt", NEW)})
    assert (put.status_code, put.json()["outcome"]) == (200, "replaced")
    assert "2026年3月底" in asked(client)
    assert client.put("/v1/documents/none", files={"file": ("b.txt", NEW)}).status_code == 404
    assert client.put("/v1/documents/a@1", files={"file": ("b.txt", OLD)}).status_code == 422
    refused = client.put("/v1/documents/a", files={"file": ("b.docx", b"no zip")})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/unreadable")
    assert "2026年3月底" in asked(client)


def test_a_bad_file_is_reported_and_the_others_are_taken(here: Served) -> None:
    client, _ = here
    sent = send(client, ("bad.docx", b"no zip"), ("good.txt", OLD), ("worse.exe", b"MZ"))
    assert sent.status_code == 201
    assert [report["outcome"] for report in sent.json()["reports"]] == ["refused", "added", "refused"]
    assert all(report["message"] and report["message_zh"] for report in sent.json()["reports"][::2])
    nothing = send(client, ("bad.docx", b"no zip"), ("worse.exe", b"MZ"))
    assert nothing.status_code == 422
    assert nothing.json()["type"] == "/problems/unreadable"
    assert [report["outcome"] for report in nothing.json()["reports"]] == ["refused", "refused"]
    assert ids(client) == ["good"]


def test_a_status_is_said_by_hand(here: Served) -> None:
    client, _ = here
    send(client, ("a.txt", OLD))
    address = "/v1/documents/a"
    said = client.patch(address, json={"status": "repealed", "until": "2025-06-01"})
    assert said.status_code == 200
    assert (said.json()["status"], said.json()["until"]) == ("repealed", "2025-06-01")
    assert asked(client) == ""
    assert client.patch(address, json={"status": "in_force"}).json()["until"] is None
    assert "2025年9月底" in asked(client)


def test_what_cannot_be_said_is_refused(here: Served) -> None:
    client, assistant = here
    send(client, ("a.txt", OLD))
    before = assistant.snapshot_name
    turned = {"since": "2025-02-01", "until": "2025-01-01"}
    for wrong in (
        {}, {"status": "gone"}, {"since": "soon"}, turned, {"title": "x"}, {"status": None}, {"replaced_by": "a"},
        {"replaced_by": "none"},
    ):  # fmt: skip
        assert client.patch("/v1/documents/a", json=wrong).status_code in (404, 422), wrong
    assert assistant.snapshot_name == before


def test_a_clean_up_notice_is_carried_out_once_confirmed(here: Served) -> None:
    client, _ = here
    send(client, ("a.txt", OLD), ("b.txt", notice("2025年10月底", "临安委〔2025〕9号", "燃气管道占压排查")))
    clean_up = (
        "临江县安全生产委员会文件\n临安委〔2025〕20号\n关于公布文件清理结果的通知\n各乡镇人民政府：\n"
        "一、废止的文件\n1.《关于做好屋顶光伏电站防雷检测工作的通知》（临安委〔2025〕8号）\n"
        "2.《关于做好燃气管道占压排查工作的通知》（临安委〔2025〕9号）\n临江县安全生产委员会\n2025年8月1日\n"
    )
    send(client, ("clean.txt", clean_up))
    address = "/v1/documents/clean/proposals"
    told = client.get(address).json()["proposals"]
    assert [(each["document"]["id"], each["status"]) for each in told] == [
        ("a", "repealed"),
        ("b", "repealed"),
    ]
    text = client.get("/v1/documents/clean/text").json()["text"]
    assert all(text[each["start"] : each["end"]] == each["text"] for each in told)
    assert "2025年9月底" in asked(client)

    assert client.post(address, json={"documents": ["clean"]}).status_code == 422
    done = client.post(address, json={"documents": ["a"]}).json()["proposals"]
    assert [(each["document"]["id"], each["document"]["status"]) for each in done] == [("a", "repealed")]
    assert "2025年9月底" not in asked(client)
    assert [each["document"]["id"] for each in client.post(address).json()["proposals"]] == ["b"]
    assert client.get(address).json()["proposals"] == []


def test_another_writer_is_told_of(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    client, assistant = here
    send(client, ("a.txt", OLD))
    monkeypatch.setattr(library, "PATIENCE", 0.1)
    with writing(assistant.home.path):
        locked = client.delete("/v1/documents/a")
    assert (locked.status_code, locked.json()["type"]) == (423, "/problems/locked")
    assert "retry-after" in locked.headers
    assert client.delete("/v1/documents/a").status_code == 204


def test_methods_that_an_address_takes_are_told(here: Served) -> None:
    client, _ = here
    refused = client.post("/v1/documents/a")
    assert refused.status_code == 405
    assert set(refused.headers["allow"].split(", ")) == {"GET", "PUT", "PATCH", "DELETE"}


def test_the_description_names_the_key_and_the_files(here: Served) -> None:
    client, _ = here
    paths = client.get("/openapi.json").json()["paths"]
    assert paths["/v1/documents"]["post"]["security"]
    assert "multipart/form-data" in paths["/v1/documents"]["post"]["requestBody"]["content"]
    assert "security" not in paths["/v1/documents"]["get"]
