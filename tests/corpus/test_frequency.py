import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.frequency import frequencies

# text, [(words, period, count, for whom)]
FOUND = [
    (
        "主要负责人要每季度带队对本单位重大事故隐患排查整治情况至少开展 1 次检查（高危行业领域每月至少 1 次）",
        [
            ("每季度带队对本单位重大事故隐患排查整治情况至少开展 1 次", "P3M", 1, None),
            ("每月至少 1 次", "P1M", 1, "高危行业领域"),
        ],
    ),
    (
        "每季度带队对照判定标准，对本单位排查整治情况至少开展1次检查",
        [("每季度带队对照判定标准，对本单位排查整治情况至少开展1次", "P3M", 1, None)],
    ),
    ("每月至少听取一次分管行业领域汇报或专项调度检查督导一次", [("每月至少听取一次", "P1M", 1, None)]),
    (
        "每年至少组织开展一次疏散逃生演练(高危行业领域每半年至少一次)",
        [("每年至少组织开展一次", "P1Y", 1, None), ("每半年至少一次", "P6M", 1, "高危行业领域")],
    ),
    ("至少组织开展一次市级应急演练", [("至少组织开展一次", None, 1, None)]),
    (
        "按照“一月一培训、一月一警示、常态化宣传教育”的要求",
        [("一月一培训", "P1M", 1, None), ("一月一警示", "P1M", 1, None)],
    ),
    ("严格落实周调度、月讲评、会商研判", [("周调度", "P1W", None, None), ("月讲评", "P1M", None, None)]),
    (
        "实行月调度、季通报、年总结制度",
        [("月调度", "P1M", None, None), ("季通报", "P3M", None, None), ("年总结", "P1Y", None, None)],
    ),
    ("每月召开安全生产形势分析会", [("每月", "P1M", None, None)]),
    ("每年结合县委党校培训班，对执法人员开展集中培训", [("每年", "P1Y", None, None)]),
    ("落实有关部门季度公布典型执法案例制度", [("季度公布", "P3M", None, None)]),
    ("每年至少开展一轮全覆盖培训", [("每年至少开展一轮", "P1Y", 1, None)]),
    ("每两年开展一次", [("每两年开展一次", "P2Y", 1, None)]),
    ("两年一次", [("两年一次", "P2Y", 1, None)]),
    ("每3个月", [("每3个月", "P3M", None, None)]),
    ("每24小时", [("每24小时", "PT24H", None, None)]),
    ("每12个月", [("每12个月", "P1Y", None, None)]),
    ("按季度报送", [("按季度", "P3M", None, None)]),
    ("全年不少于4次", [("全年不少于4次", "P1Y", 4, None)]),
    ("每日巡查", [("每日", "P1D", None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[case[0][:16] for case in FOUND])
def test_finds(text: str, expected: list[tuple[str, str | None, int | None, str | None]]) -> None:
    found = [
        (text[one.start : one.end], one.value, one.count, text[slice(*one.whom)] if one.whom else None)
        for one in frequencies(text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "每一名从业人员",
        "每一个场景、每一个岗位、每一个人",
        "2024年总结",
        "年度任务清单",
        "在高质量发展年度考核中树牢导向",
        "本年度工作要点",
        "安全生产月活动",
        "“应急演练拉练月”活动",
        "一矿一册、一矿一报告",
        "适时开展“回头看”检查",
        "三年行动",
        "组织专家一对一定向指导",
        "发现一起查处一起",
        "完成一轮安全生产教育培训",
    ],
)
def test_finds_none(text: str) -> None:
    assert frequencies(text) == ()


PIECES = [
    "每",
    "年",
    "月",
    "季度",
    "半",
    "两",
    "3",
    "个",
    "至少",
    "开展",
    "一",
    "次",
    "，",
    "。",
    "（",
    "）",
    "调度",
    "按",
    "逐",
    "培训",
    "周",
    "日",
    "小时",
    "零",
    "\t",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_spans_are_in_order_and_periods_are_iso(text: str) -> None:
    end = 0
    for one in frequencies(text):
        assert end <= one.start < one.end <= len(text)
        assert one.value is None or re.fullmatch(r"P(\d+[YMWD]|T\d+H)", one.value)
        assert one.whom is None or 0 <= one.whom[0] < one.whom[1] <= one.start
        end = one.end


@pytest.mark.parametrize("unit", ["每", "每月", "至少", "每年至少", "一月一", "一", "每月开展", "（每月"])
def test_long_runs_take_linear_time(unit: str) -> None:
    started = time.perf_counter()
    frequencies(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 6
