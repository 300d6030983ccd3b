"""Files made wrong at random: each is a document whose clauses tile its text, or refused in one line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue
from corpus.document import Document, Span
from corpus.errors import CorpusError
from corpus.flaws import flaws
from corpus.library import read_document
from tests.corpus.mutations import mutated
from tests.corpus.seeds import SEEDS
from tests.corpus.test_invariants import assert_tiled

pytestmark = pytest.mark.usefixtures("blind")


def outcome(content: bytes, name: str, folder: Path) -> Document | CorpusError:
    """What reading gives; fails for anything but a whole document and an error of one line."""
    path = folder / name
    path.write_bytes(content)
    try:
        document = read_document(path, catalogue=Catalogue())
    except CorpusError as error:
        return _checked(error, name)
    assert_tiled(document)
    document.text.encode()
    for clause in document.clauses:
        assert len(document.source_map.source_span(clause.span)) > 0
    for span in document.fields.values():
        assert span in Span(0, len(document.text))
    flaws(document)
    return document


def _checked(error: CorpusError, name: str) -> CorpusError:
    assert "\n" not in str(error)
    assert str(error).startswith(name)
    return error


@pytest.mark.parametrize("name", SEEDS)
def test_an_honest_file_is_read(name: str, tmp_path: Path) -> None:
    assert isinstance(outcome(SEEDS[name], name, tmp_path), Document)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(name=st.sampled_from(sorted(SEEDS)), seed=st.integers(0, 2**32 - 1))
def test_a_file_made_wrong_is_read_or_refused(name: str, seed: int, tmp_path: Path) -> None:
    outcome(mutated(SEEDS[name], random.Random(seed)), name, tmp_path)
