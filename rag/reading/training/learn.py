"""What a step of training learns from, and the run of steps."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from rag.reading.training.batches import Prepared, Targets, batches
from rag.reading.training.network import NEVER, Outputs, ReadingNetwork

WARM_UP = 200
"""Steps in which the rate rises (1–2,000); afterwards it falls in a line to `LAST_RATE` of its height."""
LAST_RATE = 0.02
DECAY = 0.01
LONGEST_GRADIENT = 1.0

log = logging.getLogger(__name__)

Epoch = Callable[[random.Random], Sequence[Prepared]]
"""Draws what one epoch is trained on."""


@dataclass(frozen=True)
class Pace:
    """How large the steps are: the greatest rate, and samples a step."""

    rate: float
    batch: int = 32


def loss(outputs: Outputs, targets: Targets) -> Tensor:
    """The cross-entropy of beginning and end, or of there being neither, and of each character lying inside.

    Where several stretches answer, the probability of any of them counts.
    """
    nothing = ~targets.answered
    place = torch.zeros((), device=outputs.starts.device)
    for logits, right in ((outputs.starts, targets.starts), (outputs.ends, targets.ends)):
        chances = torch.cat([logits, outputs.nothing.unsqueeze(1)], 1).log_softmax(1)
        wanted = torch.cat([right, nothing.float().unsqueeze(1)], 1)
        place = place - chances.masked_fill(wanted == 0, NEVER).logsumexp(1).mean()
    held = outputs.insides > NEVER
    inside = functional.binary_cross_entropy_with_logits(outputs.insides[held], targets.insides[held])
    return place + inside


def run(network: ReadingNetwork, epochs: Sequence[Epoch], pace: Pace, seed: int) -> list[float]:
    """Trains through the epochs, in place; returns the mean loss of each."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    drawn = [len(epoch(random.Random(seed))) for epoch in epochs]
    steps = sum(-(-size // pace.batch) for size in drawn)
    optimiser = torch.optim.AdamW(network.parameters(), pace.rate, weight_decay=DECAY)
    network.train()
    losses, step, began = [], 0, time.monotonic()
    for number, epoch in enumerate(epochs):
        summed = 0.0
        prepared = epoch(rng)
        for inputs, targets in batches(prepared, pace.batch, rng):
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = pace.rate * min(step / WARM_UP, max(LAST_RATE, 1 - step / steps))
            found = loss(network(inputs), targets)
            optimiser.zero_grad()
            found.backward()  # type: ignore[no-untyped-call]  # torch types it not
            torch.nn.utils.clip_grad_norm_(network.parameters(), LONGEST_GRADIENT)
            optimiser.step()
            summed += found.item() * len(targets.answered)
        losses.append(summed / max(1, len(prepared)))
        log.info(
            "epoch %d of %d, loss %.3f, %.0f s", number + 1, len(epochs), losses[-1], time.monotonic() - began
        )
    network.eval()
    return losses
