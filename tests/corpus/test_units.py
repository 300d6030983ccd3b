import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.units import unit_groups, unit_list, units

# text, [(role, [names])]
LISTS = [
    (
        "。〔责任单位：县住房城乡建设局、县消防救援大队、县公安局、县农业农村局等部门〕",
        [("duty", ["县住房城乡建设局", "县消防救援大队", "县公安局", "县农业农村局"])],
    ),
    (
        "。（县消防救援大队、公安局牵头，县安委会有关成员单位按照职责分工负责）",
        [("lead", ["县消防救援大队", "公安局"]), ("duty", ["县安委会有关成员单位"])],
    ),
    ("。（市交通局、农业农村局等部门分工负责）", [("duty", ["市交通局", "农业农村局"])]),
    (
        "。（市工信局、应急局会同市公安局、自然资源局等部门分工负责）",
        [("lead", ["市工信局", "应急局"]), ("joint", ["市公安局", "自然资源局"])],
    ),
    ("。（市安委会办公室会同各成员单位分工负责)", [("lead", ["市安委会办公室"]), ("joint", ["各成员单位"])]),
    (
        "〔责任单位：县应急管理局，各乡镇人民政府、各街道办事处，以下均需要各乡镇人民政府、各街道办事处负责，不再逐项列出〕",
        [
            ("duty", ["县应急管理局", "各乡镇人民政府", "各街道办事处"]),
            ("standing", ["各乡镇人民政府", "各街道办事处"]),
        ],
    ),
    (
        "（街道安全应急办、综合执法办分别牵头，城管局青屏中队、派出所按职责协同配合；各社区负责。以下均需各社区负责，不再一一列出）",
        [
            ("lead", ["街道安全应急办", "综合执法办"]),
            ("support", ["城管局青屏中队", "派出所"]),
            ("duty", ["各社区"]),
            ("standing", ["各社区"]),
        ],
    ),
    (
        "（县应急管理局、公安局分别牵头负责，县安委会有关成员单位配合；各乡镇政府、街道办事处负责，以下均需各乡镇政府、街道办事处负责，不再列出）",
        [
            ("lead", ["县应急管理局", "公安局"]),
            ("support", ["县安委会有关成员单位"]),
            ("duty", ["各乡镇政府", "街道办事处"]),
            ("standing", ["各乡镇政府", "街道办事处"]),
        ],
    ),
    ("落实。（市安委会办公室)", [("duty", ["市安委会办公室"])]),
    ("问题。(市安委办，市安委会十三个综合督导组)", [("duty", ["市安委办", "市安委会十三个综合督导组"])]),
    (
        "（市纪委监委、市应急局、公安局和其它市安委会成员单位依据职责分工负责）。",
        [("duty", ["市纪委监委", "市应急局", "公安局", "其它市安委会成员单位"])],
    ),
    (
        "（市安委会各负有安全生产监督管理职责的部门和各负有安全生产行业领域管理职责的部门分工负责）",
        [("duty", ["市安委会各负有安全生产监督管理职责的部门", "各负有安全生产行业领域管理职责的部门"])],
    ),
    (
        "（市委组织部，市委宣传部，市应急局等市安委会各成员单位分工负责)",
        [("duty", ["市委组织部", "市委宣传部", "市应急局"])],
    ),
    (
        "〔责任单位：县发展改革局（科学技术局）、县工业和信息化局等部门]",
        [("duty", ["县发展改革局（科学技术局）", "县工业和信息化局"])],
    ),
    (
        "（县发展和改革委员会、科技局和工业信息化局、人力资源和社会保障局分工负责）",
        [("duty", ["县发展和改革委员会", "科技局", "工业信息化局", "人力资源和社会保障局"])],
    ),
    (
        "（县应急管理局、文化广电和旅游局等县安委会有关成员单位分别牵头或按职责分工负责）",
        [("lead", ["县应急管理局", "文化广电和旅游局"])],
    ),
    (
        "（牵头单位：县应急局；配合单位：县公安局、县教育局）",
        [("lead", ["县应急局"]), ("support", ["县公安局", "县教育局"])],
    ),
    ("责任单位：县应急局、县公安局。", [("duty", ["县应急局", "县公安局"])]),
    ("完成\t2024年底\t县应急管理局、县公安局等部门\t", [("duty", ["县应急管理局", "县公安局"])]),
    (
        "完成\t2024年\t县妇联，各负有安全生产监管职责的部门",
        [("duty", ["县妇联", "各负有安全生产监管职责的部门"])],
    ),
    (
        "县委宣传部\t以下均需要各街道办事处、各街道办再逐项列出",
        [("duty", ["县委宣传部"]), ("standing", ["各街道办事处"])],
    ),
    ("由县公安局、县交通运输局负责实施", [("duty", ["县公安局", "县交通运输局"])]),
    ("各乡镇（街道）负责制定并实施辖区的方案", [("duty", ["各乡镇（街道）"])]),
    ("县应急管理局牵头，县公安局配合。", [("lead", ["县应急管理局"]), ("support", ["县公安局"])]),
    (
        "由国务院应急管理部门会同国务院有关部门制定",
        [("lead", ["国务院应急管理部门"]), ("joint", ["国务院有关部门"])],
    ),
    ("7.会同县委党校集中开展培训", [("joint", ["县委党校"])]),
]


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=[case[0][:16] for case in LISTS])
def test_reads_lists(text: str, expected: list[tuple[str, list[str]]]) -> None:
    found = [
        (group.role, [text[unit.start : unit.end] for unit in group.units]) for group in unit_groups(text)
    ]
    assert found == expected


