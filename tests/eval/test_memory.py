"""What is read of a process."""

from __future__ import annotations

import os
import sys

import pytest

from eval.memory import PEAK, RESIDENT, MemoryUnknownError, megabytes, peak_megabytes


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_resident_memory_is_that_of_the_process_and_no_more_than_its_peak() -> None:
    assert 5 < megabytes(os.getpid(), RESIDENT) < 20_000
    assert megabytes("self", RESIDENT) <= megabytes("self", PEAK) + 1
    assert peak_megabytes() == pytest.approx(megabytes("self", PEAK), rel=0.1)


def test_a_process_that_is_gone_is_told_in_one_line() -> None:
    with pytest.raises(MemoryUnknownError, match=r"^/proc/999999999/status cannot be read"):
        megabytes(999999999, RESIDENT)
