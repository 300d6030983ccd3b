"""A home comes to another machine in one file, and nothing else comes in by that way."""

import hashlib
import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.snapshot import MANIFEST, Snapshot
from index.swap import SNAPSHOTS, current
from rag.doctor import examine
from rag.errors import HomeError
from rag.home import DOCUMENTS, Home
from rag.moving import export_home, import_home
from rag.parcel import LABEL
from tests.index.sample import HashEncoder

ENCODER = HashEncoder()
GAS = "关于燃气的通知\n\n各单位：\n\n一、2024年底前完成“瓶改管”。\n\n二、每月检查一次。\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    made = Home(folder / "home", ENCODER)
    made.open_or_create(empty=True)
    (folder / "燃气.txt").write_text(GAS, encoding="utf-8")
    made.add([folder / "燃气.txt"])
    return made.path


@pytest.fixture(scope="module")
def packed(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("packed") / "home.zip"
    export_home(home, file)
    return file


def files(home: Path) -> dict[str, bytes]:
    """All that a home is made of."""
    folders = (current(home), home / DOCUMENTS)
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in paths}


def refused(file: Path, target: Path) -> str:
    """The one line with which the file is refused; nothing is left of it."""
    with pytest.raises(HomeError) as error:
        import_home(file, target)
    assert "\n" not in error.value.message
    assert not target.exists()
    assert not [path for path in target.parent.iterdir() if path.name.startswith(".")]
    return error.value.message


def test_what_is_imported_is_what_was_exported_and_opens_at_once(
    home: Path, packed: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "home"
    import_home(packed, target)
    assert files(target) == files(home)
    assert examine(target, ENCODER) == ()
    assert Home(target, ENCODER).open_or_create().name == current(home).name
    Home(target, ENCODER).remove("燃气")
    assert list(Snapshot.load(target).documents) == []
    assert list(Snapshot.load(home).documents) == ["燃气"]


def test_an_empty_folder_is_a_new_home(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    import_home(packed, tmp_path / "home")
    assert examine(tmp_path / "home", ENCODER) == ()


def test_what_is_there_is_never_overwritten(home: Path, packed: Path, tmp_path: Path) -> None:
    before = files(home)
    with pytest.raises(HomeError, match="not empty"):
        import_home(packed, home)
    assert files(home) == before
    taken = tmp_path / "taken.zip"
    taken.write_bytes(b"kept")
    with pytest.raises(HomeError, match="exists already"):
        export_home(home, taken)
    assert taken.read_bytes() == b"kept"


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("geändert", encoding="utf-8")])
def test_a_home_whose_files_are_not_what_they_were_is_not_exported(
    change: Callable[[Path], object], home: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    change(Home(copy, ENCODER).source_path("燃气"))
    with pytest.raises(HomeError, match="yiju doctor") as error:
        export_home(copy, tmp_path / "home.zip")
    assert "\n" not in error.value.message
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_file_that_cannot_be_written_is_told(home: Path, tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="cannot be written"):
        export_home(home, tmp_path / "nowhere" / "home.zip")


def repacked(
    packed: Path, target: Path, change: Callable[[dict[str, Any], dict[str, bytes]], object]
) -> Path:
    """The file with its label and its entries changed."""
    with zipfile.ZipFile(packed) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    label = json.loads(entries.pop(LABEL))
    change(label, entries)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(LABEL, json.dumps(label))
        for name, content in entries.items():
            archive.writestr(name, content)
    return target


def smuggled(name: str) -> Callable[[dict[str, Any], dict[str, bytes]], None]:
    """A further file under that name, which the label lists too."""

    def change(label: dict[str, Any], entries: dict[str, bytes]) -> None:
        entries[name] = b"x"
        label["parts"][name] = {
            "size": 1,
            "digest": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        }

    return change


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "documents/../../evil.txt",
        "/tmp/evil.txt",
        "documents/a/b.txt",
        "documents/..",
        "documents/.hidden",
        "documents/a\\b.txt",
        "documents/c:b.txt",
        "documents/a\x07.txt",
        "snapshots/other-0123/manifest.json",
        "evil.txt",
    ],
)
def test_names_that_no_home_has_are_refused(name: str, packed: Path, tmp_path: Path) -> None:
    file = repacked(packed, tmp_path / "evil.zip", smuggled(name))
    assert "no home has a file" in refused(file, tmp_path / "home")
    assert [path.name for path in tmp_path.iterdir()] == ["evil.zip"]


