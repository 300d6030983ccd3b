"""What can go wrong between a document and its index, one small tree."""

from __future__ import annotations


class IndexingError(Exception):
    """The base of all errors of this room; its message is one line that says how to mend it."""


class IndexSettingsError(IndexingError, ValueError):
    """A setting outside its range."""


class EncoderError(IndexingError):
    """An embedding model that cannot be loaded, or vectors of it that cannot be used."""


class HomeWriteError(IndexingError):
    """A home folder that cannot be made or written."""


class HomeLockedError(IndexingError):
    """A home that another writer held for longer than there was patience."""


class SnapshotError(IndexingError):
    """A snapshot that is damaged, or was made by another format or another embedding model."""


class SnapshotMissingError(SnapshotError):
    """A home that holds no snapshot yet."""


def checked_range(name: str, value: float, low: float, high: float) -> None:
    """Refuse a setting outside `low..high` (both included). Raises IndexSettingsError."""
    if not low <= value <= high:
        raise IndexSettingsError(
            f"setting {name} must lie in {low}..{high}, got {value}; correct the setting"
        )
