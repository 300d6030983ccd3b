import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import facts
from index.terms import terms_of_normalised
from rag.evidence import NAMES, evidence, regauged
from rag.probe import OFFICIAL, nearness
from rag.question import Question, Want
from rag.wanted import wanted, wanted_facts
from tests.index.sample import Part, document
from tests.rag.sample import Opened, PlaneEncoder, asking

HELD = Opened.of(
    document(
        "plan",
        "治理方案",
        [
            Part("一、燃气检查\n", heading="一、燃气检查", label="一、", kind="heading"),
            Part("1.燃气管道2024年底前检查。电梯每季度检查一次。\n", label="1.", depth=1),
            Part("2.电梯是指载人的轿厢。\n", label="2.", depth=1),
            Part("学校 每月\n", kind="row", inherited="燃气治理"),
            Part("某县政府\n", kind="head"),
        ],
    )
)
HEADING, ITEM, MEANING, ROW, HEAD = range(5)


def features(question: Question, held: Opened = HELD) -> list[dict[str, float]]:
    rows = evidence(held.probe(question), held.retrieved(question), held.passages, held.encoder)
    assert rows.shape == (len(held.passages), len(NAMES))
    return [dict(zip(NAMES, row.tolist(), strict=True)) for row in rows]


def column(name: str, question: Question, held: Opened = HELD) -> list[float]:
    return [row[name] for row in features(question, held)]


def test_no_candidates() -> None:
    question = asking("燃气")
    assert evidence(HELD.probe(question), HELD.retrieved(question), (), HELD.encoder).shape == (0, len(NAMES))


def test_what_kind_of_clause_it_is() -> None:
    question = asking("燃气")
    assert column("bare heading", question) == [1, 0, 0, 0, 0]
    assert column("table row", question) == [0, 0, 0, 1, 0]
    assert column("head matter", question) == [0, 0, 0, 0, 1]


def test_its_length() -> None:
    # 学校 每月 is five characters.
    assert column("length", asking("燃气"))[ROW] == pytest.approx(math.log(6))


def test_the_coverage_of_one_term() -> None:
    # The object's one pair is 燃气: in the heading's own words, under it in the item's words and path, in the
    # other item's path alone, in what the row inherits, and nowhere in the head.
    question = asking("燃气")
    assert HELD.probe(question).terms == ("燃气",)
    assert column("coverage", question) == [1, 1, 1, 1, 0]
    assert column("coverage of own words", question) == [1, 1, 0, 0, 0]
    assert column("coverage of headings", question) == [0, 1, 1, 1, 0]


def test_terms_count_by_how_rare_they_are() -> None:
    question = asking("燃气 轿厢")
    idf = HELD.lexical.idf
    # 轿厢 stands in one passage of five, 燃气 in four: ln(1 + 4.5/1.5) = ln 4, ln(1 + 1.5/4.5) = ln 4/3.
    assert idf("轿厢") == pytest.approx(math.log(4))
    assert idf("燃气") == pytest.approx(math.log(4 / 3))
    share = math.log(4) / (math.log(4) + math.log(4 / 3))
    assert HELD.probe(question).terms == ("轿厢", "燃气")
    assert column("coverage of own words", question) == pytest.approx([1 - share, 1 - share, share, 0, 0])
    assert column("coverage", question) == pytest.approx([1 - share, 1 - share, 1, 1 - share, 0])


def test_the_sentence_that_covers_most() -> None:
    # Both stand in the item, but in two sentences; each alone covers its own.
    question = asking("燃气 电梯")
    idf = {term: HELD.lexical.idf(term) for term in ("燃气", "电梯")}
    best = max(idf.values()) / sum(idf.values())
    assert column("coverage of own words", question)[ITEM] == 1
    assert column("coverage in best sentence", question)[ITEM] == pytest.approx(best)


