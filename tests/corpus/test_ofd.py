"""OFD files into pages of text: places of characters, templates, tables, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decoded import IN_MARGIN, Decoded
from corpus.errors import UnreadableError
from corpus.layout import repair
from corpus.ofd import beside, read_ofd
from corpus.ofd_page import deltas, numbers
from tests.corpus.ofd_writer import line_object, words_object, write_ofd, write_package


def read(path: Path) -> Decoded:
    return read_ofd(path.read_bytes(), path.name)


def made(tmp_path: Path, *pages: str, template: str = "") -> Decoded:
    path = tmp_path / "made.ofd"
    write_package(path, pages, template)
    return read(path)


def test_words_are_read_by_their_places(tmp_path: Path) -> None:
    page = (
        words_object("第二行", 38, 60, 5, 1)
        + words_object("安全", 48, 40, 5, 2)
        + words_object("第一行", 28, 40, 5, 3)
    )
    assert made(tmp_path, page).text == "第一行 安全\n第二行"


def test_steps_and_transformations(tmp_path: Path) -> None:
    # Characters 5 mm wide drawn twice as large, the second code without a place of its own height.
    page = (
        '<ofd:TextObject ID="1" Boundary="28 40 100 10" Size="5" CTM="2 0 0 2 0 0">'
        '<ofd:TextCode X="0" Y="4" DeltaX="g 2 5">甲乙丙</ofd:TextCode><ofd:TextCode X="15">丁</ofd:TextCode>'
        "</ofd:TextObject>"
        '<ofd:TextObject ID="2" Boundary="68 40 50 10" Size="10"><ofd:TextCode X="0" Y="8">戊&amp;</ofd:TextCode>'
        "</ofd:TextObject>"
        '<ofd:TextObject ID="3" Boundary="28 80 50 10" Size="5" Visible="false"><ofd:TextCode X="0" Y="4">无'
        "</ofd:TextCode></ofd:TextObject>"
    )
    assert made(tmp_path, page).text == "甲乙丙丁戊&"


def test_turned_words_stand_in_the_margin(tmp_path: Path) -> None:
    turned = words_object("内部资料", 100, 150, 8, 2, more=' CTM="0.7 0.7 -0.7 0.7 0 0"')
    text = made(tmp_path, words_object("正文", 28, 40, 5, 1) + turned).text
    assert text.split("\n")[0] == "正文"
    assert repair(text).text == "正文"


def test_pages_end_with_form_feeds_also_empty_ones(tmp_path: Path) -> None:
    page = words_object("甲", 28, 40, 5, 1)
    picture = '<ofd:ImageObject ID="9" Boundary="0 0 210 297" ResourceID="5"/>'
    decoded = made(tmp_path, page, "", picture, page)
    assert decoded.text == "甲\f\f\f甲"
    assert [(flaw.kind, flaw.page) for flaw in decoded.flaws] == [("page_without_text", 3)]


def test_templates_are_running_heads(tmp_path: Path) -> None:
    pages = [words_object(f"第{numeral}条", 28, 60, 5, 1) for numeral in "一二三"]
    text = made(tmp_path, *pages, template=words_object("云溪市人民政府公报", 80, 15, 4, 9)).text
    assert text.count(IN_MARGIN + "云溪市人民政府公报") == 3
    assert repair(text).text == "第一条\n第二条\n第三条"


def test_ruled_tables_are_rows(tmp_path: Path) -> None:
    # Two rows of two columns; the left column is merged.
    lines = [
        (28, 40, 108, 40),
        (68, 60, 108, 60),
        (28, 80, 108, 80),
        (28, 40, 28, 80),
        (68, 40, 68, 80),
        (108, 40, 108, 80),
    ]
    page = "".join(line_object(*line, 50 + at) for at, line in enumerate(lines))
    page += (
        words_object("组", 30, 42, 5, 1) + words_object("甲", 70, 42, 5, 2) + words_object("乙", 70, 62, 5, 3)
    )
    page += words_object("续", 70, 68, 5, 4)
    assert made(tmp_path, page).text == "组\t甲\n\t乙  续"


def test_closed_paths_and_curves_are_followed(tmp_path: Path) -> None:
    box = (
        '<ofd:PathObject ID="7" Boundary="28 40 80 40"><ofd:AbbreviatedData>M 0 0 L 80 0 L 80 40 L 0 40 C'
        " M 40 0 L 40 40 M 0 0 B 1 1 2 2 3 3 Q 1 1 2 2 A 1 1 0 0 0 5 5 L 5 6</ofd:AbbreviatedData></ofd:PathObject>"
    )
    page = box + words_object("甲", 30, 42, 5, 1) + words_object("乙", 70, 42, 5, 2)
    assert made(tmp_path, page).text == "甲\t乙"


def test_paragraphs_over_lines_and_pages_are_whole(tmp_path: Path) -> None:
    paragraph = "县应急管理局要会同有关部门加强隐患排查，落实主体责任，开展联合检查。" * 12
    text = "\n".join(["隐患排查治理工作方案", *(f"{at}.{paragraph}" for at in range(1, 8))])
    path = tmp_path / "long.ofd"
    write_ofd(text, path, centred=frozenset({"隐患排查治理工作方案"}), running_head="公报")
    decoded = read(path)
    assert decoded.text.count("\f") >= 3
    assert repair(decoded.text).text.replace(" ", "") == text


@pytest.mark.parametrize(
    ("entry", "content", "said"),
    [
        ("OFD.xml", None, "is missing"),
        ("Doc_0/Document.xml", None, "is missing"),
        ("Doc_0/Pages/Page_0/Content.xml", None, "is missing"),
        ("Doc_0/Document.xml", "<a><b></a>", "not well-formed"),
        (
            "Doc_0/Document.xml",
            '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
            "document type",
        ),
        ("Doc_0/Document.xml", "<a/>", "without pages"),
        ("OFD.xml", "<OFD><DocRoot>../../../etc/passwd</DocRoot></OFD>", "is missing"),
    ],
)
def test_damaged_and_hostile_files_are_refused(
    tmp_path: Path, entry: str, content: str | None, said: str
) -> None:
    path = tmp_path / "made.ofd"
    write_package(path, [words_object("甲", 28, 40, 5, 1)])
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    del parts[entry]
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
        if content is not None:
            package.writestr(entry, content)
    with pytest.raises(UnreadableError, match=said) as refused:
        read(path)
    assert "\n" not in str(refused.value)


def test_locations_never_lead_out() -> None:
    assert beside("Doc_0/Document.xml", "../../../x") == "x"
    assert beside("OFD.xml", "/Doc_0/D.xml") == "Doc_0/D.xml"


MARKS = st.one_of(
    st.sampled_from(["g", "g 1e9 2", "g -3 1", "5", "1e99", "-.5", "x", "g 2"]), st.text(max_size=5)
)


@given(st.lists(MARKS, max_size=12).map(" ".join), st.integers(0, 50))
def test_steps_are_never_more_than_characters(said: str, most: int) -> None:
    assert len(deltas(said, most)) <= most
    assert all(abs(number) < 1e200 for number in numbers(said))


@given(st.lists(st.sampled_from([*"MLQBACS", "0", "80", "-1e99", ".5", "x"]), max_size=30).map(" ".join))
def test_any_path_is_followed(tmp_path_factory: pytest.TempPathFactory, data: str) -> None:
    path = tmp_path_factory.mktemp("ofd") / "made.ofd"
    drawn = f'<ofd:PathObject ID="7" Boundary="28 40 80 40"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>'
    drawn += "</ofd:PathObject>"
    write_package(path, [drawn + words_object("甲", 28, 40, 5, 1)])
    assert read(path).text == "甲"
