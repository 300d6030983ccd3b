"""The built-in model as a module of sentence-transformers, for those who train or serve it with that library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers.base.modules.input_module import InputModule

from index.static import StaticModel, bag
from index.training.folder import write_model


class NgramEmbedding(InputModule):  # type: ignore[misc]  # the library carries no types we follow
    """Sums the vectors of a text's n-grams, each times the root of its count; `Normalize` comes after it."""

    def __init__(self, model: StaticModel, widths: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.vocabulary = model.vocabulary
        self.widths = widths
        everything = np.arange(len(model.vocabulary))
        self.embedding = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(model.rows(everything)), freeze=False, mode="sum"
        )

    @property
    def max_seq_length(self) -> None:
        """No text is too long."""
        return

    def get_embedding_dimension(self) -> int:
        """How many numbers a vector has."""
        return self.embedding.embedding_dim

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """The texts' bags, one after another, with where each begins."""
        bags = [bag(self.vocabulary.ids((prompt or "") + text)) for text in inputs]
        offsets = np.cumsum([0, *(len(ids) for ids, _ in bags[:-1])])
        return {
            "input_ids": torch.from_numpy(np.concatenate([ids for ids, _ in bags])),
            "weights": torch.from_numpy(np.concatenate([weights for _, weights in bags])),
            "offsets": torch.from_numpy(offsets),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """Adds `sentence_embedding`, (texts, dimension)."""
        features["sentence_embedding"] = self.embedding(
            features["input_ids"], features["offsets"], per_sample_weights=features["weights"]
        )
        return features

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write the folder that `load` and the light loader read."""
        vectors = self.embedding.weight.detach().cpu().numpy()
        write_model(Path(output_path), self.vocabulary, vectors, self.widths)

    @classmethod
    def load(cls, model_name_or_path: str, **_: Any) -> NgramEmbedding:
        """Read a local model folder."""
        return cls(StaticModel.load(Path(model_name_or_path)))
