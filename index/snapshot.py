"""A home's index as one immutable folder that says what it is and is checked when it is opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.holding import Holding
from index.dense import METRIC, DenseIndex
from index.errors import SnapshotError
from index.held import Held, read_held, write_held
from index.lexical import LexicalIndex
from index.manifest import FORMAT, Manifest, digests_hash, file_hash
from index.passages import Passage
from index.swap import current, finish, in_one_line, mend
from index.terms import TERMS_VERSION

MANIFEST = "manifest.json"
_DOCUMENTS = "documents.jsonl"
_HOLDINGS = "holdings.json"
_LEXICAL = "lexical"
_DENSE = "dense"
_DIGEST_SHOWN = 16


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything a question needs of the index, read-only.

    `held` has the documents with their passages, in the order of the rows of `lexical` and `dense`. `holdings` says
    which files the documents come from, and what was said of them. `name` is its folder's.
    """

    name: str
    held: tuple[Held, ...]
    lexical: LexicalIndex
    dense: DenseIndex
    manifest: Manifest
    holdings: tuple[Holding, ...] = ()

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, in their order."""
        return {held.document.id: held.document for held in self.held}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages; passage i is row i of `lexical` and `dense`."""
        return tuple(chain.from_iterable(held.passages for held in self.held))

    @property
    def vectors(self) -> NDArray[np.float32]:
        """The passages' vectors: float32, shape (passages, dimension), rows of length 1 (or 0: no known word)."""
        return self.dense.vectors

    @classmethod
    def load(
        cls,
        home: Path,
        encoder_fingerprint: str | None = None,
        dimension: int | None = None,
        previous: Snapshot | None = None,
    ) -> Snapshot:
        """The home's current snapshot, every file checked against its SHA-256.

        Give the `encoder_fingerprint` and `dimension` of the model that will encode the questions. Documents that
        `previous` has too are taken from there: quicker, and they are held once.

        Raises:
            SnapshotMissingError: the home has none yet.
            SnapshotError: it is damaged, or was made by another format or model. Both are one line that names
                the command that mends it.
        """
        while True:
            folder = current(home)
            try:
                return cls.opened(home, folder, encoder_fingerprint, dimension, previous)
            except SnapshotError:
                # Writers remove what is no longer current, so one that was slow to be read may be gone meanwhile.
                if current(home) == folder:
                    raise

    @classmethod
    def opened(
        cls,
        home: Path,
        folder: Path,
        encoder_fingerprint: str | None = None,
        dimension: int | None = None,
        previous: Snapshot | None = None,
    ) -> Snapshot:
        """The snapshot in `folder` of the home, current or not, as `load` reads it. Raises SnapshotError."""
        try:
            manifest = _read_manifest(home, folder)
            _match(home, manifest, encoder_fingerprint, dimension)
            _verify(home, folder, manifest)
            # Passages hang on the settings, documents do not.
            shared = previous.held if previous and previous.manifest.settings == manifest.settings else ()
            holdings = json.loads((folder / _HOLDINGS).read_bytes())
            return cls(
                name=folder.name,
                held=read_held(folder / _DOCUMENTS, {held.digest: held for held in shared}),
                lexical=LexicalIndex.load(folder / _LEXICAL),
                dense=DenseIndex.load(folder / _DENSE),
                manifest=manifest,
                holdings=tuple(Holding(**values) for values in holdings),
            )
        except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
            raise SnapshotError(
                f"snapshot {folder} cannot be read ({in_one_line(error)}); {mend(home)}"
            ) from error


def write(
    unfinished: Path,
    *,
    held: Sequence[Held],
    lexical: LexicalIndex,
    dense: DenseIndex,
    encoder_name: str,
    encoder_fingerprint: str,
    settings: dict[str, Any],
    holdings: Sequence[Holding] = (),
) -> Path:
    """Write a snapshot into a folder that `new_snapshot` gave, and finish it; returns the folder under its own name.

    It is not yet the home's current one. Raises OSError when the folder cannot be written.
    """
    _dump(unfinished / _HOLDINGS, [asdict(holding) for holding in holdings])
    write_held(unfinished / _DOCUMENTS, held)
    lexical.save(unfinished / _LEXICAL)
    dense.save(unfinished / _DENSE)
    files = sorted(path for path in unfinished.rglob("*") if path.is_file())
    manifest = Manifest(
        created=datetime.now(UTC).isoformat(),
        encoder=encoder_name,
        fingerprint=encoder_fingerprint,
        dimension=int(dense.vectors.shape[1]),
        metric=METRIC,
        terms=TERMS_VERSION,
        corpus=digests_hash({one.document.id: one.digest for one in held}),
        documents=len(held),
        passages=sum(len(one.passages) for one in held),
        settings=settings,
        files={path.relative_to(unfinished).as_posix(): file_hash(path) for path in files},
    )
    (unfinished / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    return finish(unfinished, _name(manifest))


def _name(manifest: Manifest) -> str:
    """The time, and the manifest's own hash, so that a changed manifest no longer goes by its name.

    To the microsecond: several changes may fall within one second, and names tell which snapshot is the newest.
    """
    time = datetime.fromisoformat(manifest.created).strftime("%Y%m%dT%H%M%S%f")
    return f"{time}-{_digest(manifest.to_json())}"


def _digest(manifest_json: str) -> str:
    return hashlib.sha256(manifest_json.encode()).hexdigest()[:_DIGEST_SHOWN]


def format_of(folder: Path) -> object:
    """The format that a snapshot says it has; None where it cannot be told."""
    try:
        return json.loads((folder / MANIFEST).read_bytes())["format"]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _read_manifest(home: Path, folder: Path) -> Manifest:
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    if not folder.name.endswith(_digest(text)):
        raise SnapshotError(f"snapshot {folder} is damaged: {MANIFEST} was changed; {mend(home)}")
    found = json.loads(text).get("format")
    if found != FORMAT:
        raise SnapshotError(f"the index in {home} has format {found}, expected {FORMAT}; {mend(home)}")
    return Manifest.from_json(text)


def _match(home: Path, manifest: Manifest, fingerprint: str | None, dimension: int | None) -> None:
    """Refuse a snapshot that this code, or this embedding model, would misread."""
    compared: dict[str, tuple[object, object]] = {
        "terms version": (manifest.terms, TERMS_VERSION),
        "metric": (manifest.metric, METRIC),
        "embedding model": (manifest.fingerprint, fingerprint),
        "dimension": (manifest.dimension, dimension),
    }
    for what, (got, expected) in compared.items():
        if expected is not None and got != expected:
            raise SnapshotError(f"the index in {home} has {what} {got}, expected {expected}; {mend(home)}")


def _verify(home: Path, folder: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise SnapshotError(f"snapshot {folder} is damaged: {name} is missing; {mend(home)}")
        if file_hash(path) != expected:
            raise SnapshotError(f"snapshot {folder} is damaged: {name} was changed; {mend(home)}")


def _dump(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
