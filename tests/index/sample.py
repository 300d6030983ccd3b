"""Small documents made by hand, and a tiny deterministic encoder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.document import Cell, Clause, ClauseKind, Document, SourceMap, Span


@dataclass(frozen=True)
class HashEncoder:
    """Character pairs thrown into `dimension` buckets by their hash; rows of length 1."""

    name: str = "hash"
    fingerprint: str = "hash-1"
    dimension: int = 16

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, 0] = 0.5
            for pair in pairwise(text):
                digest = hashlib.blake2b("".join(pair).encode("utf-8", "replace")).digest()
                vectors[row, digest[0] % self.dimension] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)


@dataclass(frozen=True)
class Part:
    """One clause to be: its words (the heading first), its label and its depth."""

    words: str
    heading: str = ""
    label: str = ""
    depth: int = 0
    kind: ClauseKind = "item"
    inherited: str = ""


def document(document_id: str, title: str, parts: Sequence[Part]) -> Document:
    """A document whose clauses are the parts, in order; the path of each follows from the depths."""
    text, clauses, above = "", [], list[tuple[str, str, str]]()
    for at, part in enumerate(parts):
        del above[part.depth :]
        parent = above[-1][0] if above else None
        clause_id = f"{document_id}#{at}"
        above.append((clause_id, part.heading or part.label, part.label))
        start = len(text)
        text += part.words
        cell = Cell("任务名称", part.inherited, Span(0, len(part.inherited)), inherited=True)
        clauses.append(
            Clause(
                id=clause_id,
                kind=part.kind,
                path=tuple(heading for _, heading, _ in above),
                labels=tuple(label for _, _, label in above),
                start=start,
                end=len(text),
                parent=parent,
                heading_end=start + len(part.heading),
                cells=(cell,) if part.inherited else (),
            )
        )
    return Document(
        id=document_id,
        title=title,
        text=text,
        clauses=tuple(clauses),
        source_map=SourceMap((0,), (3,), (len(text),)),
        source_name=f"{document_id}.txt",
        digest=hashlib.sha256(text.encode()).hexdigest(),
        number="示安〔2024〕1号",
        place="示范县",
        years=(2024, 2026),
        fields={"title": Span(0, 2)},
    )


def plan() -> Document:
    """A chapter, a run-in heading, an item under it, and a table row."""
    return document(
        "plan",
        "示范县三年行动方案",
        [
            Part("一、主要任务\n", heading="一、主要任务", label="一、", kind="heading"),
            Part("（一）燃气治理。由县住建局牵头。\n", heading="（一）燃气治理。", label="（一）", depth=1),
            Part("1.2024年底前完成“瓶改管”改造。\n", label="1.", depth=2),
            Part("\n", kind="paragraph"),
            Part("| | 县应急局 | 每季度检查一次 |\n", kind="row", inherited="打非治违"),
        ],
    )


def notice() -> Document:
    """A second document, of one clause."""
    return document("notice", "关于燃气检查的通知", [Part("各乡镇：每月检查燃气管道。", kind="paragraph")])
