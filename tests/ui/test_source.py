import pytest

from corpus.document import Span
from tests.ui.sample import CLAUSES, DEADLINE, DOCUMENT, TEXT
from tests.ui.test_view import Page
from ui import source

ANSWER_AT = TEXT.index("2024年底前")
ANSWER = Span(ANSWER_AT, ANSWER_AT + len("2024年底前"))
VOID = {"meta", "link"}


def page(html: str) -> Page:
    for tag in ("<!doctype html>", "\n"):
        html = html.replace(tag, " ") if tag == "<!doctype html>" else html
    return Page(
        "".join(part for part in html.splitlines(keepends=True) if not part.startswith(("<meta", "<link")))
    )


def test_every_word_of_the_document_is_there() -> None:
    words = "".join(page(source.page(DOCUMENT)).words.split())
    for clause in CLAUSES:
        assert "".join(DOCUMENT.quote(clause.span).split()) in words


def test_the_quotation_is_marked_and_the_page_opens_at_the_answer() -> None:
    html = source.page(DOCUMENT, DEADLINE.clause.span, [ANSWER])
    assert '<mark id="quotation" class="answers">2024年底前</mark>' in html
    assert html.count('id="quotation"') == 1
    assert html.count('class="quoted"') == 2


def test_without_answering_words_it_opens_at_the_quotation() -> None:
    html = source.page(DOCUMENT, Span(DEADLINE.start, DEADLINE.end))
    assert '<mark id="quotation" class="quoted">1.统筹推进' in html


def test_without_a_quotation_nothing_is_marked() -> None:
    assert "<mark" not in source.page(DOCUMENT)


def test_every_clause_has_an_anchor_of_its_own() -> None:
    anchors = page(source.page(DOCUMENT)).attributes("p", "id") + page(source.page(DOCUMENT)).attributes(
        "tr", "id"
    )
    assert sorted(anchors) == sorted(["head", "一", "一/1", "一/2", "附/1"])


def test_document_text_is_escaped() -> None:
    shown = page(source.page(DOCUMENT, Span(0, len(TEXT))))
    assert "关于<b>燃气</b>的通知" in shown.words
    assert [tag for tag, _ in shown.tags].count("b") == 2


def test_no_other_host_is_named() -> None:
    html = source.page(DOCUMENT)
    assert "http://" not in html
    assert "https://" not in html


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3-9", Span(3, 5)), ("0-1", Span(0, 1)), ("9-12", None), ("4-4", None), ("4-2", None), ("-3", None), ("a-b", None),
        ("", None), ("None-None", None), ("²-³", None), ("1-" + "9" * 50, None),
    ],
)  # fmt: skip
def test_a_written_stretch_is_read_or_left(written: str, expected: Span | None) -> None:
    assert source.stretch(written, 5) == expected


def test_a_notice_is_escaped() -> None:
    assert "<script>" not in source.notice("没有<script>alert(1)</script>")
