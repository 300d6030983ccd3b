import hashlib
import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.snapshot as snapshot_module
from corpus.document import Document
from corpus.library import read_document, shipped_documents
from index.build import IndexSettings, build
from index.dense import DenseIndex, DenseSettings
from index.errors import HomeWriteError, SnapshotError, SnapshotMissingError
from index.held import Held
from index.lexical import LexicalIndex
from index.manifest import FORMAT, Manifest, corpus_hash
from index.passages import PassageSettings, passages
from index.records import document_of, document_record, passage_of, passage_record
from index.snapshot import MANIFEST, Snapshot, write
from index.swap import CURRENT, SNAPSHOTS, UNFINISHED, current, make_current, new_snapshot
from tests.index.sample import HashEncoder, Part, document, notice, plan

FILES = [
    "documents.jsonl",
    "holdings.json",
    "lexical/counts.npy",
    "lexical/data.npy",
    "lexical/indices.npy",
    "lexical/indptr.npy",
    "lexical/lexical.json",
    "dense/vectors.npy",
    "dense/hnsw.faiss",
    MANIFEST,
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build(home, [plan(), notice()], HashEncoder(), IndexSettings(dense=DenseSettings(flat_limit=1)))
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A home of its own with a sound snapshot, a graph included."""
    return Path(shutil.copytree(built, tmp_path / "home"))


def refused(home: Path, fingerprint: str | None = None, dimension: int | None = None) -> str:
    """The one line with which the home's snapshot is refused."""
    with pytest.raises(SnapshotError) as refusal:
        Snapshot.load(home, fingerprint, dimension)
    line = str(refusal.value)
    assert "\n" not in line
    assert line.endswith(f"mend it with: yiju rebuild --home {home}")
    return line


def test_what_is_loaded_equals_what_was_written(home: Path) -> None:
    loaded = Snapshot.load(home, HashEncoder().fingerprint, HashEncoder().dimension)
    assert list(loaded.documents.values()) == [plan(), notice()]
    cut = [passage for one in (plan(), notice()) for passage in passages(one, PassageSettings())]
    assert list(loaded.passages) == cut
    assert loaded.vectors.shape == (len(loaded.passages), 16)
    assert loaded.manifest.encoder == "hash"
    assert loaded.manifest.corpus == corpus_hash([notice(), plan()])
    assert sorted(loaded.manifest.files) == sorted(set(FILES) - {MANIFEST})


any_part = st.builds(Part, words=st.text(max_size=30), inherited=st.sampled_from(["", "打非治违"]))


def test_the_shipped_documents_come_back_whole(tmp_path: Path) -> None:
    shipped = [read_document(path) for path in shipped_documents()]
    loaded = build(tmp_path, shipped, HashEncoder())
    assert list(loaded.documents.values()) == shipped
    assert {passage.document_id for passage in loaded.passages} == {one.id for one in shipped}
    for passage in loaded.passages:
        clause = loaded.documents[passage.document_id].clause(passage.clause_id)
        assert clause.start <= passage.start < passage.end <= clause.end


@given(
    st.lists(any_part, max_size=5),
    st.sampled_from([None, (2024, 2026)]),
    st.sampled_from([None, "示范县"]),
)
def test_any_document_comes_back_from_its_record(
    parts: list[Part], years: tuple[int, int] | None, place: str | None
) -> None:
    held = replace(document("d", "题", parts), years=years, place=place)
    assert document_of(json.loads(json.dumps(document_record(held)))) == held
    for passage in passages(held, PassageSettings()):
        assert passage_of(json.loads(json.dumps(passage_record(passage)))) == passage


@pytest.mark.parametrize(
    "other",
    [
        replace(plan(), id="other"),
        replace(plan(), digest="0"),
        replace(plan(), place=None),
        replace(plan(), status="repealed"),
        replace(plan(), clauses=plan().clauses[1:]),
    ],
)
def test_the_corpus_hash_changes_with_what_is_held(other: Document) -> None:
    assert corpus_hash([other]) != corpus_hash([plan()])


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_is_refused(home: Path, name: str) -> None:
    path = current(home) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert "damaged" in refused(home)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_refused(home: Path, name: str) -> None:
    (current(home) / name).unlink()
    assert Path(name).name in refused(home)


@pytest.mark.parametrize("name", FILES)
def test_a_cut_file_is_refused(home: Path, name: str) -> None:
    path = current(home) / name
    path.write_bytes(path.read_bytes()[:-1])
    assert "damaged" in refused(home)


def test_another_model_is_refused(home: Path) -> None:
    assert "embedding model hash-1, expected other" in refused(home, fingerprint="other")
    assert "dimension 16, expected 32" in refused(home, dimension=32)


def test_names_tell_which_snapshot_is_the_newest(tmp_path: Path) -> None:
    names = [build(tmp_path, [notice()], HashEncoder()).name for _ in range(6)]
    assert names == sorted(names)


def rewrite_manifest(home: Path, values: dict[str, object]) -> None:
    """Put other values into the manifest, under the name that goes with them."""
    folder = current(home)
    text = json.dumps(values)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    name = f"20240101T000000-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    folder.rename(folder.parent / name)
    (home / CURRENT).write_text(name, encoding="utf-8")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("format", 0, "format 0, expected"),
        ("terms", 0, "terms version 0, expected"),
        ("metric", "L2", "metric L2, expected inner product"),
    ],
)
def test_what_other_code_wrote_is_refused(home: Path, field: str, value: object, said: str) -> None:
    written = json.loads((current(home) / MANIFEST).read_text("utf-8"))
    rewrite_manifest(home, {**written, field: value})
    assert said in refused(home)


