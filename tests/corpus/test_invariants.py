"""The invariants of the corpus room: nothing lost, source map, same tree, stable ids."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue
from corpus.document import Document, Span
from corpus.layout import Layout, repair
from corpus.library import read_document, shipped_documents
from corpus.reader import read_source
from tests.corpus.generated import Made, Noise, documents, noises, rendered, write_word

SHIPPED = shipped_documents()
MARKS = re.compile(r"#{1,6}|\*\*|</?b>|[-—\s\d]+")
anything = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def parse(text: str, folder: Path, name: str = "made.txt") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_document(path, catalogue=Catalogue())


def outline_of(document: Document) -> list[tuple[str, str]]:
    return [(clause.id.partition("#")[2], document.quote(clause.span)) for clause in document.clauses]


def assert_tiled(document: Document) -> None:
    at = 0
    for clause in document.clauses:
        assert document.text[at : clause.start].strip() == ""
        assert clause.start < clause.end
        assert clause.start <= clause.heading_end <= clause.end
        at = clause.end
    assert document.text[at:].strip() == ""
    assert len({clause.id for clause in document.clauses}) == len(document.clauses)
    assert all(len(clause.path) == len(clause.labels) for clause in document.clauses)


def assert_mapped(layout: Layout, source: str) -> None:
    kept = [False] * len(source)
    said = [character.isspace() for character in layout.text]
    source_map = layout.source_map
    for start, origin, length in zip(
        source_map.text_starts, source_map.source_starts, source_map.lengths, strict=True
    ):
        assert layout.text[start : start + length] == source[origin : origin + length]
        kept[origin : origin + length] = [True] * length
        said[start : start + length] = [True] * length
    assert all(said), "every character of the text but white space comes from the source"
    for left in "".join(
        " " if held else character for character, held in zip(source, kept, strict=True)
    ).split():
        assert MARKS.fullmatch(left) or source.count(left) > 1, left


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_nothing_of_a_shipped_document_is_lost(path: Path) -> None:
    assert_tiled(read_document(path))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_text_maps_back_to_its_source(path: Path) -> None:
    source = read_source(path).text
    layout = repair(source)
    assert_mapped(layout, source)
    document = read_document(path)
    for clause in document.clauses:
        where = document.source_map.source_span(clause.span)
        assert source[where.start] == document.text[clause.start]
        assert source[where.end - 1] == document.text[clause.end - 1]
    assert document.source_map.source_span(Span(3, 3)).start == layout.source_map.source_offset(3)


@anything
@given(made=documents(), noise=noises)
def test_layout_noise_changes_neither_text_nor_tree(made: Made, noise: Noise, tmp_path: Path) -> None:
    source = rendered(made, noise)
    document = parse(source, tmp_path)
    assert document.text == "\n".join(made.lines)
    assert_mapped(repair(source), source)
    assert outline_of(document) == [
        (key, "\n".join(made.lines[first:last])) for key, first, last in made.clauses
    ]
    assert_tiled(document)


@settings(parent=anything, max_examples=8)
@given(made=documents(), noise=noises)
def test_same_tree_from_every_format(made: Made, noise: Noise, tmp_path: Path) -> None:
    plain = parse("\n".join(made.lines), tmp_path, "made.txt")
    marked = parse(rendered(made, replace(noise, markdown=True)), tmp_path, "made.md")
    write_word(made.lines, tmp_path / "made.docx")
    word = read_document(tmp_path / "made.docx", catalogue=Catalogue())
    assert outline_of(plain) == outline_of(marked) == outline_of(word)
    assert [clause.path for clause in plain.clauses] == [clause.path for clause in word.clauses]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_same_tree_of_shipped_documents_from_every_format(path: Path, tmp_path: Path) -> None:
    plain = read_document(path)
    lines = plain.text.split("\n")
    marked = parse("\n\n".join(lines), tmp_path, "made.md")
    assert [clause.id.partition("#")[2] for clause in marked.clauses] == [
        clause.id.partition("#")[2] for clause in plain.clauses
    ]
    assert marked.text == plain.text
    assert (marked.title, marked.number, marked.date, marked.place) == (
        plain.title, plain.number, plain.date, plain.place,
    )  # fmt: skip


@anything
@given(made=documents(), data=st.data())
def test_editing_words_keeps_every_id(made: Made, data: st.DataObject, tmp_path: Path) -> None:
    before = parse("\n".join(made.lines), tmp_path)
    assert before.clauses == parse("\n".join(made.lines), tmp_path).clauses
    edited = list(made.lines)
    at = data.draw(st.sampled_from([index for index, line in enumerate(edited) if line.endswith("。")]))
    edited[at] += "另行通知。"
    after = parse("\n".join(edited), tmp_path)
    assert [clause.id for clause in after.clauses] == [clause.id for clause in before.clauses]


@anything
@given(made=documents())
def test_adding_a_clause_keeps_the_other_ids(made: Made, tmp_path: Path) -> None:
    before = parse("\n".join(made.lines), tmp_path)
    numeral = "一二三四五六"[sum(line[1:2] == "、" and line[0] in "一二三四五六" for line in made.lines)]
    after = parse("\n".join([*made.lines, f"{numeral}、附则", "本方案自印发之日起施行。"]), tmp_path)
    assert [clause.id for clause in after.clauses][: len(before.clauses)] == [
        clause.id for clause in before.clauses
    ]
    assert after.clauses[-1].id == f"made#{numeral}/段1"


@anything
@given(text=st.text(st.characters(codec="utf-8"), max_size=400))
def test_any_text_becomes_a_tiled_document(text: str, tmp_path: Path) -> None:
    path = tmp_path / "any.txt"
    path.write_bytes(text.encode("utf-8"))
    assert_tiled(read_document(path, catalogue=Catalogue()))


LINES = st.sampled_from(
    ["一、总则", "（一）加强领导。各单位要落实。", "1. 检查", "第一条　为了", "附件", "附件：1.方案", "2024年3月25日",
     "甲县人民政府文件", "甲政〔2024〕5号", "关于印发方案的通知", "各单位：", "（此件公开发布）", "a\tb\tc", "\t1. 甲\t乙",
     "目录", "# 标题", "③", "。", "（", "| a | b |", "第二十八条规定", "1.5米", "— 3 —", "公安局分"]
)  # fmt: skip


@anything
@given(lines=st.lists(LINES, max_size=25))
def test_any_order_of_lines_is_tiled(lines: list[str], tmp_path: Path) -> None:
    assert_tiled(parse("\n".join(lines), tmp_path))
