"""Which documents a question is about: by place, by number, by title, by the caller's filters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from rag.understanding.document_names import DocumentNames
from rag.understanding.place_names import PlaceNames

YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\D|$)")
SHORT_YEAR = re.compile(r"(?<!\d)(2\d)(?=年(?:底|末|前|初|上|下|的|\d{1,2}月|$))")
CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question says about where to look.

    `documents` is None for all; `placeless` are others that say no place of their own and do not speak of the asked one
    either; `unplaced` are those of them whose place may just not have been found. `places_meant` counts the places that
    were meant: a name may be that of two. `spoken_of` are provinces and cities that documents speak of and none is about.
    `spans` are the half-open stretches of the text that named any of these.
    """

    documents: frozenset[str] | None = None
    placeless: frozenset[str] = frozenset()
    unplaced: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    spoken_of: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    years: tuple[int, ...] = ()
    titled: bool = False
    places_meant: int = 0


class Register:
    """The held documents by the names people have for them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._places = PlaceNames(documents)
        self._names = DocumentNames(documents)

    @property
    def place_names(self) -> frozenset[str]:
        """All names for the places of the held documents."""
        return frozenset(self._places.names)

    def read(
        self,
        text: str,
        places: Sequence[str] = (),
        documents: Sequence[str] = (),
        withheld: frozenset[str] = frozenset(),
    ) -> Scope:
        """The scope that `text` and the caller's filters name.

        A filter narrows what the text names; a filter that no document fits leaves none in scope. `withheld` documents do
        not answer: they are in scope only where nothing else is that was named.
        """
        named, meant, spans = self._places.named(text)
        titled, title_spans = self._names.named(text, withheld)
        found, placeless = self._places.documents_of(named), frozenset[str]()
        if found is not None:
            # A document of a smaller place, or of none that it says, may be about one it mentions.
            found |= {document for place in named for document in self._places.mentioning(place)}
            # What says no place at all holds everywhere, or its place was not found.
            placeless = self._places.placeless - found
        if titled:
            found, placeless = (titled & (found or titled)) or titled, frozenset()
        unknown, spoken_of = ((), ()) if named else self._places.strange(text)
        asked = [place for name in places for place in sorted(self._places.names.get(name, ()))]
        unknown += tuple(name for name in places if name not in self._places.names)
        filters = [
            self._places.documents_of(asked) or frozenset() if places else None,
            frozenset(documents) & self._names.ids if documents else None,
        ]
        for allowed in filters:
            if allowed is not None:
                found = allowed if found is None else found & allowed
                placeless &= allowed
        if found is not None and withheld:
            found = (found - withheld) or found
            placeless -= withheld
        return Scope(
            None if found is None else frozenset(found),
            placeless,
            placeless - self._places.laws,
            tuple(dict.fromkeys((*named, *asked))),
            tuple(dict.fromkeys(unknown)),
            spoken_of,
            (*spans, *title_spans),
            years_of(text),
            bool(titled),
            meant + len(set(places)),
        )


def years_of(text: str) -> tuple[int, ...]:
    """The years a text names, in order; 24年底 is 2024.

    >>> years_of("2024年6月到26年底")
    (2024, 2026)
    """
    found = [(match.start(), int(match.group(1))) for match in YEAR.finditer(text)]
    found += [(match.start(), CENTURY + int(match.group(1))) for match in SHORT_YEAR.finditer(text)]
    return tuple(dict.fromkeys(year for _, year in sorted(found)))
