"""Files that mean harm, made in memory: archives, XML, PDFs, texts."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import docx
import openpyxl

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFD = "http://www.ofdspec.org/2016"
ENTITIES = {
    "stolen": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "laughs": "<!DOCTYPE x [<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{level + 1} '{f'&a{level};' * 10}'>" for level in range(9))
    + "<!ENTITY e '&a9;'>]>",
    "quadratic": f"<!DOCTYPE x [<!ENTITY e '{'安' * 100_000}'>]>",
    "outside": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
}
"""Document types that steal, explode, or call out."""


def word(body: str = "<w:p><w:r><w:t>第一条</w:t></w:r></w:p>", doctype: str = "", **parts: bytes) -> bytes:
    """A .docx with that body."""
    saved = io.BytesIO()
    docx.Document().save(saved)
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return repacked(saved.getvalue(), {"word/document.xml": xml.encode(), **parts})


def sheet(words: str = "第一条", doctype: str = "") -> bytes:
    """A .xlsx whose only cell is an inline string of these words."""
    saved = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    book.save(saved)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<worksheet xmlns="{space}"><sheetData><row r="1">'
        f'<c r="A1" t="inlineStr"><is><t>{words}</t></is></c></row></sheetData></worksheet>'
    )
    return repacked(saved.getvalue(), {"xl/worksheets/sheet1.xml": xml.encode()})


def ofd(words: str = "第一条", doctype: str = "", inner: str = "") -> bytes:
    """A .ofd of one page with one line of these words."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = f'xmlns:ofd="{OFD}"'
    box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    parts = {
        "OFD.xml": f"{head}<ofd:OFD {space} Version='1.0' DocType='OFD'><ofd:DocBody><ofd:DocInfo/>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{head}<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID>{box}"
        "</ofd:CommonData><ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/></ofd:Pages></ofd:Document>",
        "Doc_0/Pages/Page_0/Content.xml": f"{head}{doctype}<ofd:Page {space}>{box}<ofd:Content><ofd:Layer ID='2'>{inner}"
        "<ofd:TextObject ID='3' Boundary='20 20 100 6' Font='4' Size='5'>"
        f"<ofd:TextCode X='0' Y='5'>{words}</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>",
    }
    return packed({name: xml.encode() for name, xml in parts.items()})


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def repacked(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """An archive with some entries changed or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()} | dict(changed))


def lying(content: bytes, name: str, declared: int) -> bytes:
    """An archive whose headers say that an entry is so long, with the checksum of just so much of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo(name).header_offset
        sum_ = zlib.crc32(archive.read(name)[:declared])
    forged = bytearray(content)
    central = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    struct.pack_into("<I", forged, central + 24, declared)
    struct.pack_into("<I", forged, central + 16, sum_)
    struct.pack_into("<I", forged, start + 22, declared)
    struct.pack_into("<I", forged, start + 14, sum_)
    return bytes(forged)


def overlapping(content: bytes, times: int) -> bytes:
    """An archive of one entry that its directory lists so many times."""
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[start:end]
    tail = bytearray(content[end:])
    struct.pack_into("<HHI", tail, 8, times, times, len(entry) * times)
    return content[:start] + entry * times + bytes(tail)


def pdf(objects: Mapping[int, str], *, table: bool = True) -> bytes:
    """A PDF of these objects; object 1 is its catalogue."""
    made = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, words in objects.items():
        offsets[number] = len(made)
        made += f"{number} 0 obj\n{words}\nendobj\n".encode()
    start = len(made)
    most = max(objects) + 1
    if table:
        made += f"xref\n0 {most}\n0000000000 65535 f \n".encode()
        for number in range(1, most):
            made += f"{offsets.get(number, 0):010} 00000 {'n' if number in offsets else 'f'} \n".encode()
    made += (
        f"trailer\n<< /Size {most} /Root 1 0 R >>\nstartxref\n{start if table else 9999999}\n%%EOF\n".encode()
    )
    return bytes(made)


def simple_pdf(
    words: str = "Article 1 Safety first.", more: Mapping[int, str] | None = None, *, table: bool = True
) -> bytes:
    """A PDF of one page with one line of Latin words, and further objects."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET"
    return pdf(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>",
            4: f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
            5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            **(more or {}),
        },
        table=table,
    )


def looping_pdf() -> bytes:
    """A PDF whose page tree holds itself."""
    return pdf(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 1000000 >>",
            3: "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 500000 >>",
        }
    )
