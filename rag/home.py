"""One installation's folder: the documents it holds and the index of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.library import Library, shipped_documents, slug
from index.build import build
from index.encoder import Encoder
from index.errors import HomeWriteError, SnapshotError, SnapshotMissingError
from index.manifest import corpus_hash
from index.snapshot import Snapshot
from index.swap import check_writable
from rag.errors import HomeError, UnknownDocumentError

Progress = Callable[[str, int, int], None]
DOCUMENTS = "documents"


class Home:
    """The folder at `path`; `encoder` embeds what is added to it.

    Every change writes a whole new snapshot and swaps it in; what was held before answers until then.
    Raises HomeError in one line when the folder cannot be made or written.
    """

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self.path = path
        self._encoder = encoder
        self._library = Library(path / DOCUMENTS)

    def open_or_create(self, *, empty: bool = False, progress: Progress | None = None) -> Snapshot:
        """The current snapshot; a home that doesn't exist yet is made with the shipped documents, or with none.

        Raises SnapshotError when there is one that is damaged or of another model.
        """
        if not self._could_be_home():
            raise HomeError(
                f"home {self.path} is no folder, nor can one be made there; choose another with --home",
                f"数据目录 {self.path} 不是文件夹，也无法在那里新建；请用 --home 换一个目录",
            )
        try:
            return Snapshot.load(self.path, self._encoder.fingerprint, self._encoder.dimension)
        except SnapshotMissingError:
            if self._is_new() and not empty:
                self._writable()
                for shipped in shipped_documents():
                    self._library.add(shipped)
            elif not self._is_new() and not (self.path / DOCUMENTS).is_dir():
                raise
            return self.rebuild(progress=progress)

    def add(self, paths: Iterable[Path], *, progress: Progress | None = None) -> tuple[Document, ...]:
        """Take the files in and index them; raises CorpusError for the first that cannot be read, adding none."""
        self._writable()
        added: list[Document] = []
        try:
            for path in paths:
                added.append(self._library.add(path))
        except CorpusError:
            for document in added:
                self._library.remove(document.id)
            raise
        self.rebuild(progress=progress)
        return tuple(added)

    def remove(self, document_id: str, *, progress: Progress | None = None) -> None:
        """Take a document out; afterwards no answer cites it. Raises UnknownDocumentError."""
        self._writable()
        if document_id not in {document.id for document in self._library.documents()}:
            raise UnknownDocumentError(
                f"no document {document_id!r} in {self.path}; `yiju list` shows the ids",
                f"没有编号为“{document_id}”的文件；用 yiju list 查看编号",
            )
        self._library.remove(document_id)
        self.rebuild(progress=progress)

    def documents(self) -> tuple[Document, ...]:
        """The held documents, read from their files."""
        return self._library.documents()

    def source_path(self, document_id: str) -> Path:
        """The held source file of a document. Raises UnknownDocumentError."""
        for path in self._library.paths():
            if slug(path.stem) == document_id:
                return path
        raise UnknownDocumentError(f"no file of document {document_id!r}", f"没有文件“{document_id}”的原件")

    def rebuild(self, *, progress: Progress | None = None) -> Snapshot:
        """Read every held file again and swap in a new snapshot."""
        self._writable()
        held = self._library.documents()
        ids = [document.id for document in held]
        double = next((document_id for document_id in ids if ids.count(document_id) > 1), None)
        if double is not None:
            raise HomeError(
                f"two files in {self.path / DOCUMENTS} have the document id {double!r}; rename one of them",
                f"{self.path / DOCUMENTS} 中有两个文件的编号同为“{double}”；请改其中一个的文件名",
            )
        return build(self.path, held, self._encoder, progress=progress)

    def check(self) -> list[str]:
        """What is wrong with the home, one line each; empty when all is well."""
        try:
            snapshot = Snapshot.load(self.path, self._encoder.fingerprint, self._encoder.dimension)
            held = self._library.documents()
        except (SnapshotError, CorpusError) as error:
            return [str(error)]
        if snapshot.manifest.corpus != corpus_hash(held):
            return [
                f"the index of {self.path} is of other documents than it holds; run yiju rebuild --home {self.path}"
            ]
        return []

    def _could_be_home(self) -> bool:
        existing = next((path for path in (self.path, *self.path.parents) if path.exists()), None)
        return existing is not None and existing.is_dir()

    def _is_new(self) -> bool:
        return not self.path.exists() or not any(self.path.iterdir())

    def _writable(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            check_writable(self.path)
        except (OSError, HomeWriteError) as error:
            reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
            raise HomeError(
                f"home {self.path} cannot be written ({reason}); choose another with --home",
                f"数据目录 {self.path} 不能写入（{reason}）；请用 --home 换一个目录",
            ) from error
