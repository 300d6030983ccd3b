"""Clean-up notices: which texts a document says are repealed, amended or kept, one verdict for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.document import Clause, Document, Span, Status
from corpus.labels import read_label
from corpus.mentioned import Mention, listed
from corpus.repeals import said_in
from corpus.text_number import NUMBER, plain_number
from corpus.verdict import Verdict, statuses_in

__all__ = ["Verdict", "is_cleanup_notice", "verdicts"]

_TEXTS: Final = "文件|规章|法规|政策|规定|制度|办法|条例"
_NOTICE: Final = re.compile(
    rf"废止|失效|继续有效|停止执行|(?:{_TEXTS})[^，。]{{0,10}}清理|清理[^，。]{{0,12}}(?:{_TEXTS})|关于(?:修改|修订|修正)"
)
_TITLE_COLUMN: Final = re.compile(r"^(?:[\u4e00-\u9fff]{0,8}(?:名称|标题|题目)|(?:规范性)?文件)$")
_NUMBER_COLUMN: Final = re.compile(r"文号|字号|文件编号")
_RESULT_COLUMN: Final = re.compile(
    r"(?:处理|清理|审查)(?:结果|意见|情况|方式|结论)|^(?:结果|意见|有效性|状态|备注|结论)$"
)
_SENTENCE: Final = re.compile(r"[^。；\n]+")
_BREAKS: Final = frozenset({"heading", "annex", "title"})
_NO_LISTS: Final = frozenset({"head", "title", "tail"})
_NOTED: Final = ("附件说明",)
"""The path of the note that lists the annexes."""
_LONGEST_LEAD: Final = 120
"""A line that says what becomes of the texts listed below it is no longer than this, in characters (20–400)."""


def is_cleanup_notice(document: Document) -> bool:
    """Whether the document's title says that it settles which other texts hold.

    A plain document that repeals its forerunner in its last clause is none.
    """
    return _NOTICE.search(document.title) is not None


def verdicts(document: Document) -> tuple[Verdict, ...]:
    """What the document says of other texts, in its order, each once.

    A clean-up notice says it of every text it lists: in sentences, under headings (一、废止的文件), behind a line that
    ends in a colon, and in tables. Any other document says it only in sentences that repeal (《…》同时废止).
    """
    kept: dict[tuple[str, Status], Verdict] = {}
    for mention, status in _Reading(document).judged():
        key = plain_number(mention.number) if mention.number else mention.title or ""
        verdict = Verdict(mention.number, mention.title, status, Span(mention.start, mention.end))
        kept.setdefault((key, status), verdict)
    return tuple(sorted(kept.values(), key=lambda verdict: verdict.span.start))


class _Reading:
    """One pass over the clauses.

    `listing` is what becomes of the texts that are listed now, `otherwise` of those in an annex that does not say it.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.notice = is_cleanup_notice(document)
        titled = statuses_in(document.title)
        self.otherwise = next(iter(titled)) if self.notice and len(titled) == 1 else None
        self.listing: Status | None = None

    def judged(self) -> Iterator[tuple[Mention, Status]]:
        for clause in self.document.clauses:
            if clause.cells:
                yield from self._row(clause)
            else:
                yield from self._lines(clause)

    def _lines(self, clause: Clause) -> Iterator[tuple[Mention, Status]]:
        if clause.kind in _BREAKS:
            self.listing = self.otherwise if clause.kind == "annex" else None
        at = clause.start
        for line in self.document.text[clause.start : clause.end].splitlines(keepends=True):
            yield from self._line(
                line.rstrip("\n"), at, lists=clause.kind not in _NO_LISTS and clause.path != _NOTED
            )
            at += len(line)

    def _line(self, line: str, at: int, *, lists: bool) -> Iterator[tuple[Mention, Status]]:
        said = [
            (_moved(mention, at + match.start()), status)
            for match in _SENTENCE.finditer(line)
            for mention, status in said_in(match[0], of_a_notice=self.notice)
        ]
        yield from said
        if said or not (self.notice and lists):
            return
        label = read_label(line)
        start = label.end if label else len(line) - len(line.lstrip())
        entries = listed(line[start:].rstrip())
        if statuses_in(line) and not any(entry.number or line[start:].startswith("《") for entry in entries):
            entries = ()  # 继续有效的文件目录 names a list, no text
        if self.listing:
            for entry in entries:
                yield _moved(entry, at + start), self.listing
        if not entries and len(line) <= _LONGEST_LEAD:
            self._lead(line)

    def _lead(self, line: str) -> None:
        """Take in what a line says of the texts below it; of a line that says nothing of the kind, nothing changes."""
        found = statuses_in(line)
        if found:
            self.listing = next(iter(found)) if len(found) == 1 else None

    def _row(self, row: Clause) -> Iterator[tuple[Mention, Status]]:
        title = number = result = None
        for cell in row.cells:
            if _NUMBER_COLUMN.search(cell.column):
                number = number or cell
            elif _RESULT_COLUMN.search(cell.column):
                result = result or (cell if statuses_in(cell.text) else None)
            elif _TITLE_COLUMN.search("".join(cell.column.split())):
                title = title or cell
        named = title or number
        found = statuses_in(result.text) if result else frozenset()
        if named is None or not named.text.strip() or not (self.notice or found):
            return
        status = next(iter(found)) if len(found) == 1 else self.listing if not found else None
        if status is None:
            return
        words = title.text.strip().strip("《》") if title else None
        inside = NUMBER.search(number.text) if number else None
        last = number if number and number.text.strip() and number.span.end > named.span.end else named
        if inside is None and title:
            entries = listed(title.text.strip())
            words = entries[0].title if entries else words
            told = entries[0].number if entries else None
        else:
            told = inside[0] if inside else None
        yield Mention(words or None, told, named.span.start, last.span.end), status


def _moved(mention: Mention, by: int) -> Mention:
    return Mention(mention.title, mention.number, mention.start + by, mention.end + by)
