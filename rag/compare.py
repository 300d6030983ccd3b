"""The same duty across documents: found by the question, followed from document to document, set side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby

from corpus.document import Document
from rag.align import ALIKE, Aligner, Match, Place, task_at
from rag.answer import Answer, Citation
from rag.assistant import Assistant
from rag.cautioned import with_caution
from rag.cite_task import cite_task
from rag.comparison import SENTENCE_ENDS, Comparison, Side, dues, unit_differences
from rag.differ import differing_words
from rag.in_force import AsOf
from rag.tasks import Entry

MOST_ASKED = 40
"""Documents that are asked one by one; of more, those that the question finds among all (1–100)."""
MARKED = 0.2
"""How much it says for a task that words of it were marked as the answer, beside the asked object's share (0–5)."""
LIKELY = 0.5
"""How likely the best of unsure answers has to be right to stand where no document answers surely (0–1)."""
ECHOED = 0.1
"""How much of what the others' clauses have of the asked object a clause that they lead to has as well (0–1)."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a document lays down the duty, its task if there is one, and how sure that is, 0–1."""

    place: Place
    entry: Entry | None
    score: float


def compare(
    assistant: Assistant,
    question: str,
    *,
    places: Sequence[str] = (),
    documents: Sequence[str] = (),
    as_of: date | None = None,
    include_withdrawn: bool = False,
) -> Comparison:
    """What each document in scope says of the duty that is asked about, or that it says nothing.

    A document says it when it answers the question by itself, or when its words are alike enough to those of one
    that does. `as_of` and `include_withdrawn` say which documents answer, as in `Assistant.ask`.
    Raises BadQuestionError or UnknownDocumentError.
    """
    asked = AsOf.asked(as_of, assistant.today(), include_withdrawn=include_withdrawn)
    ask = partial(assistant.ask, question, as_of=as_of, include_withdrawn=include_withdrawn)
    whole = ask(places=places, documents=documents, top_k=MOST_ASKED)
    if whole.reason == "place_unknown":
        return Comparison(question, whole.understood, reason=whole.reason)
    state = assistant.state()
    withheld = state.in_force.withheld(asked, documents)
    held = _scope(state.snapshot.documents, whole, withheld)
    answers = {name: ask(documents=[name], top_k=1) for name in _asked(held, whole)}
    focus = state.reader.read(question, places=places, documents=documents, withheld=withheld).focus
    found = _Finder(focus, state.aligner, _entries(state.tasks.entries, answers)).find(answers)
    # Of a document that was not asked it cannot be said that it says nothing.
    silent = tuple(held[name] for name in answers if name not in found)
    unasked = len(held) - len(answers)
    if not found:
        return Comparison(question, whole.understood, silent=silent, unasked=unasked)
    duty = next(iter(found.values())).place.words.strip()
    sides = tuple(
        replace(side, citation=with_caution(side.citation, asked.day, state.snapshot.documents))
        for side in _sides(tuple(found.values()))
    )
    return Comparison(question, whole.understood, duty, sides, silent, unasked)


def _scope(held: Mapping[str, Document], whole: Answer, withheld: Collection[str]) -> dict[str, Document]:
    """The documents that the question is about, by id: those it names or whose place it names, else all that answer."""
    named = whole.understood.documents
    return {
        name: document
        for name, document in held.items()
        if (not named or name in named) and name not in withheld
    }


def _asked(held: Mapping[str, Document], whole: Answer) -> list[str]:
    """The ids of the documents that are asked one by one."""
    if len(held) <= MOST_ASKED:
        return list(held)
    cited = dict.fromkeys(citation.document.id for citation in (*whole.citations, *whole.nearest))
    return [name for name in cited if name in held]


def _entries(register: Iterable[Entry], names: Collection[str]) -> dict[str, list[Entry]]:
    """The tasks of the documents of these ids, by clause."""
    found: dict[str, list[Entry]] = {}
    for entry in register:
        if entry.document.id in names:
            found.setdefault(entry.clause.id, []).append(entry)
    return found


