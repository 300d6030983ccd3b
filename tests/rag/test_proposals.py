"""What a clean-up notice would change of the documents held."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Document
from rag.proposals import proposals, unsettled
from tests.corpus.notices import ANNEXED, LISTED, TABULATED, TOLD, read


def held(document_id: str, title: str, number: str | None = None, **said: str) -> Document:
    document = read(f"{title}\n第一条 为了管理，制定本办法。\n", document_id)
    return replace(document, number=number, **said)  # type: ignore[arg-type]


def test_a_number_is_met_however_its_brackets_are_written() -> None:
    notice = read(LISTED, "notice")
    documents = [
        held("fire", "关于加强农村消防工作的若干意见", "襄政办〔2014〕33号"),
        held("heat", "襄城县城区集中供热管理办法（试行）", "襄政（2015）6号"),
        held("sand", "襄城县河道采砂管理办法", "襄政〔2020〕11号"),
        held("other", "襄城县房屋安全管理办法", "襄政〔2012〕9号"),
    ]
    found = proposals(notice, documents)
    assert [(each.document_id, each.status) for each in found] == [("heat", "repealed"), ("fire", "repealed")]
    assert {(each.notice_id, each.until) for each in found} == {("notice", "2024-03-01")}
    assert all(
        each.because.number is not None and each.because.number in notice.quote(each.because.span)
        for each in found
    )


def test_a_title_counts_where_no_number_gainsays_it() -> None:
    notice = read(TABULATED, "notice")
    plan = "新密市户外广告管理办法"
    assert [each.document_id for each in proposals(notice, [held("signs", plan)])] == ["signs"]
    assert proposals(notice, [held("signs", plan, "新密政〔2020〕1号")]) == ()
    assert notice.place == "新密市"
    assert proposals(notice, [held("signs", plan, place="襄城县")]) == ()


def test_a_title_that_fits_several_is_told_and_changes_none() -> None:
    notice = read(TOLD, "notice")
    title = "驻马店市招标投标管理暂行办法"
    both = [held("one", title), held("two", title)]
    assert proposals(notice, both) == ()
    (told,) = unsettled(notice, both)
    assert told.document_ids == ("one", "two")
    assert told.because.title == title
    assert [each.document_id for each in proposals(notice, both[:1])] == ["one"]


def test_what_holds_already_is_not_proposed() -> None:
    notice = read(LISTED, "notice")
    number = "襄政〔2012〕8号"
    assert proposals(notice, [held("x", "烟花", number, status="repealed")]) == ()
    assert proposals(notice, [held("x", "烟花", number, status="superseded")]) == ()
    kept = held("x", "采砂", "襄政〔2020〕11号", status="repealed")
    assert [each.status for each in proposals(notice, [kept])] == ["in_force"]


def test_neither_the_notice_itself_nor_what_came_after_it_is_changed() -> None:
    notice = read(ANNEXED, "notice")
    later = held("later", "关于加强护林防火工作的通告", date="2023-01-01")
    assert proposals(notice, [later, replace(notice, number="岫政发〔2008〕3号")]) == ()


def test_a_new_text_replaces_the_one_of_its_title() -> None:
    new = read(
        "示范县供水管理办法\n第一条 为了供水，制定本办法。\n"
        "第二条 本办法自2024年7月1日起施行。2010年公布的《示范县供水管理办法》同时废止。\n",
        "new",
    )
    (found,) = proposals(new, [new, held("old", "示范县供水管理办法")])
    assert (found.document_id, found.status, found.until, found.replaced_by) == (
        "old", "repealed", "2024-07-01", "new",
    )  # fmt: skip


def test_of_two_versions_with_one_number_the_current_one_is_meant() -> None:
    notice = read(LISTED, "notice")
    number = "襄政〔2012〕8号"
    versions = [held("x", "烟花", number), held("x@1", "烟花", number, status="superseded")]
    assert [each.document_id for each in proposals(notice, versions)] == ["x"]
    assert unsettled(notice, versions) == ()
