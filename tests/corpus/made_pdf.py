"""PDF files written by hand: Chinese words at given places, rules, turned pages, and broken ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 400, 600
SIZE = 16


@dataclass
class MadePage:
    """A page being written; places are in points from its top left corner, lines by where they stand."""

    rotate: int = 0
    marks: list[str] = field(default_factory=list)

    def write(
        self, words: str, left: float, base: float, size: float = SIZE, turn: str = "1 0 0 1"
    ) -> MadePage:
        """Write words on a line."""
        code = words.encode("utf-16-be").hex()
        self.marks.append(f"BT /F1 {size} Tf {turn} {left} {HEIGHT - base} Tm <{code}> Tj ET")
        return self

    def rule(self, left: float, top: float, right: float, bottom: float) -> MadePage:
        """Draw a straight line."""
        self.marks.append(f"0.5 w {left} {HEIGHT - top} m {right} {HEIGHT - bottom} l S")
        return self

    def grid(self, columns: Sequence[float], rows: Sequence[float]) -> MadePage:
        """Rule a whole table."""
        for x in columns:
            self.rule(x, rows[0], x, rows[-1])
        for y in rows:
            self.rule(columns[0], y, columns[-1], y)
        return self


def make_pdf(pages: Sequence[MadePage], trailer: str = "", extra: Sequence[str] = ()) -> bytes:
    """The bytes of a PDF file of those pages; `trailer` is added to its trailer, `extra` are objects more."""
    objects = ["<</Type /Catalog /Pages 2 0 R>>", "", _FONT, _DESCENDANT, _DESCRIPTOR]
    kids = []
    for page in pages:
        content = "\n".join(page.marks)
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
        objects.append(
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {page.rotate} "
            f"/Resources <</Font <</F1 3 0 R>>>> /Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)}>>"
    objects.extend(extra)
    written = b"%PDF-1.5\n"
    places = []
    for number, held in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{held}\nendobj\n".encode("latin-1")
    start = len(written)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size} /Root 1 0 R {trailer}>>\n"
    return written + f"{end}startxref\n{start}\n%%EOF\n".encode("latin-1")


_FONT = (
    "<</Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R]>>"
)
_DESCENDANT = (
    "<</Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R "
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 4>>>>"
)
_DESCRIPTOR = (
    "<</Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
    "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93>>"
)
