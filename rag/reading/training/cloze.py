"""Questions made from a sentence by taking a stretch of it away: many, rough, and in the subject's own words.

Cloze questions for training without questions: Lewis, Denoyer and Riedel, "Unsupervised question answering by cloze
translation" (2019). A word that asks stands where the stretch was, or before or after the rest; words are dropped, and
exchanged for what people say instead.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Clause
from corpus.facts import facts
from corpus.units import unit_groups
from rag.spans import CandidateSpan, SpanKind, candidate_spans

_ASKING: dict[str, tuple[str, ...]] = {
    "deadline": ("什么时候", "哪年", "何时", "几月底前", "啥时候", "最晚什么时候", "截止到哪天", "deadline", "when",
        "时限", "完成时间"),
    "units": ("谁", "哪些部门", "由谁负责", "哪个局", "归谁管", "责任单位", "哪些单位", "who", "哪家",
        "谁牵头", "哪个部门", "哪几家"),
    "quantity": ("多少", "几成", "多大比例", "不低于多少", "几个", "多少人", "几", "百分之几", "how many", "目标值"),
    "money": ("多少钱", "罚多少", "罚款多少", "几万", "多少元"),
    "frequency": ("多久一次", "几次", "隔多久", "多长时间", "how often", "每年几次", "多久", "频次"),
    "list": ("哪些", "哪几类", "什么", "有哪些", "包括什么", "哪几个", "哪几种", "啥", "哪几项", "what"),
    "quoted": ("什么", "哪个", "叫什么", "哪部", "啥", "哪项", "名称"),
    "words": ("怎么做", "什么", "如何", "要求是什么", "怎样", "咋办", "怎么办", "啥要求", "怎么处理", "做什么", ""),
}  # fmt: skip
_SHARES = {
    "deadline": 5.0, "units": 4.0, "quantity": 4.0, "money": 2.0, "frequency": 5.0, "list": 2.0, "quoted": 1.5, "words": 1.2,
}  # fmt: skip
"""How much more often a stretch of each group is taken away than one of a group of weight 1, where a text has several."""

_GROUPS: dict[SpanKind, str] = {
    "deadline": "deadline", "lead units": "units", "units": "units", "unit": "units", "quantity": "quantity",
    "money": "money", "frequency": "frequency", "period": "frequency", "list": "list", "member": "list",
    "quoted": "quoted", "bracketed": "quoted",
}  # fmt: skip
_PIECE = re.compile(r"[^，,：:。；;！？!?\n\t（）()]+")
_SENTENCE_ENDS = "。；;\n"
_SHORTEST, _LONGEST = 2, 60  # characters of a stretch taken away
_LEAST_LEFT = 4  # characters of a question beside the word that asks
_REACH = 30  # characters of the sentence kept on each side
_PIECES_BEFORE, _PIECES_AFTER = 2, 2
_PIECE_KEPT = 0.75
_DROPPED, _EXCHANGED = 0.45, 0.5
"""At most this share of a question's words is dropped, or exchanged for others."""
_IN_PLACE, _AT_END = 0.55, 0.85
"""Below the first, the asking word stands in the stretch's place; below the second, at the end; else at the start."""
_LAW_NAMED = 0.3
_LAW_BEGINS = 4  # characters of a law's name by which some people call it: its place, mostly
_LONGEST_WORD = 8


@dataclass(frozen=True)
class Cloze:
    """A question with the stretch `[start, end)` of its text that was taken away."""

    question: str
    start: int
    end: int


def cloze(text: str, law: str, words: Mapping[str, Sequence[str]], rng: random.Random) -> Cloze | None:
    """A question about one stretch of `text`; None where no stretch leaves enough to ask with.

    `words` maps a word to what may stand for it; `law` is named in some questions, "" for none.
    """
    whole = Clause("text#1", "item", ("1",), ("1",), 0, len(text))
    groups: dict[str, list[CandidateSpan]] = defaultdict(list)
    for span in candidate_spans(whole, text, facts(text, years=None, issued=None), unit_groups(text)):
        if span.kind != "sentence" and _SHORTEST <= span.end - span.start <= _LONGEST:
            groups[_GROUPS.get(span.kind, "words")].append(span)
    if not groups:
        return None
    names = list(groups)
    name = rng.choices(names, [_SHARES[group] for group in names])[0]
    span = rng.choice(groups[name])
    before, after = _around(text, span, rng)
    dropped, exchanged = rng.random() * _DROPPED, rng.random() * _EXCHANGED
    left, right = (_exchange(_thin(part, dropped, rng), words, exchanged, rng) for part in (before, after))
    if len(left) + len(right) < _LEAST_LEFT:
        return None
    question = _ask(left, right, rng.choice(_ASKING[name]), rng)
    if law and rng.random() < _LAW_NAMED:
        question = rng.choice((law, law[:_LAW_BEGINS])) + rng.choice(("", " ", "规定")) + question
    return Cloze(question, span.start, span.end)


def exchangeable(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Each Chinese word of the pairs with what may stand for it, both ways."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        for word, instead in ((one, other), (other, one)):
            if not word.isascii() and _SHORTEST <= len(word) <= _LONGEST_WORD:
                found[word].append(instead)
    return dict(found)


def _around(text: str, span: CandidateSpan, rng: random.Random) -> tuple[str, str]:
    """What stands before and after the span in its sentence, some pieces left out."""
    start = max(text.rfind(mark, 0, span.start) for mark in _SENTENCE_ENDS) + 1
    ends = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, span.end)) >= 0]
    before = _PIECE.findall(text[start : span.start])[-_PIECES_BEFORE:]
    after = _PIECE.findall(text[span.end : min(ends, default=len(text))])[:_PIECES_AFTER]
    kept = ["".join(piece for piece in side if rng.random() < _PIECE_KEPT) for side in (before, after)]
    return kept[0][-_REACH:], kept[1][:_REACH]


def _thin(text: str, share: float, rng: random.Random) -> str:
    """The text with about `share` of it dropped, in runs of two to four characters."""
    kept, at = [], 0
    while at < len(text):
        length = rng.randint(2, 4)
        if rng.random() >= share:
            kept.append(text[at : at + length])
        at += length
    return "".join(kept)


def _exchange(text: str, words: Mapping[str, Sequence[str]], share: float, rng: random.Random) -> str:
    """The text with about `share` of the words that something may stand for exchanged, the longest first."""
    result, at = [], 0
    while at < len(text):
        for length in range(min(_LONGEST_WORD, len(text) - at), 1, -1):
            word = text[at : at + length]
            if word in words:
                result.append(rng.choice(words[word]) if rng.random() < share else word)
                at += length
                break
        else:
            result.append(text[at])
            at += 1
    return "".join(result)


def _ask(left: str, right: str, asking: str, rng: random.Random) -> str:
    place = rng.random()
    if place < _IN_PLACE:
        return left + asking + right
    if place < _AT_END:
        return left + right + rng.choice(("", " ", "，")) + asking
    return asking + right + left
