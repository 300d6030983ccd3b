"""Text into clauses: hand-checked outlines of the shipped documents, and the rules one by one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.clauses import cut
from corpus.document import Clause, Document
from corpus.heading import read_heading
from corpus.labels import read_label
from corpus.layout import repair
from corpus.library import read_document, shipped_documents

GOLDEN = Path(__file__).parent / "golden"
SHIPPED = {path.stem: read_document(path) for path in shipped_documents()}


def clauses(text: str) -> dict[str, Clause]:
    layout = repair(text)
    found = cut("d", layout.words, read_heading(layout.words).parts)
    return {clause.id.removeprefix("d#"): clause for clause in found}


def words(text: str) -> dict[str, str]:
    layout = repair(text)
    return {key: layout.text[clause.start : clause.end] for key, clause in clauses(text).items()}


@pytest.mark.parametrize("document_id", sorted(SHIPPED))
def test_golden_outline(document_id: str) -> None:
    document = SHIPPED[document_id]
    expected = [line.split("\t") for line in (GOLDEN / f"{document_id}.txt").read_text("utf-8").splitlines()]
    got = [
        [
            clause.id.partition("#")[2],
            clause.kind,
            re.sub(r"[\t\n]", " ", document.quote(clause.span)).strip()[:16],
        ]
        for clause in document.clauses
    ]
    assert got == [[key, kind, first] for key, kind, first in expected]


@pytest.mark.parametrize(
    ("document_id", "chapters", "actions", "numbers"),
    [
        ("xiangcheng-2024-5", 4, ("三", 11), 40),
        ("xiuyan-2024-3", 4, ("三", 8), 44),
        ("qingping-2024-23", 3, ("二", 10), 23),
        ("zhumadian-2024-7", 6, None, 37),
    ],
)
def test_counts(document_id: str, chapters: int, actions: tuple[str, int] | None, numbers: int) -> None:
    keys = [clause.id.partition("#")[2] for clause in SHIPPED[document_id].clauses]
    assert len([key for key in keys if re.fullmatch("[一二三四五六]", key)]) == chapters
    chapter = actions[0] if actions else "[一二三四五六]"
    if actions:
        assert len([key for key in keys if re.fullmatch(rf"{actions[0]}/（[^）]+）", key)]) == actions[1]
    items = [
        int(key.rpartition("/")[2]) for key in keys if re.fullmatch(rf"{chapter}/(?:（[^）]+）/)?\d+", key)
    ]
    assert items == list(range(1, numbers + 1))


def clause(document: Document, key: str) -> Clause:
    return document.clause(f"{document.id}#{key}")


def test_path_and_labels() -> None:
    document = SHIPPED["xiangcheng-2024-5"]
    item = clause(document, "三/（六）/18")
    assert item.path == ("三、主要任务", "（六）开展安全科技支撑和工程治理行动", "18.")
    assert item.labels == ("三、", "（六）", "18.")
    assert item.parent == "xiangcheng-2024-5#三/（六）"
    assert "2024年底前基本完成全城镇“瓶改管”改造任务" in document.quote(item.span)


def test_run_in_heading() -> None:
    document = SHIPPED["xiangcheng-2024-5"]
    item = clause(document, "四/（二）")
    assert document.text[item.start : item.heading_end] == "（二）加强安全投入。"
    assert item.path[-1] == "（二）加强安全投入"
    sentence = clause(document, "二/（一）")
    assert sentence.heading_end == sentence.start, "a first sentence among commas is no heading"


def test_paragraphs_and_units_stay_with_their_clause() -> None:
    document = SHIPPED["xiangcheng-2024-5"]
    assert "明确县安委办对各行业领域" in document.quote(clause(document, "三/（一）/1").span)
    assert document.quote(clause(document, "三/（五）/9").span).endswith("县安委会有关成员单位分工负责）")
    notice = document.quote(clause(document, "通知").span)
    assert notice.endswith("请认真贯彻执行。\n2024年3月25日")


LAW = """甲市安全条例

（2020年1月1日通过）

第一章　总则

第一条　为了安全，制定本条例。

第二条　下列情形适用：
（一）生产；
（二）经营。
前款规定另有规定的，依照
第二十八条规定处理，间距1.5米。

第二章　附则

第三条之一　依照本条例
第二条的规定执行。

第四条　自公布之日起施行。
"""


def test_an_article_is_one_clause() -> None:
    found = clauses(LAW)
    assert list(found) == ["标题", "第一章", "第一条", "第二条", "第二章", "第三条之一", "第四条"]
    assert found["第三条之一"].path == ("第二章 附则", "第三条之一")
    assert words(LAW)["第二条"].endswith("第二十八条规定处理，间距1.5米。")
    assert words(LAW)["第三条之一"].endswith("依照本条例\n第二条的规定执行。")
    assert words(LAW)["标题"].endswith("（2020年1月1日通过）")


@pytest.mark.parametrize("line", ["1.5米以上", "2024年底前", "30日内", "第三方机构", "百分之一、二"])
def test_no_label(line: str) -> None:
    assert read_label(line) is None


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("一、总则", "一"), ("(二) 目标", "（二）"), ("（十一）开展", "（十一）"), ("18.全面", "18"), ("1．检查", "1"),
        ("3、检查", "3"), ("（1）检查", "（1）"), ("(12)检查", "（12）"), ("①检查", "①"), ("第十八条　为了", "第十八条"),
        ("第三条之一　为了", "第三条之一"), ("第一编 总则", "第一编"), ("1.2024年底前完成", "1"),
    ],
)  # fmt: skip
def test_label(line: str, key: str) -> None:
    label = read_label(line)
    assert label is not None
    assert label.key == key


def test_numbers_run_on_and_repeat() -> None:
    lines = [
        "（一）甲行动。",
        "1. 检查，整改。",
        "（二）乙行动。",
        "2. 检查，整改。",
        "3. 检查，整改。",
        "3. 检查，整改。",
    ]
    text = "\n".join(["实施方案", "一、任务", *lines])
    assert list(clauses(text)) == [
        "标题", "一", "一/（一）", "一/（一）/1", "一/（二）", "一/（二）/2", "一/（二）/3", "一/（二）/3·2",
    ]  # fmt: skip


def test_a_far_number_at_a_line_start_is_no_label() -> None:
    text = "实施方案\n一、任务\n1. 检查，整改，包括\n58. 号楼，以及其他。\n2. 检查，整改。\n"
    assert list(clauses(text)) == ["标题", "一", "一/1", "一/2"]


def test_contents_are_one_clause() -> None:
    text = "甲市条例\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 为了安全。\n第二章 附则\n第二条 施行。\n"
    assert list(clauses(text)) == ["标题", "目录", "第一章", "第一条", "第二章", "第二条"]


def test_plain_paragraphs() -> None:
    found = clauses("今日我市召开会议。\n会议要求加强检查。\n")
    assert list(found) == ["正文/段1", "正文/段2"]
    assert found["正文/段2"].labels == ("正文", "第2段")


def test_markdown_heading_without_a_label() -> None:
    found = clauses(
        "# 工作方案\n\n前言，如下。\n\n## 工作背景\n\n背景，如下。\n\n## 工作目标\n\n目标，如下。\n"
    )
    assert list(found) == ["标题", "正文/段1", "工作背景", "工作背景/段1", "工作目标", "工作目标/段1"]
