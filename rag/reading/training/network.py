"""The reading network as it is trained; `rag.reading.network` computes the same without torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from rag.reading.shape import Shape
from rag.reading.symbols import LABELS, PADDING

NEVER = -1e4
"""A logit of what must not be chosen."""


@dataclass(frozen=True)
class Inputs:
    """Clauses and questions side by side: ids (batch, characters) int64, labels (batch, characters, LABELS).

    `headed` (batch, question characters) is 1 where the question's character stands in the clause's title or headings
    together with a neighbour.
    """

    clause: tuple[Tensor, Tensor, Tensor]
    labels: Tensor
    question: tuple[Tensor, Tensor, Tensor]
    headed: Tensor


@dataclass(frozen=True)
class Outputs:
    """Logits: where the answer begins, ends and lies, each (batch, characters), and that there is none, (batch,)."""

    starts: Tensor
    ends: Tensor
    insides: Tensor
    nothing: Tensor


class ReadingNetwork(nn.Module):
    """Attention of the clause's characters to the question's, then convolutions over the clause.

    Soft alignment of Chen et al., "Reading Wikipedia" (2017); separable convolutions of Yu et al., "QANet" (2018);
    the logit of no answer beside the positions of Levy et al. (2017).
    """

    tokens: Tensor

    def __init__(self, tokens: NDArray[np.float32], characters: int, shape: Shape, dropout: float) -> None:
        super().__init__()
        width, size = shape.width, shape.character + 3 * tokens.shape[1]
        self.shape, self.dropout = shape, dropout
        self.register_buffer("tokens", torch.from_numpy(np.vstack([np.zeros_like(tokens[:1]), tokens])))
        self.character = nn.Embedding(characters, shape.character, padding_idx=PADDING)
        nn.init.normal_(self.character.weight, 0, 0.1)
        self.clause = nn.Linear(size + LABELS, width)
        self.clause_near = _depthwise(width, shape.kernel, 1)
        self.clause_mixed = nn.Linear(width, width)
        self.question = nn.Linear(size, width)
        self.question_near = nn.ModuleList(_near(width, shape.kernel) for _ in range(shape.question_layers))
        self.headed = nn.Linear(1, width, bias=False)
        self.pooled = nn.Linear(width, 1)
        self.aligned = nn.Linear(width, width, bias=False)
        self.likeness = nn.Parameter(torch.tensor([6.0, 6.0]))
        self.fused = nn.Linear(3 * width + 6, width)
        self.gate = nn.Linear(width, width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in shape.dilations)
        self.near = nn.ModuleList(_depthwise(width, shape.kernel, step) for step in shape.dilations)
        self.mixed = nn.ModuleList(nn.Linear(width, width) for _ in shape.dilations)
        self.out = nn.Linear(width, 3)
        self.out_asked = nn.Linear(width, 3 * width)
        self.missed = nn.Linear(width, shape.heads)
        self.nothing = nn.Linear(3 * width + 2 * shape.heads, width)
        self.nothing_out = nn.Linear(width, 1)

    def forward(self, inputs: Inputs) -> Outputs:
        """The logits of each clause for its question."""
        on_clause = (inputs.clause[0] != PADDING).unsqueeze(-1)
        on_question = inputs.question[0] != PADDING
        shown, own = self._vectors(inputs.clause)
        asked, asked_own = self._vectors(inputs.question)
        clause = functional.relu(self.clause(torch.cat([self._drop(shown), inputs.labels], -1))) * on_clause
        mixed = self.clause_mixed(_along(self.clause_near, clause))
        clause = (clause + functional.relu(mixed)) * on_clause
        question = functional.relu(self.question(self._drop(asked))) * on_question.unsqueeze(-1)
        for layer in self.question_near:
            question = question + functional.relu(_along(layer, question)) * on_question.unsqueeze(-1)
        question = question + self.headed(inputs.headed.unsqueeze(-1))
        pooled = self.pooled(question).squeeze(-1).masked_fill(~on_question, NEVER).softmax(1)
        wish = (pooled.unsqueeze(-1) * question).sum(1)

        near = [left @ right.transpose(1, 2) for left, right in zip(own, asked_own, strict=True)]
        alike = clause @ self.aligned(question).transpose(1, 2) / self.shape.width**0.5
        alike = alike + self.likeness[0] * near[0] + self.likeness[1] * near[1]
        alike = alike.masked_fill(~on_question.unsqueeze(1), NEVER)
        # One column more, of likeness 0: a character that nothing asked resembles looks at nothing.
        looked = torch.cat([alike, torch.zeros_like(alike[..., :1])], -1).softmax(-1)[..., :-1]
        seen = looked @ question
        relation = [*self._shared(inputs, near), looked.sum(-1)]
        joined = torch.cat([clause, seen, clause * seen, torch.stack(relation, -1)], -1)
        state = functional.relu(self.fused(joined)) * 2 * torch.sigmoid(self.gate(wish)).unsqueeze(1)
        state = self._drop(state) * on_clause
        for norm, layer, mix in zip(self.norms, self.near, self.mixed, strict=True):
            step = mix(_along(layer, norm(state) * on_clause))
            state = (state + self._drop(functional.relu(step))) * on_clause
        by_question = self.out_asked(wish).view(len(wish), 3, -1)
        logits = self.out(state) + state @ by_question.transpose(1, 2)
        logits = logits.masked_fill(~on_clause, NEVER)
        greatest = state.masked_fill(~on_clause, NEVER).max(1).values
        missed = self._missed(question, near, inputs.headed, on_question)
        nothing = functional.relu(self.nothing(torch.cat([greatest, wish, greatest * wish, missed], -1)))
        starts, ends, insides = logits.unbind(-1)
        return Outputs(starts, ends, insides, self.nothing_out(nothing).squeeze(-1))

    def _vectors(self, ids: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """All that is known of each character, and the vectors of its token and its pair."""
        characters, tokens, pairs = ids
        token, pair = functional.embedding(tokens, self.tokens), functional.embedding(pairs, self.tokens)
        before = functional.pad(pair, (0, 0, 1, 0))[:, :-1]
        return torch.cat([self.character(characters), token, pair, before], -1), (token, pair)

    def _shared(self, inputs: Inputs, near: list[Tensor]) -> list[Tensor]:
        """For each character of the clause: whether it or its pairs stand in the question, and how near these come."""
        same = [
            ((left.unsqueeze(-1) == right.unsqueeze(1)) & (left > least).unsqueeze(-1)).any(-1).float()
            for (left, right), least in zip(
                zip(inputs.clause[::2], inputs.question[::2], strict=True), (1, 0), strict=True
            )
        ]
        before = functional.pad(same[1], (1, 0))[:, :-1]
        # Padding has vectors of zeros; clamped at 0 it changes no greatest.
        greatest = [each.max(-1).values.clamp_min(0) for each in near]
        return [same[0], same[1], before, *greatest]

    def _missed(self, question: Tensor, near: list[Tensor], headed: Tensor, on_question: Tensor) -> Tensor:
        """How much of the question the clause does not speak of, by what each head looks for; (batch, 2·heads)."""
        heads = self.missed(question).masked_fill(~on_question.unsqueeze(-1), NEVER).softmax(1)
        lacking = []
        for each in near:
            lacking.append((1 - each.max(1).values.clamp(0, 1)) * (1 - headed))
        return torch.cat([(heads * each.unsqueeze(-1)).sum(1) for each in lacking], -1)

    def _drop(self, values: Tensor) -> Tensor:
        """Whole channels of a text left out while training, which is cheap to draw."""
        if not self.training:
            return values
        kept = torch.rand(len(values), 1, values.shape[-1]) >= self.dropout
        return values * kept / (1 - self.dropout)


def _depthwise(width: int, kernel: int, step: int) -> nn.Conv1d:
    return nn.Conv1d(width, width, kernel, padding=step * (kernel // 2), dilation=step, groups=width)


def _near(width: int, kernel: int) -> nn.Conv1d:
    return nn.Conv1d(width, width, kernel, padding=kernel // 2)


def _along(layer: nn.Module, values: Tensor) -> Tensor:
    """The layer applied along the characters; (batch, characters, width) in and out."""
    result: Tensor = layer(values.transpose(1, 2)).transpose(1, 2)
    return result
