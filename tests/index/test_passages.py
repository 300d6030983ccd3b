import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from index.errors import IndexSettingsError
from index.passages import Passage, PassageSettings, passages
from tests.index.sample import Part, document, plan

SETTINGS = PassageSettings()


def words(held: Document, passage: Passage) -> str:
    return held.text[passage.start : passage.end]


def test_one_passage_for_each_clause_with_words() -> None:
    held = plan()
    found = passages(held, SETTINGS)
    assert [passage.clause_id for passage in found] == ["plan#0", "plan#1", "plan#2", "plan#4"]
    assert [words(held, passage) for passage in found] == [
        "一、主要任务",
        "（一）燃气治理。由县住建局牵头。",
        "1.2024年底前完成“瓶改管”改造。",
        "| | 县应急局 | 每季度检查一次 |",
    ]


def test_only_a_heading_without_words_is_bare() -> None:
    assert [passage.bare_heading for passage in passages(plan(), SETTINGS)] == [True, False, False, False]


def test_context_is_title_headings_above_without_labels_and_inherited_cells() -> None:
    assert [passage.context for passage in passages(plan(), SETTINGS)] == [
        "示范县三年行动方案",
        "示范县三年行动方案 主要任务",
        "示范县三年行动方案 主要任务 燃气治理。",
        "示范县三年行动方案 打非治违",
    ]


def test_context_says_nothing_twice() -> None:
    chapter = Part("一、打非治违\n", heading="一、打非治违", label="一、", kind="heading")
    rows = [
        Part("| 甲 |\n", kind="row", depth=1, inherited=cell) for cell in ("打非治违", "1.打非治违攻坚", "题")
    ]
    found = passages(document("d", "题", [chapter, *rows]), SETTINGS)
    assert [passage.context for passage in found] == ["题", "题 打非治违", "题 1.打非治违攻坚", "题 打非治违"]


def test_indexed_text_is_context_then_words() -> None:
    held = plan()
    assert passages(held, SETTINGS)[2].indexed(held) == (
        "示范县三年行动方案 主要任务 燃气治理。\n1.2024年底前完成“瓶改管”改造。"
    )


def test_a_long_clause_is_cut_after_sentences_and_later_parts_keep_its_heading() -> None:
    sentences = [f"第{at}句说到这里就完了。" for at in range(12)]
    clause = Part("（一）甲。" + "".join(sentences), heading="（一）甲。", label="（一）")
    held = document("d", "题", [clause])
    found = passages(held, PassageSettings(max_characters=50))
    assert len(found) > 1
    assert all(words(held, passage).endswith("。") for passage in found)
    assert "".join(words(held, passage) for passage in found) == held.text
    assert [passage.context for passage in found] == ["题"] + ["题 甲。"] * (len(found) - 1)


@given(
    st.lists(st.text(st.sampled_from("安全。；，\n 、生a1"), max_size=200), min_size=1, max_size=5),
    st.integers(50, 120),
)
def test_every_word_stands_in_exactly_one_passage_of_its_clause(texts: list[str], longest: int) -> None:
    held = document("d", "题", [Part(text) for text in texts])
    covered = [0] * len(held.text)
    for passage in passages(held, PassageSettings(max_characters=longest)):
        clause = held.clause(passage.clause_id)
        assert clause.start <= passage.start < passage.end <= clause.end
        assert passage.end - passage.start <= longest
        for at in range(passage.start, passage.end):
            covered[at] += 1
    assert [covered[at] for at, character in enumerate(held.text) if not character.isspace()] == [
        1 for character in held.text if not character.isspace()
    ]
    assert max(covered, default=0) <= 1


@pytest.mark.parametrize("longest", [0, 49, 10_001])
def test_a_length_out_of_range_is_refused(longest: int) -> None:
    with pytest.raises(IndexSettingsError, match="max_characters"):
        PassageSettings(max_characters=longest)
