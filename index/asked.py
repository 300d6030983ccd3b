"""The question that a paragraph answers, in texts that ask and answer (问：…？ 答：…)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from corpus.document import Document

LONGEST: Final = 120
"""Characters of a question that are kept, from its end (20–600)."""
REACH: Final = 12
"""How many paragraphs may answer one question (1–100)."""

_UNLABELLED: Final = frozenset({"paragraph", "preamble"})
_MARK: Final = re.compile(r"(?:记者)?(?:提?问题?|Q)\s*\d{0,3}\s*[:：、.．]\s*")
_ENDS_ASKING: Final = re.compile(r"[?？][”’」』）)]*\Z")
_STOP: Final = re.compile(r"[。！!；;\n]")


def questions_above(document: Document) -> Mapping[str, str]:
    """For the ids of the clauses that answer a question asked in a paragraph above them, the question's words.

    A question reaches to the next one, to a clause that is labelled or a heading, and over at most `REACH` paragraphs. Its
    words are verbatim, of at most `LONGEST` characters.
    """
    found: dict[str, str] = {}
    question, left = "", 0
    for clause in document.clauses:
        asked = None
        if clause.kind not in _UNLABELLED:
            left = 0
        else:
            asked = question_of(document.text[clause.start : clause.end].strip())
        if asked is not None:
            question, left = asked, REACH
        elif left:
            found[clause.id] = question
            left -= 1
    return found


def question_of(words: str) -> str | None:
    """The question that a paragraph ends with, or that is marked as one where it begins; None without one.

    >>> question_of("问：到期怎么办？"), question_of("一起来看。收逾期费吗？"), question_of("可以。")
    ('到期怎么办？', '收逾期费吗？', None)
    """
    mark = _MARK.match(words)
    if mark is not None:
        start, end = mark.end(), max(words.rfind("?"), words.rfind("？")) + 1 or len(words)
    elif _ENDS_ASKING.search(words, max(0, len(words) - LONGEST)):
        # Of several questions at the end, one after the other, all are asked.
        stops = [found.end() for found in _STOP.finditer(words, max(0, len(words) - LONGEST))]
        start, end = max(stops, default=0), len(words)
    else:
        return None
    return words[max(start, end - LONGEST) : end].strip() or None
