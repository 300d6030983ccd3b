"""What is read of a process, and what is said when a program does not run."""

from __future__ import annotations

import os
import sys

import pytest

from eval.server import BenchError, resident_megabytes, yiju


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_resident_memory_is_that_of_the_process() -> None:
    assert 5 < resident_megabytes(os.getpid()) < 20_000


def test_a_process_that_is_gone_is_told_in_one_line() -> None:
    with pytest.raises(BenchError, match=r"^/proc/999999999/status cannot be read"):
        resident_megabytes(999_999_999)


def test_the_command_is_the_one_beside_this_python() -> None:
    assert yiju("ask", "?")[1:] == ["ask", "?"]
    assert os.path.dirname(yiju()[0]) == os.path.dirname(sys.executable)
