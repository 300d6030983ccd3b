"""An index that grew is, byte for byte, the one that is built from nothing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.document import Document
from corpus.holding import Holding
from corpus.tasks import tasks
from index.build import IndexSettings, build
from index.counts import GONE, TermCounts
from index.dense import DenseSettings
from index.lexical import LexicalSettings
from index.passages import PassageSettings
from index.snapshot import MANIFEST, Snapshot
from index.swap import current
from tests.index.sample import HashEncoder, Part, document, notice, plan

WORDS = ("一、每月检查燃气。\n", "二、每年检查电梯。\n", "三、2024年底前完成“瓶改管”。\n", "LPG gas\n", "\n")
GRAPHED = IndexSettings(dense=DenseSettings(flat_limit=1))


@dataclass(frozen=True)
class CountingEncoder(HashEncoder):
    """Remembers what it was asked to encode."""

    seen: list[str] = field(default_factory=list)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen.extend(texts)
        return HashEncoder.encode_passages(self, texts)


def described(home: Path) -> dict[str, Any]:
    """The manifest, with every file's SHA-256 in it, the time aside."""
    values: dict[str, Any] = json.loads((current(home) / MANIFEST).read_text("utf-8"))
    return {**values, "created": None}


some_document = st.builds(
    document,
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from(["关于燃气的通知", "关于电梯的通知"]),
    st.lists(st.sampled_from(WORDS).map(Part), max_size=4),
)
with_tasks = some_document.map(lambda one: replace(one, tasks=tasks(one)))
libraries = st.lists(some_document | with_tasks, max_size=4, unique_by=lambda one: one.id)


@settings(max_examples=25, deadline=None)
@given(st.lists(libraries, min_size=1, max_size=4), st.sampled_from([IndexSettings(), GRAPHED]))
def test_any_sequence_of_changes_ends_as_a_build_from_nothing(
    states: list[list[Document]], chosen: IndexSettings
) -> None:
    with TemporaryDirectory() as folder:
        grown, anew = Path(folder) / "grown", Path(folder) / "anew"
        snapshot: Snapshot | None = None
        for documents in states:
            snapshot = build(grown, documents, HashEncoder(), chosen, previous=snapshot)
        build(anew, states[-1], HashEncoder(), chosen)
        assert described(grown) == described(anew)
        assert snapshot is not None
        assert list(snapshot.documents.values()) == states[-1]


def test_only_new_words_are_encoded(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    first = build(tmp_path, [plan()], encoder)
    encoder.seen.clear()
    second = build(tmp_path, [plan(), notice()], encoder, previous=first)
    assert [text.split("\n")[1] for text in encoder.seen] == ["各乡镇：每月检查燃气管道。"]
    encoder.seen.clear()
    old = replace(document("notice@1", notice().title, [Part(notice().text)]), version=1)
    build(tmp_path, [old, plan()], encoder, previous=second)
    assert encoder.seen == []


@pytest.mark.parametrize(
    ("encoder", "chosen"),
    [
        (HashEncoder(fingerprint="another"), IndexSettings()),
        (HashEncoder(dimension=8), IndexSettings()),
        (HashEncoder(), IndexSettings(passages=PassageSettings(max_characters=50))),
        (HashEncoder(), IndexSettings(lexical=LexicalSettings(k1=2.0))),
    ],
)
def test_nothing_is_taken_from_another_model_or_other_settings(
    encoder: HashEncoder, chosen: IndexSettings, tmp_path: Path
) -> None:
    counting = CountingEncoder(fingerprint=encoder.fingerprint, dimension=encoder.dimension)
    before = build(tmp_path / "grown", [plan()], HashEncoder())
    build(tmp_path / "grown", [plan()], counting, chosen, previous=before)
    build(tmp_path / "anew", [plan()], encoder, chosen)
    assert len(counting.seen) == 4
    assert described(tmp_path / "grown") == described(tmp_path / "anew")


def test_what_both_snapshots_hold_is_held_once(tmp_path: Path) -> None:
    before = build(tmp_path, [plan()], HashEncoder())
    after = build(tmp_path, [notice(), plan()], HashEncoder(), previous=before)
    assert after.documents["plan"] is before.documents["plan"]
    again = Snapshot.load(tmp_path, previous=after)
    assert again.documents["notice"] is after.documents["notice"]
    assert Snapshot.load(tmp_path).documents["plan"] is not before.documents["plan"]


def test_the_words_of_a_removed_document_are_in_no_file(tmp_path: Path) -> None:
    before = build(tmp_path, [plan(), notice()], HashEncoder())
    build(tmp_path, [plan()], HashEncoder(), previous=before)
    files = [path for path in current(tmp_path).rglob("*") if path.is_file()]
    assert any("瓶改管".encode() in path.read_bytes() for path in files)
    assert not any("各乡镇".encode() in path.read_bytes() for path in files)
    assert not any("各乡".encode() in path.read_bytes() for path in files)


def test_the_holdings_come_back(tmp_path: Path) -> None:
    holdings = (
        Holding("plan", "plan~0123456789ab.txt", "方案.txt", "0" * 64, status="repealed", since="2024-01-01"),
        Holding("plan@1", "plan~ba9876543210.txt", "旧.txt", "1" * 64, replaced_by="plan"),
    )
    assert build(tmp_path, [plan()], HashEncoder(), holdings=holdings).holdings == holdings
    assert Snapshot.load(tmp_path).holdings == holdings


def test_a_new_snapshot_is_handed_out_while_the_one_before_is_current(tmp_path: Path) -> None:
    before = build(tmp_path, [plan()], HashEncoder())
    told: list[tuple[str, str]] = []
    after = build(
        tmp_path,
        [notice()],
        HashEncoder(),
        previous=before,
        before_swap=lambda made: told.append((made.name, current(tmp_path).name)),
    )
    assert told == [(after.name, before.name)]
    assert current(tmp_path).name == after.name


def test_what_cannot_be_prepared_is_not_swapped_in(tmp_path: Path) -> None:
    def refuse(made: Snapshot) -> None:
        raise RuntimeError(made.name)

    before = build(tmp_path, [plan()], HashEncoder())
    with pytest.raises(RuntimeError):
        build(tmp_path, [notice()], HashEncoder(), before_swap=refuse)
    assert current(tmp_path).name == before.name
    assert [path.name for path in (tmp_path / "snapshots").iterdir() if path.is_dir()] == [before.name]


passages = st.lists(st.lists(st.sampled_from("安全生产责任"), max_size=5), max_size=5)


@given(passages, passages, st.randoms(use_true_random=False))
def test_joined_counts_are_counted_ones(one: list[list[str]], other: list[list[str]], random: Any) -> None:
    """Whatever is left out, and in whatever order the rest stands."""
    kept = list(enumerate([*one, *other]))
    random.shuffle(kept)
    kept = kept[: random.randint(0, len(kept))]
    places = np.full(len(one) + len(other), GONE, dtype=np.int32)
    places[[number for number, _ in kept]] = np.arange(len(kept))
    joined = TermCounts.joined(
        [(TermCounts.of(one), places[: len(one)]), (TermCounts.of(other), places[len(one) :])], len(kept)
    )
    counted = TermCounts.of([part for _, part in kept])
    assert list(joined.vocabulary.items()) == list(counted.vocabulary.items())
    assert joined.size == counted.size
    for name in ("counts", "indices", "indptr"):
        one_array, other_array = getattr(joined, name), getattr(counted, name)
        assert one_array.dtype == other_array.dtype
        np.testing.assert_array_equal(one_array, other_array)
