"""The parts of a document become its clauses: head and notice whole, body and annexes outlined, tables row by row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from corpus.document import Clause, ClauseKind
from corpus.line import Lines, Part
from corpus.outline import outline
from corpus.tables import tabulate
from corpus.tree import Draft, identify

_WHOLE: Final[Mapping[str, tuple[ClauseKind, str]]] = MappingProxyType(
    {"head": ("head", "版头"), "notice": ("notice", "通知"), "title": ("title", "标题"),
     "note": ("annex", "附件说明"), "tail": ("tail", "落款")}
)  # fmt: skip
"""Parts that are one clause, with its kind and its name."""


def cut(document_id: str, lines: Lines, parts: Sequence[Part]) -> tuple[Clause, ...]:
    """The clauses of a document, in order: every character of the text but line ends is in exactly one."""
    drafts: list[Draft] = []
    for part in parts:
        if part.kind in _WHOLE:
            drafts.append(_whole(lines, part))
        else:
            _outlined(lines, part, drafts)
    return identify(document_id, drafts)


def _whole(lines: Lines, part: Part) -> Draft:
    kind, name = _WHOLE[part.kind]
    start, end = lines.lines[part.first].start, lines.lines[part.last - 1].end
    return Draft(kind, name, (name,), (name,), start, end)


def _outlined(lines: Lines, part: Part, drafts: list[Draft]) -> None:
    """Append a part's own heading and the clauses below it, tables taken apart."""
    above: int | None = None
    if part.content > part.first:
        start, end = lines.lines[part.first].start, lines.lines[part.content - 1].end
        title = lines.text[start:end].replace("\n", " ")
        path = title if title.startswith("附") else f"{part.key} {title}"
        drafts.append(Draft("annex", part.key, (path,), (part.key,), start, end, heading_end=end))
        above = len(drafts) - 1
    placed: list[int] = []
    for draft in outline(lines, part.content, part.last, "正文" if above is None else ""):
        draft = replace(draft, above=above if draft.above is None else placed[draft.above])
        placed.append(len(drafts))
        if draft.kind == "row":
            _tabulated(lines, draft, drafts)
        else:
            drafts.append(draft)


def _tabulated(lines: Lines, block: Draft, drafts: list[Draft]) -> None:
    """Append a table's head and rows in place of the block that holds them.

    A table right below an annex's title shares its clause and its key; another is a clause of its own.
    """
    first = bisect_left(lines.lines, block.start, key=lambda line: line.start)
    last = bisect_left(lines.lines, block.end, key=lambda line: line.start)
    head, rows = tabulate(lines, first, last)
    above = block.above
    if above is not None and above == len(drafts) - 1 and drafts[above].kind == "annex":
        if head:
            drafts[above] = replace(drafts[above], end=lines.lines[first].end)
    elif head:
        drafts.append(replace(block, end=lines.lines[first].end, heading_end=lines.lines[first].end))
        above = len(drafts) - 1
    else:
        rows = [
            replace(
                row,
                key=f"{block.key}/{row.key}",
                path=block.path + row.path,
                labels=block.labels + row.labels,
            )
            for row in rows
        ]
    drafts.extend(replace(row, above=above) for row in rows)
