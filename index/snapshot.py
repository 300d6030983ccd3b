"""A home's index as one immutable folder that says what it is and is checked when it is opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.holding import Holding
from index.dense import METRIC, DenseIndex
from index.errors import SnapshotError
from index.lexical import LexicalIndex
from index.manifest import FORMAT, Manifest, corpus_hash, file_hash
from index.passages import Passage
from index.records import document_of, document_record, passage_of, passage_record
from index.swap import current, in_one_line, make_current, mend, new_snapshot
from index.terms import TERMS_VERSION

MANIFEST = "manifest.json"
_DOCUMENTS = "documents.json"
_PASSAGES = "passages.json"
_HOLDINGS = "holdings.json"
_LEXICAL = "lexical"
_DENSE = "dense"
_DIGEST_SHOWN = 16


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything a question needs of the index, read-only.

    `documents` maps ids to documents; passage i is row i of `lexical` and `dense`. `name` is its folder's.
    `holdings` says which files the documents come from, and what was said of them.
    """

    name: str
    documents: Mapping[str, Document]
    passages: tuple[Passage, ...]
    lexical: LexicalIndex
    dense: DenseIndex
    manifest: Manifest
    holdings: tuple[Holding, ...] = ()

    @property
    def vectors(self) -> NDArray[np.float32]:
        """The passages' vectors: float32, shape (passages, dimension), rows of length 1 (or 0: no known word)."""
        return self.dense.vectors

    @classmethod
    def load(
        cls, home: Path, encoder_fingerprint: str | None = None, dimension: int | None = None
    ) -> Snapshot:
        """The home's current snapshot, every file checked against its SHA-256.

        Give the `encoder_fingerprint` and `dimension` of the model that will encode the questions.

        Raises:
            SnapshotMissingError: the home has none yet.
            SnapshotError: it is damaged, or was made by another format or model. Both are one line that names
                the command that mends it.
        """
        folder = current(home)
        try:
            manifest = _read_manifest(home, folder)
            _match(home, manifest, encoder_fingerprint, dimension)
            _verify(home, folder, manifest)
            records = json.loads((folder / _DOCUMENTS).read_bytes())
            passages = json.loads((folder / _PASSAGES).read_bytes())
            return cls(
                name=folder.name,
                documents={record["id"]: document_of(record) for record in records},
                passages=tuple(passage_of(values) for values in passages),
                lexical=LexicalIndex.load(folder / _LEXICAL),
                dense=DenseIndex.load(folder / _DENSE),
                manifest=manifest,
                holdings=tuple(Holding(**values) for values in json.loads((folder / _HOLDINGS).read_bytes())),
            )
        except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
            raise SnapshotError(
                f"snapshot {folder} cannot be read ({in_one_line(error)}); {mend(home)}"
            ) from error


def write(
    home: Path,
    *,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    lexical: LexicalIndex,
    dense: DenseIndex,
    encoder_name: str,
    encoder_fingerprint: str,
    settings: dict[str, Any],
    holdings: Sequence[Holding] = (),
) -> str:
    """Put a snapshot beside the current one and make it the current one by a single rename; returns its name.

    Whatever goes wrong before the rename, the home's current snapshot stays what it was.
    Raises HomeWriteError when the home cannot be written.
    """
    with new_snapshot(home) as folder:
        _dump(folder / _DOCUMENTS, [document_record(document) for document in documents])
        _dump(folder / _HOLDINGS, [asdict(holding) for holding in holdings])
        _dump(folder / _PASSAGES, [passage_record(passage) for passage in passages])
        lexical.save(folder / _LEXICAL)
        dense.save(folder / _DENSE)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        manifest = Manifest(
            created=datetime.now(UTC).isoformat(),
            encoder=encoder_name,
            fingerprint=encoder_fingerprint,
            dimension=int(dense.vectors.shape[1]),
            metric=METRIC,
            terms=TERMS_VERSION,
            corpus=corpus_hash(documents),
            documents=len(documents),
            passages=len(passages),
            settings=settings,
            files={path.relative_to(folder).as_posix(): file_hash(path) for path in files},
        )
        (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
        name = _name(manifest)
        make_current(home, folder, name)
    return name


def _name(manifest: Manifest) -> str:
    """The time, and the manifest's own hash, so that a changed manifest no longer goes by its name."""
    time = datetime.fromisoformat(manifest.created).strftime("%Y%m%dT%H%M%S")
    return f"{time}-{_digest(manifest.to_json())}"


def _digest(manifest_json: str) -> str:
    return hashlib.sha256(manifest_json.encode()).hexdigest()[:_DIGEST_SHOWN]


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
