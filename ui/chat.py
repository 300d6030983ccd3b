"""The chat page: questions go in, cited clauses come out."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from corpus.errors import CorpusError
from corpus.versions import is_current
from index.errors import IndexingError
from rag.api.opening import NotReadyError, Opening
from rag.assistant import Assistant
from rag.errors import RagError
from ui import compare, tasks, upload, view
from ui.labels import AS_OF, EXAMPLES, MOTTO, NAME, PLACEHOLDER, STAGES, WITHDRAWN_TOO
from ui.task_options import read_day
from ui.upload_gate import Gate

TURNS_KEPT = 40
"""Turns of a conversation that stay on the page (1–200)."""
CITATIONS_SHOWN = 5
"""Citations of one answer, at most (1–100)."""
POLL_SECONDS = 1.0
"""How often the page asks whether the documents are ready."""
UPLOADS_LOOKED_AT, UPLOADS_LAST = 600, 3600
"""How often files that were put down and never taken over are looked for, and how old they may be, in seconds."""

HEAD = '<link rel="stylesheet" href="yiju/style.css"><script src="yiju/page.js" defer></script>'
MASTHEAD = f'<header class="mast"><h1>{NAME}<small>Yiju</small></h1><p>{MOTTO}</p></header>'
WELCOME = '<p class="welcome">可以直接用平常的话问，也可以夹英文；接着问“那牵头单位呢”也行。</p>'
TAB = "问答"
SCOPE = "限定范围：地区、文件、日期"
A_DAY = "2024-12-31"
TO_THE_NEW = """
watch('value', () => {
  const turns = element.querySelectorAll('.turn');
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (turns.length) turns[turns.length - 1].scrollIntoView({behavior: still ? 'instant' : 'smooth', block: 'start'});
});
"""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: its turns as HTML, and the question before the next one."""

    turns: tuple[str, ...] = ()
    previous: str | None = None

    def with_turn(self, html: str, question: str | None) -> Talk:
        """The conversation with one more turn; a question that could not be put does not become the previous one."""
        return Talk((*self.turns, html)[-TURNS_KEPT:], question or self.previous)

    @property
    def html(self) -> str:
        """The whole conversation."""
        return "".join(self.turns) or WELCOME


def reply(
    opening: Opening,
    talk: Talk,
    question: str,
    places: list[str],
    documents: list[str],
    as_of: str = "",
    withdrawn: bool = False,
) -> Talk:
    """The conversation with `question` and its answer added; the question before is the answer's context.

    `as_of` is the day as typed, of whose documents is asked; nothing for today.
    """
    try:
        day = read_day(as_of) if as_of.strip() else None
    except ValueError:
        return talk.with_turn(view.trouble(question, f"日期应写成 {A_DAY} 这样"), None)
    try:
        assistant = opening.assistant
        answer = assistant.ask(
            question,
            top_k=CITATIONS_SHOWN,
            places=places,
            documents=documents,
            context=talk.previous,
            as_of=day,
            include_withdrawn=withdrawn,
        )
    except NotReadyError:
        return talk.with_turn(view.trouble(question, "文件正在准备，请稍候再问"), None)
    except RagError as error:
        return talk.with_turn(view.trouble(question, error.message_zh), None)
    except (CorpusError, IndexingError) as error:
        return talk.with_turn(view.trouble(question, f"数据目录不能使用：{error}"), None)
    return talk.with_turn(view.turn(answer, assistant.neighbours), question)


def places_of(assistant: Assistant) -> list[str]:
    """The places that documents are about, each once, in the order of the documents."""
    return list(dict.fromkeys(each.place for each in assistant.documents.values() if each.place))


def readiness(opening: Opening) -> str:
    """What the page says about its documents."""
    if opening.ready:
        held = sum(is_current(each) for each in opening.assistant.documents.values())
        return f'<p class="ready">已备 {held} 份文件</p>'
    step = opening.step
    count = f"（{step.done}/{step.total}）" if step.total else ""
    stage = escape(STAGES.get(step.stage, step.stage))
    return f'<p class="ready waiting" role="status">正在准备文件，请稍候……{stage}{count}</p>'


def theme() -> gr.themes.Base:
    """A plain light theme in the fonts of the reader's own system; nothing is loaded from elsewhere."""
    fonts = [
        gr.themes.Font(name) for name in ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
    ]
    mono = [gr.themes.Font("monospace")]
    return gr.themes.Base(
        primary_hue="red", neutral_hue="stone", radius_size="sm", font=fonts, font_mono=mono
    )


