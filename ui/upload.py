"""The 文件管理 tab: which documents are held, files taken in after a look at what was read of them, and their validity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import gradio as gr

from corpus.document import Document
from corpus.reader import READERS
from corpus.versions import is_current
from rag.api.admin import Caller
from rag.api.opening import Opening, Step
from rag.assess import Same
from ui import upload_view as view
from ui.upload_desk import EXPECTED, Desk, in_one_line
from ui.upload_document import build as build_document
from ui.upload_gate import Gate
from ui.upload_staged import Staged

TAB = "文件管理"
STAGED_SECONDS = 3600
"""How long files that do not count yet are kept (60–86,400)."""
LONGEST_SEARCH = 100
"""Characters of a search that are read."""
DROP = "把文件拖到这里，或点这里选择（可以一次选多个）"
WAITING = "文件正在准备，请稍候再看"
Shown = dict[Any, Any]
Refresh = Callable[[str], Shown]


def titled(document: Document) -> str:
    """A document as it is named where one is chosen."""
    return f"《{document.title}》" + (f"（{document.number}）" if document.number else "")


def caller_of(request: gr.Request) -> Caller:
    """Who works at the page; nobody who may do anything where that cannot be told."""
    return Caller.of(request.request) if request.request is not None else Caller("", {})


def build(
    opening: Opening, gate: Gate, tab: gr.Tab, page: gr.Blocks, beside: Mapping[gr.HTML, Callable[[], str]]
) -> None:
    """Fills the tab; what may be changed, and by whom, is looked up when the page is loaded and with each deed.

    `beside` says what stands elsewhere on the page and is told anew once documents were changed.
    """
    desk = Desk(opening, gate)
    said = gr.HTML("", elem_id="files-said", apply_default_css=False)
    with gr.Row(visible=False, elem_id="files-key") as asking:
        key = gr.Textbox(
            "", label="管理密钥", type="password", placeholder="改动文件需要管理密钥", scale=6, max_lines=1
        )
        enter = gr.Button("确定", scale=1, min_width=72)
    with gr.Column(visible=False, elem_id="files-changes") as changes:
        staged = gr.State(Staged(), time_to_live=STAGED_SECONDS, delete_callback=Staged.let_go)
        drop = gr.File(
            file_count="multiple", label=DROP, elem_id="files-drop", height=120, file_types=sorted(READERS)
        )
        preview = gr.HTML("", elem_id="files-preview", apply_default_css=False)
        with gr.Row(elem_id="files-decide"):
            take = gr.Button("加入", variant="primary", visible=False, elem_id="files-add")
            version = gr.Button("作为新版本", visible=False, elem_id="files-version")
            apart = gr.Button("并存", visible=False, elem_id="files-apart")
            cancel = gr.Button("取消", visible=False, elem_id="files-cancel")
        which = gr.Dropdown([], label="看条目切得对不对", visible=False, elem_id="files-which")
        outline = gr.HTML("", elem_id="files-outline", apply_default_css=False)
    search = gr.Textbox(
        "", label="已有文件", placeholder="按标题、文号、地区查找", max_lines=1, elem_id="files-search"
    )
    table = gr.HTML("", elem_id="files-held", apply_default_css=False)

    def decided(now: Staged) -> Shown:
        """The buttons that fit what is staged."""
        read = [
            (report.name, number) for number, report in enumerate(now.reports) if report.document is not None
        ]
        return {
            staged: now,
            take: gr.update(visible=now.has("added")),
            version: gr.update(visible=now.has("offered")),
            apart: gr.update(visible=now.has("offered")),
            cancel: gr.update(visible=bool(now.reports)),
            which: gr.update(choices=read, value=read[0][1] if read else None, visible=bool(read)),
            outline: chosen(read[0][1] if read else None, now),
        }

    decision = [staged, take, version, apart, cancel, which, outline]

    def dropped(files: list[str] | None, typed: str, now: Staged, request: gr.Request) -> Iterator[Shown]:
        if not files:
            return
        if refusal := desk.refusal(caller_of(request), typed):
            yield {drop: None, said: view.trouble(refusal)}
            return
        try:
            for told in desk.read(now, files):
                if isinstance(told, Step):
                    yield {said: view.working(told.stage, told.done, told.total)}
                else:
                    yield {
                        drop: None,
                        said: "",
                        preview: view.reports_table(told.reports, view.BEFORE),
                        **decided(told),
                    }
        except EXPECTED as error:
            yield {drop: None, said: view.trouble(in_one_line(error))}

    def taking(same: Same) -> Callable[..., Iterator[Shown]]:
        def take_in(typed: str, now: Staged, wanted: str, request: gr.Request) -> Iterator[Shown]:
            if refusal := desk.refusal(caller_of(request), typed):
                yield {said: view.trouble(refusal)}
                return
            try:
                for told in desk.add(now, same):
                    if isinstance(told, Step):
                        yield {said: view.working(told.stage, told.done, told.total)}
                        continue
                    count = sum(report.outcome in ("added", "replaced") for report in told)
                    yield {
                        said: view.done(f"已加入 {count} 份文件，现在就可以提问"),
                        preview: view.reports_table(told, view.AFTER),
                        **decided(now.left_after(told)),
                        **refreshed(wanted),
                    }
            except EXPECTED as error:
                yield {said: view.trouble(in_one_line(error))}

        return take_in

    def cancelled(now: Staged) -> Shown:
        now.let_go()
        return {said: "", preview: "", **decided(Staged())}

    def chosen(number: int | None, now: Staged) -> str:
        if number is None or not 0 <= number < len(now.reports):
            return ""
        document = now.reports[number].document
        return view.outline(document) if document else ""

    def listed(wanted: str | None) -> str:
        try:
            return view.held_table(desk.held().values(), (wanted or "")[:LONGEST_SEARCH])
        except EXPECTED as error:
            return view.trouble(in_one_line(error))

    def refreshed(wanted: str) -> Shown:
        held = [(titled(each), each.id) for each in desk.held().values() if is_current(each)]
        return {
            table: listed(wanted),
            **{shown: told() for shown, told in beside.items()},
            document.which: gr.update(choices=held),
            document.replaced_by: gr.update(choices=held),
        }

    def arrived(typed: str, wanted: str, request: gr.Request) -> Shown:
        if not opening.ready:
            return {said: view.working(opening.step.stage, opening.step.done, opening.step.total)}
        refusal = desk.refusal(caller_of(request), typed)
        wants_key = bool(refusal and gate.admin.key)
        told = view.trouble(refusal) if refusal and (typed or not wants_key) else ""
        return {
            said: told,
            asking: gr.update(visible=wants_key),
            changes: gr.update(visible=not refusal),
            document.column: gr.update(visible=not refusal),
            **refreshed(wanted),
        }

    told_anew = [table, *beside]
    document = build_document(desk, key, search, said, refreshed, told_anew, caller_of)
    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    slow: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    arrival = [said, asking, changes, document.column, *told_anew, document.which, document.replaced_by]
    gr.on([page.load, tab.select, enter.click, key.submit], arrived, [key, search], arrival, **quiet)
    search.change(listed, search, table, **quiet)
    drop.upload(dropped, [drop, key, staged], [drop, said, preview, *decision], **slow)
    taken = [said, preview, *decision, *told_anew, document.which, document.replaced_by]
    ways: tuple[tuple[gr.Button, Same], ...] = ((take, "ask"), (version, "version"), (apart, "apart"))
    for button, same in ways:
        button.click(taking(same), [key, staged, search], taken, **slow)
    cancel.click(cancelled, staged, [said, preview, *decision], **quiet)
    which.change(chosen, [which, staged], outline, **quiet)
