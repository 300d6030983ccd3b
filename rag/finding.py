"""One thing that is wrong with a home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FindingKind = Literal[
    "no_index",
    "pointer",
    "damaged",
    "format",
    "model",
    "not_of_the_files",
    "missing_file",
    "changed_file",
    "unknown_file",
    "version",
    "leftover",
    "locked",
    "space",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in one line of English and of Chinese; whether `rag.doctor.mend` can put it right."""

    kind: FindingKind
    message: str
    message_zh: str
    mendable: bool = False
