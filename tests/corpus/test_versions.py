"""Which held text a new one is a version of, and what its ids become."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.library import read_document, shipped_documents
from corpus.tasks import tasks
from corpus.versions import current_id, earlier, is_current, older_id, renamed


def read(folder: Path, name: str, text: str) -> Document:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


NUMBERED = "甲县人民政府文件\n\n甲政〔2024〕5号\n\n关于加强{}安全的通知\n\n各乡镇：\n\n一、要检查。\n"


@pytest.mark.parametrize(
    "document", [read_document(path) for path in shipped_documents()], ids=lambda one: one.id
)
def test_another_id_changes_nothing_but_ids(document: Document) -> None:
    older = renamed(document, older_id(document.id, 1))
    assert (is_current(document), is_current(older), current_id(older.id)) == (True, False, document.id)
    assert renamed(older, document.id) == document
    assert all(clause.id.startswith(f"{document.id}@1#") for clause in older.clauses)
    assert all(clause.parent is None or older.clause(clause.parent) for clause in older.clauses)
    read = replace(document, tasks=tasks(document))
    assert read.tasks
    assert older.tasks is None
    assert renamed(read, older.id).tasks == tasks(older)
    assert renamed(renamed(read, older.id), document.id) == read


def test_a_version_has_the_number_or_else_the_title(tmp_path: Path) -> None:
    held = read(tmp_path, "held", NUMBERED.format("燃气"))
    assert held.number == "甲政〔2024〕5号"
    renumbered = NUMBERED.replace("5号", "6号")
    for text, expected in (
        (NUMBERED.format("用电"), held),
        (NUMBERED.replace("〔2024〕", "[2024]").format("用电"), held),
        (renumbered.format("燃气"), held),
        (renumbered.format("用电"), None),
        ("要检查。", None),
    ):
        assert earlier(read(tmp_path, "new", text), [held]) is expected
    assert earlier(read(tmp_path, "new", NUMBERED.format("燃气")), [renamed(held, "held@1")]) is None


def test_texts_called_by_their_file_are_no_versions(tmp_path: Path) -> None:
    held = read(tmp_path, "复工须知", "各单位要，做好准备。\n戴口罩。")
    assert "title" not in held.fields
    (tmp_path / "other").mkdir()
    assert earlier(read(tmp_path / "other", "复工须知", "各单位，要消毒。\n洗手。"), [held]) is None
