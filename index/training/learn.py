"""What one step learns from: texts against texts, and the words of a question against those of a clause.

InfoNCE of van den Oord et al. (2018) over the cosines of a batch; several widths at once as in Kusupati et al.,
"Matryoshka representation learning" (2022): the first numbers of a vector serve alone; late interaction of
Khattab and Zaharia, "ColBERT" (2020).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from index.static import bag
from index.training.pairs import Batch

SCALE, LATE_SCALE = 20.0, 40.0
"""What a cosine is multiplied by before the softmax; those of late interaction lie closer together."""


LEAST_WEIGHT = 1e-6
"""What stands below a fraction when every token of a question is in every text."""


def encode(vectors: torch.Tensor, texts: Sequence[NDArray[np.int32]]) -> torch.Tensor:
    """The summed vectors of each text's bag, (texts, dimension)."""
    bags = [bag(text) for text in texts]
    offsets = np.cumsum([0, *(len(ids) for ids, _ in bags[:-1])])
    return functional.embedding_bag(
        torch.from_numpy(np.concatenate([ids for ids, _ in bags])),
        vectors,
        torch.from_numpy(offsets),
        mode="sum",
        per_sample_weights=torch.from_numpy(np.concatenate([weights for _, weights in bags])),
    )


def text_loss(vectors: torch.Tensor, batch: Batch, widths: Sequence[int]) -> torch.Tensor:
    """The mean over the widths of the cross-entropy of each question's own passage among all of the batch."""
    questions, passages = encode(vectors, batch.questions), encode(vectors, batch.passages)
    nearness = [
        functional.normalize(questions[:, :width]) @ functional.normalize(passages[:, :width]).T
        for width in widths
    ]
    return torch.stack([_cross_entropy(SCALE * near, batch.groups) for near in nearness]).mean()


def late_loss(
    vectors: torch.Tensor, idf: NDArray[np.float32], batch: Batch, size: int, width: int
) -> torch.Tensor:
    """The same for the first `size` written questions, by late interaction, among their clauses and rivals.

    Only the first `width` numbers of the vectors are looked at, as `BuiltinEncoder.token_vectors` does. A
    question's nearness to a passage is the mean, weighted by idf, over its tokens of the greatest cosine to any
    token of the passage.
    """
    asked = batch.asked[:size]
    rivals = len(batch.questions) + np.flatnonzero(np.isin(batch.rivals, asked))
    chosen = np.concatenate([asked, rivals])
    held = _padded([np.unique(batch.passages[number]) for number in chosen])
    bags = [np.unique(batch.questions[number], return_counts=True) for number in asked]
    tokens = np.concatenate([ids for ids, _ in bags])
    weights = torch.from_numpy(np.concatenate([counts * idf[ids] for ids, counts in bags]).astype(np.float32))
    owner = torch.from_numpy(np.repeat(np.arange(len(asked)), [len(ids) for ids, _ in bags]))

    # The tokens of the batch once each: most stand in many of its passages.
    distinct, places = np.unique(np.concatenate([held.ravel(), tokens]), return_inverse=True)
    units = functional.normalize(functional.embedding(torch.from_numpy(distinct), vectors[:, :width]))
    passage_units, question_units = (units[torch.from_numpy(part)] for part in np.split(places, [held.size]))
    near = (question_units @ passage_units.T).view(len(tokens), *held.shape)
    greatest = near.max(dim=2).values
    summed = torch.zeros(len(asked), len(chosen)).index_add(0, owner, greatest * weights[:, None])
    whole = torch.zeros(len(asked)).index_add(0, owner, weights)
    return _cross_entropy(LATE_SCALE * summed / whole.clamp_min(LEAST_WEIGHT)[:, None], batch.groups[chosen])


def _cross_entropy(scores: torch.Tensor, groups: NDArray[np.int64]) -> torch.Tensor:
    """Of each row's own column; another column of the same group is no wrong answer and left out."""
    rows = torch.arange(len(scores))
    columns = torch.from_numpy(groups)
    same = columns[: len(scores), None] == columns[None, :]
    same[rows, rows] = False
    return functional.cross_entropy(scores.masked_fill(same, -torch.inf), rows)


def _padded(rows: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    """Rows of unequal length as one array; a short one goes on with its first token, which changes no greatest."""
    padded = np.repeat(np.asarray([row[:1] for row in rows]), max(map(len, rows)), axis=1)
    for line, row in zip(padded, rows, strict=True):
        line[: len(row)] = row
    return padded
