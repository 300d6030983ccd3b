"""`yiju eval alignment`: finds the duties of one plan in another and compares with pairs that people made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from eval.alignment.gold import Part, aligned
from eval.alignment.score import Score, by_question, by_words
from eval.report import cell
from eval.table import Layout, Table
from eval.tasks.score import Tally
from rag.assistant import Assistant
from rag.compare import compare

ALIGNMENT: Final = "alignment"
BARS: Final[Mapping[str, float]] = {"by words": 0.90}
"""The least F1 of the right clause that a release has to reach (0–1)."""
_HEAD: Final = ("precision", "recall", "F1", "right", "given", "wanted")


def measured(part: Part | None, home: Path | None) -> dict[str, Score]:
    """The scores by how duties are looked for; `part` keeps to one half of the lines.

    Raises GoldError when the pairs cannot be read or the home lacks one of their documents.
    """
    assistant = Assistant.open(home)
    lines = [line for line in aligned(assistant.documents) if part in (None, line.part)]
    return {
        "by words": by_words(lines, assistant.state().aligner),
        "by question": by_question(lines, partial(compare, assistant)),
    }


def report(
    part: Part | None, home: Path | None, layout: Layout, out: TextIO, *, failures: bool, bars: bool
) -> bool:
    """Write the tables, and the differences and missed bars where asked; returns whether a bar is missed."""
    failed = False
    for name, result in measured(part, home).items():
        out.write(f"{layout(table(f'{name}, {part}' if part else name, result))}\n\n")
        if failures:
            out.writelines(f"  {line}\n" for line in result.differences)
            out.write("\n")
        least = BARS.get(name) if bars else None
        if least is not None and (got := result.clauses.f1) < least:
            failed = True
            out.write(f"bar missed: alignment {name} F1 is {got:.3f}, the bar is ≥ {least:g}\n")
    return failed


def table(name: str, result: Score) -> Table:
    """Both measures of a score."""
    rows = (_row("clauses", result.clauses), _row("words", result.words))
    return Table((f"alignment · {name}", *_HEAD), rows)


def _row(measure: str, tally: Tally) -> tuple[str, ...]:
    shares = (cell(value) for value in (tally.precision, tally.recall, tally.f1))
    return (measure, *shares, *(str(count) for count in (tally.right, tally.given, tally.wanted)))
