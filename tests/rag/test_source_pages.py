"""Where a document's words stand on the pages of its source."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import SourceMap, Span
from rag.source_pages import JOINED_OVER, page_count, page_of, stretches
from tests.ui.sample import DOCUMENT


@st.composite
def maps(draw: st.DrawFn) -> tuple[SourceMap, int]:
    """A source map, its runs in order on both sides and none over a page's end, with the text's length."""
    text, source = 0, 0
    columns: list[tuple[int, int, int]] = []
    pages: list[int] = []
    for skipped, left_out, length, turn in draw(
        st.lists(
            st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(1, 12), st.booleans()),
            min_size=1,
            max_size=12,
        )
    ):
        if turn and source:
            source += 1  # the form feed that ends a page
            pages.append(source)
        text, source = text + skipped, source + left_out
        columns.append((text, source, length))
        text, source = text + length, source + length
    texts, sources, lengths = zip(*columns, strict=True)
    return SourceMap(texts, sources, lengths, tuple(pages)), text


@given(maps(), st.data())
def test_every_mapped_character_is_in_one_stretch_on_its_page(
    made: tuple[SourceMap, int], data: st.DataObject
) -> None:
    source_map, length = made
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    found = stretches(source_map, Span(start, end))
    begins = (0, *source_map.page_starts)
    covered = [
        begins[stretch.page - 1] + offset
        for stretch in found
        for offset in range(stretch.span.start, stretch.span.end)
    ]
    wanted = {
        source + at - text
        for text, source, run in zip(
            source_map.text_starts, source_map.source_starts, source_map.lengths, strict=True
        )
        for at in range(max(text, start), min(text + run, end))
    }
    assert len(covered) == len(set(covered))
    assert wanted <= set(covered)
    between = sorted(set(covered) - wanted)
    assert all(wanted & set(range(at - JOINED_OVER, at)) for at in between)
    assert [stretch.page for stretch in found] == sorted(stretch.page for stretch in found)


def test_what_stands_between_the_words_of_two_pages_is_left_out() -> None:
    # Page 1 ends with "— 1 —", page 2 begins with a running head; the text goes on over both.
    source_map = SourceMap((0, 10), (0, 30), (10, 10), (18,))
    found = stretches(source_map, Span(5, 15))
    assert [(each.page, each.span) for each in found] == [(1, Span(5, 10)), (2, Span(12, 17))]


def test_a_source_of_one_page_has_a_first_page_when_it_is_a_pdf() -> None:
    assert (page_of(DOCUMENT, 3), page_count(DOCUMENT)) == (None, 0)
    one = replace(DOCUMENT, source_name="通知.PDF")
    assert (page_of(one, 3), page_count(one)) == (1, 1)
