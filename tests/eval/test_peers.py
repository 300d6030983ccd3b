"""Each peer ranks a tiny corpus as it should."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.document import Clause, Document, SourceMap
from eval.corpora.corpus import SourceText
from eval.gold import GoldQuestion
from eval.judge import judge
from eval.peers.dense import Dense
from eval.peers.lexical import Lexical
from eval.peers.ranking import best
from eval.peers.usual import Usual
from eval.response import DEPTH, Shown
from eval.rightness import Quote
from eval.system import System
from index.build import build
from tests.eval.sample import question

LINES = (
    "瓶装液化气改为管道燃气，年底前完成。",
    "煤矿采煤工作面不得超过25人。",
    "电气焊作业全部纳入平台监管。",
)


class TwoHands:
    """An encoder of two numbers: how much of 燃气 and how much of 煤矿 the text speaks."""

    name = "two-hands"
    fingerprint = "two-hands"
    dimension = 2

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([[text.count("燃气"), text.count("煤矿")] for text in texts], dtype=np.float32)
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        return np.asarray(rows / lengths, dtype=np.float32)

    encode_questions = encode_passages


def tiny() -> Document:
    text = "\n".join(LINES)
    clauses, at = [], 0
    for number, line in enumerate(LINES, start=1):
        label = f"{number}."
        end = at + len(line) + (number < len(LINES))
        clauses.append(Clause(f"tiny-1#{number}", "item", (label,), (label,), at, end, heading_end=at))
        at = end
    source = SourceMap((0,), (0,), (len(text),))
    return Document("tiny-1", "三件事", text, tuple(clauses), source, "tiny-1.txt", "0" * 64)


def gold(asked: str, words: str, context: str | None = None) -> GoldQuestion:
    return question(Quote("tiny", words), asked=asked, context=context)


def rights(system: System, asked: GoldQuestion) -> tuple[bool, ...]:
    return judge([asked], [system.respond(asked)])[0].rights


@pytest.fixture(scope="module", params=["BM25 only", "dense only"])
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> System:
    snapshot = build(Path(tmp_path_factory.mktemp("home")), [tiny()], TwoHands())
    systems: list[System] = [Lexical(snapshot), Dense(snapshot, TwoHands())]
    return next(one for one in systems if one.name == request.param)


@pytest.mark.parametrize(
    ("asked", "words"), [("燃气什么时候改完", "年底前完成"), ("煤矿几个人", "不得超过25人")]
)
def test_the_passage_that_speaks_of_it_comes_first(system: System, asked: str, words: str) -> None:
    response = system.respond(gold(asked, words))
    assert rights(system, gold(asked, words))[0]
    assert {shown.clause_id for shown in response.citations} == {f"tiny-1#{n}" for n in (1, 2, 3)}
    assert not response.refused


def test_a_follow_up_is_asked_with_its_previous_question(system: System) -> None:
    assert rights(system, gold("那最多呢", "不得超过25人", context="煤矿几个人"))[0]


def test_the_usual_recipe_cuts_windows_and_ranks_them_by_words() -> None:
    filler = "安全生产工作要常抓不懈。" * 40
    system = Usual([SourceText("tiny-1", f"{LINES[0]}\n\n{filler}\n\n{LINES[1]}", "tiny-1#1")])
    asked = gold("煤矿采煤工作面", "不得超过25人")
    assert rights(system, asked)[0]
    assert all(len(window.text) <= 300 for window in system.respond(asked).citations)
    assert {window.clause_id for window in system.respond(asked).citations} == {"tiny-1#1"}


def test_the_best_come_first_and_equals_keep_their_order() -> None:
    shown = [Shown("a-1", str(number)) for number in range(DEPTH + 2)]
    scores = np.zeros(len(shown), dtype=np.float32)
    scores[5] = 1
    texts = [entry.text for entry in best(scores, shown).citations]
    assert texts == ["5", "0", "1", "2", "3", "4", "6", "7", "8", "9"]