def test_a_group_is_the_list_as_written() -> None:
    text = "。〔责任单位：县住房城乡建设局、县消防救援大队，各街道办事处等部门〕"
    (group,) = unit_groups(text)
    assert text[group.start : group.end] == "县住房城乡建设局、县消防救援大队，各街道办事处"
    assert {(unit.group_start, unit.group_end) for unit in units(text)} == {(group.start, group.end)}


@pytest.mark.parametrize(
    "text",
    [
        "（按职责分工负责）",
        "（高危行业领域每月至少1次）",
        "（安全出口、疏散通道，电气焊作业）",
        "（一）加强组织领导。",
        "（县级以上人民政府）",
        "（固定检查名单、检查对象、检查责任，一律坚持“一案双查”、“责任倒查”）",
        "“一件事”由牵头部门组织推动",
        "生产经营单位主要负责人要学透弄懂",
        "任务名称\t责任单位\t备注",
        "襄城县安全生产委员会\n2024年工作要点",
        "建立健全行业主管部门牵头、执法监管部门深度参与的监管模式",
        "形成保险机构参与排查整治工作机制\t2026年底",
        "各级党委政府、部门和生产经营单位统筹发展和安全",
    ],
)
def test_finds_none(text: str) -> None:
    assert unit_groups(text) == ()


PIECES = [
    "县公安局",
    "应急管理局",
    "各乡镇",
    "（",
    "）",
    "(",
    ")",
    "〔",
    "]",
    "责任单位：",
    "牵头",
    "负责",
    "会同",
    "配合",
    "、",
    "，",
    "。",
    "；",
    "\t",
    "\n",
    "等部门",
    "以下均需",
    "和",
    "由",
    " ",
    "单位",
    "不再列出",
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_groups_are_in_order_and_hold_their_units(text: str) -> None:
    end = 0
    for group in unit_groups(text):
        assert end <= group.start < group.end <= len(text)
        assert (group.units[0].start, group.units[-1].end) == (group.start, group.end)
        inside = group.start
        for unit in group.units:
            assert inside <= unit.start < unit.end
            assert text[unit.start : unit.end] == text[unit.start : unit.end].strip()
            inside = unit.end
        end = group.end


@pytest.mark.parametrize(
    "unit",
    [
        "（",
        "（）",
        "由",
        "负责",
        "会同",
        "县公安局、",
        "县公安局牵头",
        "（县公安局负责）",
        "责任单位：",
        "局\t",
        "和",
        "责任单位：县公安局、",
    ],
)
def test_long_runs_take_linear_time(unit: str) -> None:
    started = time.perf_counter()
    unit_groups(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 6


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("各乡镇（街道）、县公安局", ["各乡镇（街道）", "县公安局"]),
        ("各地各有关部门", ["各地", "各有关部门"]),
        ("各县（区）", ["各县（区）"]),
        ("县公安局要求整改", []),
        ("完善街道办事处与行业部门", []),
        ("", []),
    ],
)
def test_a_stretch_that_is_but_a_list_of_units(words: str, names: list[str]) -> None:
    assert [words[slice(*one)] for one in unit_list(words, 0, len(words))] == names