@given(st.text("燃气电梯12.ab ，。", min_size=1, max_size=20), st.text("燃气电梯12.ab ，。", max_size=40))
def test_terms_found_are_those_the_index_would_find(asked: str, text: str) -> None:
    probe = HELD.probe(asking(asked))
    standing = set(terms_of_normalised(text))
    numbers = [number for number, term in enumerate(probe.terms) if term in standing]
    assert probe.terms_in(text) == numbers
    assert probe.terms_in(text, numbers[1:]) == numbers[1:]


def test_official_words_are_looked_for_beside_what_was_typed() -> None:
    assert column("coverage", asking("煤气")) == [0] * 5
    covered = column("coverage", asking("煤气", expansions={"煤气": ("燃气",)}))
    assert all(0 < share < 1 for share in covered[:4])
    assert covered[4] == 0


def test_official_words_weigh_less_than_typed_ones() -> None:
    question = asking("煤气", expansions={"煤气": ("燃气", "轿厢")})
    probe = HELD.probe(question)
    weights = dict(zip(probe.terms, probe.weights.tolist(), strict=True))
    # Two official words share what the one typed would count.
    assert weights["燃气"] == pytest.approx(HELD.lexical.idf("燃气") * OFFICIAL / 2)
    assert weights["轿厢"] == pytest.approx(HELD.lexical.idf("轿厢") * OFFICIAL / 2)
    assert "燃气" not in HELD.probe(replace(question, near=frozenset({"煤气"}))).terms


def test_a_fact_of_the_wanted_kind() -> None:
    assert column("wanted fact", asking("燃气", "deadline")) == [0, 1, 0, 0, 0]
    assert column("wanted fact", asking("燃气")) == [0] * 5
    assert column("no fact wanted", asking("燃气", "deadline")) == [0] * 5
    assert column("no fact wanted", asking("燃气", "list")) == [1] * 5


def test_the_wanted_fact_in_the_sentence_that_covers_most() -> None:
    # The date stands with 燃气, the rhythm with 电梯.
    near = "wanted fact in best sentence"
    assert column(near, asking("燃气管道", "deadline"))[ITEM] == 1
    assert column(near, asking("电梯", "deadline"))[ITEM] == 0
    assert column(near, asking("电梯", "frequency"))[ITEM] == 1


def test_a_definition_where_one_is_wanted() -> None:
    assert column("definition", asking("电梯", "definition"))[MEANING] == 1
    assert column("definition", asking("电梯", "definition"))[ITEM] == 0
    assert column("definition", asking("电梯", "deadline"))[MEANING] == 0


@pytest.mark.parametrize("focus", ["燃气", "电梯检查", "轿厢 学校", "火星"])
def test_gaps_to_the_best(focus: str) -> None:
    for name in ("lexical to best", "dense to best", "late to best"):
        gaps = column(name, asking(focus))
        assert max(gaps) == (0 if name != "lexical to best" or focus != "火星" else -1)
    assert all(0 <= share <= 1 for share in column("lexical share", asking(focus)))


@given(st.text(alphabet="燃气电梯检查轿厢学校的 年底a1？", max_size=12))
def test_shares_lie_between_none_and_all(focus: str) -> None:
    shares = [name for name in NAMES if name.startswith("coverage")]
    for row in features(asking(focus)):
        assert all(-1e-9 <= row[name] <= 1 + 1e-9 for name in shares)
        assert all(math.isfinite(value) for value in row.values())


def test_candidates_left_over_are_measured_among_themselves() -> None:
    question = asking("燃气管道检查", "deadline")
    probe, retrieved = HELD.probe(question), HELD.retrieved(question)
    rows = evidence(probe, retrieved, HELD.passages, HELD.encoder)
    for count in (1, 2, 3, 5):
        for kept in map(list, combinations(range(5), count)):
            alone = evidence(probe, retrieved, [HELD.passages[i] for i in kept], HELD.encoder)
            if alone[:, NAMES.index("lexical share")].max() > 0:
                np.testing.assert_allclose(regauged(rows[kept]), alone, atol=1e-6)


def test_regauging_leaves_the_rows_it_is_given() -> None:
    rows = evidence(HELD.probe(asking("燃气")), HELD.retrieved(asking("燃气")), HELD.passages, HELD.encoder)
    before = rows.copy()
    regauged(rows[[3, 4]])
    regauged(rows)
    assert (rows == before).all()


