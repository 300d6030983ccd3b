"""The training package on data small enough to count by hand."""

import json
import lzma
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import BuiltinEncoder
from index.static import Vocabulary
from index.training.data import is_apart, read_material
from index.training.evaluate import Figures, Measure, figures
from index.training.folder import quantise
from index.training.tokenised import Tokenised, count_vocabulary

pytest.importorskip("torch")

from index.training.__main__ import main
from index.training.pairs import Pairs
from index.training.train import CHECKPOINT_FILE, Phase, Recipe, train

# torch calls its compressed sparse matrices a beta; the start vectors need no more of them than a product.
pytestmark = pytest.mark.filterwarnings("ignore:Sparse CSR tensor support is in beta state:UserWarning")

SUBJECTS = ["消防", "燃气", "矿山", "道路", "校园", "林业", "水库", "电梯", "港口", "粮食", "医院", "桥梁"]
DUTIES = ["检查整改隐患", "编制应急预案", "组织教育培训", "上报统计数据"]
SHARES = {
    "laws": 0.3,
    "reports": 0.1,
    "news": 0.1,
    "titles": 0.1,
    "reading": 0.1,
    "words": 0.1,
    "clauses": 0.2,
}
RECIPE = Recipe(
    tokens=500,
    dimension=16,
    widths=(16, 8),
    batch=24,
    seed=5,
    phases=(Phase(2, 0.05, SHARES), Phase(4, 0.05, SHARES, negatives=1, late=4)),
)


