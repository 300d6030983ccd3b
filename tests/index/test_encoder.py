"""The built-in model, by both its loaders."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import TOKEN_DIMENSION, BuiltinEncoder, load_encoder
from index.errors import EncoderError
from index.prompts import Prompts
from index.static import (
    MODEL_FOLDER,
    VECTORS_FILE,
    VOCABULARY_FILE,
    Vocabulary,
    bag,
    ngrams,
    normalise,
    unit_rows,
)

TEXTS = [
    "2024年底前，基本完成全城镇“瓶改管”改造任务。",
    "瓶改管 deadline?",
    "各乡镇人民政府、县直有关单位要明确主管领导。",
    "ＬＰＧ　２０２４年　Fire Safety",
    "第一百二十条之一",
    "a",
    "7",
    "",
    " \t\r\n",
    "\x00\x01\x7f\u200b\ufeff",
    "🔥🚒👨‍👩‍👧",
    "<script>alert('燃气')</script>; DROP TABLE clauses;--",
    "瓶裝液化氣",
    "𠮷野家",
    "安全生产治本攻坚三年行动" * 834,
    "ﬃ①㈠ⅷ½",
]
SAME = 1e-5


@pytest.fixture(scope="module")
def builtin() -> BuiltinEncoder:
    return BuiltinEncoder()


def test_the_text_is_read_in_compatible_lower_case() -> None:
    assert normalise("２０２４年 ＬＰＧ ①") == "2024年 lpg 1"


def test_ngrams_keep_the_order_of_the_text_and_stop_at_punctuation() -> None:
    assert ngrams("瓶改，管30日LPG3") == ["瓶", "瓶改", "改", "管", "管0", "30", "0日", "日", "lpg", "3"]


@given(st.text(), st.text())
def test_the_ngrams_of_two_sentences_are_those_of_each(first: str, second: str) -> None:
    assert ngrams(f"{first}。{second}") == ngrams(first) + ngrams(second)


@given(st.text())
def test_no_text_has_an_empty_ngram(text: str) -> None:
    assert all(ngrams(text)) or ngrams(text) == []


@given(st.text(alphabet="燃气瓶改管30日2024年lpg gas，。（𠮷Ａ", max_size=40))
def test_the_ids_are_those_of_the_ngrams(builtin: BuiltinEncoder, text: str) -> None:
    known = [token for token in ngrams(text) if builtin.vocabulary.id_of(token) is not None]
    assert [builtin.vocabulary.tokens[number] for number in builtin.tokens(text)] == known


@given(st.lists(st.text(alphabet="燃气瓶改30日lpg ，𠮷Ａ\n", max_size=20), max_size=4))
def test_the_distinct_ids_of_several_texts_are_those_of_each(
    builtin: BuiltinEncoder, texts: list[str]
) -> None:
    found = builtin.distinct_tokens(texts)
    assert [ids.tolist() for ids in found] == [sorted(set(builtin.tokens(text).tolist())) for text in texts]


def test_a_bag_holds_the_root_of_each_count() -> None:
    ids, weights = bag([7, 3, 7, 7, 7])
    assert ids.tolist() == [3, 7]
    assert weights.tolist() == [1.0, 2.0]


def test_unit_rows_leave_zeros_alone() -> None:
    rows = unit_rows(np.array([[3, 4], [0, 0]], dtype=np.float32))
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0]]


def test_a_vocabulary_is_read_as_it_was_written(tmp_path: Path) -> None:
    vocabulary = Vocabulary(("瓶", "瓶改", "lpg", "30"))
    vocabulary.save(tmp_path)
    assert Vocabulary.load(tmp_path) == vocabulary
    assert vocabulary.ids("LPG瓶改30").tolist() == [2, 0, 1, 3]


def test_rows_have_length_one_or_are_zeros(builtin: BuiltinEncoder) -> None:
    vectors = builtin.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), builtin.dimension)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    empty = np.array([not len(builtin.tokens(text)) for text in TEXTS])
    assert lengths[~empty] == pytest.approx(1, abs=SAME)
    assert not vectors[empty].any()
    assert empty[TEXTS.index("")]
    assert not empty[0]


def test_no_texts_are_no_rows(builtin: BuiltinEncoder) -> None:
    assert builtin.encode_questions([]).shape == (0, builtin.dimension)


def test_a_text_is_encoded_alike_alone_and_among_others(builtin: BuiltinEncoder) -> None:
    together = builtin.encode_passages(TEXTS)
    alone = np.concatenate([builtin.encode_passages([text]) for text in TEXTS])
    assert np.array_equal(together, alone)


@given(text=st.text())
def test_any_text_is_encoded(builtin: BuiltinEncoder, text: str) -> None:
    vector = builtin.encode_questions([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1 if len(builtin.tokens(text)) else 0, abs=SAME)


def test_token_vectors_are_rows_of_length_one(builtin: BuiltinEncoder) -> None:
    ids = builtin.tokens("燃气瓶改管燃气").tolist()
    assert ids.count(ids[0]) == 2, "a token stands as often as the text has it"
    vectors = builtin.token_vectors(np.array(ids))
    assert vectors.shape == (len(ids), TOKEN_DIMENSION)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=SAME)
    assert max(ids) < builtin.vocabulary_size
    assert builtin.token_vectors(np.array([], dtype=np.int64)).shape == (0, TOKEN_DIMENSION)


def test_a_term_that_is_no_token_has_no_vector(builtin: BuiltinEncoder) -> None:
    known, unknown, word = builtin.term_vectors(["消防", "消防安全", "fire"])
    assert np.array_equal(known, builtin.token_vectors(np.array([builtin.tokens("消防")[1]]))[0])
    assert not unknown.any()
    assert word.any()


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "不按规定办会被罚多少钱",
            "违反本条例规定的，处五千元以上二万元以下罚款。",
            "本市对古树名木实行分级保护。",
        ),
        ("最晚什么时候完成", "应当在2024年12月31日前完成整治任务。", "县农业农村局负责渔业船舶的监督管理。"),
        ("fire", "加强消防火灾隐患排查", "推进农村公路建设"),
        ("gas", "燃气经营者应当告知用户安全用气", "图书馆应当免费开放"),
        (
            "小区楼道能不能停电动车",
            "禁止在公共门厅、楼梯间、疏散通道停放电动自行车。",
            "鼓励企业开展技术改造。",
        ),
    ],
)
def test_the_answering_clause_is_nearer(
    builtin: BuiltinEncoder, question: str, right: str, wrong: str
) -> None:
    near = builtin.encode_passages([right, wrong]) @ builtin.encode_questions([question])[0]
    assert near[0] > near[1]


def test_it_is_loaded_and_encodes_fast() -> None:
    started = time.process_time()
    encoder = BuiltinEncoder()
    loaded = time.process_time()
    encoder.encode_passages(
        ["各乡镇人民政府应当加强对本行政区域内安全生产工作的领导，明确责任单位。" * 5] * 500
    )
    encoded = time.process_time()
    assert loaded - started < 1
    assert 500 / (encoded - loaded) > 1000


def test_the_fingerprint_tells_the_files(builtin: BuiltinEncoder, tmp_path: Path) -> None:
    copy = shutil.copytree(MODEL_FOLDER, tmp_path / "model")
    assert BuiltinEncoder(copy).fingerprint == builtin.fingerprint
    lines = (copy / VOCABULARY_FILE).read_text("utf-8").split("\n")
    lines[0], lines[1] = lines[1], lines[0]
    (copy / VOCABULARY_FILE).write_text("\n".join(lines), "utf-8")
    assert BuiltinEncoder(copy).fingerprint != builtin.fingerprint


def test_a_folder_of_the_same_making_is_loaded_by_its_path(builtin: BuiltinEncoder) -> None:
    encoder = load_encoder(str(MODEL_FOLDER))
    assert isinstance(encoder, BuiltinEncoder)
    assert encoder.fingerprint == builtin.fingerprint == load_encoder("builtin").fingerprint


def _without(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


def _cut(file: str) -> Callable[[Path], None]:
    def cut(folder: Path) -> None:
        (folder / file).write_bytes((folder / file).read_bytes()[:-7])

    return cut


def _another_format(folder: Path) -> None:
    (folder / "config.json").write_text('{"format": 99}')


@pytest.mark.parametrize(
    "damage",
    [
        _without(VECTORS_FILE),
        _without(VOCABULARY_FILE),
        _cut(VECTORS_FILE),
        _cut(VOCABULARY_FILE),
        _another_format,
    ],
)
def test_a_damaged_model_is_refused_in_one_line(damage: Callable[[Path], None], tmp_path: Path) -> None:
    copy = shutil.copytree(MODEL_FOLDER, tmp_path / "model")
    damage(copy)
    with pytest.raises(EncoderError, match="install yiju again") as refusal:
        BuiltinEncoder(copy)
    assert "\n" not in str(refusal.value)


def test_the_model_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in MODEL_FOLDER.rglob("*")) < 40_000_000


@pytest.mark.usefixtures("library")
def test_both_loaders_give_the_same_vectors(builtin: BuiltinEncoder, library: Any) -> None:
    model = library.SentenceTransformer(str(MODEL_FOLDER), trust_remote_code=True, device="cpu")
    assert np.abs(model.encode(TEXTS) - builtin.encode_passages(TEXTS)).max() <= SAME


def test_the_library_saves_what_the_light_loader_reads(
    builtin: BuiltinEncoder, library: Any, tmp_path: Path
) -> None:
    model = library.SentenceTransformer(str(MODEL_FOLDER), trust_remote_code=True, device="cpu")
    model.save(str(tmp_path / "saved"))
    saved = BuiltinEncoder(tmp_path / "saved")
    assert np.abs(saved.encode_passages(TEXTS) - builtin.encode_passages(TEXTS)).max() <= SAME


def test_the_builtin_model_refuses_prompts_and_another_width() -> None:
    with pytest.raises(EncoderError, match="takes no prompts"):
        load_encoder("builtin", Prompts("问："))
    with pytest.raises(EncoderError, match="no dimension"):
        load_encoder("builtin", truncate_dim=64)
