"""Single articles of law, which enter as documents that are cut already: one clause an article."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Clause, Document, SourceMap
from corpus.place import read_place
from eval.corpora.corpus import SourceText
from eval.corpora.files import xz_records
from eval.gold import GoldError
from index.build import build
from index.encoder import Encoder

TITLE = "标题"
_NAME = re.compile(
    r"(?P<law>.+?)(?P<label>第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)"
)


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of an xz-compressed file of `{"id", "name", "content"}`, grouped by law."""

    path: Path

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The one file."""
        return (self.path,)

    def make(self, home: Path, encoder: Encoder) -> float:
        """Index the articles; the seconds are of indexing."""
        held = documents(xz_records(self.path))
        home.mkdir(parents=True)
        started = time.perf_counter()
        build(home, held, encoder)
        return time.perf_counter() - started

    def texts(self, home: Path) -> tuple[SourceText, ...]:
        """Each article with its name; the home is not asked."""
        return tuple(
            SourceText(law, f"{law}{label}\n{words}", _clause_id(law, number))
            for number, law, label, words in map(_parts, xz_records(self.path))
        )


def documents(records: Iterable[dict[str, str]]) -> tuple[Document, ...]:
    """One document a law, its id the law's name; a clause's id ends with the article's number in the collection.

    Raises GoldError for a record that names no article.
    """
    laws: dict[str, list[tuple[str, str, str]]] = {}
    for number, law, label, words in map(_parts, records):
        laws.setdefault(law, []).append((number, label, words))
    return tuple(_document(law, articles) for law, articles in laws.items())


def _document(law: str, articles: Iterable[tuple[str, str, str]]) -> Document:
    texts, end = [law], len(law)
    clauses = [Clause(_clause_id(law, TITLE), "title", (law,), (TITLE,), 0, end)]
    for number, label, words in articles:
        start, end = end + 1, end + 1 + len(words)
        texts.append(words)
        clauses.append(Clause(_clause_id(law, number), "item", (label,), (label,), start, end))
    whole = SourceMap((0,), (0,), (end,))
    return Document(law, law, "\n".join(texts), tuple(clauses), whole, law, "", place=read_place(law))


def _clause_id(law: str, key: str) -> str:
    return f"{law}#{key}"


def _parts(record: dict[str, str]) -> tuple[str, str, str, str]:
    """Number in the collection, law, label and words of an article."""
    try:
        name = _NAME.fullmatch(record["name"])
        if name is None:
            raise ValueError(record["name"])
        return record["id"], name["law"], name["label"], record["content"].strip()
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError(
            f"not an article: {error!r}; expected id, content, and a name like 电力法第五十九条"
        ) from error
