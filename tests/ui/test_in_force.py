"""What people see of texts that are not in force: on the page, in the terminal, in lists and comparisons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.answer import Answer, Understood
from rag.api.opening import Opening
from rag.assistant import Assistant
from rag.caution import Caution
from rag.cautioned import with_caution
from rag.compare import compare
from rag.listing import Listed
from rag.task_query import TaskQuery
from tests.rag.held import ENCODER, QUESTION, TODAY, holding, made
from tests.ui.sample import CLAUSES, DEADLINE, DOCUMENT, answered, cite
from tests.ui.test_view import HOSTILE, Page, alone
from ui import listing, view
from ui.chat import Talk, reply
from ui.compare_lines import comparison_lines
from ui.compare_view import comparison_html
from ui.labels import WITHDRAWN_TOO, filters_in_words, refusal_in_words
from ui.terminal import answer_lines

WARNED = replace(
    DEADLINE, caution=Caution("superseded", None, "2026-01-01", "next", f"此文件已被《{HOSTILE}》替代")
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("page")
    title = "甲县瓶改管工作方案"
    documents = [
        made("a", title, "2027年6月底", folder, date="2025-06-01"),
        made(
            "a@1", title, "2025年3月底", folder, date="2024-01-10", status="superseded", until="2025-06-01",
            replaced_by="a",
        ),
        made("b", "乙县瓶改管工作方案", "2028年9月底", folder, status="amended"),
    ]  # fmt: skip
    return holding(documents, folder / "home", ENCODER)


def test_a_card_warns_above_the_quotation() -> None:
    html = view.turn(answered(WARNED), alone)
    page = Page(html)
    assert f"此文件已被《{HOSTILE}》替代" in page.words
    assert "img" not in [tag for tag, _ in page.tags]
    assert html.index('class="warning"') < html.index("<blockquote")
    assert '<span class="status">已被替代</span>' in html


def test_a_text_in_force_is_shown_without_a_warning() -> None:
    html = view.turn(answered(DEADLINE), alone)
    assert "warning" not in html
    assert 'class="status"' not in html


def test_what_is_near_and_what_says_the_same_is_warned_of_too() -> None:
    near = Answer("火星", "not_found", Understood("火星"), (), (WARNED,), "no_document_says")
    assert 'class="warning"' in view.turn(near, alone)
    copied = replace(DEADLINE, copies=(replace(cite(CLAUSES[3]), caution=WARNED.caution),))
    assert f"样〔2024〕1号：此文件已被《{HOSTILE}》替代" in Page(view.turn(answered(copied), alone)).words
    lines = answer_lines(answered(copied), bold=False)
    assert f"    注意：样〔2024〕1号：此文件已被《{HOSTILE}》替代" in lines


def test_the_terminal_warns_above_the_quotation() -> None:
    lines = answer_lines(answered(WARNED), bold=False)
    assert lines[4] == f"    注意：此文件已被《{HOSTILE}》替代"
    near = Answer("火星", "not_found", Understood("火星"), (), (WARNED,), "no_document_says")
    assert f"    注意：此文件已被《{HOSTILE}》替代" in answer_lines(near, bold=False)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"status": "repealed"}, "此文件已废止"),
        (
            {"status": "repealed", "until": "2025-01-01", "replaced_by": "y"},
            "此文件已被《新办法》废止（自2025-01-01起）",
        ),
        ({"status": "superseded"}, "此文件已被新的文件替代"),
        ({"status": "superseded", "replaced_by": "y"}, "此文件已被《新办法》替代"),
        ({"until": "2025-01-01"}, "此文件的有效期已满（至2024-12-31）"),
        ({"status": "amended", "replaced_by": "y"}, "此文件已被《新办法》修改，请核对修改后的规定"),
        ({"status": "not_yet_in_force"}, "此文件尚未施行"),
        ({"since": "2027-01-01"}, "此文件尚未施行（自2027-01-01起施行）"),
    ],
)
def test_what_a_warning_says(said: dict[str, str], text: str) -> None:
    document = replace(DOCUMENT, **said)  # type: ignore[arg-type]
    held = {"y": replace(DOCUMENT, id="y", title="新办法")}
    told = with_caution(replace(DEADLINE, document=document), TODAY, held).caution
    assert told is not None
    assert told.text == text


def test_a_list_names_the_status_of_its_documents(library: Assistant) -> None:
    query = TaskQuery(include_withdrawn=True, as_of=date(2025, 7, 1))
    html = listing.table(Listed(query, tuple(library.tasks.find(query))), TODAY)
    assert html.count('<small class="warned">已被替代</small>') == 2
    assert html.count('<small class="warned">已修改</small>') == 2
    assert "有效日期：2025-07-01" in html
    assert f"范围：{WITHDRAWN_TOO}" in html
    assert "在任务台账中打开" not in html  # that tab shows what applies today
    assert filters_in_words(TaskQuery()) == []


def test_a_comparison_warns(library: Assistant) -> None:
    found = compare(library, "各县瓶改管期限有什么不同")
    assert {side.citation.document.id for side in found.sides} == {"a", "b"}
    assert comparison_html(found).count("此文件已修改") == 1
    assert sum("注意：此文件已修改" in line for line in comparison_lines(found, bold=False)) == 1


def test_a_question_of_the_talk_may_name_a_day_and_ask_for_withdrawn_texts(library: Assistant) -> None:
    opening = Opening.of(library)

    def said(**asked: object) -> str:
        return Page(reply(opening, Talk(), QUESTION, [], [], **asked).html).words  # type: ignore[arg-type]

    assert "2025年3月底" not in said()
    assert "2025年3月底" in said(as_of="2025-1-1")
    assert "2027年6月底" not in said(as_of=" 2025-01-01 ")
    both = said(withdrawn=True)
    assert "2025年3月底" in both
    assert "2027年6月底" in both
    assert "此文件已被《甲县瓶改管工作方案》的新版本替代（自2025-06-01起）" in both
    assert "日期应写成" in said(as_of="去年")


def test_a_withdrawn_text_asked_about_is_refused_in_words(library: Assistant) -> None:
    talk = reply(Opening.of(library), Talk(), QUESTION, [], [], as_of="2023-01-01")
    assert "甲县" not in Page(talk.html).words
    assert WITHDRAWN_TOO in refusal_in_words("withdrawn")
