"""Who may change documents: whoever knows the key; without one, this machine alone."""

import logging
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.api.admin import Admin, Caller
from rag.api.problems import ProblemError
from rag.settings import SHORTEST_KEY, Settings
from tests.api.holding import HERE, KEY, OLD, send, served

LOCAL = Admin(listens_locally=True)
OWN = {"host": "127.0.0.1:7860"}


def status(admin: Admin, host: str, headers: dict[str, str]) -> str:
    try:
        admin.check(Caller(host, headers))
    except ProblemError as error:
        return error.kind
    return "open"


@pytest.mark.parametrize(
    ("host", "headers", "expected"),
    [
        ("127.0.0.1", OWN, "open"),
        ("::1", {"host": "[::1]:7860"}, "open"),
        ("::ffff:127.0.0.1", OWN, "open"),
        ("127.0.0.1", {"host": "localhost:7860", "origin": "http://localhost:7860"}, "open"),
        ("127.0.0.1", {**OWN, "origin": "http://127.0.0.1:7860"}, "open"),
        ("10.1.2.3", OWN, "forbidden"),
        ("", OWN, "forbidden"),
        ("127.0.0.1", {**OWN, "x-forwarded-for": "10.1.2.3"}, "forbidden"),
        ("127.0.0.1", {**OWN, "forwarded": "for=10.1.2.3"}, "forbidden"),
        ("127.0.0.1", {**OWN, "origin": "http://evil.example"}, "forbidden"),
        ("127.0.0.1", {**OWN, "origin": "http://127.0.0.1:8000"}, "forbidden"),
        ("127.0.0.1", {**OWN, "origin": "null"}, "forbidden"),
        ("127.0.0.1", {**OWN, "origin": "http://[bad"}, "forbidden"),
        ("127.0.0.1", {"host": "evil.example:7860", "origin": "http://evil.example:7860"}, "forbidden"),
        ("127.0.0.1", {}, "forbidden"),
    ],
)
def test_without_a_key_this_machine_alone(host: str, headers: dict[str, str], expected: str) -> None:
    assert status(LOCAL, host, headers) == expected


def test_without_a_key_a_server_for_others_changes_nothing() -> None:
    assert status(Admin(), "127.0.0.1", OWN) == "forbidden"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"Bearer {KEY}", "open"), (f"bearer  {KEY}", "open"), (f"Bearer {KEY}x", "unauthorized"), (KEY, "unauthorized"),
        (f"Basic {KEY}", "unauthorized"), ("Bearer", "unauthorized"), ("", "unauthorized"), ("Bearer 密钥", "unauthorized"),
    ],
)  # fmt: skip
def test_with_a_key_it_alone_counts(said: str, expected: str) -> None:
    admin = Admin(KEY)
    assert status(admin, "10.1.2.3", {"authorization": said}) == expected
    assert status(Admin(KEY, listens_locally=True), "127.0.0.1", OWN) == "unauthorized"


@pytest.mark.parametrize(
    "key", ["short", "x" * (SHORTEST_KEY - 1), "密" * SHORTEST_KEY, "a key with spaces in it"]
)
def test_a_key_that_cannot_protect_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(ValueError, match="YIJU_ADMIN_KEY") as refused:
        Settings.from_environment({"YIJU_ADMIN_KEY": key})
    assert key not in str(refused.value)


def test_the_key_is_shown_nowhere() -> None:
    settings = Settings.from_environment({"YIJU_ADMIN_KEY": KEY})
    assert settings.admin_key == KEY
    assert KEY not in repr(settings)
    assert KEY not in repr(Admin(KEY))


def change(client: TestClient, headers: dict[str, str]) -> list[int]:
    file = {"file": ("a.txt", OLD)}
    return [
        client.post("/v1/documents", files={"files": ("a.txt", OLD)}, headers=headers).status_code,
        client.post(
            "/v1/documents?preview=true", files={"files": ("a.txt", OLD)}, headers=headers
        ).status_code,
        client.put("/v1/documents/a", files=file, headers=headers).status_code,
        client.patch("/v1/documents/a", json={"status": "repealed"}, headers=headers).status_code,
        client.post("/v1/documents/a/proposals", headers=headers).status_code,
        client.delete("/v1/documents/a", headers=headers).status_code,
    ]


def test_every_change_asks_for_the_key(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), served(tmp_path / "home", Admin(KEY)) as (client, assistant):
        before = assistant.snapshot_name
        assert change(client, {}) == [401] * 6
        assert change(client, {"Authorization": "Bearer wrong"}) == [401] * 6
        refused = client.delete("/v1/documents/a")
        assert refused.headers["www-authenticate"] == "Bearer"
        assert refused.json()["type"] == "/problems/unauthorized"
        assert assistant.snapshot_name == before
        right = {"Authorization": f"Bearer {KEY}"}
        assert change(client, right) == [201, 200, 200, 200, 200, 204]
        assert client.get("/v1/documents").status_code == 200
    assert KEY not in caplog.text


def test_other_machines_change_nothing_without_a_key(tmp_path: Path) -> None:
    with served(tmp_path / "home", LOCAL, caller="10.1.2.3") as (client, _):
        assert change(client, {}) == [403] * 6
        assert "YIJU_ADMIN_KEY" in client.delete("/v1/documents/a").json()["detail"]
        assert client.get("/v1/documents").status_code == 200


def test_a_page_of_another_site_changes_nothing(tmp_path: Path) -> None:
    with served(tmp_path / "home", LOCAL) as (client, _):
        assert change(client, {"Origin": "http://evil.example"}) == [403] * 6
        assert send(client, ("a.txt", OLD)).status_code == 201
        client.headers["Origin"] = HERE
        assert client.delete("/v1/documents/a").status_code == 204
