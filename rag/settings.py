"""Every number and path that steers an answer, read once and refused early."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from index.encoder import BuiltinEncoder, SentenceTransformerEncoder, load_encoder
from index.prompts import Prompts

DEFAULT_HOME = ".yiju"
SHORTEST_KEY = 16
"""Characters of the key of those who may change documents, at least (8–256); they are letters, digits and signs of ASCII."""


def _between(low: float, high: float, value: float, name: str) -> None:
    if not low <= value <= high:
        raise ValueError(f"setting {name} must lie in {low}..{high}, got {value}")


def _check_key(key: str) -> None:
    """Refuse a key that is too short or cannot stand in a header; the message never shows it. Raises ValueError."""
    if key and not (len(key) >= SHORTEST_KEY and key.isascii() and key.isprintable() and " " not in key):
        raise ValueError(
            f"YIJU_ADMIN_KEY must have {SHORTEST_KEY} or more letters, digits and signs of ASCII without spaces, "
            f"got {len(key)} characters"
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings; each field's range stands in `RANGES`.

    `model` is "builtin", a hub name or a local folder; `question_prompt`, `passage_prompt` and `dimension` (how many
    leading numbers of its vectors are kept) are for models that want them. `cross_encoder` names what puts the first
    `crossed` candidates in order, "" for none. Weights are factors on BM25 term weights (1 = as typed).
    Citations of a probability from `shown_from`, and from `shown_to_best` of the best's, are shown; while all of them are
    wrong with more than the probability `shown_until`, those from `shown_if_wanting` as well. Words are
    marked in those from `marked_from`.
    `unplaced_factor` is what the scores of a document that states no place count where one is asked.
    Who knows `admin_key` may change documents; it is shown nowhere. "" leaves that to the machine the server runs on.
    """

    home: Path = Path(DEFAULT_HOME)
    model: str = "builtin"
    question_prompt: str | None = None
    passage_prompt: str | None = None
    dimension: int | None = None
    cross_encoder: str = ""
    crossed: int = 10
    glossary: Path | None = None
    question_limit: int = 2000
    top_k_limit: int = 100
    lexical_candidates: int = 40
    dense_candidates: int = 24
    reranked: int = 24
    fused_to_best: float = 0.3
    read: int = 5
    read_within: float = 2.0
    kept_open: int = 2000
    kept_read: int = 600
    focus_weight: float = 1.0
    aside_weight: float = 0.25
    expansion_weight: float = 0.3
    near_weight: float = 0.2
    carried_weight: float = 0.35
    phrased_weight: float = 0.5
    dense_weight: float = 0.2
    unplaced_factor: float = 0.5
    shown_from: float = 0.04
    shown_to_best: float = 0.15
    shown_until: float = 0.1
    shown_if_wanting: float = 0.02
    marked_from: float = 0.05
    shown_when_comparing: float = 0.01
    same_document_damping: float = 0.8
    across_damping: float = 0.02
    nearest: int = 3
    stands_from: float = 0.5
    head_strangers: float = 0.34
    head_confidence: float = 0.95
    list_confidence: float = 0.95
    admin_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        for each in fields(self):
            if each.name in RANGES and getattr(self, each.name) is not None:
                _between(*RANGES[each.name], getattr(self, each.name), each.name)
        _check_key(self.admin_key)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], home: str | Path | None = None) -> Settings:
        """Settings with those taken from `environment` that are set there.

        These are `YIJU_HOME`, `YIJU_MODEL`, `YIJU_QUESTION_PROMPT`, `YIJU_PASSAGE_PROMPT`, `YIJU_DIMENSION`,
        `YIJU_CROSS_ENCODER`, `YIJU_GLOSSARY` and `YIJU_ADMIN_KEY`. Raises ValueError for a dimension that is no number
        and for a key that is too short.
        """
        glossary = environment.get("YIJU_GLOSSARY")
        dimension = environment.get("YIJU_DIMENSION")
        if dimension and not dimension.isdecimal():
            raise ValueError(f"YIJU_DIMENSION must be a whole number such as 256, got {dimension!r}")
        return cls(
            home=Path(home or environment.get("YIJU_HOME") or DEFAULT_HOME),
            model=environment.get("YIJU_MODEL") or "builtin",
            question_prompt=environment.get("YIJU_QUESTION_PROMPT"),
            passage_prompt=environment.get("YIJU_PASSAGE_PROMPT"),
            dimension=int(dimension) if dimension else None,
            cross_encoder=environment.get("YIJU_CROSS_ENCODER") or "",
            glossary=Path(glossary) if glossary else None,
            admin_key=environment.get("YIJU_ADMIN_KEY") or "",
        )

    def encoder(self) -> BuiltinEncoder | SentenceTransformerEncoder:
        """The encoder that is set. Raises EncoderError in one line that says how to mend it."""
        return load_encoder(self.model, Prompts(self.question_prompt, self.passage_prompt), self.dimension)


RANGES: dict[str, tuple[float, float]] = {
    "question_limit": (1, 10_000),
    "top_k_limit": (1, 1000),
    "dimension": (1, 100_000),
    "crossed": (1, 100),
    "lexical_candidates": (1, 1000),
    "dense_candidates": (0, 1000),
    "reranked": (1, 500),
    "fused_to_best": (0, 1),
    "read": (1, 50),
    "read_within": (0, 100),
    "kept_open": (1, 1_000_000),
    "kept_read": (1, 1_000_000),
    "focus_weight": (0, 10),
    "aside_weight": (0, 10),
    "expansion_weight": (0, 10),
    "near_weight": (0, 10),
    "carried_weight": (0, 10),
    "phrased_weight": (0, 10),
    "dense_weight": (0, 10),
    "unplaced_factor": (0, 1),
    "shown_from": (0, 1),
    "shown_to_best": (0, 1),
    "shown_until": (0, 1),
    "shown_if_wanting": (0, 1),
    "marked_from": (0, 1),
    "shown_when_comparing": (0, 1),
    "same_document_damping": (0, 1),
    "across_damping": (0, 1),
    "nearest": (0, 20),
    "stands_from": (0, 1),
    "head_strangers": (0, 1),
    "head_confidence": (0, 1),
    "list_confidence": (0, 1),
}
