"""An answer as lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer import Answer, Citation
from rag.listing import Listed
from rag.tasks import Entry
from ui.labels import (
    KINDS,
    WANTS,
    copies_in_words,
    filters_in_words,
    refusal_in_words,
    score_in_words,
    tasks_in_words,
    verdict_in_words,
    warnings_in_words,
)
from ui.marks import trimmed
from ui.terminal_table import table_lines, terminal_width

BOLD, PLAIN = "\033[1m", "\033[0m"
BRACKETS = ("【", "】")
INDENT = "    "
HEADINGS = ("期限", "任务", "牵头", "单位", "出处")
SHARES = (0, 5, 2, 3, 3)
"""How the columns of a list of tasks part the line; 0 for those as wide as their words."""
NEAREST_CHARACTERS = 120
"""Characters shown of a clause that is only near."""


def answer_lines(answer: Answer, *, bold: bool) -> list[str]:
    """The answer line by line: the verdict, then each quotation with its reference; or the table of the tasks asked for.

    Answering words are set in bold type when `bold` (a terminal that shows it), else in 【】.
    """
    if answer.tasks is not None:
        return _listed(answer.tasks)
    understood = [answer.understood.text, *(WANTS.get(want, want) for want in answer.understood.wants)]
    head = f"理解为：{' · '.join(part for part in understood if part.strip())}"
    if answer.status == "not_found":
        return [refusal_in_words(answer.reason), head, *_nearest(answer.nearest)]
    blocks = [line for citation in answer.citations for line in ["", *_cited(citation, bold)]]
    return [verdict_in_words(answer), head, *blocks]


def _listed(listed: Listed) -> list[str]:
    head = [tasks_in_words(len(listed.entries)), f"理解为：{' · '.join(filters_in_words(listed.query))}"]
    if not listed.entries:
        return head
    rows = [_row(entry) for entry in listed.entries]
    return [*head, "", *table_lines(HEADINGS, rows, SHARES, terminal_width())]


def _row(entry: Entry) -> tuple[str, ...]:
    task, document = entry.task, entry.document
    often = task.frequency.text if task.frequency else ""
    when = entry.due.isoformat() if entry.due else often or (task.deadline.text if task.deadline else "")
    lead = list(dict.fromkeys(unit.text for unit in task.lead))
    others = [unit.text for unit in (*task.units, *task.standing) if unit.text not in lead]
    stands = f"{document.number or f'《{document.title}》'} {''.join(entry.clause.labels)}"
    return when, task.duty.text, "、".join(lead), "、".join(dict.fromkeys(others)), stands


def _cited(citation: Citation, bold: bool) -> list[str]:
    word, _ = score_in_words(citation.score)
    place = f"  {citation.document.place}" if citation.document.place else ""
    facts = [
        f"{INDENT}{KINDS[mark.kind]}：{words}"
        + (f"（{mark.value}）" if mark.value and mark.value != words else "")
        for mark in citation.highlights
        if mark.answers and (words := citation.text[mark.start : mark.end])
    ]
    quotation = _marked(citation, *((BOLD, PLAIN) if bold else BRACKETS))
    return [
        f"[{citation.rank}] {word}{place}",
        *(f"{INDENT}注意：{line}" for line in warnings_in_words(citation)),
        *(INDENT + line for line in quotation.splitlines() if line.strip()),
        *facts,
        f"{INDENT}—— {citation.reference}",
        *([f"{INDENT}{copies_in_words(citation)}："] if citation.copies else []),
        *(f"{INDENT}—— {copy.reference}" for copy in citation.copies),
    ]


def _marked(citation: Citation, before: str, after: str) -> str:
    text, at = "", 0
    for mark in sorted((mark for mark in citation.highlights if mark.answers), key=lambda mark: mark.start):
        if mark.start >= at:
            text += citation.text[at : mark.start] + before + citation.text[mark.start : mark.end] + after
            at = mark.end
    return (text + citation.text[at:]).strip()


def _nearest(nearest: Sequence[Citation]) -> list[str]:
    if not nearest:
        return []
    lines = ["", "最接近的条款（不是答案）："]
    for citation in nearest:
        start, end = trimmed(citation.text, 0, len(citation.text))
        words = " ".join(citation.text[start : min(end, start + NEAREST_CHARACTERS)].split())
        cut = "……" if end - start > NEAREST_CHARACTERS else ""
        warned = [f"{INDENT}注意：{line}" for line in warnings_in_words(citation)]
        lines += [*warned, f"{INDENT}{words}{cut}", f"{INDENT}—— {citation.reference}"]
    return lines
