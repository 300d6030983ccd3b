"""Which documents a question is about: by place, by number, by title, by the caller's filters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document
from corpus.numerals import normalise as digits
from corpus.versions import current_id
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

KINDS = "方案|要点|通知|办法|规定|条例|意见|规划|细则|计划|决定|公告|通告|纪要|预案|标准|法|规程|规则|章程|措施|目录|指南"
KIND_END = re.compile(f"(?:{KINDS})")
BOOK_TITLE = re.compile(r"《([^《》]{2,80})》")
NUMBER = re.compile(r"[一-龥]{2,10}[〔\[(（【]?(?:19|20)\d{2}[〕\])）】]?第?\d{1,4}号")
NUMBER_MARKS = re.compile(r"[〔〕\[\]()（）【】第\s]")
SHORTEST_TITLE, LONGEST_TITLE = 4, 60
"""Characters of a title's end by which a document is named."""
SHORTEST_WHOLE_TITLE = 3
LATIN_WORD = re.compile(r"[a-z]+")
SHORTEST_SPELLING = 5
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\D|$)")
SHORT_YEAR = re.compile(r"(?<!\d)(2\d)(?=年(?:底|末|前|初|上|下|的|\d{1,2}月|$))")
CENTURY = 2000
MOST_OF_A_TITLE = 16
"""A title that so many documents share names none of them (2–100)."""
KEPT_PLACES = 1000
"""For how many places asked for last it is kept which documents speak of them (1–100,000)."""
SENTENCE_ENDS = tuple("…。！？!?；;")
ARTICLE = re.compile("第.+条(?:之.+)?")
LIGHT_PREFIX = re.compile("^中华人民共和国")


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
        self._texts = tuple(document.text for document in documents)
        self._placeless = frozenset(document.id for document in documents if not document.place)
        # A local law has its place in its title: one without holds everywhere.
        self._laws = frozenset(document.id for document in documents if _has_articles(document))
        self._by_level = tuple(
            (document.id, document.text, level(parts(document.place)[0]) if document.place else SMALLEST)
            for document in documents
        )
        self._mentioning = lru_cache(maxsize=KEPT_PLACES)(self._smaller_mentioning)
        self._all_placed = all(document.place for document in documents)
        self._ids = frozenset(document.id for document in documents)
        self._opening = min(map(len, self._ids), default=1)
        self._ids_by_opening: defaultdict[str, list[str]] = defaultdict(list)
        for identity in sorted(self._ids):
            self._ids_by_opening[identity[: self._opening]].append(identity)
        self._places: defaultdict[str, set[str]] = defaultdict(set)
        self._whole: defaultdict[str, set[str]] = defaultdict(set)
        self._above: defaultdict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._numbers: defaultdict[str, set[str]] = defaultdict(set)
        self._titles: dict[str, str | tuple[str, ...]] = {}
        for document in documents:
            self._enter(document)
        self._spelled: defaultdict[str, set[str]] = defaultdict(set)
        for name, places in self._names.items():
            if len(spell(name)) >= SHORTEST_SPELLING:
                self._spelled[spell(name)].update(places)
        ordered = sorted(self._names, key=lambda name: (-len(name), name))
        self._name_pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    @property
    def place_names(self) -> frozenset[str]:
        """All names for the places of the held documents."""
        return frozenset(self._names)

    def _enter(self, document: Document) -> None:
        if document.place:
            chain = parts(document.place)
            for at, part in enumerate(chain):
                self._above[part].update(chain[:at])
                self._places[part].add(document.id)
                for name in also_called(part):
                    self._names[name].add(part)
            self._places[document.place].add(document.id)
            self._whole[document.place].add(document.id)
            self._names[document.place] = {document.place}
        if document.number:
            self._numbers[NUMBER_MARKS.sub("", document.number)].add(document.id)
        if document.title.endswith(SENTENCE_ENDS):
            return  # It has no title, and is called by how it opens.
        bare = digits(LIGHT_PREFIX.sub("", document.title))
        for end in KIND_END.finditer(bare):
            for start in range(max(0, end.end() - LONGEST_TITLE), end.end() - SHORTEST_TITLE + 1):
                self._title(bare[start : end.end()], document.id)
        if len(bare) >= SHORTEST_WHOLE_TITLE:
            self._title(bare, document.id)

    def _title(self, words: str, document_id: str) -> None:
        held = self._titles.get(words, document_id)
        if held == document_id:
            self._titles[words] = document_id
        elif isinstance(held, str):
            self._titles[words] = held, document_id
        elif len(held) < MOST_OF_A_TITLE and document_id not in held:
            self._titles[words] = *held, document_id

    def _titled(self, words: str, withheld: frozenset[str]) -> tuple[str, ...]:
        """The one document of that title, with its older versions where they answer; none where several share it."""
        held = self._titles.get(words, ())
        if isinstance(held, str):
            return (held,)
        answering = tuple(name for name in held if name not in withheld) or held
        alike = len(held) < MOST_OF_A_TITLE and len({current_id(name) for name in answering}) == 1
        return answering if alike else ()

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
        named, meant, spans = self._named_places(text)
        titled, title_spans = self._named_documents(text, withheld)
        found, placeless = self._documents_of(named), frozenset[str]()
        if found is not None:
            # A document of a smaller place, or of none that it says, may be about one it mentions.
            found |= {document for place in named for document in self._mentioning(place)}
            # What says no place at all holds everywhere, or its place was not found.
            placeless = self._placeless - found
        if titled:
            found, placeless = (titled & (found or titled)) or titled, frozenset()
        unknown, spoken_of = ((), ()) if named else self._strange_places(text)
        asked = [place for name in places for place in sorted(self._names.get(name, ()))]
        unknown += tuple(name for name in places if name not in self._names)
        filters = [
            self._documents_of(asked) or frozenset() if places else None,
            frozenset(documents) & self._ids if documents else None,
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
            placeless - self._laws,
            tuple(dict.fromkeys((*named, *asked))),
            tuple(dict.fromkeys(unknown)),
            spoken_of,
            (*spans, *title_spans),
            years_of(text),
            bool(titled),
            meant + len(set(places)),
        )

    def _documents_of(self, places: Collection[str]) -> frozenset[str] | None:
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

    def _named_places(self, text: str) -> tuple[tuple[str, ...], int, tuple[tuple[int, int], ...]]:
        """The places that the text names, how many are meant, and where they are named."""
        named: list[set[str]] = []
        spans: list[tuple[int, int]] = []
        matches = list(self._name_pattern.finditer(text)) if self._name_pattern else []
        for match in matches:
            named.append(self._names[match.group()])
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

    def _named_documents(
        self, text: str, withheld: frozenset[str]
    ) -> tuple[frozenset[str], tuple[tuple[int, int], ...]]:
        found: set[str] = set()
        spans: list[tuple[int, int]] = []
        for match in NUMBER.finditer(text):
            bare = NUMBER_MARKS.sub("", match.group())
            held = [number for number in self._numbers if bare.endswith(number)]
            for number in held:
                found |= self._numbers[number]
                spans.append(match.span())
        books = [match.span(1) for match in BOOK_TITLE.finditer(text)]
        for end in KIND_END.finditer(text):
            # A title in 《》 is meant whole; its last words alone may be another document's.
            whole = next((start for start, close in books if start < end.end() <= close), None)
            earliest = max(0, end.end() - LONGEST_TITLE)
            starts = range(earliest, end.end() - SHORTEST_WHOLE_TITLE + 1) if whole is None else (whole,)
            for start in starts:
                titled = self._titled(text[start : end.end()], withheld)
                if titled:
                    found.update(titled)
                    spans.append((start, end.end()))
                    break
        identities = self._identities(text)
        spans += ((at, at + len(identity)) for identity, at in identities.items())
        return frozenset(found | identities.keys()), tuple(sorted(spans))

    def _identities(self, text: str) -> dict[str, int]:
        """The ids of documents that stand in the text, with where each does first."""
        found: dict[str, int] = {}
        for at in range(len(text)):
            for identity in self._ids_by_opening.get(text[at : at + self._opening], ()):
                if text.startswith(identity, at):
                    found.setdefault(identity, at)
        return found

    def _strange_places(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
            stems[-1:] if self._all_placed else [*stems, *(city for city in KNOWN if name.startswith(city))]
        )
        return any(bare in text for bare in decisive for text in self._texts)


def _has_articles(document: Document) -> bool:
    """Whether the document is written in articles (第一条 …), as laws are."""
    return any(ARTICLE.fullmatch(label) for clause in document.clauses for label in clause.labels)


def years_of(text: str) -> tuple[int, ...]:
    """The years a text names, in order; 24年底 is 2024.

    >>> years_of("2024年6月到26年底")
    (2024, 2026)
    """
    found = [(match.start(), int(match.group(1))) for match in YEAR.finditer(text)]
    found += [(match.start(), CENTURY + int(match.group(1))) for match in SHORT_YEAR.finditer(text)]
    return tuple(dict.fromkeys(year for _, year in sorted(found)))
