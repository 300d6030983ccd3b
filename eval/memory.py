"""How much memory a process takes, as Linux tells it."""

from __future__ import annotations

from pathlib import Path

KILOBYTE_OF_PROC = 1024
"""/proc counts memory in kB of 1,024 bytes."""
MEGABYTE = 1e6
RESIDENT, PEAK = "VmRSS", "VmHWM"


class MemoryUnknownError(RuntimeError):
    """A process whose memory cannot be told."""


def megabytes(process: int | str, field: str) -> float:
    """Memory of a process in MB of 10⁶ bytes: `RESIDENT` now, or at its `PEAK` so far.

    Raises MemoryUnknownError where /proc does not tell.
    """
    path = Path(f"/proc/{process}/status")
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise MemoryUnknownError(
            f"{path} cannot be read ({error.strerror}); memory is measured on Linux"
        ) from error
    for line in lines:
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * KILOBYTE_OF_PROC / MEGABYTE
    raise MemoryUnknownError(f"process {process} has ended; run it by hand to see why")


def peak_megabytes() -> float | None:
    """The most memory that this process ever took, in MB; None where nobody tells."""
    try:
        return round(megabytes("self", PEAK), 1)
    except MemoryUnknownError:
        return None
