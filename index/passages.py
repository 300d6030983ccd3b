"""What is embedded and indexed: a clause, or a part of one too long to embed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Clause, Document
from index.asked import questions_above
from index.errors import checked_range

SEPARATORS = ("\n", "。", "；", "，", "")
"""Where an over-long clause may be cut, best first; the last one cuts anywhere."""

CONTEXT_JOINER = " "


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """How clauses become passages: `max_characters` (50–10,000) is the longest passage, in characters."""

    max_characters: int = 600

    def __post_init__(self) -> None:
        checked_range("max_characters", self.max_characters, 50, 10_000)


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause, or a part of one, at its offsets.

    `start`/`end` are half-open, in characters of `document.text`. `context` (title, headings above, the question it
    answers, inherited cells) is embedded and indexed beside the words but never part of a quotation. `bare_heading` is
    True for a heading with nothing after its name.
    """

    document_id: str
    clause_id: str
    start: int
    end: int
    context: str
    bare_heading: bool = False

    def indexed(self, document: Document) -> str:
        """What the encoder and the terms see: `context`, a line end, and the passage's own words."""
        return f"{self.context}\n{document.text[self.start : self.end]}"


def passages(document: Document, settings: PassageSettings) -> tuple[Passage, ...]:
    """A document's passages in its order: one per clause with words, more for a clause over `max_characters`.

    Every character of the document's clauses that is not white space belongs to exactly one passage.
    """
    return tuple(_passages(document, settings))


def _passages(document: Document, settings: PassageSettings) -> Iterator[Passage]:
    asked = questions_above(document)
    for clause in document.clauses:
        start, end = _trimmed(document.text, clause.start, clause.end)
        if start == end:
            continue
        bare = (
            clause.heading_end > clause.start and not document.text[clause.heading_end : clause.end].strip()
        )
        for piece_start, piece_end in _pieces(document.text, start, end, settings.max_characters):
            yield Passage(
                document_id=document.id,
                clause_id=clause.id,
                start=piece_start,
                end=piece_end,
                context=_context(document, clause, asked.get(clause.id, ""), own_heading=piece_start > start),
                bare_heading=bare,
            )


def _context(document: Document, clause: Clause, asked: str, *, own_heading: bool) -> str:
    """Title, headings above without their labels, the question answered, what a table row inherits; nothing twice.

    `own_heading` adds the clause's own heading, which the later parts of a split clause lack.
    """
    headings = [name.removeprefix(label) for name, label in zip(clause.path, clause.labels, strict=True)]
    shown = headings if own_heading else headings[:-1]
    inherited = [cell.text for cell in clause.cells if cell.inherited]
    parts = [part.strip() for part in (document.title, *shown, asked, *inherited)]
    # Names of tasks come back as headings and in cells: repeating them would make BM25 prefer those rows.
    longest = [part for part in parts if part and not any(part in other for other in parts if other != part)]
    return CONTEXT_JOINER.join(dict.fromkeys(longest))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space at its two ends; empty when it is nothing else."""
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, first + len(words.strip())


def _pieces(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    if end - start <= longest:
        yield start, end
        return
    # Only over-long clauses pay for the import (a third of a second).
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=list(SEPARATORS),
        chunk_size=longest,
        chunk_overlap=0,
        keep_separator="end",
        strip_whitespace=False,
        add_start_index=True,
    )
    for piece in splitter.create_documents([text[start:end]]):
        at = start + piece.metadata["start_index"]
        piece_start, piece_end = _trimmed(text, at, at + len(piece.page_content))
        if piece_start < piece_end:
            yield piece_start, piece_end
