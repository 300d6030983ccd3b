"""Hostile files: each is read, or refused in one line, within limits, and the rest of the batch goes on."""

from __future__ import annotations

import os
import stat
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.archive import open_archive, read_entry
from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.errors import CorpusError, UnreadableError
from corpus.limits import Limits
from corpus.numbering import write
from corpus.reader import read_bytes
from corpus.readers import Job, Readers
from corpus.source_file import read_file
from tests.corpus import hostile
from tests.corpus.hostile import ENTITIES, ofd, packed, repacked, sheet, simple_pdf, word
from tests.corpus.test_invariants import assert_tiled

LIMITS = Limits(seconds=20, seconds_per_mib=1, memory_mib=1536)
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1, LIMITS) as one:
        yield one


@pytest.fixture
def outcome(readers: Readers, tmp_path: Path) -> Callable[[Path], Document | CorpusError]:
    """Reads a file in a batch with an honest one, which must come through."""
    honest = tmp_path / "honest.txt"
    honest.write_text("第一条　安全。", encoding="utf-8")

    def read(path: Path) -> Document | CorpusError:
        found, after = readers.read([Job(path, "hostile"), Job(honest, "honest")], Catalogue())
        assert isinstance(after, Document)
        assert after.text == "第一条　安全。"
        if isinstance(found, CorpusError):
            message = str(found)
            assert message.isprintable()
            assert "; " in message
        else:
            assert_tiled(found)
        return found

    return read


Read = Callable[[Path], Document | CorpusError]
Make = Callable[[], bytes]
"""Makes a file's content: only its test holds it in memory."""


def bomb() -> bytes:
    return b"<a>" + b" " * 40_000_000 + b"</a>"


def bombed_word() -> bytes:
    return repacked(word(), {"word/document.xml": bomb()})


TRAPS: dict[str, tuple[str, Make]] = {
    "docx": (".docx", bombed_word),
    "xlsx": (".xlsx", lambda: repacked(sheet(), {"xl/worksheets/sheet1.xml": bomb()})),
    "ofd": (".ofd", lambda: repacked(ofd(), {"Doc_0/Pages/Page_0/Content.xml": bomb()})),
    "lying": (".docx", lambda: hostile.lying(bombed_word(), "word/document.xml", 1000)),
    "overlapping": (
        ".docx",
        lambda: hostile.overlapping(packed({"word/document.xml": b"<a/>" * 1000}), 1000),
    ),
    "many": (".docx", lambda: packed({f"word/{number}": b"" for number in range(20_001)})),
    "up": (".docx", lambda: repacked(word(), {"../../tmp/a.xml": b"<a/>"})),
    "root": (".docx", lambda: repacked(word(), {"/etc/a.xml": b"<a/>"})),
    "back": (".docx", lambda: repacked(word(), {"word\\..\\a.xml": b"<a/>"})),
    "control": (".docx", lambda: repacked(word(), {"word/\n.xml": b"<a/>"})),
    "deep": (".docx", lambda: repacked(word(), {"a/" * 200: b""})),
    "long": (".docx", lambda: repacked(word(), {"a" * 10_000: b""})),
}


@pytest.mark.parametrize(("suffix", "make"), TRAPS.values(), ids=TRAPS)
def test_archives_that_are_traps_are_refused(tmp_path: Path, outcome: Read, suffix: str, make: Make) -> None:
    path = tmp_path / f"trap{suffix}"
    path.write_bytes(make())
    found = outcome(path)
    assert isinstance(found, UnreadableError)
    assert "as no honest file does" in str(found)


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        (".docx", lambda doctype, words: word(PARAGRAPH.format(words), doctype)),
        (".xlsx", lambda doctype, words: sheet(words, doctype)),
        (".ofd", lambda doctype, words: ofd(words, doctype)),
        (".html", lambda doctype, words: f"{doctype}<html><p>第一条　{words}</p></html>".encode()),
    ],
)
def test_entities_are_not_followed(
    tmp_path: Path, outcome: Read, suffix: str, make: Callable[[str, str], bytes], kind: str
) -> None:
    path = tmp_path / f"entity{suffix}"
    path.write_bytes(make(ENTITIES[kind], "&e;" * 100))
    found = outcome(path)
    if isinstance(found, Document):
        assert suffix == ".html"
        assert "root:" not in found.text
        assert len(found.text) < 1000
    else:
        assert "document type" in str(found)


def test_an_entity_in_any_part_is_refused() -> None:
    part = f"{ENTITIES['stolen']}<a>&e;</a>".encode("utf-16")
    for name in ("word/styles.xml", "customXml/item1.xml", "word/any.bin"):
        with pytest.raises(UnreadableError, match="document type"):
            read_bytes(repacked(word(), {name: part}), "a.docx")


DEEP = 100_000
TABLE = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"


