"""What is written: aligned tables, Markdown, failures, JSON."""

from __future__ import annotations

import json

from eval.gold import GoldQuestion, GoldQuote
from eval.metrics import Report, judge
from eval.report import as_json, failures, tables
from eval.response import Response, Shown
from eval.table import markdown, plain, width

ASKED = GoldQuestion(
    "t1",
    "几时完成",
    "deadline",
    ("plain", "typo"),
    (GoldQuote("a", "甲"),),
    "any",
    ("年底",),
    None,
    "fit",
    "test",
)
NOBODY = GoldQuestion("t2", "罚多少", "unanswerable", ("plain",), (), "any", (), None, "check", "test")
REPORT = Report(
    "yiju",
    (
        judge(ASKED, Response((Shown("a-1", "甲 年底前", ("年底前",), 0.9),))),
        judge(NOBODY, Response((Shown("a-1", "乙"),))),
    ),
)


def test_chinese_characters_take_two_columns() -> None:
    table = plain(["种类", "n"], [["期限", "10"], ["x", "9"]])
    assert table.splitlines() == ["种类   n", "期限  10", "x      9"]
    assert {width(line) for line in table.splitlines()} == {8}


def test_markdown_has_a_rule_under_its_head() -> None:
    assert markdown(["a", "b"], [["c", "1"]]) == "| a | b |\n| --- | ---: |\n| c | 1 |"


def test_tables_group_by_kind_and_style() -> None:
    text = tables([REPORT], plain)
    rows = {line.split()[0]: line.split() for line in text.splitlines() if line}
    assert rows["deadline"][1:4] == ["1", "1.000", "1.000"]
    assert rows["typo"][1] == "1"
    assert rows["plain"][1] == "2"
    assert rows["unanswerable"][2] == "—"


def test_several_systems_stand_side_by_side() -> None:
    nothing = Report("peer", tuple(judge(question, Response(())) for question in (ASKED, NOBODY)))
    text = tables([REPORT, nothing], plain)
    beside = text[text.index("kind, hit@1") :].splitlines()
    assert beside[0].split() == ["kind,", "hit@1", "/", "hit@3", "yiju", "peer"]
    assert beside[1].split() == ["deadline", "1.000", "/", "1.000", "0.000", "/", "0.000"]
    assert beside[2] == ""  # nothing to compare where no document answers


def test_failures_list_only_what_failed() -> None:
    text = failures(REPORT)
    assert "t2 unanswerable" in text
    assert "want a refusal" in text
    assert "t1" not in text


def test_json_round_trips() -> None:
    held = json.loads(json.dumps(as_json([REPORT])))["yiju"]
    assert held["overall"]["hit_1"] == 1.0
    assert [entry["faults"] for entry in held["questions"]] == [[], ["answered"]]
