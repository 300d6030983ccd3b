from dataclasses import fields
from pathlib import Path

import pytest

from rag.settings import RANGES, Settings

NAMES = sorted(RANGES)


def test_the_environment_names_home_model_and_glossary() -> None:
    environment = {"YIJU_HOME": "/srv/yiju", "YIJU_MODEL": "/models/bge", "YIJU_GLOSSARY": "words.toml"}
    settings = Settings.from_environment(environment)
    assert (settings.home, settings.model, settings.glossary) == (
        Path("/srv/yiju"),
        "/models/bge",
        Path("words.toml"),
    )


@pytest.mark.parametrize("environment", [{}, {"YIJU_HOME": "", "YIJU_MODEL": "", "YIJU_GLOSSARY": ""}])
def test_nothing_named_gives_the_defaults(environment: dict[str, str]) -> None:
    settings = Settings.from_environment(environment)
    assert settings == Settings()
    assert (settings.home, settings.model, settings.glossary) == (Path(".yiju"), "builtin", None)


def test_the_environment_says_what_a_model_wants() -> None:
    environment = {
        "YIJU_QUESTION_PROMPT": "query: ",
        "YIJU_PASSAGE_PROMPT": "",
        "YIJU_DIMENSION": "256",
        "YIJU_CROSS_ENCODER": "BAAI/bge-reranker-base",
    }
    settings = Settings.from_environment(environment)
    assert (settings.question_prompt, settings.passage_prompt) == ("query: ", "")
    assert (settings.dimension, settings.cross_encoder) == (256, "BAAI/bge-reranker-base")


def test_a_dimension_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="YIJU_DIMENSION must be a whole number"):
        Settings.from_environment({"YIJU_DIMENSION": "many"})


def test_a_given_home_goes_before_the_environment() -> None:
    assert Settings.from_environment({"YIJU_HOME": "/srv/yiju"}, "here").home == Path("here")


def test_every_number_has_a_range() -> None:
    numbers = {field.name for field in fields(Settings) if field.type in ("int", "float", "int | None")}
    assert numbers == set(RANGES)


@pytest.mark.parametrize("name", NAMES)
def test_a_number_at_its_bounds_is_taken_and_beyond_refused(name: str) -> None:
    low, high = RANGES[name]
    for allowed in (low, high):
        assert getattr(Settings(**{name: allowed}), name) == allowed  # type: ignore[arg-type]
    for refused in (low - 1, high + 1):
        with pytest.raises(ValueError, match=f"setting {name} must lie in {low}..{high}, got {refused}"):
            Settings(**{name: refused})  # type: ignore[arg-type]
