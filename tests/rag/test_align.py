"""Duties found again in another document, by hand-made clauses and over the shipped plans."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.tasks import tasks
from index.lexical import LexicalIndex
from index.passages import PassageSettings, passages
from index.terms import terms
from rag.align import ALIKE, AMISS, Aligner, Place, task_at
from rag.assistant import Assistant
from tests.rag.sample import HashEncoder, Part, document

ONE = document(
    "one",
    "甲县方案",
    [
        Part("1.2024年底前基本完成全城镇“瓶改管”改造任务。（县住建局负责）\n", label="1."),
        Part("2.推动变型拖拉机全部淘汰退出。（县农业农村局负责）\n", label="2."),
        Part("3.建立本级应急救援资源数据库。\n", label="3."),
    ],
)
OTHER = document(
    "other",
    "乙市要点",
    [
        Part("二、加强农机监管，持续推动变型拖拉机治理和淘汰退出。\n", label="二、"),
        Part("三、深化燃气整治。年底前基本完成全市城镇“瓶改管”改造任务，完成企业整合。\n", label="三、"),
        Part("基本完成全城镇“瓶改管”改造任务\t2024年\n", kind="row"),
    ],
)
TABLE = document("table", "丙县进度表", [Part("基本完成全城镇“瓶改管”改造任务\t2024年\n", kind="row")])


def aligner(*documents: Document) -> Aligner:
    cut = [(passage, one) for one in documents for passage in passages(one, PassageSettings())]
    texts = [passage.indexed(one) for passage, one in cut]
    encoder = HashEncoder()
    rarity = LexicalIndex.build([terms(text) for text in texts]).idf
    held = {one.id: one for one in documents}
    return Aligner(held, [passage for passage, _ in cut], encoder.encode_passages(texts), rarity, encoder)


@cache
def by_hand() -> Aligner:
    return aligner(ONE, OTHER, TABLE)


def place(held: Document, words: str) -> Place:
    start = held.text.index(words)
    return Place(held, held.clause_at(start), start, start + len(words))


def test_a_duty_is_found_again_in_other_words() -> None:
    match = by_hand().counterpart(place(ONE, "基本完成全城镇“瓶改管”改造任务"), "other")
    assert match is not None
    assert match.place.clause.id == "other#1"
    assert "年底前基本完成全市城镇“瓶改管”改造任务" in match.place.words
    assert "深化燃气整治" not in match.place.words  # another sentence
    tractors = by_hand().counterpart(place(ONE, "推动变型拖拉机全部淘汰退出"), "other")
    assert tractors is not None
    assert tractors.place.clause.id == "other#0"


def test_what_the_other_does_not_say_is_not_found() -> None:
    absent = place(ONE, "建立本级应急救援资源数据库")
    assert by_hand().counterpart(absent, "other") is None
    assert by_hand().counterpart(absent, "other", least=0) is not None


def test_a_table_is_looked_at_where_the_text_is_silent() -> None:
    match = by_hand().counterpart(place(ONE, "基本完成全城镇“瓶改管”改造任务"), "table")
    assert match is not None
    assert match.place.clause.kind == "row"


def test_words_without_a_term_are_found_nowhere() -> None:
    assert by_hand().counterpart(place(ONE, "。"), "other") is None


def test_share_is_weighed_by_rarity() -> None:
    assert by_hand().share("瓶改管", "完成“瓶改管”任务") == 1
    assert by_hand().share("瓶改管", "拖拉机") == 0
    assert by_hand().share("。", "拖拉机") == 0


def test_the_task_that_shares_most_with_a_place(assistant: Assistant) -> None:
    held = assistant.documents["xiangcheng-2024-5"]
    found = tasks(held)
    some = found[len(found) // 2]
    where = Place(held, held.clause(some.clause_id), some.duty.start, some.duty.end)
    assert task_at(found, where) == some
    assert task_at((), where) is None


def test_two_plans_are_aligned_one_to_one(assistant: Assistant) -> None:
    held = assistant.documents
    one, other = tasks(held["xiangcheng-2024-5"]), tasks(held["qingping-2024-23"])
    pairs = assistant.state().aligner.align(one, other)
    assert len(pairs) > len(other) / 2
    assert len({pair.one.id for pair in pairs}) == len({pair.other.id for pair in pairs}) == len(pairs)
    assert all(ALIKE <= pair.score <= 1 for pair in pairs)
    assert any("瓶改管" in pair.one.duty.text and "瓶改管" in pair.other.duty.text for pair in pairs)
    assert assistant.state().aligner.align(one, ()) == ()


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_what_is_found_is_a_stretch_of_one_clause(assistant: Assistant, data: st.DataObject) -> None:
    held = assistant.documents
    clause = data.draw(st.sampled_from(held["zhumadian-2024-7"].clauses))
    start = data.draw(st.integers(clause.start, clause.end - 1))
    end = data.draw(st.integers(start + 1, clause.end))
    where = Place(held["zhumadian-2024-7"], clause, start, end)
    match = assistant.state().aligner.counterpart(where, "xiuyan-2024-3", least=0)
    if match is not None:
        found = match.place
        assert 0 <= match.score <= 1
        assert found.clause.start <= found.start < found.end <= found.clause.end
        assert found.document.clause(found.clause.id) is found.clause


@pytest.mark.parametrize("name", ["qingping-2024-23", "xiuyan-2024-3", "zhumadian-2024-7"])
def test_a_document_finds_its_own_duties_in_itself(assistant: Assistant, name: str) -> None:
    held = assistant.documents[name]
    for task in [one for one in tasks(held) if held.clause(one.clause_id).kind != "row"][::9]:
        where = Place(held, held.clause(task.clause_id), task.duty.start, task.duty.end)
        match = assistant.state().aligner.counterpart(where, name)
        assert match is not None
        assert match.place.words.find(task.duty.text[:4]) >= 0 or match.place.clause.id == task.clause_id


def test_another_named_thing_is_another_duty(monkeypatch: pytest.MonkeyPatch) -> None:
    one = document("named", "方案", [Part("基本完成“十有”建设任务。\n")])
    other = document("piped", "要点", [Part("基本完成“瓶改管”建设任务。\n")])
    wanted, held = place(one, "基本完成“十有”建设任务"), aligner(one, other)
    found = held.counterpart(wanted, "piped", least=0)
    monkeypatch.setattr("rag.align.AMISS", 0)
    without = held.counterpart(wanted, "piped", least=0)
    assert found is not None
    assert without is not None
    assert without.score - found.score == pytest.approx(AMISS)
