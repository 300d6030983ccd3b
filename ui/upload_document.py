"""The part of the 文件管理 tab that changes one held document: its validity, its removal, what a notice says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.document import Status
from rag.api.admin import Caller
from rag.api.opening import Step
from ui import upload_view as view
from ui.labels import STATUSES
from ui.upload_desk import EXPECTED, Desk, in_one_line

A_DAY = "如 2024-12-31，可不填"
Shown = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """The components that others fill: the whole part, the choice of a document, and of what took its place."""

    column: gr.Column
    which: gr.Dropdown
    replaced_by: gr.Dropdown


def build(
    desk: Desk,
    key: gr.Textbox,
    search: gr.Textbox,
    said: gr.HTML,
    refreshed: Callable[[str], Shown],
    tables: Sequence[gr.HTML],
    caller_of: Callable[[gr.Request], Caller],
) -> DocumentPart:
    """Makes the part; `refreshed` gives the list of documents anew once one was changed, in `tables`."""
    with gr.Accordion(
        "改动一份文件：有效性、清理结果、移除", open=False, visible=False, elem_id="files-one"
    ) as column:
        which = gr.Dropdown([], label="文件", info="可以输入标题里的字查找", elem_id="files-one-which")
        with gr.Row():
            status = gr.Dropdown(
                [(word, name) for name, word in STATUSES.items()], label="有效性", min_width=130
            )
            since = gr.Textbox("", label="施行日期", placeholder=A_DAY, min_width=130, max_lines=1)
            until = gr.Textbox("", label="失效日期", placeholder=A_DAY, min_width=130, max_lines=1)
            replaced_by = gr.Dropdown([], label="被哪份文件替代", min_width=180)
        with gr.Row(elem_id="files-one-deeds"):
            save = gr.Button("保存有效性", elem_id="files-save")
            look = gr.Button("查看清理结果", elem_id="files-look")
            remove = gr.Button("移除这份文件", variant="stop", elem_id="files-remove")
        with gr.Row(visible=False, elem_id="files-sure") as sure:
            question = gr.HTML("", apply_default_css=False)
            yes = gr.Button("确定移除", variant="stop", elem_id="files-yes")
            no = gr.Button("不移除", elem_id="files-no")
        proposed = gr.HTML("", elem_id="files-proposed", apply_default_css=False)
        chosen = gr.CheckboxGroup([], label="确认改动这些文件", visible=False, elem_id="files-chosen")
        carry_out = gr.Button("确认改动", variant="primary", visible=False, elem_id="files-confirm")

    def closed() -> Shown:
        hidden = gr.update(visible=False)
        return {
            sure: hidden,
            proposed: "",
            chosen: gr.update(choices=[], value=[], visible=False),
            carry_out: hidden,
        }

    closing = [sure, proposed, chosen, carry_out]

    def opened(document_id: str | None) -> Shown:
        document = desk.held().get(document_id or "")
        if document is None:
            return {status: None, since: "", until: "", replaced_by: None, **closed()}
        return {
            status: document.status,
            since: document.since or "",
            until: document.until or "",
            replaced_by: document.replaced_by,
            **closed(),
        }

    def saved(
        document_id: str | None,
        chosen_status: Status | None,
        first: str,
        last: str,
        successor: str | None,
        typed: str,
        wanted: str,
        request: gr.Request,
    ) -> Shown:
        if refusal := refused(document_id, typed, request):
            return {said: view.trouble(refusal)}
        try:
            document = desk.say(document_id or "", chosen_status, first, last, successor)
        except EXPECTED as error:
            return {said: view.trouble(in_one_line(error))}
        words = f"《{document.title}》现在记为：{STATUSES[document.status]}"
        return {said: view.done(words), **closed(), **refreshed(wanted)}

    def asked(document_id: str | None) -> Shown:
        document = desk.held().get(document_id or "")
        if document is None:
            return {said: view.trouble("请先选择一份文件")}
        older = "，连同它的旧版本" if document.version > 1 else ""
        words = f"移除《{document.title}》{older}？移除后回答里不再引用它。"
        return {said: "", sure: gr.update(visible=True), question: view.asking(words)}

    def removed(document_id: str | None, typed: str, wanted: str, request: gr.Request) -> Iterator[Shown]:
        if refusal := refused(document_id, typed, request):
            yield {said: view.trouble(refusal)}
            return
        try:
            for told in desk.remove(document_id or ""):
                if isinstance(told, Step):
                    yield {said: view.working(told.stage, told.done, told.total)}
                else:
                    now = refreshed(wanted)
                    gone = {**now[which], "value": None}
                    yield {said: view.done("已移除"), **closed(), **now, which: gone}
        except EXPECTED as error:
            yield {said: view.trouble(in_one_line(error))}

    def looked(document_id: str | None) -> Shown:
        held = desk.held()
        notice = held.get(document_id or "")
        if notice is None:
            return {said: view.trouble("请先选择一份文件")}
        try:
            found = [each for each in desk.proposals(notice.id) if each.document_id in held]
        except EXPECTED as error:
            return {said: view.trouble(in_one_line(error))}
        if not found:
            return {**closed(), said: view.done("这份文件没有要改动的已有文件")}
        options = [
            (f"《{held[each.document_id].title}》→ {STATUSES[each.status]}", each.document_id)
            for each in found
        ]
        return {
            said: "",
            proposed: view.proposals_table(found, notice, held),
            chosen: gr.update(choices=options, value=[name for _, name in options], visible=True),
            carry_out: gr.update(visible=True),
        }

    def confirmed(
        document_id: str | None, which_ones: list[str], typed: str, wanted: str, request: gr.Request
    ) -> Shown:
        if refusal := refused(document_id, typed, request):
            return {said: view.trouble(refusal)}
        if not which_ones:
            return {said: view.trouble("没有选中要改动的文件")}
        try:
            count = desk.confirm(document_id or "", which_ones)
        except EXPECTED as error:
            return {said: view.trouble(in_one_line(error))}
        return {said: view.done(f"已改动 {count} 份文件的有效性"), **closed(), **refreshed(wanted)}

    def refused(document_id: str | None, typed: str, request: gr.Request) -> str:
        return desk.refusal(caller_of(request), typed) or ("" if document_id else "请先选择一份文件")

    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    fields = [status, since, until, replaced_by]
    changed = [said, *closing, *tables, which, replaced_by]
    which.change(opened, which, [*fields, *closing], **quiet)
    save.click(saved, [which, *fields, key, search], changed, **quiet)
    remove.click(asked, which, [said, sure, question], **quiet)
    no.click(closed, None, closing, **quiet)
    yes.click(removed, [which, key, search], changed, show_progress="hidden", api_visibility="private")
    look.click(looked, which, [said, *closing], **quiet)
    carry_out.click(confirmed, [which, chosen, key, search], changed, **quiet)
    return DocumentPart(column, which, replaced_by)
