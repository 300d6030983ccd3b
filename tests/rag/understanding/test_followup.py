from __future__ import annotations

import pytest

from rag.understanding import QuestionReader

ZHUMADIAN, XIUYAN, XIANGCHENG, QINGPING = (
    "zhumadian-2024-7",
    "xiuyan-2024-3",
    "xiangcheng-2024-5",
    "qingping-2024-23",
)


def test_another_object_takes_scope_and_want(reader: QuestionReader) -> None:
    question = reader.read("那矿山呢", context="青屏街危化品归谁管")
    assert (question.wants, question.focus, question.carried) == (("units",), "矿山", "")
    assert question.documents == frozenset({QINGPING})
    assert question.follows
    assert question.named


def test_another_place_takes_object_and_want(reader: QuestionReader) -> None:
    question = reader.read("那岫岩呢", context="襄城瓶改管什么时候完成")
    assert (question.wants, question.focus) == (("deadline",), "瓶改管")
    assert question.documents == frozenset({XIUYAN})


@pytest.mark.parametrize(
    ("asked", "want"), [("由谁牵头？", "who_leads"), ("多久检查一次", "frequency"), ("归谁管", "units")]
)
def test_another_want_takes_object_and_scope(reader: QuestionReader, asked: str, want: str) -> None:
    question = reader.read(asked, context="襄城县加油站什么时候改造完")
    assert question.wants[:1] == (want,)
    assert question.documents == frozenset({XIANGCHENG})
    assert "加油站" in question.focus + question.carried


def test_the_document_itself_is_carried(reader: QuestionReader) -> None:
    question = reader.read("那是哪天发的", context="驻马店市的工作要点有哪些任务")
    assert question.wants == ("date",)
    assert question.documents == frozenset({ZHUMADIAN})


@pytest.mark.parametrize("asked", ["这项平台建设由谁负责", "该系统的平台由谁负责", "它的平台由谁负责"])
def test_what_is_pointed_at_is_carried_with_less_weight(reader: QuestionReader, asked: str) -> None:
    question = reader.read(asked, context="岫岩县尾矿库监测预警系统什么时候建成")
    assert "平台" in question.focus
    assert "尾矿库监测预警系统" in question.carried
    assert question.documents == frozenset({XIUYAN})


@pytest.mark.parametrize(
    "asked", ["变型拖拉机的清退时限是哪一年", "岫岩应急演练多久一次", "驻马店市燃气安全监管由哪个局牵头"]
)
def test_a_question_that_stands_alone_is_not_touched(reader: QuestionReader, asked: str) -> None:
    assert reader.read(asked, context="青屏街电气焊归谁管") == reader.read(asked)


@pytest.mark.parametrize("context", [None, "", "  "])
def test_no_context_changes_nothing(reader: QuestionReader, context: str | None) -> None:
    assert reader.read("那燃气呢", context=context) == reader.read("那燃气呢")


def test_words_for_the_carried_object_are_near(reader: QuestionReader) -> None:
    question = reader.read("那谁牵头", context="襄城的lpg什么时候改完")
    assert "lpg" in question.expansions
    assert "lpg" in question.near
