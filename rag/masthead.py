"""Questions about a document itself (its number, date, issuer, addressees) are answered by its head."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.document import Document
from index.terms import normalised, terms
from rag.answer import HighlightKind
from rag.candidate import HeadField
from rag.question import Question, Want

_FIELDS: dict[Want, tuple[str, HighlightKind]] = {
    "number": ("number", "number"),
    "date": ("date", "deadline"),
    "issuer": ("issuer", "text"),
    "addressees": ("addressees", "text"),
    "title": ("title", "text"),
}
# What people call a document when they ask about it rather than about something in it.
_CALLED = (
    "这那个份该本此文件方案通知要点计划意见办法规定红头"
    "实施工作行动安全生产治本攻坚三年县市街道区政府安委会安全生产委员会"
    "文号编号几是多少成文日期印发布时间哪天年月发文机关单位主送给谁"
)
_CALLED_IN_ENGLISH = frozenset(
    (
        "the",
        "this",
        "that",
        "it",
        "its",
        "of",
        "document",
        "file",
        "paper",
        "notice",
        "circular",
        "official",
        "text",
    )
)
_LATIN = re.compile(r"[a-z]+")


def asks_for_head(question: Question, documents: Iterable[Document], *, strangers: float) -> bool:
    """Whether the question is about a document itself: its words are those of a title, or of documents in general.

    `strangers` is the greatest share, 0–1, of the asked object's words that may be neither.
    """
    if not question.wants or question.wants[0] not in _FIELDS:
        return False
    asked = {term for term in terms(question.focus) if len(term) > 1}
    if not asked:
        return True
    known = normalised(_CALLED) + "".join(normalised(document.title) for document in documents)

    def familiar(words: str) -> bool:
        return all(character in known for character in normalised(words))

    # English words are those of a title where the official words for them are.
    meant = {
        word
        for phrase, official in question.expansions.items()
        if any(map(familiar, official))
        for word in _LATIN.findall(phrase)
    }
    english = meant | _CALLED_IN_ENGLISH
    return sum(term not in english and not familiar(term) for term in asked) <= strangers * len(asked)


def head_fields(question: Question, documents: Iterable[Document]) -> tuple[HeadField, ...]:
    """The asked field of each document in scope that states it; those whose title shares most with the question first."""
    name, kind = _FIELDS[question.wants[0]]
    asked = {term for term in terms(question.focus) if len(term) > 1}
    in_scope = [
        document for document in documents if question.documents is None or document.id in question.documents
    ]

    def shared(document: Document) -> int:
        return len(asked & set(terms(document.title)))

    stated = [document for document in in_scope if name in document.fields]
    best = max(map(shared, in_scope), default=0)
    return tuple(
        HeadField(document, document.fields[name], kind)
        for document in sorted(stated, key=lambda document: -shared(document))
        if not asked or shared(document) * 2 >= best
    )