NESTED: dict[str, tuple[str, Make]] = {
    "docx": (
        ".docx",
        lambda: word("<w:sdt><w:sdtContent>" * DEEP + "</w:sdtContent></w:sdt>" * DEEP),
    ),
    "docx-tables": (
        ".docx",
        lambda: word(TABLE[0] * 10_000 + PARAGRAPH.format("甲") + TABLE[1] * 10_000),
    ),
    "docx-some-tables": (".docx", lambda: word(TABLE[0] * 40 + PARAGRAPH.format("甲") + TABLE[1] * 40)),
    "xlsx": (".xlsx", lambda: sheet("<r>" * DEEP + "</r>" * DEEP)),
    "ofd": (".ofd", lambda: ofd(inner="<ofd:PageBlock>" * DEEP + "</ofd:PageBlock>" * DEEP)),
    "html": (".html", lambda: ("<html>" + "<div>" * DEEP + "第一条" + "</div>" * DEEP).encode()),
    "html-tables": (".html", lambda: ("<html>" + "<table><tr><td>" * 10_000 + "第一条").encode()),
    "html-inline": (".html", lambda: ("<html>" + "<b>" * DEEP + "第一条").encode()),
}


@pytest.mark.parametrize(("suffix", "make"), NESTED.values(), ids=NESTED)
def test_deep_nesting(tmp_path: Path, outcome: Read, suffix: str, make: Make) -> None:
    path = tmp_path / f"deep{suffix}"
    path.write_bytes(make())
    found = outcome(path)
    if isinstance(found, CorpusError):
        assert str(found).startswith(path.name)
    else:
        assert found.text in ("", "甲", "第一条")


def test_a_cell_that_spans_a_billion_columns() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>' + PARAGRAPH.format("甲") + "</w:tc>"
    found = read_bytes(word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"), "a.docx")
    assert found.text == "甲" + "\t" * 62


def test_a_list_that_starts_at_two_billion() -> None:
    assert write(2_000_000_000, "lowerLetter") == "2000000000"
    assert write(27, "lowerLetter") == "aa"


PDFS: dict[str, Make] = {
    "objects": lambda: simple_pdf(more=dict.fromkeys(range(6, 1_000_000), "null")),
    "no-table": lambda: simple_pdf(table=False),
    "offsets": lambda: simple_pdf().replace(b"0000000", b"0009999"),
    "loop": hostile.looping_pdf,
    "count": lambda: simple_pdf().replace(b"/Count 1", b"/Count 100000000"),
    "vast": lambda: simple_pdf().replace(b"[0 0 612 792]", b"[0 0 1e30 1e30]"),
    "brackets": lambda: simple_pdf("(" * 1000 + ")" * 1000),
    "arrays": lambda: simple_pdf(more={6: "[" * 100_000 + "]" * 100_000}),
    "dictionaries": lambda: simple_pdf(more={6: "<< /Parent " * 50_000 + ">>" * 50_000}),
    "zeros": lambda: b"%PDF-1.7\n" + b"\0" * 1_000_000,
    "bare": lambda: b"%PDF-1.7\n%%EOF",
}


@pytest.mark.parametrize("make", PDFS.values(), ids=PDFS)
def test_pdf(tmp_path: Path, outcome: Read, make: Make) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make())
    found = outcome(path)
    assert not isinstance(found, CorpusError) or str(found).startswith("a.pdf: ")


