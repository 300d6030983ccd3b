"""What a question becomes once it is understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Want = Literal[
    "deadline",
    "who_leads",
    "units",
    "quantity",
    "frequency",
    "definition",
    "list",
    "compare",
    "number",
    "date",
    "issuer",
    "addressees",
    "title",
    "money",
]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as retrieval sees it.

    `asked` is verbatim; `text` is simplified, half-width, numerals normalised, slips corrected. `focus` is `text`
    less the words that only say what is wanted or where (the asked object). `wants` come most wanted first.
    `places` are names of places the corpus has ("襄城县"); `documents` the ids in scope, None for all, and
    `named` tells that the person named them (a filter, not a guess). `corrections` maps what was typed to what
    it was read as; `expansions` a word of the question to official words, to be weighted less than typed ones.
    `years` are years the person named. `follows` is True when the previous question lent its scope or object.
    """

    asked: str
    text: str
    focus: str
    wants: tuple[Want, ...] = ()
    places: tuple[str, ...] = ()
    documents: frozenset[str] | None = None
    named: bool = False
    corrections: dict[str, str] = field(default_factory=dict)
    expansions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    follows: bool = False
    across: bool = False
    """The person asks what several documents say: one citation for each document that answers."""
    carried: str = ""
    """Object words of the previous question, to be weighted less than typed ones."""
    unknown_places: tuple[str, ...] = ()
    """Places the person named that no document is about."""
    spoken_of: tuple[str, ...] = ()
    """Provinces and cities the person named that documents speak of and none is about."""
    near: frozenset[str] = frozenset()
    """Keys of `expansions` whose words are only related, or belong to the previous question: weigh them less still."""
    phrased: tuple[str, ...] = ()
    """Words that documents have for what is asked (责令, 罚款): they tell where to look, and are not the object."""
    defining: tuple[str, ...] = ()
    """How documents would define the object (所称X, X是指), where that is asked."""
    placeless: frozenset[str] = frozenset()
    """Documents out of scope that say no place of their own: asked where those of the asked place do not say."""
    unplaced: frozenset[str] = frozenset()
    """Those of `placeless` whose place may just not have been found: they answer too, behind those in scope."""
    places_meant: int = 0
    """How many places the person meant: one name may be that of several in `places`."""
    clauses: frozenset[str] | None = None
    """Ids of the clauses in scope, None for all: those that lay down a duty which was asked to be of some kind."""
    withheld: frozenset[str] = frozenset()
    """Ids of the documents that do not answer, whatever is in scope: they do not apply on the day asked about."""

    @property
    def in_full(self) -> str:
        """What was typed, official words for it and what it follows on: the question as models of meaning see it."""
        official = " ".join(word for words in self.expansions.values() for word in words)
        return " ".join(part for part in (self.text, official, self.carried) if part)

    @property
    def all_withheld(self) -> bool:
        """Whether what the person named is withheld, all of it."""
        return bool(self.documents) and self.withheld.issuperset(self.documents or ())

    @property
    def compares(self) -> bool:
        """Whether the person wants to see what several documents say."""
        titled = self.named and not self.places and self.documents is not None and len(self.documents) > 1
        several_named = self.places_meant > 1 or titled
        return self.across or several_named or self.wants[:1] == ("compare",)
