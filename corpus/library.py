"""A source file becomes a document; which ones ship with the project."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus import effective
from corpus.catalogue import Catalogue
from corpus.clauses import cut
from corpus.document import Document
from corpus.heading import read_heading
from corpus.layout import repair
from corpus.limits import LIMITS, Limits
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
    path: Path,
    *,
    document_id: str | None = None,
    catalogue: Catalogue | None = None,
    limits: Limits = LIMITS,
) -> Document:
    """Read a source file into a document.

    The id is the file's stem as a slug unless given. What the text does not say comes from `catalogue` (the
    shipped one unless given). Raises CorpusError, or a kind of it, for a file that cannot be read or is longer than
    the limits.
    """
    source = read_source(path, limits)
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


def _sources(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            path for path in folder.iterdir() if path.suffix.lower() in READERS and path.name[0] not in ".~"
        )
    )
