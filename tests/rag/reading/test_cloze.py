import random

from hypothesis import given
from hypothesis import strategies as st

from rag.reading.training.cloze import cloze, exchangeable

TEXT = "市住房城乡建设局应当在2024年6月底前完成燃气管道更新改造，每季度至少检查一次。违者处二千元罚款。"


@given(st.integers(0, 10_000))
def test_what_is_taken_away_is_a_stretch_of_the_text(seed: int) -> None:
    made = cloze(TEXT, "某市燃气条例", {}, random.Random(seed))
    if made is None:
        return
    taken = TEXT[made.start : made.end]
    assert taken
    assert taken == taken.strip("。，")
    assert made.question


def test_the_same_seed_makes_the_same_question() -> None:
    assert cloze(TEXT, "", {}, random.Random(3)) == cloze(TEXT, "", {}, random.Random(3))


def test_a_date_is_asked_for_in_words_that_ask_for_a_date() -> None:
    made = [cloze(TEXT, "", {}, random.Random(seed)) for seed in range(200)]
    dates = [one for one in made if one and TEXT[one.start : one.end] == "2024年6月底前"]
    assert dates
    asking = ("时候", "哪年", "何时", "月底", "哪天", "deadline", "when", "时限", "时间", "多久", "哪一年")
    assert all(any(word in one.question for word in asking) for one in dates)
    assert all("2024年6月底前" not in one.question for one in dates)


def test_words_are_exchanged() -> None:
    words = exchangeable([("燃气", "煤气"), ("管道", "pipe"), ("改", "换")])
    assert words == {"燃气": ["煤气"], "煤气": ["燃气"], "管道": ["pipe"]}
    made = [cloze(TEXT, "", words, random.Random(seed)) for seed in range(300)]
    assert any(one and ("煤气" in one.question or "pipe" in one.question) for one in made)


def test_too_little_to_ask_with() -> None:
    assert cloze("完成。", "", {}, random.Random(1)) is None
