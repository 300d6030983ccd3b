"""What the model is trained on, read from the data folder."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from index.static import normalise

NEWS_CHARACTERS = 500
"""How much of a news text is read: its lead and the paragraphs that bear it out."""

APART_SHARE = 5
"""One law in this many is kept apart: its questions are never trained on."""

MAX_SHARED_GLOSS = 4
"""A gloss shared by more headwords than this is too general to make them synonyms."""

MAX_GLOSS_WORDS = 3
"""A gloss of more words than this explains rather than translates."""

_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/$")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_ARTICLE = re.compile(r"^(to|an?|the) ")
_GLOSS = re.compile(r"[a-z][a-z -]*")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law, or (with an empty `law`) a paragraph of a report or of the news."""

    law: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the text that answers it; `law` names the document, empty where there is none."""

    question: str
    text: str
    law: str = ""


@dataclass(frozen=True)
class Material:
    """All there is to learn from, in the order of the files."""

    laws: tuple[Article, ...]
    reports: tuple[Article, ...]
    news: tuple[Article, ...]
    reading: tuple[Asked, ...]
    """Questions on passages of an encyclopedia and on statutes."""
    clauses: tuple[Asked, ...]
    """Questions on clauses, of laws that are not kept apart."""
    apart: tuple[Asked, ...]
    """Questions on clauses of the laws kept apart: for measuring only."""
    words: tuple[tuple[str, str], ...]
    """Pairs of the dictionary: two words of one meaning, or a word and its English."""


def is_apart(law: str) -> bool:
    """Whether the questions of this law are kept apart, by a hash of its name alone."""
    return hashlib.sha256(law.encode()).digest()[0] % APART_SHARE == 0


def read_material(folder: Path) -> Material:
    """Read the data folder.

    Raises FileNotFoundError when the folder or one of its files is missing.
    """
    asked = [
        Asked(record["question"], record["text"], record["law"])
        for record in _records(folder / "questions.jsonl")
        if record["text"]
    ]
    return Material(
        laws=tuple(Article(record["law"], record["text"]) for record in _records(folder / "laws.jsonl.xz")),
        reports=tuple(Article("", record["text"]) for record in _records(folder / "reports.jsonl.xz")),
        news=tuple(
            Article("", record["text"][:NEWS_CHARACTERS]) for record in _records(folder / "news.jsonl.xz")
        ),
        reading=tuple(
            Asked(record["question"], record["passage"]) for record in _records(folder / "qa.jsonl.xz")
        ),
        clauses=tuple(one for one in asked if not is_apart(one.law)),
        apart=tuple(one for one in asked if is_apart(one.law)),
        words=tuple(word_pairs(folder / "cedict.u8.xz")),
    )


def _lines(path: Path) -> Iterator[str]:
    if not path.is_file():
        raise FileNotFoundError(
            f"no {path.name} in {path.parent}: --data takes the folder with the training files"
        )
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
        for line in stream:
            yield line.decode()


def _records(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in _lines(path))


def word_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Each word with its short English glosses, and with the other words of the same first gloss."""
    words_of: dict[str, list[str]] = defaultdict(list)
    for line in _lines(path):
        entry = _ENTRY.match(line.rstrip())
        if entry is None:
            continue
        word, glosses = entry.groups()
        for place, raw in enumerate(_BRACKETS.sub("", normalise(glosses)).split("/")):
            gloss = _ARTICLE.sub("", raw.strip())
            if not _GLOSS.fullmatch(gloss) or len(gloss.split()) > MAX_GLOSS_WORDS:
                continue
            yield word, gloss
            if place == 0 and word not in words_of[gloss]:
                words_of[gloss].append(word)
    for words in words_of.values():
        if len(words) <= MAX_SHARED_GLOSS:
            yield from combinations(words, 2)
