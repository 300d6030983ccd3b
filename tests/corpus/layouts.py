"""Official texts of differing layout, made up for the tests: statute, notice with a table annex, bare list, letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.forms import Look

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Sample:
    """A made-up text, a line a paragraph or a row, and how it is set."""

    name: str
    text: str
    look: Look


def _text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text("utf-8").rstrip("\n")


def _lines(name: str, *places: int) -> frozenset[str]:
    lines = _text(name).splitlines()
    return frozenset(lines[place] for place in places)


def _chapters(lines: Sequence[str]) -> frozenset[str]:
    return frozenset(line for line in lines if line[0] == "第" and line[2] in "章节")


SMALL = (148, 210)
"""A small page, so that short texts have many."""

LOOKS = {
    "statute": Look(
        page=SMALL, margins=(20, 18, 20, 18), size=12, line=20, page_numbers="— {} —", title_size=16,
        centred=_lines("statute", 0) | _chapters(_text("statute").splitlines()),
    ),
    "notice": Look(
        page_numbers="- {} -", repeat_heads=True,
        centred=_lines("notice", 0, 1, 2) | {"丰乐县城区易涝点整治任务分解表"},
        right=frozenset({"丰乐县防汛抗旱指挥部", "2024年5月8日"}),
    ),
    "list": Look(
        page=(297, 148), margins=(15, 15, 15, 15), size=14, line=20, repeat_heads=True,
        centred=_lines("list", 0),
    ),
    "plan": Look(
        page=(176, 250), running_head="临泽市人民政府办公室文件", page_numbers="第 {} 页", title_size=20,
        centred=_lines("plan", 0, 1, 2, 3, 7, 8), right=frozenset({"2023年8月15日"}),
    ),
    "letter": Look(
        page=SMALL, margins=(25, 20, 25, 20), size=14, line=24, page_numbers="{}", title_size=18,
        centred=_lines("letter", 0), right=_lines("letter", -1, -2),
    ),
    "deep": Look(
        page=SMALL, margins=(20, 18, 20, 18), size=12, line=None, indent=False, after=6, title_size=16,
        running_head="青峰县应急管理局", page_numbers="{}", centred=_lines("deep", 0),
    ),
    "long-headings": Look(
        page=SMALL, margins=(25, 20, 25, 20), size=14, line=26, title_size=18,
        running_head="长河新区管理委员会规范性文件", page_numbers="— {} —", centred=_lines("long-headings", 0),
    ),
}  # fmt: skip

SAMPLES = tuple(Sample(name, _text(name), look) for name, look in LOOKS.items())
"""All made-up texts."""
