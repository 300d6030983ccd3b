"""What is known of a document that its text does not say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

from corpus.document import Status
from corpus.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class Entry:
    """What a document's text does not say: its place, its status, its date."""

    place: str | None = None
    status: Status = "in_force"
    date: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """Entries by document id; a document without one has nothing added."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Catalogue:
        """Read a catalogue from TOML: one table per document id. Raises CatalogueError for what it cannot say."""
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CatalogueError(f"{path}: not a readable catalogue ({error}); mend or remove it") from error
        return cls({name: _entry(path, name, table) for name, table in tables.items()})

    def entry(self, document_id: str) -> Entry:
        """The entry of a document, empty where there is none."""
        return self.entries.get(document_id, Entry())


def _entry(path: Path, name: str, table: object) -> Entry:
    known = {"place", "status", "date"}
    if not isinstance(table, dict) or set(table) - known:
        raise CatalogueError(f"{path}: [{name}] says more than {sorted(known)}; remove the rest")
    if table.get("status", "in_force") not in get_args(Status):
        raise CatalogueError(
            f"{path}: [{name}] status {table['status']!r} is none of {get_args(Status)}; use one"
        )
    return Entry(table.get("place"), cast(Status, table.get("status", "in_force")), table.get("date"))
