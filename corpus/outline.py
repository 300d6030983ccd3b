"""The body of a document becomes a tree of clauses, by its labels."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from corpus.document import ClauseKind
from corpus.labels import ARTICLE, FORMS, Label, LabelSequence, read_label
from corpus.line import Lines
from corpus.tree import Draft
from corpus.wording import is_terminated

RUN_IN_HEADING: Final = 40
"""A run-in heading is no longer than this, in characters, label aside."""
SURE_HEADING: Final = 16
"""A first sentence no longer than this and without a comma is a heading whatever the clauses beside it do."""
WHOLE_HEADING: Final = 60
"""A heading that is a line of its own is no longer than this."""
MARKED_HEADING: Final = 40
"""A heading known by Markdown marks alone is no longer than this."""
GAP: Final = 5
"""A label may skip so many numbers and still be one (a number left out or written twice), no more."""

_CROSS_REFERENCE = re.compile(r"[的所和与至或、，；。）)》”]|规定|第.{1,6}[款项]|之规定|中|以及")
_FIRST_SENTENCE = re.compile(r"[^。]*。")
_COMMA = re.compile(r"[，；：！？,;:]")
_MARKED_RANK: Final = ARTICLE + 0.5
_SECTION: Final = FORMS.index("（一）")


@dataclass(slots=True)
class _Node:
    """A clause as it grows: its first and last line, and how it was labelled."""

    kind: ClauseKind
    first: int
    last: int
    rank: float
    label: Label | None = None
    above: int | None = None
    key: str = ""
    name: str = ""
    children: int = 0
    paragraphs: int = 0


def outline(lines: Lines, first: int, last: int, lead: str = "正文") -> list[Draft]:
    """Cut lines `[first, last)` into clauses.

    Labels open clauses; a paragraph without one belongs to the clause above it, or is a clause of its own below a
    bare heading (`一/段1`) and before the first label (`引言/段1`, or `lead` where nothing is labelled). A statute
    article is one clause whatever is numbered inside it. A block of table rows is one draft of kind "row".
    """
    return _Outline(lines, first, last, lead).drafts()


class _Outline:
    def __init__(self, lines: Lines, first: int, last: int, lead: str) -> None:
        self.lines, self.first, self.last = lines, first, last
        self.numbering = LabelSequence()
        self.nodes: list[_Node] = []
        self.stack: list[int] = []
        self.opening = 0
        self.lead = lead
        self.tables: dict[int | None, int] = defaultdict(int)

    def drafts(self) -> list[Draft]:
        index = self.first
        while index < self.last:
            index = self._take(index)
        if any(node.label for node in self.nodes):
            self.lead = "引言"
        run_in = self._run_in_groups()
        return [self._draft(at, node, run_in) for at, node in enumerate(self.nodes)]

    # -- lines into nodes ------------------------------------------------------------------------------------

    def _take(self, index: int) -> int:
        """Place one line (or a block of rows, or a table of contents); return the next index."""
        line, words = self.lines.lines[index], self.lines.words(index)
        if line.row:
            return self._take_table(index)
        if words.replace(" ", "").replace("\u3000", "") == "目录":
            return self._take_contents(index)
        label = self._label(index)
        if label is not None:
            self._open(_Node("item", index, index + 1, label.rank, label, key=label.key, name=label.text))
            self.numbering.take(label)
        elif line.level and len(words) <= MARKED_HEADING and not is_terminated(words):
            self._open(_Node("heading", index, index + 1, _MARKED_RANK, key=words, name=words))
        else:
            self._take_paragraph(index)
        return index + 1

    def _label(self, index: int) -> Label | None:
        """The label that opens a clause at this line, if its shape, its place and its number say so."""
        words = self.lines.words(index)
        label = read_label(words)
        if label is None:
            return None
        if label.form == "条":
            if not label.spaced and _CROSS_REFERENCE.match(words, label.end):
                return None
        elif label.rank < ARTICLE:
            if len(words) > WHOLE_HEADING or is_terminated(words):
                return None
        elif self.stack and self._article_open():
            return None
        if self.numbering.expects(label):
            return label
        ended = (
            index == self.first
            or self.lines.lines[index - 1].row
            or is_terminated(self.lines.words(index - 1))
        )
        bracketed = index > self.first and self.lines.words(index - 1)[-1] in "）)〕］]"
        heading_above = bool(self.nodes) and self.nodes[-1].last == index and self._is_bare(self.nodes[-1])
        if self.numbering.gap(label) <= GAP and (ended or bracketed or heading_above):
            return label
        return label if label.form == "条" and label.spaced else None

    def _article_open(self) -> bool:
        return any(self.nodes[at].rank == ARTICLE for at in self.stack)

    def _open(self, node: _Node) -> None:
        while self.stack and self.nodes[self.stack[-1]].rank >= node.rank:
            self.stack.pop()
        node.above = self.stack[-1] if self.stack else None
        if node.above is not None:
            self.nodes[node.above].children += 1
        self.stack.append(len(self.nodes))
        self.nodes.append(node)

    def _take_paragraph(self, index: int) -> None:
        """A line without a label: it goes on with the clause above, or is a clause of its own."""
        if not self.stack:
            self.opening += 1
            self.nodes.append(_Node("preamble", index, index + 1, len(FORMS), key=f"段{self.opening}"))
            return
        top = self.nodes[self.stack[-1]]
        bare = self._is_bare(top) and not top.children and self.lines.words(index)[0] not in "（(〔［["
        if bare or self.nodes[-1].kind == "row":
            top.paragraphs += 1
            self.nodes.append(
                _Node(
                    "paragraph", index, index + 1, len(FORMS), above=self.stack[-1], key=f"段{top.paragraphs}"
                )
            )
        else:
            self.nodes[-1].last = index + 1

    def _is_bare(self, node: _Node) -> bool:
        """Whether the clause is only a heading: one short line that says no sentence."""
        words = self.lines.words(node.first)
        if node.last > node.first + 1 or len(words) > WHOLE_HEADING:
            return False
        if node.label is None:
            return node.kind == "heading"
        broken = words.endswith("。") or node.rank > _SECTION
        sentence = broken and _COMMA.search(words) is not None
        return not (
            node.rank == ARTICLE or sentence or "。" in words[:-1] or is_terminated(words.rstrip("。"))
        )

    def _take_table(self, index: int) -> int:
        end = index
        while end < self.last and self.lines.lines[end].row:
            end += 1
        above = self.stack[-1] if self.stack else None
        self.tables[above] += 1
        if above is not None:
            self.nodes[above].children += 1
        key = f"表{self.tables[above]}"
        self.nodes.append(_Node("row", index, end, len(FORMS), above=above, key=key, name=key))
        return end

    def _take_contents(self, index: int) -> int:
        """A table of contents: the headings listed are no headings yet."""
        end, seen = index + 1, set()
        while end < self.last:
            label = read_label(self.lines.words(end))
            words = self.lines.words(end)
            whole = words.rstrip("0123456789 .…·")
            if label is None and whole[:1] in ("附", "序"):
                end += 1
                continue
            if label is None or label.rank >= ARTICLE or whole in seen:
                break
            seen.add(whole)
            end += 1
        self.nodes.append(_Node("preamble", index, end, len(FORMS), key="目录", name="目录"))
        return end

    # -- nodes into drafts -----------------------------------------------------------------------------------

    def _run_in_groups(self) -> set[tuple[int | None, float]]:
        """The groups of clauses (same parent, same form) most of which open with a heading of their own."""
        votes: dict[tuple[int | None, float], list[bool]] = defaultdict(list)
        for node in self.nodes:
            if node.label and node.rank > ARTICLE:
                votes[node.above, node.rank].append(self._first_sentence(node) is not None)
        return {group for group, cast in votes.items() if sum(cast) * 2 > len(cast) and len(cast) > 1}

    def _first_sentence(self, node: _Node) -> str | None:
        """The clause's first sentence where it could be a run-in heading, label aside."""
        words = self.lines.words(node.first)
        assert node.label is not None
        found = _FIRST_SENTENCE.match(words, node.label.end)
        if found is None or (found.end() == len(words) and node.last == node.first + 1):
            return None
        sentence = found[0]
        return sentence if 1 < len(sentence) <= RUN_IN_HEADING and not _COMMA.search(sentence) else None

    def _draft(self, at: int, node: _Node, run_in: set[tuple[int | None, float]]) -> Draft:
        start, end = self.lines.lines[node.first].start, self.lines.lines[node.last - 1].end
        above = node.above
        if node.label is None:
            return self._unlabelled(node, start, end)
        words = self.lines.words(node.first)
        kind: ClauseKind = "item"
        title, heading_end = "", start
        if node.rank != ARTICLE:
            sentence = self._first_sentence(node)
            if self._is_heading(at, node):
                kind, title, heading_end = "heading", words[node.label.end :], start + len(words)
            elif sentence and ((above, node.rank) in run_in or len(sentence) <= SURE_HEADING):
                title, heading_end = sentence, start + node.label.end + len(sentence)
        return Draft(
            kind, node.key, (_entry(node.label, title),), (node.label.text,), start, end,
            above=above, heading_end=heading_end, rooted=node.label.form == "条",
        )  # fmt: skip

    def _is_heading(self, at: int, node: _Node) -> bool:
        """Whether the clause's whole line is a heading: it says no sentence and something stands below it."""
        if not self._is_bare(node):
            return False
        return bool(node.children or node.paragraphs) or node.rank < ARTICLE

    def _unlabelled(self, node: _Node, start: int, end: int) -> Draft:
        if node.kind == "heading":
            return Draft("heading", node.key, (node.name,), (node.name,), start, end, node.above, end)
        if node.kind == "row":
            return Draft("row", node.key, (node.name,), (node.name,), start, end, node.above)
        if node.key == "目录":
            return Draft("preamble", node.key, (node.name,), (node.name,), start, end)
        number = f"第{node.key.removeprefix('段')}段"
        if node.above is not None:
            return Draft("paragraph", node.key, (number,), (number,), start, end, node.above)
        kind: ClauseKind = "preamble" if self.lead == "引言" else "paragraph"
        names = (self.lead, number) if self.lead else (number,)
        key = f"{self.lead}/{node.key}" if self.lead else node.key
        return Draft(kind, key, names, names, start, end)


def _entry(label: Label, title: str) -> str:
    """How a heading reads in a path: the label with the heading's words, final stop aside."""
    gap = " " if label.rank < ARTICLE and title else ""
    return label.text + gap + title.rstrip("。").strip()