class _Finder:
    """Finds the duty in one document after the other; `focus` is the asked object, `entries` are tasks by clause."""

    def __init__(self, focus: str, aligner: Aligner, entries: Mapping[str, Sequence[Entry]]) -> None:
        self._focus, self._aligner, self._entries = focus, aligner, entries

    def find(self, answers: Mapping[str, Answer]) -> dict[str, _Found]:
        """By document the duty as it lays it down, the surest first; `answers` are the documents' own."""
        ranked = sorted(
            (answer for answer in answers.values() if answer.citations),
            key=lambda answer: (answer.status != "answered", -answer.citations[0].score),
        )
        found: dict[str, _Found] = {}
        likely = [one for one in ranked[:1] if one.citations[0].score >= LIKELY]
        for answer in [one for one in ranked if one.status == "answered"] or likely:
            citation = answer.citations[0]
            found[citation.document.id] = self._answering(citation, tuple(found.values())[:1])
        told = [one.place for one in found.values()]
        for name in answers:
            match = self._led_to(told, name) if name not in found else None
            if match is not None:
                found[name] = self._laid_down(match.place, match.score)
        return found

    def _answering(self, citation: Citation, first: Sequence[_Found]) -> _Found:
        """The duty in the clause that answers: what is most like that of the first document, else what is asked."""
        place = self._asked_in(citation)
        document_id = citation.document.id
        if citation.clause.kind == "row":
            # A schedule repeats what the text lays down, where the words around it say more.
            match = self._aligner.nearest(place, document_id, rows=False)
            place = match.place if match is not None and match.score >= ALIKE else place
        elif first and (match := self._aligner.counterpart(first[0].place, document_id)) is not None:
            place = match.place if match.place.clause.id == citation.clause.id else place
        return self._laid_down(place, citation.score)

    def _led_to(self, told: Sequence[Place], name: str) -> Match | None:
        """Where the document says what others say, best first; None where that has nothing of the asked object."""
        matches = (self._aligner.counterpart(place, name) for place in told)
        best = max((match for match in matches if match), key=lambda match: match.score, default=None)
        if best is None:
            return None
        asked = max(self._asked_of(place) for place in told)
        return best if self._asked_of(best.place) >= ECHOED * asked else None

    def _asked_of(self, place: Place) -> float:
        """The share of the asked object that the place's clause has."""
        return self._aligner.share(self._focus, place.document.quote(place.clause.span))

    def _laid_down(self, place: Place, score: float) -> _Found:
        entries = self._entries.get(place.clause.id, ())
        task = task_at((entry.task for entry in entries), place)
        entry = next((entry for entry in entries if entry.task is task), None)
        if entry is None:
            return _Found(place, None, score)
        duty = entry.task.duty
        return _Found(Place(place.document, place.clause, duty.start, duty.end), entry, score)

    def _asked_in(self, citation: Citation) -> Place:
        """The duty that is asked about, among those of the cited clause; the marked sentence where it has none."""
        marks = [
            (citation.start + mark.start, citation.start + mark.end)
            for mark in citation.highlights
            if mark.answers
        ]

        def fits(entry: Entry) -> float:
            spoken = self._aligner.share(self._focus, entry.task.duty.text)
            quoted = entry.task.quotations
            marked = any(one.start < end and start < one.end for one in quoted for start, end in marks)
            return spoken + MARKED * marked

        entries = self._entries.get(citation.clause.id, ())
        best = max(entries, key=fits, default=None)
        start, end = (
            _sentence(citation, marks) if best is None else (best.task.duty.start, best.task.duty.end)
        )
        return Place(citation.document, citation.clause, start, end)


def _sentence(citation: Citation, marks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentence of the first mark, the whole clause without one; in characters of the document."""
    if not marks:
        return citation.start, citation.end
    text, (first, last) = citation.document.text, marks[0]
    ends = [at for mark in SENTENCE_ENDS if (at := text.find(mark, last, citation.end)) >= 0]
    begins = [text.rfind(mark, citation.start, first) + 1 for mark in SENTENCE_ENDS]
    return max(citation.start, *begins), min(ends, default=citation.end)


def _sides(found: Sequence[_Found]) -> tuple[Side, ...]:
    """The sides by deadline, those without one last."""
    entries = [one.entry for one in found]
    due, units = dues(entries), unit_differences(entries)
    order = sorted(range(len(found)), key=lambda at: due[at].day or date.max)
    sides = []
    for rank, at in enumerate(order, 1):
        one = found[at]
        citation = cite_task(rank, one.score, one.place, one.entry)
        differs = _differing(one.place, [other.place for other in found if other is not one])
        sides.append(Side(citation, one.place, one.entry, due[at], units[at], differs))
    return tuple(sides)


def _differing(place: Place, others: Sequence[Place]) -> tuple[tuple[int, int], ...]:
    """What at least half of the others' clauses have not in the sentence at `place`, in characters of its clause."""
    first, said = _after_label(place), place.document.text
    near = place.start - first, place.end - first
    text = said[first : place.clause.end]
    count = Counter(
        at
        for other in others
        for start, end in differing_words(
            text, other.document.text[_after_label(other) : other.clause.end], near
        )
        for at in range(start, end)
    )
    marked = sorted(
        at + first - place.clause.start for at, times in count.items() if 2 * times >= len(others)
    )
    # Neighbours differ from their place in the row by the same: a stretch.
    stretches = (list(group) for _, group in groupby(enumerate(marked), lambda pair: pair[1] - pair[0]))
    return tuple((group[0][1], group[-1][1] + 1) for group in stretches)


def _after_label(place: Place) -> int:
    """Where the clause's own words begin: no two documents number a duty alike."""
    clause, text = place.clause, place.document.text
    label = clause.labels[-1] if clause.labels else ""
    at = clause.start + (len(label) if text.startswith(label, clause.start) else 0)
    while at < place.start and text[at].isspace():
        at += 1
    return min(at, place.start)
