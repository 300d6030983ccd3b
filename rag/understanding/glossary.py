"""What people say, and what documents write instead: read from files that people edit."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rag.errors import RagError

SHIPPED = Path(__file__).parent / "glossary.toml"
THESAURUS = Path(__file__).parent / "thesaurus.tsv"
SECTIONS = ("same", "near", "english")
MOST_WORDS = 4
"""Official words kept for one phrase (1..20); more would drown what was typed."""
LONGEST_ENGLISH = 5
"""Words of the longest English phrase looked up."""
ENGLISH_WORD = re.compile(r"[a-z0-9]+")
PLURALS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", ""))
SHORTEST_PLURAL = 4

Kind = Literal["same", "near", "thesaurus"]


class GlossaryError(RagError):
    """A glossary file that cannot be read."""

    type = "glossary"


@dataclass(frozen=True, slots=True)
class Expansion:
    """A phrase of the question and the official words for it, most fitting first.

    `near` tells that they are only related, to be weighted less still.
    """

    phrase: str
    words: tuple[str, ...]
    near: bool = False


@dataclass(frozen=True)
class Glossary:
    """Phrases with their official words; the longest phrase that fits wins.

    `chinese` is keyed by the phrase, `english` by its words in lower case and singular. A phrase of kind
    "thesaurus" is everyday speech from the large list: it counts only where the corpus does not say it itself.
    """

    chinese: Mapping[str, tuple[Kind, tuple[str, ...]]]
    english: Mapping[tuple[str, ...], tuple[str, ...]]
    officials: frozenset[str] = frozenset()
    _by_start: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts: defaultdict[str, list[str]] = defaultdict(list)
        for phrase in self.chinese:
            starts[phrase[0]].append(phrase)
        by_start = {
            first: tuple(sorted(phrases, key=lambda p: (-len(p), p))) for first, phrases in starts.items()
        }
        object.__setattr__(self, "_by_start", by_start)

    @classmethod
    def load(cls, path: Path | None = None) -> Glossary:
        """The shipped glossary and thesaurus; a glossary at `path` is read on top and wins.

        Raises:
            GlossaryError: a file is missing, not TOML, or not phrase = [words] under [same], [near], [english].
        """
        chinese: dict[str, tuple[Kind, tuple[str, ...]]] = {}
        english: dict[tuple[str, ...], tuple[str, ...]] = {}
        officials: set[str] = set()
        _read_thesaurus(THESAURUS, chinese, english, officials)
        for source in (SHIPPED, path):
            if source is not None:
                _read_toml(source, chinese, english, officials)
        return cls(chinese, english, frozenset(officials))

    def expand(self, text: str, occurs: Callable[[str], bool]) -> Iterator[Expansion]:
        """The phrases of `text` that have official words which the corpus has (`occurs`), from left to right.

        Example: with a corpus that has 时限, `expand("瓶改管 deadline", …)` yields deadline → 时限.
        """
        yield from self._expand_chinese(text, occurs)
        yield from self._expand_english(text.lower(), occurs)

    def _expand_chinese(self, text: str, occurs: Callable[[str], bool]) -> Iterator[Expansion]:
        at = 0
        while at < len(text):
            taken = 1
            for phrase in self._by_start.get(text[at], ()):
                if not text.startswith(phrase, at):
                    continue
                expansion = self._chinese_expansion(phrase, text, occurs)
                if expansion:
                    yield expansion
                # A phrase the corpus says itself is one word: nothing shorter is looked for inside it.
                if expansion or occurs(phrase):
                    taken = len(phrase)
                    break
            at += taken

    def _chinese_expansion(self, phrase: str, text: str, occurs: Callable[[str], bool]) -> Expansion | None:
        kind, words = self.chinese[phrase]
        if kind == "thesaurus" and occurs(phrase):
            return None
        held = _held(text, words, occurs)
        return Expansion(phrase, held, kind == "near") if held else None

    def _expand_english(self, text: str, occurs: Callable[[str], bool]) -> Iterator[Expansion]:
        found = list(ENGLISH_WORD.finditer(text))
        at = 0
        while at < len(found):
            for end in range(min(len(found), at + LONGEST_ENGLISH), at, -1):
                held = _held(text, self._english_words([word.group() for word in found[at:end]]), occurs)
                if held:
                    yield Expansion(text[found[at].start() : found[end - 1].end()], held)
                    at = end
                    break
            else:
                at += 1

    def _english_words(self, words: list[str]) -> tuple[str, ...]:
        typed, single = tuple(words), tuple(singular(word) for word in words)
        return self.english.get(typed) or self.english.get(single, ())


def _held(text: str, words: tuple[str, ...], occurs: Callable[[str], bool]) -> tuple[str, ...]:
    """The words the corpus has and the question doesn't say itself, at most `MOST_WORDS`."""
    return tuple(word for word in words if word not in text and occurs(word))[:MOST_WORDS]


