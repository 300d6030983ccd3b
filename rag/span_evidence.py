"""What speaks for a stretch of a clause as the words that answer: its kind, and where the asked object stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.numerals import to_int
from index.terms import terms
from rag.opened import OpenedPassage
from rag.pieces import bounds, folded, holding, places
from rag.probe import Probe, nearness
from rag.question import Want
from rag.reading.reading import Reading
from rag.rule import clusters, ruled_over
from rag.spans import FACT_KINDS, VERB, WORD_KINDS, CandidateSpan, SpanKind
from rag.wanted import FACT_WANTS, wanted

Interval = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Half-open starts and ends, of equal length, in characters of the clause."""

_WANT_GROUPS: tuple[Want | None, ...] = (
    None, "deadline", "who_leads", "units", "quantity", "frequency", "definition", "list", "compare", "money",
)  # fmt: skip
_NUMBERS = (
    "coverage inside",
    "coverage of piece outside",
    "coverage of piece before",
    "coverage of piece after",
    "coverage of sentence outside",
    "coverage governed",
    "coverage of its own",
    "coverage of its own, gap to best",
    "words just before it asked",
    "words just after it asked",
    "share of asked characters",
    "length",
    "length squared",
    "count as asked",
    "count not as asked",
    "first of its kind",
    "starts clause",
    "best placed",
    "nearness of its pieces",
    "nearness of piece before",
    "nearness of piece after",
    "nearness to best",
    "as read",
    "as read, gap to best",
    "begins as read",
    "ends as read",
    "inside as read",
    "inside as read, left out",
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

_CROSSED = ("coverage inside", "coverage of piece before", "share of asked characters")
"""What weighs differently by how the question asks."""

NEARER_IS_BETTER = tuple(
    name
    for name in _NUMBERS
    if name.startswith(
        ("coverage", "nearness", "words just", "best", "as read", "begins", "ends", "inside as read")
    )
    and name != "inside as read, left out"
)
"""Of what says how near the asked object stands: more of it never makes a fact less likely the answer."""

READ: SpanKind = "read"
_STATED_KINDS: tuple[SpanKind, ...] = (*FACT_KINDS, READ)

FACT_NAMES = (
    *(f"{want} by {kind}" for want in FACT_WANTS for kind in _STATED_KINDS),
    *(f"{name}, {family}" for family in ("units", "measures", "words") for name in _NUMBERS),
)
"""The features of a span that states a fact, in order; coverages, nearness and shares in 0–1, length is ln of characters."""

WORD_NAMES = (
    *(f"{want or 'other'} by {kind}" for want in _WANT_GROUPS for kind in (*WORD_KINDS, "fact")),
    *(f"asks {cue} by {kind}" for cue in _CUES for kind in (*WORD_KINDS, "fact")),
    *(f"asks {cue}, {name}" for cue in _CUES for name in _CROSSED),
    "members of list",
    "ends like a condition",
    "begins with a verb",
    "whole clause's one",
    *_NUMBERS,
)
"""The features of any span where words are wanted, in order, as for facts."""

_PIECE_END = re.compile(r"[，,：:。；;！？!?\n\t]")
_SENTENCE_END = re.compile(r"[。；;！？!?\n\t]")
_IN_BRACKETS = re.compile(r"[（(〔][^）)〕]*[）)〕]")
_COUNTED = re.compile(
    r"(?:哪|前|这|有)?([两二三四五六七八九十]|\d{1,2})\s*(?:个|类|项|家|种|条|部分|方面|环节|步|张|位|大|人员|单位|部门|原则|措施|机构|内容|字)"
)
_CROSSED_COLUMNS = [_NUMBERS.index(name) for name in _CROSSED]
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
_AROUND = 6  # characters looked at on either side for words of the question (2–20)


def describe(
    probe: Probe, opened: OpenedPassage, reading: Reading
) -> tuple[tuple[CandidateSpan, ...], NDArray[np.float64], bool]:
    """The candidate spans, a row of features for each, and whether they are facts of the wanted kind.

    What `reading` found in the passage is a candidate too, facts or not.
    Rows have shape (spans, len(FACT_NAMES)) for facts, (spans, len(WORD_NAMES)) for words, float64.
    """
    want = wanted(probe.question)
    fitting = _KINDS_OF.get(want, ()) if want else ()
    if want == "deadline" and _HOW_LONG.search(probe.question.asked):
        fitting = (*fitting, *_KINDS_OF["frequency"])
    stated = tuple(span for span in opened.spans if span.kind in fitting)
    found = _as_read(opened, reading)
    spans = _together(stated or opened.spans, found)
    if not spans:
        return (), np.empty((0, len(WORD_NAMES))), False
    description = _Description(probe, opened, spans, reading)
    return spans, description.fact_rows() if stated else description.word_rows(), bool(stated)


def _as_read(opened: OpenedPassage, reading: Reading) -> list[CandidateSpan]:
    sentences = bounds(_SENTENCE_END, opened.clause_text)[1:-1]
    return [CandidateSpan(start, end, READ) for start, end in reading.best(sentences, PROPOSED)]


def _together(spans: Sequence[CandidateSpan], more: Sequence[CandidateSpan]) -> tuple[CandidateSpan, ...]:
    """All of both in order of start, a stretch that is in both as the first names it."""
    held = {(span.start, span.end) for span in spans}
    new = [span for span in more if (span.start, span.end) not in held]
    return tuple(sorted((*spans, *new), key=lambda span: (span.start, span.end)))


class _Description:
    """A clause's spans described together, so that each term of the question is looked up once."""

    def __init__(
        self, probe: Probe, opened: OpenedPassage, spans: Sequence[CandidateSpan], reading: Reading
    ) -> None:
        text = opened.clause_text
        self.probe, self.opened, self.text, self.spans = probe, opened, folded(text), spans
        self.reading = reading
        self.starts = np.array([span.start for span in spans])
        self.ends = np.array([span.end for span in spans])
        self.occurrences = [(len(term), np.array(places(self.text, term))) for term in probe.terms]
        self.piece_bounds = bounds(_PIECE_END, text)
        self.sentence_bounds = bounds(_SENTENCE_END, text)
        counted = _COUNTED.search(probe.question.asked)
        self.count = to_int(counted.group(1)) if counted else None

    def cover(self, intervals: Mapping[str, Interval]) -> dict[str, NDArray[np.float64]]:
        """The coverage, by idf, of the question's terms in `text[start:end]`, for each named row of intervals."""
        starts = np.concatenate([start for start, _ in intervals.values()])
        ends = np.concatenate([end for _, end in intervals.values()])
        covered = np.zeros(len(starts))
        for (length, found), weight in zip(self.occurrences, self.probe.weights, strict=True):
            if len(found):
                following = np.searchsorted(found, starts)
                beyond = np.append(found, len(self.text))[following]
                covered += weight * (beyond + length <= ends) * (following < len(found))
        rows = (covered / (self.probe.weights.sum() or 1.0)).reshape(len(intervals), -1)
        return dict(zip(intervals, rows, strict=True))

    def _numbers(self) -> NDArray[np.float64]:
        starts, ends = self.starts, self.ends
        piece_starts, piece_ends = holding(self.piece_bounds, starts, ends)
        sentence_starts, sentence_ends = holding(self.sentence_bounds, starts, ends)
        before = holding(self.piece_bounds, np.maximum(piece_starts - 2, 0), np.maximum(piece_starts - 1, 0))[
            0
        ]
        after = holding(self.piece_bounds, piece_ends + 1, piece_ends + 2)[1]
        governed = self._governed_ends(sentence_ends)
        intervals = {
            "inside": (starts, ends),
            "piece, before it": (piece_starts, starts),
            "piece, after it": (ends, piece_ends),
            "piece before": (before, piece_starts),
            "piece after": (piece_ends, after),
            "sentence, before it": (sentence_starts, starts),
            "sentence, after it": (ends, sentence_ends),
            "governed": (ends, governed),
            "piece and governed": (piece_starts, governed),
        }
        cover = self.cover(intervals)
        own = self._coverage_of_its_own(sentence_starts, sentence_ends, piece_starts, piece_ends)
        sentence = np.maximum(cover["sentence, before it"], cover["sentence, after it"])
        length = np.log(ends - starts)
        items = np.array([_items(self.text[span.start : span.end]) for span in self.spans])
        counted, as_asked = self.count is not None, items == self.count
        asked = np.array([character in self.probe.focus for character in self.text], dtype=np.float64)
        asked_until = np.concatenate([[0.0], np.cumsum(asked)])
        typed = {term for term in terms(self.probe.question.text) if len(term) > 1}
        pairs = [self.text[at : at + 2] in typed for at in range(len(self.text))]
        pairs_until = np.concatenate([[0.0], np.cumsum(pairs)])
        numbers = [
            cover["inside"],
            np.maximum(cover["piece, before it"], cover["piece, after it"]),
            cover["piece before"],
            cover["piece after"],
            sentence,
            cover["governed"],
            own,
            own - own.max(),
            (pairs_until[starts] - pairs_until[np.maximum(starts - _AROUND, 0)]) / _AROUND,
            (pairs_until[np.minimum(ends + _AROUND, len(self.text))] - pairs_until[ends]) / _AROUND,
            (asked_until[ends] - asked_until[starts]) / (ends - starts),
            length,
            length * length,
            as_asked & counted,
            ~as_asked & counted,
            self._first_of_kind(np.zeros(len(self.spans))),
            starts == 0,
            self._best_placed(own, cover["piece and governed"] + sentence / 2),
            *self._nearness(),
            *self._read(),
        ]
        return np.column_stack(numbers).astype(np.float64)

    def fact_rows(self) -> NDArray[np.float64]:
        """The features of spans that state a fact."""
        kinds = np.zeros((len(self.spans), len(FACT_WANTS) * len(_STATED_KINDS)))
        first = FACT_WANTS.index(wanted(self.probe.question)) * len(_STATED_KINDS)
        kinds[np.arange(len(self.spans)), [first + _STATED_KINDS.index(span.kind) for span in self.spans]] = 1
        numbers = self._numbers()
        units = np.array([[span.kind in _UNIT_KINDS] for span in self.spans])
        words = np.array([[span.kind == READ] for span in self.spans])
        return np.hstack([kinds, numbers * units, numbers * ~(units | words), numbers * words])

    def word_rows(self) -> NDArray[np.float64]:
        """The features of spans of whatever words."""
        width = len(WORD_KINDS) + 1
        want, asked = wanted(self.probe.question), self.probe.question.asked
        by_want = (_WANT_GROUPS.index(want) if want in _WANT_GROUPS else 0) * width
        cue = next(number for number, pattern in enumerate(_CUES.values()) if pattern.search(asked))
        by_cue = (len(_WANT_GROUPS) + cue) * width
        kinds = np.zeros((len(self.spans), (len(_WANT_GROUPS) + len(_CUES)) * width))
        columns = np.array([_WORD_COLUMN.get(span.kind, width - 1) for span in self.spans])
        kinds[np.arange(len(self.spans)), by_want + columns] = 1
        kinds[np.arange(len(self.spans)), by_cue + columns] = 1
        words = [self.opened.clause_text[span.start : span.end] for span in self.spans]
        more = np.column_stack(
            [
                [np.log(_items(each)) for each in words],
                [each.endswith(_CONDITION_ENDS) for each in words],
                [bool(VERB.match(each)) for each in words],
                (self.ends - self.starts) / len(self.text),
            ]
        )
        numbers = self._numbers()
        crossed = np.zeros((len(self.spans), len(_CUES) * len(_CROSSED)))
        crossed[:, cue * len(_CROSSED) : (cue + 1) * len(_CROSSED)] = numbers[:, _CROSSED_COLUMNS]
        return np.hstack([kinds, crossed, more, numbers])

    def _nearness(self) -> tuple[NDArray[np.float64], ...]:
        """How near in meaning the question comes to each span's pieces, to those beside them, and to the best."""
        pieces = self.opened.pieces
        by_term = nearness(self.probe, self.opened.piece_tokens, self.opened.encoder)
        near = by_term @ self.probe.weights / (self.probe.weights.sum() or 1.0)
        near = np.concatenate([[0.0], near, [0.0]])
        first = np.searchsorted([end for _, end in pieces], self.starts, side="right") + 1
        last = np.searchsorted([start for start, _ in pieces], self.ends, side="left")
        last = np.maximum(first, last)
        within = np.array([near[a : b + 1].max(initial=0.0) for a, b in zip(first, last, strict=True)])
        end = len(near) - 1
        return within, near[np.clip(first - 1, 0, end)], near[np.clip(last + 1, 0, end)], within - near.max()

    def _read(self) -> tuple[NDArray[np.float64], ...]:
        """How well each span is what reading found: as a whole, its edges, and the words it holds and leaves out."""
        starts, ends, reading = self.starts, self.ends, self.reading
        whole = reading.score(starts, ends)
        begins, lasts = reading.edges(starts, ends)
        inside = reading.inside(starts, ends)
        return (
            whole,
            whole - whole.max(),
            begins,
            lasts,
            inside / (ends - starts),
            1 - inside / max(reading.expected, 1.0),
        )

    def _coverage_of_its_own(self, *edges: NDArray[np.int64]) -> NDArray[np.float64]:
        """The coverage of what each fact rules over, a term's weight shared among the facts that rule over it.

        A term that only one of three dates rules over speaks for that date alone; one that all rule over for none.
        """
        shares = np.zeros(len(self.spans))
        facts = [number for number, span in enumerate(self.spans) if span.kind in FACT_KINDS]
        if any(span.kind not in _STATED_KINDS for span in self.spans) or not facts:
            return shares
        groups = [[facts[i] for i in members] for members in clusters([self.spans[i] for i in facts])]
        around = [tuple(int(edge[members[0]]) for edge in edges) for members in groups]
        ruled = ruled_over(self.text, [[self.spans[i] for i in members] for members in groups], around)
        credit = np.zeros(len(groups))
        for (length, found), weight in zip(self.occurrences, self.probe.weights, strict=True):
            holding_it = np.array(
                [any(((found >= a) & (found + length <= b)).any() for a, b in each) for each in ruled]
            )
            if holding_it.any():
                credit += weight * holding_it / holding_it.sum()
        for members, share in zip(groups, credit / (self.probe.weights.sum() or 1.0), strict=True):
            shares[members] = share
        return shares

    def _best_placed(self, own: NDArray[np.float64], placed: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 for the facts that rule over most of what was asked alone; of words, for the best placed of each kind."""
        if own.any():
            return np.asarray(own >= own.max(), dtype=np.float64)
        placed_best: NDArray[np.float64] = self._first_of_kind(placed)
        return placed_best

    def _governed_ends(self, sentence_ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """Up to the next deadline or the sentence's end: what a date opening a stretch rules over."""
        deadlines = np.array(sorted(span.start for span in self.spans if span.kind == "deadline"))
        if not len(deadlines):
            return sentence_ends
        following = np.searchsorted(deadlines, self.ends)
        next_deadline = np.append(deadlines, len(self.text))[following]
        governed: NDArray[np.int64] = np.minimum(sentence_ends, next_deadline)
        return governed

    def _first_of_kind(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 for the span of each kind with the greatest score (the first of equals), else 0."""
        best: dict[SpanKind, int] = {}
        for i, span in enumerate(self.spans):
            if span.kind not in best or scores[i] > scores[best[span.kind]]:
                best[span.kind] = i
        chosen = np.zeros(len(self.spans))
        chosen[list(best.values())] = 1
        return chosen


def _items(words: str) -> int:
    """How many members a list has, those inside brackets not counted.

    >>> _items("现场查、现场讲（讲问题、讲要求）、现场交办")
    3
    """
    return _IN_BRACKETS.sub("", words).count("、") + 1
