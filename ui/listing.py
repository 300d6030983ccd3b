"""The table that answers a question for a list of duties: pure functions, every word of a document or a person escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from html import escape
from itertools import chain

from corpus.task import TaskUnit
from rag.errors import UnknownUnitError
from rag.listing import Listed
from rag.register_names import units_meant
from rag.task_address import address
from rag.tasks import Entry
from ui.labels import LIGHTS, filters_in_words, tasks_in_words
from ui.lights import light
from ui.task_view import downloads, said, source

ROWS = 30
"""Rows that are shown before the others are folded open (5–200)."""
MOST_ROWS = 500
"""Rows that a conversation holds, with those that are folded (50–2,000); the register's own tab has all."""
HEADINGS = ("期限", "任务", "牵头", "单位", "出处")
MOST_UNITS = 6
"""Units that are named in one cell (1–20)."""


def table(listed: Listed, at: date) -> str:
    """The filters as they were understood, and all their tasks with the lights of that day; or that there are none."""
    filters = (
        f'<p class="understood">按任务台账查找　·　{escape("　·　".join(filters_in_words(listed.query)))}</p>'
    )
    count = len(listed.entries)
    if not count:
        return (
            f'<div class="refusal"><p class="verdict none">{tasks_in_words(0)}</p>{filters}'
            f"<p>可以放宽地区、单位或期限再问。</p>{_to_the_tab(listed)}</div>"
        )
    shown, folded = listed.entries[:ROWS], listed.entries[ROWS:MOST_ROWS]
    first, day = _asked_for(listed), listed.query.as_of or at
    more = _rows(folded, at, day, first) if folded else ""
    rest = (
        f'<details class="rest-of-rows"><summary>展开其余 {len(folded)} 项</summary>{more}</details>'
        if folded
        else ""
    )
    left = (
        f'<p class="shown">这里列到第 {MOST_ROWS} 项，其余见任务台账或下载</p>' if count > MOST_ROWS else ""
    )
    return (
        f'<div class="listing"><p class="verdict">{tasks_in_words(count)}</p>{filters}'
        f"{downloads(address(listed.query))}{_rows(shown, at, day, first)}{rest}{left}{_to_the_tab(listed)}</div>"
    )


def tab_address(listed: Listed) -> str | None:
    """The page opened at the register with the same filters; None for filters that its tab does not have."""
    query = listed.query
    if query.documents or len(query.units) > 1 or query.as_of or query.include_withdrawn:
        return None
    return f"?tab=register&{address(listed.query)}"


def _to_the_tab(listed: Listed) -> str:
    to = tab_address(listed)
    if to is None:
        return ""
    return f'<p class="to-register"><a href="{escape(to)}" target="_blank" rel="noopener">在任务台账中打开</a></p>'


def _rows(entries: Sequence[Entry], at: date, day: date, first: frozenset[str]) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in HEADINGS)
    rows = "".join(_row(entry, at, day, first) for entry in entries)
    return f'<div class="table"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(entry: Entry, at: date, day: date, first: frozenset[str]) -> str:
    task, one = entry.task, light(entry.due, at)
    when = f'<span class="light {one}">{LIGHTS[one]}</span><strong>{entry.due}</strong>' if entry.due else ""
    leading = frozenset(unit.text for unit in task.lead)
    others = [unit for unit in (*task.units, *task.standing) if unit.text not in leading]
    cells = (
        when + said(entry),
        escape(task.duty.text),
        _named(task.lead, first),
        _named(others, first),
        source(entry, day),
    )
    named = zip(HEADINGS, cells, strict=True)
    return "<tr>" + "".join(f'<td data-column="{head}">{cell}</td>' for head, cell in named) + "</tr>"


def _named(units: Iterable[TaskUnit], first: frozenset[str]) -> str:
    """The units of a cell, the asked ones first; of many, as many as it holds, and all of them for whom points at it."""
    ordered = sorted(units, key=lambda unit: first.isdisjoint((unit.text, unit.name)))
    names = list(dict.fromkeys(unit.text for unit in ordered))
    if len(names) <= MOST_UNITS:
        return escape("、".join(names))
    shown = "、".join(names[:MOST_UNITS])
    return f'<span title="{escape("、".join(names))}">{escape(shown)}等 {len(names)} 个单位</span>'


def _asked_for(listed: Listed) -> frozenset[str]:
    """The names, as they are written in the listed tasks, of the units that were asked for."""
    names = frozenset(chain.from_iterable(entry.names(leading=False) for entry in listed.entries))
    meant: frozenset[str] = frozenset()
    for unit in listed.query.units:
        with suppress(UnknownUnitError):  # of two units, the list may hold tasks of one
            meant |= units_meant(unit, names)
    return meant
