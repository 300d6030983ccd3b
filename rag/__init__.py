"""From a question to citations: understand, retrieve, fuse, rerank, quote, decide, answer."""

from rag.assistant import Assistant

__all__ = ["Assistant"]
