"""Writes OFD files (GB/T 33190) for tests: a text set on pages, with tables that are ruled, running heads, page numbers."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

PAGE = (210.0, 297.0)
LEFT, TOP, BOTTOM = 28.0, 37.0, 262.0
SIZE, STEP, COLUMNS = 5.6, 10.0, 28
SMALL, PADDING = 0.5, 1.5
HANGING = "，。、；：！？）》”〕"
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'

_MARK = re.compile(r"#{1,6} ")


def write_ofd(
    text: str,
    path: Path,
    *,
    centred: frozenset[str] = frozenset(),
    right: frozenset[str] = frozenset(),
    running_head: str = "",
    numbered: bool = True,
) -> None:
    """An OFD file of a text, a line a paragraph or a row; some lines stand in the middle or at the right edge."""
    setter = _Setter()
    lines = [_MARK.sub("", line) for line in text.splitlines() if line.strip()]
    for rows, block in groupby(lines, key=lambda line: "\t" in line):
        if rows:
            setter.table([line.split("\t") for line in block])
        else:
            for line in block:
                setter.paragraph(line, 0.5 if line in centred else 1.0 if line in right else 0.0)
    pages = [
        "".join(objects)
        + (words_object(f"— {number} —", 95.0, 275.0, SIZE * 0.8, number + 9000) if numbered else "")
        for number, objects in enumerate(setter.pages, 1)
    ]
    head = words_object(running_head, 80.0, 15.0, SIZE * 0.8, 8000) if running_head else ""
    write_package(path, pages, head)


def write_package(path: Path, pages: Sequence[str], template: str = "") -> None:
    """An OFD file of pages whose layers hold those objects, on a template page where one is given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml",
            f'<ofd:OFD {NAMESPACE} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        templated = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
        listed = "".join(
            f'<ofd:Page ID="{100 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages))
        )
        package.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {PAGE[0]} {PAGE[1]}"
            f"</ofd:PhysicalBox></ofd:PageArea>{templated}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        used = '<ofd:Template TemplateID="7" ZOrder="Background"/>' if template else ""
        if template:
            package.writestr("Doc_0/Tpls/Tpl_0/Content.xml", _content(template, ""))
        for at, objects in enumerate(pages):
            package.writestr(f"Doc_0/Pages/Page_{at}/Content.xml", _content(objects, used))


def words_object(words: str, x: float, y: float, size: float, number: int, *, more: str = "") -> str:
    """A text object whose first character's upper left corner is at x, y, in millimetres."""
    steps = " ".join(f"g {len(list(run))} {step * size:.3f}" for step, run in groupby(map(_wide, words[:-1])))
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x:.3f} {y:.3f} {sum(map(_wide, words)) * size:.3f} {size:.3f}"'
        f' Font="3" Size="{size}"{more}><ofd:TextCode X="0" Y="{size * 0.88:.3f}"'
        f"{f' DeltaX={chr(34)}{steps}{chr(34)}' if steps else ''}>{html.escape(words)}</ofd:TextCode></ofd:TextObject>"
    )


def line_object(x: float, y: float, end_x: float, end_y: float, number: int) -> str:
    """A path object: a stroke between two points, in millimetres."""
    wide, high = end_x - x, end_y - y
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{x:.3f} {y:.3f} {wide + 0.3:.3f} {high + 0.3:.3f}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {wide:.3f} {high:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _content(objects: str, used: str) -> str:
    return f"<ofd:Page {NAMESPACE}>{used}<ofd:Content><ofd:Layer ID='1'>{objects}</ofd:Layer></ofd:Content></ofd:Page>"


def _wide(character: str) -> float:
    return 0.5 if character.isascii() else 1.0


def _broken(words: str, room: float, first: float, *, hang: bool = True) -> Iterator[str]:
    """The words as lines of so many ems; punctuation that would begin a line hangs over the edge, or takes one along."""
    line, left = "", first
    for character in words:
        if left < _wide(character) and not (hang and character in HANGING):
            along = line[-1:] if character in HANGING else ""
            yield line.removesuffix(along)
            line, left = along, room - sum(map(_wide, along))
        line += character
        left -= _wide(character)
    yield line


class _Setter:
    """Sets paragraphs and tables from the top of a page down, page after page."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.at = TOP
        self.number = 0

    def paragraph(self, words: str, place: float) -> None:
        indent = 0 if place or words.endswith("：") else 2
        for index, line in enumerate(_broken(words, COLUMNS, COLUMNS - indent)):
            ems = (COLUMNS - sum(map(_wide, line))) * place if place else (0 if index else indent)
            self._room(STEP)
            self._words(line, LEFT + ems * SIZE, self.at)
            self.at += STEP

    def table(self, rows: list[list[str]]) -> None:
        columns = max(map(len, rows))
        width = COLUMNS * SIZE / columns
        for row in rows:
            room = (width - 2 * PADDING) / (SIZE * SMALL)
            cells = [
                [line for part in cell.split("  ") for line in _broken(part, room, room, hang=False)]
                for cell in row + [""] * (columns - len(row))
            ]
            height = max(map(len, cells)) * SIZE * SMALL * 1.3 + 2
            self._room(height)
            for column, lines in enumerate(cells):
                left = LEFT + column * width
                for index, line in enumerate(lines):
                    if line:
                        self._words(line, left + PADDING, self.at + 1 + index * SIZE * SMALL * 1.3, SMALL)
                self._frame(left, self.at, left + width, self.at + height)
            self.at += height
        self.at += STEP / 2

    def _frame(self, left: float, top: float, right: float, bottom: float) -> None:
        for x, y, end_x, end_y in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            self.number += 1
            self.pages[-1].append(line_object(x, y, end_x, end_y, self.number))

    def _words(self, words: str, x: float, y: float, part: float = 1.0) -> None:
        self.number += 1
        self.pages[-1].append(words_object(words, x, y, SIZE * part, self.number))

    def _room(self, height: float) -> None:
        if self.at + height > BOTTOM and self.pages[-1]:
            self.pages.append([])
            self.at = TOP
