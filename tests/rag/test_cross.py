"""A cross-encoder of the user's choice, on a model folder made here."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import EncoderError
from rag.assistant import Assistant
from rag.candidate import Candidate
from rag.cross import SentenceTransformersCrossEncoder, reorder
from rag.settings import Settings

WORDS = "瓶改管时限完成燃气2024年底前检查"


@pytest.fixture(scope="module")
def tiny(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of random weights that gives a pair of texts one number."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny-cross")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(WORDS)]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    torch.manual_seed(3)
    bert = BertForSequenceClassification(
        BertConfig(
            vocab_size=len(words),
            hidden_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            initializer_range=1.0,
            id2label={0: "answers"},
        )
    )
    bert.save_pretrained(folder / "model")
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(folder / "model")
    return folder / "model"


def candidates(*scores: float) -> tuple[Candidate, ...]:
    return tuple(Candidate(number, np.zeros(0), score) for number, score in enumerate(scores))


def test_the_first_are_put_in_its_order_and_take_the_scores_of_their_places() -> None:
    ranked = candidates(5.0, 4.0, 3.0, 2.0)
    moved = reorder(ranked, np.array([0.1, 0.9, 0.5]))
    assert [(one.passage, one.score) for one in moved] == [(1, 5.0), (2, 4.0), (0, 3.0), (3, 2.0)]


def test_equals_stay_as_they_were() -> None:
    assert [one.passage for one in reorder(candidates(2.0, 1.0), np.array([1.0, 1.0]))] == [0, 1]


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8), st.data())
def test_nothing_is_lost_and_scores_keep_falling(scores: list[float], data: st.DataObject) -> None:
    ranked = candidates(*sorted(scores, reverse=True))
    seen = data.draw(st.lists(st.floats(-5, 5), max_size=len(ranked)))
    moved = reorder(ranked, np.array(seen))
    assert sorted(one.passage for one in moved) == sorted(one.passage for one in ranked)
    assert [one.score for one in moved] == [one.score for one in ranked]


def test_a_model_folder_gives_each_passage_one_number(tiny: Path) -> None:
    model = SentenceTransformersCrossEncoder(str(tiny))
    scores = model.scores("瓶改管时限", ["2024年底前完成", "燃气检查"])
    assert scores.shape == (2,)
    assert scores[0] != scores[1]
    assert model.scores("瓶改管时限", ["燃气检查"])[0] == pytest.approx(scores[1], abs=1e-5)


def test_answers_come_in_its_order(tiny: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    plain = Assistant.open(home, settings=Settings(home=home))
    crossed = Assistant.open(home, settings=replace(Settings(home=home), cross_encoder=str(tiny)))
    model = SentenceTransformersCrossEncoder(str(tiny))
    question = "瓶改管什么时候完成"
    before, after = plain.ask(question, top_k=10), crossed.ask(question, top_k=10)
    # With weights at random the best candidate is no answer, and is shown as the nearest.
    shown = after.citations or after.nearest
    state = plain.state()
    read = state.reader.read(question)
    considered = plain.consider(read, state)
    assert considered is not None
    indexed = {one.passage.clause_id: one.passage.indexed(one.document) for one in considered.candidates}
    cited = [indexed[citation.clause.id] for citation in before.citations]
    assert cited
    first = model.scores(read.in_full, [indexed[shown[0].clause.id]])[0]
    assert first >= model.scores(read.in_full, cited).max() - 1e-5


def test_one_that_is_not_there_is_refused_in_one_line(
    library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match="give the path of its folder") as refusal:
        SentenceTransformersCrossEncoder(str(tmp_path / "no-such-model"))
    assert "\n" not in str(refusal.value)
