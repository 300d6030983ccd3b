"""What tests of several rooms share."""

import warnings
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def library() -> Iterator[Any]:
    """sentence-transformers, imported once: it takes seconds."""
    with warnings.catch_warnings():
        # Deprecations inside torch and transformers as they are imported are not ours to mend.
        warnings.simplefilter("ignore")
        yield pytest.importorskip("sentence_transformers")
