"""The command: what it measures, what it writes, what it exits with."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from corpus.document import Clause, Document, SourceMap
from eval.gold import GoldQuestion
from eval.measure import run
from eval.ours import response
from eval.response import Response, Shown
from eval.run import FAILED, MISUSED, PASSED, main
from rag.answer import Answer, Citation, Highlight, Understood
from tests.eval.sample import data_folder, question

QUESTIONS: list[dict[str, object]] = [
    {"id": "r1", "question": "瓶改管 deadline?", "kind": "deadline", "style": ["mixed"], "need": "any",
     "gold": [{"doc": "xiangcheng", "quote": "2024年底前基本完成全城镇“瓶改管”改造任务"}],
     "span": ["2024年底前"], "context": None, "part": "check"},
    {"id": "r2", "question": "医保报销比例是多少", "kind": "unanswerable", "style": ["plain"], "need": "any",
     "gold": [], "span": [], "context": None, "part": "fit"},
]  # fmt: skip


class Parrot:
    """Says its one sentence whatever is asked."""

    name = "parrot"

    def respond(self, question: GoldQuestion) -> Response:
        """One sentence."""
        return Response((Shown("a-1", "甲乙丙"),))


def written(folder: Path, records: list[dict[str, object]]) -> str:
    path = folder / "asked.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return str(path)


def test_run_judges_every_question_in_order() -> None:
    questions = [question(word, name=f"t{n}") for n, word in enumerate(["乙", "丁"])]
    report = run(Parrot(), questions)
    assert [judgement.question.id for judgement in report.judgements] == ["t0", "t1"]
    assert (report.system, report.overall.hit_1) == ("parrot", 0.5)


def test_an_answer_is_measured_by_its_answering_marks() -> None:
    clause = Clause("a-1#1", "item", ("1.",), ("1.",), 0, 5)
    document = Document("a-1", "题", "年底前完成", (clause,), SourceMap((0,), (0,), (5,)), "a.txt", "0" * 64)
    marks = (Highlight(0, 3, "deadline", answers=True), Highlight(3, 5, "text"))
    cited = Citation(1, 0.7, document, clause, "年底前完成", 0, 5, marks)
    answered = response(Answer("?", "answered", Understood("?"), (cited,)))
    refused = response(Answer("?", "not_found", Understood("?"), nearest=(cited,)))
    assert answered.citations == (Shown("a-1", "年底前完成", ("年底前",), 0.7, clause_id="a-1#1"),)
    assert not answered.refused
    assert refused.refused
    assert (refused.citations, refused.ranked) == ((), answered.citations)


def test_the_command_measures_a_home_and_writes_json(tmp_path: Path) -> None:
    out, told = io.StringIO(), tmp_path / "figures.json"
    arguments = ["--questions", written(tmp_path, QUESTIONS), "--home", str(tmp_path / "home"), "--no-peers"]
    code = main([*arguments, "--json", str(told), "--failures", "--layout", "markdown"], out)
    figures = json.loads(told.read_text(encoding="utf-8"))["plans"]["systems"]["yiju"]["overall"]
    assert code == PASSED
    assert figures["questions"] == 2
    assert figures["not_verbatim"] == 0
    assert figures["hit_3"] == 1
    assert "| set · system |" in out.getvalue()


def test_a_missed_bar_is_told_and_exits_with_one(tmp_path: Path) -> None:
    record = QUESTIONS[0] | {"gold": [{"doc": "xiangcheng", "quote": "没有这句话"}]}
    out = io.StringIO()
    arguments = ["--questions", written(tmp_path, [record]), "--home", str(tmp_path / "home"), "--no-peers"]
    assert main([*arguments, "--bars"], out) == FAILED
    assert "bar missed: plans hit_1 is 0.000, the bar is ≥ 0.92" in out.getvalue()


def test_a_json_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    out = io.StringIO()
    arguments = ["--questions", written(tmp_path, QUESTIONS), "--home", str(tmp_path / "home"), "--no-peers"]
    assert main([*arguments, "--json", str(tmp_path / "no" / "figures.json")], out) == MISUSED
    assert out.getvalue().splitlines()[-1].endswith("choose another file for --json")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["laws"],
            "no set named 'laws'; expected some of: "
            "plans, plans-unseen, plans-fresh, plans+all, regulations, notices, statutes\n",
        ),
        (["notices"], "the set notices does not ship; give the folder it lies in with --data DIR\n"),
        (["notices", "--data", "nowhere"], "cannot read questions from nowhere/notices/dev.jsonl"),
        (["--against", "nowhere.json"], "cannot read a run from nowhere.json"),
        (["--questions", "nowhere.jsonl"], "cannot read questions from nowhere.jsonl"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exits_with_two(arguments: list[str], line: str) -> None:
    out = io.StringIO()
    assert main(arguments, out) == MISUSED
    assert out.getvalue().startswith(line)
    assert out.getvalue().count("\n") == 1


def test_a_later_run_is_set_against_an_earlier_one_and_drawn(tmp_path: Path) -> None:
    out, saved, drawn = io.StringIO(), tmp_path / "run.json", tmp_path / "run.html"
    arguments = ["statutes", "--data", str(data_folder(tmp_path / "data")), "--work", str(tmp_path / "work")]
    assert main([*arguments, "--no-peers", "--json", str(saved)], out) == PASSED
    earlier = saved.read_text(encoding="utf-8").replace('"mrr": 1.0', '"mrr": 0.5')
    saved.write_text(earlier, encoding="utf-8")
    asked = [*arguments, "--no-peers", "--against", str(saved), "--html", str(drawn)]
    assert main(asked, out) == PASSED
    assert "statutes, against the earlier run" in out.getvalue()
    assert "7: 2 → 1  电力企业造成损失要赔偿吗？" in out.getvalue()
    assert "<svg" in drawn.read_text(encoding="utf-8")


def test_a_set_that_the_earlier_run_lacks_is_told(tmp_path: Path) -> None:
    out, saved = io.StringIO(), tmp_path / "run.json"
    arguments = ["--questions", written(tmp_path, QUESTIONS), "--home", str(tmp_path / "home"), "--no-peers"]
    saved.write_text('{"notices": {"systems": {"yiju": {"questions": []}}}}', encoding="utf-8")
    assert main([*arguments, "--against", str(saved)], out) == PASSED
    assert "the earlier run has no set plans; it has: notices" in out.getvalue()


@pytest.mark.parametrize(("module", "user"), [("jieba", "eval.peers.usual"), ("ir_measures", "eval.ranking")])
def test_libraries_that_are_not_installed_are_told_in_one_line(
    module: str, user: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a plain installation: the import finds nothing.
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, user, raising=False)
    out = io.StringIO()
    arguments = ["--questions", written(tmp_path, QUESTIONS), "--home", str(tmp_path / "home")]
    assert main(arguments, out) == MISUSED
    assert out.getvalue() == f"yiju eval needs {module}: pip install 'yiju[eval]'\n"
