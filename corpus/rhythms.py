"""Which frequencies make a duty recur: those with a period, and 定期; a mere count (至少一次) does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.facts import Fact

_REGULARLY: Final = re.compile("(?<!不)定期(?!限)(?=[\u4e00-\u9fff])(?![^，。；]{0,6}(?:机制|制度|、))")


_REPORTED: Final = re.compile("(?:报送|上报|提交|形成|撰写|完成|纳入|列入|作为|在)(?:[^，。；]{0,8})$")
_NAMED: Final = re.compile("年度|季度|月度")
_REACH: Final = 12
"""How far before a frequency the verb may stand that makes it a name, in characters (6–20)."""
_EVERY: Final = re.compile("每(?P<unit>年度?|季度?|月|周|日|天)")
_PERIODS: Final = {"年": "P1Y", "季": "P3M", "月": "P1M", "周": "P1W", "日": "P1D", "天": "P1D"}


def _recurs(text: str, fact: Fact) -> bool:
    """Whether a frequency has a period and is not the name of what is handed in (报送年度总结)."""
    named = _NAMED.match(text, fact.start) and _REPORTED.search(text, max(0, fact.start - _REACH), fact.start)
    return bool(fact.value) and not named


def _of_deadlines(text: str, found: Sequence[Fact]) -> list[Fact]:
    """The frequencies that deadlines name which come again (每月5日前), where none is found there."""
    made = []
    for fact in found:
        every = _EVERY.match(text, fact.start) if fact.kind == "deadline" else None
        if every and not any(one.kind == "frequency" and one.start <= fact.start < one.end for one in found):
            made.append(Fact("frequency", *every.span(), _PERIODS[every["unit"][0]]))
    return made


def with_rhythms(text: str, found: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts of a text with only such frequencies as make a duty recur, in order of start.

    Example: `定期开展演练` gains a frequency without a period, 定期.
    """
    kept = [fact for fact in found if fact.kind != "frequency" or _recurs(text, fact)]
    kept += _of_deadlines(text, kept)
    kept += [
        Fact("frequency", *match.span())
        for match in _REGULARLY.finditer(text)
        if not any(one.start <= match.start() < one.end for one in kept)
    ]
    return tuple(sorted(kept, key=lambda fact: (fact.start, fact.end, fact.kind)))
