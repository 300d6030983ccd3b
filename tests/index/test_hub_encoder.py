"""Models of sentence-transformers, on folders that the tests make."""

import builtins
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encoder import SentenceTransformerEncoder, load_encoder
from index.errors import EncoderError
from index.prompts import Prompts
from index.static import (
    unit_rows,
)

SAME = 1e-5


def test_without_the_library_the_error_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(
        name: str,
        globals_: Mapping[str, object] | None = None,
        locals_: Mapping[str, object] | None = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> Any:
        if name == "sentence_transformers":
            raise ImportError(name)
        return real(name, globals_, locals_, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(EncoderError, match=r"pip install 'yiju\[models\]'"):
        load_encoder("BAAI/bge-small-zh-v1.5")


@pytest.fixture(scope="module")
def tiny(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of random weights with prompts, saved as sentence-transformers saves models."""
    import torch
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ":", *"问文瓶改管时限", "deadline", "q", "p"]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    torch.manual_seed(1)
    bert = BertModel(
        BertConfig(
            vocab_size=len(words),
            hidden_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
        )
    )
    bert.save_pretrained(folder / "bert")
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    model = library.SentenceTransformer(
        modules=[transformer, Pooling(32)], prompts={"query": "问:", "document": "文:"}, device="cpu"
    )
    model.save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module")
def bare(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same model without prompts in its files."""
    folder = shutil.copytree(tiny, tmp_path_factory.mktemp("bare") / "model")
    settings = folder / "config_sentence_transformers.json"
    held = json.loads(settings.read_text("utf-8"))
    settings.write_text(json.dumps(held | {"prompts": {}}), "utf-8")
    return folder


def test_a_local_model_is_encoded_with_its_own_prompts(tiny: Path) -> None:
    encoder = load_encoder(str(tiny))
    passages, questions = (
        encoder.encode_passages(["瓶改管", "时限"]),
        encoder.encode_questions(["瓶改管", "时限"]),
    )
    assert passages.shape == questions.shape == (2, encoder.dimension) == (2, 32)
    assert passages.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx(1, abs=SAME)
    assert np.abs(passages - questions).max() > SAME


def test_prompts_and_width_can_be_set(tiny: Path) -> None:
    own = SentenceTransformerEncoder(str(tiny))
    same = SentenceTransformerEncoder(str(tiny), Prompts(question="文:"), truncate_dim=8)
    assert same.dimension == 8
    cut = unit_rows(own.encode_passages(["瓶改管 deadline"])[:, :8])
    assert np.abs(same.encode_questions(["瓶改管 deadline"]) - cut).max() <= SAME
    assert same.fingerprint != own.fingerprint, "vectors of other prompts or another width are other vectors"
    assert SentenceTransformerEncoder(str(tiny)).fingerprint == own.fingerprint


@pytest.mark.parametrize(
    ("folder", "question", "passage"),
    [
        ("bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("multilingual-e5-small", "query: ", "passage: "),
        (
            "Qwen3-Embedding-0.6B",
            "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
            "",
        ),
        ("some-model", None, None),
    ],
)
def test_a_family_is_given_its_prompts_where_its_files_say_none(
    bare: Path, tmp_path: Path, folder: str, question: str | None, passage: str | None
) -> None:
    encoder = SentenceTransformerEncoder(str(shutil.copytree(bare, tmp_path / folder)))
    assert encoder.prompts == Prompts(question, passage)
    text = ["问:瓶改管"]
    prompted = SentenceTransformerEncoder(str(bare), Prompts(question or "", passage or ""))
    assert np.abs(encoder.encode_questions(text) - prompted.encode_questions(text)).max() <= SAME
    assert np.abs(encoder.encode_passages(text) - prompted.encode_passages(text)).max() <= SAME


def test_a_models_own_prompts_count_before_its_familys(tiny: Path, tmp_path: Path) -> None:
    encoder = SentenceTransformerEncoder(str(shutil.copytree(tiny, tmp_path / "multilingual-e5-small")))
    assert encoder.prompts == Prompts("问:", "文:")


@pytest.mark.parametrize("pooling", ["cls", "mean", "lasttoken"])
def test_the_models_own_pooling_is_used(library: Any, bare: Path, tmp_path: Path, pooling: str) -> None:
    folder = shutil.copytree(bare, tmp_path / pooling)
    settings = folder / "1_Pooling" / "config.json"
    held = json.loads(settings.read_text("utf-8"))
    assert held["pooling_mode"] == "mean"
    held["pooling_mode"] = pooling
    settings.write_text(json.dumps(held), "utf-8")
    vector = SentenceTransformerEncoder(str(folder)).encode_passages(["瓶改管时限"])[0]
    model = library.SentenceTransformer(str(bare), device="cpu")
    tokens = np.asarray(model.encode(["瓶改管时限"], output_value="token_embeddings")[0].cpu())
    wanted = {"cls": tokens[0], "mean": tokens.mean(axis=0), "lasttoken": tokens[-1]}[pooling]
    assert vector == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-4)


def test_a_model_that_is_not_there_is_refused_in_one_line(
    library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match="give the path of its folder") as refusal:
        load_encoder(str(tmp_path / "no-such-model"))
    assert "\n" not in str(refusal.value)