def _write(folder: Path, name: str, records: Sequence[object]) -> None:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path = folder / name
    path.write_bytes(lzma.compress(text.encode()) if path.suffix == ".xz" else text.encode())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder: twelve laws of four articles, and questions on each."""
    folder = tmp_path_factory.mktemp("data")
    laws = [
        {
            "law": f"{subject}安全管理条例",
            "article": f"第{number}条",
            "text": f"{subject}单位应当每月{duty}。{subject}管理部门负责监督{duty}的情况。",
        }
        for subject in SUBJECTS
        for number, duty in enumerate(DUTIES)
    ]
    _write(folder, "laws.jsonl.xz", laws)
    for name in ("reports", "news"):
        _write(folder, f"{name}.jsonl.xz", [{"text": law["text"] + "今年继续推进这项工作。"} for law in laws])
    reading = [{"question": f"{law['law']}管什么", "passage": law["text"]} for law in laws]
    _write(folder, "qa.jsonl.xz", reading)
    asked = [{"question": f"谁来{law['text'][:12]}", **law} for law in laws]
    nowhere = {"question": "没有条款回答", "law": None, "article": None, "text": None}
    _write(folder, "questions.jsonl", [*asked, nowhere])
    dictionary = (
        "消防 消防 [xiao1 fang2] /firefighting/fire control/\n滅火 灭火 [mie4 huo3] /to firefighting (old)/\n"
    )
    (folder / "cedict.u8.xz").write_bytes(lzma.compress(f"# head\n{dictionary}".encode()))
    return folder


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float]]:
    out = tmp_path_factory.mktemp("out")
    return out, train(data, out, RECIPE)


def test_the_material_keeps_whole_laws_apart(data: Path) -> None:
    material = read_material(data)
    assert len(material.laws) == len(SUBJECTS) * len(DUTIES)
    assert {one.law for one in material.apart}.isdisjoint(one.law for one in material.clauses)
    assert len(material.apart) + len(material.clauses) == len(material.laws), (
        "a question without a clause is left out"
    )
    assert all(map(is_apart, {one.law for one in material.apart}))


def test_words_of_one_meaning_are_pairs(data: Path) -> None:
    assert read_material(data).words == (
        ("消防", "firefighting"),
        ("消防", "fire control"),
        ("灭火", "firefighting"),
        ("消防", "灭火"),
    )


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"questions\.jsonl .*--data"):
        read_material(tmp_path)


def test_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["training", "--data", str(tmp_path), "--out", str(tmp_path / "out")])
    with pytest.raises(SystemExit):
        main()
    assert "no questions.jsonl in" in capsys.readouterr().err


def test_the_vocabulary_counts_texts_by_weight() -> None:
    assert count_vocabulary([(1, ["消防", "消防消"]), (3, ["水"])], 3).tokens == ("水", "消", "消防")


def test_a_text_is_cut_at_its_sentences() -> None:
    vocabulary = Vocabulary(("甲", "乙", "丙", "甲乙"))
    held = Tokenised.of(["甲乙。丙", "", "丁。丙"], vocabulary)
    assert len(held) == 3
    assert [held.text(number).tolist() for number in range(3)] == [[0, 3, 1, 2], [], [2]]
    assert held.cuts(0).tolist() == [0, 3, 4]


@given(st.lists(st.lists(st.floats(-100, 100, width=32), min_size=4, max_size=4), min_size=1, max_size=5))
def test_bytes_stand_for_vectors_to_half_a_step(rows: list[list[float]]) -> None:
    vectors = np.array(rows, dtype=np.float32)
    codes, scales = quantise(vectors)
    assert np.abs(codes * scales[:, None] - vectors).max() <= scales.max() * 0.51 + np.finfo(np.float32).tiny


def test_a_batch_puts_no_question_against_its_own_text(data: Path) -> None:
    material = read_material(data)
    pairs = Pairs(material, count_vocabulary([(1, (one.text for one in material.laws))], 500))
    batch = pairs.draw(24, SHARES, 2, np.random.default_rng(1))
    count = len(batch.questions)
    assert len(batch.groups) == len(batch.passages) > count
    negatives = batch.groups[count:]
    assert (negatives < 0).all()
    assert len(set(negatives.tolist())) == len(negatives)
    assert all(map(len, batch.questions))
    assert all(map(len, batch.passages))


def test_a_batch_is_drawn_alike_from_one_seed(data: Path) -> None:
    material = read_material(data)
    pairs = Pairs(material, count_vocabulary([(1, (one.text for one in material.laws))], 500))
    first, same, other = (pairs.draw(24, SHARES, 1, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert all(map(np.array_equal, first.passages, same.passages))
    assert not all(map(np.array_equal, first.passages, other.passages))


def test_the_loss_falls_and_the_model_loads(trained: tuple[Path, list[float]]) -> None:
    out, losses = trained
    assert len(losses) == 6
    assert losses[1] < losses[0]
    assert losses[-1] < losses[2]
    encoder = BuiltinEncoder(out)
    assert encoder.dimension == 16
    assert encoder.encode_questions(["消防安全"]) @ encoder.encode_passages(["消防安全"]).T == pytest.approx(
        1
    )


def test_one_seed_gives_one_model(data: Path, trained: tuple[Path, list[float]], tmp_path: Path) -> None:
    train(data, tmp_path / "same", RECIPE)
    train(data, tmp_path / "other", replace(RECIPE, seed=6))
    assert BuiltinEncoder(tmp_path / "same").fingerprint == BuiltinEncoder(trained[0]).fingerprint
    assert BuiltinEncoder(tmp_path / "other").fingerprint != BuiltinEncoder(trained[0]).fingerprint


def test_a_broken_off_run_is_taken_up(
    data: Path, trained: tuple[Path, list[float]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.training.train.SAVE_EVERY", 1)
    draw = Pairs.draw
    drawn = 0

    def until_the_power_fails(*options: object) -> object:
        nonlocal drawn
        drawn += 1
        if drawn == 4:
            raise KeyboardInterrupt
        return draw(*options)  # type: ignore[arg-type]  # options of several kinds, by position

    monkeypatch.setattr(Pairs, "draw", until_the_power_fails)
    with pytest.raises(KeyboardInterrupt):
        train(data, tmp_path, RECIPE)
    monkeypatch.setattr(Pairs, "draw", draw)
    assert (tmp_path / CHECKPOINT_FILE).is_file()
    assert train(data, tmp_path, RECIPE) == trained[1]
    assert BuiltinEncoder(tmp_path).fingerprint == BuiltinEncoder(trained[0]).fingerprint


def test_figures_by_hand() -> None:
    rankings = [np.array([4, 1]), np.array([0, 9, 2]), np.arange(20)]
    third = (1 + 1 / 3) / 3
    assert figures(rankings, [4, 2, 10]) == Figures(1 / 3, 2 / 3, third)


def test_a_model_is_measured_beside_bm25(data: Path, trained: tuple[Path, list[float]]) -> None:
    measure = Measure(read_material(data), others=5)
    compared = measure.compare(BuiltinEncoder(trained[0]))
    assert list(compared) == ["BM25", "dense", "BM25 + dense", "BM25 + late", "BM25 + dense + late"]
    assert compared["BM25"].recall_at_10 > 0.5
    assert all(0 <= one.hit_at_1 <= one.mrr_at_10 <= one.recall_at_10 <= 1 for one in compared.values())
