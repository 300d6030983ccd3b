"""What is wrong with a home is told, and put right where it can be."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.holding import Holding
from corpus.versions import current_id
from index.build import build
from index.errors import HomeLockedError
from index.lock import OWNER, Owner
from index.snapshot import MANIFEST, Snapshot
from index.swap import CURRENT, SNAPSHOTS, UNFINISHED, current, writing
from rag.doctor import examine, mend
from rag.finding import Finding
from rag.home import DOCUMENTS, Home
from tests.index.sample import HashEncoder
from tests.index.test_writing import mounted, other_writer

ENCODER = HashEncoder()
GAS = "关于燃气的通知\n\n各单位：\n\n一、2024年底前完成“瓶改管”。\n\n二、每月检查一次。\n"
LIFT = "关于电梯的通知\n\n各单位：\n\n一、2025年底前完成电梯改造。\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of two changes: gas, then lift beside it."""
    folder = tmp_path_factory.mktemp("made")
    home = Home(folder / "home", ENCODER)
    home.open_or_create(empty=True)
    for name, text in (("gas", GAS), ("lift", LIFT)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        home.add([folder / f"{name}.txt"])
    return home.path


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def kinds(findings: tuple[Finding, ...]) -> list[str]:
    for finding in findings:
        assert "\n" not in finding.message
        assert any("\u4e00" <= character <= "\u9fff" for character in finding.message_zh)
    return [finding.kind for finding in findings]


def held(home: Path) -> list[str]:
    return sorted(Snapshot.load(home, ENCODER.fingerprint, ENCODER.dimension).documents)


def source(home: Path, document_id: str) -> Path:
    return Home(home, ENCODER).source_path(document_id)


def previous(home: Path) -> Path:
    [folder] = [path for path in (home / SNAPSHOTS).iterdir() if path.is_dir() and path != current(home)]
    return folder


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def test_a_sound_home_has_no_findings(home: Path) -> None:
    assert examine(home, ENCODER) == ()
    mended = mend(home, ENCODER)
    assert (mended.done, mended.left) == ((), ())
    assert len([path for path in (home / SNAPSHOTS).iterdir() if path.is_dir()]) == 2


DAMAGE: dict[str, Callable[[Path], object]] = {
    "damaged": lambda home: spoil(current(home) / "documents.jsonl"),
    "pointer": lambda home: (home / CURRENT).write_text("../gone", encoding="utf-8"),
    "no_index": lambda home: (home / CURRENT).unlink(),
    "format": lambda home: rename_format(home),
}


def rename_format(home: Path) -> None:
    """As older code would have written it."""
    values = json.loads((current(home) / MANIFEST).read_text("utf-8"))
    (current(home) / MANIFEST).write_text(json.dumps({**values, "format": 1}), encoding="utf-8")


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_useless_index_is_made_anew_and_nothing_is_lost(kind: str, home: Path) -> None:
    before = Snapshot.load(home).holdings
    DAMAGE[kind](home)
    assert kind in kinds(examine(home, ENCODER))
    mended = mend(home, ENCODER)
    assert mended.left == ()
    assert kind in kinds(mended.done)
    assert held(home) == ["gas", "lift"]
    assert Snapshot.load(home).holdings == before


def test_an_index_of_another_model_is_made_anew(home: Path) -> None:
    other = HashEncoder(name="other", fingerprint="other")
    assert kinds(examine(home, other)) == ["model"]
    assert mend(home, other).left == ()
    assert Snapshot.load(home).manifest.encoder == "other"


def test_a_damaged_index_without_its_files_goes_back(home: Path) -> None:
    spoil(current(home) / "dense" / "vectors.npy")
    source(home, "lift").unlink()
    mended = mend(home, ENCODER)
    assert mended.left == ()
    assert held(home) == ["gas"]


def test_lost_holdings_come_back_from_the_snapshot_before(home: Path) -> None:
    spoil(current(home) / "holdings.json")
    shutil.rmtree(current(home) / "dense")
    assert kinds(examine(home, ENCODER))[0] == "damaged"
    assert mend(home, ENCODER).left == ()
    assert "gas" in held(home)


def test_all_lost_but_a_file_is_told_and_nothing_is_thrown_away(home: Path) -> None:
    spoil(current(home) / "dense" / "vectors.npy")
    spoil(previous(home) / "dense" / "vectors.npy")
    source(home, "lift").unlink()
    mended = mend(home, ENCODER)
    assert kinds(mended.left) == ["damaged", "missing_file"]
    assert source(home, "gas").is_file()
    assert len([path for path in (home / SNAPSHOTS).iterdir() if path.is_dir()]) == 2


def test_files_lost_changed_and_put_there_by_hand_are_told(home: Path) -> None:
    source(home, "gas").unlink()
    spoil(source(home, "lift"))
    (home / DOCUMENTS / "letter.txt").write_text("亲爱的", encoding="utf-8")
    name = current(home).name
    found = examine(home, ENCODER)
    assert kinds(found) == ["missing_file", "changed_file", "unknown_file"]
    assert not any(finding.mendable for finding in found)
    assert mend(home, ENCODER).left == found
    assert (current(home).name, (home / DOCUMENTS / "letter.txt").exists()) == (name, True)


def test_what_killed_writers_left_is_removed(home: Path) -> None:
    (home / SNAPSHOTS / UNFINISHED).mkdir()
    shutil.copytree(current(home), home / SNAPSHOTS / "20200101T000000-0123456789abcdef")
    (home / f"{CURRENT}{UNFINISHED}").write_text("x", encoding="utf-8")
    (home / SNAPSHOTS / OWNER).write_text('{"pid": 1, "host": "h", "since": "2024-01-01"}', encoding="utf-8")
    assert Owner.read(home / SNAPSHOTS) is not None
    stray = home / DOCUMENTS / "old~0123456789ab.txt"
    stray.write_text("旧", encoding="utf-8")
    assert kinds(examine(home, ENCODER)) == ["leftover"] * 5
    assert mend(home, ENCODER).left == ()
    assert not stray.exists()
    assert held(home) == ["gas", "lift"]
    assert source(home, "gas").is_file()


def test_a_writer_at_work_is_told_and_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with other_writer(home) as process:
        (home / SNAPSHOTS / UNFINISHED).mkdir()
        [finding] = examine(home, ENCODER)
        assert finding.kind == "locked"
        assert str(process.pid) in finding.message
        spoil(current(home) / "documents.jsonl")
        monkeypatch.setattr("rag.doctor.PATIENCE", 0.0)
        with pytest.raises(HomeLockedError, match=str(process.pid)):
            mend(home, ENCODER)
    assert (home / SNAPSHOTS / UNFINISHED).exists()


def test_versions_that_do_not_fit_are_told(home: Path) -> None:
    snapshot = Snapshot.load(home)
    gas, lift = snapshot.holdings
    wrong: list[tuple[Holding, ...]] = [
        (replace(gas, replaced_by="nothing"), lift),
        (gas, lift, replace(lift, id="lift@3", version=3)),
        (gas, replace(lift, id="lift@1")),
        (gas, replace(lift, version=9), replace(lift, id="lift@1", version=2)),
    ]
    for holdings in wrong:
        texts = [replace(snapshot.documents[current_id(one.id)], id=one.id) for one in holdings]
        build(home, texts, ENCODER, holdings=holdings)
        assert kinds(examine(home, ENCODER)) == ["version"]
        assert kinds(mend(home, ENCODER).left) == ["version"]


def test_an_index_of_other_texts_than_listed_is_made_anew(home: Path) -> None:
    snapshot = Snapshot.load(home)
    build(home, [snapshot.documents["gas"]], ENCODER, holdings=snapshot.holdings)
    assert kinds(examine(home, ENCODER)) == ["not_of_the_files"]
    assert mend(home, ENCODER).left == ()
    assert held(home) == ["gas", "lift"]


def test_no_home_is_told_and_not_made(tmp_path: Path) -> None:
    found = examine(tmp_path / "home", ENCODER)
    assert kinds(found) == ["no_index"]
    assert mend(tmp_path / "home", ENCODER).left == found
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(shutil.which("mount") is None or os.getuid() != 0, reason="only root mounts")
def test_a_read_only_home_is_examined_too(home: Path, tmp_path: Path) -> None:
    spoil(source(home, "gas"))
    with mounted(tmp_path / "disk", "size=64m") as disk:
        shutil.copytree(home, disk / "home")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert kinds(examine(disk / "home", ENCODER)) == ["changed_file"]
        assert kinds(mend(disk / "home", ENCODER).left) == ["changed_file"]


def test_mending_waits_for_no_lock_of_its_own(home: Path) -> None:
    spoil(current(home) / "documents.jsonl")
    with writing(home):
        assert mend(home, ENCODER).left == ()
