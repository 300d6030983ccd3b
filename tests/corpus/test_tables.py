"""Table rows: columns, inherited cells, rows set right; every cell a quotation."""

from __future__ import annotations

from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Clause, Document
from corpus.library import read_document, shipped_documents

XIUYAN = read_document(next(path for path in shipped_documents() if path.stem == "xiuyan-2024-3"))


def row(document: Document, key: str) -> dict[str, str]:
    return {cell.column: cell.text for cell in document.clause(f"{document.id}#{key}").cells}


def inherited(clause: Clause) -> set[str]:
    return {cell.column for cell in clause.cells if cell.inherited}


def test_every_row_of_the_annex() -> None:
    rows = [clause for clause in XIUYAN.clauses if clause.kind == "row"]
    items = {clause.id.split("/")[2] for clause in rows if clause.id.count("/") == 3}
    assert items == {str(number) for number in range(1, 45)}
    assert len([clause for clause in rows if clause.id.count("/") == 1]) == 8
    assert len(rows) == XIUYAN.text.count("\n", XIUYAN.clause("xiuyan-2024-3#附件").end)
    for clause in rows:
        assert [cell.column for cell in clause.cells] == [
            "任务名称",
            "任务内容",
            "具体要求",
            "完成时间",
            "责任单位",
            "备注",
        ]
        assert all(XIUYAN.quote(cell.span) == cell.text for cell in clause.cells)
        assert clause.cells[0].text.replace("(", "（").startswith("（")


def test_merged_cells_are_inherited() -> None:
    clause = XIUYAN.clause("xiuyan-2024-3#附件/（一）/1/行2")
    cells = row(XIUYAN, "附件/（一）/1/行2")
    assert cells["任务内容"].startswith("1. 落实“中央党校主课堂")
    assert cells["完成时间"] == "2025年"
    assert cells["责任单位"].startswith("县应急管理局、县消防救援大队")
    assert inherited(clause) == {"任务名称", "任务内容", "责任单位", "备注"}
    assert clause.labels == ("附件", "（一）".replace("（", "(").replace("）", ")"), "1.", "第2行")
    assert XIUYAN.quote(clause.span).strip().startswith("重点开展金属冶炼")


def test_rows_that_lost_their_first_cell_are_set_right() -> None:
    cells = row(XIUYAN, "附件/（七）/41/行1")
    assert cells["任务内容"].startswith("41. 加大事故挂牌督办力度")
    assert cells["完成时间"] == "2024年底"
    assert cells["责任单位"] == "县安委会办公室，各负有安全生产监管职责的部门"


def test_a_group_named_below_its_first_row() -> None:
    assert row(XIUYAN, "附件/（二）")["任务名称"].startswith("(二)开展重大事故隐患判定标准")


def test_a_plain_table_in_the_body(tmp_path: Path) -> None:
    path = tmp_path / "made.md"
    path.write_text(
        "# 检查方案\n\n一、标准\n\n| 名称 | 限值 |\n|---|---|\n| 甲 | 3 |\n| 乙 |  |\n\n后文，如上。\n",
        "utf-8",
    )
    document = read_document(path, catalogue=Catalogue())
    assert [clause.id for clause in document.clauses] == [
        "made#标题", "made#一", "made#一/表1", "made#一/表1/行1", "made#一/表1/行2", "made#一/段1",
    ]  # fmt: skip
    assert row(document, "一/表1/行1") == {"名称": "甲", "限值": "3"}
    assert row(document, "一/表1/行2") == {"名称": "乙", "限值": ""}
