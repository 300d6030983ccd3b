import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.build import IndexSettings, build
from index.dense import DenseSettings
from index.errors import EncoderError, HomeWriteError
from index.passages import PassageSettings, passages
from index.snapshot import MANIFEST
from index.swap import CURRENT, SNAPSHOTS, current
from index.terms import terms
from tests.index.sample import HashEncoder, notice, plan

DOCUMENTS = [plan(), notice()]


@dataclass(frozen=True)
class StretchedEncoder(HashEncoder):
    """Vectors of length 2."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return 2 * HashEncoder.encode_passages(self, texts)


@dataclass(frozen=True)
class NarrowEncoder(HashEncoder):
    """Vectors narrower than it says."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return HashEncoder.encode_passages(self, texts)[:, :-1]


@dataclass(frozen=True)
class SpeechlessEncoder(HashEncoder):
    """Knows no word."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


@dataclass(frozen=True)
class BrokenEncoder(HashEncoder):
    """Dies on its first batch."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise MemoryError


def test_every_passage_is_indexed_with_its_terms_and_vector(tmp_path: Path) -> None:
    snapshot = build(tmp_path, DOCUMENTS, HashEncoder())
    expected = [passage for one in DOCUMENTS for passage in passages(one, PassageSettings())]
    assert list(snapshot.passages) == expected
    texts = [passage.indexed(snapshot.documents[passage.document_id]) for passage in expected]
    np.testing.assert_array_equal(snapshot.vectors, HashEncoder().encode_passages(texts))
    assert snapshot.lexical.document_frequency("燃气") == sum("燃气" in terms(text) for text in texts)
    best = int(np.argmax(snapshot.lexical.scores(dict.fromkeys(terms("瓶改管"), 1.0))))
    assert snapshot.passages[best].clause_id == "plan#2"


def test_the_same_documents_and_encoder_make_the_same_files(tmp_path: Path) -> None:
    settings = IndexSettings(dense=DenseSettings(flat_limit=1))
    build(tmp_path / "one", DOCUMENTS, HashEncoder(), settings)
    build(tmp_path / "two", DOCUMENTS, HashEncoder(), settings)
    one, two = (
        json.loads((current(tmp_path / home) / MANIFEST).read_text("utf-8")) for home in ("one", "two")
    )
    assert len(one["files"]) == 9
    assert {**one, "created": None} == {**two, "created": None}


def test_progress_is_told_for_each_stage_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(tmp_path, DOCUMENTS, HashEncoder(), progress=lambda *stage: told.append(stage))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["passages", "terms", "vectors", "snapshot"]
    assert {stage: (done, total) for stage, done, total in told} == {
        "passages": (2, 2),
        "terms": (5, 5),
        "vectors": (5, 5),
        "snapshot": (1, 1),
    }


def test_no_documents_make_an_empty_index(tmp_path: Path) -> None:
    snapshot = build(tmp_path, [], HashEncoder())
    assert (dict(snapshot.documents), snapshot.passages) == ({}, ())
    assert snapshot.lexical.scores({"燃": 1.0}).shape == (0,)
    assert snapshot.dense.scores(HashEncoder().encode_questions(["燃气"])[0]).shape == (0,)


@pytest.mark.parametrize("encoder", [StretchedEncoder(), NarrowEncoder()])
def test_vectors_that_cannot_be_used_are_refused(encoder: HashEncoder, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="choose another model"):
        build(tmp_path, DOCUMENTS, encoder)
    assert not (tmp_path / CURRENT).exists()


def test_a_text_of_no_known_word_is_near_to_nothing(tmp_path: Path) -> None:
    snapshot = build(tmp_path, DOCUMENTS, SpeechlessEncoder())
    assert not snapshot.dense.scores(HashEncoder().encode_passages(["燃气"])[0]).any()


def test_a_build_that_dies_leaves_the_current_snapshot(tmp_path: Path) -> None:
    before = build(tmp_path, [plan()], HashEncoder())
    with pytest.raises(MemoryError):
        build(tmp_path, DOCUMENTS, BrokenEncoder())
    assert current(tmp_path).name == before.name
    assert [path.name for path in (tmp_path / SNAPSHOTS).iterdir() if path.is_dir()] == [before.name]


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2 documents with 1 ids"):
        build(tmp_path, [plan(), plan()], HashEncoder())


def test_a_home_that_cannot_be_written_is_told_before_anything_is_computed(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("kept", encoding="utf-8")
    with pytest.raises(HomeWriteError, match="cannot be written") as refusal:
        build(file / "home", DOCUMENTS, BrokenEncoder())
    assert "\n" not in str(refusal.value)
    assert file.read_text(encoding="utf-8") == "kept"
