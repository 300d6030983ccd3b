"""The stretches of a clause that could be the words that answer, each with what kind of words it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.document import Clause
from corpus.facts import Fact
from corpus.units import UnitGroup

SpanKind = Literal[
    "deadline", "frequency", "quantity", "money", "lead units", "units", "unit",
    "period", "quoted", "bracketed", "explained", "list", "member", "cell", "piece", "tail of piece", "pieces", "sentence",
]  # fmt: skip

NAMED_KINDS = frozenset({"quoted", "bracketed", "explained", "list", "member"})
"""The kinds that name things: words in quotation marks or brackets, explanations, lists and their members."""
FACT_KINDS = frozenset(
    {"deadline", "frequency", "quantity", "money", "lead units", "units", "unit", "period"}
)
"""The kinds that state a fact, against those that are just words."""

SPAN_KINDS: tuple[SpanKind, ...] = (
    "deadline", "frequency", "quantity", "money", "lead units", "units", "unit",
    "period", "quoted", "bracketed", "explained", "list", "member", "cell", "piece", "tail of piece", "pieces", "sentence",
)  # fmt: skip

_SENTENCE = re.compile(r"[^。；;！？!?\n\t]+")
_PIECE = re.compile(r"[^，,：:。；;！？!?\n\t]+")
_COMMA = re.compile("[，,]")
_QUOTED = re.compile(r"“[^“”\n]{2,80}”|《[^《》\n]{2,80}》")
_BRACKETED = re.compile(r"[（(〔]([^（）()〔〕\n]{2,200})[）)〕]")
_LIST = re.compile(r"[^、，,：:。；;！？!?\n\t（）()〔〕]+(?:、[^、，,：:。；;！？!?\n\t（）()〔〕]+)+")
# A list whose members may carry a bracket of their own.
_LIST_WITH_BRACKETS = re.compile(
    r"(?:[^、，,：:。；;！？!?\n\t（）()〔〕]|[（(][^（）()\n]*[）)])+"
    r"(?:、(?:[^、，,：:。；;！？!?\n\t（）()〔〕]|[（(][^（）()\n]*[）)])+)+"
)
# What follows says what something is, up to the sentence's end.
_EXPLAINED = re.compile(r"(?:即|是指|指的是|包括|分别是|分别为|如下|为|是|：|:)([^。；;！？!?\n\t]{2,200})")
_MEMBER = re.compile(r"[^、]+")
_PERIOD = re.compile(
    r"每(?:个|隔)?[\d一二两三四五六七八九十半]*个?(?:年度|季度|年|月|周|日|天|旬|学期)|一[年月周季日](?=一)"
)
_INNER_LIST_START = re.compile(r"[向由对将把从与和在为以按照是抓的]")
# The verb that opens what a piece lays down: the words after it are often all that was asked.
_VERB = re.compile(
    r"^.{0,40}?(?:应当|应|不得|必须|负责|实行|采取|按照|依照|坚持|落实|建立|包括|分别为|是指|报|由|向|作为|围绕|达到|进行|实现|开展|加大|完善|制定|形成|推动|处以|处|为|给予|列入|纳入)"
)
_TIME_COLUMNS = ("时间", "时限", "期限")
_UNIT_COLUMNS = ("单位", "部门", "责任", "牵头")
_EDGE = "、的等和与及在于将对是为 "
_LONGEST_RUN_OF_PIECES = 3


@dataclass(frozen=True, slots=True)
class CandidateSpan:
    """A stretch `[start, end)` of a clause's text that may answer, with its fact's normalised `value`, if any."""

    start: int
    end: int
    kind: SpanKind
    value: str | None = None


def candidate_spans(
    text: str, facts: tuple[Fact, ...], groups: tuple[UnitGroup, ...], cells: tuple[CandidateSpan, ...] = ()
) -> tuple[CandidateSpan, ...]:
    """Every stretch of `text` worth considering, in order of start; the same stretch once, as its most telling kind."""
    best: dict[tuple[int, int], CandidateSpan] = {}
    for span in (*cells, *_all(text, facts, groups)):
        if span.start < span.end and (span.start, span.end) not in best:
            best[span.start, span.end] = span
    return tuple(sorted(best.values(), key=lambda span: (span.start, span.end)))


def cell_spans(clause: Clause) -> tuple[CandidateSpan, ...]:
    """A table row's own cells, in characters of the clause's text; what a column is called tells the kind."""
    return tuple(
        CandidateSpan(cell.span.start - clause.start, cell.span.end - clause.start, _cell_kind(cell.column))
        for cell in clause.cells
        if cell.text.strip() and not cell.inherited
    )


def _cell_kind(column: str) -> SpanKind:
    if any(word in column for word in _TIME_COLUMNS):
        return "deadline"
    return "units" if any(word in column for word in _UNIT_COLUMNS) else "cell"


def _all(text: str, facts: tuple[Fact, ...], groups: tuple[UnitGroup, ...]) -> Iterator[CandidateSpan]:
    for group in groups:
        kind: SpanKind = "lead units" if group.role == "lead" else "units"
        yield CandidateSpan(group.start, group.end, kind)
        comma = _COMMA.search(text, group.start, group.end)
        if comma:
            yield CandidateSpan(group.start, comma.start(), kind)
    for fact in facts:
        if fact.kind == "unit":
            yield CandidateSpan(fact.start, fact.end, "unit", fact.value)
        elif fact.kind == "quantity" and "元" in text[fact.start : fact.end]:
            yield CandidateSpan(fact.start, fact.end, "money", fact.value)
        else:
            yield CandidateSpan(fact.start, fact.end, fact.kind, fact.value)
    for match in _QUOTED.finditer(text):
        yield CandidateSpan(match.start(), match.end(), "quoted")
    for match in _BRACKETED.finditer(text):
        yield CandidateSpan(match.start(1), match.end(1), "bracketed")
    for match in _PERIOD.finditer(text):
        yield CandidateSpan(match.start(), match.end(), "period")
    for match in _EXPLAINED.finditer(text):
        yield CandidateSpan(*_trimmed(text, match.start(1), match.end(1)), "explained")
    for pattern in (_LIST, _LIST_WITH_BRACKETS):
        for match in pattern.finditer(text):
            yield from _lists(text, match.start(), match.end())
    for sentence in _SENTENCE.finditer(text):
        yield from _of_sentence(text, sentence.start(), sentence.end())


def _lists(text: str, start: int, end: int) -> Iterator[CandidateSpan]:
    """The list, and the same begun after a word that only leads up to its first member (向、由…)."""
    yield CandidateSpan(*_trimmed(text, start, end), "list")
    for member in _MEMBER.finditer(text, start, end):
        yield CandidateSpan(*_trimmed(text, member.start(), member.end()), "member")
    leading = list(_INNER_LIST_START.finditer(text, start, text.index("、", start)))
    if leading:
        yield CandidateSpan(*_trimmed(text, leading[-1].end(), end), "list")


def _of_sentence(text: str, start: int, end: int) -> Iterator[CandidateSpan]:
    pieces = [(piece.start(), piece.end()) for piece in _PIECE.finditer(text, start, end)]
    for first, (piece_start, piece_end) in enumerate(pieces):
        yield CandidateSpan(piece_start, piece_end, "piece")
        verb = _VERB.match(text[piece_start:piece_end])
        if verb:
            yield CandidateSpan(*_trimmed(text, piece_start + verb.end(), piece_end), "tail of piece")
        for _, run_end in pieces[first + 1 : first + _LONGEST_RUN_OF_PIECES]:
            yield CandidateSpan(piece_start, run_end, "pieces")
    yield CandidateSpan(start, end, "sentence")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and text[end - 1] in " 等":
        end -= 1
    return start, end
