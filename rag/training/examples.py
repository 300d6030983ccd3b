"""Questions with known answers, read from the files people write them in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.document import Clause, Document, SourceMap
from index.training.data import is_apart

FOLDS = 5
"""Into how many parts questions are cut, each left out once (2–20)."""

LEAST_CONTAINED = 12
"""A text that is only a part of the gold words counts from so many characters on (1–100)."""
SPARE_CHARACTERS = 8
SPARE_SHARE = 0.5
"""A marked span may have this many characters more than the asked words, or this share of them (0–20, 0–1)."""

_WIDEN = str.maketrans("(),;:[]", "（），；：〔〕")
_TITLE = "标题"


@dataclass(frozen=True, slots=True)
class Example:
    """A question and what answers it.

    `golds` are (document, words) pairs, the words without white space; a document is named by its id, or by the part
    of it before a "-".
    None means that no document answers. `spans` are the words that should be marked, any of them.
    """

    question: str
    context: str | None
    golds: tuple[tuple[str, str], ...]
    spans: tuple[str, ...]

    @property
    def fold(self) -> int:
        """The part, 0 to `FOLDS` - 1, that the question is left out with; by a hash of its words, so that it stays."""
        words = f"{self.context or ''}\n{self.question}"
        return sha256(words.encode()).digest()[0] % FOLDS

    @property
    def answerable(self) -> bool:
        """Whether any document answers."""
        return bool(self.golds)

    def right(self, document_id: str, text: str) -> bool:
        """Whether `text` of that document holds one of the golds, white space aside and brackets widened.

        A text of `LEAST_CONTAINED` characters or more that is a part of a gold is right as well.
        """
        bare = squeezed(text)
        return any(
            words in bare or (len(bare) >= LEAST_CONTAINED and bare in words)
            for name, words in self.golds
            if document_id == name or document_id.startswith(f"{name}-")
        )


def squeezed(text: str) -> str:
    """The text without white space, half-width punctuation widened.

    >>> squeezed("(一) 2024 年")
    '（一）2024年'
    """
    return widened("".join(text.split()))


def widened(text: str) -> str:
    """The text with its punctuation full-width, character for character.

    >>> widened("(一)")
    '（一）'
    """
    return text.translate(_WIDEN)


def read_gold(path: Path, *, part: str | None) -> tuple[Example, ...]:
    """Questions over shipped documents, one JSON object a line; `part` keeps only those marked as of that part."""
    return tuple(
        Example(
            record["question"],
            record.get("context"),
            tuple((gold["doc"], squeezed(gold["quote"])) for gold in record["gold"]),
            tuple(map(squeezed, record["span"])),
        )
        for record in _records(path)
        if part is None or record.get("part") == part
    )


def read_questions(path: Path) -> tuple[Example, ...]:
    """Questions over clauses of local regulations: `{question, law, article, text, span}`, law null when none answers."""
    return tuple(
        Example(
            record["question"],
            None,
            ((document_id(record["law"]), squeezed(record["text"])),) if record["law"] else (),
            (squeezed(record["span"]),) if record["span"] else (),
        )
        for record in _records(path)
    )


def fits(words: str, asked: str) -> bool:
    """Whether `words` are those asked for, or hold them with little around; both without white space.

    >>> fits("到2024年底前", "2024年底前"), fits("2024", "2024年底前")
    (True, False)
    """
    return asked in words and len(words) - len(asked) <= max(SPARE_CHARACTERS, SPARE_SHARE * len(asked))


def regulations(questions: Path, laws: Iterable[dict[str, str]], *, keep: int) -> tuple[Document, ...]:
    """At most `keep` of the regulations that questions are asked of, one clause an article.

    Only those kept apart when the built-in model was trained: on the others its vectors know the answers.
    """
    asked: dict[str, dict[str, str]] = {}
    for record in _records(questions):
        if record["law"] and is_apart(record["law"]):
            asked.setdefault(record["law"], {})[record["article"] or record["text"][:20]] = record["text"]
    kept = sorted(asked, key=document_id)[:keep]
    articles = {law: dict[str, str]() for law in kept}
    for record in laws:
        if record["law"] in articles:
            articles[record["law"]][record["article"]] = record["text"]
    return tuple(_document(law, {**articles[law], **asked[law]}) for law in kept)


def document_id(law: str) -> str:
    """A regulation's id, which begins with a hash so that sorting by it shuffles."""
    return f"{sha256(law.encode()).hexdigest()[:8]}-{law}"


def _document(law: str, articles: dict[str, str]) -> Document:
    text = law
    clauses = [Clause(f"{document_id(law)}#{_TITLE}", "title", (law,), (_TITLE,), 0, len(law))]
    for article, words in articles.items():
        start = len(text) + 1
        text = f"{text}\n{words.strip()}"
        clauses.append(
            Clause(f"{document_id(law)}#{article}", "item", (article,), (article,), start, len(text))
        )
    whole = SourceMap((0,), (0,), (len(text),))
    place = law[: max((law.find(mark) + 1 for mark in "省市县区" if mark in law), default=0)] or None
    return Document(document_id(law), law, text, tuple(clauses), whole, f"{law}.txt", "", place=place)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
