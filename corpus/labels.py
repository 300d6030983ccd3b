"""The labels official documents number their parts with: their shapes, their order, their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.numerals import to_int

FORMS: Final = ("编", "分编", "章", "节", "条", "一、", "（一）", "1.", "（1）", "1）", "①")
"""The forms of labels, from the widest part to the narrowest."""

ARTICLE: Final = FORMS.index("条")

_NUMBER = r"(?:[一二三四五六七八九十百千零〇○两]|\d)(?:\s?(?:[一二三四五六七八九十百千零〇○两]|\d))*"
_CHINESE = r"[一二三四五六七八九十百]{1,4}"
_LABEL = re.compile(
    rf"""
    第\s?(?P<part>{_NUMBER})\s?(?P<unit>分编|[编章节条])(?:\s?之\s?(?P<suffix>{_NUMBER}))?(?P<gap>\s*)
  | (?P<chapter>{_CHINESE})\s?[、．.]\s*
  | [（(]\s?(?P<section>{_CHINESE})\s?[）)]\s*
  | (?P<item>\d{{1,3}})\s?(?:[．、]|\.(?!\d)|\.(?=(?:19|20)\d\d\s?年))\s*(?!\d+[、.．])
  | [（(]\s?(?P<point>\d{{1,3}})\s?[）)]\s*
  | (?P<half>\d{{1,2}})[）)]\s*
  | (?P<circle>[①-⑳])\s*
    """,
    re.VERBOSE,
)
_GROUPS: Final = {
    "chapter": "一、",
    "section": "（一）",
    "item": "1.",
    "point": "（1）",
    "half": "1）",
    "circle": "①",
}


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a line.

    `form` is one of `FORMS`, `number` its number, `suffix` the number after 之 (0 for none), `text` the label as
    written, `key` the same with brackets and digits made uniform, `end` where the words after it begin.
    `spaced` tells whether white space (or nothing) follows: 第十八条规定 is seldom a label, 第十八条　规定 is.
    """

    form: str
    number: int
    suffix: int
    text: str
    key: str
    end: int
    spaced: bool

    @property
    def rank(self) -> int:
        """The place of the form in `FORMS`, 0 for the widest."""
        return FORMS.index(self.form)


def read_label(words: str) -> Label | None:
    """The label that `words` begin with, or None.

    >>> read_label("（六）开展行动").key, read_label("18.全面提升").number, read_label("1.5米")
    ('（六）', 18, None)
    """
    found = _LABEL.match(words)
    if found is None:
        return None
    kind = found.lastgroup
    text = found[0].strip()
    if found["unit"]:
        suffix = found["suffix"]
        key = re.sub(r"\s", "", text)
        spaced = bool(found["gap"]) or found.end() == len(words)
        return Label(
            found["unit"], ordinal(found["part"]), ordinal(suffix or ""), text, key, found.end(), spaced
        )
    assert kind is not None
    form, digits = _GROUPS[kind], found[kind]
    if kind == "circle":
        return Label(form, ord(digits) - ord("①") + 1, 0, text, digits, found.end(), True)
    number = ordinal(digits)
    plain = digits if kind in ("chapter", "section") else str(number)
    key = {"section": f"（{plain}）", "point": f"（{plain}）", "half": f"{plain}）"}.get(kind, plain)
    return Label(form, number, 0, text, key, found.end(), found[0] != text)


def ordinal(digits: str) -> int:
    """The number that Arabic or Chinese digits write, white space aside; 0 for digits that write none.

    >>> ordinal("一百零八"), ordinal("1 8")
    (108, 18)
    """
    try:
        return to_int(re.sub(r"\s", "", digits))
    except ValueError:
        return 0


class LabelSequence:
    """Remembers the last number of each form, to tell a label that runs on from a number that happens to lead."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, int]] = {}

    def expects(self, label: Label) -> bool:
        """Whether the label begins a sequence or is the next of one."""
        number, suffix = self._last.get(label.form, (0, 0))
        if label.suffix:
            return (label.number, label.suffix) in {(number, suffix + 1), (number + 1, 1)}
        return label.number == 1 or label.number == number + 1

    def gap(self, label: Label) -> int:
        """How far the label's number lies from the last one of its form."""
        return abs(label.number - self._last.get(label.form, (0, 0))[0])

    def take(self, label: Label) -> None:
        """Record the label as the last of its form."""
        self._last[label.form] = (label.number, label.suffix)
