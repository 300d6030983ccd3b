"""A PDF file opened with PDFium: what is refused, and one page at a time."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from corpus.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """What a PDF may hold at most before it is refused."""

    objects: int = 500_000
    """Objects in the file (10,000 to 5,000,000); a book of 1,600 pages has some 20,000."""
    pages: int = 10_000
    """Pages (100 to 100,000)."""
    page_objects: int = 200_000
    """Strings, lines and pictures on one page (1,000 to 1,000,000)."""
    page_characters: int = 100_000
    """Characters on one page (10,000 to 1,000,000); a full page has 1,500."""


LIMITS: Final = PdfLimits()

_LOCK = threading.RLock()
"""PDFium may be used by one thread at a time."""
_SIZE = re.compile(rb"/Size\s+(\d{1,12})")
_OBJECT = re.compile(rb"\d\s+obj\b")
_BROKEN: Final = "not a PDF document or a broken one; print it to PDF anew and add it again"
_LOCKED: Final = {
    "password": "it is encrypted; save it without a password and add it again",
    "security": "it is encrypted in a way that is not read; save it without protection and add it again",
}


def raw() -> Any:
    """PDFium's own functions (`FPDFText_…`), loaded when first asked for."""
    import pypdfium2.raw

    return pypdfium2.raw


@contextmanager
def open_pdf(content: bytes, name: str, limits: PdfLimits = LIMITS) -> Iterator[Any]:
    """The document those bytes hold, closed again afterwards; other threads wait meanwhile.

    Raises UnreadableError for bytes that are no PDF, an encrypted or broken one, one of no pages, and one that
    exceeds `limits`.
    """
    import pypdfium2

    _refuse_many("objects", _objects(content), limits.objects, name)
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(f"{name}: {_reason(str(error), content)}") from error
        try:
            pages = len(document)
            _refuse_many("pages", pages, limits.pages, name)
            if not pages:
                raise UnreadableError(f"{name}: a PDF without pages; print it to PDF anew and add it again")
            yield document
        finally:
            document.close()


@contextmanager
def open_page(document: Any, index: int, name: str, limits: PdfLimits = LIMITS) -> Iterator[Any]:
    """The page at `index` from 0, closed again afterwards. Raises UnreadableError for a broken or overfull one."""
    import pypdfium2

    try:
        page = document[index]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise UnreadableError(
            f"{name}: page {index + 1} is broken; print the file to PDF anew and add it again"
        ) from error
    try:
        count = raw().FPDFPage_CountObjects(page)
        _refuse_many(f"objects on page {index + 1}", count, limits.page_objects, name)
        yield page
    finally:
        page.close()


def _reason(said: str, content: bytes) -> str:
    """Why a file was not opened; what PDFium says may be left over from the file before."""
    if b"/Encrypt" not in content:
        return _BROKEN
    return next((reason for key, reason in _LOCKED.items() if key in said.lower()), _BROKEN)


def _objects(content: bytes) -> int:
    """How many objects the file says or shows it has: the larger of the two, since either may be wrong."""
    said = max((int(found[1]) for found in _SIZE.finditer(content)), default=0)
    return max(said, sum(1 for _ in _OBJECT.finditer(content)))


def _refuse_many(what: str, count: int, limit: int, name: str) -> None:
    if count > limit:
        raise UnreadableError(f"{name}: {count} {what}, at most {limit} are read; split the file into parts")
