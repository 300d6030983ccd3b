"""The register as CSV, read back."""

import csv
import io
import tracemalloc
from collections.abc import Iterable, Iterator

from hypothesis import given
from hypothesis import strategies as st

from rag.export_csv import csv_pieces
from rag.export_table import FORMULA_OPENERS, opens_formula, printable
from rag.tasks import Entry
from tests.rag.duties import CHECK, ENTER, ONE_FIRM, PIPES, entry, many, worded

BASE = "http://page/"
MEGABYTE = 1024 * 1024


def read(entries: Iterable[Entry]) -> list[dict[str, str]]:
    sent = b"".join(csv_pieces(entries, BASE)).decode("utf-8")
    assert sent.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(sent.removeprefix("\ufeff"), newline="")))


def test_a_row_says_what_the_task_says() -> None:
    pipes, firm, check, enter = read(map(entry, (PIPES, ONE_FIRM, CHECK, ENTER)))
    assert pipes["地区"] == "示范县"
    assert pipes["任务"] == "基本完成“瓶改管”改造任务"
    assert (pipes["期限"], pipes["期限原文"], pipes["要求"]) == ("2024-12-31", "2024年底前", "完成")
    assert (pipes["牵头单位"], pipes["责任单位"]) == ("县住房和城乡建设局", "县住房和城乡建设局、县公安局")
    assert (pipes["数量"], pipes["条款"], pipes["文号"]) == ("不低于60%", "一、（一）1.", "示安〔2024〕1号")
    assert pipes["任务编号"] == "plan#2@1"
    assert pipes["原文"].startswith("http://page/source/plan?start=")
    assert (firm["要求"], firm["另需负责"]) == ("建立机制", "各乡镇政府")
    assert check["频次"] == "每季度至少检查1次（高危行业领域）"
    assert check["期限"] == ""
    assert (enter["年份依据"], enter["文号"]) == ("年份取自文件标题的2024年", "")


def test_lines_end_as_excel_expects() -> None:
    sent = b"".join(csv_pieces([entry(PIPES)], BASE))
    assert sent.count(b"\r\n") == sent.count(b"\n") == 2


def test_no_tasks_are_a_heading_line() -> None:
    assert read([]) == []
    assert b"".join(csv_pieces([], BASE)).decode().startswith("\ufeff地区,任务,期限")


SIGNS = [opener for opener in FORMULA_OPENERS if not opener.isspace()]


@given(
    words=st.one_of(
        st.builds(
            "{}{}{}".format, st.sampled_from(["", " ", "\u3000", "\t"]), st.sampled_from(SIGNS), st.text()
        ),
        st.builds("{}{}".format, st.sampled_from(FORMULA_OPENERS), st.text()),
    )
)
def test_no_cell_is_a_formula(words: str) -> None:
    assert opens_formula(words)
    (row,) = read([worded(words)])
    assert row["任务"] == row["责任单位"] == "'" + printable(words)


@given(words=st.text(min_size=1))
def test_words_come_back_as_they_were(words: str) -> None:
    (row,) = read([worded(words, title=words)])
    shown = printable(words)
    assert row["任务"] == row["文件"] == ("'" + shown if opens_formula(shown) else shown)


def peak(pieces: Iterator[bytes]) -> int:
    tracemalloc.start()
    try:
        assert sum(map(len, pieces)) > 0
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_many_tasks_take_no_more_memory_than_few() -> None:
    # A hundred bytes kept of each of them would be more.
    assert peak(csv_pieces(many(14_000), BASE)) < peak(csv_pieces(many(1_000), BASE)) + MEGABYTE
