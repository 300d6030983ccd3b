"""The words by which a question asks for a list of duties, read from a table that people edit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.understanding.cue_patterns import cue_patterns

TABLE = Path(__file__).with_name("listing.toml")


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled table: what asks for a list, what asks for something else, and words that narrow nothing.

    `often` is any of the `rhythms`, quicker to see than which.
    """

    asks: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    elsewhere: re.Pattern[str]
    lead: re.Pattern[str]
    often: re.Pattern[str]
    rhythms: Mapping[str, re.Pattern[str]]
    filler: re.Pattern[str]


@cache
def table(path: Path = TABLE) -> Cues:
    """The table of `path`, read once. Raises KeyError or re.error for one that is not written as it says."""
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    pattern = cue_patterns(sections["parts"], re.ASCII)  # \b parts English from Chinese
    cues, others = sections["cues"], sections["else"]
    return Cues(
        pattern([*cues["strong"], *cues["weak"]]),
        pattern(cues["strong"]),
        pattern(cues["weak"]),
        pattern(others["elsewhere"]),
        pattern(others["lead"]),
        pattern(way for ways in sections["rhythm"].values() for way in ways),
        {rhythm: pattern(ways) for rhythm, ways in sections["rhythm"].items()},
        re.compile(f"(?:{'|'.join(others['filler'])})+"),
    )
