"""Where the pieces and sentences of a clause begin and end, offsets kept."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


def folded(text: str) -> str:
    """The text in half-width lower case, character for character, so that offsets stay.

    >>> folded("ＡＢ（1）")
    'ab(1)'
    """
    return "".join(map(_fold, text))


@lru_cache(maxsize=1 << 16)
def _fold(character: str) -> str:
    lowered = unicodedata.normalize("NFKC", character).lower()
    return lowered if len(lowered) == 1 else character


def places(text: str, term: str) -> list[int]:
    """Every offset at which `term` stands in `text`, overlapping ones too.

    >>> places("查一查", "查")
    [0, 2]
    """
    found, at = [], text.find(term)
    while at >= 0:
        found.append(at)
        at = text.find(term, at + 1)
    return found


def bounds(pattern: re.Pattern[str], text: str) -> NDArray[np.int64]:
    """The offsets of the marks that end pieces, with one before the text and one at its end."""
    return np.array([-1, *(match.start() for match in pattern.finditer(text)), len(text)], dtype=np.int64)


def holding(
    bounds: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The stretch between two bounds that holds each `[start, end)`: half-open starts and ends."""
    before = np.searchsorted(bounds, starts, side="left") - 1
    after = np.searchsorted(bounds, ends, side="left")
    last = len(bounds) - 1
    return bounds[np.clip(before, 0, last)] + 1, bounds[np.clip(after, 0, last)]
