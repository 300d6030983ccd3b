"""From the data folder to a model folder: count, start, learn, write; resumes from its checkpoint."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from index.encoder import TOKEN_DIMENSION
from index.static import Vocabulary
from index.training.data import Material, read_material
from index.training.folder import write_model
from index.training.learn import late_loss, text_loss
from index.training.pairs import Batch, Pairs
from index.training.start import cooccurrence_vectors, inverse_frequencies
from index.training.tokenised import Tokenised, count_vocabulary

CHECKPOINT_FILE = "checkpoint.pt"
REPORT_EVERY, SAVE_EVERY = 20, 100

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Phase:
    """A stretch of training: how many steps, at which greatest rate, on which shares of pairs."""

    steps: int
    rate: float
    shares: Mapping[str, float]
    negatives: int = 0
    """Other articles of the same law set against each question on a clause."""
    late: int = 0
    """How many of a batch's questions on clauses also learn by late interaction."""


BROAD = {"laws": 0.3, "reports": 0.1, "news": 0.15, "titles": 0.05, "reading": 0.25, "words": 0.15}
ASKED = {
    "laws": 0.2,
    "reports": 0.05,
    "news": 0.05,
    "titles": 0.05,
    "reading": 0.2,
    "words": 0.1,
    "clauses": 0.35,
}


@dataclass(frozen=True)
class Recipe:
    """All that decides what the model becomes, beside the data."""

    tokens: int = 72_000
    dimension: int = 256
    widths: tuple[int, ...] = (256, 128, 64)
    batch: int = 2048
    warm_up: float = 0.1
    """The share of a phase's steps in which the rate rises; afterwards it falls to nothing."""
    seed: int = 20240325
    phases: tuple[Phase, ...] = (
        Phase(250, 0.02, BROAD),
        Phase(200, 0.03, BROAD),
        Phase(200, 0.03, ASKED, negatives=1, late=48),
    )


def train(data: Path, out: Path, recipe: Recipe) -> list[float]:
    """Train by the recipe on the files of `data`, write the model to `out`; returns the loss of each step.

    A checkpoint in `out` of the same recipe is taken up where it stopped. The same recipe, data, versions and
    number of threads give the same bytes. Raises FileNotFoundError when a file of the data is missing.
    """
    out.mkdir(parents=True, exist_ok=True)
    material = read_material(data)
    torch.manual_seed(recipe.seed)
    vocabulary = _vocabulary(material, recipe.tokens)
    log.info("%d tokens", len(vocabulary))
    run = _Run.resume(out / CHECKPOINT_FILE, recipe) or _Run.begin(material, vocabulary, recipe)
    pairs = Pairs(material, vocabulary)
    log.info("start at step %d", len(run.losses))
    first = 0
    for phase in recipe.phases:
        run.through(phase, first, pairs, recipe, out / CHECKPOINT_FILE)
        first += phase.steps
    write_model(out, vocabulary, run.vectors.detach().numpy(), recipe.widths)
    return run.losses


class _Run:
    """The vectors, the optimiser of the present phase, and the losses so far."""

    def __init__(self, vectors: torch.Tensor, idf: torch.Tensor) -> None:
        self.vectors = vectors.requires_grad_()
        self.idf = idf
        self.losses: list[float] = []
        self._optimiser = self._fresh()

    @classmethod
    def begin(cls, material: Material, vocabulary: Vocabulary, recipe: Recipe) -> _Run:
        corpora = [
            Tokenised.of((article.text for article in articles), vocabulary)
            for articles in (material.laws, material.reports, material.news)
            if articles
        ]
        idf = inverse_frequencies(corpora, len(vocabulary))
        return cls(cooccurrence_vectors(corpora, idf, recipe.dimension, recipe.seed), torch.from_numpy(idf))

    @classmethod
    def resume(cls, path: Path, recipe: Recipe) -> _Run | None:
        """The run of that checkpoint; None without one, or when another recipe wrote it."""
        if not path.is_file():
            return None
        held = torch.load(path, weights_only=True)
        if held["recipe"] != repr(asdict(recipe)):
            log.info("%s is of another recipe: starting anew", path)
            return None
        run = cls(held["vectors"], held["idf"])
        run._optimiser.load_state_dict(held["optimiser"])
        run.losses = held["losses"]
        return run

    def save(self, path: Path, recipe: Recipe) -> None:
        beside = path.with_suffix(".tmp")
        state = {"vectors": self.vectors.detach(), "idf": self.idf, "optimiser": self._optimiser.state_dict()}
        torch.save({"recipe": repr(asdict(recipe)), "losses": self.losses, **state}, beside)
        beside.replace(path)

    def through(self, phase: Phase, first: int, pairs: Pairs, recipe: Recipe, checkpoint: Path) -> None:
        """Take the phase's steps that are not yet taken; `first` is the number of its first step."""
        began = time.monotonic()
        for step in range(max(first, len(self.losses)), first + phase.steps):
            if step == first:
                self._optimiser = self._fresh()
            # Each step has a seed of its own, so that a resumed run draws what an unbroken one would.
            rng = np.random.default_rng([recipe.seed, step])
            batch = pairs.draw(recipe.batch, phase.shares, phase.negatives, rng)
            self._step(
                batch, phase, phase.rate * _slope(step - first, phase.steps, recipe.warm_up), recipe.widths
            )
            if (step + 1) % REPORT_EVERY == 0:
                mean = sum(self.losses[-REPORT_EVERY:]) / REPORT_EVERY
                log.info("step %d, loss %.3f, %.0f s", step + 1, mean, time.monotonic() - began)
            if (step + 1) % SAVE_EVERY == 0:
                self.save(checkpoint, recipe)

    def _step(self, batch: Batch, phase: Phase, rate: float, widths: tuple[int, ...]) -> None:
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        self._optimiser.zero_grad()
        loss = text_loss(self.vectors, batch, widths)
        if phase.late and len(batch.asked):
            loss = loss + late_loss(self.vectors, self.idf.numpy(), batch, phase.late, TOKEN_DIMENSION)
        loss.backward()  # type: ignore[no-untyped-call]  # torch types it not
        self._optimiser.step()
        self.losses.append(loss.item())

    def _fresh(self) -> torch.optim.Optimizer:
        return torch.optim.Adam([self.vectors], fused=True)


def _slope(step: int, steps: int, warm_up: float) -> float:
    """The share of the greatest rate: rising to 1 over the warm-up, then falling in a line to 0."""
    rising = max(1, round(steps * warm_up))
    return min((step + 1) / rising, (steps - step) / max(1, steps - rising))


def _vocabulary(material: Material, size: int) -> Vocabulary:
    # Weights: a report or a question says more about the wording to come than a news text does; English
    # words are rare beside characters and would be crowded out.
    return count_vocabulary(
        [
            (1, (f"{article.law} {article.text}" for article in material.laws)),
            (2, (article.text for article in material.reports)),
            (0.5, (article.text for article in material.news)),
            (1, (f"{one.question} {one.text}" for one in material.reading)),
            (5, (one.question for one in material.clauses)),
            (1, (word for word, _ in material.words)),
            (8, (gloss for _, gloss in material.words if gloss.isascii())),
        ],
        size,
    )
