"""How documents word what a question asks for: 什么是X is answered by 本法所称X，是指."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("phrasing.toml")
OBJECT = "{object}"
LONGEST_OBJECT = 16
"""A longer asked object is no name that a document would define word for word, in characters (4–60)."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Ways to ask for one kind of thing, the words that documents have for it, and how they define an `{object}`."""

    asked: re.Pattern[str]
    said: tuple[str, ...]
    defining: tuple[str, ...]


@cache
def table(path: Path = TABLE) -> tuple[Phrasing, ...]:
    """The table of `path`, read once. Raises KeyError or re.error for one that is not written as it says."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["phrasing"]
    return tuple(
        Phrasing(re.compile("|".join(entry["asked"])), tuple(entry["said"]), tuple(entry.get("defining", ())))
        for entry in entries
    )


def phrased(text: str) -> tuple[str, ...]:
    """The words that documents have for what the question asks, each once, in the table's order.

    >>> phrased("什么是经营者集中?")
    ('是指', '所称')
    """
    said = (words for phrasing in table() if phrasing.asked.search(text) for words in phrasing.said)
    return tuple(dict.fromkeys(said))


def defining(text: str, focus: str) -> tuple[str, ...]:
    """How documents would define the asked object, where the question asks for that; `focus` is the object.

    >>> defining("什么是经营者集中?", "经营者集中")[:3]
    ('所称经营者集中', '所称的经营者集中', '经营者集中是指')
    """
    objects = [part for part in focus.split() if len(part) <= LONGEST_OBJECT]
    ways = (way for phrasing in table() if phrasing.asked.search(text) for way in phrasing.defining)
    return tuple(way.replace(OBJECT, named) for way in ways for named in objects)
