"""Lines and rows a reader saw go on over the page are put together, and every character keeps its source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.decoded import GOES_ON, IN_MARGIN
from corpus.document import Span
from corpus.layout import repair


def test_a_sentence_that_ends_with_the_page_goes_on_where_the_reader_saw_it() -> None:
    apart = "（一）核清底数。逐点核查。\f登记积水深度。"
    assert repair(apart).text == "（一）核清底数。逐点核查。\n登记积水深度。"
    assert repair(apart.replace("\f", f"\f{GOES_ON}")).text == "（一）核清底数。逐点核查。登记积水深度。"


def test_margins_are_left_out_even_once() -> None:
    assert (
        repair(f"{IN_MARGIN}内部资料\n正文。\n{IN_MARGIN}甲\f{IN_MARGIN}内部资料\n再说。").text
        == "正文。\n再说。"
    )


def test_items_of_a_cell_stay_apart() -> None:
    source = f"序号\t措施\n1\t1.清淤。\f{GOES_ON}\t2.疏通。\n2\t排涝。"
    assert repair(source).text == "序号\t措施\n1\t1.清淤。  2.疏通。\n2\t排涝。"


def test_latin_words_stay_apart() -> None:
    assert repair(f"采用 open\f{GOES_ON}source 软件。").text == "采用 open source 软件。"


cells = st.text("甲乙丙丁戊", min_size=1, max_size=4)
rows = st.integers(2, 4).flatmap(lambda width: st.lists(cells, min_size=width, max_size=width))


@given(rows, st.data())
def test_a_broken_row_is_whole_and_knows_its_source(row: list[str], data: st.DataObject) -> None:
    cuts = [data.draw(st.integers(1, len(cell))) for cell in row]
    upper = "\t".join(cell[:cut] for cell, cut in zip(row, cuts, strict=True))
    lower = "\t".join(cell[cut:] for cell, cut in zip(row, cuts, strict=True))
    tabs = "\t".join("栏" for _ in row[1:])
    source = f"头\t{tabs}\n{upper}\n{IN_MARGIN}— 1 —\f{IN_MARGIN}头\n{GOES_ON}{lower}"
    layout = repair(source)
    whole = "\t".join(row)
    assert layout.text.endswith("\n" + whole)
    start = len(layout.text) - len(whole)
    for offset in range(start, len(layout.text)):
        if layout.text[offset] != "\t":
            assert source[layout.source_map.source_offset(offset)] == layout.text[offset]
    end = data.draw(st.integers(start + 1, len(layout.text)))
    covered = layout.source_map.source_span(Span(data.draw(st.integers(start, end - 1)), end))
    assert 0 <= covered.start < covered.end <= len(source)