@pytest.mark.parametrize(
    ("suffix", "whole"),
    [
        (".docx", word()), (".xlsx", sheet()), (".ofd", ofd()), (".pdf", simple_pdf()),
        (".html", "<html><p>第一条　安全。</p></html>".encode()), (".txt", "第一条　安全。".encode("gb18030")),
        (".md", "# 条例\n第一条　安全。".encode("utf-16")),
    ],
)  # fmt: skip
def test_files_cut_short(tmp_path: Path, outcome: Read, suffix: str, whole: bytes) -> None:
    for cut in (*range(min(len(whole), 12)), *range(12, len(whole), max(1, len(whole) // 12)), len(whole)):
        path = tmp_path / f"cut{suffix}"
        path.write_bytes(whole[:cut])
        outcome(path)
    assert isinstance(outcome(path), Document)


def test_texts_that_are_too_much(tmp_path: Path, outcome: Read) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    assert "200 MiB long, more than 32 MiB" in str(outcome(path))
    path.write_text("加强安全生产，落实责任。\n" * 1_000_000, encoding="utf-8")
    assert "MiB long, more than 32 MiB" in str(outcome(path))


TEXTS: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "blank": lambda: " \n\n\t",
    "nul": lambda: "\0" * 100_000,
    "nuls": lambda: "安全\0生产。\n" * 1000,
    "line": lambda: "安全生产。" * 1_300_000,
    "phrases": lambda: "安全生产；" * 1_000,
    "open": lambda: "（" * 100_000,
    "nested": lambda: "（" * 100_000 + "）" * 100_000,
    "quotes": lambda: "《“（" * 30_000,
    "items": lambda: "\n".join(f"{number}. 加强安全生产。" for number in range(1, 20_001)),
    "rows": lambda: "甲\t乙\t丙\n" * 100_000,
    "pipes": lambda: "|甲|乙|\n" * 100_000,
    "cells": lambda: "甲\t" * 100_000,
    "hashes": lambda: "#" * 100_000,
    "stars": lambda: "**" * 100_000,
    "tags": lambda: "<b>" * 100_000,
    "ordinals": lambda: "第" * 100_000,
    "numerals": lambda: "一" * 100_000,
    "pages": lambda: "\f" * 100_000,
    "invisible": lambda: "\u202e\u200b\ufeff" * 10_000,
    "digits": lambda: "1" * 100_000,
}


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS)
def test_odd_texts(tmp_path: Path, outcome: Read, make: Callable[[], str]) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(make(), encoding="utf-8")
    found = outcome(path)
    assert isinstance(found, Document)


def test_a_table_of_very_many_rows(tmp_path: Path, outcome: Read) -> None:
    row = f"<w:tr><w:tc>{PARAGRAPH.format('甲')}</w:tc><w:tc>{PARAGRAPH.format('乙')}</w:tc></w:tr>"
    path = tmp_path / "rows.docx"
    path.write_bytes(word(f"<w:tbl>{row * 100_000}</w:tbl>"))
    outcome(path)


NAMES = ("a\nb.txt", "a\x1b[31mb.txt", "a\x7f.txt", "\u202etxt.exe.txt", os.fsdecode(b"\xff\xfe.txt"))


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_that_cannot_be_shown_are_refused(tmp_path: Path, outcome: Read, name: str) -> None:
    path = tmp_path / name
    path.write_text("第一条　安全。", encoding="utf-8")
    found = outcome(path)
    assert isinstance(found, CorpusError)
    assert "rename the file" in str(found)


def test_names_too_long_or_with_a_nul(tmp_path: Path, outcome: Read) -> None:
    assert "cannot be read" in str(outcome(tmp_path / ("安" * 300 + ".txt")))
    assert isinstance(outcome(tmp_path / "a\0b.txt"), CorpusError)


def test_a_path_that_climbs_is_a_path_like_any(tmp_path: Path, outcome: Read) -> None:
    (tmp_path / "within").mkdir()
    (tmp_path / "law.txt").write_text("第一条　安全。", encoding="utf-8")
    found = outcome(tmp_path / "within" / ".." / "law.txt")
    assert isinstance(found, Document)
    assert found.source_name == "law.txt"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no pipes in its file system")
def test_what_is_no_file(tmp_path: Path, outcome: Read) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    said = [str(outcome(tmp_path / f"{name}.txt")) for name in ("pipe", "folder", "loop", "zero", "none")]
    expected = [
        "a pipe, not a file",
        "a folder, not a file",
        "cannot be read",
        "a device, not a file",
        "cannot be read",
    ]
    assert [words in message for words, message in zip(expected, said, strict=True)] == [True] * 5


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="whoever runs this may read every file")
def test_a_file_without_permission(tmp_path: Path, outcome: Read) -> None:
    path = tmp_path / "a.txt"
    path.write_text("第一条　安全。", encoding="utf-8")
    path.chmod(stat.S_IWUSR)
    assert "Permission denied" in str(outcome(path))


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 2**20)
    done = threading.Event()

    def change() -> None:
        with path.open("r+b") as file:
            while not done.is_set():
                file.write(b"b")
                file.flush()

    thread = threading.Thread(target=change)
    thread.start()
    try:
        with pytest.raises(CorpusError, match=r"^a\.txt: changed while it was being read; "):
            deque((read_file(path) for _ in range(10_000)), maxlen=0)
    finally:
        done.set()
        thread.join()


def test_a_file_that_stands_still_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"a" * 100_000)
    assert read_file(tmp_path / "a.docx") == b"a" * 100_000


def test_an_entry_is_read_up_to_the_limit_whatever_its_header_says() -> None:
    content = packed({"a": b"x" * 5000, "b": b"y"})
    with open_archive(content, "a.ofd") as archive:
        assert read_entry(archive, "a", 5000) == b"x" * 5000
        with pytest.raises(UnreadableError, match="longer than 4,999 bytes"):
            read_entry(archive, "a", 4999)
        with pytest.raises(UnreadableError, match="no entry 'c'"):
            read_entry(archive, "c", 1)


def test_locked_and_oddly_packed_archives_are_refused() -> None:
    locked = bytearray(packed({"word/document.xml": b"<a/>"}))
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(header) + offset] |= 1
    with pytest.raises(UnreadableError, match="password"):
        open_archive(bytes(locked), "a.docx")
    with pytest.raises(UnreadableError, match="method 14"):
        open_archive(packed({"a": b"x" * 100}, method=14), "a.docx")