def test_nearness_of_words_never_seen_together() -> None:
    held = Opened.of(
        document("d", "通知", [Part("燃气。"), Part("电梯。"), Part("燃气，电梯。"), Part("学校。")]),
        encoder=PlaneEncoder(),
    )
    probe = held.probe(asking("煤气"))
    near = nearness(probe, [opened.tokens for opened in held.passages], held.encoder)
    # 煤气 at (0.6, 0.8) to 燃气 at (1, 0), to 电梯 at (0, 1), to the nearer of both, to no token.
    np.testing.assert_allclose(near[:, probe.terms.index("煤气")], [0.6, 0.8, 0.8, 0], atol=1e-6)
    late = column("late interaction", asking("煤气"), held)
    np.testing.assert_allclose(late, [0.6, 0.8, 0.8, 0], atol=1e-6)
    np.testing.assert_allclose(column("late to best", asking("煤气"), held), [-0.2, 0, 0, -0.8], atol=1e-6)


def test_no_nearness_without_vectors_of_tokens() -> None:
    assert column("late interaction", asking("燃气")) == [0] * 5


@pytest.mark.parametrize(
    ("wants", "first"),
    [
        ((), None),
        (("who_leads", "deadline"), "who_leads"),
        (("compare", "list", "deadline"), "deadline"),
        (("compare",), "compare"),
        (("date",), "deadline"),
    ],
)
def test_what_is_wanted_first(wants: tuple[Want, ...], first: Want | None) -> None:
    assert wanted(asking("燃气", *wants)) == first


def test_only_facts_of_the_wanted_kind() -> None:
    text = "2024年底前建3个站，奖励2万元，每月检查一次。（县应急局牵头）"
    found = facts(text, years=None)

    def stated(want: Want) -> list[str]:
        return [text[fact.start : fact.end] for fact in wanted_facts(asking("站", want), found, text)]

    assert stated("deadline") == ["2024年底前"]
    assert stated("quantity") == ["3个站", "2万元"] or stated("quantity") == ["3个", "2万元"]
    assert stated("money") == ["2万元"]
    assert stated("frequency") == ["每月检查一次"]
    assert stated("who_leads") == ["县应急局"]
    assert stated("list") == []


def test_words_that_documents_have_for_what_is_asked() -> None:
    question = asking("电梯", phrased=("是指", "每季度"), defining=("电梯是指",))
    assert column("worded as documents do", question) == [0, 0.5, 0.5, 0, 0]
    assert column("object defined", question) == [0, 0, 1, 0, 0]
    assert column("worded as documents do", asking("电梯")) == [0] * 5


def test_the_neighbours_scores_stop_at_the_document() -> None:
    held = Opened.of(
        document("one", "甲", [Part("燃气检查。", label="1."), Part("电梯检查。", label="2.")]),
        document("two", "乙", [Part("学校演练。", label="1.")]),
    )
    question = asking("燃气")
    retrieved, probe = held.retrieved(question), held.probe(question)
    assert retrieved.lexical[0] > 0
    assert not retrieved.lexical[1:].any()
    assert column("lexical of the one before", question, held) == [
        0,
        pytest.approx(retrieved.lexical[0] / probe.total),
        0,
    ]
    assert column("lexical of the one after", question, held) == [0, 0, 0]


def test_what_only_leads_on_or_asks_itself() -> None:
    held = Opened.of(
        document(
            "one",
            "甲",
            [
                Part("现通知如下：", label="1."),
                Part("问：要办证吗？", label="2."),
                Part("要办。", label="3."),
            ],
        )
    )
    assert column("leads to what follows", asking("办证"), held) == [1, 0, 0]
    assert column("asks itself", asking("办证"), held) == [0, 1, 0]
    near = column("near the beginning", asking("办证"), held)
    assert near == sorted(near, reverse=True)
    assert all(0 < value <= 1 for value in near)
