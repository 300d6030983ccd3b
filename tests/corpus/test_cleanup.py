"""Clean-up notices and repealing clauses: which texts they name, and what becomes of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleanup import is_cleanup_notice, verdicts
from corpus.library import read_document, shipped_documents
from corpus.text_number import plain_number, tells_apart
from tests.corpus.notices import ANNEXED, LISTED, TABULATED, TOLD, read

BRACKETS = ("〔〕", "[]", "［］", "（）", "()", "【】")


def told(text: str) -> list[tuple[str, str | None]]:
    """The status and the number (the title where there is none) of every verdict."""
    return [(each.status, each.number or each.title) for each in verdicts(read(text))]


def test_lists_under_headings() -> None:
    assert told(LISTED) == [
        ("repealed", "襄政〔2012〕8号"),
        ("repealed", "襄政［2015］06号"),
        ("repealed", "襄政办[2014]33号"),
        ("repealed", "襄政〔2016〕41号"),
        ("repealed", "襄政办〔2018〕5号"),
        ("amended", "襄政〔2019〕3号"),
        ("in_force", "襄政〔2020〕11号"),
        ("in_force", "襄政〔2021〕2号"),
    ]
    titles = [each.title for each in verdicts(read(LISTED))]
    assert titles[1] == "襄城县人民政府关于印发《襄城县城区集中供热管理办法（试行）》的通知"
    assert titles[3] == "襄城县人民政府关于印发襄城县“十三五”安全生产规划的通知"


def test_a_table_with_results() -> None:
    assert told(TABULATED) == [
        ("repealed", "新密政〔2011〕23号"),
        ("in_force", "新密政办〔2016〕7号"),
        ("in_force", "新密政〔2018〕15号"),  # 拟修订: until then it holds
        ("repealed", "新密政告〔2015〕2号"),
        ("amended", "新密政〔2019〕9号"),
    ]


def test_running_text() -> None:
    assert told(TOLD) == [
        ("repealed", "驻政〔2004〕52号"),
        ("repealed", "驻政办〔2009〕101号"),
        ("repealed", "驻马店市招标投标管理暂行办法"),
        ("repealed", "驻政〔2010〕7号"),
        ("in_force", "驻政办〔2019〕30号"),
    ]


def test_tables_under_titles_of_annexes() -> None:
    assert told(ANNEXED) == [
        ("repealed", "岫政发〔2008〕3号"),
        ("repealed", "岫政发〔2009〕17号"),
        ("in_force", "岫政发〔2013〕21号"),
    ]


@pytest.mark.parametrize("text", [LISTED, TABULATED, TOLD, ANNEXED])
def test_verdicts_quote_their_notice_and_name_no_ground(text: str) -> None:
    notice = read(text)
    assert is_cleanup_notice(notice)
    for verdict in verdicts(notice):
        words = notice.quote(verdict.span)
        assert verdict.title is None or verdict.title in words
        assert verdict.number is None or verdict.number in words
    grounds = ("国办发", "豫政", "行政许可法")
    assert not any(ground in notice.quote(each.span) for each in verdicts(notice) for ground in grounds)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("本办法自2024年1月1日起施行，《旧办法》（县政〔2010〕5号）同时废止。", [("repealed", "县政〔2010〕5号")]),
        (
            "2003年5月1日县政府公布的《甲办法》、2005年公布的《乙办法》同时废止。",
            [("repealed", "甲办法"), ("repealed", "乙办法")],
        ),
        ("2013年公布，根据2017年《关于修改部分规章的决定》修正的《丙办法》同时废止。", [("repealed", "丙办法")]),
        ("《甲办法》中有关收费的规定同时废止。", [("amended", "甲办法")]),
        ("《甲办法》（试行）同时废止。", [("repealed", "甲办法")]),
        ("根据《甲办法》，《乙办法》同时废止。", [("repealed", "乙办法")]),
        ("依照《甲办法》办理，有效期内继续有效。", []),
        ("《经营许可证》失效。", []),
        ("被废止的《甲办法》不得引用。", []),
        ("规章有下列情形之一的，应当予以废止：", []),
    ],
)  # fmt: skip
def test_what_a_sentence_of_a_plain_document_repeals(sentence: str, expected: list[tuple[str, str]]) -> None:
    text = f"示范县供水管理办法\n第一条 为了供水，制定本办法。\n第二条 {sentence}\n"
    assert told(text) == expected


@pytest.mark.parametrize("path", shipped_documents(), ids=lambda path: str(path.stem))
def test_plain_documents_judge_no_other(path: object) -> None:
    document = read_document(path)  # type: ignore[arg-type]
    assert not is_cleanup_notice(document)
    assert verdicts(document) == ()


@given(
    st.text("甲乙丙县市政办发", min_size=2, max_size=6),
    st.integers(1990, 2030),
    st.integers(1, 9999),
    st.sampled_from(BRACKETS),
    st.sampled_from(BRACKETS),
    st.sampled_from(("", "第", "0", " ")),
)
def test_brackets_do_not_tell_numbers_apart(
    issuer: str, year: int, count: int, one: str, other: str, filler: str
) -> None:
    written = f"{issuer}{one[0]}{year}{one[1]}{filler}{count}号"
    assert plain_number(written) == plain_number(f"{issuer}{other[0]}{year}{other[1]}{count}号")
    assert plain_number(written) != plain_number(f"{issuer}{one[0]}{year}{one[1]}{count + 1}号")
    assert plain_number(plain_number(written)) == plain_number(written)
    assert tells_apart(written)
