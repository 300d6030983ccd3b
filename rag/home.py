"""One installation's folder: the documents it holds and the index of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Document, Status
from corpus.errors import CorpusError
from corpus.library import shipped_catalogue, shipped_documents, slug
from corpus.originals import Originals
from index.build import build
from index.encoder import Encoder
from index.errors import SnapshotMissingError
from index.recorded import recorded_holdings
from index.snapshot import Snapshot
from index.swap import writing
from rag.afresh import held_afresh
from rag.assess import Same, assess, of_version
from rag.change import Change
from rag.errors import UnknownDocumentError
from rag.folder import being_made, check_home, check_home_writable, is_new
from rag.gather import gather
from rag.intake import Progress, read_files
from rag.proposals import Proposal, proposals
from rag.report import Report

DOCUMENTS = "documents"


class Home:
    """The folder at `path`; `encoder` embeds what is added to it.

    Every change writes a whole new snapshot and swaps it in; what was held before answers until then. One writer at a
    time, in this process or another; a second waits and is then refused. Whoever answers in this process may set
    `before_swap` to be handed the new snapshot while the one before is still current.
    Raises HomeError in one line when the folder cannot be made or written.
    """

    def __init__(self, path: Path, encoder: Encoder, *, today: Callable[[], date] = date.today) -> None:
        self.path = path
        self.originals = Originals(path / DOCUMENTS)
        self.encoder = encoder
        self._today = today
        self.before_swap: Callable[[Snapshot], object] | None = None
        self._catalogue: Catalogue = shipped_catalogue()

    def open_or_create(self, *, empty: bool = False, progress: Progress | None = None) -> Snapshot:
        """The current snapshot; a home that doesn't exist yet is made with the shipped documents, or with none.

        Raises SnapshotError when there is one that is damaged or of another model.
        """
        check_home(self.path)
        try:
            return self.snapshot()
        except SnapshotMissingError:
            new = is_new(self.path)
            if not new and not (self.path / DOCUMENTS).is_dir():
                raise
            with writing(self.path), being_made(self.path) if new else nullcontext():
                return self._begin(shipped_documents() if new and not empty else (), progress)

    def snapshot(self) -> Snapshot:
        """The current snapshot. Raises SnapshotError when it is missing, damaged or of another model."""
        return Snapshot.load(self.path, self.encoder.fingerprint, self.encoder.dimension)

    def documents(self) -> tuple[Document, ...]:
        """The held documents, older versions among them, by id."""
        return tuple(self.snapshot().documents.values())

    def source_path(self, document_id: str) -> Path:
        """The held source file of a document. Raises UnknownDocumentError."""
        for holding in recorded_holdings(self.path) or ():
            if holding.id == document_id and self.originals.path(holding.file).is_file():
                return self.originals.path(holding.file)
        raise UnknownDocumentError(f"no file of document {document_id!r}", f"没有文件“{document_id}”的原件")

    def preview(self, paths: Iterable[Path], *, progress: Progress | None = None) -> tuple[Report, ...]:
        """What adding the files would do, file by file; nothing is changed."""
        held = self.snapshot().documents
        return tuple(assess(path, found, held, "ask") for path, found in self._read(paths, progress))

    def add(
        self, paths: Iterable[Path], *, same: Same = "apart", progress: Progress | None = None
    ) -> tuple[Report, ...]:
        """Take the files in and index them, folders and patterns among them; a report for each file.

        One that cannot be read is refused and the others are taken. What has the number or title of a held document is,
        as `same` says, only offered ("ask"), made its new version ("version") or held beside it ("apart").
        """
        check_home_writable(self.path)
        read = self._read(paths, progress)
        reports: list[Report] = []
        with self._changing(progress) as change:
            for path, found in read:
                try:
                    reports.append(self._taken(change, path, assess(path, found, change.documents, same)))
                except CorpusError as error:
                    reports.append(assess(path, error, change.documents, same))
        return tuple(reports)

    def replace(self, document_id: str, path: Path, *, progress: Progress | None = None) -> Report:
        """Hold a file as the new version of a held document; the older one stays readable, marked as replaced.

        Raises UnknownDocumentError; a file that cannot be read is reported and changes nothing.
        """
        check_home_writable(self.path)
        [(_, found)] = self._read((path,), progress)
        with self._changing(progress) as change:
            change.holding(document_id)
            before = change.documents[document_id]
            report = assess(path, found, {document_id: before}, "ask")
            if report.document is not None and report.outcome != "same":
                report = of_version(path, report.document, before)
            return self._taken(change, path, report)

    def remove(self, document_id: str, *, progress: Progress | None = None) -> None:
        """Take a document out with its older versions, or one of these; afterwards no answer cites it.

        Raises UnknownDocumentError.
        """
        with self._changing(progress) as change:
            change.remove(document_id)

    def say(
        self,
        document_id: str,
        *,
        status: Status | None = None,
        since: str | None = None,
        until: str | None = None,
        replaced_by: str | None = None,
    ) -> Document:
        """Put down by hand whether a document is in force (ISO days); see `Change.say`. Raises UnknownDocumentError."""
        with self._changing() as change:
            return change.say(document_id, status=status, since=since, until=until, replaced_by=replaced_by)

    def proposals(self, document_id: str) -> tuple[Proposal, ...]:
        """What a held clean-up notice would change. Raises UnknownDocumentError when no such document is held."""
        held = self.snapshot().documents
        if document_id not in held:
            raise UnknownDocumentError(
                f"no document {document_id!r} is held; `yiju list` shows the ids",
                f"没有编号为“{document_id}”的文件；用 yiju list 查看编号",
            )
        return proposals(held[document_id], held.values())

    def confirm(self, confirmed: Sequence[Proposal]) -> tuple[Document, ...]:
        """Do what the proposals say; returns the documents as they are then. Raises UnknownDocumentError."""
        with self._changing() as change:
            return tuple(
                change.say(
                    one.document_id,
                    status=one.status,
                    since=one.since,
                    until=one.until,
                    replaced_by=one.replaced_by,
                )
                for one in confirmed
            )

    def rebuild(self, *, progress: Progress | None = None) -> Snapshot:
        """Read every held file again and swap in a new snapshot made from nothing.

        What is held is what the last snapshot says; where that cannot be read, every file in the folder of documents.
        Files put there by hand are taken in. Raises CorpusError for one that cannot be read.
        """
        check_home_writable(self.path)
        with writing(self.path):
            return self._begin((), progress)

    def _taken(self, change: Change, path: Path, report: Report) -> Report:
        document = report.document
        if document is None:
            return report
        if report.outcome == "added":
            return replace(report, document=change.add(document, path))
        if report.outcome == "replaced":
            assert report.held is not None
            return replace(report, document=change.replace(report.held, document, path, self._today()))
        return report

    @contextmanager
    def _changing(self, progress: Progress | None = None) -> Iterator[Change]:
        """What is held now, to be changed; swapped in when the block ends well and something has changed."""
        check_home_writable(self.path)
        with writing(self.path):
            before = self.snapshot()
            change = Change(before.documents, before.holdings, self.originals)
            needed = frozenset(holding.file for holding in before.holdings)
            try:
                yield change
                if tuple(change.holdings.values()) != before.holdings:
                    self._commit(change, before, progress)
                    needed = change.files()
            finally:
                self.originals.sweep(needed)

    def _commit(self, change: Change, before: Snapshot | None, progress: Progress | None) -> Snapshot:
        ids = sorted(change.documents)
        return build(
            self.path,
            [change.documents[one] for one in ids],
            self.encoder,
            progress=progress,
            holdings=[change.holdings[one] for one in ids],
            previous=before,
            before_swap=self.before_swap,
        )

    def _begin(self, shipped: Sequence[Path], progress: Progress | None) -> Snapshot:
        recorded = recorded_holdings(self.path)
        change, by_hand = held_afresh(
            recorded, self.originals, self._catalogue, shipped, self._today(), progress
        )
        snapshot = self._commit(change, None, progress)
        for path in by_hand:
            path.unlink(missing_ok=True)
        self.originals.sweep(change.files())
        return snapshot

    def _read(
        self, paths: Iterable[Path], progress: Progress | None
    ) -> list[tuple[Path, Document | CorpusError]]:
        files = gather(paths)
        ids = [slug(path.stem) for path in files]
        return list(zip(files, read_files(files, ids, self._catalogue, progress), strict=True))
