"""From drafts to clauses: the path of headings above each, its id, and its labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Cell, Clause, ClauseKind


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause before it knows its id.

    `above` is the index of the draft above it in the same list, None at the top. `key` is its part of the id;
    `rooted` keeps the keys of the drafts above out of the id (articles run through a law whatever its chapters).
    `path` and `labels` are what it adds to those of the draft above.
    """

    kind: ClauseKind
    key: str
    path: tuple[str, ...]
    labels: tuple[str, ...]
    start: int
    end: int
    above: int | None = None
    heading_end: int | None = None
    cells: tuple[Cell, ...] = ()
    rooted: bool = False


def identify(document_id: str, drafts: Sequence[Draft]) -> tuple[Clause, ...]:
    """Give every draft its id, path and labels.

    Ids are `document-id#key/key/…`; a second clause of the same path gets `·2`, a third `·3`.
    """
    clauses: list[Clause] = []
    times: Counter[str] = Counter()
    for draft in drafts:
        above = clauses[draft.above] if draft.above is not None else None
        prefix = "" if above is None or draft.rooted else above.id.partition("#")[2] + "/"
        key = prefix + draft.key
        times[key] += 1
        if times[key] > 1:
            key = f"{key}·{times[key]}"
            times[key] += 1
        clauses.append(
            Clause(
                id=f"{document_id}#{key}",
                kind=draft.kind,
                path=(above.path if above else ()) + draft.path,
                labels=(above.labels if above else ()) + draft.labels,
                start=draft.start,
                end=draft.end,
                parent=above.id if above else None,
                heading_end=draft.start if draft.heading_end is None else draft.heading_end,
                cells=draft.cells,
            )
        )
    return tuple(clauses)
