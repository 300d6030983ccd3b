import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.asked import LONGEST, REACH, question_of, questions_above
from index.passages import PassageSettings, passages
from tests.index.sample import Part, document


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("问：老公有居住证，老婆没有，能进吗？", "老公有居住证，老婆没有，能进吗？"),
        ("Q1：已借阅的图书马上到期怎么办？", "已借阅的图书马上到期怎么办？"),
        ("问题3：在防控工作中，怎么做才合法？", "在防控工作中，怎么做才合法？"),
        ("记者问：有哪些具体举措", "有哪些具体举措"),
        ("问：能进吗？答：可以，需提供《居住证》。", "能进吗？"),
        ("发布会介绍了最新进展。门把手有病毒吗？该怎么消毒？", "门把手有病毒吗？该怎么消毒？"),
        ("“还要开展吗？”", "“还要开展吗？”"),
        ("有人问能不能进，可以。", None),
        ("怎么办？及时就医。", None),
        ("问责：对失职的严肃问责。", None),
        ("", None),
    ],
)
def test_a_question_is_marked_or_ends_its_paragraph(words: str, question: str | None) -> None:
    assert question_of(words) == question


def test_of_a_long_question_the_end_is_kept() -> None:
    asked = question_of("问：" + "疫情期间" * 60 + "怎么办？")
    assert asked is not None
    assert len(asked) == LONGEST
    assert asked.endswith("怎么办？")


def test_an_answer_has_the_question_above_it_as_context_and_not_in_its_words() -> None:
    parts = [
        Part("上海各道口正在劝返。\n", kind="paragraph"),
        Part("问：老公有居住证，老婆没有，能进吗？\n", kind="paragraph"),
        Part("答：可以提供结婚证明。\n", kind="paragraph"),
        Part("也可以提供亲属关系证明。\n", kind="paragraph"),
        Part("问：孩子能进吗？\n", kind="paragraph"),
        Part("答：可以。\n", kind="paragraph"),
        Part("一、工作要求\n", heading="一、工作要求", label="一、", kind="heading"),
        Part("各道口严格检查。\n", kind="paragraph", depth=1),
    ]
    held = document("d", "题", parts)
    assert questions_above(held) == {
        "d#2": "老公有居住证，老婆没有，能进吗？",
        "d#3": "老公有居住证，老婆没有，能进吗？",
        "d#5": "孩子能进吗？",
    }
    found = passages(held, PassageSettings())
    assert [held.text[passage.start : passage.end] for passage in found] == [
        part.words.strip() for part in parts
    ]
    assert [passage.context for passage in found][:6] == [
        "题",
        "题",
        "题 老公有居住证，老婆没有，能进吗？",
        "题 老公有居住证，老婆没有，能进吗？",
        "题",
        "题 孩子能进吗？",
    ]


def test_a_question_reaches_only_so_far() -> None:
    parts = [
        Part("如何做到？\n", kind="preamble"),
        *(Part(f"第{at}段。\n", kind="preamble") for at in range(REACH + 3)),
    ]
    assert list(questions_above(document("d", "题", parts))) == [f"d#{at + 1}" for at in range(REACH)]


@given(st.lists(st.text(st.sampled_from("问答怎吗？?。：:\n Q1”"), max_size=40), max_size=12))
def test_questions_are_verbatim_words_above_their_answers(texts: list[str]) -> None:
    held = document("d", "题", [Part(text, kind="paragraph") for text in texts])
    for clause_id, question in questions_above(held).items():
        assert question
        assert question in held.text[: held.clause(clause_id).start]
        assert question_of(held.quote(held.clause(clause_id).span).strip()) is None
