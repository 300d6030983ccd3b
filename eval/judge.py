"""A question's response held against its gold: what is right in it, and what it is worth by every measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.gold import GoldQuestion
from eval.ranking import ranking
from eval.response import DEPTH, Response, Shown
from eval.rightness import squeezed

RECALL_DEPTH = 5
SPAN_DEPTH = 3
"""Marks are looked for in this many first citations."""
LITTLE_CHARACTERS = 8
LITTLE_SHARE = 0.5
"""A mark may have this many characters, or this share of the gold span's length, around the gold span."""
RAW = "raw_"
"""Begins the names of measures that ignore refusals."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question's response, judged. An answerable question that was refused scores 0 but in the raw measures.

    `rights` tells of each citation whether it is right, `ranked_rights` of each result shown, citation or
    nearest clause. `values` are the question's measures by name, each 0–1; those that do not apply to its kind
    are left out. `span_in_place` counts a mark only inside a right citation.
    """

    question: GoldQuestion
    response: Response
    rights: tuple[bool, ...]
    ranked_rights: tuple[bool, ...]
    values: Mapping[str, float]

    @property
    def faults(self) -> tuple[str, ...]:
        """What went wrong, of "answered", "refused", "rank", "coverage", "span"; empty when all is right."""
        if not self.question.answerable:
            return () if self.response.refused else ("answered",)
        if self.response.refused:
            return ("refused",)
        found = {
            "rank": not any(self.rights[:1]),
            "coverage": self.values.get("coverage", 1) < 1,
            "span": self.values.get("span", 1) < 1,
        }
        return tuple(fault for fault, happened in found.items() if happened)

    @property
    def first(self) -> tuple[float, bool] | None:
        """The score of the first result and whether it is right; None without result or score."""
        score = self.response.ranked[0].score if self.response.ranked else None
        return None if score is None else (score, self.ranked_rights[0])


def judge(questions: Sequence[GoldQuestion], responses: Sequence[Response]) -> tuple[Judgement, ...]:
    """Every response held against its question's gold."""
    asked = list(zip(questions, responses, strict=True))
    rights = [_rights(question, response.citations) for question, response in asked]
    ranked = [_rights(question, response.ranked) for question, response in asked]
    by_rank = [
        row | {f"{RAW}{name}": value for name, value in raw.items()}
        for row, raw in zip(ranking(rights), ranking(ranked), strict=True)
    ]
    return tuple(
        Judgement(
            question,
            response,
            rights[at],
            ranked[at],
            {**(by_rank[at] if question.answerable else {}), **_others(question, response, rights[at])},
        )
        for at, (question, response) in enumerate(asked)
    )


def held_share(shown: Sequence[Shown], question: GoldQuestion, depth: int = DEPTH) -> float:
    """The share, 0–1, of the question's golds that the first `depth` results hold; 0 without golds.

    A passage may hold several golds at once, which no list of relevant documents can say.
    """
    found = [any(gold.held_by(entry) for entry in shown[:depth]) for gold in question.golds]
    return sum(found) / len(found) if found else 0.0


def fits(mark: str, span: str) -> bool:
    """Whether the mark is the span, or contains it with little around it (white space aside).

    Example:
        >>> fits("到2025年底前", "2025年底前"), fits("2025", "2025年底前")
        (True, False)
    """
    around = len(squeezed(mark)) - len(span)
    return span in squeezed(mark) and around <= max(LITTLE_CHARACTERS, LITTLE_SHARE * len(span))


def _rights(question: GoldQuestion, shown: Sequence[Shown]) -> tuple[bool, ...]:
    return tuple(question.answered_by(entry) for entry in shown[:DEPTH])


def _others(question: GoldQuestion, response: Response, rights: Sequence[bool]) -> dict[str, float]:
    """The measures beside rank: refusing, holding every gold, marking words."""
    values = {"wrongly_refused" if question.answerable else "refused": float(response.refused)}
    if question.need == "all":
        values["recall_5"] = held_share(response.citations, question, RECALL_DEPTH)
        values["coverage"] = held_share(response.citations, question)
    if question.spans:
        marked = [_marked(shown, question) for shown in response.citations[:SPAN_DEPTH]]
        values["span"] = float(any(marked))
        values["span_in_place"] = float(any(ok and right for ok, right in zip(marked, rights, strict=False)))
    return values


def _marked(shown: Shown, question: GoldQuestion) -> bool:
    return any(fits(mark, span) for mark in shown.marks for span in question.spans)
