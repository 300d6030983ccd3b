"""What kind of thing a question wants to know, and the words that only say so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from rag.question import Want

TABLE = Path(__file__).parent / "wants.toml"
PARTICLES = re.compile(
    r"(?<=[一-龥])[的了得地](?=$| )|(?:^|(?<= ))[的了得在对把被让给由从向和与及跟是有也还又再就才里]+(?=[一-龥]|$| )"
)
SPACES = re.compile(r"\s+")
CONTENT = re.compile(r"[一-龥a-z0-9]", re.IGNORECASE)
WANTS: tuple[Want, ...] = get_args(Want)

Span = tuple[int, int]
"""Half-open, in characters of the question."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a question, half-open, that tell what is wanted."""

    want: Want
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled table: wants with their words, most telling first, and the words that carry nothing."""

    strong: tuple[tuple[Want, re.Pattern[str]], ...]
    weak: tuple[tuple[Want, re.Pattern[str]], ...]
    across: re.Pattern[str]
    filler: re.Pattern[str]


@cache
def table(path: Path = TABLE) -> Cues:
    """The cue table of `path`, read once."""
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    parts: Mapping[str, str] = sections["parts"]
    names = re.compile("{(" + "|".join(parts) + ")}")

    def pattern(alternatives: Iterable[str]) -> re.Pattern[str]:
        return re.compile("|".join(names.sub(lambda name: parts[name.group(1)], one) for one in alternatives))

    def ranked(section: Mapping[str, Sequence[str]]) -> tuple[tuple[Want, re.Pattern[str]], ...]:
        known = {str(want): want for want in WANTS}
        return tuple((known[name], pattern(alternatives)) for name, alternatives in section.items())

    return Cues(
        ranked(sections["cues"]),
        ranked(sections["weak"]),
        pattern(sections["across"]["across"]),
        pattern(sections["filler"]["filler"]),
    )


def cues(text: str) -> tuple[Cue, ...]:
    """The cue words of a text, first to last, none inside another.

    Two cues that overlap are settled for the longer one, of equal ones for the want listed first. Weak cues
    count only where there is no other (时限是什么 wants the time, not a definition).
    """
    lowered = text.lower()
    found = [
        (match.start() - match.end(), rank, Cue(want, match.start(), match.end()))
        for rank, (want, pattern) in enumerate(table().strong)
        for match in pattern.finditer(lowered)
        if match.end() > match.start()
    ]
    chosen: list[Cue] = []
    for _, _, cue in sorted(found, key=lambda entry: entry[:2]):
        if all(cue.end <= other.start or other.end <= cue.start for other in chosen):
            chosen.append(cue)
    chosen = chosen or [
        Cue(want, match.start(), match.end()) for want, pattern in table().weak for match in pattern.finditer(lowered)
    ]
    return tuple(sorted(chosen, key=lambda cue: cue.start))


def wants_of(found: Iterable[Cue]) -> tuple[Want, ...]:
    """The wants of the cues, each once, in the table's order: most telling first.

    >>> wants_of(cues("瓶改管哪年完成，谁牵头"))
    ('deadline', 'who_leads')
    """
    wanted = {cue.want for cue in found}
    return tuple(want for want, _ in table().strong if want in wanted)


def across_spans(text: str) -> tuple[Span, ...]:
    """The words of a text that ask what several documents say."""
    return tuple(match.span() for match in table().across.finditer(text.lower()))


def object_of(text: str, cut: Iterable[Span]) -> str:
    """The asked object: the text without the stretches of `cut`, filler and stray particles; maybe empty.

    >>> object_of("请问瓶改管的时限是什么", ((6, 8),))
    '瓶改管'
    """
    kept = list(text)
    for start, end in cut:
        kept[start:end] = " " * (end - start)
    bare = SPACES.sub(" ", table().filler.sub(" ", "".join(kept).lower())).strip()
    found = SPACES.sub(" ", PARTICLES.sub(" ", bare)).strip()
    return found if CONTENT.search(found) else ""
