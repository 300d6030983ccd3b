"""What tests of several readers share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.corpus.blind import see_nothing


@pytest.fixture(scope="module")
def blind() -> Iterator[None]:
    """No page is recognised while the tests of a module run."""
    with pytest.MonkeyPatch.context() as patch:
        see_nothing(patch)
        yield
