"""Pairs of a question and its passage, drawn anew for each batch (a fixed list is learnt by heart)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.static import Vocabulary, ngrams
from index.training.data import Article, Asked, Material
from index.training.tokenised import Tokenised

Ids = NDArray[np.int32]

PASSAGE_TOKENS = 360
"""The longest passage drawn, in tokens (about 180 characters)."""
QUESTION_TOKENS = 60
"""The longest stretch of a text that stands for a question, in tokens."""
LEAST_TOKENS = 7
"""The shortest stretch or passage worth learning from, in tokens."""
TITLE_ON_PASSAGE = 0.7
"""How often a law's name stands before its article, as it does in an index."""
TITLE_ON_QUESTION = 0.15
"""How often a stretch of an article is asked for with the law's name."""
LEFT_IN_PLACE = 0.15
"""How often the stretch asked for stays in its passage, so that the same words count too."""
WORDS_DROPPED = 0.15
"""The share of a written question's tokens left out, so that no question comes twice alike."""


@dataclass(frozen=True)
class Batch:
    """Questions and passages as token ids: passage i answers question i; those past the last question answer none.

    `groups` holds, for each passage, the text it was cut from: a passage of a question's own text is no
    wrong answer to it.
    """

    questions: list[Ids]
    passages: list[Ids]
    groups: NDArray[np.int64]
    asked: NDArray[np.int64]
    """Which of the questions were written by a person for a clause."""
    rivals: NDArray[np.int64]
    """For each passage past the last question: the question whose law it is from."""


Pair = tuple[Ids, Ids, int]


class Pairs:
    """Draws batches; one seed, one sequence of batches.

    `draw(size, shares)` takes the share of each kind: laws, reports, news (a stretch of a text against the rest
    of it), titles (a law's name against one of its articles), reading, clauses (questions), words.
    """

    def __init__(self, material: Material, vocabulary: Vocabulary) -> None:
        self._names, self._name_of = _names(material.laws, vocabulary)
        self._laws = Tokenised.of((article.text for article in material.laws), vocabulary)
        self._reports = Tokenised.of((article.text for article in material.reports), vocabulary)
        self._news = Tokenised.of((article.text for article in material.news), vocabulary)
        self._reading = _Questions(material.reading, vocabulary)
        self._clauses = _Questions(material.clauses, vocabulary)
        self._words = _known(material.words, vocabulary)
        self._articles_of: dict[str, list[int]] = defaultdict(list)
        for number, article in enumerate(material.laws):
            self._articles_of[article.law].append(number)
        self._texts_of_laws = [article.text for article in material.laws]
        kinds: Sequence[tuple[str, int, Callable[[np.random.Generator, int], Pair | None]]] = (
            ("laws", len(self._laws), self._law),
            ("reports", len(self._reports), lambda rng, n: _cloze(self._reports, rng, n)),
            ("news", len(self._news), lambda rng, n: _cloze(self._news, rng, n)),
            ("titles", len(self._laws), self._title),
            ("reading", len(self._reading), self._read),
            ("clauses", len(self._clauses), self._clause),
            ("words", len(self._words), self._word),
        )
        self._kinds = {name: (size, draw) for name, size, draw in kinds if size}
        sizes = [size for _, size, _ in kinds]
        self._first_group = dict(
            zip((name for name, _, _ in kinds), np.cumsum([0, *sizes]).tolist(), strict=False)
        )

    def draw(self, size: int, shares: Mapping[str, float], negatives: int, rng: np.random.Generator) -> Batch:
        """`size` pairs, and for each question on a clause `negatives` other articles of the same law."""
        present = {name: share for name, share in shares.items() if name in self._kinds}
        whole = sum(present.values())
        questions: list[Ids] = []
        passages: list[Ids] = []
        groups: list[int] = []
        wrong: list[Ids] = []
        asked: list[int] = []
        rivals: list[int] = []
        for name, share in present.items():
            count, draw = self._kinds[name]
            wanted = max(1, round(size * share / whole))
            for number in rng.choice(count, min(wanted, count), replace=False).tolist():
                pair = draw(rng, number)
                if pair is None:
                    continue
                question, passage, group = pair
                questions.append(question)
                passages.append(passage)
                groups.append(self._first_group[name] + group)
                if name == "clauses":
                    neighbours = self._neighbours(number, negatives, rng)
                    asked.append(len(questions) - 1)
                    rivals += [asked[-1]] * len(neighbours)
                    wrong += neighbours
        unlike = -1 - np.arange(len(wrong))
        return Batch(
            questions,
            passages + wrong,
            np.concatenate([np.asarray(groups, np.int64), unlike]),
            np.asarray(asked, np.int64),
            np.asarray(rivals, np.int64),
        )

    def _titled(self, number: int, passage: Ids, chance: float, rng: np.random.Generator) -> Ids:
        name = self._names[self._name_of[number]]
        return np.concatenate([name, passage]) if rng.random() < chance else passage

    def _law(self, rng: np.random.Generator, number: int) -> Pair | None:
        pair = _cloze(self._laws, rng, number)
        if pair is None:
            return None
        question, passage, group = pair
        return (
            self._titled(number, question, TITLE_ON_QUESTION, rng),
            self._titled(number, passage, TITLE_ON_PASSAGE, rng),
            group,
        )

    def _title(self, rng: np.random.Generator, number: int) -> Pair | None:
        name, text = self._names[self._name_of[number]], self._laws.text(number)
        if min(len(name), len(text)) < LEAST_TOKENS:
            return None
        return name, _window(text, PASSAGE_TOKENS, rng), int(self._name_of[number])

    def _read(self, rng: np.random.Generator, number: int) -> Pair | None:
        question, passage, group = self._reading.pair(number)
        return _thinned(question, rng), _window(passage, PASSAGE_TOKENS, rng), group

    def _clause(self, rng: np.random.Generator, number: int) -> Pair | None:
        question, passage, group = self._clauses.pair(number)
        law = self._articles_of.get(self._clauses.asked[number].law)
        passage = _window(passage, PASSAGE_TOKENS, rng)
        return (
            _thinned(question, rng),
            self._titled(law[0], passage, TITLE_ON_PASSAGE, rng) if law else passage,
            group,
        )

    def _word(self, rng: np.random.Generator, number: int) -> Pair | None:
        first, second = self._words[number]
        return (first, second, number) if rng.random() < 1 / 2 else (second, first, number)

    def _neighbours(self, number: int, count: int, rng: np.random.Generator) -> list[Ids]:
        """Other articles of the law that the question is on."""
        asked = self._clauses.asked[number]
        others = [n for n in self._articles_of.get(asked.law, ()) if self._texts_of_laws[n] != asked.text]
        chosen = rng.choice(others, min(count, len(others)), replace=False).tolist() if others else []
        return [
            self._titled(n, _window(self._laws.text(n), PASSAGE_TOKENS, rng), TITLE_ON_PASSAGE, rng)
            for n in chosen
        ]


