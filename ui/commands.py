"""What each command does.

Each imports what it needs when it runs, so that `yiju ask` waits for no web framework.
"""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING

from ui.exit_codes import NOT_FOUND, OK
from ui.library_commands import home_of
from ui.progress import Bars

if TYPE_CHECKING:
    from rag.verify import Found


def serve(options: Namespace) -> int:
    """Opens the page and the API until stopped."""
    from rag.api.opening import Opening, Progress
    from rag.assistant import Assistant
    from ui.listening import listen

    with closing(listen(options.host, options.port)) as listener, Bars() as bars:

        def open_assistant(report: Progress) -> Assistant:
            def told(stage: str, done: int, total: int) -> None:
                report(stage, done, total)
                bars(stage, done, total)

            assistant = Assistant.open(options.home, empty=options.empty, progress=told)
            # What is held lives as long as the server: looking through it for garbage, again and again, costs a question
            # among 60,000 passages a tenth of a second.
            gc.freeze()
            return assistant

        # The documents are opened while the web framework is still being imported.
        opening = Opening(open_assistant)
        from ui import server

        host, port = listener.getsockname()[:2]
        _note(f"依据 http://{host}:{port} （按 Ctrl+C 停止）")
        server.serve(opening, listener)
    return OK


def ask(options: Namespace) -> int:
    """Answers one question."""
    from rag.assistant import Assistant

    with Bars() as bars:
        assistant = Assistant.open(options.home, empty=options.empty, progress=bars)
    answer = assistant.ask(
        options.question,
        top_k=options.top_k,
        places=options.place,
        documents=options.document,
        context=options.context,
        as_of=options.as_of,
        include_withdrawn=options.include_withdrawn,
    )
    if options.json:
        from rag.api.answer_schemas import AnswerOut

        _say(AnswerOut.of(answer, options.as_of).model_dump_json(indent=2))
    else:
        from ui.terminal import answer_lines

        _say(*answer_lines(answer, bold=sys.stdout.isatty()))
    return NOT_FOUND if answer.status == "not_found" else OK


def tasks(options: Namespace) -> int:
    """Lists the duties of the documents, or writes them to a file."""
    from corpus.tasks import tasks as read_tasks
    from rag.tasks import TaskRegister
    from ui.task_command import listed

    with Bars() as bars:
        snapshot = home_of(options).open_or_create(empty=options.empty, progress=bars)
    _say(*listed(TaskRegister(tuple(snapshot.documents.values()), read_tasks), options))
    return OK


def compare(options: Namespace) -> int:
    """Sets what several documents say of one duty side by side."""
    from rag.assistant import Assistant
    from rag.compare import compare as compared

    with Bars() as bars:
        assistant = Assistant.open(options.home, empty=options.empty, progress=bars)
    comparison = compared(
        assistant,
        options.question,
        places=options.place,
        documents=options.document,
        as_of=options.as_of,
        include_withdrawn=options.include_withdrawn,
    )
    if options.json:
        from rag.api.compare_schemas import ComparisonOut

        _say(ComparisonOut.of(comparison, options.as_of).model_dump_json(indent=2))
    else:
        from ui.compare_lines import comparison_lines

        _say(*comparison_lines(comparison, bold=sys.stdout.isatty()))
    return OK if comparison.sides else NOT_FOUND


def rebuild(options: Namespace) -> int:
    """Reads every held file again and makes the index anew."""
    home = home_of(options)
    with Bars() as bars:
        new = not home.path.exists()
        snapshot = (
            home.open_or_create(empty=options.empty, progress=bars) if new else home.rebuild(progress=bars)
        )
    _say(f"已重建：{len(snapshot.documents)} 份文件")
    return OK


def verify(options: Namespace) -> int:
    """Says where a quotation stands."""
    from rag.api.schemas import reference_of
    from rag.assistant import Assistant
    from rag.caution import caution

    with Bars() as bars:
        assistant = Assistant.open(options.home, empty=options.empty, progress=bars)
    found = assistant.verify(options.quote)
    if not found:
        _say("没有哪份文件有这段原文")
        return NOT_FOUND

    def told(place: Found) -> str:
        warned = caution(place.document, assistant.today(), assistant.documents)
        return reference_of(place.document, place.clause) + (f"（注意：{warned.text}）" if warned else "")

    _say(*dict.fromkeys(map(told, found)))
    return OK


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def _note(line: str) -> None:
    sys.stderr.write(f"{line}\n")
