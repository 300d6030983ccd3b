"""What can go wrong with a source file; every message is one line and says how to mend it."""

from __future__ import annotations


class CorpusError(Exception):
    """A document cannot be read or held."""


class UnreadableError(CorpusError):
    """The file's bytes are not what its name promises."""


class UnsupportedFormatError(CorpusError):
    """No reader knows the file's format."""


class HeldError(CorpusError):
    """The library already holds a document of that id, or holds none of it."""


class CatalogueError(CorpusError):
    """The catalogue says something it cannot say."""