def build(opening: Opening, gate: Gate) -> gr.Blocks:
    """The page over the assistant that `opening` holds, a tab for each thing one does; `gate` guards the files."""
    page: gr.Blocks = gr.Blocks(
        title=f"{NAME} Yiju", analytics_enabled=False, delete_cache=(UPLOADS_LOOKED_AT, UPLOADS_LAST)
    )
    with page:
        gr.HTML(MASTHEAD, apply_default_css=False)
        status = gr.HTML(readiness(opening), apply_default_css=False)
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab(TAB, elem_id="asking-tab"):
                _conversation(opening, page, status)
            with gr.Tab(tasks.TAB, id=tasks.TAB_ID, elem_id="register-tab") as register:
                tasks.build(opening, register, tabs, page)
            with gr.Tab(compare.TAB, elem_id="comparing-tab"):
                compare.build(opening)
            with gr.Tab(upload.TAB, elem_id="files-tab") as files:
                upload.build(opening, gate, files, page, {status: lambda: readiness(opening)})
    return page


def _conversation(opening: Opening, page: gr.Blocks, status: gr.HTML) -> None:
    """Fills the tab where questions are asked; `status` says whether the documents are ready."""
    talk = gr.State(Talk(), time_to_live=3600)
    conversation = gr.HTML(WELCOME, elem_id="conversation", js_on_load=TO_THE_NEW, apply_default_css=False)
    with gr.Row(elem_id="examples") as examples:
        buttons = [gr.Button(example, size="sm", elem_classes="example") for example in EXAMPLES]
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="asking"):
            question = gr.Textbox(
                placeholder=PLACEHOLDER,
                show_label=False,
                label="问题",
                lines=1,
                max_lines=4,
                scale=8,
                container=False,
            )
            ask = gr.Button("提问", variant="primary", scale=1, min_width=72, elem_id="ask")
        with gr.Accordion(SCOPE, open=False, elem_id="scope") as scope:
            places = gr.Dropdown([], multiselect=True, label="地区", info="不选就是全部")
            documents = gr.Dropdown([], multiselect=True, label="文件", info="不选就是全部")
            with gr.Row():
                as_of = gr.Textbox(label=AS_OF, placeholder="不写就是今天", min_width=200)
                withdrawn = gr.Checkbox(label=WITHDRAWN_TOO, min_width=200)
            again = gr.Button("开始新的对话", size="sm")
    timer = gr.Timer(POLL_SECONDS)

    def put(
        asked: str, where: list[str], which: list[str], day: str | None, gone: bool, so_far: Talk
    ) -> tuple[Any, ...]:
        talked = reply(opening, so_far, asked, where, which, day or "", bool(gone))
        return talked.html, talked, "", gr.update(visible=False)

    def name_scope(where: list[str], which: list[str], day: str | None, gone: bool) -> Any:
        chosen = [*where, *([f"{len(which)} 份文件"] if which else [])]
        chosen += [f"{day.strip()}有效的文件"] if day and day.strip() else []
        said = [f"只查：{'、'.join(chosen)}"] if chosen else []
        said += [WITHDRAWN_TOO] if gone else []
        return gr.update(label="，".join(said) or SCOPE)

    def begin() -> tuple[Any, ...]:
        return WELCOME, Talk(), "", gr.update(visible=True)

    def refresh() -> tuple[Any, ...]:
        if not opening.ready:
            return readiness(opening), gr.update(), gr.update(), gr.update()
        held = opening.assistant
        titled = [
            (f"{each.title}（{each.place or '地区不详'}）", each.id)
            for each in held.documents.values()
            if is_current(each)
        ]
        return (
            readiness(opening),
            gr.update(choices=places_of(held)),
            gr.update(choices=titled),
            gr.Timer(active=False),
        )

    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    shown = [conversation, talk, question, examples]
    narrowed = [places, documents, as_of, withdrawn]
    gr.on([ask.click, question.submit], put, [question, *narrowed, talk], shown, **quiet)
    changed = [places.change, documents.change, as_of.change, withdrawn.change]
    gr.on(changed, name_scope, narrowed, scope, **quiet)
    for button in buttons:
        button.click(put, [button, *narrowed, talk], shown, **quiet)
    again.click(begin, None, shown, **quiet)
    gr.on([page.load, timer.tick], refresh, None, [status, places, documents, timer], **quiet)
