"""What speaks for a stretch of a clause as the words that answer: what was read, its kind, what a fact rules over."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.numerals import to_int
from rag.edges import mended
from rag.opened import OpenedPassage
from rag.pieces import holding, places
from rag.probe import Probe
from rag.question import Want
from rag.reading.reading import Reading
from rag.rule import clusters, ruled_over
from rag.spans import FACT_KINDS, VERB, WORD_KINDS, CandidateSpan, SpanKind
from rag.wanted import FACT_WANTS, wanted

_AS_READ = (
    "as read",
    "as read, gap to best",
    "begins as read",
    "ends as read",
    "inside as read",
    "inside as read, left out",
)
_OF_FACTS = (
    *_AS_READ,
    "length",
    "length squared",
    "first of its kind",
    "starts clause",
    "coverage of its own",
    "coverage of its own, gap to best",
    "best placed",
)
_OF_WORDS = (
    *_AS_READ,
    "length",
    "length squared",
    "first of its kind",
    "starts clause",
    "count as asked",
    "count not as asked",
    "members of list",
    "ends like a condition",
    "begins with a verb",
    "whole clause's one",
)
_CUES: dict[str, re.Pattern[str]] = {
    "who": re.compile(r"谁|哪个(?:单位|部门|机构|局|办)|哪家|\bwho\b", re.IGNORECASE),
    "which": re.compile(
        r"哪些|哪几|哪[两二三四五六七八九十\d]|几[个类项种大]|包括|分别|\bwhich\b", re.IGNORECASE
    ),
    "how": re.compile(r"怎么|怎样|如何|咋|\bhow\b", re.IGNORECASE),
    "whether": re.compile(r"吗|是否|能不能|要不要|会不会|有没有|可不可以|算不算"),
    "what": re.compile(r"什么|啥|何种|何|\bwhat\b", re.IGNORECASE),
    "nothing said": re.compile(""),
}
"""How the question asks, the first that fits."""

READ: SpanKind = "read"
_STATED_KINDS: tuple[SpanKind, ...] = (*FACT_KINDS, READ)
_FAMILIES = ("units", "measures", "words")

FACT_NAMES = (
    *(f"{want} by {kind}" for want in FACT_WANTS for kind in _STATED_KINDS),
    *(f"{name}, {family}" for family in _FAMILIES for name in _OF_FACTS),
)
"""The features where a fact is wanted, in order; scores and gaps are logits, coverages 0–1, length is ln of characters."""

WORD_NAMES = (
    *(f"asks {cue} by {kind}" for cue in _CUES for kind in (*WORD_KINDS, "fact")),
    *_OF_WORDS,
)
"""The features where words are wanted, in order, as for facts."""

BETTER_WITH_MORE = tuple(
    f"{name}, {family}"
    for family in _FAMILIES
    for name in _OF_FACTS
    if name.startswith(("as read", "begins as", "ends as", "coverage", "best placed"))
    or name == "inside as read"
)
"""The features of which more never makes a stated fact less likely the answer."""

_IN_BRACKETS = re.compile(r"[（(〔][^）)〕]*[）)〕]")
_COUNTED = re.compile(
    r"(?:哪|前|这|有)?([两二三四五六七八九十]|\d{1,2})\s*(?:个|类|项|家|种|条|部分|方面|环节|步|张|位|大|人员|单位|部门|原则|措施|机构|内容|字)"
)
_CONDITION_ENDS = ("的", "时", "中", "后")
_WORD_COLUMN: dict[SpanKind, int] = {kind: column for column, kind in enumerate(WORD_KINDS)}
_UNIT_KINDS = ("lead units", "units", "unit")
_KINDS_OF: dict[Want, tuple[SpanKind, ...]] = {
    "deadline": ("deadline",),
    "who_leads": ("lead units", "units", "unit"),
    "units": ("lead units", "units", "unit"),
    "frequency": ("frequency", "period"),
    "quantity": ("quantity", "money"),
    "money": ("money",),
}
_HOW_LONG = re.compile("多久|多长时间|隔多")
"""Words that may ask by when as well as how often."""

PROPOSED = 6
"""How many stretches that reading finds are candidates (1–50)."""
CONSIDERED = 80
"""How many stretches of words are looked at closely, those that reading finds likeliest (5–500)."""


def describe(
    probe: Probe, opened: OpenedPassage, reading: Reading
) -> tuple[tuple[CandidateSpan, ...], NDArray[np.float64], bool]:
    """The candidate spans, a row of features for each, and whether facts of the wanted kind are among them.

    What `reading` found in the passage is a candidate too, facts or not.
    Rows have shape (spans, len(FACT_NAMES)) for facts, (spans, len(WORD_NAMES)) for words, float64.
    """
    want = wanted(probe.question)
    fitting = _KINDS_OF.get(want, ()) if want else ()
    if want == "deadline" and _HOW_LONG.search(probe.question.asked):
        fitting = (*fitting, *_KINDS_OF["frequency"])
    stated = tuple(span for span in opened.spans if span.kind in fitting)
    read = reading.best(opened.sentence_marks[1:-1], PROPOSED)
    whole = dict.fromkeys(mended(opened.clause_text, start, end) for start, end in read)
    found = [CandidateSpan(start, end, READ) for start, end in whole]
    if stated:
        spans = _together(stated, found)
        return spans, _fact_rows(probe, opened, spans, reading), True
    spans = _together(_likeliest(opened.spans, reading), found)
    return spans, _word_rows(probe, opened, spans, reading), False


def _together(spans: Sequence[CandidateSpan], more: Sequence[CandidateSpan]) -> tuple[CandidateSpan, ...]:
    """All of both in order of start, a stretch that is in both as the first names it."""
    held = {(span.start, span.end) for span in spans}
    new = [span for span in more if (span.start, span.end) not in held]
    return tuple(sorted((*spans, *new), key=lambda span: (span.start, span.end)))


def _likeliest(spans: Sequence[CandidateSpan], reading: Reading) -> list[CandidateSpan]:
    """The spans that reading finds likeliest, at most `CONSIDERED`, in order of start."""
    if len(spans) <= CONSIDERED:
        return list(spans)
    order = np.argsort(-reading.score(*_edges(spans)), kind="stable")[:CONSIDERED]
    return [spans[number] for number in np.sort(order)]


def _edges(spans: Sequence[CandidateSpan]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    edges = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
    return edges[:, 0], edges[:, 1]


def _fact_rows(
    probe: Probe, opened: OpenedPassage, spans: Sequence[CandidateSpan], reading: Reading
) -> NDArray[np.float64]:
    kinds = np.zeros((len(spans), len(FACT_WANTS) * len(_STATED_KINDS)))
    first = FACT_WANTS.index(wanted(probe.question)) * len(_STATED_KINDS)
    kinds[np.arange(len(spans)), [first + _STATED_KINDS.index(span.kind) for span in spans]] = 1
    edges = _edges(spans)
    own = _coverage_of_its_own(probe, opened, spans)
    numbers = np.column_stack(
        [*_as_read(*edges, reading), *_size_and_place(spans, *edges), own, own - own.max(), own >= own.max()]
    )
    units = np.array([[span.kind in _UNIT_KINDS] for span in spans])
    words = np.array([[span.kind == READ] for span in spans])
    return np.hstack([kinds, numbers * units, numbers * ~(units | words), numbers * words])


def _word_rows(
    probe: Probe, opened: OpenedPassage, spans: Sequence[CandidateSpan], reading: Reading
) -> NDArray[np.float64]:
    if not spans:
        return np.empty((0, len(WORD_NAMES)))
    width = len(WORD_KINDS) + 1
    asked = probe.question.asked
    cue = next(number for number, pattern in enumerate(_CUES.values()) if pattern.search(asked))
    kinds = np.zeros((len(spans), len(_CUES) * width))
    columns = [cue * width + _WORD_COLUMN.get(span.kind, width - 1) for span in spans]
    kinds[np.arange(len(spans)), columns] = 1
    words = [opened.clause_text[span.start : span.end] for span in spans]
    items = np.array(list(map(_items, words)))
    counted = _COUNTED.search(asked)
    as_asked = items == (to_int(counted.group(1)) if counted else None)
    starts, ends = _edges(spans)
    numbers = np.column_stack(
        [
            *_as_read(starts, ends, reading),
            *_size_and_place(spans, starts, ends),
            as_asked & bool(counted),
            ~as_asked & bool(counted),
            np.log(items),
            [each.endswith(_CONDITION_ENDS) for each in words],
            [VERB.match(each) is not None for each in words],
            (ends - starts) / len(opened.clause_text),
        ]
    )
    return np.hstack([kinds, numbers])


def _as_read(
    starts: NDArray[np.int64], ends: NDArray[np.int64], reading: Reading
) -> tuple[NDArray[np.float64], ...]:
    """How well each span is what reading found: as a whole, its edges, the words it holds and those it leaves out."""
    whole = reading.score(starts, ends)
    begins, lasts = reading.edges(starts, ends)
    inside = reading.inside(starts, ends)
    left_out = 1 - inside / max(reading.expected, 1.0)
    return whole, whole - whole.max(), begins, lasts, inside / (ends - starts), left_out


def _size_and_place(
    spans: Sequence[CandidateSpan], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.float64], ...]:
    length = np.log(ends - starts)
    seen: set[SpanKind] = set()
    first = []
    for span in spans:
        first.append(span.kind not in seen)
        seen.add(span.kind)
    return length, length * length, np.array(first, dtype=np.float64), (starts == 0).astype(np.float64)


def _coverage_of_its_own(
    probe: Probe, opened: OpenedPassage, spans: Sequence[CandidateSpan]
) -> NDArray[np.float64]:
    """The coverage of what each fact rules over, a term's weight shared among the facts that rule over it.

    A term that only one of three dates rules over speaks for that date alone; one that all rule over for none.
    """
    facts = [number for number, span in enumerate(spans) if span.kind in FACT_KINDS]
    groups = [[facts[i] for i in members] for members in clusters([spans[i] for i in facts])]
    starts, ends = _edges(spans)
    sides = (
        *holding(opened.sentence_marks, starts, ends),
        *holding(opened.piece_marks, starts, ends),
    )
    around = [tuple(int(side[members[0]]) for side in sides) for members in groups]
    ruled = ruled_over(opened.folded, [[spans[i] for i in members] for members in groups], around)
    credit = np.zeros(len(groups))
    for term, weight in zip(probe.terms, probe.weights, strict=True):
        found = places(opened.folded, term)
        holding_it = np.array(
            [any(a <= at and at + len(term) <= b for a, b in each for at in found) for each in ruled]
        )
        if holding_it.any():
            credit += weight * holding_it / holding_it.sum()
    shares = np.zeros(len(spans))
    for members, share in zip(groups, credit / (probe.weights.sum() or 1.0), strict=True):
        shares[members] = share
    return shares


def _items(words: str) -> int:
    """How many members a list has, those inside brackets not counted.

    >>> _items("现场查、现场讲（讲问题、讲要求）、现场交办")
    3
    """
    return _IN_BRACKETS.sub("", words).count("、") + 1
