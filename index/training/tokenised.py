"""Texts as one flat array of token ids, cut at sentences, so that a stretch of a text costs a slice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.static import Vocabulary, ngrams

SENTENCE_END = re.compile(r"(?<=[。；！？\n])|(?<=： )")


@dataclass(frozen=True)
class Tokenised:
    """Token ids of many texts.

    `ids` (all tokens) int32; sentence `s` is `ids[sentences[s]:sentences[s + 1]]`; text `t` is made of the
    sentences `texts[t]` to `texts[t + 1]` (half-open).
    """

    ids: NDArray[np.int32]
    sentences: NDArray[np.int64]
    texts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.texts) - 1

    def text(self, number: int) -> NDArray[np.int32]:
        """The ids of one text."""
        return self.ids[self.sentences[self.texts[number]] : self.sentences[self.texts[number + 1]]]

    def cuts(self, number: int) -> NDArray[np.int64]:
        """Where the sentences of one text begin and the last one ends, in positions of `ids`."""
        return self.sentences[self.texts[number] : self.texts[number + 1] + 1]

    @classmethod
    def of(cls, texts: Iterable[str], vocabulary: Vocabulary) -> Tokenised:
        """Tokenise each text once."""
        ids: list[NDArray[np.int32]] = []
        sentences, bounds = [0], [0]
        for text in texts:
            for sentence in SENTENCE_END.split(text):
                found = np.asarray(vocabulary.ids(sentence), dtype=np.int32)
                if len(found):
                    ids.append(found)
                    sentences.append(sentences[-1] + len(found))
            bounds.append(len(sentences) - 1)
        flat = np.concatenate(ids) if ids else np.zeros(0, np.int32)
        return cls(flat, np.asarray(sentences, np.int64), np.asarray(bounds, np.int64))


def count_vocabulary(sources: Sequence[tuple[float, Iterable[str]]], size: int) -> Vocabulary:
    """The `size` tokens that stand in most texts, each text counted by the weight of its source.

    Tokens of equal count are taken in the order of their characters.
    """
    totals: Counter[str] = Counter()
    for weight, texts in sources:
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(ngrams(text)))
        for token, count in counts.items():
            totals[token] += int(weight * count)
    ranked = sorted((-count, token) for token, count in totals.items() if count > 0)
    return Vocabulary(tuple(token for _, token in ranked[:size]))
