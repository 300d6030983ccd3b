from __future__ import annotations

from pathlib import Path

import pytest

from rag.understanding.glossary import SHIPPED, THESAURUS, Glossary, GlossaryError, singular


def always(_: str) -> bool:
    return True


def expanded(glossary: Glossary, text: str, has: set[str] | None = None) -> dict[str, tuple[str, ...]]:
    occurs = always if has is None else has.__contains__
    return {expansion.phrase: expansion.words for expansion in glossary.expand(text, occurs)}


@pytest.mark.parametrize(
    ("text", "phrase", "official"),
    [
        ("瓶改管 deadline?", "deadline", "时限"),
        ("Who leads boiler checks", "who leads", "牵头"),
        ("responsible departments for mines", "responsible departments", "责任单位"),
        ("fishing boats", "fishing boats", "渔船"),
        ("LPG stations", "lpg stations", "液化石油气"),
        ("E-BIKE", "e-bike", "电动自行车"),
        ("how often are drills held", "how often", "频次"),
        ("厂里老板要做啥", "厂里老板", "主要负责人"),
        ("逃生演习几次", "逃生演习", "疏散逃生演练"),
        ("烟感装没装", "烟感", "火灾报警"),
        ("液化气站", "液化气站", "液化石油气"),
        ("打渔船归谁管", "打渔船", "渔业船舶"),
    ],
)
def test_phrases_find_official_words(glossary: Glossary, text: str, phrase: str, official: str) -> None:
    assert official in expanded(glossary, text)[phrase]


def test_only_words_of_the_corpus_are_offered(glossary: Glossary) -> None:
    assert expanded(glossary, "deadline", {"完成时间"}) == {"deadline": ("完成时间",)}
    assert expanded(glossary, "deadline", set()) == {}


def test_words_the_question_says_itself_are_not_offered(glossary: Glossary) -> None:
    assert "时限" not in expanded(glossary, "deadline 时限")["deadline"]


def test_the_longest_phrase_wins(glossary: Glossary) -> None:
    assert list(expanded(glossary, "fire drill")) == ["fire drill"]
    assert "老板" not in expanded(glossary, "厂里老板")


def test_a_shorter_phrase_serves_where_the_longer_has_no_words_in_the_corpus(glossary: Glossary) -> None:
    assert expanded(glossary, "e-bike charging", {"电动自行车"}) == {"e-bike": ("电动自行车",)}
    assert expanded(glossary, "逃生演习", {"演练"}) == {"演习": ("演练",)}


def test_everyday_speech_the_corpus_shares_is_left_alone() -> None:
    glossary = Glossary({"店铺": ("thesaurus", ("生产经营单位",))}, {})
    assert expanded(glossary, "店铺", {"生产经营单位"}) == {"店铺": ("生产经营单位",)}
    assert expanded(glossary, "店铺", {"生产经营单位", "店铺"}) == {}


def test_near_words_say_so(glossary: Glossary) -> None:
    near = {expansion.phrase: expansion.near for expansion in glossary.expand("出事了罚钱", always)}
    assert near == {"出事": True, "罚钱": False}


@pytest.mark.parametrize(
    ("plural", "single"),
    [("boilers", "boiler"), ("agencies", "agency"), ("boxes", "box"), ("gas", "gas"), ("process", "process")],
)
def test_singular(plural: str, single: str) -> None:
    assert singular(plural) == single


def test_a_persons_own_glossary_wins(tmp_path: Path) -> None:
    own = tmp_path / "glossary.toml"
    own.write_text(
        '[same]\n"大本本" = ["安全生产许可证"]\n[english]\n"deadline" = ["截止日"]\n', encoding="utf-8"
    )
    glossary = Glossary.load(own)
    assert expanded(glossary, "大本本 deadline") == {"大本本": ("安全生产许可证",), "deadline": ("截止日",)}


@pytest.mark.parametrize(
    "content",
    [
        '[same]\n"a" = "b"\n',
        '[other]\n"a" = ["b"]\n',
        "[same\n",
        '[same]\n"a" = [""]\n',
        '[same]\n"" = ["b"]\n',
    ],
)
def test_a_glossary_that_cannot_be_read_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(content, encoding="utf-8")
    with pytest.raises(GlossaryError) as refused:
        Glossary.load(bad)
    assert str(bad) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_glossary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"none\.toml"):
        Glossary.load(tmp_path / "none.toml")


def test_the_shipped_files_are_well_formed() -> None:
    lines = THESAURUS.read_text(encoding="utf-8").splitlines()
    assert all(line.count("\t") == 3 for line in lines)
    assert len({line.split("\t")[0] for line in lines}) > 1000
    assert SHIPPED.read_text(encoding="utf-8").startswith("# 词表")
