"""What a snapshot says of itself, so that a wrong one is refused and not answered from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document
from index.records import document_json

FORMAT = 4
"""Goes up whenever older code could not read what is written, or newer code would misread it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot's description; `files` maps each file's path in the snapshot to its SHA-256.

    `created` is ISO 8601 in UTC. `terms` is the version of the terms, `encoder` and `fingerprint` the
    embedding model's name and hash, `corpus` the hash of what was indexed (`corpus_hash`), `settings` those
    of the index.
    """

    created: str
    encoder: str
    fingerprint: str
    dimension: int
    metric: str
    terms: int
    corpus: str
    documents: int
    passages: int
    settings: dict[str, Any]
    files: dict[str, str]
    format: int = FORMAT

    def to_json(self) -> str:
        """The manifest as JSON, keys sorted."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what `to_json` wrote. Raises ValueError or TypeError when it is something else."""
        return cls(**json.loads(text))


def corpus_hash(documents: Iterable[Document]) -> str:
    """The SHA-256 over all that the documents say, in the order of their ids.

    A reader that repairs, cuts or describes a source otherwise changes it, as another source does.
    """
    return digests_hash({one.id: hashlib.sha256(document_json(one)).hexdigest() for one in documents})


def digests_hash(digests: Mapping[str, str]) -> str:
    """The same, of documents' SHA-256 by id."""
    return hashlib.sha256("".join(digest for _, digest in sorted(digests.items())).encode()).hexdigest()


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