def singular(word: str) -> str:
    """An English noun without its plural ending, by spelling alone.

    >>> singular("boilers"), singular("agencies"), singular("gas")
    ('boiler', 'agency', 'gas')
    """
    if len(word) < SHORTEST_PLURAL or word.endswith("ss"):
        return word
    for ending, instead in PLURALS:
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word


def _english_key(phrase: str) -> tuple[str, ...]:
    return tuple(singular(word) for word in ENGLISH_WORD.findall(phrase.lower()))


def _read_toml(
    path: Path,
    chinese: dict[str, tuple[Kind, tuple[str, ...]]],
    english: dict[tuple[str, ...], tuple[str, ...]],
    officials: set[str],
) -> None:
    try:
        sections = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GlossaryError(
            f"cannot read the glossary {path}: {error}", f"词表 {path} 读不出来：{error}"
        ) from error
    for section, entries in sections.items():
        if section not in SECTIONS or not isinstance(entries, dict):
            raise _misformed(path, f"[{section}]")
        for phrase, words in entries.items():
            if (
                not phrase
                or not isinstance(words, list)
                or not all(isinstance(word, str) and word for word in words)
            ):
                raise _misformed(path, f'"{phrase}" under [{section}]')
            officials.update(words)
            if section == "english":
                english[_english_key(phrase)] = tuple(words)
            else:
                chinese[phrase] = ("near" if section == "near" else "same", tuple(words))


def _misformed(path: Path, what: str) -> GlossaryError:
    return GlossaryError(
        f'{path}: got {what}, expected "phrase" = ["official word", …] under [same], [near] or [english]',
        f'{path} 中的 {what} 写法不对，应在 [same]、[near] 或 [english] 下写 "说法" = ["公文用词"]',
    )


def _read_thesaurus(
    path: Path,
    chinese: dict[str, tuple[Kind, tuple[str, ...]]],
    english: dict[tuple[str, ...], tuple[str, ...]],
    officials: set[str],
) -> None:
    """Read lines of `official, everyday, abbreviation, english` (tab between, | inside)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        official, everyday, abbreviations, foreign = line.split("\t")
        officials.add(official)
        for phrase in filter(None, everyday.split("|")):
            chinese[phrase] = ("thesaurus", (*chinese.get(phrase, ("thesaurus", ()))[1], official))
        latin = [phrase for phrase in abbreviations.split("|") if phrase.isascii()]
        for phrase in filter(None, abbreviations.split("|")):
            if phrase in latin:
                continue
            officials.add(phrase)
            chinese[phrase] = ("same", (*chinese.get(phrase, ("same", ()))[1], official))
            chinese[official] = ("same", (*chinese.get(official, ("same", ()))[1], phrase))
        for phrase in filter(None, (*foreign.split("|"), *latin)):
            key = _english_key(phrase)
            english[key] = (*english.get(key, ()), official)
