"""The names that others may rely on, room by room."""

import importlib
from inspect import signature

import pytest

from rag import Assistant

EXPORTED: dict[str, list[str]] = {
    "rag": ["Assistant"],
    "rag.understanding": ["Glossary", "QuestionReader"],
}
ROOMS = ("corpus", "index", "rag", "ui", "eval")


@pytest.mark.parametrize("package", [*ROOMS, *sorted(set(EXPORTED) - set(ROOMS))])
def test_what_a_package_exports(package: str) -> None:
    found = importlib.import_module(package)
    assert sorted(getattr(found, "__all__", [])) == EXPORTED.get(package, [])
    for name in EXPORTED.get(package, []):
        assert getattr(found, name).__name__ == name


def test_the_signature_that_programs_are_written_against() -> None:
    assert list(signature(Assistant.ask).parameters) == [
        "self", "question", "top_k", "places", "documents", "context", "duties", "as_of", "include_withdrawn",
    ]  # fmt: skip
    assert signature(Assistant.ask).parameters["top_k"].default == 5
    assert signature(Assistant.open).parameters["home"].default is None
