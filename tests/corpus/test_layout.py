"""Layout undone: what is joined, what is dropped, what stays as the source has it."""

from __future__ import annotations

import pytest

from corpus.layout import repair

LONG = "县应急管理局、消防救援大队、住房和城乡建设局、公安局、市场监督管理局分"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (f"{LONG}\n\n别牵头负责。", f"{LONG}别牵头负责。"),
        (f"{LONG}\n\n— 3 —\n\n别牵头负责。", f"{LONG}别牵头负责。"),
        (f"{LONG}\n第 3 页 共 9 页\n别牵头负责。", f"{LONG}别牵头负责。"),
        (f"{LONG}\f别牵头负责。", f"{LONG}别牵头负责。"),
        ("能力现代化，\n\n努力推进。", "能力现代化，努力推进。"),
        ("整改“三清”（清理\n通道）等。", "整改“三清”（清理通道）等。"),
        ("全面排险除患。\n\n（县应急管理局负责）", "全面排险除患。\n（县应急管理局负责）"),
        (f"{LONG}\n\n2. 下一项。", f"{LONG}2. 下一项。"),
        (f"1. 甲。\n{LONG}\n\n2. 下一项。", f"1. 甲。\n{LONG}\n2. 下一项。"),
        ("依照\n第二十八条规定处理。", "依照\n第二十八条规定处理。"),
        ("包括以下：\n内容", "包括以下：\n内容"),
    ],
)
def test_broken_sentences(source: str, text: str) -> None:
    assert repair(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("治本攻坚 三年行动", "治本攻坚三年行动"),
        ("2024 年底前", "2024年底前"),
        ("占比 70% 以上", "占比70%以上"),
        ("检查 and 线上", "检查 and 线上"),
        ("纳入 CCC 认证", "纳入 CCC 认证"),
        ("第一条　　为了", "第一条　为了"),
        ("第一章  总    则", "第一章 总则"),
        ("1. 检查", "1. 检查"),
        ("　　正文", "正文"),
        ("安\u200b全\x00", "安全"),
    ],
)
def test_spaces(source: str, text: str) -> None:
    assert repair(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# 标题文件", "标题文件"),
        ("**4. 压实责任。**严格落实", "4. 压实责任。严格落实"),
        ("<b>加快推动</b>转型", "加快推动转型"),
        ("2# 尾矿库", "2#尾矿库"),
        ("张**、李**二人", "张**、李**二人"),
        ("身份证4101**********1234", "身份证4101**********1234"),
        ("（一)混用(括号）不入平合作业", "（一)混用(括号）不入平合作业"),
    ],
)
def test_marks_go_and_words_stay(source: str, text: str) -> None:
    assert repair(source).text == text


def test_titles_over_lines() -> None:
    assert (
        repair("# 驻马店市安全生产委员会\n\n## 2024年工作要点\n\n正文。").text
        == "驻马店市安全生产委员会2024年工作要点\n正文。"
    )
    assert (
        repair("中华人民共和国税收征收\n管理法实施细则\n正文。").text
        == "中华人民共和国税收征收管理法实施细则\n正文。"
    )


def test_rows_and_repeated_heads() -> None:
    source = "## 进度表\n\n名称\t内容\n甲\t 一 项 \n\n\n## 进度表\n\n名称\t内容\n\t乙  丙\n"
    layout = repair(source)
    assert layout.text == "进度表\n名称\t内容\n甲\t一项\n\t乙  丙"
    assert [line.row for line in layout.lines] == [False, True, True, True]


def test_markdown_table() -> None:
    assert repair("| 名称 | 内容 |\n| --- | :--: |\n| 甲 |  |\n").text == "名称\t内容\n甲\t"


def test_a_tab_after_a_label_or_an_indent_is_no_table() -> None:
    assert repair("第一条\t为了安全。\n\t正文。").text == "第一条 为了安全。\n正文。"


def test_running_headers_go_and_repeated_words_stay() -> None:
    header = "某县安全生产文件汇编"
    source = f"{header}\n{LONG}\n— 1 —\n{header}\n别牵头。\n（县安委会负责）\n甲。\n（县安委会负责）"
    assert repair(source).text == f"{header}\n{LONG}别牵头。\n（县安委会负责）\n甲。\n（县安委会负责）"


def test_lost_line_ends_are_found_again() -> None:
    body = "各单位要切实加强领导，落实责任。" * 40
    text = repair(f"甲市关于加强检查的通知 各单位： {body} 一、加强领导 （一）落实责任。{body}").text
    assert [line[:8] for line in text.split("\n")] == [
        "甲市关于加强检查",
        "各单位：",
        "各单位要切实加强",
        "一、加强领导",
        "（一）落实责任。",
    ]


def test_source_map_points_at_the_source() -> None:
    source = f"# 标 题\n\n{LONG}\n\n— 1 —\n\n别牵头。"
    layout = repair(source)
    at = layout.text.index("别")
    assert source[layout.source_map.source_offset(at)] == "别"
    assert layout.source_map.source_offset(0) == source.index("标")


def test_one_endless_line_takes_no_endless_time() -> None:
    times = 100_000
    assert repair("安 全**，（" * times).text == "安全**，（" * times
