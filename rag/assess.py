"""What is to become of a file that was read: taken in, offered as a new version, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.tasks import tasks
from corpus.versions import earlier, is_current
from rag.report import Outcome, Report

Same = Literal["ask", "version", "apart"]
"""What becomes of a text with the number or title of a held one: it is offered, made its new version, or held beside."""


def assess(path: Path, found: Document | CorpusError, held: Mapping[str, Document], same: Same) -> Report:
    """The report on a file as it stands before anything is changed: "added" and "replaced" say what is to be done.

    `found` is what reading it gave, `held` the documents held by id. What is held beside another text by its number,
    title or very bytes names that as `held`.
    """
    if isinstance(found, CorpusError):
        return Report(path.name, "refused", message=str(found), message_zh=f"文件读不了（{found}）")
    if not found.text.strip():
        return Report(
            path.name, "refused", message=f"{path.name}: holds no text", message_zh=f"{path.name} 里没有文字"
        )
    twin = next((one for one in held.values() if is_current(one) and one.digest == found.digest), None)
    if twin is not None and (same != "apart" or twin.source_name == path.name):
        return _held_already(path, found, twin)
    before = twin or earlier(found, held.values())
    if before is None:
        return _report(path, found, "added")
    if same == "version":
        return of_version(path, found, before)
    english, chinese = _alike(found, before)
    if same == "apart":
        return _report(
            path,
            found,
            "added",
            before.id,
            f"{path.name} has the {english} of {before.id}; if it is its new version, replace that by it",
            f"与已有文件“{before.id}”的{chinese}相同，另存为一份；如是它的新版本，请改用替换",
        )
    return _report(
        path,
        found,
        "offered",
        before.id,
        f"{path.name} has the {english} of {before.id}; say whether it is its new version or another text",
        f"与已有文件“{before.id}”的{chinese}相同，没有加入；请选择作为它的新版本，还是另存为一份",
    )


def of_version(path: Path, found: Document, before: Document) -> Report:
    """The report on a text that is to take the place of a held one."""
    return _report(path, found, "replaced", before.id)


def _held_already(path: Path, found: Document, twin: Document) -> Report:
    return Report(
        path.name,
        "same",
        found,
        held=twin.id,
        message=f"{path.name} is held already as {twin.id}",
        message_zh=f"已有这份文件，编号“{twin.id}”",
    )


def _alike(found: Document, before: Document) -> tuple[str, str]:
    """What two texts share, in English and in Chinese: content, number or title."""
    if found.digest == before.digest:
        return "content", "内容"
    if found.number is not None and found.number == before.number:
        return "number", f"文号（{before.number}）"
    return "title", f"标题《{before.title}》"


def _report(
    path: Path,
    found: Document,
    outcome: Outcome,
    held: str | None = None,
    message: str = "",
    message_zh: str = "",
) -> Report:
    return Report(path.name, outcome, found, len(tasks(found)), held, message, message_zh)
