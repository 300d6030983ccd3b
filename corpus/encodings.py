"""Bytes of text become characters."""

from __future__ import annotations

import codecs

from corpus.errors import UnreadableError


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030; a BOM is no part of the text.

    Raises UnreadableError naming the file and the offset of the first byte that none of them allows.

    >>> decode("第一条".encode("gb18030"), "law.txt")
    '第一条'
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif content.startswith(codecs.BOM_UTF8):
        encodings = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "gb18030")
    offset = 0
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            offset = max(offset, error.start)
    raise UnreadableError(
        f"{name}: byte {offset} is neither UTF-8, UTF-16 nor GB18030 text; save the file as UTF-8 and add it again"
    )
