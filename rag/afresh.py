"""What a home holds, read again from its files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.holding import Holding
from corpus.originals import Originals, held_id
from corpus.versions import earlier
from rag.change import Change
from rag.errors import HomeError
from rag.intake import Progress, read_files, read_held


def held_afresh(
    recorded: Sequence[Holding] | None,
    originals: Originals,
    catalogue: Catalogue,
    further: Sequence[Path],
    today: date,
    progress: Progress | None,
) -> tuple[Change, tuple[Path, ...]]:
    """All that is to be held: the recorded holdings, the files put in the folder by hand, and `further` files.

    A text with the number or title of one taken before it becomes its new version. Without a record (None), every copy in
    the folder counts as held: rather one too many than a document lost. Returns it with the files that are no longer
    needed once it is held. Raises CorpusError for the first file that cannot be read,
    HomeError for two files of one id.
    """
    held = recorded or ()
    change = Change(read_held(held, originals, catalogue, progress), held, originals)
    for holding in held:
        document = change.documents[holding.id]
        if document.digest != holding.digest:
            change.again(document, originals.path(holding.file))
    copies = () if recorded is not None else originals.copies()
    by_hand = originals.by_hand()
    ids = [held_id(path) for path in by_hand]
    double = next((document_id for document_id in ids if ids.count(document_id) > 1), None)
    if double is not None:
        raise HomeError(
            f"two files in {originals.folder} have the document id {double!r}; rename one of them",
            f"{originals.folder} 中有两个文件的编号同为“{double}”；请改其中一个的文件名",
        )
    new = (*sorted(copies, key=_copied), *by_hand, *further)
    read = read_files(new, [held_id(path) for path in new], catalogue, progress)
    for path, found in zip(new, read, strict=True):
        if isinstance(found, CorpusError):
            raise found
        _take(change, path, found, today)
    return change, tuple(path for path in (*copies, *by_hand) if path.name not in change.files())


def _take(change: Change, path: Path, document: Document, today: date) -> None:
    before = earlier(document, change.documents.values())
    if before is None:
        change.add(document, path)
    elif before.digest != document.digest:
        change.replace(before.id, document, path, today)


def _copied(path: Path) -> float:
    """When a copy was made: of two texts of one document the later is the newer version."""
    return path.stat().st_mtime
