"""The duty register as CSV that Excel opens rightly: UTF-8 with a byte order mark, lines that end in CRLF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from rag.export_table import COLUMNS, LINK_HEADING, opens_formula, row, source_address
from rag.tasks import Entry

MEDIA_TYPE: Final = "text/csv; charset=utf-8"
BYTE_ORDER_MARK: Final = "\ufeff"
PIECE: Final = 64 * 1024
"""Characters that are gathered before they are sent on (1,024–1,048,576)."""
AS_TEXT: Final = "'"
"""Put before a cell that a spreadsheet might run as a formula."""


def csv_pieces(entries: Iterable[Entry], base: str) -> Iterator[bytes]:
    """The table piece by piece, a heading line first; `base` is the page's address, which links begin with.

    A cell that a spreadsheet might take for a formula begins with an apostrophe.
    """
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    written.write(BYTE_ORDER_MARK)
    lines.writerow([*(column.heading for column in COLUMNS), LINK_HEADING])
    for entry in entries:
        lines.writerow([*(_cell(value) for value in row(entry)), base + source_address(entry)])
        if written.tell() >= PIECE:
            yield _taken(written)
    yield _taken(written)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return AS_TEXT + text if opens_formula(text) else text


def _taken(written: io.StringIO) -> bytes:
    piece = written.getvalue().encode("utf-8")
    written.seek(0)
    written.truncate()
    return piece
