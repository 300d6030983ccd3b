"""What looks wrong in a document as it was read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from corpus.document import Clause, Document, Flaw
from corpus.labels import Label, read_label

LONG: Final = 1000
"""A text longer than this, in characters, has clauses (300–10,000)."""
FEWEST: Final = 2
"""A text with fewer numbered clauses and table rows than this has none to speak of (1–10)."""
GAPS: Final = 5
"""So many gaps in the numbering are told, not more (1–100)."""
KINDS: Final = 5
"""So many different strange characters are told, the commonest first (1–100)."""

_STRANGE = re.compile(r"[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f\U000f0000-\U0010ffff]")
_ISSUED: Final = ("issuer", "addressees")
_ARTICLE: Final = "条"


def flaws(document: Document) -> tuple[Flaw, ...]:
    """What looks wrong: no title, no number, no clauses, gaps in the numbering, strange characters; often nothing.

    Details say what was found in the text's own words and signs: `第十二条 → 第十四条`, `U+FFFD×3`.
    """
    return (*_head(document), *_body(document), *_gaps(document), *_strange(document))


def _head(document: Document) -> Iterator[Flaw]:
    if "title" not in document.fields:
        yield Flaw("no_title", document.title)
    # A statute or a table stands without a number; what somebody issued to somebody has one.
    if document.number is None and any(name in document.fields for name in _ISSUED):
        yield Flaw("no_number")


def _body(document: Document) -> Iterator[Flaw]:
    numbered = sum(
        clause.kind == "row" or _label(document, clause) is not None for clause in document.clauses
    )
    if len(document.text) > LONG and numbered < FEWEST:
        yield Flaw("no_clauses")


def _gaps(document: Document) -> Iterator[Flaw]:
    """The numbers left out, each between two labels of one form; a list that starts again leaves none out."""
    told = 0
    last: dict[tuple[str, str | None], tuple[Label, Clause]] = {}
    latest: dict[str, Clause] = {}
    for clause in document.clauses:
        label = _label(document, clause)
        if label is None:
            continue
        # Articles run through a text whatever its chapters; other lists belong to the clause above.
        group = (label.form, None if label.form == _ARTICLE else clause.parent)
        before, above = last.get(group, (label, clause))
        runs_on = latest.get(label.form) is above
        if runs_on and label.number > before.number + 1 and told < GAPS:
            told += 1
            page = document.source_map.page(clause.start)
            yield Flaw("gap_in_numbering", f"{before.text} → {label.text}", page)
        last[group] = (label, clause)
        latest[label.form] = clause


def _label(document: Document, clause: Clause) -> Label | None:
    """The label a clause is numbered with, as it stands in the text."""
    if clause.kind not in ("item", "heading") or not clause.labels:
        return None
    return read_label(document.text[clause.start : clause.end])


def _strange(document: Document) -> Iterator[Flaw]:
    """Characters no text means to have: replaced, private, or control characters."""
    found = Counter(_STRANGE.findall(document.text))
    if found:
        told = (f"U+{ord(character):04X}×{times}" for character, times in found.most_common(KINDS))
        yield Flaw("strange_characters", " ".join(told))
