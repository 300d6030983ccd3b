from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from rag.understanding import QuestionReader
from rag.understanding.homophones import fuzzy, spell

SLIPS = [
    ("瓶盖管", "瓶改管"),
    ("变形拖拉机", "变型拖拉机"),
    ("安全胜产", "安全生产"),
    ("尾矿酷", "尾矿库"),
    ("秀岩县", "岫岩县"),
    ("驻马电", "驻马店"),
    ("青平街", "青屏街"),
    ("安伟办", "安委办"),
    ("烟花报竹", "烟花爆竹"),
    ("电动自形车", "电动自行车"),
    ("自键房", "自建房"),
    ("动态轻零", "动态清零"),
    ("有限空见", "有限空间"),
    ("挂牌督半", "挂牌督办"),
    ("重大影患", "重大隐患"),
]
ORDINARY = [
    "请问今年的年终奖什么时候发",
    "孩子上幼儿园需要准备哪些材料",
    "医保报销比例是多少，异地就医怎么备案",
    "小区停车位被占了应该找谁投诉",
    "王建国和李晓明住在郑州市金水区花园路",
    "明天去上海出差，火车票多少钱",
    "低保户家里的老人能不能申请养老补贴",
    "公司拖欠工资，劳动监察大队管不管",
    "住房公积金提取要几天到账",
    "公园里的湖水为什么变绿了",
    "岫岩县规模以上企业修订制度",
    "消防重点单位包保小组",
    "襄城县财政为治理安排了多少万元",
    "低保线以上的家庭怎么补贴",
    "违规的除罚款外还怎么处理",
    "重大上访案件由哪个部门协调",
    "政府包几个人上班",
    "检查是谁来做，实施是谁批准",
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
@pytest.mark.parametrize("frame", ["{}什么时候完成", "请问{}的责任单位有哪些", "襄城 {} deadline"])
def test_slips_are_put_right(reader: QuestionReader, typed: str, meant: str, frame: str) -> None:
    question = reader.read(frame.format(typed))
    assert question.corrections == {typed: meant}
    assert meant in question.text
    assert typed not in question.text


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_sentences_are_left_alone(reader: QuestionReader, sentence: str) -> None:
    assert reader.read(sentence).corrections == {}


def test_the_corpus_itself_is_left_alone(reader: QuestionReader, documents: tuple[Document, ...]) -> None:
    sentences = [sentence for document in documents for sentence in document.text.split("。")]
    assert len(sentences) > 500
    assert [s for s in sentences if reader.read(s).corrections] == []


def test_nothing_is_read_into_a_question_that_the_corpus_does_not_say(make_document, make_reader) -> None:  # type: ignore[no-untyped-def]
    reader = make_reader(make_document("a", "通知", "各单位要做好“瓶改管”工作。"))
    assert reader.read("瓶盖管").corrections == {"瓶盖管": "瓶改管"}
    assert reader.read("尾矿酷").corrections == {}


@given(st.text(alphabet="的了是在有和几多谁哪什么时候怎样", min_size=1, max_size=20))
def test_grammar_is_never_put_right(reader: QuestionReader, text: str) -> None:
    assert reader.read(text).corrections == {}


def test_places_are_spelled() -> None:
    assert [spell(name) for name in ("襄城", "岫岩", "青屏", "驻马店")] == [
        "xiangcheng",
        "xiuyan",
        "qingping",
        "zhumadian",
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("zheng", "zen"), ("nin", "ling"), ("shan", "sang"), ("chi", "ci"), ("nan", "lang")]
)
def test_sounds_many_people_merge(one: str, other: str) -> None:
    assert fuzzy(one) == fuzzy(other)
