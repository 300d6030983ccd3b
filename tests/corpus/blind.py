"""A recogniser that sees no words, for tests of what stands around the real one, whose network takes seconds a page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from corpus import scan

NOTHING = SimpleNamespace(boxes=None, txts=None, scores=None)


def see_nothing(patch: pytest.MonkeyPatch) -> None:
    """Have pages drawn and handed to a recogniser that finds nothing on any."""
    patch.setattr(scan, "_engine", lambda: lambda _image: NOTHING)
