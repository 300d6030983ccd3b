"""Every field of a task is a quotation, in any document, and found in little time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.library import read_document, shipped_documents
from corpus.tasks import tasks
from tests.corpus.generated import Made, Noise, documents, noises, rendered
from tests.corpus.tasks_of import CHAPTER, document_of

SHIPPED = {path.stem: read_document(path) for path in shipped_documents()}
anything = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def assert_sound(document: Document) -> None:
    found = tasks(document)
    assert len({task.id for task in found}) == len(found)
    places: dict[str, int] = {}
    for task in found:
        for quoted in task.quotations:
            quoted.check(document)
        clause = document.clause(task.clause_id)
        places[clause.id] = places.get(clause.id, 0) + 1
        assert task.id == f"{clause.id}@{places[clause.id]}"
        assert set(task.lead) <= set(task.units)
        assert task.units[: len(task.lead)] == task.lead
        if clause.kind != "row":
            assert clause.start <= task.duty.start < task.duty.end <= clause.end
        assert task.duty.text == task.duty.text.strip()


@pytest.mark.parametrize("name", SHIPPED)
def test_tasks_of_shipped_documents_are_sound(name: str) -> None:
    assert tasks(SHIPPED[name])
    assert_sound(SHIPPED[name])


@given(made=documents(), noise=noises)
@anything
def test_tasks_of_made_up_documents_are_sound(made: Made, noise: Noise, tmp_path: Path) -> None:
    path = tmp_path / "made.md"
    path.write_text(rendered(made, noise), encoding="utf-8")
    assert_sound(read_document(path, catalogue=Catalogue()))


PIECES = (
    "2024年底前", "，", "。", "；", "\n", "（", "）", "“", "”", "〔", "：", "县公安局", "、", "牵头", "负责", "完成改造",
    "每月", "至少一次", "各部门要", "聚焦重点，", "责任单位：", "完成时限：", "提升能力", "1.", "（一）", "到2025年",
    "以下均需各社区负责", "其中：", "\t", "立即整改",
)  # fmt: skip


@given(body=st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@anything
def test_any_body_is_read(tmp_path: Path, body: str) -> None:
    assert_sound(document_of(CHAPTER + body, tmp_path))
