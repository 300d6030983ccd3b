"""Which documents are held: source files in a folder, read into documents."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus import effective
from corpus.catalogue import Catalogue
from corpus.clauses import cut
from corpus.document import Document
from corpus.errors import CorpusError, HeldError
from corpus.heading import read_heading
from corpus.layout import repair
from corpus.place import read_day, read_place, read_years
from corpus.reader import READERS, read_source

DOCUMENTS: Final = Path(__file__).parent / "documents"
"""The folder of the shipped documents and their catalogue."""
CATALOGUE: Final = "catalog.toml"
"""The catalogue's file name, beside the documents it speaks of."""


def shipped_documents() -> tuple[Path, ...]:
    """The source files that ship with the project, by name."""
    return _sources(DOCUMENTS)


OPENING = 48
"""How many characters of its text at most name a document that has neither a title nor a file name of words (10–100)."""
_STOPS = "。！？!?；;"
_OPENING = re.compile(rf"[^{_STOPS}]{{1,{OPENING - 1}}}[{_STOPS}]?")
_WORDED = re.compile("[\u3400-\u9fff]|[A-Za-z]*[g-zG-Z][A-Za-z]{2,}")
"""Chinese, or a Latin word that is no number of base 16."""


def shipped_catalogue() -> Catalogue:
    """The catalogue of the shipped documents."""
    return Catalogue.read(DOCUMENTS / CATALOGUE)


def slug(stem: str) -> str:
    """A document id from a file's stem: Chinese and Latin letters, digits and hyphens; the rest becomes hyphens.

    >>> slug("襄安委〔2024〕5号")
    '襄安委-2024-5号'
    """
    return re.sub(r"[^0-9A-Za-z\u3400-\u9fff]+", "-", stem).strip("-") or "document"


def read_document(
    path: Path, *, document_id: str | None = None, catalogue: Catalogue | None = None
) -> Document:
    """Read a source file into a document.

    The id is the file's stem as a slug unless given. What the text does not say comes from `catalogue` (the
    shipped one unless given). Raises CorpusError, or a kind of it, for a file that cannot be read.
    """
    source = read_source(path)
    layout = repair(source.text)
    heading = read_heading(layout.words)
    document_id = document_id or slug(path.stem)
    entry = (catalogue if catalogue is not None else shipped_catalogue()).entry(document_id)
    said = {name: layout.text[span.start : span.end] for name, span in heading.fields.items()}
    title = said.get("title", "").replace("\n", "") or _called(path.stem, layout.text)
    issuer = said["issuer"].replace("\n", "、") if "issuer" in said else None
    document = Document(
        id=document_id,
        title=title,
        text=layout.text,
        clauses=cut(document_id, layout.words, heading.parts),
        source_map=layout.source_map,
        source_name=source.name,
        digest=source.digest,
        number=said.get("number"),
        issuer=issuer,
        date=read_day(said["date"]) if "date" in said else entry.date,
        place=read_place(issuer or "") or read_place(title) or entry.place,
        years=read_years(title),
        status=entry.status,
        fields=heading.fields,
        flaws=source.flaws,
    )
    since, until = effective.since(document), effective.until(document)
    return replace(
        document,
        since=since.day.isoformat() if since else None,
        until=until.day.isoformat() if until else None,
    )


def _called(stem: str, text: str) -> str:
    """What a document without a title is called: its file's name where that has words, else how its text opens.

    >>> _called("瓶改管工作", "全县都要改。"), _called("3f2a9c", "集结湖北！各省援助。")
    ('瓶改管工作', '集结湖北！')
    """
    line = text.lstrip().partition("\n")[0]
    opening = _OPENING.match(line)
    if _WORDED.search(stem) or opening is None:
        return stem
    words = opening[0]
    return words if words == line or words[-1] in _STOPS else words + "…"


class Library:
    """The source files one installation holds, in a folder of their own; a file's stem is its document's id."""

    def __init__(self, folder: Path, catalogue: Catalogue | None = None) -> None:
        self.folder = folder
        self.catalogue = catalogue if catalogue is not None else shipped_catalogue()

    def paths(self) -> tuple[Path, ...]:
        """The held source files, by name."""
        return _sources(self.folder)

    def documents(self) -> tuple[Document, ...]:
        """Every held document, read anew, by name. Raises CorpusError for a file that cannot be read."""
        return tuple(read_document(path, catalogue=self.catalogue) for path in self.paths())

    def add(self, path: Path, document_id: str | None = None, *, replace: bool = False) -> Document:
        """Hold a copy of a source file; return its document.

        The file is read first, so one that cannot be read changes nothing. Raises HeldError for an id already held
        unless `replace`, CorpusError for a file that cannot be read or copied.
        """
        document_id = slug(document_id or path.stem)
        document = read_document(path, document_id=document_id, catalogue=self.catalogue)
        held = self._held(document_id)
        if held and not replace:
            raise HeldError(f"{document_id}: already held as {held[0].name}; remove it first or replace it")
        target = self.folder / f"{document_id}{path.suffix.lower()}"
        try:
            self._copy(path, target)
            for other in held:
                if other != target:
                    other.unlink()
        except OSError as error:
            raise CorpusError(
                f"{target}: cannot be written ({error.strerror}); check the folder's permissions and space"
            ) from error
        return document

    def remove(self, document_id: str) -> None:
        """Let a document go. Raises HeldError when none of that id is held."""
        held = self._held(document_id)
        if not held:
            known = "、".join(path.stem for path in self.paths()) or "none"
            raise HeldError(f"{document_id}: no such document is held; held are: {known}")
        for path in held:
            path.unlink()

    def _held(self, document_id: str) -> list[Path]:
        return [path for path in self.paths() if slug(path.stem) == document_id]

    def _copy(self, source: Path, target: Path) -> None:
        """Copy beside the target, then rename: readers see the old file or the new one, never half of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        os.close(handle)
        try:
            shutil.copyfile(source, name)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)


def _sources(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            path for path in folder.iterdir() if path.suffix.lower() in READERS and path.name[0] not in ".~"
        )
    )
