"""The examples in docstrings do as they say."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("corpus", "index", "rag", "ui", "eval")
EXAMPLE = ">>> "


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


MODULES = sorted(
    name_of(path)
    for room in ROOMS
    for path in ROOT.joinpath(room).rglob("*.py")
    if EXAMPLE in path.read_text(encoding="utf-8")
)


def test_there_are_examples() -> None:
    assert {name.split(".")[0] for name in MODULES} == set(ROOMS)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 0
    assert result.failed == 0
