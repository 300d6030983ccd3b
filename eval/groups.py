"""The groups that questions are looked at in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from eval.gold import GoldQuestion

GROUPINGS: dict[str, Callable[[GoldQuestion], Iterable[str]]] = {
    "kind": lambda question: [question.kind],
    "style": lambda question: question.style,
    "part": lambda question: [question.part],
    "file": lambda question: [question.source],
}
"""How each way of grouping names a question's groups."""
COMPARED = ("kind", "style")
"""The ways in which the systems are also set side by side."""
