"""What is written: aligned tables, Markdown, HTML, failures, changes, JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.corpora.kept import Made
from eval.difference import differences
from eval.figures import Report, SetReport
from eval.gold import GoldError
from eval.judge import judge
from eval.questions import changed, failures
from eval.report import changes, details, homes, leads, overall, summary, written
from eval.response import Response, Shown
from eval.rightness import Quote
from eval.saved import as_json, read_run, values_of
from eval.table import Table, as_html, markdown, plain, width
from tests.eval.sample import question, set_report

ASKED = question(Quote("a", "甲"), name="t1", asked="几时完成", style=("plain", "typo"), spans=("年底",))
NOBODY = question(name="t2", asked="罚多少")
QUESTIONS = (ASKED, NOBODY)


def report(name: str, *responses: Response) -> Report:
    return Report(name, judge(QUESTIONS, responses))


OURS = report(
    "yiju",
    Response((Shown("a-1", "甲 年底前", ("年底前",), 0.9),), took_ms=2.5),
    Response((Shown("a-1", "乙"),)),
)
PEER = report("peer", Response((Shown("a-1", "乙"), Shown("a-1", "甲"))), Response(()))


def cells(table: Table) -> dict[str, dict[str, str]]:
    return {row[0]: dict(zip(table.head, row, strict=True)) for row in table.rows}


def test_chinese_characters_take_two_columns() -> None:
    table = plain(Table(("种类", "n"), (("期限", "10"), ("x", "9"))))
    assert table.splitlines() == ["种类   n", "期限  10", "x      9"]
    assert {width(line) for line in table.splitlines()} == {8}


def test_markdown_has_a_rule_under_its_head() -> None:
    assert markdown(Table(("a", "b"), (("c", "1"),))) == "| a | b |\n| --- | ---: |\n| c | 1 |"


def test_html_escapes_its_words() -> None:
    assert "<td>a &lt; b</td><td>1</td>" in as_html(Table(("a", "b"), (("a < b", "1"),)))


def test_every_set_and_system_has_a_row_and_only_columns_that_say_something() -> None:
    found = cells(overall([set_report(OURS, PEER), set_report(OURS, name="notices")]))
    assert list(found) == ["plans · yiju", "plans · peer", "notices · yiju"]
    assert (found["plans · yiju"]["hit@1"], found["plans · peer"]["hit@1"]) == ("1.000", "0.000")
    assert (found["plans · yiju"]["p50 ms"], found["plans · peer"]["p50 ms"]) == ("2.5", "—")
    assert "cov@10" not in found["plans · yiju"]


def test_leads_have_intervals() -> None:
    found = cells(leads([set_report(OURS, PEER)]))["plans · yiju − peer"]
    assert found["hit@1"] == "+1.000 [+1.000, +1.000]"
    assert found["MRR@10"] == "+0.500 [+0.500, +0.500]"
    assert found["rec@5"] == "—"


def test_homes_say_what_they_took() -> None:
    made = SetReport("statutes", (OURS,), 3, 5, Made(61.25, None))
    assert cells(homes([made]))["statutes"] == {
        "home": "statutes", "documents": "3", "passages": "5", "making s": "61.2", "peak MB": "—",
    }  # fmt: skip


def test_groups_are_shown_where_they_tell_questions_apart() -> None:
    tables = {table.head[0]: cells(table) for table in details(set_report(OURS, PEER))}
    assert set(tables) == {
        "plans, kind",
        "plans, kind, hit@1 / hit@3",
        "plans, style",
        "plans, style, hit@1 / hit@3",
    }
    assert tables["plans, kind"]["unanswerable"]["hit@1"] == "—"
    assert tables["plans, style"]["plain"]["n"] == "2"
    side_by_side = tables["plans, kind, hit@1 / hit@3"]
    assert list(side_by_side) == ["duty"]  # nothing to compare where no document answers
    assert (side_by_side["duty"]["yiju"], side_by_side["duty"]["peer"]) == ("1.000 / 1.000", "0.000 / 1.000")


def test_everything_is_written_in_either_layout() -> None:
    sets = [set_report(OURS, PEER)]
    assert "| set · system |" in written(sets, markdown)
    assert written(sets, plain).count("\n\n") == len([*summary(sets), *details(sets[0])])


def test_a_caution_is_told() -> None:
    held = SetReport("statutes", (OURS,), 1, 1, caution="handle with care")
    assert written([held], plain).endswith("\n\nhandle with care")


def test_failures_list_only_what_failed() -> None:
    text = failures(OURS)
    assert "t2 unanswerable" in text
    assert "want a refusal" in text
    assert "t1" not in text


def test_a_saved_run_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(as_json([set_report(OURS, PEER)])), encoding="utf-8")
    assert read_run(path, "peer") == {"plans": values_of(PEER)}
    saved = json.loads(path.read_text(encoding="utf-8"))["plans"]["systems"]["yiju"]
    assert saved["overall"]["hit_1"] == 1.0
    assert [entry["faults"] for entry in saved["questions"]] == [[], ["answered"]]


@pytest.mark.parametrize("words", ["[]", "{", '{"plans": {"systems": {}}}', '{"plans": 1}'])
def test_what_is_no_run_is_told_in_one_line(words: str, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(GoldError, match="cannot read a run from") as told:
        read_run(path, "yiju")
    assert "\n" not in str(told.value)


def test_changes_name_each_question_the_worst_first() -> None:
    refusing = report("yiju", Response((), refused=True), Response((), refused=True))
    lines = changed(values_of(OURS), refusing).splitlines()
    assert lines == ["t1: 1 → refused  几时完成", "t2: answered → refused  罚多少"]
    assert changed(values_of(PEER), OURS).splitlines() == ["t1: 2 → 1  几时完成"]
    assert changed(values_of(OURS), OURS) == ""
    table = changes("plans", differences(values_of(OURS), values_of(refusing)))
    assert cells(table)["hit@1"]["change"] == "-1.000 [-1.000, -1.000]"
    assert cells(table)["refused"]["higher"] == "1"
