"""What a reader makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Flaw


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a source file, lines as they stand, and what looked wrong in it.

    A table row is a line whose cells are parted by tabs, `#` marks before a line are its level as a heading, and a form
    feed ends every page but the last where the format has pages.
    """

    text: str
    flaws: tuple[Flaw, ...] = ()