def lie(part: str, **values: object) -> Callable[[dict[str, Any], dict[str, bytes]], None]:
    """The label says something else of the first part whose name ends so."""

    def change(label: dict[str, Any], entries: dict[str, bytes]) -> None:
        name = next(name for name in entries if name.endswith(part))
        label["parts"][name] |= values

    return change


def swapped(label: dict[str, Any], entries: dict[str, bytes]) -> None:
    name = next(name for name in entries if name.startswith("documents/"))
    entries[name] = entries[name].replace(b"2024", b"2025")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (swapped, "is damaged"),
        (lie("vectors.npy", size=3), "is damaged"),
        (lie("vectors.npy", size=10**18), "has room|MB free"),
        (lie("vectors.npy", size=-1), "is none"),
        (lie("vectors.npy", digest="0"), "is none"),
        (lambda label, entries: entries.popitem(), "other files than its label lists"),
        (lambda label, entries: entries.update(more=b""), "other files than its label lists"),
        (lambda label, entries: label.update(format=2), "format 2, expected 1"),
        (lambda label, entries: label.update(snapshot="../x"), "names no snapshot"),
        (lambda label, entries: label.update(parts=[]), "cannot|no home"),
        (lambda label, entries: label.update(byteorder="middle"), "middle-endian"),
        (
            lambda label, entries: label["parts"].update(
                {"documents/a.txt": {"size": 1, "digest": "0" * 64}}
            ),
            "other files",
        ),
    ],
)
def test_what_is_not_as_its_label_says_is_refused(
    change: Callable[[dict[str, Any], dict[str, bytes]], object], said: str, packed: Path, tmp_path: Path
) -> None:
    line = refused(repacked(packed, tmp_path / "evil.zip", change), tmp_path / "home")
    assert any(words in line for words in said.split("|")), line


def test_a_bomb_is_refused_before_it_is_unpacked(packed: Path, tmp_path: Path) -> None:
    def change(label: dict[str, Any], entries: dict[str, bytes]) -> None:
        entries["documents/bomb.txt"] = bytes(20_000_000)
        label["parts"]["documents/bomb.txt"] = {"size": 20_000_000, "digest": "0" * 64}

    assert "inflates more than" in refused(repacked(packed, tmp_path / "b.zip", change), tmp_path / "home")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x05\x06" + bytes(18), b"no archive", b"PK\x01\x02" * 1_000_001]
)
def test_what_is_no_archive_of_a_home_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.zip").write_bytes(content)
    refused(tmp_path / "file.zip", tmp_path / "home")


def test_a_label_nested_deeply_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "file.zip", "w") as archive:
        archive.writestr(LABEL, "[" * 100_000)
    refused(tmp_path / "file.zip", tmp_path / "home")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "cannot be unpacked" in refused(tmp_path / "nowhere.zip", tmp_path / "home")


def test_an_index_of_another_version_comes_along_to_be_made_anew(
    home: Path, packed: Path, tmp_path: Path
) -> None:
    name = f"snapshots/{current(home).name}/{MANIFEST}"

    def change(label: dict[str, Any], entries: dict[str, bytes]) -> None:
        entries[name] = json.dumps(json.loads(entries[name]) | {"format": 1}).encode()
        label["parts"][name] = {
            "size": len(entries[name]),
            "digest": hashlib.sha256(entries[name]).hexdigest(),
        }

    target = tmp_path / "home"
    import_home(repacked(packed, tmp_path / "old.zip", change), target)
    assert [finding.kind for finding in examine(target, ENCODER)] == ["format"]
    assert list(Home(target, ENCODER).rebuild().documents) == ["燃气"]
    assert examine(target, ENCODER) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_refused_or_harmless(
    place: float, value: int, cut: bool, home: Path, packed: Path, tmp_path: Path
) -> None:
    content = bytearray(packed.read_bytes())
    at = int(place * len(content))
    if cut:
        del content[at:]
    else:
        content[at] = value
    (tmp_path / "file.zip").write_bytes(content)
    target = tmp_path / "home"
    try:
        import_home(tmp_path / "file.zip", target)
    except HomeError as error:
        assert "\n" not in error.message  # noqa: PT017 (either outcome is right)
        assert not target.exists()
    else:
        assert files(target) == files(home)
        shutil.rmtree(target)


def test_the_order_of_bytes_is_said(packed: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        assert json.loads(archive.read(LABEL))["byteorder"] == sys.byteorder
        assert archive.namelist()[0] == LABEL
        assert any(name.startswith(f"{SNAPSHOTS}/") for name in archive.namelist())
