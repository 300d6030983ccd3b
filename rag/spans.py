"""The stretches of a clause that could be the words that answer, each with what kind of words it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.document import Clause
from corpus.facts import Fact
from corpus.unit import UnitGroup

SpanKind = Literal[
    "deadline", "frequency", "period", "quantity", "money", "lead units", "units", "unit",
    "cell", "quoted", "bracketed", "explained", "list", "member", "piece", "from verb", "after verb", "pieces", "sentence",
    "read",
]  # fmt: skip

FACT_KINDS: tuple[SpanKind, ...] = (
    "deadline", "frequency", "period", "quantity", "money", "lead units", "units", "unit",
)  # fmt: skip
"""The kinds that state a fact of fixed form."""

WORD_KINDS: tuple[SpanKind, ...] = (
    "cell", "quoted", "bracketed", "explained", "list", "member", "piece", "from verb", "after verb", "pieces", "sentence",
    "read",
)  # fmt: skip
"""The kinds that are just words."""

_SENTENCE = re.compile(r"[^。；;！？!?\n\t]+")
_PIECE = re.compile(r"[^，,：:。；;！？!?\n\t]+")
_COMMA = re.compile("[，,]")
_QUOTED = re.compile(r"“[^“”\n]{2,80}”|《[^《》\n]{2,80}》")
_BRACKETED = re.compile(r"[（(〔]([^（）()〔〕\n]{2,200})[）)〕]")
# A list whose members may carry a bracket of their own. It begins where a member does, and what a member holds is never
# given back: no shorter one is followed by 、. So the search goes over a text once.
_IN_MEMBER = r"[^、，,：:。；;！？!?\n\t（）()〔〕]"
_WITH_BRACKETS = rf"(?:{_IN_MEMBER}++|[（(][^（）()\n]*[）)])++"
_LIST_WITH_BRACKETS = re.compile(rf"(?<!{_IN_MEMBER}){_WITH_BRACKETS}(?:、{_WITH_BRACKETS})+")
# What follows says what something is, up to the sentence's end.
_EXPLAINED = re.compile(r"(?:即|是指|指的是|包括|分别是|分别为|如下|为|是|：|:)([^。；;！？!?\n\t]{2,200})")
_PERIOD = re.compile(
    r"每(?:个|隔)?[\d一二两三四五六七八九十半]*个?(?:年度|季度|年|月|周|日|天|旬|学期)|一[年月周季日](?=一)"
)
_MEMBER = re.compile(r"[^、]+")
# Words that lead up to a list's first member, and words that follow its last.
_LEADS_UP = re.compile(
    r"应当|必须|负责(?!人)|实行|采取|按照|依据|根据|坚持|落实|包括|围绕|聚焦|突出|针对|纳入|进行|实现|开展|加大|完善|制定|形成"
    r"|推动|运用|通过|依托|结合|明确|加强|强化|及时|严厉打击|做到|涉及|覆盖|[向由对将把从与和在为以按是抓的成“]"
)
_TRAILS_OFF = re.compile(r"等|的|行业|领域|方面|工作|原则|要求|情况|行为|[“”]")
# Verbs at which what a piece lays down begins: the words from there are often all that was asked.
VERB = re.compile(
    r"应当|应|不得|必须|负责(?!人)|实行|采取|参照|按照|依照|依据|坚持|落实|建立健全|建立|纳入|列入|给予|进行|实现|开展|加大|完善"
    r"|制定|形成|推动|达到|处以|予以|可以|组织|及时|实施|全面|明确|加强|强化|做到|报|由|向|作为|围绕|为|是|即|的"
)
_LONGEST_RUN_OF_PIECES = 3
_TIME_COLUMNS = ("时间", "时限", "期限")
_UNIT_COLUMNS = ("单位", "部门", "责任", "牵头")


@dataclass(frozen=True, slots=True)
class CandidateSpan:
    """A stretch `[start, end)` of a clause's text that may answer, with its fact's normalised `value`, if any."""

    start: int
    end: int
    kind: SpanKind
    value: str | None = None


def candidate_spans(
    clause: Clause, text: str, facts: tuple[Fact, ...], groups: tuple[UnitGroup, ...]
) -> tuple[CandidateSpan, ...]:
    """Every stretch of the clause's `text` worth considering, in order of start.

    The same stretch comes once, as its most telling kind. Offsets are half-open, in characters of `text`.
    """
    best: dict[tuple[int, int], CandidateSpan] = {}
    for source in (_cells(clause), _facts(text, facts, groups), _words(text)):
        for span in source:
            if span.start < span.end and (span.start, span.end) not in best:
                best[span.start, span.end] = span
    return tuple(sorted(best.values(), key=lambda span: (span.start, span.end)))


def _cells(clause: Clause) -> Iterator[CandidateSpan]:
    """A table row's own cells; what a column is called tells the kind."""
    for cell in clause.cells:
        if cell.text.strip() and not cell.inherited:
            kind = _cell_kind(cell.column)
            yield CandidateSpan(cell.span.start - clause.start, cell.span.end - clause.start, kind)


