"""The commands that change what a home holds."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, get_args

from corpus.document import Status
from rag.gather import gather
from ui.exit_codes import BAD_INPUT, FAULTY, OK
from ui.labels import STATUSES
from ui.progress import Bars

if TYPE_CHECKING:
    from corpus.document import Document
    from rag.assess import Same
    from rag.home import Home
    from rag.report import Report

WAYS: Final[Mapping[str, Same]] = MappingProxyType({"1": "version", "2": "apart"})
"""What is typed for files that are offered as new versions."""


def add(options: Namespace) -> int:
    """Takes files in, or with `--preview` says what would become of them."""
    home = opened(options)
    with Bars() as bars:
        if options.preview:
            reports = home.preview(options.files, progress=bars)
        else:
            asking = options.same is None and sys.stdin.isatty()
            reports = home.add(
                options.files, same="ask" if asking else options.same or "apart", progress=bars
            )
    code = _tell(reports, preview=options.preview)
    offered = [
        path
        for path, report in zip(gather(options.files), reports, strict=True)
        if report.outcome == "offered"
    ]
    if not offered or options.preview or options.same is not None:
        return code
    chosen = WAYS.get(
        input(f"{len(offered)} 份没有加入。输入 1 作为新版本，2 另存为一份，回车不加入：").strip()
    )
    return _tell(home.add(offered, same=chosen)) if chosen else code


def replace(options: Namespace) -> int:
    """Makes a file the new version of a held document."""
    home = opened(options)
    with Bars() as bars:
        report = home.replace(options.id, options.file, progress=bars)
    return _tell((report,))


def remove(options: Namespace) -> int:
    """Takes a document out, with its older versions."""
    home = opened(options)
    with Bars() as bars:
        home.remove(options.id, progress=bars)
    _say(f"已移除 {options.id}")
    return OK


def status(options: Namespace) -> int:
    """Puts down whether a document is in force."""
    home = opened(options)
    said = home.say(
        options.id,
        status=next((status for status in get_args(Status) if STATUSES[status] == options.status), None),
        since=options.since and options.since.isoformat(),
        until=options.until and options.until.isoformat(),
        replaced_by=options.replaced_by,
    )
    _say(held_line(said))
    return OK


def notice(options: Namespace) -> int:
    """Says what a clean-up notice changes of the held documents, and with `--confirm` does it."""
    home = opened(options)
    proposed = home.proposals(options.id)
    titles = {document.id: document.title for document in home.documents()}
    _say(*(f"{one.document_id}  《{titles[one.document_id]}》 → {STATUSES[one.status]}" for one in proposed))
    if not proposed:
        _say("这份文件没有改变任何已有文件的有效性")
    elif options.confirm:
        home.confirm(proposed)
        _say(f"已更新 {len(proposed)} 份文件")
    else:
        _say(f"以上 {len(proposed)} 份文件尚未改动；核对后加 --confirm 确认")
    return OK


def list_documents(options: Namespace) -> int:
    """Lists the documents held; with `--all`, older versions too."""
    from corpus.versions import is_current

    held = opened(options).documents()
    _say(*(held_line(document) for document in held if options.all or is_current(document)))
    return OK


def opened(options: Namespace) -> Home:
    """The home that is meant, made if it doesn't exist yet."""
    home = home_of(options)
    with Bars() as bars:
        home.open_or_create(empty=options.empty, progress=bars)
    return home


def home_of(options: Namespace) -> Home:
    """The home that is meant, as it is."""
    from rag.home import Home
    from rag.settings import Settings

    settings = Settings.from_environment(os.environ, options.home)
    return Home(settings.home, settings.encoder())


def held_line(document: Document) -> str:
    """A held document in one line: id, number, title, version, and its status where it is not simply in force."""
    parts = [document.id, document.number, f"《{document.title}》"]
    if document.version > 1:
        parts.append(f"第{document.version}版")
    if document.status != "in_force":
        parts.append(STATUSES[document.status])
    return "  ".join(part for part in parts if part)


def report_lines(report: Report, *, preview: bool = False) -> tuple[str, ...]:
    """What became of a file, line by line: the document, its clauses and tasks, and what looked wrong."""
    from rag.flaw_words import flaw_in_words

    document = report.document
    if document is None:
        return (report.message_zh,)
    if report.outcome in ("same", "offered"):
        return (f"{report.name}：{report.message_zh}",)
    beside = (f"    请核对：{report.message_zh}",) if report.message_zh else ()
    done = {"added": "加入", "replaced": f"作为“{report.held}”的新版本加入"}[report.outcome]
    counts = f"{len(document.clauses)} 条，{report.tasks} 项任务"
    first = f"{'将' if preview else '已'}{done} {held_line(document)}（{counts}）"
    return (first, *beside, *(f"    请核对：{flaw_in_words(flaw)}" for flaw in document.flaws))


def _tell(reports: tuple[Report, ...], *, preview: bool = False) -> int:
    for report in reports:
        lines = report_lines(report, preview=preview)
        if report.outcome == "refused":
            sys.stderr.write(f"yiju: {' '.join(lines)}\n")
        else:
            _say(*lines)
    outcomes = {report.outcome for report in reports}
    if "offered" in outcomes and not sys.stdin.isatty():
        _say("加 --same version 作为新版本加入，或加 --same apart 另存为一份")
    if "refused" in outcomes:
        return BAD_INPUT
    return FAULTY if "offered" in outcomes else OK


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()
