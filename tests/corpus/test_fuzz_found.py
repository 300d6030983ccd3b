"""What files made wrong at random have found: each must be read whole, or refused in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.layout import repair
from tests.corpus.test_fuzz import outcome


@pytest.mark.parametrize("line", ["|甲\t乙", "|甲|\t乙", "甲\t|乙|", "|\t|", "|\t", "\t|", "||"])
def test_a_row_of_cells_in_which_pipes_stand(line: str, tmp_path: Path) -> None:
    assert isinstance(outcome(line.encode(), "a.txt", tmp_path), Document)
    assert re.findall(r"\w", repair(line).text) == re.findall(r"\w", line)
