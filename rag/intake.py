"""Source files are read into documents, in reader processes with limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.holding import Holding
from corpus.originals import Originals

Progress = Callable[[str, int, int], None]
READING = "reading"
"""The stage of progress while files are read."""


def read_files(
    paths: Sequence[Path], ids: Sequence[str], catalogue: Catalogue, progress: Progress | None
) -> list[Document | CorpusError]:
    """Each file as a document under the id beside it, or what is wrong with it, in their order."""
    if not paths:
        return []
    # Only who reads pays for what it takes.
    from corpus.readers import Job, Readers

    jobs = [Job(path, document_id) for path, document_id in zip(paths, ids, strict=True)]
    found = []
    with Readers() as readers:
        for done, one in enumerate(readers.read(jobs, catalogue), start=1):
            found.append(one)
            if progress:
                progress(READING, done, len(jobs))
    return found


def read_held(
    holdings: Sequence[Holding], originals: Originals, catalogue: Catalogue, progress: Progress | None
) -> dict[str, Document]:
    """The held documents, read again from their files, by id. Raises CorpusError for the first that cannot be read."""
    paths = [originals.path(holding.file) for holding in holdings]
    read = read_files(paths, [holding.id for holding in holdings], catalogue, progress)
    documents = {}
    for holding, found in zip(holdings, read, strict=True):
        if isinstance(found, CorpusError):
            raise found
        documents[holding.id] = holding.said_of(found)
    return documents
