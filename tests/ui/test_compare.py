"""The 对照 tab and `yiju compare`: what they show of a comparison, and that all of it stays text."""

import json
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.task import Task
from rag.align import Place
from rag.answer import Understood
from rag.api.opening import Opening
from rag.assistant import Assistant
from rag.cite_task import cite_task
from rag.compare import compare
from rag.comparison import Comparison, Due, Side, UnitDifference
from tests.rag.duties import CHECK, ENTER, NOTICE, ONE_FIRM, PIPES, TELL, entry, worded
from tests.ui.test_view import HOSTILE, Page
from ui.cli import main
from ui.compare import EXAMPLES, WAITING, shown
from ui.compare_labels import MOST_SILENT, due_in_words, silent_in_words
from ui.compare_lines import comparison_lines
from ui.compare_view import comparison_html

QUESTION = "各地瓶改管期限有什么不同"
NOT_FOUND = 3
FIRST = Due(date(2024, 12, 31), "earliest")
SECOND = Due(date(2025, 12, 31), "later", 365)
UNDATED = Due(None, "none")


def side(task: Task, due: Due, units: UnitDifference = UnitDifference()) -> Side:  # noqa: B008 -- frozen
    held = entry(task)
    place = Place(held.document, held.clause, task.duty.start, task.duty.end)
    citation = cite_task(1, 0.9, place, held)
    at = citation.text.index(task.duty.text)
    return Side(citation, place, held, due, units, ((at, at + 2),))


COMPARISON = Comparison(
    QUESTION,
    Understood("瓶改管"),
    PIPES.duty.text,
    (
        side(PIPES, FIRST, UnitDifference(("示范县公安局",), ("水利局",))),
        side(ONE_FIRM, SECOND),
        side(CHECK, UNDATED),
    ),
    (NOTICE,),
)


def test_deadlines_are_labelled() -> None:
    words = Page(comparison_html(COMPARISON)).words
    assert "2024-12-31 最早" in words
    assert "2025-12-31 晚 365 天" in words
    assert "未写期限" in words
    assert due_in_words(replace(FIRST, order="same")) == "2024-12-31 期限相同"
    assert due_in_words(replace(FIRST, alone=True)) == "2024-12-31"


def test_differing_words_and_units_are_marked() -> None:
    html = comparison_html(COMPARISON)
    assert '<mark class="differs" title="其他文件多数没有">基本</mark>' in html
    assert '<mark class="differs" title="只有这里列了">县公安局</mark>' in html
    assert "水利局" in Page(html).words
    assert "每季度至少检查1次（高危行业领域）" in Page(html).words


def test_silent_documents_are_named() -> None:
    assert "未提到：《关于消防的通知》（驻马店市）" in Page(comparison_html(COMPARISON)).words
    many = silent_in_words([NOTICE] * (MOST_SILENT + 1))
    assert many.count("《") == MOST_SILENT
    assert many.endswith(f"等 {MOST_SILENT + 1} 份文件")


def test_every_card_leads_to_its_clause() -> None:
    links = Page(comparison_html(COMPARISON)).attributes("a", "href")
    assert len(links) == len(COMPARISON.sides)
    for link, one in zip(links, COMPARISON.sides, strict=True):
        found = urlsplit(link)
        assert (found.path, found.fragment) == (f"source/{one.document.id}", "quotation")
        assert parse_qs(found.query)["start"] == [str(one.citation.start)]


def test_a_side_without_a_task_is_shown() -> None:
    bare = replace(COMPARISON.sides[0], entry=None, due=UNDATED, units=UnitDifference())
    words = Page(comparison_html(replace(COMPARISON, sides=(bare,)))).words
    assert "未写期限" in words
    assert "这样标出" not in words  # nothing to differ from


def test_nothing_found_is_told() -> None:
    nothing = Comparison(QUESTION, Understood("x"), silent=(NOTICE,))
    words = Page(comparison_html(nothing)).words
    assert "没有找到" in words
    assert "未提到" in words
    unknown = replace(nothing, silent=(), reason="place_unknown")
    assert "没有这个地区的文件" in Page(comparison_html(unknown)).words


def test_hostile_words_stay_text() -> None:
    held = worded(HOSTILE, title=HOSTILE)
    document = replace(held.document, place=HOSTILE, number=HOSTILE)
    clause = document.clauses[0]
    place = Place(document, clause, 0, len(HOSTILE))
    hostile = Side(
        cite_task(1, 1.0, place, None), place, replace(held, document=document), UNDATED,
        UnitDifference((HOSTILE,), (HOSTILE,)),
    )  # fmt: skip
    page = Page(comparison_html(Comparison(HOSTILE, Understood(HOSTILE), HOSTILE, (hostile,), (document,))))
    assert not [tag for tag, _ in page.tags if tag in {"img", "script"}]
    assert page.words.count(HOSTILE) > 6


def test_the_tab_shows_a_comparison(assistant: Assistant) -> None:
    page = Page(shown(Opening.of(assistant), QUESTION))
    assert [tag for tag, _ in page.tags].count("article") == 3
    assert "未提到：《岫岩县" in page.words


def test_examples_have_something_to_compare(assistant: Assistant) -> None:
    for example in EXAMPLES:
        assert len(compare(assistant, example).sides) > 1, example


def test_what_cannot_be_done_is_one_line(assistant: Assistant) -> None:
    assert "问题是空的" in Page(shown(Opening.of(assistant), " ")).words
    held = threading.Event()

    def slow(_progress: object) -> Assistant:
        held.wait(10)
        return assistant

    opening = Opening(slow)
    try:
        assert WAITING in Page(shown(opening, QUESTION)).words
    finally:
        held.set()


def test_a_terminal_shows_every_side() -> None:
    lines = list(comparison_lines(COMPARISON, bold=False))
    assert lines[0] == "3 份文件写到：基本完成“瓶改管”改造任务"
    assert any("【基本】完成“瓶改管”改造任务" in line for line in lines)
    assert "    期限：2024年底前" in lines
    assert "    别处都写了、这里没写：水利局" in lines
    assert lines[-1].startswith("未提到：")
    assert any("\033[1m基本\033[0m" in line for line in comparison_lines(COMPARISON, bold=True))


def test_the_command_compares(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", QUESTION, "--home", str(home)]) == 0
    said = capsys.readouterr().out
    assert "襄安委〔2024〕5号）三、（六）18." in said
    assert "未提到：《岫岩县" in said
    assert main(["compare", QUESTION, "--json", "--place", "襄城", "--home", str(home)]) == 0
    assert [one["document"]["place"] for one in json.loads(capsys.readouterr().out)["sides"]] == ["襄城县"]


def test_the_command_says_when_nothing_is_found(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "各地养老金涨多少有什么不同", "--home", str(home)]) == NOT_FOUND
    assert "没有找到" in capsys.readouterr().out.splitlines()[0]
    assert main(["compare", " ", "--home", str(home)]) == 2
    assert "问题是空的" in capsys.readouterr().err


def test_a_task_of_another_place_is_shown_in_its_own_words() -> None:
    lines = list(
        comparison_lines(replace(COMPARISON, sides=(side(ENTER, FIRST), side(TELL, UNDATED))), bold=False)
    )
    assert "    单位：市公安局" in lines
