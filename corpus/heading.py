"""The head and tail of an official document, its fields named as GB/T 9704 names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from corpus.annexes import find_annexes, find_note, read_annex
from corpus.document import Span
from corpus.labels import read_label
from corpus.line import Lines, Part
from corpus.wording import bare, is_date, is_title, stands_in_title

HEAD_ZONE: Final = 12
"""The head stands within so many lines from the top, the enclosed plan's title within as many after it."""
SHORT: Final = 60
"""A line that names an issuer, or an untitled text's first line taken as its title, is no longer than this."""
SIGNATURES: Final = 8
"""A document is signed by so many units at most."""

_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{0,20}?(?:19|20)\d{2}年)?第\s?\d{1,5}\s?号|[\u4e00-\u9fff]{1,20}(?:[（(][\u4e00-\u9fff]{1,8}[）)])?\s?[〔［\[（(【]\s?\d{4}\s?[〕］\]）)】]\s?第?\s?\d{1,5}\s?号"
)
_SENTENCE = re.compile(r"[，。；：！？,;:]")
_NOT_ADDRESSEES = re.compile(r"如下|下列|以下|为了|根据|按照|现将|[。；]")
_NAMED = re.compile(r"《([^《》]{4,100})》|关于印发(.{4,80}?)的通知")
_AFTER_DATE = re.compile(r"[（(].{1,80}[）)]|抄送[：:].*|.{0,60}印发")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head and tail say, and the parts the lines fall into, in order and without gaps."""

    parts: tuple[Part, ...]
    fields: dict[str, Span] = field(default_factory=dict)


def read_heading(lines: Lines) -> Heading:
    """Tell head, covering notice, title, body, annex note, tail and annexes apart.

    A text without any official head has a title at most. `fields` holds spans, half-open, in characters of the
    text: "title", "number", "issuer", "date", "addressees", each only where the text states it.
    """
    return _Reading(lines).heading()


class _Reading:
    """One pass over the lines, from the top."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.count = len(lines.lines)
        self.fields: dict[str, Span] = {}

    def heading(self) -> Heading:
        head = self._head()
        official = bool(self.fields.keys() & {"issuer", "number", "addressees"})
        parts: list[Part] = []
        if head:
            parts.append(Part("head" if official else "title", 0, head, head))
        body = head
        plan = self._plan(head) if official else None
        if plan is not None:
            parts.append(Part("notice", head, plan, plan))
            parts.append(Part("title", plan, plan + 1, plan + 1))
            self._signed(head, plan)
            self.fields["title"] = self._span(plan)
            body = plan + 1
        parts.extend(self._rest(body))
        return Heading(tuple(part for part in parts if part.last > part.first), dict(self.fields))

    # -- head ----------------------------------------------------------------------------------------------

    def _head(self) -> int:
        """Read issuer mark, number, title and addressees; return the first line after them."""
        at = self._mark()
        at = self._numbered(at)
        at = self._titled(at)
        at = self._numbered(at)
        if at < self.count and "title" in self.fields and self._is_addressees(at):
            self.fields["addressees"] = Span(self._span(at).start, self._span(at).end - 1)
            at += 1
        return at

    def _mark(self) -> int:
        for index in range(min(self.count, SIGNATURES)):
            words = self.lines.words(index)
            if self.lines.lines[index].row or _SENTENCE.search(words) or len(words) > SHORT:
                return 0
            if words.endswith("文件") and len(words) > len("文件"):
                start = self._span(index).start
                self.fields["issuer"] = Span(start, start + len(words) - len("文件"))
                return index + 1
        return 0

    def _numbered(self, at: int) -> int:
        if at < self.count and "number" not in self.fields:
            found = _NUMBER.match(self.lines.words(at))
            rest = self.lines.words(at)[found.end() :].strip() if found else "…"
            if found and (not rest or rest.startswith("签发人")):
                start = self._span(at).start
                self.fields["number"] = Span(start, start + found.end())
                return at + 1
        return at

    def _titled(self, at: int) -> int:
        """The title: lines up to the first that reads as one; else a first line that is no sentence."""
        for index in range(at, min(self.count, at + HEAD_ZONE)):
            if not self._may_stand_in_title(index):
                break
            if is_title(self.lines.words(index)):
                self.fields["title"] = Span(self._span(at).start, self._span(index).end)
                return self._noted(index + 1)
        untitled = self.count > 1 and at < self.count and self._may_stand_in_title(at)
        if untitled and len(self.lines.words(at)) <= SHORT:
            self.fields["title"] = self._span(at)
            return self._noted(at + 1)
        return at

    def _may_stand_in_title(self, index: int) -> bool:
        return not self.lines.lines[index].row and stands_in_title(self.lines.words(index))

    def _noted(self, at: int) -> int:
        """A note in brackets below the title (when a law was passed and changed) goes with the title."""
        while at < self.count and not self.lines.lines[at].row:
            words = self.lines.words(at)
            if words[0] not in "（(" or words[-1] not in "）)" or read_label(words):
                break
            at += 1
        return at

    def _is_addressees(self, at: int) -> bool:
        words = self.lines.words(at)
        return (
            words[-1] in "：:" and not self.lines.lines[at].row
            and not read_label(words) and _NOT_ADDRESSEES.search(words) is None
        )  # fmt: skip

    # -- the enclosed plan -----------------------------------------------------------------------------------

    def _plan(self, head: int) -> int | None:
        """The line of the enclosed plan's title: a line the notice names in 《》, or a title after its date."""
        names = {name for index in range(head) for name in _names(self.lines.words(index))}
        for index in range(head, min(self.count, head + HEAD_ZONE)):
            words = self.lines.words(index)
            if self.lines.lines[index].row or read_label(words):
                return None
            if bare(words) in names or (index > head and self._follows_tail(index) and is_title(words)):
                return index
            names.update(_names(words))
        return None

    def _follows_tail(self, index: int) -> bool:
        above = self.lines.words(index - 1)
        return is_date(above) or (above[0] in "（(" and above[-1] in "）)")

    def _signed(self, first: int, last: int) -> int | None:
        """Record the date among lines `[first, last)`, and the issuer above it; return the first line signed."""
        for index in range(last - 1, first - 1, -1):
            words = self.lines.words(index)
            if is_date(words):
                self.fields.setdefault("date", self._span(index))
                return self._signatures(first, index)
            if not _AFTER_DATE.fullmatch(words):
                return None
        return None

    def _signatures(self, first: int, date: int) -> int:
        at = date
        while at > first and date - at < SIGNATURES and self._is_signature(at - 1):
            at -= 1
        if at < date:
            self.fields.setdefault("issuer", self._span(at))
        return at

    def _is_signature(self, index: int) -> bool:
        words = self.lines.words(index)
        line = self.lines.lines[index]
        return not (
            line.row or line.level or len(words) > SHORT or _SENTENCE.search(words)
            or words[-1] in "）)" or read_label(words) or is_title(words)
        )  # fmt: skip

    # -- body, tail, annexes ---------------------------------------------------------------------------------

    def _rest(self, body: int) -> Iterator[Part]:
        """Body, annex note and tail, in the order they stand in, then the annexes."""
        note, noted = find_note(self.lines, body)
        annexes = find_annexes(self.lines, body, note, noted)
        end = annexes[0] if annexes else self.count
        if note < noted:
            yield from self._body(body, note)
            yield Part("note", note, noted, noted)
        yield from self._body(noted, end)
        for first, last in zip(annexes, [*annexes[1:], self.count], strict=False):
            yield read_annex(self.lines, first, last)

    def _body(self, first: int, last: int) -> Iterator[Part]:
        """Lines to be outlined, and the signature, date and notes below them where there are any."""
        signed = self._signed(first, last)
        tail = last if signed is None else signed
        yield Part("body", first, tail, first)
        yield Part("tail", tail, last, last)

    def _span(self, index: int) -> Span:
        return self.lines.span(index)


def _names(words: str) -> Iterator[str]:
    return (bare(found[1] or found[2]) for found in _NAMED.finditer(words))
