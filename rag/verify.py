"""Where does this exact text stand, or nowhere: a quotation checked against every held document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.document import Clause, Document


@dataclass(frozen=True, slots=True)
class Found:
    """One place of the text: `document.text[start:end]`, which begins in `clause`."""

    document: Document
    clause: Clause
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Bare:
    """A document's text without white space, and each character's offset in `document.text`."""

    document: Document
    text: str
    offsets: tuple[int, ...]


class Verifier:
    """Looks for quotations, white space aside and nothing else; documents are prepared when first asked."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)
        self._bare: tuple[_Bare, ...] | None = None

    def find(self, quote: str) -> tuple[Found, ...]:
        """Every place of `quote` in every document, in order; empty when it stands nowhere or holds no character."""
        wanted = "".join(quote.split())
        return tuple(self._places(wanted)) if wanted else ()

    def _places(self, wanted: str) -> Iterator[Found]:
        if self._bare is None:
            self._bare = tuple(map(_strip, self._documents))
        for bare in self._bare:
            at = bare.text.find(wanted)
            while at >= 0:
                start, end = bare.offsets[at], bare.offsets[at + len(wanted) - 1] + 1
                yield Found(bare.document, bare.document.clause_at(start), start, end)
                at = bare.text.find(wanted, at + 1)


def _strip(document: Document) -> _Bare:
    kept = [(character, at) for at, character in enumerate(document.text) if not character.isspace()]
    return _Bare(document, "".join(character for character, _ in kept), tuple(at for _, at in kept))
