"""One text that an installation holds, and what people said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.document import Document, Status
from corpus.tasks import tasks


@dataclass(frozen=True, slots=True)
class Holding:
    """Under which id a text is held, in which file, and what was said of it by hand or by a clean-up notice.

    `file` is its name in the folder of the held files, `name` the one it came with, `digest` the SHA-256 of its bytes.
    `version` counts the texts held under one id from 1; all but the last have the id `id@version`. What is None was not
    said: then the text itself or the catalogue speaks. `since` is the first day it applies, `until` the first day it no
    longer does (ISO days), `replaced_by` the id of the text that took its place.
    """

    id: str
    file: str
    name: str
    digest: str
    version: int = 1
    status: Status | None = None
    since: str | None = None
    until: str | None = None
    replaced_by: str | None = None
    place: str | None = None
    date: str | None = None

    def said_of(self, document: Document) -> Document:
        """The document as read from the file, with what was said of it.

        With a status, the days until which it applies and what replaced it are said too, or said to be none. Tasks that
        were read are read again where a place or a date is said that the text is silent about.
        """
        told = self if self.status else document
        said = replace(
            document,
            source_name=self.name,
            version=self.version,
            status=self.status or document.status,
            since=self.since or document.since,
            until=told.until,
            replaced_by=told.replaced_by,
            place=document.place or self.place,
            date=document.date or self.date,
        )
        # Full names of units hang on the place, years left out on the date.
        same = (said.place, said.date) == (document.place, document.date)
        return said if same or said.tasks is None else replace(said, tasks=tasks(replace(said, tasks=None)))
