"""Whose documents answer: those of the asked place first, then those that say no place."""

import pytest

from rag.assistant import Assistant
from rag.home import Home
from rag.settings import Settings

COUNTY = (
    "襄城县电动自行车安全管理方案\n一、各单位每月检查一次电动自行车充电设施。\n二、消防救援大队负责宣传。\n"
)
LAW = (
    "电动自行车停放充电规定\n第一条　在楼道内停放电动自行车的，处五百元以上一千元以下罚款。\n"
    "第二条　充电设施应当每季度检修一次。\n"
)
OTHER = "岫岩满族自治县电动自行车方案\n一、在楼道内停放电动自行车的，处二百元罚款。\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("places")
    settings = Settings(home=folder / "home")
    home = Home(settings.home, settings.encoder())
    home.open_or_create(empty=True)
    for name, text in (("county", COUNTY), ("law", LAW), ("other", OTHER)):
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        home.add([path])
    return Assistant.open(settings.home, settings=settings)


def cited(assistant: Assistant, question: str) -> set[str]:
    return {citation.document.id for citation in assistant.ask(question).citations}


def test_the_places_own_document_answers_first(assistant: Assistant) -> None:
    assert cited(assistant, "襄城县电动自行车充电设施多久检查一次") == {"county"}


def test_what_it_does_not_say_a_document_of_no_place_may(assistant: Assistant) -> None:
    answer = assistant.ask("襄城县在楼道内停放电动自行车罚款多少")
    assert {citation.document.id for citation in answer.citations} == {"law"}
    assert answer.status == "answered"
    assert answer.understood.places == ("襄城县",)
    assert answer.understood.documents == ()


def test_another_places_document_never_answers(assistant: Assistant) -> None:
    for question in ("襄城县在楼道内停放电动自行车罚款多少", "襄城县电动自行车罚款二百元吗"):
        assert "other" not in cited(assistant, question)
