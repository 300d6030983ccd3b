"""The labels Word numbers paragraphs with, which stand in no paragraph's text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml.ns import qn

_DIGITS: Final = "〇一二三四五六七八九"
_TENS: Final = ("", "十", "百", "千")
_COUNTING: Final = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)
_CIRCLES: Final = 20
_MYRIAD: Final = 10_000
_LETTERS: Final = 780
"""Letters number so far (thirty times through the alphabet), as in Word; digits beyond."""
_TEEN: Final = re.compile("^一十")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: its format, its pattern (`第%1条`), where it starts."""

    form: str
    pattern: str
    start: int
    spaced: bool


class Numbering:
    """Counts the numbered paragraphs of one Word document, in the order they are asked about."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._seen: set[str] = set()
        self._styles = {
            style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))
        }
        related = [part for part in document.part.rels.values() if part.reltype.endswith("/numbering")]
        if related:
            self._read(related[0].target_part.element)

    def label(self, paragraph: Any) -> str:
        """The label Word writes before this paragraph, its space included; empty without one."""
        number, depth = self._reference(paragraph)
        name = self._list_of.get(number, "")
        levels = self._levels.get(name, {})
        if depth not in levels:
            return ""
        counts = self._counts[name]
        if number not in self._seen:
            self._seen.add(number)
            for level, start in self._restarts[number].items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return self._render(levels, counts, depth)

    def _render(self, levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        def number(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            if level not in levels:
                return ""
            return write(counts.get(level, levels[level].start), levels[level].form)

        label = re.sub(r"%(\d)", number, levels[depth].pattern)
        return label + " " if label and levels[depth].spaced and not label[-1].isspace() else label

    def _reference(self, paragraph: Any) -> tuple[str, int]:
        """The list and level a paragraph is numbered in, by its own words or by its style's."""
        properties = paragraph.find(qn("w:pPr"))
        seen = set()
        number, depth = None, None
        while properties is not None:
            mark = properties.find(qn("w:numPr"))
            if mark is not None:
                number = number or _value(mark.find(qn("w:numId")))
                depth = depth or _value(mark.find(qn("w:ilvl")))
            if number:
                break
            name = _value(properties.find(qn("w:pStyle"))) or _value(
                properties.getparent().find(qn("w:basedOn"))
            )
            if name in seen or name not in self._styles:
                break
            seen.add(name)
            properties = self._styles[name].find(qn("w:pPr"))
        return number or "", int(depth or 0)

    def _read(self, numbering: Any) -> None:
        for abstract in numbering.iter(qn("w:abstractNum")):
            self._levels[abstract.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"))): _level(level) for level in abstract.iter(qn("w:lvl"))
            }
        for number in numbering.iter(qn("w:num")):
            name = number.get(qn("w:numId"))
            self._list_of[name] = _value(number.find(qn("w:abstractNumId"))) or ""
            self._restarts[name] = {
                int(override.get(qn("w:ilvl"))): int(_value(start) or 1)
                for override in number.iter(qn("w:lvlOverride"))
                if (start := override.find(qn("w:startOverride"))) is not None
            }


def _value(element: Any) -> str | None:
    return None if element is None else element.get(qn("w:val"))


def _level(level: Any) -> _Level:
    return _Level(
        _value(level.find(qn("w:numFmt"))) or "decimal",
        _value(level.find(qn("w:lvlText"))) or "",
        int(_value(level.find(qn("w:start"))) or 1),
        _value(level.find(qn("w:suff"))) != "nothing",
    )


def write(number: int, form: str) -> str:
    """A number in one of Word's number formats; Arabic digits for the formats no official text uses.

    >>> write(21, "chineseCounting"), write(10, "ideographDigital"), write(3, "decimalEnclosedCircle")
    ('二十一', '一〇', '③')
    """
    if form == "none" or form == "bullet":
        return ""
    if form in _COUNTING and 0 < number < _MYRIAD:
        return _counted(number)
    if form in ("ideographDigital", "chineseLegalSimplified"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form.startswith("decimalEnclosedCircle") and 0 < number <= _CIRCLES:
        return chr(ord("①") + number - 1)
    letters = {"lowerLetter": "a", "upperLetter": "A"}
    if form in letters and 0 < number <= _LETTERS:
        turns, place = divmod(number - 1, 26)
        return chr(ord(letters[form]) + place) * (turns + 1)
    return str(number)


def _counted(number: int) -> str:
    written, zero = "", False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit == "0":
            zero = bool(written)
            continue
        written += ("零" if zero else "") + _DIGITS[int(digit)] + _TENS[place]
        zero = False
    return _TEEN.sub("十", written)
