"""What reading a clause for a question finds: for each character, whether the answering words begin, end or lie there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LIKELIEST = 10
"""How many beginnings and ends are put together to find the best stretches (2–100)."""
LONGEST = 160
"""The longest stretch proposed, in characters (20–600)."""
CLIPPED = 12.0
"""Where one number is wanted, the best stretch's score is held within this of 0: beyond, it is sure (5–50)."""
UNREAD = -25.0
"""The score of a stretch that lies outside what was read: below any that a clause's words get."""


@dataclass(frozen=True)
class Reading:
    """What was found in the n characters of a clause that begin at its character `first`.

    `starts` and `ends` are logits, (n,) float32, less the logit of there being no answer, `nothing`; `insides` is the
    probability, 0–1, that the character is one of the answering words. `starts[a] + ends[b - 1]` above 0: that the
    words `[a, b)` answer is likelier than that none does.
    """

    starts: Floats
    ends: Floats
    insides: Floats
    nothing: float
    first: int = 0

    def placed(self, first: int) -> Reading:
        """The same, where what was read begins at the clause's character `first`."""
        return replace(self, first=first)

    def score(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float64]:
        """The score of each stretch `[start, end)` of the clause; unbounded, above 0 likelier than no answer."""
        begin, last = starts - self.first, ends - 1 - self.first
        found = _at(self.starts, begin) + _at(self.ends, last)
        held = (begin >= 0) & (last < len(self.starts))
        return np.where(held, np.maximum(found, UNREAD), UNREAD).astype(np.float64)

    def edges(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How far each stretch's beginning, and its end, lies below the likeliest; both ≤ 0."""
        return _below(self.starts, starts - self.first), _below(self.ends, ends - 1 - self.first)

    def inside(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float64]:
        """How many characters of each stretch are expected to be answering words."""
        until = self._insides_until
        return until.take(ends - self.first, mode="clip") - until.take(starts - self.first, mode="clip")

    @property
    def expected(self) -> float:
        """How many characters of the clause are expected to be answering words."""
        return float(self._insides_until[-1])

    @cached_property
    def _insides_until(self) -> NDArray[np.float64]:
        return np.concatenate([[0.0], np.cumsum(self.insides, dtype=np.float64)])

    def best(self, bounds: NDArray[np.int64], count: int) -> list[tuple[int, int]]:
        """The `count` best stretches of the clause that reach over none of `bounds`, best first.

        `bounds` are the places of marks that end sentences, ascending, in characters of the clause.
        """
        begins = _greatest(self.starts)
        lasts = _greatest(self.ends)
        begun, ended = (np.searchsorted(bounds, places + self.first) for places in (begins, lasts))
        length = lasts[None, :] - begins[:, None] + 1
        whole = (length > 0) & (length <= LONGEST) & (begun[:, None] == ended[None, :])
        scores = np.where(whole, self.starts[begins][:, None] + self.ends[lasts][None, :], -np.inf)
        found = []
        for place in np.argsort(-scores, axis=None, kind="stable")[:count].tolist():
            row, column = divmod(place, len(lasts))
            if whole[row, column]:
                found.append((int(begins[row]) + self.first, int(lasts[column]) + 1 + self.first))
        return found


def found(reading: Reading) -> float:
    """The score of the likeliest beginning and end, within `CLIPPED` of 0: above 0 an answer is likelier than none."""
    best = float(reading.starts.max(initial=-CLIPPED) + reading.ends.max(initial=-CLIPPED))
    return max(-CLIPPED, min(CLIPPED, best))


def _at(logits: Floats, places: NDArray[np.int64]) -> Floats:
    """The logit at each place, or the nearest where there is none; `UNREAD` where nothing was read."""
    if not len(logits):
        return np.full(len(places), UNREAD, dtype=np.float32)
    return logits.take(places, mode="clip")


def _below(logits: Floats, places: NDArray[np.int64]) -> NDArray[np.float64]:
    """How far the logit at each place lies below the greatest, ≤ 0; `UNREAD` at places that were not read."""
    gap = np.maximum(_at(logits, places) - logits.max(initial=UNREAD), UNREAD)
    return np.where((places >= 0) & (places < len(logits)), gap, UNREAD).astype(np.float64)


def _greatest(values: Floats) -> NDArray[np.int64]:
    """The places of the greatest values, in order of place."""
    if len(values) <= LIKELIEST:
        return np.arange(len(values))
    return np.sort(np.argpartition(-values, LIKELIEST)[:LIKELIEST])
