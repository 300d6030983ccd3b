"""How many duties are found again in the right clause, by their words and by a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from eval.alignment.gold import Aligned
from eval.tasks.score import Tally
from rag.align import Aligner, Place
from rag.comparison import Comparison

Compare = Callable[[str], Comparison]
QUESTION = "各地{}有什么不同"
"""How the name of a duty is asked about."""


@dataclass(slots=True)
class Score:
    """`clauses`: the clause is the right one; `words`: so are the words in it. A line for each difference."""

    clauses: Tally = field(default_factory=Tally)
    words: Tally = field(default_factory=Tally)
    differences: list[str] = field(default_factory=list)

    def add(self, name: str, gold: Iterable[Place], got: Place | None) -> None:
        """Count what was found of a duty where any of the `gold` places is right; of none, all that is found is wrong."""
        places = list(gold)
        right = [one for one in places if got is not None and one.clause.id == got.clause.id]
        told = any(one.start < got.end and got.start < one.end for one in right) if got else False
        self.clauses.add(bool(right), got is not None, bool(places))
        self.words.add(told, got is not None, bool(places))
        if not right and (places or got):
            self.differences.append(f"{name}: got {_shown(got)}, expected {_shown(*places)}")


def by_words(lines: Iterable[Aligned], aligner: Aligner) -> Score:
    """Each line's words looked for in its other document."""
    score = Score()
    for line in lines:
        match = aligner.counterpart(line.one, line.other)
        name = f"{line.duty}, {line.one.clause.id} in {line.other}"
        score.add(name, [line.words] if line.words else [], match.place if match else None)
    return score


def by_question(lines: Iterable[Aligned], compare: Compare) -> Score:
    """Each duty asked about by its name: whether the documents that are known to say it or not are told apart."""
    duties: dict[str, dict[str, list[Place]]] = {}
    for line in lines:
        sides = duties.setdefault(line.duty, {})
        sides.setdefault(line.one.document.id, []).append(line.one)
        sides.setdefault(line.other, []).extend([line.words] if line.words else [])
    score = Score()
    for duty, sides in duties.items():
        found = {side.document.id: side.place for side in compare(QUESTION.format(duty)).sides}
        for document, places in sides.items():
            score.add(f"{duty}, {document}", places, found.get(document))
    return score


def _shown(*places: Place | None) -> str:
    told = [f"{place.clause.id} {place.words[:20]!r}" for place in places if place]
    return " or ".join(told) or "nothing"