def test_a_manifest_of_unknown_fields_is_refused(home: Path) -> None:
    rewrite_manifest(home, {"format": FORMAT, "surprise": 1})
    assert "cannot be read" in refused(home)


@pytest.mark.parametrize("name", ["", "nowhere", "../..", "\udcff"])
def test_a_damaged_pointer_is_refused(home: Path, name: str) -> None:
    (home / CURRENT).write_bytes(name.encode("utf-8", "surrogateescape"))
    refused(home)


def test_a_home_without_an_index_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissingError, match="holds no index yet; mend it with: yiju rebuild"):
        Snapshot.load(tmp_path / "home")


@dataclass(frozen=True, eq=False)
class DyingIndex(LexicalIndex):
    """Dies half-way through being written."""

    def save(self, folder: Path) -> None:
        super().save(folder)
        raise OSError(28, "No space left on device")


def write_plan(home: Path, lexical: LexicalIndex) -> str:
    with new_snapshot(home) as unfinished:
        folder = write(
            unfinished,
            held=[Held.of(plan(), ())],
            lexical=lexical,
            dense=DenseIndex.build(np.zeros((0, 16), dtype=np.float32)),
            encoder_name="hash",
            encoder_fingerprint="hash-1",
            settings={},
        )
        make_current(home, folder.name)
    return folder.name


def test_a_writer_that_fails_leaves_the_current_snapshot_and_nothing_else(home: Path) -> None:
    before = Snapshot.load(home)
    sound = LexicalIndex.build([])
    dying = DyingIndex(**{name: getattr(sound, name) for name in sound.__dataclass_fields__})
    with pytest.raises(HomeWriteError, match="No space left on device"):
        write_plan(home, dying)
    assert [path.name for path in (home / SNAPSHOTS).iterdir() if path.is_dir()] == [before.name]
    assert Snapshot.load(home).name == before.name
    (home / SNAPSHOTS / UNFINISHED).mkdir()  # as one that was killed leaves it
    after = write_plan(home, sound)
    assert not (home / SNAPSHOTS / UNFINISHED).exists()
    assert Snapshot.load(home).name == after
    assert list(Snapshot.load(home).documents) == ["plan"]


def test_the_snapshot_before_is_kept_and_older_ones_go(home: Path) -> None:
    names = [current(home).name, *(write_plan(home, LexicalIndex.build([])) for _ in range(3))]
    assert len(set(names)) == 4
    kept = {path.name for path in (home / SNAPSHOTS).iterdir() if path.is_dir()}
    assert kept == set(names[-2:])


def test_an_open_snapshot_goes_on_answering_after_it_is_gone(home: Path) -> None:
    held = Snapshot.load(home)
    scores = held.lexical.scores({"燃": 1.0}).tolist()
    for _ in range(3):
        write_plan(home, LexicalIndex.build([]))
    assert not (home / SNAPSHOTS / held.name).exists()
    assert held.lexical.scores({"燃": 1.0}).tolist() == scores
    assert max(scores) > 0


def test_a_reader_that_two_swaps_overtake_gets_the_newest(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The snapshot that is being loaded is gone before all of it is read."""
    verify = snapshot_module._verify
    names: list[str] = []

    def overtaken(where: Path, folder: Path, manifest: Manifest) -> None:
        if not names:
            names.extend(write_plan(home, LexicalIndex.build([])) for _ in range(2))
            assert not folder.exists()
        verify(where, folder, manifest)

    monkeypatch.setattr(snapshot_module, "_verify", overtaken)
    assert Snapshot.load(home).name == names[-1]
