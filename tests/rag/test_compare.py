"""The same duty across the four shipped documents."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.assistant import Assistant
from rag.compare import compare
from rag.comparison import Comparison
from rag.errors import BadQuestionError, UnknownDocumentError

PIPES = "各地瓶改管期限有什么不同"
DRILLS = "疏散逃生演练多久一次，各地有什么区别"


def ids(comparison: Comparison) -> dict[str, str]:
    return {side.document.place or "": side.citation.clause.id.split("#")[1] for side in comparison.sides}


def test_the_documents_that_say_it_and_the_one_that_does_not(assistant: Assistant) -> None:
    found = compare(assistant, PIPES)
    assert ids(found) == {"新密市青屏街街道": "二/（六）/14", "驻马店市": "三/14", "襄城县": "三/（六）/18"}
    assert [document.place for document in found.silent] == ["岫岩满族自治县"]
    assert found.duty is not None
    assert "瓶改管" in found.duty
    for side in found.sides:
        assert side.entry is not None
        assert "瓶改管" in side.entry.task.duty.text
        assert side.due.order == "same"


def test_a_document_that_was_not_asked_is_not_called_silent(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert compare(assistant, PIPES).unasked == 0
    monkeypatch.setattr("rag.compare.MOST_ASKED", 2)
    found = compare(assistant, PIPES)
    assert 1 <= len(found.sides) <= 2
    assert len(found.sides) + len(found.silent) + found.unasked == 4
    assert found.unasked >= 2


def test_deadlines_come_first_and_words_are_told_apart(assistant: Assistant) -> None:
    found = compare(assistant, DRILLS)
    assert len(found.sides) == 4
    first = found.sides[0]
    assert (first.document.place, first.due.order) == ("岫岩满族自治县", "earliest")
    assert "2024年" in [first.citation.text[start:end] for start, end in first.differs]
    assert all(side.due.order == "none" for side in found.sides[1:])
    assert [side.citation.rank for side in found.sides] == [1, 2, 3, 4]


def test_numbers_of_clauses_are_no_difference(assistant: Assistant) -> None:
    for question in (PIPES, DRILLS, "变型拖拉机淘汰期限各地有什么不同"):
        for side in compare(assistant, question).sides:
            label = side.citation.clause.labels[-1]
            assert all(start >= len(label) for start, _ in side.differs)


def test_units_that_only_one_names(assistant: Assistant) -> None:
    by_place = {side.document.place: side.units for side in compare(assistant, PIPES).sides}
    assert "襄城县财政局" in by_place["襄城县"].only
    assert not any("住房和城乡建设局" in name for name in by_place["襄城县"].only)
    assert "住房和城乡建设局" in by_place["新密市青屏街街道"].missing


def test_named_places_narrow_it(assistant: Assistant) -> None:
    named = compare(assistant, "襄城和岫岩的瓶改管期限有什么不同")
    assert list(ids(named)) == ["襄城县"]
    assert [document.place for document in named.silent] == ["岫岩满族自治县"]
    assert list(ids(compare(assistant, PIPES, places=["驻马店"]))) == ["驻马店市"]
    assert list(ids(compare(assistant, PIPES, documents=["xiangcheng-2024-5"]))) == ["襄城县"]


def test_a_schedule_is_not_cited_where_the_text_says_it(assistant: Assistant) -> None:
    found = compare(assistant, "各地安全生产专家库什么时候建成")
    assert found.sides
    assert all(side.citation.clause.kind != "row" for side in found.sides)


def test_nothing_of_the_kind_and_no_such_place(assistant: Assistant) -> None:
    none = compare(assistant, "各地养老金涨多少有什么不同")
    assert (none.sides, none.duty, len(none.silent)) == ((), None, 4)
    elsewhere = compare(assistant, "火星县瓶改管期限")
    assert (elsewhere.sides, elsewhere.silent, elsewhere.reason) == ((), (), "place_unknown")


def test_bad_input_is_told(assistant: Assistant) -> None:
    with pytest.raises(BadQuestionError):
        compare(assistant, "  ")
    with pytest.raises(UnknownDocumentError):
        compare(assistant, PIPES, documents=["nope"])


@settings(max_examples=25, deadline=None)
@given(
    st.text(
        alphabet="各地瓶改管期限燃气演练专家库安全生产企业不同隐患2024年?？、 \n", min_size=1, max_size=24
    )
)
def test_whatever_is_asked_every_document_speaks_or_is_silent(assistant: Assistant, question: str) -> None:
    if not question.strip():
        return
    found = compare(assistant, question)
    held = [side.document.id for side in found.sides] + [document.id for document in found.silent]
    assert len(held) == len(set(held))
    assert set(held) <= set(assistant.documents)
    for side in found.sides:
        assert side.citation.start <= side.place.start < side.place.end <= side.citation.end
        start, end = side.sentence
        assert 0 <= start < end <= len(side.citation.text)
    days = [side.due.day for side in found.sides if side.due.day]
    assert days == sorted(days)


def test_the_same_question_gives_the_same_comparison(assistant: Assistant) -> None:
    assert compare(assistant, DRILLS) == compare(assistant, DRILLS)
