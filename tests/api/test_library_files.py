"""Files that come over HTTP: their names are not trusted, their size is bounded, they never lie in memory whole."""

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from rag.api.admin import Admin
from rag.api.bounds import LARGEST_BODY, LARGEST_UPLOAD, BodyLimit
from rag.api.incoming import LONGEST_NAME, plain_name, put_down
from rag.assistant import Assistant
from tests.api.holding import OLD, send, served


@pytest.fixture
def here(tmp_path: Path) -> Iterator[tuple[TestClient, Assistant]]:
    with served(tmp_path / "home", Admin(listens_locally=True)) as both:
        yield both


@given(st.text(max_size=400))
def test_a_plain_name_is_one_visible_part_of_a_path(said: str) -> None:
    name = plain_name(said)
    assert name
    assert Path(name).name == name
    assert name not in (".", "..")
    assert name.isprintable()
    assert len(name.encode()) <= LONGEST_NAME
    assert plain_name(name) == name


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("通知.docx", "通知.docx"), ("../../x.txt", "x.txt"), ("/etc/passwd", "passwd"), ("..\\..\\x.txt", "x.txt"),
        ("a\x00b\n\u202e.txt", "ab.txt"), ("", "文件"), ("...", "文件"), (".bashrc", "bashrc"), ("~$锁.docx", "$锁.docx"),
        ("长" * 100 + ".docx", "长" * 58 + ".docx"),
    ],
)  # fmt: skip
def test_names_become_plain(said: str, expected: str) -> None:
    assert plain_name(said) == expected


def test_a_name_that_climbs_does_not_escape(here: tuple[TestClient, Assistant], tmp_path: Path) -> None:
    client, assistant = here
    sent = send(client, ("../../../climbed.txt", OLD))
    assert sent.json()["reports"][0]["name"] == "climbed.txt"
    held = list(tmp_path.rglob("*climbed*"))
    assert [path.parent for path in held] == [assistant.home.path / "documents"]
    assert not list(tmp_path.parent.glob("climbed*"))


def test_files_of_one_name_do_not_cover_one_another() -> None:
    from io import BytesIO

    with put_down([("a.txt", BytesIO(b"1")), ("x/a.txt", BytesIO(b"2"))]) as paths:
        assert [path.read_bytes() for path in paths] == [b"1", b"2"]
        folder = paths[0].parent.parent
    assert not folder.exists()


def test_what_was_put_down_is_gone_after_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail() -> None:
        from io import BytesIO

        with put_down([("a.txt", BytesIO(b"1"))]):
            assert list(tmp_path.iterdir())
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 -- any
        fail()
    assert not list(tmp_path.iterdir())


def test_requests_with_files_have_a_limit_of_their_own() -> None:
    async def app(*_: object) -> None: ...

    limit = BodyLimit(app, others={"POST /there": 5})
    expected = {
        ("POST", "/v1/documents"): LARGEST_UPLOAD,
        ("PUT", "/v1/documents/a"): LARGEST_UPLOAD,
        ("PATCH", "/v1/documents/a"): LARGEST_BODY,
        ("POST", "/v1/documents/a/proposals"): LARGEST_BODY,
        ("POST", "/v1/ask"): LARGEST_BODY,
        ("POST", "/there"): 5,
        ("PUT", "/there"): LARGEST_BODY,
    }
    assert {
        asked: limit.limit_of({"type": "http", "method": asked[0], "path": asked[1]}) for asked in expected
    } == expected


def test_more_than_the_limit_is_refused(here: tuple[TestClient, Assistant]) -> None:
    client, assistant = here
    before = assistant.snapshot_name
    announced = client.post("/v1/documents", headers={"Content-Length": str(LARGEST_UPLOAD + 1)}, content=b"")
    assert (announced.status_code, announced.json()["type"]) == (413, "/problems/too-large")
    assert assistant.snapshot_name == before


def test_a_file_larger_than_other_bodies_is_taken(here: tuple[TestClient, Assistant]) -> None:
    client, _ = here
    long = OLD + "\n" * LARGEST_BODY
    assert send(client, ("long.txt", long), preview="true").status_code == 200


def test_a_full_disk_changes_nothing(
    here: tuple[TestClient, Assistant], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, assistant = here
    before = assistant.snapshot_name
    real = shutil.disk_usage(assistant.home.path)
    monkeypatch.setattr("rag.api.incoming.shutil.disk_usage", lambda _path: real._replace(free=1024))
    full = send(client, ("a.txt", OLD))
    assert (full.status_code, full.json()["type"]) == (507, "/problems/disk-full")
    assert assistant.snapshot_name == before


def test_a_disk_that_fills_up_meanwhile_is_told(
    here: tuple[TestClient, Assistant], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = here

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("rag.api.incoming.shutil.copyfileobj", full)
    assert send(client, ("a.txt", OLD)).status_code == 507


def test_no_files_and_no_form_are_refused(here: tuple[TestClient, Assistant]) -> None:
    client, _ = here
    assert client.post("/v1/documents", json={}).status_code == 422
    assert client.post("/v1/documents", files={"others": ("a.txt", OLD)}).status_code == 422
    broken = client.post(
        "/v1/documents",
        content=b"--x\r\nnonsense",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert broken.status_code in (400, 422)
    assert broken.headers["content-type"] == "application/problem+json"
