"""How large the reading network is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """Widths in numbers, `kernel` in characters; one convolution over the clause for each of `dilations`.

    `question_layers` convolutions go over the question; `heads` look for what the clause does not speak of.
    """

    width: int = 64
    character: int = 32
    kernel: int = 5
    dilations: tuple[int, ...] = (1, 2, 4, 8, 1)
    heads: int = 4
    question_layers: int = 2
