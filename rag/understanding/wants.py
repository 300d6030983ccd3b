"""What kind of thing a question wants to know, and the words that only say so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from rag.question import Want
from rag.understanding.cue_patterns import cue_patterns

TABLE = Path(__file__).parent / "wants.toml"
PARTICLES = re.compile(
    r"(?<=[一-龥])[的了跟]+(?=$| )"
    r"|(?:^|(?<= ))(?:[的了让跟]|对(?![标口外照象应策])|在(?![线建役册职岗])|里(?!程)|[和与由从向是有也还又再](?=$| ))"
)
"""Small words left at the edges of the asked object; not the heads of words (在线, 对标)."""
QUOTED = re.compile(r"“[^“”]+”|「[^「」]+」|《[^《》]+》|\"[^\"]+\"")
SPACES = re.compile(r"\s+")
CONTENT = re.compile(r"[一-龥a-z0-9]", re.IGNORECASE)
WANTS: tuple[Want, ...] = get_args(Want)

Span = tuple[int, int]
"""Half-open, in characters of the question."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a question, half-open, that tell what is wanted.

    `kept` are the stretches between them that belong to the asked object (多久【检查】一次).
    """

    want: Want
    start: int
    end: int
    kept: tuple[Span, ...] = ()

    @classmethod
    def of(cls, want: Want, match: re.Match[str]) -> Cue:
        """The cue of a match; its groups are what is kept."""
        groups = (match.span(number + 1) for number in range(match.re.groups))
        return cls(want, match.start(), match.end(), tuple(span for span in groups if span[0] < span[1]))

    def spans(self) -> Iterator[Span]:
        """The cue's own words, without what is kept."""
        at = self.start
        for start, end in self.kept:
            yield at, start
            at = end
        yield at, self.end


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
    pattern = cue_patterns(sections["parts"])

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

    What stands in quotation marks is the asked object (“谁执法谁普法”), never a cue. Two cues that overlap are
    settled for the longer one, of equal ones for the want listed first. Weak cues count only where there is
    no other (时限是什么 wants the time, not a definition).
    """
    lowered = QUOTED.sub(lambda words: " " * len(words.group()), text.lower())
    found = [
        (match.start() - match.end(), rank, Cue.of(want, match))
        for rank, (want, pattern) in enumerate(table().strong)
        for match in pattern.finditer(lowered)
        if match.end() > match.start()
    ]
    chosen: list[Cue] = []
    for _, _, cue in sorted(found, key=lambda entry: entry[:2]):
        if all(cue.end <= other.start or other.end <= cue.start for other in chosen):
            chosen.append(cue)
    chosen = chosen or [
        Cue.of(want, match) for want, pattern in table().weak for match in pattern.finditer(lowered)
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
    rest = "".join(kept).lower()
    pieces: list[str] = []
    at = 0
    for quoted in QUOTED.finditer(rest):
        pieces += (table().filler.sub(" ", rest[at : quoted.start()]), quoted.group()[1:-1])
        at = quoted.end()
    pieces.append(table().filler.sub(" ", rest[at:]))
    bare = SPACES.sub(" ", " ".join(pieces)).strip()
    found = SPACES.sub(" ", PARTICLES.sub(" ", bare)).strip()
    return found if CONTENT.search(found) else ""
