"""Is all well with a home, and if not, what can be put right?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.originals import Originals
from index.encoder import Encoder
from index.errors import IndexingError, SnapshotError
from index.leftovers import finished, remove_leftovers
from index.progress import Progress
from index.recorded import recorded_holdings
from index.snapshot import Snapshot
from index.swap import make_current, writing
from rag.errors import RagError
from rag.examination import of_disk, of_files, of_index, of_leftovers, of_lock, of_versions
from rag.finding import Finding, FindingKind
from rag.home import DOCUMENTS, Home

PATIENCE = 10.0
"""Seconds that mending waits for another writer (0–3,600)."""
_OF_THE_INDEX: frozenset[FindingKind] = frozenset(
    ("no_index", "pointer", "damaged", "format", "model", "not_of_the_files")
)


@dataclass(frozen=True, slots=True)
class Mended:
    """What was put right, and what is wrong still."""

    done: tuple[Finding, ...]
    left: tuple[Finding, ...]


def examine(home: Path, encoder: Encoder) -> tuple[Finding, ...]:
    """Everything that is wrong with a home, the worst first; nothing is changed.

    Looked at are the checksums, format and model of the index, the held files and their versions, what writers left
    behind, and the room on the disk.
    """
    return tuple(_findings(home, encoder))


def mend(home: Path, encoder: Encoder, progress: Progress | None = None) -> Mended:
    """Put right what can be, losing nothing that can still be read.

    Leftovers are removed. An index that cannot be used is made anew from the held files; where these are not all there,
    or it is not known any more which they are, the home goes back to its newest snapshot that can be read. A file that
    is lost or was changed can only be told.
    Raises HomeLockedError when another writer is at work, HomeWriteError when the home cannot be written.
    """
    before = examine(home, encoder)
    if not any(finding.mendable for finding in before):
        return Mended((), before)
    with writing(home, PATIENCE):
        kinds = {finding.kind for finding in before if finding.mendable}
        if kinds & _OF_THE_INDEX:
            # Only who has forgotten which snapshot counts loses nothing by going to the newest.
            ways = (_gone_back, _made_anew) if "pointer" in kinds else (_made_anew, _gone_back)
            any(way(home, encoder, progress) for way in ways)
        _sweep_files(home)
        remove_leftovers(home)
    left = examine(home, encoder)
    return Mended(tuple(finding for finding in before if finding not in left), left)


def _findings(home: Path, encoder: Encoder) -> Iterator[Finding]:
    snapshot, wrong = of_index(home, encoder, DOCUMENTS)
    yield from wrong
    holdings = recorded_holdings(home)
    originals = Originals(home / DOCUMENTS)
    yield from of_files(holdings or (), originals, _named_before(home))
    if snapshot is not None:
        yield from of_versions(snapshot)
    yield from of_lock(home)
    yield from of_leftovers(home)
    yield from of_disk(home)


def _made_anew(home: Path, encoder: Encoder, progress: Progress | None) -> bool:
    """Make the index anew; only where all files are there that the home is known to hold."""
    holdings = recorded_holdings(home)
    if holdings is not None and any(of_files(holdings, Originals(home / DOCUMENTS), frozenset())):
        return False
    # What cannot be read is told by the examination that follows.
    with suppress(CorpusError, RagError, IndexingError):
        Home(home, encoder).rebuild(progress=progress)
        return True
    return False


def _gone_back(home: Path, encoder: Encoder, progress: Progress | None) -> bool:
    """Go back to the newest snapshot that can be read."""
    for folder in reversed(finished(home)):
        with suppress(SnapshotError):
            make_current(home, Snapshot.opened(home, folder, encoder.fingerprint, encoder.dimension).name)
            return True
    return False


def _sweep_files(home: Path) -> None:
    """Remove copies that no snapshot names; where no snapshot can be read, none."""
    named = _named_before(home)
    if named:
        Originals(home / DOCUMENTS).sweep(named)


def _named_before(home: Path) -> frozenset[str]:
    """The files that any finished snapshot names."""
    found: set[str] = set()
    for folder in finished(home):
        found.update(holding.file for holding in recorded_holdings(home, folder) or ())
    return frozenset(found)
