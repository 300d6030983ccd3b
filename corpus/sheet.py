"""Workbooks: each visible sheet's rows as lines with tabs, numbers and dates as they are shown."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any, Final

from corpus.archive import open_archive
from corpus.cell_words import shown
from corpus.decoded import Decoded
from corpus.document import Flaw
from corpus.errors import UnreadableError
from corpus.xml import refuse_dtds

EMPTY_ROWS: Final = 10_000
"""A sheet ends before so many empty rows in a row (100–1,048,576); formats alone reach to the bottom of many."""
WIDEST: Final = 1_000
"""Columns beyond this are not read (100–16,384)."""
HEADING: Final = "# "


def read_sheet(content: bytes, name: str) -> Decoded:
    """The text of an .xlsx workbook: a row a line, its cells parted by tabs, the values of formulas as last computed.

    Several sheets with words are headed by their names. Empty rows, and columns that are empty at the sheet's edges,
    are left out; so are hidden sheets, which a flaw tells. Raises UnreadableError for bytes that are no workbook.
    """
    import openpyxl

    with open_archive(content, name) as archive:
        refuse_dtds(archive, name)
    try:
        with warnings.catch_warnings():
            # What openpyxl does not keep (validations, extensions) is no text.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
            told = [(sheet.title, list(_rows(sheet))) for sheet in sheets]
            book.close()
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UnreadableError(
            f"{name}: not an .xlsx workbook ({reason}); open it in its program and save it as .xlsx"
        ) from error
    told = [(title, rows) for title, rows in told if rows]
    lines: list[str] = []
    for title, rows in told:
        lines += [f"{HEADING}{title}"] if len(told) > 1 else []
        lines += rows
    return Decoded(
        "\n".join(lines), tuple(Flaw("part_left_out", f"隐藏的工作表：{title}") for title in hidden)
    )


def _rows(sheet: Any) -> Iterator[str]:
    """The rows that hold words, without the columns that are empty at the edges."""
    # A sheet may say that it is larger or smaller than it is; without this the said size is believed.
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    empty = 0
    for cells in sheet.iter_rows(max_col=WIDEST):
        words = [shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in cells]
        empty = 0 if any(words) else empty + 1
        if empty > EMPTY_ROWS:
            break
        if not empty:
            rows.append(words)
    if not rows:
        return
    first = min(next(at for at, word in enumerate(row) if word) for row in rows)
    last = max(max(at for at, word in enumerate(row) if word) for row in rows)
    for row in rows:
        yield "\t".join(row[first : last + 1] + [""] * (last + 1 - len(row)))
