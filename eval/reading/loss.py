"""How many characters are lost and gained between what a file says and what is read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.layout import repair
from corpus.reader import read_source
from eval.reading.said import said, seen


@dataclass(frozen=True, slots=True)
class Loss:
    """What became of one file's characters, each a count.

    `said` is what the file says; `lost` what the reader did not read of it; `layout` what was read and then taken away
    as page numbers, running heads and repeated heads of tables; `gained` what stands in no run of the file (labels
    that Word numbers by itself). `in_order` tells whether the words kept stand as the file has them. `refused` is why
    the file could not be read.
    """

    name: str
    said: int = 0
    lost: int = 0
    layout: int = 0
    gained: int = 0
    in_order: bool = True
    refused: str = ""
    missing: str = ""
    """The characters lost, and those taken away as layout, most frequent first."""


def losses(paths: Iterable[Path]) -> list[Loss]:
    """Read each file and compare. Raises GoldError for one that is no Word file."""
    return [_loss(path) for path in paths]


def _loss(path: Path) -> Loss:
    words = said(path.read_bytes(), path.name)
    try:
        source = read_source(path).text
        text = repair(source).text
    except CorpusError as error:
        return Loss(path.name, len(words), lost=len(words), refused=str(error))
    return compared(path.name, words, source, text)


def compared(name: str, words: str, source: str, text: str) -> Loss:
    """Compare what a file says with its decoded source and with its text, the layout undone.

    >>> compared("a.docx", "甲乙丙—3—", "一、甲乙 — 3 —", "一、甲乙")
    Loss(name='a.docx', said=6, lost=1, layout=3, gained=2, in_order=True, refused='', missing='丙——3')
    """
    wanted, read, kept = Counter(words), Counter(seen(source)), Counter(seen(text))
    lost, layout = wanted - read, (wanted & read) - kept
    rest = iter(seen(source))
    in_order = bool(lost) or all(character in rest for character in words)
    missing = "".join(character * times for part in (lost, layout) for character, times in part.most_common())
    return Loss(
        name, len(words), lost.total(), layout.total(), (kept - wanted).total(), in_order, missing=missing
    )
