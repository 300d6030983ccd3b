import hashlib
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from corpus.library import shipped_documents
from index.errors import SnapshotError, SnapshotMissingError
from index.swap import current
from rag.doctor import examine
from rag.errors import HomeError, UnknownDocumentError
from rag.home import Home
from tests.index.sample import HashEncoder

GAS = "关于燃气的通知\n\n各单位：\n\n一、2024年底前完成“瓶改管”。\n\n二、每月检查一次。\n"
GAS_TEXT = GAS.strip().replace("\n\n", "\n")
TODAY = date(2026, 3, 1)
LIFT = "关于电梯的通知\n\n各单位：\n\n一、2025年底前完成电梯改造。\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", HashEncoder(), today=lambda: TODAY)


@pytest.fixture
def gas(tmp_path: Path) -> Path:
    return written(tmp_path / "gas.txt", GAS)


@pytest.fixture
def lift(tmp_path: Path) -> Path:
    return written(tmp_path / "lift.txt", LIFT)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def held(home: Home) -> list[str]:
    return list(home.open_or_create().documents)


def faults(home: Home) -> list[str]:
    return [finding.message for finding in examine(home.path, home.encoder)]


def test_a_new_home_holds_the_shipped_documents(home: Home) -> None:
    told: list[tuple[str, int, int]] = []
    snapshot = home.open_or_create(progress=lambda *stage: told.append(stage))
    assert sorted(snapshot.documents) == sorted(path.stem for path in shipped_documents())
    assert [document.id for document in home.documents()] == list(snapshot.documents)
    assert told[-1] == ("snapshot", 1, 1)
    assert faults(home) == []


def test_an_empty_folder_is_a_new_home_too(home: Home) -> None:
    home.path.mkdir()
    assert len(home.open_or_create().documents) == len(shipped_documents())


@pytest.mark.parametrize("stage", ["reading", "passages", "vectors"])
def test_a_home_whose_making_was_broken_off_is_made_whole(home: Home, stage: str) -> None:
    def broken_off(now: str, done: int, total: int) -> None:
        if now == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        home.open_or_create(progress=broken_off)
    assert len(held(home)) == len(shipped_documents())
    assert faults(home) == []


def test_an_empty_home_stays_empty(home: Home) -> None:
    assert home.open_or_create(empty=True).passages == ()
    assert held(home) == []
    assert faults(home) == []


def test_a_home_is_opened_not_made_anew(home: Home) -> None:
    name = home.open_or_create(empty=True).name
    assert home.open_or_create().name == name


def test_a_folder_of_other_things_is_left_alone(home: Home) -> None:
    home.path.mkdir()
    written(home.path / "letter.txt", "亲爱的")
    with pytest.raises(SnapshotMissingError, match="holds no index yet"):
        home.open_or_create()
    assert [path.name for path in home.path.iterdir()] == ["letter.txt"]


