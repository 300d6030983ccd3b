"""The 文件管理 tab as HTML: pure functions, every word of a document or a person escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Final
from urllib.parse import quote

from corpus.document import Clause, Document
from corpus.validity import status_on
from corpus.versions import current_id, is_current
from rag.flaw_words import flaw_in_words
from rag.proposals import Proposal
from rag.report import Outcome, Report
from ui.labels import STAGES, STATUSES
from ui.marks import trimmed

ROWS: Final = 100
"""Held documents that are shown, at most (20–1,000); the search finds the others."""
OUTLINE_ROWS: Final = 600
"""Clauses of an outline that are shown, at most (50–5,000)."""
OPENING: Final = 60
"""Characters of a clause that its outline shows (20–200)."""
FLAWS_SHOWN: Final = 6
"""Lines on what looked wrong in one file, at most (1–50)."""
DEEPEST: Final = 4
"""Levels by which an outline is moved in, at most (1–9)."""

BEFORE: Final[dict[Outcome, str]] = {
    "added": "可以加入",
    "replaced": "将作为新版本",
    "same": "已有这份文件",
    "offered": "请选择：新版本，还是并存",
    "refused": "读不了",
}
"""What a preview says of a file."""
AFTER: Final[dict[Outcome, str]] = {
    "added": "已加入",
    "replaced": "已作为新版本加入",
    "same": "已有这份文件，没有加入",
    "offered": "没有加入，请选择",
    "refused": "没有加入，读不了",
}
"""What is said of a file once others were added."""


def trouble(message: str) -> str:
    """What went wrong, in one line."""
    return f'<p class="verdict trouble" role="alert">{escape(message)}</p>'


def done(message: str) -> str:
    """What was done, in one line."""
    return f'<p class="verdict done" role="status">{escape(message)}</p>'


def asking(message: str) -> str:
    """What is to be confirmed, in one line."""
    return f'<p class="asking" role="alert">{escape(message)}</p>'


def working(stage: str, finished: int, total: int) -> str:
    """How far a change is.

    >>> working("reading", 1, 2)
    '<p class="working" role="status">读取文件（1/2）<progress value="1" max="2"></progress></p>'
    """
    named = escape(STAGES.get(stage, stage) or "正在准备")
    if not total:
        return f'<p class="working" role="status">{named}……<progress></progress></p>'
    return (
        f'<p class="working" role="status">{named}（{finished}/{total}）'
        f'<progress value="{finished}" max="{total}"></progress></p>'
    )


def reports_table(reports: Sequence[Report], words: dict[Outcome, str]) -> str:
    """What was read of each file, what looked wrong, and what becomes of it."""
    if not reports:
        return ""
    rows = "".join(_report(report, words) for report in reports)
    return (
        '<div class="table"><table class="reports"><thead><tr><th scope="col">文件</th><th scope="col">读出的内容</th>'
        '<th scope="col">条款</th><th scope="col">任务</th><th scope="col">需要核对</th><th scope="col">结果</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _report(report: Report, words: dict[Outcome, str]) -> str:
    document = report.document
    read = clauses = duties = wrong = ""
    if document is not None:
        facts = [document.number, document.place, document.date]
        read = (
            f"《{escape(document.title)}》<small>{escape('　'.join(fact for fact in facts if fact))}</small>"
        )
        clauses, duties = str(len(document.clauses)), str(report.tasks)
        wrong = _flaws([flaw_in_words(flaw) for flaw in document.flaws])
    said = f"<small>{escape(report.message_zh)}</small>" if report.message_zh else ""
    style = {"refused": "bad", "offered": "ask", "same": "idle"}.get(report.outcome, "good")
    return (
        f'<tr><td data-column="文件">{escape(report.name)}</td><td data-column="读出">{read}</td>'
        f'<td data-column="条款">{clauses}</td><td data-column="任务">{duties}</td>'
        f'<td data-column="核对">{wrong}</td>'
        f'<td data-column="结果"><span class="outcome {style}">{words[report.outcome]}</span>{said}</td></tr>'
    )


def _flaws(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    more = f"<li>……共 {len(lines)} 处</li>" if len(lines) > FLAWS_SHOWN else ""
    shown = "".join(f"<li>{escape(line)}</li>" for line in lines[:FLAWS_SHOWN])
    return f"<ul>{shown}{more}</ul>"


def outline(document: Document) -> str:
    """The clauses as they were cut, in order, each by how it begins."""
    rows = "".join(_entry(document, clause) for clause in document.clauses[:OUTLINE_ROWS])
    count = len(document.clauses)
    more = f"<p>只列出前 {OUTLINE_ROWS} 条，共 {count} 条。</p>" if count > OUTLINE_ROWS else ""
    return (
        f'<section class="read-outline" aria-label="条目"><h3>《{escape(document.title)}》共 {count} 条</h3>'
        f"<ol>{rows}</ol>{more}</section>"
    )


def _entry(document: Document, clause: Clause) -> str:
    start, end = trimmed(document.text, clause.start, clause.end)
    words = " ".join(document.text[start : min(end, start + OPENING)].split())
    depth = min(max(len(clause.path), 1), DEEPEST)
    style = f"depth-{depth}" + (" heading" if clause.heading_end > clause.start else "")
    return f'<li class="{style}">{escape(words)}{"……" if end - start > OPENING else ""}</li>'


def held_table(documents: Iterable[Document], wanted: str = "", today: date | None = None) -> str:
    """The held documents, the current version of each, that have all the wanted words in their names."""
    every = list(documents)
    words = wanted.lower().split()
    found = [each for each in every if is_current(each) and all(word in _named(each) for word in words)]
    if not found:
        return '<p class="shown">没有符合的文件</p>' if words else '<p class="shown">还没有文件</p>'
    older = [current_id(each.id) for each in every if not is_current(each)]
    rows = "".join(_held(each, older.count(each.id), today or date.today()) for each in found[:ROWS])
    more = f"，显示前 {ROWS} 份" if len(found) > ROWS else ""
    return (
        f'<p class="shown">共 {len(found)} 份{more}</p>'
        '<div class="table"><table class="held"><thead><tr><th scope="col">标题</th><th scope="col">文号</th>'
        '<th scope="col">地区</th><th scope="col">日期</th><th scope="col">有效性</th><th scope="col">版本</th>'
        f'<th scope="col">条款</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _named(document: Document) -> str:
    parts = (document.title, document.number, document.place, document.issuer, document.id)
    return " ".join(part for part in parts if part).lower()


def _held(document: Document, older: int, today: date) -> str:
    status = status_on(document, today)
    days = [
        f"{document.since} 起" if document.since else "",
        f"{document.until} 止" if document.until else "",
    ]
    told = " ".join(day for day in days if day)
    style = "good" if status == "in_force" else "ask"
    link = f'<a href="source/{quote(document.id, safe="")}" target="_blank" rel="noopener">《{escape(document.title)}》</a>'
    versions = f"第{document.version}版" + (f"<small>另有旧版 {older} 份</small>" if older else "")
    return (
        f'<tr><td data-column="标题">{link}<small>{escape(document.source_name)}</small></td>'
        f'<td data-column="文号">{escape(document.number or "")}</td>'
        f'<td data-column="地区">{escape(document.place or "")}</td>'
        f'<td data-column="日期">{escape(document.date or "")}</td>'
        f'<td data-column="有效性"><span class="outcome {style}">{STATUSES[status]}</span>'
        f"{f'<small>{escape(told)}</small>' if told else ''}</td>"
        f'<td data-column="版本">{versions}</td><td data-column="条款">{len(document.clauses)}</td></tr>'
    )


def proposals_table(proposals: Sequence[Proposal], notice: Document, documents: dict[str, Document]) -> str:
    """What a clean-up notice would change, each with the words that say so."""
    rows = "".join(
        f'<tr><td data-column="文件">《{escape(documents[each.document_id].title)}》'
        f"<small>{escape(documents[each.document_id].number or '')}</small></td>"
        f'<td data-column="现在">{STATUSES[documents[each.document_id].status]}</td>'
        f'<td data-column="改为"><span class="outcome ask">{STATUSES[each.status]}</span>'
        f"{f'<small>自 {escape(each.until)} 起</small>' if each.until else ''}</td>"
        f'<td data-column="依据">{escape(notice.quote(each.because.span))}</td></tr>'
        for each in proposals
    )
    return (
        '<div class="table"><table class="proposals"><thead><tr><th scope="col">文件</th><th scope="col">现在</th>'
        f'<th scope="col">改为</th><th scope="col">依据</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
