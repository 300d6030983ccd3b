"""The gold questions say what the documents say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.library import read_document
from eval.gold import GoldError, GoldQuestion, load
from eval.rightness import Quote, squeezed
from eval.sets import plans

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
NEAR = 450
"""A span stands in its quote's clause: within so many squeezed characters of the quote."""

SOURCES = {
    path.stem.partition("-")[0]: squeezed(read_document(path).text) for path in DOCUMENTS.glob("*.txt")
}
QUESTIONS = tuple(
    question for files in (plans.FILES, plans.UNSEEN, plans.FRESH) for question in plans.questions(files)
)
OWN = [question for question in QUESTIONS if question.source == "plans_own"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_quote_and_span_stands_in_its_document(question: GoldQuestion) -> None:
    around = []
    for gold in question.golds:
        assert isinstance(gold, Quote)
        assert gold.words in SOURCES[gold.document], gold
        source = SOURCES[gold.document]
        starts = [match.start() for match in re.finditer(re.escape(gold.words), source)]
        around += [source[max(0, at - NEAR) : at + len(gold.words) + NEAR] for at in starts]
    for span in question.spans:
        assert any(span in text for text in around), span


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_kind_and_style_go_with_the_rest(question: GoldQuestion) -> None:
    assert question.answerable == (question.kind != "unanswerable")
    assert ("followup" in question.style) == (question.context is not None)
    assert question.answerable or not question.spans
    assert question.need == "any" or len(question.golds) > 1


def test_there_are_enough_questions_of_each_kind() -> None:
    assert len(OWN) >= 140
    assert sum(not question.answerable for question in OWN) >= 35
    assert {question.part for question in OWN} == {"fit", "check"}
    texts = [(question.question, question.context) for question in QUESTIONS]
    assert len(set(texts)) == len(texts)


def test_a_bad_file_is_refused_by_name(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"bad\.jsonl:1: not a gold question"):
        load([bad], plans.read)
    with pytest.raises(GoldError, match="missing"):
        load([tmp_path / "missing.jsonl"], plans.read)


def test_an_id_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    path = plans.GOLD_FOLDER / plans.FILES[0]
    copy = tmp_path / "copy.jsonl"
    copy.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    with pytest.raises(GoldError, match="occurs twice"):
        load([path, copy], plans.read)


def test_unseen_questions_are_none_of_those_fitted_on() -> None:
    fitted = {
        (question.question, question.context)
        for path in plans.GOLD_FOLDER.glob("plans*.jsonl")
        if path.name not in (*plans.UNSEEN, *plans.FRESH)
        for question in plans.questions((path.name,))
    }
    for files in (plans.UNSEEN, plans.FRESH):
        unseen = {(question.question, question.context) for question in plans.questions(files)}
        assert len(fitted) > len(unseen) >= 200
        assert not fitted & unseen
