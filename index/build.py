"""Documents become a home's index: passages, terms, vectors, a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from sys import intern

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.holding import Holding
from index.dense import DenseIndex, DenseSettings
from index.encoder import Encoder
from index.errors import EncoderError
from index.lexical import LexicalIndex, LexicalSettings
from index.passages import Passage, PassageSettings, passages
from index.snapshot import Snapshot, write
from index.swap import check_writable
from index.terms import terms

Progress = Callable[[str, int, int], None]
"""Told the stage ("passages", "terms", "vectors", "snapshot"), how many are done and of how many."""

BATCH = 256
_UNIT_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """The settings of each stage."""

    passages: PassageSettings = field(default_factory=PassageSettings)
    lexical: LexicalSettings = field(default_factory=LexicalSettings)
    dense: DenseSettings = field(default_factory=DenseSettings)


def build(
    home: Path,
    documents: Sequence[Document],
    encoder: Encoder,
    settings: IndexSettings | None = None,
    progress: Progress | None = None,
    *,
    holdings: Sequence[Holding] = (),
    previous: Snapshot | None = None,
) -> Snapshot:
    """Index the documents, make the snapshot the home's current one, and open it.

    `holdings` says in which files the documents are held and what was said of them; it is kept with the snapshot.
    What `previous` holds of the same texts, model and settings is taken over and not worked out again.

    The same documents and encoder make the same files (the time in the manifest aside). No documents make an
    empty index.

    Raises:
        HomeWriteError: the home cannot be written; told before anything is computed.
        EncoderError: the encoder's vectors have the wrong shape or length.
        ValueError: two documents share an id.
    """
    settings = settings or IndexSettings()
    told = progress or _silent
    check_writable(home)
    held = {document.id: document for document in documents}
    if len(held) != len(documents):
        raise ValueError(
            f"document ids must differ, got {len(documents)} documents with {len(held)} ids; rename one"
        )
    cut: list[Passage] = []
    for done, document in enumerate(documents, start=1):
        cut.extend(passages(document, settings.passages))
        told("passages", done, len(documents))
    texts = [passage.indexed(held[passage.document_id]) for passage in cut]
    found: list[list[str]] = []
    for start in range(0, len(texts), BATCH):
        # A term that comes a thousand times is held once: of 59,000 articles the terms took 1.6 GB.
        found.extend([intern(term) for term in terms(text)] for text in texts[start : start + BATCH])
        told("terms", len(found), len(texts))
    lexical = LexicalIndex.build(found, settings.lexical)
    dense = DenseIndex.build(_vectors(texts, encoder, told), settings.dense)
    told("snapshot", 0, 1)
    write(
        home,
        documents=documents,
        holdings=holdings,
        passages=cut,
        lexical=lexical,
        dense=dense,
        encoder_name=encoder.name,
        encoder_fingerprint=encoder.fingerprint,
        settings=asdict(settings),
    )
    told("snapshot", 1, 1)
    return Snapshot.load(home, encoder.fingerprint, encoder.dimension)


def _vectors(texts: Sequence[str], encoder: Encoder, told: Progress) -> NDArray[np.float32]:
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        encoded = encoder.encode_passages(batch)
        if encoded.shape != (len(batch), encoder.dimension):
            raise EncoderError(
                f"model {encoder.name} gave vectors of shape {encoded.shape}, "
                f"expected {(len(batch), encoder.dimension)}; choose another model"
            )
        lengths = np.linalg.norm(encoded, axis=1)
        # A row of zeros is a text the model knows no word of.
        if not np.all((lengths == 0) | (np.abs(lengths - 1) < _UNIT_TOLERANCE)):
            raise EncoderError(
                f"model {encoder.name} gave vectors whose length is not 1; choose another model"
            )
        vectors[start : start + len(batch)] = encoded
        told("vectors", start + len(batch), len(texts))
    return vectors


def _silent(stage: str, done: int, total: int) -> None:
    return None