def _cell_kind(column: str) -> SpanKind:
    if any(word in column for word in _TIME_COLUMNS):
        return "deadline"
    return "units" if any(word in column for word in _UNIT_COLUMNS) else "cell"


def _facts(text: str, facts: tuple[Fact, ...], groups: tuple[UnitGroup, ...]) -> Iterator[CandidateSpan]:
    for group in groups:
        kind: SpanKind = "lead units" if group.role == "lead" else "units"
        yield CandidateSpan(group.start, group.end, kind)
        comma = _COMMA.search(text, group.start, group.end)
        if comma:
            yield CandidateSpan(group.start, comma.start(), kind)
    for fact in facts:
        if fact.kind == "quantity" and "元" in text[fact.start : fact.end]:
            yield CandidateSpan(fact.start, fact.end, "money", fact.value)
        else:
            yield CandidateSpan(fact.start, fact.end, fact.kind, fact.value)
        if fact.group:
            yield CandidateSpan(*fact.group, "units" if fact.kind == "unit" else fact.kind)
    for match in _PERIOD.finditer(text):
        yield CandidateSpan(match.start(), match.end(), "period")


def _words(text: str) -> Iterator[CandidateSpan]:
    for match in _QUOTED.finditer(text):
        yield CandidateSpan(match.start(), match.end(), "quoted")
    for match in _BRACKETED.finditer(text):
        yield CandidateSpan(match.start(1), match.end(1), "bracketed")
    for match in _EXPLAINED.finditer(text):
        yield CandidateSpan(match.start(1), match.end(1), "explained")
    for match in _LIST_WITH_BRACKETS.finditer(text):
        yield from _lists(text, match.start(), match.end())
    for sentence in _SENTENCE.finditer(text):
        yield from _of_sentence(text, *sentence.span())


def _lists(text: str, start: int, end: int) -> Iterator[CandidateSpan]:
    """The list, the same without what leads up to its first member and follows its last, and each member."""
    yield CandidateSpan(start, end, "list")
    leading = [match.end() for match in _LEADS_UP.finditer(text, start, text.index("、", start))]
    trailing = _TRAILS_OFF.search(text, text.rindex("、", start, end), end)
    stop = trailing.start() if trailing else end
    for begin in (start, *leading[-2:]):
        yield CandidateSpan(begin, stop, "list")
    yield CandidateSpan(start, stop, "list")
    at = leading[-1] if leading else start
    for member in _MEMBER.finditer(text, at, stop):
        yield CandidateSpan(member.start(), member.end(), "member")


def _of_sentence(text: str, start: int, end: int) -> Iterator[CandidateSpan]:
    pieces = [piece.span() for piece in _PIECE.finditer(text, start, end)]
    for first, (piece_start, piece_end) in enumerate(pieces):
        yield CandidateSpan(piece_start, piece_end, "piece")
        for verb in VERB.finditer(text, piece_start, piece_end - 1):
            yield CandidateSpan(verb.start(), piece_end, "from verb")
            yield CandidateSpan(verb.end(), piece_end, "after verb")
        for _, run_end in pieces[first + 1 : first + _LONGEST_RUN_OF_PIECES]:
            yield CandidateSpan(piece_start, run_end, "pieces")
    yield CandidateSpan(start, end, "sentence")
