"""What a command says by the number it ends with."""

from typing import Final

OK: Final = 0
"""Done, or answered."""
FAULTY: Final = 1
"""A home with faults, or a file that somebody has to decide on."""
BAD_INPUT: Final = 2
"""Input that cannot be used."""
NOT_FOUND: Final = 3
"""No document says."""
