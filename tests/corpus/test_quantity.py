import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantity import quantities

# text, [(number with unit, with comparator, value)]
FOUND = [
    (
        "作业人数不得超过25人，掘进工作面不得超过18人",
        [("25人", "不得超过25人", "<=25人"), ("18人", "不得超过18人", "<=18人")],
    ),
    ("产能占比不低于 60%", [("60%", "不低于 60%", ">=60%")]),
    ("一级达标矿井占比 70% 以上", [("70%", "70% 以上", ">=70%")]),
    ("领域内30人以上场所", [("30人", "30人以上", ">=30人")]),
    ("90%化工园区达到较低安全风险等级", [("90%", "90%", "90%")]),
    ("容量小于 100 立方米的", [("100 立方米", "小于 100 立方米", "<100立方米")]),
    ("处理率低于 95%", [("95%", "低于 95%", "<95%")]),
    ("8 条硬措施和12条措施", [("8 条", "8 条", "8条"), ("12条", "12条", "12条")]),
    ("等17个方面", [("17个方面", "17个方面", "17个方面")]),
    ("800m采深以浅", [("800m", "800m", "800m")]),
    ("力争创建 1-2 处一级达标矿井", [("1-2 处", "1-2 处", "1-2处")]),
    ("30万吨/年以下煤矿", [("30万吨/年", "30万吨/年以下", "<=30万吨/年")]),
    ("十五条硬措施", [("十五条", "十五条", "15条")]),
    ("处五万元以上二十万元以下的罚款", [("五万元以上二十万元以下",) * 2 + (">=5万元 <=20万元",)]),
    ("处5000元以下的罚款", [("5000元", "5000元以下", "<=5000元")]),
    ("百分之三十以上的", [("百分之三十", "百分之三十以上", ">=30%")]),
    ("保存期限不少于三年", [("三年", "不少于三年", ">=3年")]),
    ("全部达到二级及以上", [("二级", "达到二级及以上", ">=二级")]),
    ("达到D级化工园区等级", [("D级", "达到D级", ">=D级")]),
    ("记满 12 分营运驾驶员", [("12 分", "12 分", "12分")]),
    ("近5年生产安全事故", [("5年", "近5年", "5年")]),
    ("对参保职工30人(含)以下的企业", [("30人", "30人(含)以下", "<=30人")]),
    ("约5万元", [("5万元", "约5万元", "~5万元")]),
    ("不超过六个月", [("六个月", "不超过六个月", "<=6个月")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[case[0][:16] for case in FOUND])
def test_finds(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [
        (text[one.start : one.end], text[one.phrase_start : one.phrase_end], one.value)
        for one in quantities(text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月25日",
        "襄安委〔2024〕5号",
        "18.全面提升",
        "一名行业监管部门干部、一名乡镇街道干部",
        "第三方",
        "第十八条",
        "“1+4”应急救援体系",
        "三年行动",
        "落实“三个一批”",
        "119消防宣传月",
        "总结2023行动经验",
        "二级三级医院",
        "30日内",
        "三分类",
        "“1·12”事故",
        "统一个人防护",
        "每平方米",
        "四不两直",
        "县级以上人民政府",
        "2024年底前",
        "三管三必须",
        "一人多卡",
    ],
)
def test_finds_none(text: str) -> None:
    assert quantities(text) == ()


PIECES = [
    "不得超过",
    "至少",
    "3",
    "25",
    "十",
    "五",
    "百",
    "万",
    "元",
    "人",
    "%",
    "个",
    "方面",
    "以上",
    "以下",
    "-",
    ".",
    ",",
    "第",
    "年",
    "百分之",
    "点",
    "〔",
    " ",
    "级",
    "余",
]


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_spans_are_in_order_and_nested(text: str) -> None:
    end = 0
    for one in quantities(text):
        assert end <= one.phrase_start <= one.start < one.end <= one.phrase_end <= len(text)
        assert one.value
        end = one.phrase_end


@pytest.mark.parametrize("unit", ["1", "1,", "1.", "一", "十百", "不超过", "百分之", "3个", "1-", "12 "])
def test_long_runs_take_linear_time(unit: str) -> None:
    started = time.perf_counter()
    quantities(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 6
