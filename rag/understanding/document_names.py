"""The held documents by their numbers, titles and ids, as questions name them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.document import Document
from corpus.numerals import normalise as digits
from corpus.versions import current_id

KINDS = "方案|要点|通知|办法|规定|条例|意见|规划|细则|计划|决定|公告|通告|纪要|预案|标准|法|规程|规则|章程|措施|目录|指南"
KIND_END = re.compile(f"(?:{KINDS})")
BOOK_TITLE = re.compile(r"《([^《》]{2,80})》")
NUMBER = re.compile(r"[一-龥]{2,10}[〔\[(（【]?(?:19|20)\d{2}[〕\])）】]?第?\d{1,4}号")
NUMBER_MARKS = re.compile(r"[〔〕\[\]()（）【】第\s]")
SHORTEST_TITLE, LONGEST_TITLE = 4, 60
"""Characters of a title's end by which a document is named."""
SHORTEST_WHOLE_TITLE = 3
MOST_OF_A_TITLE = 16
"""A title that so many documents share names none of them (2–100)."""
SENTENCE_ENDS = tuple("…。！？!?；;")
LIGHT_PREFIX = re.compile("^中华人民共和国")


class DocumentNames:
    """The documents that a text names by number, title or id."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.ids = frozenset(document.id for document in documents)
        self._opening = min(map(len, self.ids), default=1)
        self._ids_by_opening: defaultdict[str, list[str]] = defaultdict(list)
        for identity in sorted(self.ids):
            self._ids_by_opening[identity[: self._opening]].append(identity)
        self._numbers: defaultdict[str, set[str]] = defaultdict(set)
        self._titles: dict[str, str | tuple[str, ...]] = {}
        for document in documents:
            self._enter(document)

    def _enter(self, document: Document) -> None:
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

    def named(
        self, text: str, withheld: frozenset[str] = frozenset()
    ) -> tuple[frozenset[str], tuple[tuple[int, int], ...]]:
        """The ids of the documents that `text` names, and the half-open stretches that name them, in order.

        Of several of one title the one that answers is meant: `withheld` are those that do not.
        """
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
