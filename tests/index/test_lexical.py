import math
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexSettingsError
from index.lexical import LexicalIndex, LexicalSettings

CORPUS = [["瓶", "改", "管", "管"], ["改", "革"], ["管", "道", "安", "全", "全", "全"], []]
K1, B = 1.2, 0.6


def by_hand(corpus: list[list[str]], query: dict[str, float]) -> list[float]:
    """The formula of the docstring, written out."""
    average = sum(map(len, corpus)) / len(corpus)
    scores = []
    for passage in corpus:
        score = 0.0
        for term, weight in query.items():
            frequency = sum(term in other for other in corpus)
            idf = math.log(1 + (len(corpus) - frequency + 0.5) / (frequency + 0.5))
            occurs = passage.count(term)
            if occurs:
                score += weight * idf * occurs / (occurs + K1 * (1 - B + B * len(passage) / average))
        scores.append(score)
    return scores


def built(corpus: list[list[str]]) -> LexicalIndex:
    return LexicalIndex.build(corpus, LexicalSettings(k1=K1, b=B))


@pytest.mark.parametrize(
    "query", [{"管": 1.0}, {"管": 1.0, "全": 0.5}, {"改": 2.0, "道": 0.25, "没有": 9.0}, {"没有": 1.0}, {}]
)
def test_scores_are_the_formula(query: dict[str, float]) -> None:
    scores = built(CORPUS).scores(query)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, by_hand(CORPUS, query), rtol=1e-5)


passage_terms = st.lists(st.sampled_from("安全生产责任"), max_size=12)


@given(st.lists(passage_terms, min_size=1, max_size=8).filter(any), st.sampled_from("安全生产责任"))
def test_scores_are_the_formula_on_any_corpus(corpus: list[list[str]], term: str) -> None:
    index = built(corpus)
    query = {term: 0.7, "产": 0.3}
    np.testing.assert_allclose(index.scores(query), by_hand(corpus, query), rtol=1e-4)
    assert index.document_frequency(term) == sum(term in passage for passage in corpus)


@given(st.lists(passage_terms, min_size=1, max_size=8).filter(any))
def test_scores_are_those_of_bm25s(corpus: list[list[str]]) -> None:
    index = built(corpus)
    matrix = bm25s.BM25(method="lucene", k1=K1, b=B).build_index_from_ids(
        unique_token_ids=list(index.vocabulary.values()),
        corpus_token_ids=[[index.vocabulary[term] for term in passage] for passage in corpus],
        show_progress=False,
    )
    np.testing.assert_allclose(index.data, matrix["data"], rtol=1e-5)
    np.testing.assert_array_equal(index.counts.indices, matrix["indices"])
    np.testing.assert_array_equal(index.counts.indptr, matrix["indptr"])


def test_half_the_weight_counts_half() -> None:
    index = built(CORPUS)
    np.testing.assert_allclose(index.scores({"管": 0.5}) * 2, index.scores({"管": 1.0}))


def test_rarer_terms_weigh_more_and_unseen_most() -> None:
    index = built(CORPUS)
    assert index.idf("管") < index.idf("瓶") < index.idf("没有")
    assert index.idf("管") == pytest.approx(math.log(1 + 2.5 / 2.5))
    assert [index.document_frequency(term) for term in ("管", "瓶", "没有")] == [2, 1, 0]


def test_a_saved_index_is_the_same_and_stays_on_disk(tmp_path: Path) -> None:
    index = built(CORPUS)
    index.save(tmp_path)
    again = LexicalIndex.load(tmp_path)
    query = {"管": 1.0, "全": 0.5}
    np.testing.assert_array_equal(again.scores(query), index.scores(query))
    assert dict(again.vocabulary) == dict(index.vocabulary)
    assert again.settings == index.settings
    assert isinstance(again.data.base, np.memmap)
    assert not again.data.flags.writeable


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]])
def test_nothing_to_index_scores_nothing(corpus: list[list[str]], tmp_path: Path) -> None:
    LexicalIndex.build(corpus).save(tmp_path)
    index = LexicalIndex.load(tmp_path)
    assert index.scores({"安": 1.0}).tolist() == [0.0] * len(corpus)
    assert index.idf("安") > 0


@pytest.mark.parametrize(("k1", "b"), [(-0.1, 0.5), (11, 0.5), (1, -0.1), (1, 1.1)])
def test_settings_out_of_range_are_refused(k1: float, b: float) -> None:
    with pytest.raises(IndexSettingsError, match="must lie in"):
        LexicalSettings(k1=k1, b=b)
