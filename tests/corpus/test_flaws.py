"""What looks wrong in a document, and that nothing does in the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document, Flaw
from corpus.flaws import flaws
from corpus.library import read_document, shipped_documents
from tests.corpus.test_invariants import parse

TITLE = "甲乙县安全生产条例"


def told(document: Document) -> list[tuple[str, str]]:
    return [(flaw.kind, flaw.detail) for flaw in flaws(document)]


def law(*labels: str) -> str:
    return "\n".join((TITLE, *(f"{label}加强安全生产工作，落实主体责任。" for label in labels)))


@pytest.mark.parametrize("path", shipped_documents(), ids=lambda path: path.stem)
def test_nothing_looks_wrong_in_the_shipped_documents(path: Path) -> None:
    assert flaws(read_document(path)) == ()


@pytest.mark.parametrize(
    ("labels", "gap"),
    [
        (("第十一条　", "第十二条　", "第十四条　"), "第十二条 → 第十四条"),
        (("1.", "2.", "4."), "2. → 4."),
        (("一、", "二、", "四、"), "二、 → 四、"),
        (("（一）", "（二）", "（五）"), "（二） → （五）"),
        (("第一章　总则\n第一条　", "第二章　罚则\n第三条　"), "第一条 → 第三条"),
    ],
)
def test_gaps_in_the_numbering(labels: tuple[str, ...], gap: str, tmp_path: Path) -> None:
    assert told(parse(law(*labels), tmp_path)) == [("gap_in_numbering", gap)]


@pytest.mark.parametrize(
    "labels",
    [
        ("1.", "2.", "3.", "1.", "2."),
        ("第一条　", "第一条之一　", "第二条　"),
        ("一、加强领导。\n1.", "2.", "二、强化执法。\n3.", "4."),
        ("一、加强领导。\n（一）", "（二）", "二、强化执法。\n（一）"),
        ("第一条　", "第二条　", "附件1\n清单\n第一条　", "第二条　"),
    ],
)
def test_lists_that_run_on_or_start_again_have_no_gap(labels: tuple[str, ...], tmp_path: Path) -> None:
    assert told(parse(law(*labels), tmp_path)) == []


def test_no_more_gaps_are_told_than_a_few(tmp_path: Path) -> None:
    assert len(flaws(parse(law(*(f"第{number}条　" for number in range(1, 40, 2))), tmp_path))) == 5


def test_a_long_text_without_clauses(tmp_path: Path) -> None:
    assert told(parse(f"{TITLE}\n" + "加强安全生产工作，落实主体责任。\n" * 100, tmp_path)) == [
        ("no_clauses", "")
    ]
    assert told(parse(f"{TITLE}\n加强安全生产工作，落实主体责任。", tmp_path)) == []


def test_a_text_without_title_is_called_something_else(tmp_path: Path) -> None:
    assert told(parse("第一条　加强安全生产工作。\n第二条　落实主体责任。", tmp_path)) == [
        ("no_title", "made")
    ]


def test_an_issued_text_has_a_number(tmp_path: Path) -> None:
    text = (
        "关于加强安全生产工作的通知\n各乡镇人民政府：\n一、加强领导。要落实责任。\n二、严格执法。要抓好落实。"
    )
    assert told(parse(text, tmp_path)) == [("no_number", "")]
    assert told(parse("甲政〔2024〕5号\n" + text, tmp_path)) == []


def test_strange_characters_are_counted(tmp_path: Path) -> None:
    text = law("第一条　\ufffd\ufffd\ue003", "第二条　")
    assert told(parse(text, tmp_path)) == [("strange_characters", "U+FFFD×2 U+E003×1")]


def test_a_gap_knows_its_page(tmp_path: Path) -> None:
    text = law("第一条　", "第二条　") + "\f" + "第四条　加强安全生产。"
    assert flaws(parse(text, tmp_path)) == (Flaw("gap_in_numbering", "第二条 → 第四条", 2),)
