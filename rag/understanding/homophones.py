"""Typing slips that sound like what was meant: 瓶盖管 for 瓶改管.

The corpus is held once as it sounds (a character for each syllable), so that what a stretch of the question
could have been is a plain search. Precision comes first: a stretch is put right only when the corpus has never
seen it, plain Chinese hardly ever has it, and the corpus has the other writing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from corpus.document import Document

HERE = Path(__file__).parent
CJK_RUN = re.compile(r"[一-龥]{2,}")
QUOTED_TERM = re.compile(r"[“「]([一-龥]{2,12})[”」]")
SHORTEST, LONGEST = 2, 6
"""Characters of a stretch that is put right."""
MOST_RUNS = 6
"""Suspicious runs of a question that are looked at; a text strange throughout is no slip."""
MOST_STRANGE = 40
"""Strange pairs of one run that are looked at."""
LARGEST_HEARD = 300_000
"""Characters of a corpus that is searched whole; of a larger one only its known terms and titles are."""
MOST_PLACES = 400
"""Places of the corpus with the same sound that are compared."""
TERM_ONLY_UP_TO = 4
"""Up to this length only a known term is read into a stretch."""
FUZZY_FROM = 4
"""Characters from which on the context is so strong that sounds many people merge, and grammar, are judged too."""
NEVER_SLIPS = frozenset(
    "的地得了着过吗呢吧啊呀么是在有和与及或以由从到于对为被把将让给向往按据其它他她你我您们这那哪谁啥咋怎何几多少个"
    "就也都还又再不没未无要会能可应该请问想说一二三四五六七八九十百千万零两第〇年月日号时里上下中内外前后左右等"
)
"""Characters of grammar and number, typed right but for rare cases."""
FUZZY_SPELLINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def _table(name: str) -> Mapping[str, str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return {key: value for key, _, value in (line.partition(" ") for line in lines)}


@cache
def syllables() -> Mapping[str, str]:
    """Each character with its usual syllable, without tone: {"瓶": "ping"}."""
    return {
        character: syllable
        for syllable, characters in _table("pinyin.txt").items()
        for character in characters
    }


def is_common(pair: str) -> bool:
    """Whether plain Chinese often has these two characters one after the other."""
    return pair[1] in _table("bigrams.txt").get(pair[0], "")


def spell(text: str) -> str:
    """The syllables of a Chinese text, run together: the way a place is written in Latin letters.

    >>> spell("襄城")
    'xiangcheng'
    """
    return "".join(syllables().get(character, character) for character in text)


def fuzzy(syllable: str) -> str:
    """The syllable with the sounds merged that many people don't tell apart.

    >>> fuzzy("zheng"), fuzzy("nin")
    ('zen', 'lin')
    """
    for distinct, merged in FUZZY_SPELLINGS:
        if syllable.startswith(distinct) or syllable.endswith(distinct):
            syllable = syllable.replace(distinct, merged, 1)
    return "l" + syllable[1:] if syllable.startswith("n") else syllable


@cache
def _sounds() -> Mapping[int, str]:
    """For `str.translate`: each character as one private character for its (fuzzy) sound."""
    numbers: dict[str, str] = {}
    return {
        ord(character): numbers.setdefault(fuzzy(syllable), chr(0xE000 + len(numbers)))
        for character, syllable in syllables().items()
    }


@dataclass(frozen=True)
class Reading:
    """One way to read a stretch `[start, end)` of the question: `meant` for what was typed."""

    start: int
    end: int
    meant: str
    rank: tuple[int, ...]


class Homophones:
    """Puts slips right, only towards words of the corpus.

    `vocabulary` has the pairs of characters the corpus has; `terms` are words known to be words (of the
    glossary, of units), preferred as the extent of a correction.
    """

    def __init__(
        self, documents: Iterable[Document], vocabulary: Container[str], terms: Iterable[str] = ()
    ) -> None:
        documents = tuple(documents)
        self._vocabulary = vocabulary
        quoted = {term for document in documents for term in QUOTED_TERM.findall(document.text)}
        self._terms = frozenset(terms) | quoted
        texts: Iterable[str] = (document.text for document in documents)
        if sum(len(document.text) for document in documents) > LARGEST_HEARD:
            texts = (*sorted(self._terms), *(document.title for document in documents))
        self._text = "\n".join(texts)
        self._heard = self._text.translate(_sounds())
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for term in sorted(self._terms):
            if SHORTEST <= len(term) <= LONGEST:
                self._by_sound[term.translate(_sounds())].append(term)
        self._heard_pairs = frozenset(map("".join, pairwise(self._heard)))
        _table("bigrams.txt")

    def corrections(self, text: str) -> dict[str, str]:
        """What was typed and what it is read as: {"瓶盖管": "瓶改管"}; empty for a text without slips."""
        found: dict[str, str] = {}
        runs = 0
        for run in CJK_RUN.finditer(text):
            strange = [
                at for at, pair in enumerate(map("".join, pairwise(run.group()))) if self._is_strange(pair)
            ]
            runs += bool(strange)
            if strange and runs <= MOST_RUNS:
                found.update(self._correct(run.group(), strange[:MOST_STRANGE]))
        return found

    def _is_strange(self, pair: str) -> bool:
        return pair not in self._vocabulary and not is_common(pair)

    def _correct(self, run: str, strange: list[int]) -> dict[str, str]:
        readings: dict[tuple[int, int], Reading] = {}
        heard = run.translate(_sounds())
        known = [heard[at : at + 2] in self._heard_pairs for at in range(len(run) - 1)]
        for start, end in _windows(len(run), strange):
            if not all(known[start : end - 1]):
                continue
            reading = self._read(run, start, end)
            if reading is not None:
                readings[start, end] = reading
        chosen: list[Reading] = []
        for reading in sorted(readings.values(), key=lambda r: r.rank, reverse=True):
            if all(reading.end <= other.start or other.end <= reading.start for other in chosen):
                chosen.append(reading)
        return {run[r.start : r.end]: r.meant for r in sorted(chosen, key=lambda r: r.start)}

    def _read(self, run: str, start: int, end: int) -> Reading | None:
        typed = run[start:end]
        seen = self._alike(typed)
        fitting = [
            (self._rank(typed, meant, count), meant)
            for meant, count in seen.items()
            if self._fits(run, start, meant)
        ]
        if not fitting or typed in seen:
            return None
        rank, meant = max(fitting)
        return Reading(start, end, meant, rank)

    def _alike(self, typed: str) -> Counter[str]:
        """What of the corpus sounds like `typed`, with how often it occurs: terms, and longer ones any stretch."""
        sound = typed.translate(_sounds())
        seen = Counter({term: self._text.count(term) for term in self._by_sound.get(sound, ())})
        at = self._heard.find(sound) if len(typed) > TERM_ONLY_UP_TO else -1
        while at >= 0 and seen.total() < MOST_PLACES:
            seen[self._text[at : at + len(typed)]] += 1
            at = self._heard.find(sound, at + 1)
        return +seen

    def _fits(self, run: str, start: int, meant: str) -> bool:
        """Whether `meant` may be read for the stretch of `run` from `start`."""
        typed = run[start : start + len(meant)]
        differing = [at for at, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
        is_term = meant in self._terms
        if not 0 < len(differing) <= len(typed) // 2 or not self._sounds_fit(typed, meant, differing):
            return False
        if not is_term and (len(typed) <= TERM_ONLY_UP_TO or not self._is_enclosed(typed, differing)):
            return False
        grammar = any(typed[at] in NEVER_SLIPS or meant[at] in NEVER_SLIPS for at in differing)
        if grammar and not (is_term and len(typed) >= FUZZY_FROM):
            return False
        looked_at = range(SHORTEST) if len(typed) == SHORTEST else differing
        return all(self._is_misplaced(run, start + at, start, start + len(typed)) for at in looked_at)

    def _sounds_fit(self, typed: str, meant: str, differing: list[int]) -> bool:
        """The same syllables, or one that many people don't tell apart in a long enough stretch."""
        if all(syllables()[typed[at]] == syllables()[meant[at]] for at in differing):
            return True
        return len(typed) >= FUZZY_FROM and len(differing) == 1

    def _is_enclosed(self, typed: str, differing: list[int]) -> bool:
        """Whether words stand on both sides of what differs: a stretch cut anywhere is judged by its middle."""
        edges = {typed[0], typed[-1]}
        return 0 not in differing and len(typed) - 1 not in differing and not edges & NEVER_SLIPS

    def _is_misplaced(self, run: str, at: int, start: int, end: int) -> bool:
        """Whether the character stands beside none it stands beside in the corpus, and strangely beside one.

        A neighbour outside the stretch counts too, but for grammar: the character may belong to it (县 of
        岫岩县 before 规模).
        """
        lefts = [left for left in (at - 1, at) if left >= 0 and left + 2 <= len(run)]
        inside = [run[left : left + 2] for left in lefts if start <= left and left + 2 <= end]
        outside = [run[left : left + 2] for left in lefts if not (start <= left and left + 2 <= end)]
        if any(not NEVER_SLIPS & set(pair) and not self._is_strange(pair) for pair in outside):
            return False
        return any(map(self._is_strange, inside)) and all(pair not in self._vocabulary for pair in inside)

    def _rank(self, typed: str, meant: str, count: int) -> tuple[int, ...]:
        same_sound = all(
            syllables().get(one) == syllables().get(other) for one, other in zip(typed, meant, strict=True)
        )
        return int(meant in self._terms), int(same_sound), len(typed), count


def _windows(length: int, strange: list[int]) -> Iterator[tuple[int, int]]:
    """The stretches of 2–6 characters that hold a strange pair, each once."""
    windows = {
        (start, start + size)
        for at in strange
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(max(0, at + 2 - size), min(at, length - size) + 1)
    }
    yield from sorted(windows)
