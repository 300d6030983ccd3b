"""What the question wants, and which facts of a clause are of that kind."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.facts import Fact
from rag.question import Question, Want

_FACTS_OF: dict[Want, tuple[str, ...]] = {
    "deadline": ("deadline",),
    "who_leads": ("unit",),
    "units": ("unit",),
    "quantity": ("quantity",),
    "money": ("quantity",),
    "frequency": ("frequency",),
}
FACT_WANTS = tuple(_FACTS_OF)
"""The wants that a fact of fixed form answers."""
_MONEY = "元"


def wanted(question: Question) -> Want | None:
    """What the question wants first; where it compares, the kind of fact it compares."""
    facts = [want for want in question.wants if want in FACT_WANTS]
    if question.wants[:1] == ("compare",) and facts:
        return facts[0]
    if question.wants[:1] == ("date",):
        return (
            "deadline"  # what is asked for is not the document's own date, else its head would have answered
        )
    return question.wants[0] if question.wants else None


def wanted_facts(question: Question, facts: Iterable[Fact], text: str) -> list[Fact]:
    """The facts of the kind the question wants; none where it wants no fact."""
    want = wanted(question)
    kinds = _FACTS_OF.get(want, ()) if want else ()
    found = [fact for fact in facts if fact.kind in kinds]
    if want == "money":
        return [fact for fact in found if _MONEY in text[fact.start : fact.end]]
    return found
