"""The duty register as an Excel workbook, written row by row so that its size costs no memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from rag.export_table import (
    COLUMNS,
    LINK_HEADING,
    LINK_WIDTH,
    Value,
    opens_formula,
    row,
    source_address,
)
from rag.tasks import Entry

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET: Final = "任务台账"
MOST_LINKS: Final = 10_000
"""Rows whose clause can be clicked (0–65,530, which is Excel's own limit); a later row has its address as text.

A workbook keeps all its links in memory until it is saved.
"""
LINK: Final = "打开条款"
LONGEST_LINK: Final = 2_079
"""Characters of an address that Excel takes as a link."""
HEADED, TEXT, DAY, LINKED = "表头", "文字", "日期", "链接"

_LINE: Final = Side(style="thin", color="DDD9D0")
_BORDER: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP: Final = Alignment(vertical="top", wrap_text=True)


def write_xlsx(entries: Iterable[Entry], file: IO[bytes], base: str) -> None:
    """Writes the table to `file`; `base` is the page's address, which links begin with.

    The head stays in sight and can be filtered by, days are days, and no cell is a formula.
    """
    book = Workbook(write_only=True)
    add_styles(book)
    sheet = begin_sheet(
        book,
        SHEET,
        [column.heading for column in COLUMNS] + [LINK_HEADING],
        [column.width for column in COLUMNS] + [LINK_WIDTH],
    )
    last = 1
    for last, entry in enumerate(entries, start=2):
        cells = [cell_of(sheet, value) for value in row(entry)]
        address = base + source_address(entry)
        clickable = last - 1 <= MOST_LINKS and len(address) <= LONGEST_LINK
        cells.append(_link(sheet, address) if clickable else cell_of(sheet, address))
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS) + 1)}{last}"
    book.save(file)


def begin_sheet(book: Any, name: str, headings: Sequence[str], widths: Sequence[int]) -> Any:
    """A new sheet with its heading row, which stays in sight and is printed on each page."""
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_styled(sheet, heading, HEADED) for heading in headings])
    return sheet


def add_styles(book: Any) -> None:
    """The four styles of the cells, by name, so that a reader can change each in one place."""
    head = PatternFill("solid", fgColor="F3EFE6")
    centre = Alignment(vertical="center", wrap_text=True)
    for style in (
        NamedStyle(HEADED, font=Font(bold=True), fill=head, alignment=centre, border=_BORDER),
        NamedStyle(TEXT, alignment=_TOP, border=_BORDER),
        NamedStyle(DAY, alignment=_TOP, border=_BORDER, number_format="yyyy-mm-dd"),
        NamedStyle(LINKED, font=Font(color="174A86", underline="single"), alignment=_TOP, border=_BORDER),
    ):
        book.add_named_style(style)


def cell_of(sheet: Any, value: Value) -> Any:
    """A cell that shows the value: a day as a day, words as words, even where they look like a formula."""
    if value is None or isinstance(value, str):
        return _styled(sheet, value or None, TEXT)
    return _styled(sheet, value, DAY)


def _styled(sheet: Any, value: Value, style: str) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.style = style
    if isinstance(value, str):
        # Whatever the words look like (=1+1, #N/A): the cell holds text, and stays text when it is edited.
        cell.data_type = "s"
        cell.quotePrefix = opens_formula(value)
    return cell


def _link(sheet: Any, address: str) -> Any:
    cell = _styled(sheet, LINK, LINKED)
    cell.hyperlink = address
    return cell
