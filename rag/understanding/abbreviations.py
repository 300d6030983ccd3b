"""Short and full names that the corpus itself uses: 住建局 and 住房和城乡建设局."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from corpus.document import Document
from corpus.short_form import is_short_for

SO_CALLED = re.compile(r"([一-龥]{3,30})[（(]以下(?:简称|统称)[：:]?[“\"《]?([一-龥]{2,12})[”\"》]?[）)]")
UNIT = re.compile(
    r"(?<![一-龥])(?:由|经|报|会同|原|各|省|市|县|区|州|镇|街道|办事处)*"
    r"([一-龥]{2,20}?(?:委员会办公室|委员会|办公室|管理局|分局|局|委|办|大队|支队|总队|中心|厅|部))"
    r"(?=[、，；。（）()\s]|等|分工|按|牵头|负责|$)"
)
JOINED = re.compile("会同|配合|牵头|负责|以及|各级|有关|相关")
"""Words between two names, or before a kind of unit: no one unit's name."""
TOKEN_ENDINGS = re.compile("[局委办队厅部会室]")
SHORTEST_NAME, LONGEST_NAME = 3, 14
MOST_NAMES = 4
"""Names given for one (1..20)."""


@dataclass(frozen=True, slots=True)
class _Named:
    """The units that one text names, and the short and full names it declares to be the same."""

    units: frozenset[str]
    declared: tuple[tuple[str, str], ...]

    @classmethod
    def by(cls, text: str) -> _Named:
        return cls(
            frozenset(unit for unit in UNIT.findall(text) if not JOINED.search(unit)),
            tuple(
                (short, full)
                for before, short in SO_CALLED.findall(text)
                for full in _full_names(before, short)
            ),
        )


class Abbreviations:
    """The names of units in the corpus, and what it says it calls things for short.

    `names` are full names known from elsewhere, for which the corpus may have a short form. The texts that `previous`
    has gone through are not gone through again.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        names: Collection[str] = (),
        previous: Abbreviations | None = None,
    ) -> None:
        known = previous._by_text if previous else {}
        texts = [document.text for document in documents]
        self._by_text: dict[str, _Named] = {text: known.get(text) or _Named.by(text) for text in texts}
        units: set[str] = set()
        declared: defaultdict[str, set[str]] = defaultdict(set)
        for named in self._by_text.values():
            units |= named.units
            for short, full in named.declared:
                declared[short].add(full)
                declared[full].add(short)
        self._declared = {name: tuple(sorted(names)) for name, names in declared.items()}
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        for unit in sorted(unit for unit in units if len(unit) >= SHORTEST_NAME):
            self._by_first[unit[0]].append(unit)
        self.units = frozenset(units)
        self._names = names

    def expand(self, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The names in `text` with the corpus' other names for the same, from left to right.

        Example: 住建局 yields 住房和城乡建设局 where the corpus has that.
        """
        found: list[tuple[int, int, tuple[str, ...]]] = []
        for ending in TOKEN_ENDINGS.finditer(text):
            for start in range(max(0, ending.end() - LONGEST_NAME), ending.end() - SHORTEST_NAME + 1):
                names = self._other_names(text[start : ending.end()])
                if names:
                    found.append((start, ending.end(), names))
        for start, end, names in found:
            if not any(
                other[0] <= start and end <= other[1] and other[:2] != (start, end) for other in found
            ):
                yield text[start:end], names
        for name, others in self._declared.items():
            if name in text:
                yield name, others

    def _other_names(self, token: str) -> tuple[str, ...]:
        # Any text may hold the characters of a short form in order: only of a name is it one.
        is_name = token in self.units or token in self._names
        found = [
            unit
            for unit in self._by_first.get(token[0], ())
            if is_short_for(token, unit) or (is_name and is_short_for(unit, token))
        ]
        return tuple(sorted(found, key=lambda unit: (abs(len(unit) - len(token)), unit))[:MOST_NAMES])


def _full_names(before: str, short: str) -> Iterator[str]:
    """The longest end of `before` that `short` stands for."""
    for start, character in enumerate(before):
        if character == short[0] and is_short_for(short, before[start:]):
            yield before[start:]
            return
