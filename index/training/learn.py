"""One step of learning: in-batch negatives at several widths at once.

InfoNCE of van den Oord et al. (2018) over the cosines of a batch; widths as in Kusupati et al., "Matryoshka
representation learning" (2022): the first numbers of a vector serve alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from index.static import bag
from index.training.pairs import Batch

SCALE = 20.0
"""What a cosine is multiplied by before the softmax."""


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


def loss_of(vectors: torch.Tensor, batch: Batch, widths: Sequence[int]) -> torch.Tensor:
    """The mean over the widths of the cross-entropy of each question's own passage among all of the batch."""
    questions, passages = encode(vectors, batch.questions), encode(vectors, batch.passages)
    rows = torch.arange(len(questions))
    groups = torch.from_numpy(batch.groups)
    same = groups[: len(questions), None] == groups[None, :]
    same[rows, rows] = False
    losses = []
    for width in widths:
        near = functional.normalize(questions[:, :width]) @ functional.normalize(passages[:, :width]).T
        losses.append(functional.cross_entropy((SCALE * near).masked_fill(same, -torch.inf), rows))
    return torch.stack(losses).mean()
