"""What a reader makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.document import Flaw

GOES_ON: Final = "\u2060"
"""Before a line: it goes on with the last line of the page before, whatever its words look like (a word joiner)."""
IN_MARGIN: Final = "\u2063"
"""Before a line: it stands in the page's margin, a running head or a page number (an invisible separator)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a source file, lines as they stand, and what looked wrong in it.

    A table row is a line whose cells are parted by tabs, `#` marks before a line are its level as a heading, and a form
    feed ends every page but the last where the format has pages. A reader that sees the page marks lines with `GOES_ON`
    and `IN_MARGIN`.
    """

    text: str
    flaws: tuple[Flaw, ...] = ()
