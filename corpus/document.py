"""What the corpus room hands on: a document, its clauses, and the map back to its source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from corpus.task import Task

ClauseKind = Literal[
    "head", "title", "notice", "preamble", "heading", "item", "paragraph", "row", "annex", "tail"
]
Status = Literal["in_force", "amended", "repealed", "superseded", "not_yet_in_force"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)`, in characters of `document.text`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got [{self.start}, {self.end})")

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


FlawKind = Literal[
    "no_title",
    "no_number",
    "no_clauses",
    "gap_in_numbering",
    "strange_characters",
    "page_without_text",
    "page_badly_read",
    "part_left_out",
]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What looked wrong while a document was read: on which page (from 1, None for the whole), and what exactly."""

    kind: FlawKind
    detail: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: its column's name, its words, and where they stand.

    `span` is empty-width at the row's start where the cell is empty. An inherited cell's `span` points
    at the cell above whose words it takes over (outside the row), so that it too is a quotation.
    """

    column: str
    text: str
    span: Span
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest numbered unit of a document, at its own words only (children are clauses of their own).

    `id` is `document-id#path` (`xiangcheng-2024-5#三/（六）/18`); `path` holds the headings from the top down to
    this clause, as people read them (`("三、主要任务", "（六）开展安全科技支撑和工程治理行动", "18.")`), and
    `labels` what a reference line writes for each (`("三、", "（六）", "18.")`).
    `start`/`end` are half-open, in characters of `document.text`; the clauses of a document, in order, tile it.
    `parent` is the id of the clause above, None at the top. `heading_end` is where a run-in or whole heading
    ends (== `start` when the clause has none), so `text[start:heading_end]` is the heading with its label.
    """

    id: str
    kind: ClauseKind
    path: tuple[str, ...]
    labels: tuple[str, ...]
    start: int
    end: int
    parent: str | None = None
    heading_end: int = 0
    cells: tuple[Cell, ...] = ()

    @property
    def span(self) -> Span:
        """The clause's own words, half-open, in characters of `document.text`."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where the characters of `document.text` stood in the decoded source file.

    Three columns of equal length: runs of `length` characters that are the same in text (from `text_start`)
    and in source (from `source_start`). Characters of the text in no run (a joining line end) have no source.
    `page_starts` holds the source offset where each page after the first begins, empty for a source without pages.
    """

    text_starts: tuple[int, ...]
    source_starts: tuple[int, ...]
    lengths: tuple[int, ...]
    page_starts: tuple[int, ...] = ()

    def source_offset(self, offset: int) -> int:
        """The source offset of the character at `offset` of the text, or of the nearest mapped one before it."""
        run = bisect_right(self.text_starts, offset) - 1
        if run < 0:
            return 0
        return self.source_starts[run] + min(offset - self.text_starts[run], self.lengths[run] - 1)

    def source_span(self, span: Span) -> Span:
        """The half-open stretch of the source from the span's first character to its last."""
        if len(span) == 0:
            at = self.source_offset(span.start)
            return Span(at, at)
        first, last = self.source_offset(span.start), self.source_offset(span.end - 1)
        # A table row broken over the page has its cells put together, so what follows may stand further up.
        return Span(min(first, last), max(first, last) + 1)

    def page(self, offset: int) -> int | None:
        """The page, from 1, on which the character at `offset` of the text stands; None for a source without pages."""
        if not self.page_starts:
            return None
        return 1 + bisect_right(self.page_starts, self.source_offset(offset))


@dataclass(frozen=True)
class Document:
    """One issued text, repaired and cut into clauses.

    `text` is what every offset counts in. `number`, `issuer`, `date` (ISO, day) and `place` are what the text
    itself says (or the catalogue, where the text is silent), else None. `years` is the first and last year
    the title speaks of, e.g. (2024, 2026); None without one. `digest` is the SHA-256 of the source file's bytes.

    `status` is what is known of its being in force, `since` the first day it applied and `until` the first day it no
    longer did (ISO days; None where nobody said), `replaced_by` the id of the text that took its place. What holds on
    a given day says `corpus.validity`. `version` counts the texts held under one id from 1; all but the last have the
    id `id@version`. `flaws` is what looked wrong while it was read, `tasks` the duties it states (None: not read yet).
    """

    id: str
    title: str
    text: str
    clauses: tuple[Clause, ...]
    source_map: SourceMap
    source_name: str
    digest: str
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    place: str | None = None
    years: tuple[int, int] | None = None
    status: Status = "in_force"
    fields: dict[str, Span] = field(default_factory=dict)
    """Where the head's fields stand: "title", "number", "issuer", "date", "addressees" (those the text states)."""
    since: str | None = None
    until: str | None = None
    replaced_by: str | None = None
    version: int = 1
    flaws: tuple[Flaw, ...] = ()
    tasks: tuple[Task, ...] | None = field(default=None, repr=False)

    @cached_property
    def _by_id(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def _starts(self) -> list[int]:
        return [clause.start for clause in self.clauses]

    def quote(self, span: Span) -> str:
        """The words at `span`, verbatim."""
        return self.text[span.start : span.end]

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id. Raises KeyError when the document has none."""
        return self._by_id[clause_id]

    def clause_at(self, offset: int) -> Clause:
        """The clause that holds the character at `offset`."""
        return self.clauses[max(0, bisect_right(self._starts, offset) - 1)]
