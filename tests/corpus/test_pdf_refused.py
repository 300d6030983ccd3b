"""PDF files that are refused: no PDF, broken, encrypted, or too much of anything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.pdf import read_pdf
from corpus.pdf_file import LIMITS, PdfLimits
from tests.corpus.made_pdf import MadePage, make_pdf

pytestmark = pytest.mark.usefixtures("blind")
PAGE = MadePage().write("第一条　为了加强管理，制定本办法。", 40, 100)
WHOLE = make_pdf([PAGE, PAGE])
TINY = PdfLimits(objects=50, pages=1, page_objects=3, page_characters=20)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04", WHOLE[: len(WHOLE) // 3], bytes(10_000)], ids=range(5)
)
def test_no_pdf(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^a\.pdf: not a PDF document or a broken one; [^\n]*$"):
        read_pdf(content, "a.pdf")


def test_a_broken_cross_reference_table_is_built_anew() -> None:
    broken = WHOLE.replace(b"startxref\n", b"startxref\n9")
    assert read_pdf(broken, "a.pdf") == read_pdf(WHOLE, "a.pdf")
    assert read_pdf(WHOLE.replace(b"xref\n0", b"xrfe\n0"), "a.pdf") == read_pdf(WHOLE, "a.pdf")


@pytest.mark.parametrize(
    ("encryption", "reason"),
    [
        (
            f"/Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{'ab' * 32}> /U <{'cd' * 32}>",
            "without a password",
        ),
        ("/Filter /Foo /V 9", "without protection"),
    ],
)
def test_encrypted(encryption: str, reason: str) -> None:
    content = make_pdf([PAGE], trailer=f"/Encrypt <<{encryption}>> /ID [<00><00>]")
    with pytest.raises(UnreadableError, match=rf"^a\.pdf: it is encrypted[^\n]*{reason}[^\n]*$"):
        read_pdf(content, "a.pdf")


def test_a_million_objects() -> None:
    many = b"".join(b"%d 0 obj\nnull\nendobj\n" % number for number in range(10, 1_000_010))
    with pytest.raises(UnreadableError, match=rf"^a\.pdf: \d+ objects, at most {LIMITS.objects} are read"):
        read_pdf(WHOLE + many, "a.pdf")
    with pytest.raises(UnreadableError, match=r"^a\.pdf: 1000000 objects"):
        read_pdf(WHOLE.replace(b"/Size ", b"/Size 1000000 /Was "), "a.pdf")


def test_pages_that_are_only_counted() -> None:
    with pytest.raises(UnreadableError, match=r"^a\.pdf: 900000 pages, at most"):
        read_pdf(WHOLE.replace(b"/Count 2", b"/Count 900000"), "a.pdf")


def test_a_page_tree_that_holds_itself() -> None:
    looped = WHOLE.replace(b"/Kids [", b"/Kids [2 0 R ")
    assert read_pdf(looped, "a.pdf").text.count("第一条") == 2


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([PAGE, PAGE], "2 pages, at most 1"),
        ([MadePage().grid([10, 50, 90], [10, 50])], r"5 objects on page 1, at most 3"),
        ([MadePage().write("字" * 30, 10, 10)], "30 characters on one page, at most 20"),
        ([MadePage()] * 30, r"\d+ objects, at most 50"),
    ],
)
def test_limits_can_be_set(pages: list[MadePage], said: str) -> None:
    with pytest.raises(UnreadableError, match=rf"^a\.pdf: {said}"):
        read_pdf(make_pdf(pages), "a.pdf", TINY)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_bytes_gone_wrong_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in changes:
        content[place] = byte
    try:
        said = read_pdf(bytes(content), "a.pdf").text.replace("\n", "")
    except UnreadableError as error:
        said = str(error)
    assert "\n" not in said
