"""The reading network's folder: what it is, and its weights in the form in which they are used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from rag.errors import RagError
from rag.reading.shape import Shape

Floats = NDArray[np.float32]

MODEL_FOLDER = Path(__file__).parent / "model"
CONFIG_FILE, ALPHABET_FILE, WEIGHTS_FILE = "config.json", "characters.txt", "reading.safetensors"
_LINEAR = (
    "clause", "clause_mixed", "question", "pooled", "aligned", "gate", "missed", "nothing", "nothing_out",
    "out", "out_asked",
)  # fmt: skip
"""The layers that are one matrix each, beside those that mix what a convolution found."""


class ReadingModelError(RagError):
    """The reading network's folder is not whole, or belongs to another built-in model."""


@dataclass(frozen=True)
class Checkpoint:
    """What a folder holds: the weights by name, float32, the alphabet's characters, and the network's shape."""

    weights: dict[str, Floats]
    characters: str
    shape: Shape


def read_checkpoint(folder: Path, encoder: str) -> Checkpoint:
    """The folder's checkpoint, which must be of the built-in model with the fingerprint `encoder`.

    Raises ReadingModelError in one line that says how to mend it.
    """
    try:
        config = json.loads((folder / CONFIG_FILE).read_text("utf-8"))
        characters = (folder / ALPHABET_FILE).read_text("utf-8").rstrip("\n")
        weights = {name: each.astype(np.float32) for name, each in load_file(folder / WEIGHTS_FILE).items()}
        held = config["shape"]
        shape = Shape(**{**held, "dilations": tuple(held["dilations"])})
    except (OSError, SafetensorError, KeyError, ValueError, TypeError) as error:
        raise ReadingModelError(
            f"no whole reading network in {folder} ({type(error).__name__}: {error}); install yiju again",
            "阅读模型文件不完整，请重新安装 yiju",
        ) from error
    if config.get("encoder") != encoder:
        raise ReadingModelError(
            f"the reading network in {folder} was trained on another built-in model; train it again with "
            "python -m rag.reading.training",
            "阅读模型与内置向量模型不匹配，请重新安装 yiju",
        )
    return Checkpoint(weights, characters, shape)


def unfolded(weights: Mapping[str, Floats], blocks: int) -> dict[str, Floats]:
    """The weights as they are used: inputs in rows, kernels place by place, norms' scale and shift within convolutions.

    A convolution of `scale · x + shift` with zeros beyond the text is one of `x` with `-shift / scale` beyond it. What a
    convolution adds to each channel is added by the layer that mixes them.
    """
    ready = dict(weights)
    for name, mixing in (
        ("clause_near", "clause_mixed"),
        *((f"near.{block}", f"mixed.{block}") for block in range(blocks)),
    ):
        kernel = np.ascontiguousarray(weights[f"{name}.weight"][:, 0].T)
        added = weights[f"{name}.bias"]
        if name.startswith("near."):
            norm = f"norms.{name.removeprefix('near.')}"
            scale, shift = weights[f"{norm}.weight"], weights[f"{norm}.bias"]
            added = added + shift * kernel.sum(axis=0)
            kernel = kernel * scale
            ready[f"{name}.edge"] = np.divide(-shift, scale, out=np.zeros_like(shift), where=scale != 0)
        ready[f"{name}.weight"] = kernel
        ready[f"{mixing}.bias"] = weights[f"{mixing}.bias"] + weights[f"{mixing}.weight"] @ added
    for name in (*_LINEAR, *(f"mixed.{block}" for block in range(blocks))):
        ready[f"{name}.weight"] = np.ascontiguousarray(weights[f"{name}.weight"].T)
    for name, weight in weights.items():
        if name.startswith("question_near") and name.endswith("weight"):
            ready[name] = np.ascontiguousarray(weight.transpose(2, 1, 0).reshape(-1, len(weight)))
    fused, width = weights["fused.weight"].T, weights["fused.bias"].size
    cuts = (width, 2 * width, 3 * width)
    parts = map(np.ascontiguousarray, np.split(fused, cuts))
    return ready | dict(
        zip(("fused.state", "fused.seen", "fused.both", "fused.relation"), parts, strict=True)
    )
