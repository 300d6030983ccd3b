"""`yiju eval tasks`: breaks the shipped documents into tasks and compares with what people wrote."""

from __future__ import annotations

from typing import Final, TextIO

from corpus.library import read_document, shipped_documents
from corpus.tasks import tasks
from eval.report import cell
from eval.table import Layout, Table
from eval.tasks.annex import like_row, schedule
from eval.tasks.gold import Part, labelled
from eval.tasks.score import Score, score

TASKS: Final = "tasks"
BARS: Final = {"dates": 0.93, "units": 0.95, "pairing": 0.90}
"""The least F1 of each measure that a release has to reach (0–1)."""
_HEAD: Final = ("precision", "recall", "F1", "right", "given", "wanted")


def measured(part: Part | None) -> dict[str, Score]:
    """The scores by the name of their gold: the schedules of documents, and the clauses labelled by hand.

    `part` keeps to one half of the latter. Raises GoldError when these cannot be read.
    """
    documents = [read_document(path) for path in shipped_documents()]
    found = {document.id: tasks(document) for document in documents}
    scores: dict[str, Score] = {}
    for document in documents:
        cases = schedule(document, found[document.id])
        if cases:
            scores[f"the schedule of {document.id}"] = score(cases, like_row, dated=True)
    name = "labelled by hand" + (f", {part}" if part else "")
    scores[name] = score(labelled(documents, found, part))
    return scores


def report(part: Part | None, layout: Layout, out: TextIO, *, failures: bool, bars: bool) -> bool:
    """Write the tables, and the differences and missed bars where asked; returns whether a bar is missed."""
    failed = False
    for name, result in measured(part).items():
        out.write(f"{layout(table(name, result))}\n\n")
        if failures:
            out.writelines(f"  {line}\n" for line in result.differences)
            out.write("\n")
        for measure, least in BARS.items() if bars else ():
            if (got := result.tallies[measure].f1) < least:
                failed = True
                out.write(f"bar missed: {name} {measure} F1 is {got:.3f}, the bar is ≥ {least:g}\n")
    return failed


def table(name: str, result: Score) -> Table:
    """Every measure of a score."""
    rows = (
        (
            measure,
            *(cell(value) for value in (tally.precision, tally.recall, tally.f1)),
            *(str(count) for count in (tally.right, tally.given, tally.wanted)),
        )
        for measure, tally in result.tallies.items()
        if tally.wanted
    )
    return Table((f"tasks · {name}", *_HEAD), tuple(rows))
