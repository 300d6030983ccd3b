"""Tasks compared with gold: alignment, the arithmetic of the scores, and how gold is read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.library import read_document
from corpus.tasks import tasks
from eval.gold import GoldError
from eval.run import MISUSED, PASSED, main
from eval.tasks.alignment import align, bigram_f1, contained, overlap
from eval.tasks.annex import like_row, schedule
from eval.tasks.gold import Case, Stated, labelled, ours
from eval.tasks.run import BARS, measured
from eval.tasks.score import MEASURES, Tally, score
from tests.corpus.tasks_of import CHAPTER, document_of

WORDS = "健全数据库，2024年底前完善机制，6月底前建成系统。"


def test_the_arithmetic_of_a_tally() -> None:
    tally = Tally()
    tally.add(right=2, given=4, wanted=3)
    tally.add(right=1, given=1, wanted=2)
    assert (tally.precision, tally.recall) == (3 / 5, 3 / 5)
    assert tally.f1 == 6 / 10
    assert (Tally().precision, Tally().recall, Tally().f1) == (1, 1, 1)


def test_duties_are_alike_by_their_place() -> None:
    like = overlap(WORDS)
    assert like(Stated("完善机制"), Stated("完善机制")) == 1
    assert like(Stated("完善机制"), Stated("2024年底前完善机制")) == pytest.approx(2 * 4 / (4 + 11))
    assert like(Stated("完善机制"), Stated("建成系统")) == 0


def test_pairs_of_characters() -> None:
    assert bigram_f1("完成改造", "基本完成改造") == pytest.approx(6 / 8)
    assert contained("完成改造", "基本完成改造任务") == 1
    assert contained("", "甲乙") == 0


def test_alignment_is_one_to_one_and_prefers_the_same_date() -> None:
    gold = [Stated("完善机制", "2024-12-31"), Stated("建成系统", "2024-06-30")]
    found = [Stated("完善机制"), Stated("完善机制", "2024-12-31"), Stated("建成系统")]
    assert align(gold, found, overlap(WORDS)) == {0: 1, 1: 2}


def test_a_score_counts_every_measure() -> None:
    gold = (
        Stated("健全数据库", units=frozenset({"甲局", "乙局"}), lead=frozenset({"甲局"})),
        Stated("完善机制", "2024-12-31", 6, units=frozenset({"甲局"})),
        Stated("建成系统", "2024-06-30", 18, rhythm="P1M"),
    )
    found = (
        Stated("健全数据库", units=frozenset({"甲局", "丙局"}), lead=frozenset({"甲局"})),
        Stated("完善机制", "2025-12-31", 6, units=frozenset({"甲局"})),
        Stated("数据库，2024年", "2024-06-30", 18),
    )
    tallies = score([Case("甲#1", WORDS, gold, found)]).tallies
    counts = {name: (one.right, one.given, one.wanted) for name, one in tallies.items()}
    assert counts == {
        "tasks": (2, 3, 3),
        "dates": (1, 2, 2),
        "pairing": (0, 2, 2),
        "units": (2, 3, 3),
        "lead": (1, 1, 1),
        "rhythms": (0, 0, 1),
    }
    assert set(counts) == set(MEASURES)


def test_tasks_that_share_a_deadline_have_it_once() -> None:
    gold = (Stated("完善机制", "2024-12-31", 6), Stated("建成系统", "2024-12-31", 6))
    tallies = score([Case("甲#1", WORDS, gold, gold[:1])]).tallies
    assert (tallies["dates"].right, tallies["dates"].wanted) == (1, 1)
    assert (tallies["pairing"].right, tallies["pairing"].wanted) == (1, 2)


def test_differences_are_told() -> None:
    gold = (Stated("健全数据库", units=frozenset({"甲局"})), Stated("建成系统"))
    found = (Stated("健全数据库", "2024-12-31"), Stated("完善机制"))
    assert score([Case("甲#1", WORDS, gold, found)]).differences == [
        "甲#1: date: None wanted, 2024-12-31 given: 健全数据库",
        "甲#1: units: missed 甲局; too many none",
        "甲#1: missed: 建成系统",
        "甲#1: not in the gold: 完善机制",
    ]


def plan(folder: Path) -> Document:
    return document_of(
        CHAPTER
        + "1. 健全数据库，2024年底前完善机制。（县应急局、县公安局负责）\n2. 加强宣传。（县委宣传部负责）\n"
        + "附件：序时进度表\n附件\n序时进度表\n任务内容\t具体要求\t完成时间\t责任单位\n"
        + "1. 健全数据库，2024年底前完善机制。\t完善好机制\t2024年底\t县应急局、县公安局等部门\n"
        + "3. 全面开展体检和普查工作。\t开展体检\t2025年\t县卫健委\n",
        folder,
    )


def test_a_schedule_is_gold_for_the_body(tmp_path: Path) -> None:
    document = plan(tmp_path)
    cases = schedule(document, tasks(document))
    assert [case.name for case in cases] == ["plan#一/1", "3.全面开展体检和普查工作。", "plan#一/2"]
    assert [(one.duty, one.date, sorted(one.units)) for one in cases[0].gold] == [
        ("完善好机制", "2024-12-31", ["县公安局", "县应急局"])
    ]
    assert cases[1].ours == ()
    tallies = score(cases, like_row, dated=True).tallies
    assert (tallies["dates"].right, tallies["dates"].given, tallies["dates"].wanted) == (1, 1, 2)
    assert (tallies["tasks"].right, tallies["tasks"].given, tallies["tasks"].wanted) == (1, 1, 2)
    assert tallies["units"].recall == pytest.approx(2 / 3)


def test_a_document_without_a_schedule_has_no_cases(tmp_path: Path) -> None:
    document = document_of(CHAPTER + "1. 健全数据库。", tmp_path)
    assert schedule(document, tasks(document)) == ()


def record(clause: str, duty: str) -> str:
    due = {"text": "2024年底前", "date": "2024-12-31", "role": "complete"}
    one = {"duty": duty, "deadline": due, "lead": [], "units": ["县公安局"], "frequency": None}
    return json.dumps({"clause": clause, "tasks": [one]}, ensure_ascii=False)


def test_labels_are_read_in_two_halves(tmp_path: Path) -> None:
    document = plan(tmp_path)
    found = {document.id: tasks(document)}
    path = tmp_path / "tasks.jsonl"
    path.write_text(
        "\n".join([record("plan#一/1", "完善机制"), record("plan#一/2", "加强宣传")]), encoding="utf-8"
    )
    both = labelled([document], found, None, path)
    assert [case.name for case in both] == ["plan#一/1", "plan#一/2"]
    assert [case.name for case in labelled([document], found, "check", path)] == ["plan#一/1"]
    assert [case.name for case in labelled([document], found, "fit", path)] == ["plan#一/2"]
    assert both[0].gold == (Stated("完善机制", "2024-12-31", 8, units=frozenset({"县公安局"})),)
    assert [one.duty for one in both[0].ours] == ["健全数据库", "完善机制"]


@pytest.mark.parametrize(
    "line", ["{", "{}", record("plan#九/9", "完善机制"), record("无此文件#一", "完善机制")]
)
def test_a_label_that_cannot_be_read_is_told(tmp_path: Path, line: str) -> None:
    document = plan(tmp_path)
    path = tmp_path / "tasks.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(GoldError, match=r"tasks\.jsonl:1: not a clause with its tasks"):
        labelled([document], {document.id: ()}, None, path)
    with pytest.raises(GoldError, match="cannot read tasks"):
        labelled([document], {document.id: ()}, None, tmp_path / "none.jsonl")


def test_our_own_task_is_squeezed(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# 某县工作方案\n\n## 一、任务\n\n1. 每 月开展 一次演练。(县公安局 负责)\n", encoding="utf-8"
    )
    (task,) = tasks(read_document(path, catalogue=Catalogue()))
    assert ours(task) == Stated("每月开展一次演练", units=frozenset({"县公安局"}), rhythm="P1M")


def test_the_shipped_plans_clear_the_bars() -> None:
    for result in measured(None).values():
        for name, least in BARS.items():
            assert result.tallies[name].f1 >= least


def test_the_command_measures_tasks() -> None:
    out = io.StringIO()
    assert main(["tasks", "--bars", "--failures", "--part", "fit"], out) == PASSED
    assert "tasks · labelled by hand, fit" in out.getvalue()
    assert "the schedule of xiuyan-2024-3" in out.getvalue()
    assert "date: 2024-12-31 wanted, None given" in out.getvalue()


def test_other_options_do_not_go_with_tasks() -> None:
    out = io.StringIO()
    assert main(["tasks", "--json", "figures.json"], out) == MISUSED
    assert "--json" in out.getvalue()
