"""What families of models want before a question or a passage, where their own files do not say it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompts:
    """What stands before each question and each passage; None leaves it to the model's own files."""

    question: str | None = None
    passage: str | None = None

    def or_else(self, other: Prompts) -> Prompts:
        """These prompts, and those of `other` where these leave it open.

        >>> Prompts(question="问：").or_else(Prompts("query: ", "passage: "))
        Prompts(question='问：', passage='passage: ')
        """
        return Prompts(
            other.question if self.question is None else self.question,
            other.passage if self.passage is None else self.passage,
        )


_TASK = "Given a web search query, retrieve relevant passages that answer the query"
FAMILIES: tuple[tuple[re.Pattern[str], Prompts], ...] = (
    # https://huggingface.co/BAAI/bge-small-zh-v1.5 (for short questions to longer passages)
    (re.compile(r"bge-(?:small|base|large)-zh"), Prompts("为这个句子生成表示以用于检索相关文章：", "")),
    (re.compile(r"bge-(?:small|base|large)-en"), Prompts("Represent this sentence for searching relevant passages: ", "")),
    # https://huggingface.co/intfloat/multilingual-e5-large-instruct
    (re.compile(r"e5-.*instruct"), Prompts(f"Instruct: {_TASK}\nQuery: ", "")),
    # https://huggingface.co/intfloat/multilingual-e5-base
    (re.compile(r"(?:^|-)e5-"), Prompts("query: ", "passage: ")),
    # https://huggingface.co/Qwen/Qwen3-Embedding-0.6B; its files say the same
    (re.compile(r"qwen3-embedding"), Prompts(f"Instruct: {_TASK}\nQuery:", "")),
)  # fmt: skip
"""By a pattern in the last part of a model's name, lower case; the first that fits counts."""


def family_prompts(name_or_path: str) -> Prompts:
    """The prompts of the family a model belongs to by its name; open where it is of none that is known.

    >>> family_prompts("intfloat/multilingual-e5-base"), family_prompts("BAAI/bge-m3")
    (Prompts(question='query: ', passage='passage: '), Prompts(question=None, passage=None))
    """
    last = re.split(r"[/\\]", name_or_path.rstrip("/\\"))[-1].lower()
    return next((prompts for pattern, prompts in FAMILIES if pattern.search(last)), Prompts())
