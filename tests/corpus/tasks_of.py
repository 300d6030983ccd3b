"""Tasks of documents written for a test."""

from __future__ import annotations

from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.library import read_document
from corpus.task import Task
from corpus.tasks import tasks

HEAD = """安阳县安全生产委员会文件
安安委〔2024〕12号
安阳县安全生产委员会关于印发《安阳县城镇燃气安全专项整治工作方案》的通知
各乡镇人民政府，县安委会各成员单位：
《安阳县城镇燃气安全专项整治工作方案》已经县政府同意，现印发给你们，请认真贯彻落实。
2024年3月1日
安阳县城镇燃气安全专项整治工作方案
"""
CHAPTER = "一、重点任务\n"


def document_of(body: str, folder: Path) -> Document:
    """A document of 安阳县, signed on 2024-03-01, with this body."""
    path = folder / "plan.txt"
    path.write_text(HEAD + body, encoding="utf-8")
    return read_document(path, catalogue=Catalogue())


def tasks_of(body: str, folder: Path) -> tuple[Task, ...]:
    """The tasks of such a document, every field checked to be a quotation."""
    document = document_of(body, folder)
    found = tasks(document)
    for task in found:
        for quoted in task.quotations:
            quoted.check(document)
    return found


def said(body: str, folder: Path) -> list[tuple[str, str | None]]:
    """Duties with their dates (the words, where they name no day)."""
    return [
        (task.duty.text, (task.deadline.date or task.deadline.text) if task.deadline else None)
        for task in tasks_of(body, folder)
    ]


def units_of(body: str, folder: Path) -> list[list[str]]:
    """The units of every task, leads with a star."""
    return [
        [("*" if unit in task.lead else "") + unit.text for unit in task.units]
        for task in tasks_of(body, folder)
    ]
