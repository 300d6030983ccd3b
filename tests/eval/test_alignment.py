"""Duties found again, compared with pairs that people made: the arithmetic, and how pairs are read."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path

import pytest

from corpus.document import Document
from eval.alignment.gold import Aligned, aligned
from eval.alignment.run import BARS, measured
from eval.alignment.score import Score, by_question
from eval.gold import GoldError
from eval.run import FAILED, MISUSED, PASSED, main
from rag.align import Place
from rag.answer import Understood
from rag.assistant import Assistant
from rag.comparison import Comparison
from tests.rag.duties import NOTICE, PLAN

HELD: dict[str, Document] = {PLAN.id: PLAN, NOTICE.id: NOTICE}
LINE = {
    "duty": "瓶改管",
    "one": {"clause": "plan#2", "words": "完成 “瓶改管”改造任务"},
    "other": {"clause": "notice#0", "words": "消防信息录入"},
}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alignment") / "home"
    Assistant.open(folder)
    return folder


def read(tmp_path: Path, *lines: object) -> tuple[Aligned, ...]:
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(line) if isinstance(line, dict) else str(line) for line in lines))
    return aligned(HELD, path)


def place(held: Document, words: str) -> Place:
    start = held.text.index(words)
    return Place(held, held.clause_at(start), start, start + len(words))


def test_pairs_are_read_white_space_aside(tmp_path: Path) -> None:
    absent = {"duty": "瓶改管", "one": LINE["one"], "absent": "notice"}
    first, second = read(tmp_path, LINE, absent)
    assert first.one.words == "完成“瓶改管”改造任务"
    assert first.words is not None
    assert (first.words.words, first.clause, first.other) == ("消防信息录入", "notice#0", "notice")
    assert (second.words, second.clause, second.other) == (None, None, "notice")
    assert (first.part, second.part) == ("check", "fit")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        {"duty": "瓶改管"},
        {**LINE, "one": {"clause": "plan#2", "words": "没有这些字"}},
        {**LINE, "one": {"clause": "plan#99", "words": "瓶改管"}},
        {**LINE, "other": {"clause": "nope#1", "words": "瓶改管"}},
        {"duty": "瓶改管", "one": LINE["one"], "absent": "nope"},
    ],
)
def test_a_line_that_is_no_pair_is_told(tmp_path: Path, line: object) -> None:
    with pytest.raises(GoldError, match="not a pair of duties"):
        read(tmp_path, line)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot read pairs"):
        aligned(HELD, tmp_path / "none.jsonl")


def test_the_arithmetic_of_a_score() -> None:
    score = Score()
    gold, clause = place(PLAN, "基本完成“瓶改管”改造任务"), place(PLAN, "抽查率不低于60%")
    score.add("right", [gold], gold)
    score.add("right clause, other words", [gold], clause)
    score.add("wrong clause", [gold], place(PLAN, "加强宣传"))
    score.add("missed", [gold], None)
    score.add("rightly silent", [], None)
    score.add("wrongly found", [], gold)
    assert (score.clauses.right, score.clauses.given, score.clauses.wanted) == (2, 4, 4)
    assert (score.words.right, score.words.given, score.words.wanted) == (1, 4, 4)
    assert [line.split(":")[0] for line in score.differences] == ["wrong clause", "missed", "wrongly found"]


def test_each_duty_is_asked_once(tmp_path: Path) -> None:
    asked = []

    def compare(question: str) -> Comparison:
        asked.append(question)
        return Comparison(question, Understood(question))

    score = by_question(read(tmp_path, LINE, LINE), compare)
    assert asked == ["各地瓶改管有什么不同"]
    assert (score.clauses.right, score.clauses.given, score.clauses.wanted) == (0, 0, 2)


def test_the_shipped_pairs_clear_the_bar(home: Path) -> None:
    scores = measured("check", home)
    assert scores["by words"].clauses.wanted == 72
    assert scores["by words"].clauses.f1 >= BARS["by words"]
    assert scores["by question"].clauses.f1 >= 0.9


def test_the_command_reports(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Measured once, reported twice.
    monkeypatch.setattr("eval.alignment.run.measured", cache(measured))
    out = io.StringIO()
    options = ["--home", str(home), "--part", "fit"]
    assert main(["alignment", *options, "--bars", "--failures"], out) == PASSED
    assert "alignment · by words, fit" in out.getvalue()
    assert "expected" in out.getvalue()
    monkeypatch.setattr("eval.alignment.run.BARS", {"by words": 1.01})
    assert main(["alignment", *options, "--bars"], out) == FAILED
    assert "bar missed: alignment by words" in out.getvalue()


@pytest.mark.parametrize("more", [["plans"], ["tasks"], ["--json", "x.json"]])
def test_it_is_measured_alone(more: list[str]) -> None:
    out = io.StringIO()
    assert main(["alignment", *more], out) == MISUSED
    assert "is measured alone" in out.getvalue()
    assert out.getvalue().count("\n") == 1
