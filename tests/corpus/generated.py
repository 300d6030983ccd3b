"""Official documents made up at random: the clean lines, the ids they must get, and noisy renderings of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import docx
from hypothesis import strategies as st

NUMERALS = "一二三四五六七八九十"
PHRASES = (
    "加强隐患排查", "落实主体责任", "开展联合检查", "健全长效机制", "组织应急演练", "强化源头管控", "推动动态清零",
    "完善台账管理", "县应急管理局", "市场主体", "2024年底前完成改造", "不少于3次", "“瓶改管”任务", "推进互联互通",
)  # fmt: skip
HEADINGS = (
    "总体要求",
    "主要任务",
    "任务分工",
    "保障措施",
    "加强组织领导",
    "强化督导检查",
    "深化专项行动",
    "提升基础能力",
)

phrases = st.lists(st.sampled_from(PHRASES), min_size=2, max_size=6)
sentences = phrases.map(lambda chosen: "，".join(chosen) + "。")
paragraphs = st.lists(sentences, min_size=1, max_size=3).map("".join)
brackets = st.sampled_from([("（", "）"), ("(", ")")])


@dataclass(frozen=True)
class Made:
    """A made-up document: its clean lines, and for each clause its id below # and the lines it holds."""

    lines: tuple[str, ...]
    clauses: tuple[tuple[str, int, int], ...]


@st.composite
def documents(draw: st.DrawFn) -> Made:
    """Title, preamble, chapters with paragraphs or sections, sections with items, items with paragraphs."""
    lines: list[str] = []
    clauses: list[tuple[str, int, int]] = []

    def clause(key: str, *own: str) -> None:
        clauses.append((key, len(lines), len(lines) + len(own)))
        lines.extend(own)

    clause("标题", "甲乙县安全生产治本攻坚三年行动实施方案（2024—2026年）")
    clause("引言/段1", draw(paragraphs))
    for chapter in range(draw(st.integers(1, 4))):
        numeral = NUMERALS[chapter]
        clause(numeral, f"{numeral}、{draw(st.sampled_from(HEADINGS))}")
        if draw(st.booleans()):
            for paragraph in range(draw(st.integers(1, 3))):
                clause(f"{numeral}/段{paragraph + 1}", draw(paragraphs))
            continue
        for section in range(draw(st.integers(1, 4))):
            opening, closing = draw(brackets)
            key = f"{numeral}/（{NUMERALS[section]}）"
            heading = f"{opening}{NUMERALS[section]}{closing}{draw(st.sampled_from(HEADINGS))}。"
            clause(key, heading + draw(paragraphs), *draw(st.lists(paragraphs, max_size=1)))
            for item in range(draw(st.integers(0, 3))):
                unit = draw(st.sampled_from(["", "（县应急管理局牵头负责）"]))
                more = draw(st.lists(paragraphs, max_size=1))
                dot = draw(st.sampled_from([".", "．", "、"]))
                clause(
                    f"{key}/{item + 1}", f"{item + 1}{dot}{draw(paragraphs)}", *more, *filter(None, [unit])
                )
    return Made(tuple(lines), tuple(clauses))


@dataclass(frozen=True)
class Noise:
    """What a page and its conversion do to a text."""

    width: int
    spaces: bool
    page_numbers: bool
    markdown: bool


noises = st.builds(Noise, st.integers(26, 60), st.booleans(), st.booleans(), st.booleans())


def rendered(made: Made, noise: Noise) -> str:
    """The document as a converter would write it: sentences broken by pages, marks, spaces, page numbers."""
    written: list[str] = []
    page = 0
    for line in made.lines:
        heading = len(line) < 12 and not line.endswith(("。", "）"))
        pieces = _broken(line, noise.width)
        for index, piece in enumerate(pieces):
            if index:
                page += 1
                if noise.page_numbers:
                    written += [f"— {page} —", ""]
            spaced = piece.replace("，", "， ").replace("年底", " 年底") if noise.spaces else piece
            mark = ("## " if heading else "") if noise.markdown else ""
            if noise.markdown and not heading and not index and len(pieces) == 1 and "。" in piece[4:-1]:
                first, _, rest = spaced.partition("。")
                spaced = f"**{first}。**{rest}"
            written += [mark + spaced, ""]
    return "\n".join(written)


def _broken(line: str, width: int) -> list[str]:
    """A line broken once, at `width`, where the break falls inside a sentence."""
    inside = (
        len(line) > width + 2
        and line[width - 1] not in "。，）)”“（("
        and line[width] not in "。，（(123456789"
    )
    return [line[:width], line[width:]] if inside else [line]


def write_word(lines: tuple[str, ...], path: Path) -> None:
    """A .docx file with a paragraph a line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
