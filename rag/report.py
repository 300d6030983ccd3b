"""What became of one file that was given to a home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.document import Document

Outcome = Literal["added", "replaced", "same", "offered", "refused"]


@dataclass(frozen=True, slots=True)
class Report:
    """One file's name, what became of it, and the document that was read from it (None when none could be).

    "added": held under `document.id`, beside `held` where that has its number, title or bytes; "replaced": held as the new
    version of `held`; "same": `held` is this very file; "offered": not held, because `held` has its number or title and the
    giver shall say whether it is a new version or another text; "refused": it could not be read, and `message` (English)
    and `message_zh` say why in one line. `tasks` is how many duties the document lays down.
    """

    name: str
    outcome: Outcome
    document: Document | None = None
    tasks: int = 0
    held: str | None = None
    message: str = ""
    message_zh: str = ""
