"""The warning that goes with a citation of a text that is not in force on the day asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.document import Document, Status
from corpus.validity import lapsed_on, status_on


@dataclass(frozen=True, slots=True)
class Caution:
    """What holds of a document on the day asked about, where that is not "in force".

    `since` is the first day it applies, `until` the first day it no longer does (ISO, None where nobody said),
    `replaced_by` the id of what took its place. `text` says it in one line of Chinese: fixed words, with days and the
    title of the other document.
    """

    status: Status
    since: str | None
    until: str | None
    replaced_by: str | None
    text: str


def caution(document: Document, day: date, held: Mapping[str, Document]) -> Caution | None:
    """The warning about the document on `day`, None where it is in force; `held` names what took its place."""
    status = status_on(document, day)
    if status == "in_force":
        return None
    other = held.get(document.replaced_by) if document.replaced_by else None
    words = {
        "superseded": _superseded,
        "repealed": _repealed,
        "amended": _amended,
        "not_yet_in_force": _not_yet,
    }[status]
    return Caution(status, document.since, document.until, document.replaced_by, words(document, other, day))


def _superseded(document: Document, other: Document | None, day: date) -> str:
    if other is None:
        by = "新的文件"
    elif other.title == document.title:
        by = f"《{other.title}》的新版本"
    else:
        by = f"《{other.title}》"
    return f"此文件已被{by}替代{_from(document.until)}"


def _repealed(document: Document, other: Document | None, day: date) -> str:
    if lapsed_on(document, day) and document.until is not None:
        last = date.fromisoformat(document.until) - timedelta(days=1)
        return f"此文件的有效期已满（至{last.isoformat()}）"
    return f"此文件已{f'被《{other.title}》' if other else ''}废止{_from(document.until)}"


def _amended(document: Document, other: Document | None, day: date) -> str:
    return f"此文件已{f'被《{other.title}》' if other else ''}修改，请核对修改后的规定"


def _not_yet(document: Document, other: Document | None, day: date) -> str:
    since = document.since or document.date
    known = since is not None and since > day.isoformat()
    return f"此文件尚未施行{f'（自{since}起施行）' if known else ''}"


def _from(day: str | None) -> str:
    return f"（自{day}起）" if day else ""
