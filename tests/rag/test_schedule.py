"""A document's 序时进度表, drawn from its tasks."""

import io

import openpyxl
import pytest

from corpus.document import Cell, Document, Span
from corpus.task import Quoted, Task
from rag.errors import UnknownPlaceError
from rag.export_schedule import LINE, WIDTHS, write_schedules
from rag.schedule import COLUMNS, schedules
from rag.tasks import TaskRegister
from tests.index.sample import Part, document
from tests.rag.duties import register


@pytest.mark.parametrize(
    "wanted", ["plan", "示安〔2024〕1号", "示范县安全生产三年行动方案（2024—2026年）", "示范"]
)
def test_a_document_is_named_by_id_number_title_or_place(wanted: str) -> None:
    (schedule,) = schedules(register(), wanted)
    assert schedule.document.id == "plan"
    pipes, firm, check, begin, _tell = schedule.rows
    assert pipes.action == "（一）燃气治理"
    assert pipes.clause.startswith("1.2024年底前基本完成")
    assert (pipes.requirement, pipes.time) == ("基本完成“瓶改管”改造任务", "2024年底前")
    assert pipes.units == "县住房和城乡建设局、县公安局"
    assert firm.remark == "另需负责：各乡镇政府"
    assert (check.time, check.units) == ("每季度至少检查1次", "县应急局")
    assert begin.action == "二、保障"


def test_an_inferred_year_is_remarked() -> None:
    (schedule,) = schedules(register(), "驻马店")
    assert schedule.rows[0].remark == "年份取自文件标题的2024年"


def test_what_is_neither_document_nor_place_is_told() -> None:
    with pytest.raises(UnknownPlaceError) as refused:
        schedules(register(), "火星")
    assert "示范县" in refused.value.message_zh


def test_what_repeats_is_one_tall_cell() -> None:
    file = io.BytesIO()
    write_schedules(schedules(register(), "plan"), file)
    (sheet,) = openpyxl.load_workbook(file).worksheets
    assert sheet.title == "1 示范县"
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A2:A4", "B2:B3", "A5:A6", "B5:B6"}
    assert sheet["C2"].value == "基本完成“瓶改管”改造任务"
    assert sheet["C3"].value == "形成“一城一企”格局"
    assert sheet["D4"].value == "每季度至少检查1次"
    clause = str(sheet["B2"].value)
    assert sum(sheet.row_dimensions[row].height for row in (2, 3)) >= len(clause) * 2 / WIDTHS[1] * LINE


def with_table(columns: tuple[str, ...]) -> TaskRegister:
    """A document with an item, and a row of a table with these columns that asks the same."""
    held = document(
        "both", "方案", [Part("1.完成改造。\n", label="1."), Part("完成改造\n", kind="row", inherited="x")]
    )
    row = held.clauses[1]
    cells = tuple(Cell(column, "完成改造", Span(row.start, row.start + 4)) for column in columns)
    clauses = (
        held.clauses[0],
        type(row)(row.id, "row", row.path, row.labels, row.start, row.end, cells=cells),
    )
    held = Document(
        "both", "方案", held.text, clauses, held.source_map, "both.txt", held.digest, place="样县"
    )  # fmt: skip

    def read(_held: Document) -> list[Task]:
        at = held.text.index("完成改造")
        return [
            Task("both#0@1", "both", "both#0", Quoted("完成改造", at, at + 4)),
            Task("both#1@1", "both", "both#1", Quoted("完成改造", row.start, row.start + 4)),
        ]

    return TaskRegister((held,), read)


def test_a_schedule_that_the_document_has_is_not_drawn_again() -> None:
    (schedule,) = schedules(with_table(COLUMNS), "both")
    assert [row.clause for row in schedule.rows] == ["1.完成改造。"]


def test_rows_of_another_table_are_duties_like_any() -> None:
    (schedule,) = schedules(with_table(("任务", "单位")), "both")
    assert [row.clause for row in schedule.rows] == ["1.完成改造。", "完成改造"]
