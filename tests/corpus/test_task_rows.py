"""Tasks of table rows, read by their columns."""

from __future__ import annotations

from pathlib import Path

from corpus.document import Document
from corpus.library import read_document, shipped_documents
from corpus.task import Task
from corpus.tasks import tasks
from tests.corpus.tasks_of import CHAPTER, said, tasks_of, units_of

SHIPPED = {path.stem: read_document(path) for path in shipped_documents()}


def of(document: Document, key: str) -> list[Task]:
    return [task for task in tasks(document) if task.clause_id == f"{document.id}#{key}"]


ROWS = (
    "附件：任务清单\n附件\n任务清单\n序号\t重点任务\t工作措施\t牵头单位\t配合单位\t完成时限\n"
    "1\t老旧管网改造\t改造老旧管网50公里\t县住建局\t县财政局、县发改委\t2025年6月底\n"
    "2\t入户安检\t对居民用户入户安检\t县城管局\t各乡镇人民政府\t2024.12\n"
    "3\t宣传教育\t每月开展一次宣传\t县委宣传部\t县融媒体中心\t长期坚持\n"
)


def test_rows_are_read_by_their_columns(tmp_path: Path) -> None:
    body = CHAPTER + "1. 开展整治。\n" + ROWS
    assert said(body, tmp_path)[1:] == [
        ("改造老旧管网50公里", "2025-06-30"),
        ("对居民用户入户安检", "2024-12-31"),
        ("每月开展一次宣传", "长期坚持"),
    ]
    assert units_of(body, tmp_path)[1:] == [
        ["*县住建局", "县财政局", "县发改委"],
        ["*县城管局", "各乡镇人民政府"],
        ["*县委宣传部", "县融媒体中心"],
    ]
    last = tasks_of(body, tmp_path)[-1]
    assert last.frequency is not None
    assert last.frequency.value == "P1M"
    assert [one.value for one in tasks_of(body, tmp_path)[1].quantities] == ["50公里"]


def test_a_row_of_two_lines_is_two_tasks() -> None:
    found = of(SHIPPED["xiuyan-2024-3"], "附件/（七）/38/行1")
    assert [task.deadline and task.deadline.date for task in found] == ["2024-12-31", "2025-12-31"]
    assert found[0].duty.text == "有关部门安全生产专家库初步建成"


def test_a_group_s_heading_row_is_no_task() -> None:
    assert of(SHIPPED["xiuyan-2024-3"], "附件/（一）") == []
