"""Where the words of a duty begin and end, who is to act, and what closes over it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.asked import asks
from corpus.closings import closings
from corpus.facts import facts
from corpus.short_form import is_short_for
from corpus.shortest import shortest
from corpus.stretches import PHRASE_ENDS, SENTENCE_ENDS, enclosures, stretches
from corpus.subjects import subjects
from corpus.unit_names import UnitNames


@pytest.mark.parametrize(
    ("sentence", "duty"),
    [
        ("按照上级要求，各社区要开展演练，提升应急能力。", "开展演练"),
        ("聚焦重点领域，突出燃气、消防等重点，开展排查。", "开展排查"),
        ("综合运用抽查、“双随机”等方式，落实“五现场”措施，持续提高执法效能。", "落实“五现场”措施"),
        ("遵循“一事一案”的原则，完善预案体系。", "完善预案体系"),
        ("一是将专项整治纳入年度考核。", "将专项整治纳入年度考核"),
        ("全面提升水平，统筹推进改造工作。", "统筹推进改造工作"),
        ("由县住建局牵头，县公安局配合，出台管理办法。", "出台管理办法"),
        ("异地发生较大事故，组织开展排查。", "组织开展排查"),
        ("聚焦学校，医院，商超等场所，以及特种设备等领域，压实责任。", "压实责任"),
        ("坚持市场运作原则，鼓励企业通过收购等手段，参与重构。", "鼓励企业通过收购等手段，参与重构"),
        ("围绕日常监管实行数据共享。", "围绕日常监管实行数据共享"),
        ("确保率达100%。", "确保率达100%"),
    ],
)
def test_the_shortest_words_that_say_it(sentence: str, duty: str) -> None:
    found = shortest(sentence, 0, len(sentence), enclosures(sentence))
    assert found is not None
    assert sentence[slice(*found)] == duty


def test_words_that_only_open_a_sentence_may_say_nothing() -> None:
    assert shortest("加强监管，根据上级部署，", 0, 12, (), opening=True) == (0, 4)
    words = "结合工作实际，"
    assert shortest(words, 0, len(words), (), opening=True) is None
    assert shortest(words, 0, len(words), ()) == (0, 6)


def test_enclosures_are_outermost_and_of_fellows() -> None:
    assert enclosures("甲（乙（丙））丁") == ((1, 7),)
    assert enclosures("〔甲]乙）") == ((0, 3),)
    assert enclosures("“甲）乙”") == ((0, 5),)
    assert enclosures("（甲") == ()


def test_sentences_keep_brackets_together() -> None:
    text = "甲（乙；丙）；丁。8:30开会"
    assert [text[slice(*one)] for one in stretches(text, 0, len(text), SENTENCE_ENDS)] == [
        "甲（乙；丙）；",
        "丁。",
        "8:30开会",
    ]


@given(st.text(alphabet="甲乙，；。（）“”〔\n ", max_size=40))
def test_stretches_hold_all_that_is_not_space(text: str) -> None:
    for marks in (SENTENCE_ENDS, PHRASE_ENDS):
        found = list(stretches(text, 0, len(text), marks))
        assert all(left[1] <= right[0] for left, right in pairwise(found))
        assert "".join("".join(text[slice(*one)] for one in found).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("各乡镇（街道）、各部门要在3月底前成立专班", ["各乡镇（街道）", "各部门"]),
        ("各社区各部门主要负责同志每季度至少听取一次汇报", ["各社区", "各部门"]),
        ("县安委办实行月调度制度", ["县安委办"]),
        ("生产经营单位要建立台账", []),
        ("举一反三组织开展排查", []),
        ("完善街道办事处与行业部门对于隐患治理的督办制度", []),
        ("2026年底前全部完成", []),
    ],
)
def test_who_a_sentence_says_is_to_act(sentence: str, names: list[str]) -> None:
    found, end = subjects(sentence, 0, len(sentence))
    assert [sentence[slice(*name)] for name in found] == names
    assert end == 0 or names


@pytest.mark.parametrize(
    ("words", "charged", "asked"),
    [
        ("加强宣传", False, True),
        ("重大隐患要立行立改", False, True),
        ("上海上线了专栏", False, False),
        ("上海上线了专栏", True, True),
        ("本办法自印发之日起施行", True, False),
        ("本方案所称燃气，是指天然气", True, False),
    ],
)
def test_what_asks(words: str, charged: bool, asked: bool) -> None:
    assert asks(words, charged=charged) is asked


def test_a_closing_holds_what_it_says() -> None:
    text = "完成改造（见附件）。（县公安局牵头，按职责分工负责）\n完成时限：2024年6月底"
    found = closings(text, facts(text, years=None), enclosures(text))
    assert [text[one.start : one.end] for one in found] == [
        "（县公安局牵头，按职责分工负责）",
        "完成时限：2024年6月底",
    ]
    assert [fact.value for one in found for fact in one.facts] == ["县公安局", "2024-06-30"]


def test_short_forms_of_names() -> None:
    assert is_short_for("住建局", "住房和城乡建设局")
    assert not is_short_for("科技局", "科技和工业信息化局")
    assert not is_short_for("水务局", "水利局")


@pytest.mark.parametrize(
    ("words", "level", "name"),
    [
        ("县住建局", "", "襄城县住房和城乡建设局"),
        ("科工局", "县", "襄城县科技和工业信息化局"),
        ("公安局", "县", "襄城县公安局"),
        ("公安局", "", "公安局"),
        ("县委宣传部", "", "襄城县委宣传部"),
        ("县安委办", "", "襄城县安全生产委员会办公室"),
        ("县安委会各成员单位", "", "襄城县安全生产委员会各成员单位"),
        ("消防安全服务中心", "县", "消防安全服务中心"),
        ("各乡镇政府", "县", "各乡镇政府"),
        ("省应急厅", "", "省应急管理厅"),
        ("市场监管局", "县", "襄城县市场监督管理局"),
    ],
)
def test_full_names(words: str, level: str, name: str) -> None:
    names = UnitNames(["县科技和工业信息化局", "县安委会办公室"], "襄城县")
    assert names.full(words, level) == name
