"""A comparison as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rag.comparison import Comparison, Side
from ui.compare_labels import due_in_words, how_often, silent_in_words, unasked_in_words, units_differing
from ui.labels import refusal_in_words, warnings_in_words
from ui.terminal import BOLD, BRACKETS, INDENT, PLAIN


def comparison_lines(comparison: Comparison, *, bold: bool) -> Iterator[str]:
    """The comparison line by line: the duty, each document's words for it, then the documents that do not say it.

    Differing words are set in bold type when `bold` (a terminal that shows it), else in 【】.
    """
    if not comparison.sides:
        yield refusal_in_words(comparison.reason)
    else:
        yield f"{len(comparison.sides)} 份文件写到：{comparison.duty}"
    for side in comparison.sides:
        yield ""
        yield from _side(side, bold=bold)
    if comparison.silent:
        yield ""
        yield silent_in_words(comparison.silent)
    if comparison.unasked:
        yield unasked_in_words(comparison.unasked)


def _side(side: Side, *, bold: bool) -> Iterator[str]:
    task = side.entry.task if side.entry else None
    yield f"[{side.citation.rank}] {side.document.place or side.document.title}  {due_in_words(side.due)}"
    yield from (f"{INDENT}注意：{line}" for line in warnings_in_words(side.citation))
    yield INDENT + " ".join(_marked(side, *((BOLD, PLAIN) if bold else BRACKETS)).split())
    if task and task.deadline:
        yield f"{INDENT}期限：{task.deadline.text}"
    if task and task.frequency:
        yield f"{INDENT}频次：{how_often(task.frequency)}"
    if task and task.units:
        yield f"{INDENT}单位：{'、'.join(dict.fromkeys(unit.text for unit in task.units))}"
    yield from (INDENT + line for line in units_differing(side))
    yield f"{INDENT}—— {side.citation.reference}"


def _marked(side: Side, before: str, after: str) -> str:
    """The sentence that lays the duty down, its differing words between `before` and `after`."""
    start, end = side.sentence
    text, said, at = side.citation.text, "", start
    for first, last in side.differs:
        if at <= first and last <= end:
            said += text[at:first] + before + text[first:last] + after
            at = last
    return said + text[at:end]
