"""What the reading network learns from: a question, a clause, and the stretches of it that answer (none: a near miss)."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.terms import normalised
from index.training.data import is_apart, word_pairs
from rag.pieces import places
from rag.reading.training.cloze import cloze, exchangeable
from rag.understanding.glossary import THESAURUS

LONGEST = 320
"""The longest clause learnt from, in characters; of a longer one a stretch around its answer is (100–600)."""
SHORTEST = 60
"""The shortest text that a question is made of, in characters."""
CLOZE_LAWS, CLOZE_PER_REPORT = 45_000, 2
MOST_PLACES = 3
"""An answer that stands in a passage more often than this is marked in the first places only."""


@dataclass(frozen=True)
class Sample:
    """One question on one clause; `answers` are half-open stretches of `text`, `above` its title and headings."""

    question: str
    text: str
    above: str
    answers: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Material:
    """The samples by where they are from; those on laws kept apart serve for measuring only."""

    reading: tuple[Sample, ...]
    clauses: tuple[Sample, ...]
    missed: tuple[Sample, ...]
    made: tuple[Sample, ...]
    apart: tuple[Sample, ...]
    apart_missed: tuple[Sample, ...]


def read_material(data: Path, seed: int) -> Material:
    """Reads the data folder and makes the cloze questions, the same ones for the same seed."""
    rng = random.Random(seed)
    asked, missed = _asked(data, rng)
    return Material(
        reading=tuple(_reading(data / "qa.jsonl.xz", rng)),
        clauses=tuple(sample for law, sample in asked if not is_apart(law)),
        missed=tuple(sample for law, sample in missed if not is_apart(law)),
        made=tuple(_made(data, rng)),
        apart=tuple(sample for law, sample in asked if is_apart(law)),
        apart_missed=tuple(sample for law, sample in missed if is_apart(law)),
    )


def spelled(question: str) -> str:
    """A question as the reading network is handed it where it was not read by `QuestionReader`.

    >>> spelled("ＬＰＧ瓶裝")
    'lpg瓶装'
    """
    return normalised(question)


def _reading(path: Path, rng: random.Random) -> Iterator[Sample]:
    for record in _records(path):
        passage, answer = record["passage"], record["answer"]
        at = passage.find(answer) if answer else -1
        if at < 0:
            continue
        text = _around(passage, at, at + len(answer), rng)
        found = _answers(text, answer)
        if found:
            yield Sample(spelled(record["question"]), text, "", found)


def _asked(data: Path, rng: random.Random) -> tuple[list[tuple[str, Sample]], list[tuple[str, Sample]]]:
    """The written questions on their clauses, and on two others of the same law: the likest, and any."""
    records = [record for record in _records(data / "questions.jsonl") if record["law"] and record["span"]]
    articles: dict[str, dict[str, None]] = {record["law"]: {} for record in records}
    for record in _records(data / "laws.jsonl.xz"):
        if record["law"] in articles:
            articles[record["law"]][record["text"].strip()] = None
    asked, missed = [], []
    for record in records:
        text, law, question = record["text"].strip(), record["law"], spelled(record["question"])
        at = text.find(record["span"])
        if at < 0:
            continue
        read = _around(text, at, at + len(record["span"]), rng)
        found = _answers(read, record["span"])
        if not found:
            continue
        asked.append((law, Sample(question, read, law, found)))
        pairs = {question[at : at + 2] for at in range(len(question) - 1)}
        others = [other for other in articles[law] if other and other != text]
        others.sort(key=lambda other: -sum(pair in other for pair in pairs))
        chosen = others[:1] + ([rng.choice(others[1:])] if len(others) > 1 else [])
        missed += [(law, Sample(question, _around(other, 0, 0, rng), law, ())) for other in chosen]
    return asked, missed


def _made(data: Path, rng: random.Random) -> Iterator[Sample]:
    texts = [
        (record["text"].strip(), record["law"])
        for record in _records(data / "laws.jsonl.xz")
        if SHORTEST < len(record["text"]) <= LONGEST and not is_apart(record["law"])
    ]
    rng.shuffle(texts)
    texts = texts[:CLOZE_LAWS]
    reports = [record["text"].strip()[:LONGEST] for record in _records(data / "reports.jsonl.xz")]
    texts += [(text, "") for text in reports if len(text) > SHORTEST] * CLOZE_PER_REPORT
    words = exchangeable((*_said_instead(THESAURUS), *word_pairs(data / "cedict.u8.xz")))
    for text, law in texts:
        made = cloze(text, law, words, rng)
        if made is not None:
            yield Sample(spelled(made.question), text, law, ((made.start, made.end),))


def _said_instead(path: Path) -> Iterator[tuple[str, str]]:
    """Official words with what people say instead, from the thesaurus: term, everyday, abbreviation, english."""
    for line in path.read_text("utf-8").splitlines():
        term, *instead = line.split("\t")
        for words in instead:
            for word in words.split("|"):
                if word:
                    yield term, word


def _around(text: str, start: int, end: int, rng: random.Random) -> str:
    """At most `LONGEST` characters of the text that hold `[start, end)` at a random place; a longer stretch is cut."""
    first = max(0, end - LONGEST)
    begin = rng.randint(first, max(first, min(start, len(text) - LONGEST)))
    return text[begin : begin + LONGEST]


def _answers(text: str, answer: str) -> tuple[tuple[int, int], ...]:
    return tuple((at, at + len(answer)) for at in places(text, answer)[:MOST_PLACES])


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
        for line in stream:
            yield json.loads(line)