def test_documents_without_an_index_are_indexed(home: Home, gas: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    shutil.rmtree(home.path / "snapshots")
    (home.path / "current").unlink()
    assert held(home) == ["gas"]


def test_what_is_added_is_held_and_indexed(home: Home, gas: Path, lift: Path) -> None:
    home.open_or_create(empty=True)
    reports = home.add([gas, lift])
    assert [(one.name, one.outcome, one.tasks) for one in reports] == [
        ("gas.txt", "added", 2), ("lift.txt", "added", 1),
    ]  # fmt: skip
    assert [one.document.id for one in reports if one.document] == held(home) == ["gas", "lift"]
    assert home.open_or_create().documents["gas"].title == "关于燃气的通知"
    assert [len(one.tasks or ()) for one in home.documents()] == [2, 1]
    assert home.source_path("gas").read_text(encoding="utf-8") == GAS
    gas.unlink()
    assert "瓶改管" in home.rebuild().documents["gas"].text


def test_one_that_cannot_be_read_is_told_and_the_others_are_held(
    home: Home, gas: Path, lift: Path, tmp_path: Path
) -> None:
    home.open_or_create(empty=True)
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xff\xff\x80")
    missing = tmp_path / "missing.txt"
    reports = home.add([gas, broken, missing, lift])
    assert [one.outcome for one in reports] == ["added", "refused", "refused", "added"]
    assert "broken.txt" in reports[1].message
    assert "missing.txt" in reports[2].message
    assert all("\n" not in one.message + one.message_zh for one in reports)
    assert held(home) == ["gas", "lift"]


def test_nothing_readable_changes_nothing(home: Home, tmp_path: Path) -> None:
    home.open_or_create(empty=True)
    name = current(home.path).name
    assert [one.outcome for one in home.add([tmp_path / "missing.txt"])] == ["refused"]
    assert current(home.path).name == name


def test_folders_and_patterns_stand_for_their_files(
    home: Home, gas: Path, lift: Path, tmp_path: Path
) -> None:
    home.open_or_create(empty=True)
    inner = tmp_path / "in" / "deeper"
    inner.mkdir(parents=True)
    shutil.move(gas, inner)
    written(inner / "picture.bin", "not read")
    written(inner / "~$gas.txt", "left by an editor")
    assert [one.name for one in home.add([tmp_path / "in", tmp_path / "li*.txt"])] == ["gas.txt", "lift.txt"]
    assert held(home) == ["gas", "lift"]


def test_the_same_file_is_held_once(home: Home, gas: Path, tmp_path: Path) -> None:
    home.open_or_create(empty=True)
    twin = written(tmp_path / "twin.txt", GAS)
    told = home.add([gas, twin], same="ask")
    assert [(one.outcome, one.held) for one in told] == [("added", None), ("same", "gas")]
    for same in ("ask", "version", "apart"):
        assert [(one.outcome, one.held) for one in home.add([gas], same=same)] == [("same", "gas")]
    assert held(home) == ["gas"]
    assert [(one.outcome, one.held) for one in home.add([twin])] == [("added", "gas")]
    assert held(home) == ["gas", "twin"]


def test_a_file_without_words_is_refused(home: Home, tmp_path: Path) -> None:
    home.open_or_create(empty=True)
    [report] = home.add([written(tmp_path / "bare.txt", " \n")])
    assert (report.outcome, report.message_zh) == ("refused", "bare.txt 里没有文字")


def test_another_text_of_the_same_file_name_is_held_beside(home: Home, gas: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    written(gas, LIFT)
    [report] = home.add([gas])
    assert report.document is not None
    assert report.document.id == "gas-2"
    assert all(clause.id.startswith("gas-2#") for clause in report.document.clauses)
    assert held(home) == ["gas", "gas-2"]


NEWER = GAS.replace("2024年底前", "2025年6月底前")


def test_a_text_of_the_same_title_is_offered_as_a_new_version(home: Home, gas: Path, tmp_path: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    newer = written(tmp_path / "newer.txt", NEWER)
    name = current(home.path).name
    for reports in (home.preview([newer]), home.add([newer], same="ask")):
        [report] = reports
        assert (report.outcome, report.held) == ("offered", "gas")
        assert "标题" in report.message_zh
    assert (held(home), current(home.path).name) == (["gas"], name)
    [report] = home.add([newer])
    assert (report.outcome, report.held, held(home)) == ("added", "gas", ["gas", "newer"])


@pytest.mark.parametrize("how", ["add", "replace"])
def test_a_new_version_takes_the_place_of_the_old_one(
    home: Home, gas: Path, tmp_path: Path, how: str
) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    old = home.snapshot().documents["gas"]
    newer = written(tmp_path / "newer.txt", NEWER)
    report = home.replace("gas", newer) if how == "replace" else home.add([newer], same="version")[0]
    assert (report.outcome, report.held) == ("replaced", "gas")
    documents = home.snapshot().documents
    assert list(documents) == ["gas", "gas@1"]
    assert (documents["gas"].version, documents["gas"].source_name) == (2, "newer.txt")
    assert [clause.id for clause in documents["gas"].clauses] == [clause.id for clause in old.clauses]
    older = documents["gas@1"]
    assert (older.text, older.status, older.replaced_by) == (GAS_TEXT, "superseded", "gas")
    assert older.until == TODAY.isoformat()
    assert home.source_path("gas@1").read_text(encoding="utf-8") == GAS
    again = home.rebuild().documents
    assert again == documents
    home.remove("gas")
    assert held(home) == []
    assert list((home.path / "documents").iterdir()) == []


def test_what_a_killed_writer_copied_is_not_taken_for_held(home: Home, gas: Path) -> None:
    home.open_or_create(empty=True)
    home.originals.keep(gas, "gas", hashlib.sha256(gas.read_bytes()).hexdigest())
    assert list(home.rebuild().documents) == []
    assert list((home.path / "documents").iterdir()) == []


def test_versions_without_a_record_are_told_by_their_age(home: Home, gas: Path, tmp_path: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    home.replace("gas", written(tmp_path / "newer.txt", NEWER))
    os.utime(home.source_path("gas"), (1, 1))
    shutil.rmtree(home.path / "snapshots")
    documents = home.rebuild().documents
    assert "2025年6月底前" in documents["gas@1"].text
    assert "2024年底前" in documents["gas"].text


def test_a_replacement_that_cannot_be_read_changes_nothing(home: Home, gas: Path, tmp_path: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    assert home.replace("gas", tmp_path / "missing.txt").outcome == "refused"
    with pytest.raises(UnknownDocumentError):
        home.replace("nothing", gas)
    assert home.replace("gas", gas).outcome == "same"
    assert held(home) == ["gas"]


def test_what_is_said_of_a_document_is_kept(home: Home, gas: Path, lift: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas, lift])
    home.say("gas", status="repealed", until="2026-01-01")
    home.say("lift", since="2024-02-01")
    for documents in (home.snapshot().documents, home.rebuild().documents):
        assert (documents["gas"].status, documents["gas"].until) == ("repealed", "2026-01-01")
        assert (documents["lift"].status, documents["lift"].since) == ("in_force", "2024-02-01")
    assert home.say("gas", status="in_force").until is None
    with pytest.raises(UnknownDocumentError):
        home.say("gas", status="superseded", replaced_by="nothing")


def test_what_is_removed_is_gone(home: Home, gas: Path, lift: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas, lift])
    home.remove("gas")
    assert held(home) == ["lift"]
    with pytest.raises(UnknownDocumentError, match="gas"):
        home.source_path("gas")


def test_what_is_not_held_cannot_be_removed(home: Home, gas: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    name = current(home.path).name
    for unknown in ("火星", "", "../gas"):
        with pytest.raises(UnknownDocumentError) as refused:
            home.remove(unknown)
        assert "\n" not in refused.value.message
        assert "没有编号" in refused.value.message_zh
    assert (held(home), current(home.path).name) == (["gas"], name)


def test_a_rebuild_reads_the_files_again(home: Home, gas: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    written(home.source_path("gas"), LIFT)
    [fault] = faults(home)
    assert "'gas' was changed" in fault
    assert home.rebuild().documents["gas"].title == "关于电梯的通知"
    assert faults(home) == []


def test_a_file_put_by_hand_is_told(home: Home, gas: Path) -> None:
    home.open_or_create(empty=True)
    (home.path / "documents").mkdir(exist_ok=True)
    shutil.copy(gas, home.path / "documents" / "gas.txt")  # as a home of an older version holds it
    assert len(faults(home)) == 1
    home.rebuild()
    assert faults(home) == []


def test_a_damaged_index_is_told_in_one_line_and_mended(home: Home, gas: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    damaged = written(min(current(home.path).rglob("*.npy")), "[]")
    [problem] = faults(home)
    assert f"{damaged.name} was changed" in problem
    assert "\n" not in problem
    with pytest.raises(SnapshotError, match="mend it with"):
        home.open_or_create()
    home.rebuild()
    assert faults(home) == []


def test_an_index_of_another_model_is_told(home: Home) -> None:
    home.open_or_create(empty=True)
    [problem] = faults(Home(home.path, HashEncoder(fingerprint="another")))
    assert "model" in problem


def test_a_home_that_is_not_there_is_told_and_not_made(home: Home) -> None:
    assert len(faults(home)) == 1
    assert not home.path.exists()


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    beneath = Home(written(tmp_path / "file", "") / "home", HashEncoder())
    with pytest.raises(HomeError, match=r"cannot be written .*; choose another with --home") as refused:
        beneath.rebuild()
    assert "\n" not in refused.value.message
    assert "不能写入" in refused.value.message_zh


def test_a_home_where_no_snapshot_can_be_put_loses_nothing(home: Home, gas: Path, lift: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    shutil.rmtree(home.path / "snapshots")
    written(home.path / "snapshots", "")
    for change in (lambda: home.add([lift]), lambda: home.remove("gas"), home.rebuild):
        with pytest.raises(HomeError, match="cannot be written"):
            change()
    assert [path.name.partition("~")[0] for path in (home.path / "documents").iterdir()] == ["gas"]
