"""The units of the duty register that a question names, in full or for short."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from corpus.short_form import ENDING_REACH, is_short_for
from rag.unit_starts import name_starts

UNIT_ENDING = re.compile("[局委办队厅部会院所站处室府镇道区门关统位心段]")
"""Characters that names of units end with."""
_EVERYBODY = re.compile(
    "(?:各|有关|相关|县|市|区|直|级|本|成员|行业|领域|主管|责任|其他|和)*(?:部门|单位|地|级)"
)
_CHINESE = re.compile("[一-龥]+")
_OFFICES = ("部门", "机关", "系统")
"""What people say for 局: 应急部门."""
_EACH = "各"
_GOVERNING = re.compile("(?:人民)?政府$|办事处$")
LONGEST_UNIT = 24
"""Characters of a name that is looked for (4–60)."""
SHORTEST_UNIT = 2
SHORTEST_SHORT = 3
"""Characters of a short form, at least: two characters in order are in many names."""

Span = tuple[int, int]
"""Half-open, in characters of the text."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit that a text names; `name` is how the register can be asked for it."""

    name: str
    span: Span


class UnitMentions:
    """Finds the units among `names` (in full and as written) in a text."""

    def __init__(self, names: Collection[str]) -> None:
        forms = {form for name in names if not _EVERYBODY.fullmatch(name) for form in _forms(name)}
        self._forms = frozenset(forms)
        self._first = frozenset(form[0] for form in forms)
        by_ends: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for form in forms:
            for last in set(form[-ENDING_REACH:]):
                by_ends[form[0], last].append(form)
        self._by_ends: Mapping[tuple[str, str], list[str]] = dict(by_ends)

    def find(self, text: str, expansions: Mapping[str, Iterable[str]]) -> tuple[Mention, ...]:
        """The units of a text from left to right, the longest name first; `expansions` are other words for its words.

        Example: with 县应急管理局 among the names, 应急局牵头什么 names 应急局.
        """
        found: list[Mention] = []
        for ending in reversed(list(UNIT_ENDING.finditer(text))):
            mention = self._ending_at(text, ending.end())
            if mention and all(mention.span[1] <= other.span[0] for other in found):
                found.append(mention)
        lowered = text.lower()
        for phrase, words in expansions.items():
            at = lowered.find(phrase.lower())
            name = next((word for word in words if self.holds(word)), None)
            span = (at, at + len(phrase))
            if at < 0 or name is None:
                continue
            if all(span[1] <= other.span[0] or other.span[1] <= span[0] for other in found):
                found.append(Mention(name, span))
        return tuple(sorted(found, key=lambda mention: mention.span))

    def _ending_at(self, text: str, end: int) -> Mention | None:
        for start in range(max(0, end - LONGEST_UNIT), end - SHORTEST_UNIT + 1):
            if text[start] not in self._first:
                continue
            token = text[start:end]
            if self.holds(token):
                return Mention(token, (start, end))
            office = next((word for word in _OFFICES if token.endswith(word)), None)
            if office and self.holds(bureau := token.removesuffix(office) + "局"):
                return Mention(bureau, (start, end))
        return None

    def holds(self, token: str) -> bool:
        """Whether the words are such a unit, in full or for short."""
        if token in self._forms:
            return True
        if len(token) < SHORTEST_SHORT or not _CHINESE.fullmatch(token):
            return False
        alike = self._by_ends.get((token[0], token[-1]), ())
        return any(is_short_for(token, form) for form in alike) and not _EVERYBODY.fullmatch(token)


def _forms(name: str) -> Iterable[str]:
    """A unit's name, and what is left of it without the place, its name or the 各 before it."""
    for start in dict.fromkeys(name_starts(name)):
        form = name[start:]
        if len(form) < SHORTEST_UNIT or _EVERYBODY.fullmatch(form):
            continue
        yield form
        if start == 0 and form.startswith(_EACH):
            bare = _GOVERNING.sub("", form[1:])
            yield from (each for each in (form[1:], bare) if len(each) >= SHORTEST_UNIT)
