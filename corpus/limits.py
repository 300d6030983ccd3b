"""How much one source file may take: bytes, characters, time, memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MIB: Final = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take at most; a file that needs more is refused."""

    file_mib: int = 256
    """A file's length, in MiB (1–4,096); a scanned text of 1,600 pages has some 100."""
    text_mib: int = 32
    """The length of a file that is text alone (.txt, .md, .html), in MiB (1–512)."""
    characters: int = 8_000_000
    """The text read from a file, in characters (100,000–100,000,000); 1,600 printed pages have some 1,500,000."""
    seconds: float = 180
    """Processor time for a file of no length (1–3,600): how busy the machine is otherwise does not count."""
    seconds_per_mib: float = 20
    """Processor time added for each MiB of the file (0–60)."""
    most_seconds: float = 3600
    """Processor time for a file of any length (1–86,400)."""
    patience: float = 5
    """Wall time is so many times the processor time (1–100); where the platform cannot limit that, it holds alone."""
    memory_mib: int = 2048
    """Address space of a reader process, in MiB (512–65,536), where the platform can limit it.

    Python with the libraries that read PDFs and workbooks maps some 150 before it reads anything.
    """

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) <= 0 and name != "seconds_per_mib":
                raise ValueError(f"limit {name} is {getattr(self, name)}; give a number above 0")

    def seconds_for(self, size: int) -> float:
        """Processor time for a file of `size` bytes.

        >>> Limits().seconds_for(3 * MIB)
        240.0
        """
        return min(self.seconds + self.seconds_per_mib * size / MIB, self.most_seconds)


LIMITS: Final = Limits()
"""The limits where nobody gave others."""
