"""Invariant 6: no answer from what is no longer held, and none of what was."""

from pathlib import Path

import pytest

from index.encoder import Encoder
from rag.answer import Answer
from rag.assistant import Assistant
from rag.errors import HomeError, UnknownClauseError, UnknownDocumentError
from rag.home import Home
from rag.settings import Settings
from rag.weights import Weights
from tests.rag.asking import EXAMPLE, whole
from tests.rag.held import NETWORK
from tests.rag.sample import HashEncoder

BOTTLES = "关于燃气的通知\n\n各单位：\n\n一、2024年底前完成“瓶改管”改造。\n\n二、每月检查一次燃气管道。\n"
MOVED = BOTTLES.replace("2024年底前", "2025年6月底前").replace("每月", "每季度")
LIFTS = "关于电梯的通知\n\n各单位：\n\n一、2026年底前完成电梯改造。\n"

# Invariant 6: no stale answers.


def small(path: Path, encoder: Encoder, **texts: str) -> Assistant:
    """An assistant over a home that holds just these texts, each in a file of that name."""
    home = Home(path / "home", encoder)
    home.open_or_create(empty=True)
    home.add([written(path, name, text) for name, text in texts.items()])
    return over(home, encoder)


def over(home: Home, encoder: Encoder) -> Assistant:
    return Assistant(home, home.open_or_create(), encoder, NETWORK, Settings(home=home.path), Weights.load())


def written(path: Path, name: str, text: str) -> Path:
    file = path / f"{name}.txt"
    file.write_text(text, encoding="utf-8")
    return file


def texts(answer: Answer) -> str:
    return "\n".join(citation.document.text for citation in (*answer.citations, *answer.nearest))


def test_a_replaced_document_answers_as_it_now_stands(tmp_path: Path, encoder: Encoder) -> None:
    first = small(tmp_path, encoder, bottles=BOTTLES, lifts=LIFTS)
    second = over(first.home, encoder)
    for assistant in (first, second):
        assert "2024年底前" in texts(assistant.ask(EXAMPLE))
    first.home.remove("bottles")
    for assistant in (first, second):
        assert "瓶改管" not in texts(assistant.ask(EXAMPLE))
        assert list(assistant.documents) == ["lifts"]
    first.home.add([written(tmp_path, "bottles", MOVED)])
    for assistant in (first, second):
        answer = assistant.ask(EXAMPLE)
        whole(answer, assistant)
        assert "2025年6月底前" in texts(answer)
        assert "2024年底前" not in texts(answer)


def test_a_file_changed_in_its_place_answers_anew_once_rebuilt(tmp_path: Path, encoder: Encoder) -> None:
    assistant = small(tmp_path, encoder, bottles=BOTTLES)
    assistant.source_path("bottles").write_text(MOVED, encoding="utf-8")
    assert "2024年底前" in texts(assistant.ask(EXAMPLE))
    Home(assistant.home.path, encoder).rebuild()
    assert "2024年底前" not in texts(assistant.ask(EXAMPLE))


def test_nothing_of_a_removed_document_is_left(tmp_path: Path, encoder: Encoder) -> None:
    assistant = small(tmp_path, encoder, bottles=BOTTLES, lifts=LIFTS)
    clause_id = assistant.documents["bottles"].clauses[-1].id
    assert assistant.verify("每月检查一次燃气管道")
    assistant.home.remove("bottles")
    assert assistant.verify("每月检查一次燃气管道") == ()
    with pytest.raises(UnknownClauseError):
        assistant.clause(clause_id)
    with pytest.raises(UnknownDocumentError):
        assistant.ask(EXAMPLE, documents=["bottles"])
    with pytest.raises(UnknownDocumentError):
        assistant.source_path("bottles")


def test_what_is_added_answers_at_once(tmp_path: Path, encoder: Encoder) -> None:
    assistant = small(tmp_path, encoder, lifts=LIFTS)
    before = assistant.snapshot_name
    assistant.home.add([written(tmp_path, "bottles", BOTTLES)])
    assert "瓶改管" in texts(assistant.ask(EXAMPLE))
    assert assistant.snapshot_name != before


def test_an_empty_home_answers_that_it_has_nothing(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "home", empty=True)
    for question in (EXAMPLE, "文件的文号是多少", "火星"):
        answer = assistant.ask(question)
        assert (answer.status, answer.nearest) == ("not_found", ())
        assert answer.reason
    assert (assistant.documents, assistant.verify("燃气")) == ({}, ())


def test_another_model_answers_too(tmp_path: Path) -> None:
    """One without vectors of tokens, whose vectors mean nothing."""
    encoder = HashEncoder()
    assistant = small(tmp_path, encoder, bottles=BOTTLES, lifts=LIFTS)
    answer = assistant.ask("瓶改管什么时候完成")
    whole(answer, assistant)
    assert "瓶改管" in texts(answer)


def test_an_index_lost_while_serving_is_told_in_one_line(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "home")
    (tmp_path / "home" / "current").write_text("gone", encoding="utf-8")
    with pytest.raises(HomeError) as told:
        assistant.ask("瓶改管")
    assert "yiju rebuild" in told.value.message
    assert "索引打不开" in told.value.message_zh
