"""The tab of files without a browser: what waits for a decision, who may put files down, what is shown."""

import asyncio
import os
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.document import Flaw
from index.errors import HomeLockedError
from rag.api.admin import Admin, Caller
from rag.api.bounds import LARGEST_BODY, LARGEST_UPLOAD
from rag.api.opening import Opening, Progress, Step
from rag.api.problems import ProblemError
from rag.assistant import Assistant
from rag.errors import BadFilterError, UnknownDocumentError
from rag.report import Report
from tests.api.holding import HERE, KEY, NEW, OLD
from tests.rag.held import opened
from tests.ui.browser import HOSTILE
from tests.ui.sample import DOCUMENT
from ui import upload_view as view
from ui.server import create_app
from ui.upload_desk import Desk, in_one_line, in_steps
from ui.upload_gate import FOLDER, KEY_LASTS, Gate, own_uploads
from ui.upload_staged import Staged

LOCAL = Admin(listens_locally=True)
HERE_CALLER = Caller("127.0.0.1", {"host": "127.0.0.1:7860"})
THERE = Caller("10.1.2.3", {"host": "127.0.0.1:7860"})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Opening.of(opened(tmp_path / "home")), Gate(LOCAL))


def dropped(tmp_path: Path, *files: tuple[str, str]) -> list[str]:
    """Files as Gradio puts them down: each in a folder named by its content."""
    paths = []
    for number, (name, text) in enumerate(files):
        path = tmp_path / "gradio" / f"digest{number}" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        paths.append(str(path))
    return paths


def read(desk: Desk, staged: Staged, files: list[str]) -> Staged:
    last = list(desk.read(staged, files))[-1]
    assert isinstance(last, Staged)
    return last


def reports(told: Iterator[Step | tuple[Report, ...]]) -> tuple[Report, ...]:
    last = list(told)[-1]
    assert isinstance(last, tuple)
    return last


def test_files_go_from_the_page_through_a_decision_into_the_home(desk: Desk, tmp_path: Path) -> None:
    staged = read(desk, Staged(), dropped(tmp_path, ("a.txt", OLD), ("b.exe", "x")))
    assert not list((tmp_path / "gradio").rglob("*.*"))
    assert [report.outcome for report in staged.reports] == ["added", "refused"]
    assert desk.held() == {}

    told = reports(desk.add(staged, "ask"))
    assert [report.outcome for report in told] == ["added", "refused"]
    assert list(desk.held()) == ["a"]
    left = staged.left_after(told)
    assert left == Staged()
    assert staged.folder is not None
    assert not staged.folder.exists()

    again = read(desk, left, dropped(tmp_path / "2", ("n.txt", NEW), ("o.txt", OLD)))
    assert [report.outcome for report in again.reports] == ["offered", "same"]
    waiting = again.left_after(reports(desk.add(again, "ask")))
    assert [path.name for path in waiting.paths] == ["n.txt"]
    assert waiting.has("offered")
    assert waiting.left_after(reports(desk.add(waiting, "version"))) == Staged()
    assert list(desk.held()) == ["a", "a@1"]
    assert "2026年3月底" in desk.held()["a"].text

    list(desk.remove("a"))
    assert desk.held() == {}


def test_more_files_can_be_dropped_to_those_that_wait(desk: Desk, tmp_path: Path) -> None:
    first = read(desk, Staged(), dropped(tmp_path, ("a.txt", OLD)))
    both = read(desk, first, dropped(tmp_path / "2", ("a.txt", NEW)))
    assert len(both.paths) == len(both.reports) == 2
    left = both.left_after([both.reports[0], replace(both.reports[1], outcome="offered")])
    both = read(desk, left, dropped(tmp_path / "3", ("a.txt", OLD)))
    assert [path.read_text("utf-8") for path in both.paths] == [NEW, OLD]
    both.let_go()
    assert both.folder is not None
    assert not both.folder.exists()


