"""Samples of questions asked of held documents: the clauses retrieval finds for each, with the words that answer."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Document
from index.build import build
from index.encoder import Encoder
from index.snapshot import Snapshot
from rag.fuse import fuse
from rag.pieces import places
from rag.reading.training.material import Sample
from rag.retrieve import retrieve
from rag.settings import Settings
from rag.training.examples import Example, widened
from rag.understanding.glossary import Glossary
from rag.understanding.reader import QuestionReader

NEAR_MISSES = 4
"""How many of the best clauses that do not answer are read as well (1–20)."""


@dataclass(frozen=True)
class Folded:
    """A sample with the part that its question is left out with."""

    sample: Sample
    fold: int


def gold_samples(
    documents: Sequence[Document], examples: Sequence[Example], encoder: Encoder
) -> list[Folded]:
    """The examples' samples, in their order; a right clause that holds none of the asked words is left out."""
    settings = Settings()
    with tempfile.TemporaryDirectory() as home:
        snapshot = build(Path(home), documents, encoder)
        glossary = Glossary.load()
        reader = QuestionReader(documents, snapshot.lexical.vocabulary, glossary, settings.question_limit)
        numbers = {document_id: number for number, document_id in enumerate(snapshot.documents)}
        held_by = np.array([numbers[p.document_id] for p in snapshot.passages], dtype=np.int32)
        found: list[Folded] = []
        for example in examples:
            question = reader.read(example.question, context=example.context)
            retrieved = retrieve(question, snapshot, encoder, held_by, settings)
            ranked = fuse(retrieved, settings)
            samples = _samples(example, question.in_full, [int(number) for number in ranked], snapshot)
            found += [Folded(sample, example.fold) for sample in samples]
    return found


def _samples(example: Example, question: str, ranked: Sequence[int], snapshot: Snapshot) -> list[Sample]:
    samples: list[Sample] = []
    misses = 0
    for number in ranked:
        passage = snapshot.passages[number]
        document = snapshot.documents[passage.document_id]
        clause = document.clause(passage.clause_id)
        text = document.text[passage.start : passage.end]
        if example.right(document.id, document.text[clause.start : clause.end]):
            answers = tuple(stretch for words in example.spans for stretch in located(text, words))
            if answers:
                samples.append(Sample(question, text, passage.context, answers))
        elif misses < NEAR_MISSES:
            misses += 1
            samples.append(Sample(question, text, passage.context, ()))
    return samples


def located(text: str, words: str) -> list[tuple[int, int]]:
    """Where the squeezed `words` stand in `text`, whatever white space lies between; half-open stretches of `text`.

    >>> located("到 2024 年底前(含)", "2024年底前（含）")
    [(2, 13)]
    """
    kept = [at for at, character in enumerate(text) if not character.isspace()]
    bare = widened("".join(text[at] for at in kept))
    return [(kept[at], kept[at + len(words) - 1] + 1) for at in places(bare, words)] if words else []
