"""Samples as tensors: texts turned into symbols once, then put side by side in batches of like length."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from corpus.facts import facts
from corpus.units import unit_groups
from rag.pieces import folded
from rag.reading.network import QUESTION_CHARACTERS, headed_by
from rag.reading.symbols import LABELS, Alphabet, Symbols, labels
from rag.reading.training.material import Sample
from rag.reading.training.network import Inputs

CHARACTERS = 4000
"""How many characters have a vector of their own (1,000–20,000)."""
_SORTED_TOGETHER = 32  # batches drawn at once and sorted by length, so that little is padding


@dataclass(frozen=True)
class Targets:
    """Where the answers begin, end and lie, (batch, characters) 0 or 1, and whether there are any, (batch,) bool."""

    starts: Tensor
    ends: Tensor
    insides: Tensor
    answered: Tensor


@dataclass(frozen=True)
class Prepared:
    """A sample as ids; `labels` (characters, LABELS) uint8 and `headed` (question characters,) are the network's."""

    sample: Sample
    clause: Symbols
    labels: NDArray[np.uint8]
    question: Symbols
    headed: NDArray[np.float32]


class Preparer:
    """Turns samples into ids, each text once."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._clause = lru_cache(maxsize=None)(self._read)

    def prepare(self, samples: Iterable[Sample]) -> list[Prepared]:
        """The samples, in order."""
        return [self._one(sample) for sample in samples]

    def _one(self, sample: Sample) -> Prepared:
        clause, labelled = self._clause(sample.text)
        asked = folded(sample.question)[:QUESTION_CHARACTERS]
        headed = headed_by(asked, folded(sample.above))
        return Prepared(sample, clause, labelled, self._alphabet.symbols(asked), headed)

    def _read(self, text: str) -> tuple[Symbols, NDArray[np.uint8]]:
        found = labels(text, facts(text, years=None, issued=None), unit_groups(text))
        return self._alphabet.symbols(folded(text)), found.astype(np.uint8)


def frequent_characters(samples: Iterable[Sample]) -> str:
    """The characters that stand in most of the samples' texts and questions, the most frequent first."""
    counted: Counter[str] = Counter()
    for sample in samples:
        counted.update(folded(sample.text))
        counted.update(folded(sample.question))
    ordered = sorted(counted, key=lambda character: (-counted[character], character))
    return "".join(character for character in ordered if character != "\n")[:CHARACTERS]


def batches(prepared: Sequence[Prepared], size: int, rng: random.Random) -> Iterator[tuple[Inputs, Targets]]:
    """The samples once, in random order, in batches of texts of like length."""
    order = list(range(len(prepared)))
    rng.shuffle(order)
    chosen: list[list[int]] = []
    for start in range(0, len(order), size * _SORTED_TOGETHER):
        drawn = sorted(order[start : start + size * _SORTED_TOGETHER], key=lambda i: len(prepared[i].clause))
        chosen += [drawn[at : at + size] for at in range(0, len(drawn), size)]
    rng.shuffle(chosen)
    for numbers in chosen:
        yield side_by_side([prepared[number] for number in numbers])


def side_by_side(chosen: Sequence[Prepared]) -> tuple[Inputs, Targets]:
    """The samples padded to one length."""
    width = max(len(one.clause) for one in chosen)
    asked = max(len(one.question) for one in chosen)
    labelled = np.zeros((len(chosen), width, LABELS), dtype=np.float32)
    headed = np.zeros((len(chosen), asked), dtype=np.float32)
    targets = np.zeros((3, len(chosen), width), dtype=np.float32)
    for row, one in enumerate(chosen):
        labelled[row, : len(one.clause)] = one.labels
        headed[row, : len(one.question)] = one.headed
        for start, end in one.sample.answers:
            targets[0, row, start] = targets[1, row, end - 1] = 1
            targets[2, row, start:end] = 1
    inputs = Inputs(
        _padded([one.clause for one in chosen], width),
        torch.from_numpy(labelled),
        _padded([one.question for one in chosen], asked),
        torch.from_numpy(headed),
    )
    answered = torch.tensor([bool(one.sample.answers) for one in chosen])
    starts, ends, insides = torch.from_numpy(targets).unbind(0)
    return inputs, Targets(starts, ends, insides, answered)


def _padded(texts: Sequence[Symbols], width: int) -> tuple[Tensor, Tensor, Tensor]:
    ids = np.zeros((3, len(texts), width), dtype=np.int64)
    for row, text in enumerate(texts):
        ids[:, row, : len(text)] = text.characters, text.tokens, text.pairs
    first, second, third = torch.from_numpy(ids).unbind(0)
    return first, second, third