def test_a_file_that_is_gone_is_told_in_one_line(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(OSError) as gone:  # noqa: PT011 -- any
        list(desk.read(Staged(), [str(tmp_path / "none.txt")]))
    assert in_one_line(gone.value) == "上传的文件已经不在了，请重新选择"


def test_the_validity_is_put_down(desk: Desk, tmp_path: Path) -> None:
    reports(desk.add(read(desk, Staged(), dropped(tmp_path, ("a.txt", OLD))), "ask"))
    said = desk.say("a", "repealed", "", "2025-06-01", None)
    assert (said.status, said.until) == ("repealed", "2025-06-01")
    with pytest.raises(BadFilterError, match="2024-12-31"):
        desk.say("a", None, "someday", "", None)
    with pytest.raises(BadFilterError):
        desk.say("a", None, "2025-06-02", "2025-06-01", None)
    with pytest.raises(UnknownDocumentError):
        desk.say("none", "repealed", "", "", None)
    assert desk.held()["a"].status == "repealed"


def test_a_deed_tells_how_far_it_is_and_what_went_wrong() -> None:
    seen = threading.Event()

    def count(progress: Progress) -> int:
        progress("reading", 1, 2)
        assert seen.wait(10)
        return 7

    last: Step | int | None = None
    for last in in_steps(count):
        if last == Step("reading", 1, 2):
            seen.set()
    assert seen.is_set()
    assert last == 7

    def fail(_progress: object) -> int:
        raise HomeLockedError("home is being written")

    with pytest.raises(HomeLockedError):
        list(in_steps(fail))


def test_only_who_may_change_documents_is_let(desk: Desk) -> None:
    assert desk.refusal(HERE_CALLER, "") == ""
    assert "YIJU_ADMIN_KEY" in desk.refusal(THERE, "")
    keyed = Desk(desk.opening, Gate(Admin(KEY)))
    assert keyed.refusal(HERE_CALLER, "") == "需要管理密钥"
    assert keyed.refusal(THERE, "wrong") == "管理密钥不对"
    assert keyed.refusal(THERE, KEY) == ""


def test_files_may_be_put_down_for_a_while_after_the_key() -> None:
    now = [0.0]
    gate = Gate(Admin(KEY), lambda: now[0])
    with pytest.raises(ProblemError):
        gate.check_files(THERE)
    gate.check(THERE, KEY)
    gate.check_files(THERE)
    with pytest.raises(ProblemError):
        gate.check_files(Caller("10.9.9.9", {}))
    now[0] = KEY_LASTS + 1
    with pytest.raises(ProblemError):
        gate.check_files(THERE)


@pytest.mark.parametrize(
    ("admin", "caller", "expected"),
    [
        (LOCAL, "127.0.0.1", 200),
        (LOCAL, "10.1.2.3", 403),
        (Admin(), "127.0.0.1", 403),
        (Admin(KEY), "127.0.0.1", 401),
    ],
)
def test_nobody_else_fills_the_disk(
    assistant: Assistant,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    admin: Admin,
    caller: str,
    expected: int,
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))

    async def built() -> FastAPI:
        return create_app(assistant, admin)

    with TestClient(asyncio.run(built()), base_url=HERE, client=(caller, 50_000)) as client:
        content = b"x" * (2 * LARGEST_BODY)
        sent = client.post("/gradio_api/upload", files={"files": ("a.txt", content)})
        assert sent.status_code == expected
        assert any(tmp_path.rglob("a.txt")) == (expected == 200)
        large = client.post(
            "/gradio_api/upload", headers={"Content-Length": str(LARGEST_UPLOAD + 1)}, content=b""
        )
        assert large.status_code == (413 if expected == 200 else expected)
        assert client.get("/").status_code == 200


def test_what_was_put_down_goes_with_the_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv(FOLDER, raising=False)
    with own_uploads():
        folder = Path(os.environ[FOLDER])
        (folder / "a.txt").write_text("x")
    assert not folder.exists()
    assert FOLDER not in os.environ


def test_words_of_files_stay_words() -> None:
    document = replace(
        DOCUMENT,
        title=HOSTILE,
        number=HOSTILE,
        place=HOSTILE,
        source_name=HOSTILE,
        flaws=(Flaw("no_number", HOSTILE),),
    )
    report = Report(HOSTILE, "offered", document, 3, "demo", HOSTILE, HOSTILE)
    pages = (
        view.reports_table([report], view.BEFORE), view.outline(document), view.held_table([document]),
        view.trouble(HOSTILE), view.done(HOSTILE), view.asking(HOSTILE), view.working(HOSTILE, 1, 2),
    )  # fmt: skip
    for html in pages:
        assert "<img" not in html
        assert "<script" not in html
        assert "&lt;img" in html


def test_the_list_shows_current_versions_and_is_searched() -> None:
    new, old = replace(DOCUMENT, version=2), replace(DOCUMENT, id="demo@1", status="superseded")
    other = replace(DOCUMENT, id="other", title="另一份通知", number="样〔2024〕9号", status="repealed")
    html = view.held_table([new, old, other])
    assert html.count("<tr>") == 3
    assert "另有旧版 1 份" in html
    assert "已废止" in html
    assert view.held_table([new, old, other], "另一份 9号").count("<tr>") == 2
    assert "没有符合的文件" in view.held_table([new, old, other], "没有的词")
    assert "还没有文件" in view.held_table([])
