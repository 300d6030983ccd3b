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

    `found` is what reading it gave, `held` the documents held by id.
    """
    if isinstance(found, CorpusError):
        return Report(path.name, "refused", message=str(found), message_zh=f"文件读不了（{found}）")
    twin = next((one for one in held.values() if is_current(one) and one.digest == found.digest), None)
    if twin is not None:
        return Report(
            path.name,
            "same",
            found,
            held=twin.id,
            message=f"{path.name} is held already as {twin.id}",
            message_zh=f"已有这份文件，编号“{twin.id}”",
        )
    before = earlier(found, held.values()) if same != "apart" else None
    if before is None:
        return _report(path, found, "added")
    return of_version(path, found, before, offered=same == "ask")


def of_version(path: Path, found: Document, before: Document, *, offered: bool) -> Report:
    """The report on a text that is, or is only offered as, the new version of a held one."""
    if not offered:
        return _report(path, found, "replaced", before.id)
    alike = "number" if found.number is not None and found.number == before.number else "title"
    named = f"文号（{before.number}）" if alike == "number" else f"标题《{before.title}》"
    return _report(
        path,
        found,
        "offered",
        before.id,
        f"{path.name} has the {alike} of {before.id}; say whether it is its new version or another text",
        f"与已有文件“{before.id}”的{named}相同，没有加入；请选择作为它的新版本，还是另存为一份",
    )


def _report(
    path: Path,
    found: Document,
    outcome: Outcome,
    held: str | None = None,
    message: str = "",
    message_zh: str = "",
) -> Report:
    return Report(path.name, outcome, found, len(tasks(found)), held, message, message_zh)
