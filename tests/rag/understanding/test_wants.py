from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question import Want
from rag.understanding import QuestionReader
from rag.understanding.wants import CONTENT, WANTS, cues, object_of, table, wants_of

FIRST: list[tuple[str, Want]] = [
    ("瓶改管什么时候完成", "deadline"),
    ("啥时候弄完", "deadline"),
    ("哪年之前要清退", "deadline"),
    ("多久完成整改", "deadline"),
    ("时限是什么", "deadline"),
    ("最晚几月底", "deadline"),
    ("受理后几天内答复", "deadline"),
    ("When must it be finished", "deadline"),
    ("瓶改管 deadline", "deadline"),
    ("谁牵头", "who_leads"),
    ("哪个局领头", "who_leads"),
    ("这事头是哪个部门", "who_leads"),
    ("牵头单位", "who_leads"),
    ("who leads it", "who_leads"),
    ("谁负责", "units"),
    ("归谁管", "units"),
    ("责任单位有哪几家", "units"),
    ("哪些部门参与", "units"),
    ("由哪三家单位负责", "units"),
    ("由哪级政府审批", "units"),
    ("responsible departments", "units"),
    ("which bureaus handle it", "units"),
    ("渔船 哪些 departments 负责", "units"),
    ("多少人", "quantity"),
    ("占比是什么", "quantity"),
    ("最多几个人", "quantity"),
    ("how many people", "quantity"),
    ("what percentage of parks", "quantity"),
    ("多久检查一次", "frequency"),
    ("隔多久通报", "frequency"),
    ("一年搞几回", "frequency"),
    ("频次", "frequency"),
    ("至少几次", "frequency"),
    ("how often", "frequency"),
    ("五包一是什么意思", "definition"),
    ("五现场是指什么", "definition"),
    ("什么叫多合一", "definition"),
    ("what does 五现场 mean", "definition"),
    ("有哪些措施", "list"),
    ("遵循哪三项原则", "list"),
    ("住建局牵头哪些任务", "list"),
    ("两地一样吗", "compare"),
    ("谁早", "compare"),
    ("有什么区别", "compare"),
    ("文号是多少", "number"),
    ("这是几号文", "number"),
    ("document number", "number"),
    ("方案哪天印发的", "date"),
    ("哪一天发的", "date"),
    ("成文日期", "date"),
    ("when was the plan issued", "date"),
    ("文件是谁发的", "issuer"),
    ("发文机关", "issuer"),
    ("发给谁", "addressees"),
    ("主送单位", "addressees"),
    ("罚多少钱", "money"),
    ("安排了多少万元资金", "money"),
    ("举报有没有钱拿", "money"),
    ("what is the fine", "money"),
]


@pytest.mark.parametrize(("asked", "want"), FIRST)
def test_the_first_want(reader: QuestionReader, asked: str, want: Want) -> None:
    assert reader.read(asked).wants[:1] == (want,)


@pytest.mark.parametrize("asked", ["瓶改管", "", "燃气安全监管", "tailings ponds", "企业应当落实责任"])
def test_nothing_is_wanted_where_nothing_says_so(asked: str) -> None:
    assert cues(asked) == ()


def test_quoted_words_are_no_cues() -> None:
    assert cues("“谁检查、谁签名、谁负责”") == ()
    assert wants_of(cues("“谁执法谁普法”多久考核一次")) == ("frequency",)


def test_wants_come_most_telling_first() -> None:
    assert wants_of(cues("归谁管，什么时候完成")) == ("deadline", "units")


def test_every_want_has_cues() -> None:
    assert {want for want, _ in table().strong} == set(WANTS)


@pytest.mark.parametrize(
    ("asked", "focus"),
    [
        ("请问襄城县瓶改管什么时候完成？", "瓶改管"),
        ("青屏街 电气焊 加芯赋码 deadline", "电气焊 加芯赋码"),
        ("五包一这摊子事归谁管", "五包一"),
        ("“一件事”是什么意思", "一件事"),
        ("各县对变型拖拉机都怎么说", "变型拖拉机"),
        ("工作要点里应急演练多久一次", "应急演练"),
        ("which documents mention welding", "welding"),
        ("有限空间作业谁负责", "有限空间作业"),
        ("襄城 从业人员 多久培训一次", "从业人员 培训"),
        ("对标的场地 归谁管", "对标的场地"),
        ("襄城安委会 多久开一次会", "安委会 开 会"),
        ("网吧归谁管", "网吧"),
        ("“谁执法谁普法”由谁牵头", "谁执法谁普法"),
        ("what does 三管三必须 mean", "三管三必须"),
        ("驻马店工作要点是哪天印发的", "驻马店工作要点"),
        ("谁", "谁"),
        ("", ""),
    ],
)
def test_focus_keeps_the_asked_object(reader: QuestionReader, asked: str, focus: str) -> None:
    assert reader.read(asked).focus == focus


@pytest.mark.parametrize(
    ("asked", "across"),
    [
        ("各县对变型拖拉机都怎么说", True),
        ("哪些文件提到自建房", True),
        ("which documents mention welding", True),
        ("老隐患清完襄城跟青屏街谁早", True),
        ("襄城瓶改管什么时候完成", False),
        ("五个环节分别是什么", False),
    ],
)
def test_across(reader: QuestionReader, asked: str, across: bool) -> None:
    assert reader.read(asked).across is across


@given(st.text())
def test_cues_lie_in_the_text_and_apart(text: str) -> None:
    found = cues(text)
    assert all(0 <= cue.start < cue.end <= len(text.lower()) for cue in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(st.text(), st.lists(st.tuples(st.integers(0, 5), st.integers(5, 20))))
def test_an_object_has_content_or_is_empty(text: str, cut: list[tuple[int, int]]) -> None:
    found = object_of(text, [(start, min(end, len(text))) for start, end in cut if start < len(text)])
    assert found == "" or CONTENT.search(found)
