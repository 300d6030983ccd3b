from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from rag.answer import Answer, Citation, Understood
from tests.ui.sample import CLAUSES, DEADLINE, DOCUMENT, TEXT, answered, cite, highlight
from ui import view

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}{{value}}\"'&"


class Page(HTMLParser):
    """What a browser would make of it: the tags, the attributes, the words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def attributes(self, tag: str, name: str) -> list[str]:
        return [attrs[name] or "" for each, attrs in self.tags if each == tag and name in attrs]


def alone(_clause_id: str) -> tuple[tuple[()], tuple[()]]:
    return (), ()


def test_the_answering_words_are_marked() -> None:
    html = view.turn(answered(DEADLINE), alone)
    assert '<mark class="answers" title="时限：2024-12-31">2024年底前</mark>基本完成' in html


def test_a_card_names_its_source() -> None:
    words = Page(view.card(DEADLINE, (), ())).words
    for shown in (
        "样县",
        "样〔2024〕1号",
        "《关于<b>燃气</b>的通知》",
        "一、主要任务",
        "很可能",
        "2024-12-31",
        DEADLINE.reference,
    ):
        assert shown in words


def test_a_card_shows_the_whole_quotation() -> None:
    assert DEADLINE.text in Page(view.card(DEADLINE, (), ())).words


@pytest.mark.parametrize(
    ("score", "word"), [(1.0, "很可能"), (0.8, "很可能"), (0.79, "可能"), (0.5, "可能"), (0.49, "不确定")]
)
def test_a_score_is_told_in_words(score: float, word: str) -> None:
    assert f">{word}</span>" in view.card(cite(CLAUSES[2], score=score), (), ())


def test_the_reference_line_can_be_copied() -> None:
    assert Page(view.card(DEADLINE, (), ())).attributes("button", "data-copy") == [DEADLINE.reference]


def test_the_link_leads_to_the_quotation() -> None:
    link = urlsplit(Page(view.card(DEADLINE, (), ())).attributes("a", "href")[0])
    asked = parse_qs(link.query)
    start, end = int(asked["start"][0]), int(asked["end"][0])
    assert TEXT[start:end] == DEADLINE.text
    first, last = map(int, asked["answer"][0].split("-"))
    assert TEXT[first:last] == "2024年底前"
    assert link.path == "source/demo"
    assert link.fragment == "quotation"


def test_neighbours_are_there_on_demand() -> None:
    page = Page(view.card(DEADLINE, (CLAUSES[1],), (CLAUSES[3],)))
    assert "details" in {tag for tag, _ in page.tags}
    assert "2.每季度自查一次 & 上报。" in page.words


def test_a_long_quotation_is_folded_around_the_answer_and_loses_nothing() -> None:
    document, words = DOCUMENT, TEXT.splitlines()[2]
    long = "前文。" * 100 + words + "后文。" * 100
    clause = type(CLAUSES[2])("long#1", "item", ("1.",), ("1.",), 0, len(long))
    longer = type(document)("long", "长文", long, (clause,), document.source_map, "long.txt", "0" * 64)
    citation = Citation(1, 0.9, longer, clause, long, 0, len(long), (highlight(long, "2024年底前"),))
    page = Page(view.card(citation, (), ()))
    assert long in page.words
    assert ("span", {"class": "rest"}) in page.tags
    assert any("data-unfold" in attrs for _, attrs in page.tags)


def test_a_table_row_is_shown_by_its_columns() -> None:
    row = cite(CLAUSES[4], highlight(DOCUMENT.quote(CLAUSES[4].span), "2025年"))
    html = view.card(row, (), ())
    assert "<dt>时限</dt>" in html
    assert '完成时间<mark class="answers" title="时限">2025年</mark>' in html
    assert "备注" not in html


def refused(question: str = "火星", reason: str | None = "no_document_says") -> Answer:
    understood = Understood(question, (), ("样县",), (), {"瓶盖管": "瓶改管"})
    return Answer(question, "not_found", understood, (), (cite(CLAUSES[3]),), reason)


def test_a_refusal_reads_like_help() -> None:
    words = Page(view.turn(refused(), alone)).words
    for shown in ("没有找到", "瓶改管", "可以试试", "放宽地区或文件范围", "不是答案", "每季度自查一次"):
        assert shown in words
    assert "很可能" not in words


def test_what_is_near_is_not_marked_as_an_answer() -> None:
    assert "<mark" not in view.turn(refused(), alone)


def test_an_unknown_place_is_said() -> None:
    assert "没有这个地区的文件" in view.turn(refused(reason="place_unknown"), alone)


@pytest.mark.parametrize(
    "answer", [answered(DEADLINE, question=HOSTILE), refused(HOSTILE)], ids=["answered", "refused"]
)
def test_what_people_and_documents_write_stays_text(answer: Answer) -> None:
    page = Page(view.turn(answer, alone))
    assert HOSTILE in page.words
    assert not {"img", "b", "script"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)


def test_trouble_is_one_escaped_line() -> None:
    page = Page(view.trouble(HOSTILE, "问题是空的"))
    assert HOSTILE in page.words
    assert "问题是空的" in page.words


def test_documents_that_say_the_same_are_named_beside_the_citation() -> None:
    copy = cite(CLAUSES[3])
    citation = replace(DEADLINE, copies=(copy,))
    page = Page(view.card(citation, (), ()))
    assert "另有 1 份文件写得相同" in page.words
    assert copy.reference in page.words
    assert view.source_link(copy) in page.attributes("a", "href")
    assert "写得相同" not in Page(view.card(DEADLINE, (), ())).words


def test_a_document_of_no_place_is_told_where_a_place_was_asked() -> None:
    placeless = replace(DEADLINE, document=replace(DEADLINE.document, place=None))
    asked = replace(answered(placeless), understood=Understood("瓶改管", places=("样县",)))
    assert "请核对是否适用" in Page(view.turn(asked, alone)).words
    assert "请核对是否适用" not in Page(view.turn(answered(placeless), alone)).words
    placed = replace(answered(DEADLINE), understood=Understood("瓶改管", places=("样县",)))
    assert "请核对是否适用" not in Page(view.turn(placed, alone)).words
