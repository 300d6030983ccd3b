"""The usual recipe: text windows of a fixed length, cut at separators, and BM25 over Chinese words."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import bm25s
import jieba
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.corpora.corpus import SourceText
from eval.gold import GoldQuestion
from eval.peers.ranking import asked, best
from eval.response import Response, Shown

WINDOW_CHARACTERS = 300
OVERLAP_CHARACTERS = 50


class Usual:
    """RecursiveCharacterTextSplitter with its own separators, over the source texts as they come."""

    name = "usual recipe"

    def __init__(self, texts: Iterable[SourceText]) -> None:
        """Cut and index the source texts."""
        jieba.setLogLevel(logging.WARNING)
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=WINDOW_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS
        )
        self._shown = [
            Shown(source.document_id, window, clause_id=source.clause_id)
            for source in texts
            for window in splitter.split_text(source.text)
        ]
        self._index = bm25s.BM25()
        self._index.index([_words(shown.text) for shown in self._shown], show_progress=False)

    def respond(self, question: GoldQuestion) -> Response:
        """The best windows."""
        return best(self._index.get_scores(_words(asked(question))), self._shown)


def _words(text: str) -> list[str]:
    return [word for word in jieba.lcut(text.lower()) if word.strip()]
