"""Which frequencies make a duty recur: those with a period, and 定期; a mere count (至少一次) does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.facts import Fact

_REGULARLY: Final = re.compile("(?<!不)定期(?!限)(?=[\u4e00-\u9fff])(?![^，。；]{0,6}(?:机制|制度|、))")


def with_rhythms(text: str, found: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts of a text with only such frequencies as make a duty recur, in order of start.

    Example: `定期开展演练` gains a frequency without a period, 定期.
    """
    kept = [fact for fact in found if fact.kind != "frequency" or fact.value]
    kept += [
        Fact("frequency", *match.span())
        for match in _REGULARLY.finditer(text)
        if not any(one.start <= match.start() < one.end for one in kept)
    ]
    return tuple(sorted(kept, key=lambda fact: (fact.start, fact.end, fact.kind)))
