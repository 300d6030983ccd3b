"""The model folder: vectors as bytes, the vocabulary, and what sentence-transformers asks for."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index.static import CONFIG_FILE, FORMAT, VECTORS_FILE, Vocabulary

LARGEST_CODE = 127
NORMALIZE_FOLDER = "1_Normalize"


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row as int8 codes and one float32 scale: the row's largest number becomes ±127."""
    scales = np.abs(vectors).max(axis=1) / LARGEST_CODE
    safe = np.where(scales > 0, scales, 1)
    return np.rint(vectors / safe[:, None]).astype(np.int8), scales.astype(np.float32)


def write_model(
    folder: Path, vocabulary: Vocabulary, vectors: NDArray[np.float32], widths: tuple[int, ...]
) -> None:
    """Write a folder that `StaticModel.load` and sentence-transformers (`trust_remote_code=True`) both read."""
    (folder / NORMALIZE_FOLDER).mkdir(parents=True, exist_ok=True)
    codes, scales = quantise(vectors)
    save_file({"codes": codes, "scales": scales}, folder / VECTORS_FILE)
    vocabulary.save(folder)
    _json(folder / CONFIG_FILE, {"format": FORMAT, "widths": list(widths)})
    _json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "index.training.module.NgramEmbedding"},
            {
                "idx": 1,
                "name": "1",
                "path": NORMALIZE_FOLDER,
                "type": "sentence_transformers.base.modules.normalize.Normalize",
            },
        ],
    )
    _json(folder / NORMALIZE_FOLDER / CONFIG_FILE, {})
    _json(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine", "prompts": {}},
    )


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", "utf-8")
