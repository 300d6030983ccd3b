"""The 对照 tab: what several documents say of the same duty, side by side."""

from __future__ import annotations

from typing import Any

import gradio as gr

from corpus.errors import CorpusError
from index.errors import IndexingError
from rag.api.opening import NotReadyError, Opening
from rag.compare import compare
from rag.errors import RagError
from ui.compare_view import comparison_html, trouble

TAB = "对照"
EXAMPLES = ("各地瓶改管期限有什么不同", "疏散逃生演练多久一次，各地有什么不同", "安全生产专家库什么时候建成")
WAITING = "文件正在准备，请稍候再比"
PLACEHOLDER = "例如：各地瓶改管期限有什么不同"


def shown(opening: Opening, question: str) -> str:
    """The comparison as HTML; what cannot be done is told in one line."""
    try:
        return comparison_html(compare(opening.assistant, question))
    except NotReadyError:
        return trouble(WAITING)
    except RagError as error:
        return trouble(error.message_zh)
    except (CorpusError, IndexingError) as error:
        return trouble(f"数据目录不能使用：{error}")


def build(opening: Opening) -> None:
    """Fills the tab."""
    with gr.Row(elem_id="comparing"):
        question = gr.Textbox(
            placeholder=PLACEHOLDER, show_label=False, label="要对照的事", lines=1, scale=8, container=False
        )
        put = gr.Button("对照", variant="primary", scale=1, min_width=72, elem_id="compare")
    with gr.Row(elem_id="comparisons"):
        buttons = [gr.Button(example, size="sm", elem_classes="example") for example in EXAMPLES]
    columns = gr.HTML("", elem_id="comparison", apply_default_css=False)

    def draw(asked: str) -> str:
        return shown(opening, asked)

    def example(asked: str) -> tuple[str, str]:
        return asked, shown(opening, asked)

    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    gr.on([put.click, question.submit], draw, question, columns, **quiet)
    for button in buttons:
        button.click(example, button, [question, columns], **quiet)
