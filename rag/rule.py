"""What each fact of a clause rules over: a date mostly what follows it, a measure mostly what leads up to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.spans import CandidateSpan

_OPENING = re.compile(r"[（(〔]")


def ruled_over(
    text: str, groups: Sequence[Sequence[CandidateSpan]], around: Sequence[tuple[int, ...]]
) -> list[list[tuple[int, int]]]:
    """For each group of overlapping facts, the stretches of `text` it rules over; half-open, in order of start.

    `around` holds for each group where its sentence starts and ends and its piece starts and ends.
    """
    starts = [min(span.start for span in group) for group in groups]
    ends = [max(span.end for span in group) for group in groups]
    ruled = []
    for number, (sentence_start, sentence_end, piece_start, piece_end) in enumerate(around):
        start, end = starts[number], ends[number]
        before = ends[number - 1] if number else 0
        after = starts[number + 1] if number + 1 < len(groups) else len(text)
        if groups[number][0].kind == "deadline":
            ruled.append([(max(piece_start, before), start), (end, min(sentence_end, after))])
        else:
            bracket = _OPENING.search(text, end)
            closes = bracket.start() if bracket else len(text)
            ruled.append([(max(sentence_start, before), start), (end, min(piece_end, after, closes))])
    return ruled


def clusters(spans: Sequence[CandidateSpan]) -> list[list[int]]:
    """The numbers of spans that overlap one another, together, in order of start."""
    found: list[list[int]] = []
    reach = -1
    for number in sorted(range(len(spans)), key=lambda number: (spans[number].start, spans[number].end)):
        if spans[number].start < reach:
            found[-1].append(number)
        else:
            found.append([number])
        reach = max(reach, spans[number].end)
    return found
