"""Words read from a PDF page that still know the glyph each character was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.pdf_glyphs import Glyph
from corpus.pdf_lines import TextLine


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a page's text and, of equal length, its glyphs (None for a character put in between)."""

    text: str = ""
    glyphs: tuple[Glyph | None, ...] = ()

    @classmethod
    def of(cls, line: TextLine) -> Words:
        """A line's words."""
        return cls(line.words, line.glyphs)

    @classmethod
    def mark(cls, text: str) -> Words:
        """Characters that stand on no page."""
        return cls(text, (None,) * len(text))

    def __add__(self, other: Words) -> Words:
        return Words(self.text + other.text, self.glyphs + other.glyphs)


def parted(words: Words, more: Words, gap: str) -> Words:
    """The two with a gap between them."""
    return words + Words.mark(gap) + more


def joined(words: Words, more: Words) -> Words:
    """The words of two lines that are one in sense: Latin words stay apart, one parted by a hyphen grows together."""
    if not words.text or not more.text:
        return words + more
    before, after = words.text[-1], more.text[0]
    if before == "-" and after.islower() and after.isascii() and words.text[-2:-1].islower():
        return Words(words.text[:-1], words.glyphs[:-1]) + more
    if before.isascii() and after.isascii() and (before.isalpha() or before in ",.;:") and after.isalpha():
        return parted(words, more, " ")
    return words + more


def line_words(lines: Sequence[TextLine]) -> Words:
    """A paragraph's lines as one."""
    words = Words()
    for line in lines:
        words = joined(words, Words.of(line))
    return words
