"""The duty register as HTML: pure functions, every word of a document or a person escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from html import escape

from corpus.validity import status_on
from rag.export_table import ROLES, source_address
from rag.tasks import Entry
from ui.labels import LIGHTS, STATUSES, tasks_in_words, units_in_words
from ui.lights import Light, light
from ui.timeline import timeline

FORMATS = {"csv": "CSV 表格", "xlsx": "Excel 工作簿", "ics": "日历"}
"""The files that the register can be taken away as."""


def register(found: Sequence[Entry], shown: int, at: date, query: str, day: date | None = None) -> str:
    """The tasks found: how many of each light at that day, when they fall due, the first `shown` of them, and downloads.

    `query` is what stands after the `?` of the downloads' addresses. Documents not in force on `day` (that of the lights
    unless given) are told.
    """
    if not found:
        return trouble(f"{tasks_in_words(0)}，可以放宽地区、单位或期限再试")
    lights = Counter(light(entry.due, at) for entry in found)
    return (
        f'<div class="register">{_summary(lights, len(found))}{downloads(query)}'
        f"{timeline([entry.due for entry in found if entry.due], at)}{_table(found[:shown], at, day or at)}"
        f'<p class="shown">{_shown(min(shown, len(found)), len(found))}</p></div>'
    )


def trouble(message: str) -> str:
    """One line where the table would stand."""
    return f'<p class="verdict trouble" role="status">{escape(message)}</p>'


def _summary(lights: Counter[Light], count: int) -> str:
    each = "".join(
        f'<li><span class="light {one}">{word}</span>{lights[one]} 项</li>' for one, word in LIGHTS.items()
    )
    return f'<p class="verdict">{tasks_in_words(count)}</p><ul class="lights">{each}</ul>'


def downloads(query: str) -> str:
    """The links to the files of these tasks; `query` is what stands after the `?` of their addresses."""
    links = "".join(
        f'<a class="download" href="v1/tasks.{ending}{escape(f"?{query}" if query else "")}" download>{name}</a>'
        for ending, name in FORMATS.items()
    )
    return f'<p class="downloads"><span>下载这些任务：</span>{links}</p>'


def _table(found: Sequence[Entry], at: date, day: date) -> str:
    rows = "".join(_row(entry, at, day) for entry in found)
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("状态与期限", "任务", "责任单位", "出处"))
    return f'<div class="table"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(entry: Entry, at: date, day: date) -> str:
    one, task = light(entry.due, at), entry.task
    when = entry.due.isoformat() if entry.due else ""
    return (
        f'<tr><td data-column="状态与期限"><span class="light {one}">{LIGHTS[one]}</span>'
        f"<strong>{when}</strong>{said(entry)}</td>"
        f'<td data-column="任务">{escape(task.duty.text)}{_measures(entry)}</td>'
        f'<td data-column="责任单位" title="{escape(_everybody(entry))}">{escape(units_in_words(entry))}</td>'
        f'<td data-column="出处">{source(entry, day)}</td></tr>'
    )


def said(entry: Entry) -> str:
    """The words that set the deadline or the rhythm, and where a year that they leave out came from."""
    deadline, frequency = entry.task.deadline, entry.task.frequency
    lines = []
    if deadline:
        inferred = f"，{escape(deadline.inferred)}" if deadline.inferred else ""
        lines.append(f"“{escape(deadline.text)}”{ROLES[deadline.role]}{inferred}")
    if frequency:
        whom = f"（{escape(frequency.whom.text)}）" if frequency.whom else ""
        lines.append(f"频次：{escape(frequency.text)}{whom}")
    return "".join(f"<small>{line}</small>" for line in lines)


def _everybody(entry: Entry) -> str:
    """All units, for whom a cell has no room."""
    return "、".join(dict.fromkeys(unit.text for unit in (*entry.task.units, *entry.task.standing)))


def _measures(entry: Entry) -> str:
    words = "；".join(dict.fromkeys(one.text for one in entry.task.quantities))
    return f"<small>数量：{escape(words)}</small>" if words else ""


def source(entry: Entry, day: date) -> str:
    """Where the task stands, as a link to its clause, and whether its document is not in force on `day`."""
    document, labels = entry.document, "".join(entry.clause.labels)
    place = f'<span class="place">{escape(document.place)}</span>' if document.place else ""
    named = document.number or f"《{document.title}》"
    status = status_on(document, day)
    return (
        f'{place}<a href="{escape(source_address(entry))}" target="_blank" rel="noopener" '
        f'title="{escape(entry.reference)}">{escape(f"{named} {labels}".strip())}</a>'
        + ("" if status == "in_force" else f'<small class="warned">{STATUSES[status]}</small>')
    )


def _shown(shown: int, count: int) -> str:
    return f"已显示全部 {count} 项" if shown == count else f"已显示前 {shown} 项，共 {count} 项"
