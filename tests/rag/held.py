"""Assistants over a handful of texts whose status and days are made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.library import read_document
from corpus.versions import renamed
from index.build import build
from index.encoder import BuiltinEncoder, Encoder
from index.snapshot import Snapshot
from rag.assistant import Assistant
from rag.home import Home
from rag.reading.network import Network
from rag.settings import Settings
from rag.weights import Weights

ENCODER = BuiltinEncoder()
NETWORK = Network.load(ENCODER)
"""The built-in models: tests share them, each assistant's own would be 60 MB."""
TODAY = date(2026, 1, 15)
QUESTION = "瓶改管什么时候完成"


def text_of(title: str, due: str) -> str:
    """A short text that lays down by when the gas pipes are laid."""
    return (
        f"{title}\n\n各单位：\n\n一、{due}前完成“瓶改管”改造，由县住建局牵头。\n\n"
        "二、县应急局每月检查一次燃气管道。\n"
    )


def made(document_id: str, title: str, due: str, folder: Path, **said: object) -> Document:
    """The document of that text, with what is said of it (status, since, until, date …)."""
    path = folder / f"{document_id.replace('@', '-')}.txt"
    path.write_text(text_of(title, due), encoding="utf-8")
    read = read_document(path, document_id=document_id.partition("@")[0], catalogue=Catalogue())
    return replace(renamed(read, document_id), **said)  # type: ignore[arg-type]


def holding(
    documents: Sequence[Document], home: Path, encoder: Encoder, today: Callable[[], date] = lambda: TODAY
) -> Assistant:
    """An assistant over these documents, on the day that `today` says."""
    build(home, documents, encoder)
    snapshot = Snapshot.load(home, encoder.fingerprint, encoder.dimension)
    settings = Settings(home=home)
    held = Home(home, encoder, today=today)
    return Assistant(held, snapshot, encoder, NETWORK, settings, Weights.load(), today=today)


def opened(home: Path) -> Assistant:
    """As `Assistant.open(home, empty=True)` gives it, over the models that tests share."""
    held = Home(home, ENCODER)
    snapshot = held.open_or_create(empty=True)
    return Assistant(held, snapshot, ENCODER, NETWORK, Settings(home=home), Weights.load())
