"""Workbooks into rows: values as shown, empty edges, hidden sheets, sheets formatted to the bottom."""

from __future__ import annotations

import datetime
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from corpus.cell_words import shown
from corpus.decoded import Decoded
from corpus.errors import UnreadableError
from corpus.sheet import WIDEST, read_sheet


def read(book: Any) -> Decoded:
    kept = io.BytesIO()
    book.save(kept)
    return read_sheet(kept.getvalue(), "a.xlsx")


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        ("甲\n乙\t丙 ", "General", "甲  乙 丙"),
        (3, "General", "3"), (2024.0, "General", "2024"), (0.1 + 0.2, "General", "0.3"), (-1.5, "General", "-1.5"),
        (1234.5, "#,##0.00", "1,234.50"), (1234.5, "0", "1235"), (0.125, "0.0%", "12.5%"), (0.5, "0%", "50%"),
        (5, '0"万元"', "5万元"), (-7, "0.0;[Red]-0.0", "-7.0"), (2.5, "0", "3"), (1e20, "0.00", "100000000000000000000"),
        (True, "General", "TRUE"), (False, "General", "FALSE"), (float("nan"), "0", ""), (float("inf"), "0", ""),
        (datetime.datetime(2024, 3, 5), "yyyy/m/d", "2024-03-05"),
        (datetime.datetime(2024, 3, 5, 8, 30), "yyyy-mm-dd h:mm", "2024-03-05 08:30"),
        (datetime.datetime(2024, 3, 5), 'yyyy"年"m"月"d"日";@', "2024年3月5日"),
        (datetime.datetime(2024, 3, 1), 'yyyy"年"m"月"', "2024年3月"),
        (datetime.datetime(2024, 3, 1), '[$-804]m"月"d"日"', "2024-03-01"),
        (datetime.time(8, 30), "h:mm", "08:30:00"),
    ],
)  # fmt: skip
def test_values_as_shown(value: object, number_format: str, words: str) -> None:
    assert shown(value, number_format) == words


@given(
    st.one_of(st.text(), st.floats(), st.integers(), st.datetimes(), st.times(), st.timedeltas()), st.text()
)
def test_no_value_breaks_its_row(value: object, number_format: str) -> None:
    assert not set(shown(value, number_format)) & set("\t\n\r\f\v")


def test_rows_without_their_empty_edges() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B3"] = "任务分解表"
    sheet.merge_cells("B3:D3")
    for row in (
        ["序号", "任务", "时限"],
        [1, "检查\n整改", datetime.date(2024, 6, 30)],
        [],
        [2, None, "=1+1"],
    ):
        sheet.append([None, *row])
    assert read(book).text == "任务分解表\t\t\n序号\t任务\t时限\n1\t检查  整改\t2024-06-30\n2\t\t"


def test_several_sheets_are_headed_and_hidden_ones_told() -> None:
    book = openpyxl.Workbook()
    book.active.title = "甲"
    book.active.append(["一"])
    for title, state in (("乙", "visible"), ("丙", "hidden"), ("空", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        if title != "空":
            sheet.append(["二"])
    decoded = read(book)
    assert decoded.text == "# 甲\n一\n# 乙\n二"
    assert [(flaw.kind, flaw.detail) for flaw in decoded.flaws] == [("part_left_out", "隐藏的工作表：丙")]


def test_formats_to_the_bottom_and_the_right_are_no_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"] = "甲", "乙"
    for row in (500_000, 1_048_576):
        sheet.cell(row, 1).font = Font(bold=True)
    sheet.cell(1, WIDEST + 1).value = "远"
    assert read(book).text == "甲\t乙"


def test_damaged_workbooks_are_refused_in_one_line() -> None:
    kept = io.BytesIO()
    openpyxl.Workbook().save(kept)
    for content in (b"PK\x03\x04", kept.getvalue()[:500], b""):
        with pytest.raises(UnreadableError) as refused:
            read_sheet(content, "a.xlsx")
        assert "\n" not in str(refused.value)
