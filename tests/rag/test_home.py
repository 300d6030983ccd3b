import shutil
from pathlib import Path

import pytest

from corpus.errors import CorpusError, HeldError
from corpus.library import shipped_documents
from index.errors import SnapshotError, SnapshotMissingError
from index.swap import current
from rag.errors import HomeError, UnknownDocumentError
from rag.home import Home
from tests.index.sample import HashEncoder

GAS = "关于燃气的通知\n\n各单位：\n\n一、2024年底前完成“瓶改管”。\n\n二、每月检查一次。\n"
LIFT = "关于电梯的通知\n\n各单位：\n\n一、2025年底前完成电梯改造。\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", HashEncoder())


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


def test_a_new_home_holds_the_shipped_documents(home: Home) -> None:
    told: list[tuple[str, int, int]] = []
    snapshot = home.open_or_create(progress=lambda *stage: told.append(stage))
    assert sorted(snapshot.documents) == sorted(path.stem for path in shipped_documents())
    assert [document.id for document in home.documents()] == list(snapshot.documents)
    assert told[-1] == ("snapshot", 1, 1)
    assert home.check() == []


def test_an_empty_folder_is_a_new_home_too(home: Home) -> None:
    home.path.mkdir()
    assert len(home.open_or_create().documents) == len(shipped_documents())


def test_an_empty_home_stays_empty(home: Home) -> None:
    assert home.open_or_create(empty=True).passages == ()
    assert held(home) == []
    assert home.check() == []


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
    assert [document.id for document in home.add([gas, lift])] == ["gas", "lift"]
    assert held(home) == ["gas", "lift"]
    assert home.open_or_create().documents["gas"].title == "关于燃气的通知"
    assert home.source_path("gas").read_text(encoding="utf-8") == GAS
    gas.unlink()
    assert "瓶改管" in home.rebuild().documents["gas"].text


def test_one_that_cannot_be_read_keeps_all_out(home: Home, gas: Path, tmp_path: Path) -> None:
    home.open_or_create(empty=True)
    name = current(home.path).name
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xff\xff\x80")
    with pytest.raises(CorpusError, match="broken"):
        home.add([gas, broken])
    assert (home.documents(), current(home.path).name) == ((), name)


def test_one_already_held_is_not_overwritten(home: Home, gas: Path, lift: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    written(gas, LIFT)
    with pytest.raises(HeldError, match="already held"):
        home.add([lift, gas])
    assert held(home) == ["gas"]
    assert "瓶改管" in home.documents()[0].text


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
    assert home.check() == [
        f"the index of {home.path} is of other documents than it holds; run yiju rebuild --home {home.path}"
    ]
    assert home.rebuild().documents["gas"].title == "关于电梯的通知"
    assert home.check() == []


def test_a_file_put_by_hand_is_told(home: Home, gas: Path) -> None:
    home.open_or_create(empty=True)
    (home.path / "documents").mkdir(exist_ok=True)
    shutil.copy(gas, home.path / "documents" / "gas.txt")
    assert len(home.check()) == 1
    home.rebuild()
    assert home.check() == []


def test_a_damaged_index_is_told_in_one_line_and_mended(home: Home, gas: Path) -> None:
    home.open_or_create(empty=True)
    home.add([gas])
    written(current(home.path) / "passages.json", "[]")
    [problem] = home.check()
    assert "passages.json was changed" in problem
    assert "\n" not in problem
    with pytest.raises(SnapshotError, match="mend it with"):
        home.open_or_create()
    home.rebuild()
    assert home.check() == []


def test_an_index_of_another_model_is_told(home: Home) -> None:
    home.open_or_create(empty=True)
    [problem] = Home(home.path, HashEncoder(fingerprint="another")).check()
    assert "embedding model" in problem


def test_a_home_that_is_not_there_is_told_and_not_made(home: Home) -> None:
    assert len(home.check()) == 1
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
    assert [document.id for document in home.documents()] == ["gas"]
