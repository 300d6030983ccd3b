"""The places of the held documents, as questions name them, and the documents that are about each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache

from corpus.document import Document
from rag.understanding.homophones import spell
from rag.understanding.places import (
    ALSO_WORDS,
    FIRST_NAMED,
    KNOWN,
    SMALLEST,
    WITH_ENDING,
    also_called,
    level,
    parts,
    stem,
)

LATIN_WORD = re.compile(r"[a-z]+")
SHORTEST_SPELLING = 5
KEPT_PLACES = 1000
"""For how many places asked for last it is kept which documents speak of them (1–100,000)."""
ARTICLE = re.compile("第.+条(?:之.+)?")


class PlaceNames:
    """The places that documents are about, by all their names.

    `placeless` are the ids of the documents that state no place; `laws` of those written in articles: a local law has its
    place in its title, so that one without holds everywhere. `names` has the places that each name may mean.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.placeless = frozenset(document.id for document in documents if not document.place)
        self.laws = frozenset(document.id for document in documents if _has_articles(document))
        self.names: dict[str, set[str]] = defaultdict(set)
        self._texts = tuple(document.text for document in documents)
        self._by_level = tuple(
            (document.id, document.text, level(parts(document.place)[0]) if document.place else SMALLEST)
            for document in documents
        )
        self.mentioning = lru_cache(maxsize=KEPT_PLACES)(self._smaller_mentioning)
        self._places: defaultdict[str, set[str]] = defaultdict(set)
        self._whole: defaultdict[str, set[str]] = defaultdict(set)
        self._above: defaultdict[str, set[str]] = defaultdict(set)
        for document in documents:
            if document.place:
                self._enter(document.id, document.place)
        self._spelled: defaultdict[str, set[str]] = defaultdict(set)
        for name, places in self.names.items():
            if len(spell(name)) >= SHORTEST_SPELLING:
                self._spelled[spell(name)].update(places)
        ordered = sorted(self.names, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def _enter(self, document_id: str, place: str) -> None:
        chain = parts(place)
        for at, part in enumerate(chain):
            self._above[part].update(chain[:at])
            self._places[part].add(document_id)
            for name in also_called(part):
                self.names[name].add(part)
        self._places[place].add(document_id)
        self._whole[place].add(document_id)
        self.names[place] = {place}

    def documents_of(self, places: Collection[str]) -> frozenset[str] | None:
        """The ids of the documents of these places; None for no place."""
        if not places:
            return None
        found = {document for place in places for document in self._places[place]}
        # 泰州市海陵区 is asked, and a document says 海陵区 alone.
        found |= {document for place in places for document in self._whole.get(parts(place)[-1], ())}
        return frozenset(found)

    def _smaller_mentioning(self, place: str) -> frozenset[str]:
        """The documents of smaller places, or that say no place of their own, which speak of this one."""
        bare, own = stem(place), level(place)
        return frozenset(document for document, text, at in self._by_level if at > own and bare in text)

    def named(self, text: str) -> tuple[tuple[str, ...], int, tuple[tuple[int, int], ...]]:
        """The places that the text names, how many are meant, and where they are named."""
        named: list[set[str]] = []
        spans: list[tuple[int, int]] = []
        matches = list(self._pattern.finditer(text)) if self._pattern else []
        for match in matches:
            named.append(self.names[match.group()])
            spans.append(match.span())
        for word in LATIN_WORD.finditer(text.lower()):
            if word.group() in self._spelled:
                named.append(self._spelled[word.group()])
                spans.append(word.span())
        narrowest = self._narrowest([place for places in named for place in sorted(places)])
        meant: set[frozenset[str]] = set()
        for at, places in enumerate(named):
            beside = at + 1 < len(matches) and spans[at][1] == spans[at + 1][0]
            if not (beside and self._may_hold(places, named[at + 1])):
                meant.add(frozenset(places.intersection(narrowest)))
        meant.discard(frozenset())
        return tuple(dict.fromkeys(narrowest)), len(meant), tuple(spans)

    def _may_hold(self, larger: set[str], smaller: set[str]) -> bool:
        """Whether a name only says where the one right behind it is: 北京市 in 北京市东城区."""
        return any(
            level(outer) < level(inner) and (outer in self._above[inner] or not self._above[inner])
            for outer in larger
            for inner in smaller
        )

    def _narrowest(self, found: list[str]) -> list[str]:
        """The places without those that hold another one named right with them (新密市青屏街道: the latter)."""
        return [
            place
            for place in found
            if not any(self._places[other] < self._places[place] for other in found if other != place)
        ]

    def strange(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The places that `text` names and no document is about: those unheard of, and provinces and cities spoken of.

        A document that doesn't say its place may be about any place that it mentions in some part.
        """
        certain = [match.group() for match in WITH_ENDING.finditer(text) if match.group() not in ALSO_WORDS]
        found = list(certain)
        opening = FIRST_NAMED.search(text)
        if opening and not any(name in opening.group(1) or opening.group(1) in name for name in found):
            found.append(opening.group(1))
        unheard = tuple(name for name in dict.fromkeys(found) if not self._is_mentioned(name))
        return unheard, tuple(name for name in dict.fromkeys(certain) if name not in unheard)

    def _is_mentioned(self, name: str) -> bool:
        stems = [stem(part) for part in parts(name)]
        decisive = (
            stems[-1:] if not self.placeless else [*stems, *(city for city in KNOWN if name.startswith(city))]
        )
        return any(bare in text for bare in decisive for text in self._texts)


def _has_articles(document: Document) -> bool:
    """Whether the document is written in articles (第一条 …), as laws are."""
    return any(ARTICLE.fullmatch(label) for clause in document.clauses for label in clause.labels)
