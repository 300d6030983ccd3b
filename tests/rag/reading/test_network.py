"""The network without torch computes what the one that is trained does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.facts import facts
from corpus.units import unit_groups
from rag.reading.checkpoint import CONFIG_FILE, WEIGHTS_FILE, ReadingModelError
from rag.reading.network import WINDOW, Network, headed_by, likeliest_window
from rag.reading.reading import Reading
from rag.reading.shape import Shape
from rag.reading.symbols import Alphabet, labels
from rag.reading.training.batches import Preparer, side_by_side
from rag.reading.training.material import Sample
from rag.reading.training.network import ReadingNetwork
from rag.reading.training.train import write
from tests.rag.held import ENCODER

ALPHABET = Alphabet(
    "的年底前完成检查燃气瓶改管，。“”（）哪些时候什么一次每季度至少县局20245", ENCODER.vocabulary
)
TEXT = "17.2024年底前，县应急管理局完成“瓶改管”改造（含30处），每季度至少检查1次LPG站点；其他不变。"


def made(seed: int = 1) -> ReadingNetwork:
    torch.manual_seed(seed)
    network = ReadingNetwork(ENCODER.units, len(ALPHABET), Shape(), dropout=0.1).eval()
    for name, value in network.named_parameters():
        # As they are held in the file, and large enough that a slip would show.
        scale = 1.0 if "norms" in name else 2.0
        value.data = (value.data * scale).half().float()
    return network


TRAINED = made()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("network")
    write(TRAINED, ALPHABET, ENCODER.fingerprint, path)
    return path


@pytest.fixture(scope="module")
def network(folder: Path) -> Network:
    return Network.load(ENCODER, folder)


def read(network: Network, question: str, text: str, above: str) -> Reading:
    labelled = labels(text, facts(text, years=None, issued=None), unit_groups(text))
    return network.read(network.asked(question), network.page(text, labelled), above)


def expected(question: str, text: str, above: str) -> list[np.ndarray]:
    # Beside a longer sample, so that padding stands behind both texts.
    longer = Sample(question + "什么时候", text + TEXT, "", ())
    inputs, _ = side_by_side(Preparer(ALPHABET).prepare([Sample(question, text, above, ()), longer]))
    with torch.no_grad():
        out = TRAINED(inputs)
    nothing = out.nothing[0]
    rows = (out.starts[0] - nothing, out.ends[0] - nothing, out.insides[0].sigmoid())
    return [*(row[: len(text)].numpy() for row in rows), nothing.numpy()]


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet="瓶改管什么时候谁检查lpg30年 ?", min_size=1, max_size=30),
    st.text(alphabet="瓶改管完成，。“”（）2024年底前 每季度县局\nLPGａ", min_size=1, max_size=60),
    st.sampled_from(["", "瓶改管工作方案"]),
)
def test_both_networks_find_the_same(folder: Path, question: str, text: str, above: str) -> None:
    found = read(Network.load(ENCODER, folder), question, text, above)
    starts, ends, insides, nothing = expected(question, text, above)
    assert found.starts == pytest.approx(starts, abs=1e-4)
    assert found.ends == pytest.approx(ends, abs=1e-4)
    assert found.insides == pytest.approx(insides, abs=1e-4)
    assert found.nothing == pytest.approx(float(nothing), abs=1e-4)


def test_a_real_clause_is_read_alike(network: Network) -> None:
    found = read(network, "瓶改管什么时候完成", TEXT, "燃气安全")
    starts, ends, insides, _ = expected("瓶改管什么时候完成", TEXT, "燃气安全")
    for mine, theirs in ((found.starts, starts), (found.ends, ends), (found.insides, insides)):
        assert mine.shape == (len(TEXT),)
        assert mine == pytest.approx(theirs, abs=1e-4)
        assert np.ptp(mine) > 1e-3


def test_the_question_the_headings_and_the_facts_each_count(network: Network) -> None:
    plain = read(network, "瓶改管何时完成", TEXT, "").starts
    assert not np.allclose(plain, read(network, "谁来检查", TEXT, "").starts)
    assert not np.allclose(plain, read(network, "瓶改管何时完成", TEXT, "瓶改管").starts)
    none = np.zeros((len(TEXT), labels(TEXT, (), ()).shape[1]), dtype=np.float32)
    unlabelled = network.read(network.asked("瓶改管何时完成"), network.page(TEXT, none), "").starts
    assert not np.allclose(plain, unlabelled)


def test_an_empty_question_is_read_as_nothing_asked(network: Network) -> None:
    assert np.isfinite(read(network, "", TEXT, "").starts).all()


def test_what_is_missing_or_of_another_model_is_refused_in_one_line(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadingModelError, match=r"no whole reading network .* install yiju again$"):
        Network.load(ENCODER, tmp_path)
    write(TRAINED, ALPHABET, "another", tmp_path)
    with pytest.raises(ReadingModelError, match="trained on another built-in model"):
        Network.load(ENCODER, tmp_path)
    (tmp_path / CONFIG_FILE).write_text("{")
    with pytest.raises(ReadingModelError, match="no whole reading network"):
        Network.load(ENCODER, tmp_path)
    (tmp_path / WEIGHTS_FILE).write_bytes(b"\0" * 20)
    with pytest.raises(ReadingModelError, match="no whole reading network"):
        Network.load(ENCODER, tmp_path)


def test_words_of_the_headings() -> None:
    assert headed_by("燃气谁管", "燃气安全管理").tolist() == [1, 1, 0, 0]
    assert headed_by("", "燃气").tolist() == []


def test_of_a_long_clause_the_stretch_nearest_the_question_is_read(network: Network) -> None:
    long = "其他要求从略。" * 60 + "完成瓶改管改造。" + "其他要求从略。" * 60
    found = read(network, "瓶改管什么时候改造", long, "")
    assert len(found.starts) == len(found.ends) == len(found.insides) == WINDOW
    at = long.index("瓶改管")
    assert found.first <= at < at + 8 <= found.first + WINDOW


def test_a_window_is_where_the_question_comes_nearest() -> None:
    near = np.zeros((WINDOW + 100, 4), dtype=np.float32)
    assert likeliest_window(near[:WINDOW]) == slice(0, WINDOW)
    near[WINDOW + 80, 2] = 0.9
    window = likeliest_window(near)
    assert window.start <= WINDOW + 80 < window.stop <= len(near)
