"""What kind of file bytes are, told by how they begin and what they hold, whatever the file is called."""

from __future__ import annotations

import codecs
import re
from typing import Final, Literal

from corpus.archive import open_archive, read_entry

Kind = Literal[
    "pdf", "docx", "xlsx", "pptx", "ofd", "odt", "ods", "zip", "doc", "xls", "ppt", "ole", "locked", "rtf", "wordxml",
    "html", "mhtml", "image", "text", "empty",
]  # fmt: skip

CALLED: Final[dict[Kind, str]] = {
    "pdf": "a PDF", "docx": "a Word document (.docx)", "xlsx": "a workbook (.xlsx)", "pptx": "a presentation (.pptx)",
    "ofd": "an OFD document", "odt": "an OpenDocument text (.odt)", "ods": "an OpenDocument workbook (.ods)",
    "zip": "a zip archive", "doc": "a Word document of the old format (.doc)", "xls": "a workbook of the old format (.xls)",
    "ppt": "a presentation of the old format (.ppt)", "ole": "an old Office file of an unknown kind",
    "locked": "an Office file locked with a password", "rtf": "a rich text file (.rtf)",
    "wordxml": "a Word 2003 XML document", "html": "a web page", "mhtml": "a web page in one file (.mht)",
    "image": "an image", "text": "plain text", "empty": "an empty file",
}  # fmt: skip
"""What a kind is called in a message."""

HEAD: Final = 4096
"""A file's kind is told by its first so many bytes (1,024–65,536), unless it is a container."""

_PDF_WITHIN: Final = 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: Final[tuple[tuple[str, Kind], ...]] = (
    ("EncryptedPackage", "locked"), ("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"),
    ("Book", "xls"),
)  # fmt: skip
"""The streams that tell what an old Office file is, the most telling first."""
_ENTRIES: Final[tuple[tuple[str, Kind], ...]] = (
    ("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"),
)  # fmt: skip
_MIMETYPE: Final = "mimetype"
_MIMETYPES: Final[dict[bytes, Kind]] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_IMAGES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_MARKUP = re.compile(r"\s*<(?:!--|/?[a-z][a-z0-9]*[\s>/])", re.I)
_WORD_XML = re.compile(r'progid="Word\.Document"|<w:wordDocument\b')
_MAIL = re.compile(r"\A\s*[A-Z][\w-]*:.*^Content-Type:\s*multipart/related", re.I | re.S | re.M)


def kind_of(content: bytes, name: str) -> Kind:
    """What kind of file these bytes are; "text" where nothing says that they are anything else.

    Raises UnreadableError for an archive that must not be opened.

    >>> kind_of(b"%PDF-1.7", "law.doc"), kind_of("第一条".encode("gb18030"), "law.txt")
    ('pdf', 'text')
    """
    if not content:
        return "empty"
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _archive(content, name)
    if content.startswith(_OLE):
        return next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in content), "ole")
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(_IMAGES) or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        return "image"
    head = _head(content)
    if _WORD_XML.search(head):
        return "wordxml"
    if _PAGE.match(head):
        return "html"
    return "mhtml" if _MAIL.search(head) else "text"


def is_markup(content: bytes) -> bool:
    """Whether the bytes begin with a tag, as web pages do that were saved without their head."""
    return _MARKUP.match(_head(content)) is not None


def _head(content: bytes) -> str:
    """The first bytes as text, of which only ASCII matters."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content[:HEAD].decode("utf-16", "replace")
    return content[:HEAD].removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _archive(content: bytes, name: str) -> Kind:
    with open_archive(content, name) as archive:
        names = archive.namelist()
        if _MIMETYPE in names:
            return _MIMETYPES.get(read_entry(archive, _MIMETYPE, HEAD).strip(), "zip")
    return next((kind for entry, kind in _ENTRIES if any(one.startswith(entry) for one in names)), "zip")
