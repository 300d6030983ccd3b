"""A question that leans on the one before takes over what it leaves unsaid."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.question import Question

LEANING = re.compile(
    r"^(?:那|那么|还有|另外|然后|再问|接着)|(?:呢|咧)[？?]?$|这(?:项|个|一|些|件|条|份|类|几)|(?<!应)该(?![谁由怎不有做干去找要归何])|此(?:项|类|事|外)|"
    r"上述|前述|上面|刚才|前面(?:说|提|那)|同类|同样|[^其]其(?!他|它|中)|它|除(?:了)?.{1,24}(?:以外|之外|外)|又(?:是|要|放宽|到|由|该)|"
    r"^(?:what about|how about|and\b)|\bit\b|\bits\b|\bthis\b|\bthat\b|\bthese\b|\bthey\b"
)
POINTING = re.compile(
    r"这|(?<!应)该(?![谁由怎不有做干去找要归何])|此|上述|前述|上面|刚才|同类|同样|[^其]其(?!他|它|中)|它|那(?:是|个|份|项)|"
    r"\bit\b|\bits\b|\bthis\b|\bthat\b|\bthey\b"
)
SHORTEST_OBJECT = 2
"""Characters from which on a question has an object of its own (1..10)."""
REPLACED_UP_TO = 4
"""A previous object this short is what 那…呢 puts another in place of (0..20)."""


def is_leaning(text: str) -> bool:
    """Whether the text shows that it goes on from another question."""
    return LEANING.search(text.lower()) is not None


def lean(question: Question, before: Question, *, own_object: bool) -> Question:
    """`question` with what it takes over from `before`; unchanged when it stands on its own.

    Scope is taken over when the question names none, what is wanted when it has no cue, the object (as
    `carried`) when it has none of its own, points back, or only puts another word in its place.
    """
    own_scope = question.documents is not None
    leaning = is_leaning(question.text)
    if not leaning and own_object and question.wants:
        return question
    if not leaning and own_object and own_scope:
        return question
    carried = _carried(question, before, own_object)
    takes_scope = not own_scope and before.documents is not None
    wants = question.wants or before.wants
    if not (carried or takes_scope or wants != question.wants):
        return question
    return replace(
        question,
        wants=wants,
        carried=carried,
        focus=question.focus if own_object else before.focus,
        documents=before.documents if takes_scope else question.documents,
        places=before.places if takes_scope else question.places,
        places_meant=before.places_meant if takes_scope else question.places_meant,
        named=before.named if takes_scope else question.named,
        placeless=before.placeless if takes_scope else question.placeless,
        unplaced=before.unplaced if takes_scope else question.unplaced,
        phrased=question.phrased or before.phrased,
        years=question.years or (before.years if not own_object else ()),
        follows=True,
    )


def _carried(question: Question, before: Question, own_object: bool) -> str:
    """The object words of the previous question that the new one doesn't replace."""
    if not own_object or POINTING.search(question.text.lower()):
        return before.focus
    replaced = not question.wants and len(before.focus) <= REPLACED_UP_TO
    return "" if replaced else before.focus
