"""The 任务台账 tab: the duties of all documents, filtered, with a light for each deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import gradio as gr

from corpus.errors import CorpusError
from index.errors import IndexingError
from rag.api.opening import NotReadyError, Opening
from rag.errors import BadFilterError, RagError
from rag.task_address import address
from rag.task_query import TaskQuery
from ui import task_view
from ui.labels import ANY_RHYTHM, RHYTHMS
from ui.task_options import read_day

TAB = "任务台账"
TAB_ID = "register"
ROWS = 50
"""Rows of the table that are shown at first, and with each wish for more (10–500)."""
UNITS_OFFERED = 300
"""Units that the list offers, those named most (10–2,000); any other can be typed."""
LONGEST_TYPED = 200
"""Characters of a unit or of topic words that are read."""
ANY = "any"
"""Stands for every rhythm."""
OFTEN = (("不限", ""), *((words, rhythm) for rhythm, words in RHYTHMS.items()), (ANY_RHYTHM, ANY))
"""How often, to choose from."""
ASKED_FOR = "tab"
"""What the page's address says when it asks for this tab."""
A_DAY = "如 2024-12-31"
WAITING = "文件正在准备，请稍候再看"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is set on the page, as it was typed; `today` is the day that lights are seen at."""

    places: Sequence[str] = ()
    unit: str | None = None
    due_from: str | None = None
    due_to: str | None = None
    topic: str | None = None
    lead_only: bool = False
    today: str | None = None
    rhythm: str | None = None

    @classmethod
    def asked(cls, address: Mapping[str, str], places: Sequence[str]) -> Wanted:
        """What stands behind the `?` of the page's address, as `rag.task_address` writes it; `places` are those in it."""
        return cls(
            places=tuple(places),
            unit=address.get("unit"),
            due_from=address.get("due_from"),
            due_to=address.get("due_to"),
            topic=address.get("q"),
            lead_only=bool(address.get("lead_only")),
            rhythm=address.get("rhythm") or (ANY if address.get("recurring") else None),
        )

    def query(self) -> TaskQuery:
        """The register's query, by deadline. Raises BadFilterError for days that are none."""
        unit = (self.unit or "").strip()[:LONGEST_TYPED]
        return TaskQuery(
            places=tuple(self.places),
            units=(unit,) if unit else (),
            lead_only=self.lead_only,
            due_from=_day("期限从", self.due_from),
            due_to=_day("期限到", self.due_to),
            recurring=bool(self.rhythm),
            rhythm="" if self.rhythm == ANY else self.rhythm or "",
            topic=(self.topic or "")[:LONGEST_TYPED],
            sort="due",
        )

    @property
    def at(self) -> date:
        """The day that lights are seen at, today unless another is set. Raises BadFilterError."""
        return _day("基准日期", self.today) or date.today()


def _day(name: str, typed: str | None) -> date | None:
    if typed is None or not typed.strip():
        return None
    try:
        return read_day(typed)
    except ValueError as error:
        raise BadFilterError(
            f"got {typed[:LONGEST_TYPED]!r}, expected a day like 2024-12-31",
            f"{name}应写成 2024-12-31 这样的日期",
        ) from error


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands below the filters, and whether there are more rows to show."""

    html: str
    more: bool = False


def shown(opening: Opening, wanted: Wanted, rows: int = ROWS) -> Shown:
    """The register as HTML, the first `rows` of what is wanted; what cannot be done is told in one line."""
    try:
        query, at = wanted.query(), wanted.at
        duties = opening.assistant.tasks
        found = duties.find(query)
    except NotReadyError:
        return Shown(task_view.trouble(WAITING))
    except RagError as error:
        return Shown(task_view.trouble(error.message_zh))
    except (CorpusError, IndexingError) as error:
        return Shown(task_view.trouble(f"数据目录不能使用：{error}"))
    return Shown(task_view.register(found, rows, at, address(query), duties.day(query)), len(found) > rows)


def choices(opening: Opening) -> tuple[list[str], list[str]]:
    """The places and the units to choose from; none while the documents cannot be read."""
    try:
        held = opening.assistant
        places = dict.fromkeys(each.place for each in held.documents.values() if each.place)
        return list(places), list(held.tasks.units[:UNITS_OFFERED])
    except (NotReadyError, RagError, CorpusError, IndexingError):
        return [], []


def build(opening: Opening, tab: gr.Tab, tabs: gr.Tabs, page: gr.Blocks) -> None:
    """Fills the tab; the register is read when the tab is first opened, or asked for by the page's address."""
    with gr.Column(elem_id="register-filters"):
        with gr.Row():
            places = gr.Dropdown([], multiselect=True, label="地区", info="不选就是全部", scale=2)
            unit = gr.Dropdown(
                [],
                allow_custom_value=True,
                label="责任单位",
                info="可以选，也可以写简称，如：住建局",
                scale=3,
            )
            topic = gr.Textbox(label="关键词", info="任务或标题里都要有的词，空格隔开", scale=2)
        with gr.Row():
            due_from = gr.Textbox(label="期限从", placeholder=A_DAY, min_width=130)
            due_to = gr.Textbox(label="期限到", placeholder=A_DAY, min_width=130)
            rhythm = gr.Dropdown(list(OFTEN), value="", label="频次", min_width=130)
            today = gr.Textbox(label="基准日期", placeholder="不写就是今天", min_width=130)
            lead_only = gr.Checkbox(label="只看牵头", scale=0, min_width=120)
    table = gr.HTML("", elem_id="register", apply_default_css=False)
    more = gr.Button(f"再显示 {ROWS} 项", size="sm", visible=False, elem_id="register-more")
    rows = gr.State(ROWS)
    filters = [places, unit, due_from, due_to, topic, lead_only, today, rhythm]

    def draw(count: int, *typed: Any) -> tuple[Any, ...]:
        drawn = shown(opening, Wanted(*typed), count)
        return drawn.html, count, gr.update(visible=drawn.more)

    def anew(*typed: Any) -> tuple[Any, ...]:
        return draw(ROWS, *typed)

    def further(count: int, *typed: Any) -> tuple[Any, ...]:
        return draw(count + ROWS, *typed)

    def opened(*typed: Any) -> tuple[Any, ...]:
        there, who = choices(opening)
        return gr.update(choices=there), gr.update(choices=who), *anew(*typed)

    def arrived(request: gr.Request) -> Any:
        asked = request.query_params
        if asked.get(ASKED_FOR) != TAB_ID:
            return gr.skip()
        there, who = choices(opening)
        wanted = Wanted.asked(asked, [place for place in asked.getlist("place") if place in there])
        values = [getattr(wanted, field.name) for field in fields(wanted)]
        chosen = [
            gr.update(value=list(wanted.places), choices=there),
            gr.update(value=wanted.unit, choices=who),
        ]
        return gr.Tabs(selected=TAB_ID), *chosen, *values[2:-1], wanted.rhythm or "", *anew(*values)

    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    drawn = [table, rows, more]
    page.load(arrived, None, [tabs, *filters, *drawn], **quiet)
    tab.select(opened, filters, [places, unit, *drawn], **quiet)
    chosen = [places.change, unit.change, lead_only.change, rhythm.change]
    typed = [event for box in (topic, due_from, due_to, today) for event in (box.submit, box.blur)]
    gr.on([*chosen, *typed], anew, filters, drawn, **quiet)
    more.click(further, [rows, *filters], drawn, **quiet)
