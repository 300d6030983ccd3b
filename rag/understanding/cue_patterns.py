"""Patterns out of the lines of a cue table: {names} in braces stand for parts that the table writes once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping


def cue_patterns(
    parts: Mapping[str, str], flags: re.RegexFlag = re.NOFLAG
) -> Callable[[Iterable[str]], re.Pattern[str]]:
    """What turns alternatives into one pattern; `parts` are by the names that may stand in braces.

    >>> cue_patterns({"when": "何时|哪天"})(["(?:{when})完成", "时限"]).pattern
    '(?:何时|哪天)完成|时限'
    """
    names = re.compile("{(" + "|".join(parts) + ")}")

    def pattern(alternatives: Iterable[str]) -> re.Pattern[str]:
        return re.compile(
            "|".join(names.sub(lambda name: parts[name.group(1)], one) for one in alternatives), flags
        )

    return pattern
