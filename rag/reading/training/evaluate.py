"""How well a network reads: `python -m rag.reading.training.evaluate --data FOLDER`.

Reads each question on the laws kept apart beside its own clause, and beside two others of the same law.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.facts import facts
from corpus.units import unit_groups
from index.encoder import BuiltinEncoder
from rag.pieces import bounds
from rag.reading.checkpoint import MODEL_FOLDER
from rag.reading.network import Network
from rag.reading.reading import Reading, found
from rag.reading.symbols import labels
from rag.reading.training.material import Sample, read_material
from rag.reading.training.train import SEED
from rag.training.examples import fits

_SENTENCE_END = re.compile(r"[。；;！？!?\n\t]")


@dataclass(frozen=True)
class Figures:
    """Shares, 0 to 1, higher is better.

    `exact`: the best stretch is the answer; `marked`: it holds the answer with little around it; `told_apart`: a clause
    that answers is surer than one that does not (area under the ROC curve, .5 is chance).
    """

    exact: float
    marked: float
    told_apart: float


def figures(network: Network, right: Sequence[Sample], wrong: Sequence[Sample]) -> Figures:
    """The figures of a network over samples with answers and samples without."""
    read = [_read(network, sample) for sample in right]
    best = [_best(reading, sample.text) for reading, sample in zip(read, right, strict=True)]
    answers = [[sample.text[start:end] for start, end in sample.answers] for sample in right]
    sure = np.array([found(reading) for reading in read])
    unsure = np.array([found(_read(network, sample)) for sample in wrong])
    return Figures(
        exact=float(np.mean([words in wanted for words, wanted in zip(best, answers, strict=True)])),
        marked=float(
            np.mean(
                [any(fits(words, one) for one in wanted) for words, wanted in zip(best, answers, strict=True)]
            )
        ),
        told_apart=area(sure, unsure),
    )


def area(right: NDArray[np.float64], wrong: NDArray[np.float64]) -> float:
    """The share of pairs in which the right one is greater; equal ones count half.

    >>> area(np.array([2.0, 1.0]), np.array([1.0, 0.0]))
    0.875
    """
    ordered = np.sort(wrong)
    below, to = np.searchsorted(ordered, right, "left"), np.searchsorted(ordered, right, "right")
    return float((below + to).sum() / 2 / (len(right) * len(wrong)))


def _read(network: Network, sample: Sample) -> Reading:
    text = sample.text
    page = network.page(text, labels(text, facts(text, years=None, issued=None), unit_groups(text)))
    return network.read(network.asked(sample.question), page, sample.above)


def _best(reading: Reading, text: str) -> str:
    best = reading.best(bounds(_SENTENCE_END, text)[1:-1], 1)
    return text[slice(*best[0])] if best else ""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m rag.reading.training.evaluate", description="Measure a network."
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder the network was trained on")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="the network's folder")
    options = parser.parse_args()
    material = read_material(options.data, SEED)
    one = figures(Network.load(BuiltinEncoder(), options.model), material.apart, material.apart_missed)
    sys.stdout.write(
        f"{len(material.apart)} questions with their clause, {len(material.apart_missed)} with another\n"
        f"answer exact {one.exact:.3f}, marked with little around it {one.marked:.3f}, told apart {one.told_apart:.3f}\n"
    )


if __name__ == "__main__":
    main()
