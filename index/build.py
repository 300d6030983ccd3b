"""Documents become a home's index: passages, terms, vectors, a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.holding import Holding
from index.counts import TermCounts
from index.dense import DenseIndex, DenseSettings
from index.encoder import Encoder
from index.errors import EncoderError
from index.lexical import LexicalIndex, LexicalSettings
from index.passages import PassageSettings
from index.progress import Progress
from index.snapshot import Snapshot, write
from index.swap import check_space, check_writable, make_current, new_snapshot, writing
from index.takeover import Takeover
from index.terms import TERMS_VERSION, terms

BATCH = 256
"""Passages that are encoded at once (1–10,000)."""
TERMS_TO_LINES = 2
"""Bytes of the terms' matrix for each byte of the documents' lines, at most (1–10); measured 1.6."""
OVERHEAD = 65_536
"""Bytes that the folder takes besides: the manifest, and blocks that are not full (4,096–10⁶)."""
BYTES_OF_A_NUMBER, BYTES_OF_A_LINK = 4, 16
"""Of a vector's numbers, float32, and of a neighbour in the graph, whose lowest layer has twice as many (4–64)."""
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
    before_swap: Callable[[Snapshot], object] | None = None,
) -> Snapshot:
    """Index the documents, make the snapshot the home's current one, and open it.

    `holdings` says in which files the documents are held and what was said of them; it is kept with the snapshot.
    What `previous` holds of the same words, model and settings is taken over and not worked out again. The same
    documents and encoder make the same files (the time in the manifest aside), whatever was taken over, as far as the
    encoder gives a text the same vector whichever others it is encoded with. No documents make an empty index.
    `before_swap` is handed the new snapshot while the one before is still the current one.

    Raises:
        HomeLockedError: another writer took too long.
        HomeWriteError: the home cannot be written, or its disk has no room; told before anything is computed.
        EncoderError: the encoder's vectors have the wrong shape or length.
        ValueError: two documents share an id.
    """
    settings = settings or IndexSettings()
    told = progress or _silent
    held = {document.id for document in documents}
    if len(held) != len(documents):
        raise ValueError(
            f"document ids must differ, got {len(documents)} documents with {len(held)} ids; rename one"
        )
    with writing(home):
        check_writable(home)
        usable = previous is not None and _serves(previous, encoder, settings)
        taken = Takeover.of(previous if usable else None, documents, settings.passages, told)
        check_space(home, _bytes_needed(taken, encoder.dimension, settings.dense))
        lexical = LexicalIndex.of(taken.counts(_counted(taken.new, told)), settings.lexical)
        dense = DenseIndex.build(taken.vectors(_vectors(taken.new, encoder, told)), settings.dense)
        told("snapshot", 0, 1)
        with new_snapshot(home) as unfinished:
            folder = write(
                unfinished,
                held=taken.held,
                lexical=lexical,
                dense=dense,
                encoder_name=encoder.name,
                encoder_fingerprint=encoder.fingerprint,
                settings=asdict(settings),
                holdings=holdings,
            )
            # Opened, and so checked, before it counts.
            made = Snapshot.opened(home, folder, encoder.fingerprint, encoder.dimension, previous)
            if before_swap is not None:
                before_swap(made)
            make_current(home, made.name)
    told("snapshot", 1, 1)
    return made


def _serves(previous: Snapshot, encoder: Encoder, settings: IndexSettings) -> bool:
    """Whether a build with this encoder and these settings would work out what `previous` has."""
    manifest = previous.manifest
    made_with = (manifest.fingerprint, manifest.dimension, manifest.terms, manifest.settings)
    return made_with == (encoder.fingerprint, encoder.dimension, TERMS_VERSION, asdict(settings))


def _bytes_needed(taken: Takeover, dimension: int, settings: DenseSettings) -> int:
    """How large the snapshot may become."""
    passages = len(taken.sources)
    vectors = passages * dimension * BYTES_OF_A_NUMBER
    graph = vectors + passages * settings.neighbours * BYTES_OF_A_LINK
    lines = sum(len(held.line) for held in taken.held)
    return (
        OVERHEAD + lines * (1 + TERMS_TO_LINES) + vectors + (graph if passages > settings.flat_limit else 0)
    )


def _counted(texts: Sequence[str], told: Progress) -> TermCounts:
    return TermCounts.of(_terms(texts, told))


def _terms(texts: Sequence[str], told: Progress) -> Iterator[list[str]]:
    for done, text in enumerate(texts, start=1):
        yield terms(text)
        if done % BATCH == 0 or done == len(texts):
            told("terms", done, len(texts))


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
