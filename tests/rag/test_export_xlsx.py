"""The register as an Excel workbook, read back."""

import io
import tracemalloc
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import export_xlsx
from rag.export_table import COLUMNS, FORMULA_OPENERS, opens_formula, printable
from rag.export_xlsx import LINK, SHEET, write_xlsx
from rag.tasks import Entry
from tests.rag.duties import CHECK, ENTER, ONE_FIRM, PIPES, entry, many, worded

BASE = "http://page/"
MEGABYTE = 1024 * 1024
NAMES = [column.heading for column in COLUMNS]


def read(entries: Iterable[Entry]) -> Any:
    file = io.BytesIO()
    write_xlsx(entries, file, BASE)
    return openpyxl.load_workbook(file)[SHEET]


def test_a_row_says_what_the_task_says() -> None:
    sheet = read(map(entry, (PIPES, ONE_FIRM, CHECK, ENTER)))
    assert [cell.value for cell in sheet[1]] == [*NAMES, "原文"]
    pipes = dict(zip(NAMES, sheet[2], strict=False))
    assert pipes["任务"].value == "基本完成“瓶改管”改造任务"
    assert pipes["牵头单位"].value == "县住房和城乡建设局"
    assert pipes["条款"].value == "一、（一）1."
    assert sheet.max_row == 5


def test_days_are_days() -> None:
    sheet = read([entry(PIPES), entry(CHECK)])
    day, none = sheet.cell(2, NAMES.index("期限") + 1), sheet.cell(3, NAMES.index("期限") + 1)
    assert day.is_date
    assert day.value == datetime(2024, 12, 31)
    assert day.number_format == "yyyy-mm-dd"
    assert none.value is None


def test_each_row_links_to_its_clause() -> None:
    cell = read([entry(PIPES)]).cell(2, len(NAMES) + 1)
    assert cell.value == LINK
    assert cell.hyperlink.target.startswith("http://page/source/plan?start=")


def test_beyond_the_clickable_rows_the_address_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_xlsx, "MOST_LINKS", 1)
    sheet = read([entry(PIPES), entry(ONE_FIRM)])
    assert sheet.cell(2, len(NAMES) + 1).hyperlink is not None
    assert sheet.cell(3, len(NAMES) + 1).hyperlink is None
    assert sheet.cell(3, len(NAMES) + 1).value.startswith("http://page/source/plan?start=")


def test_the_head_stays_in_sight_and_filters() -> None:
    sheet = read([entry(PIPES), entry(ONE_FIRM)])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:P3"
    assert sheet.column_dimensions["B"].width == COLUMNS[1].width
    assert sheet.cell(1, 1).font.bold


def test_no_tasks_are_a_heading_row() -> None:
    sheet = read([])
    assert sheet.max_row == 1
    assert sheet.auto_filter.ref == "A1:P1"


WORDS = st.builds("{}{}".format, st.sampled_from((*FORMULA_OPENERS, "#N/A", "1", "")), st.text(max_size=20))


def lines(text: str) -> str:
    """The text with the one line end that XML knows."""
    return text.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")


@given(each=st.lists(WORDS.filter(bool), min_size=1, max_size=20))
@settings(max_examples=15, deadline=None)
def test_no_cell_is_a_formula(each: list[str]) -> None:
    sheet = read([worded(words, title=words) for words in each])
    for words, row in zip(each, sheet.iter_rows(min_row=2), strict=True):
        assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
        duty = row[NAMES.index("任务")]
        assert duty.data_type in {"s", "inlineStr"}
        assert lines(duty.value) == lines(printable(words))
        assert duty.quotePrefix == opens_formula(printable(words))


def peak(count: int) -> int:
    tracemalloc.start()
    try:
        file = io.BytesIO()
        write_xlsx(many(count), file, BASE)
        return tracemalloc.get_traced_memory()[1] - len(file.getvalue())
    finally:
        tracemalloc.stop()


def test_many_tasks_take_no_more_memory_than_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_xlsx, "MOST_LINKS", 100)
    # A row that is kept is more than 400 bytes.
    assert peak(1_500) < peak(300) + MEGABYTE // 2