class _Questions:
    """Written questions with their passages; questions on one passage share a group."""

    def __init__(self, asked: Sequence[Asked], vocabulary: Vocabulary) -> None:
        questions = Tokenised.of((one.question for one in asked), vocabulary)
        passages = Tokenised.of((one.text for one in asked), vocabulary)
        known = [n for n in range(len(asked)) if len(questions.text(n)) and len(passages.text(n))]
        self.asked = [asked[n] for n in known]
        self._pairs = [(questions.text(n), passages.text(n)) for n in known]
        groups: dict[str, int] = {}
        self._groups = [groups.setdefault(one.text, len(groups)) for one in self.asked]

    def __len__(self) -> int:
        return len(self.asked)

    def pair(self, number: int) -> Pair:
        return (*self._pairs[number], self._groups[number])


def _names(laws: Sequence[Article], vocabulary: Vocabulary) -> tuple[list[Ids], NDArray[np.int64]]:
    """The ids of each law's name, and which name belongs to each article."""
    places: dict[str, int] = {}
    of = np.asarray([places.setdefault(article.law, len(places)) for article in laws], np.int64)
    return [np.asarray(vocabulary.ids(name), np.int32) for name in places], of


def _known(words: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> list[tuple[Ids, Ids]]:
    """The pairs of which every token has a vector."""
    pairs = []
    for first, second in words:
        ids = (vocabulary.ids(first), vocabulary.ids(second))
        if all(map(len, ids)) and len(ids[0]) == len(ngrams(first)) and len(ids[1]) == len(ngrams(second)):
            pairs.append((ids[0].astype(np.int32), ids[1].astype(np.int32)))
    return pairs


def _window(ids: Ids, longest: int, rng: np.random.Generator) -> Ids:
    """A random stretch of at most `longest` tokens."""
    start = int(rng.integers(max(1, len(ids) - longest + 1)))
    return ids[start : start + longest]


def _thinned(ids: Ids, rng: np.random.Generator) -> Ids:
    kept = ids[rng.random(len(ids)) >= WORDS_DROPPED]
    return kept if len(kept) else ids


def _cloze(corpus: Tokenised, rng: np.random.Generator, number: int) -> Pair | None:
    """A sentence of a text, or a part of one, against the rest of the text."""
    cuts = corpus.cuts(number)
    if len(cuts) < 2:  # noqa: PLR2004  (a text of one sentence has two cuts, an empty one fewer)
        return None
    sentence = int(rng.integers(len(cuts) - 1))
    start, end = int(cuts[sentence]), int(cuts[sentence + 1])
    question = _window(corpus.ids[start:end], int(rng.integers(LEAST_TOKENS, QUESTION_TOKENS)), rng)
    if rng.random() < LEFT_IN_PLACE:
        rest = corpus.text(number)
    else:
        # What stands before and after the sentence, the nearer side's far end cut away.
        before, after = corpus.ids[int(cuts[0]) : start], corpus.ids[end : int(cuts[-1])]
        rest = np.concatenate([before[-PASSAGE_TOKENS // 2 :], after[: PASSAGE_TOKENS // 2]])
        if len(rest) < LEAST_TOKENS:
            # A text of one sentence: its other half.
            middle = (start + end) // 2
            question, rest = corpus.ids[start:middle][:QUESTION_TOKENS], corpus.ids[middle:end]
    if min(len(question), len(rest)) < LEAST_TOKENS:
        return None
    return question, _window(rest, PASSAGE_TOKENS, rng), number
