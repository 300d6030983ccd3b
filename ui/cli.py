"""The command line: what is typed becomes a command, what goes wrong becomes one line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from corpus.errors import CorpusError
from index.errors import IndexingError
from rag.errors import RagError
from ui import care_commands, commands
from ui.exit_codes import BAD_INPUT, OK
from ui.labels import trouble
from ui.library_options import add_library_commands
from ui.listening import HIGHEST_PORT
from ui.task_options import add_day_options, add_options

INTERRUPTED = 130
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 7860
HANDED_ON = ("eval", "bench")
"""Commands whose options are their own."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and how to learn more."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"yiju: 参数有误：{message}；用法见 {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; what goes wrong is told in one line on stderr."""
    given = [_whole(word) for word in (sys.argv[1:] if argv is None else argv)]
    try:
        if given[:1] and given[0] in HANDED_ON:
            return _hand_on(given[0], given[1:])
        options = _parser().parse_args(given)
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except RagError as error:
        return _fail(f"{error.message_zh}（{error.message}）")
    except (CorpusError, IndexingError, ValueError) as error:
        return _fail(trouble(error))
    except BrokenPipeError:
        # The reader of our output left early (`yiju list | head`); nothing more can or need be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        return _fail(f"{error.filename or ''} 不能读写：{error.strerror or error}")
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="yiju", description="依据：问政府文件，只引原文作答。")
    names = parser.add_subparsers(required=True, metavar="命令")
    home = _Parser(add_help=False)
    home.add_argument(
        "--home", help="数据目录（默认 $YIJU_HOME，再默认 ./.yiju）；没有就新建，并放入自带文件"
    )
    home.add_argument("--empty", action="store_true", help="新建数据目录时不放自带文件")

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        added = names.add_parser(name, parents=[home], help=about, description=about)
        added.set_defaults(command=run)
        return added

    serve = command("serve", commands.serve, "打开网页和接口")
    serve.add_argument("--host", default=DEFAULT_HOST, help=f"监听地址（默认 {DEFAULT_HOST}）")
    serve.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"端口（默认 {DEFAULT_PORT}）")
    ask = command("ask", commands.ask, "问一个问题")
    ask.add_argument("question", metavar="问题")
    ask.add_argument("--json", action="store_true", help="输出 JSON，与 POST /v1/ask 相同")
    ask.add_argument("--top-k", type=int, default=5, help="最多几条（1—100，默认 5）")
    ask.add_argument("--place", action="append", default=[], help="只查这个地区，可重复")
    ask.add_argument("--document", action="append", default=[], help="只查这个文件编号，可重复")
    ask.add_argument("--context", help="上一个问题，用于追问")
    add_day_options(ask)
    add_options(command("tasks", commands.tasks, "列出任务：谁、何时、做什么，或导出成文件"))
    compare = command("compare", commands.compare, "比较几份文件对同一件事的要求")
    compare.add_argument("question", metavar="问题")
    compare.add_argument("--json", action="store_true", help="输出 JSON，与 GET /v1/compare 相同")
    compare.add_argument("--place", action="append", default=[], help="只比这个地区，可重复")
    compare.add_argument("--document", action="append", default=[], help="只比这个文件编号，可重复")
    add_day_options(compare)
    add_library_commands(command)
    command("rebuild", commands.rebuild, "重建索引")
    command("verify", commands.verify, "核对一段引文出自哪里").add_argument("quote", metavar="引文")
    doctor = command("doctor", care_commands.doctor, "检查数据目录")
    doctor.add_argument("--mend", action="store_true", help="修复能修复的")
    moved = (
        ("export", care_commands.export, "导出成一个文件"),
        ("import", care_commands.import_, "从导出的文件导入"),
    )
    for name, run, about in moved:
        command(name, run, about).add_argument("file", type=Path, metavar="文件")
    names.add_parser("eval", help="用题库测量答得怎样（yiju eval --help）")
    names.add_parser("bench", help="测量快慢和内存（yiju bench --help）")
    return parser


def _port(typed: str) -> int:
    if not typed.isdecimal() or not 0 <= int(typed) <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"端口应在 0—{HIGHEST_PORT} 之间，收到 {typed}")
    return int(typed)


def _whole(typed: str) -> str:
    """What was typed, as UTF-8 can carry it: bytes that are no text become question marks."""
    return typed.encode("utf-8", "replace").decode("utf-8")


def _hand_on(name: str, given: Sequence[str]) -> int:
    if name == "eval":
        from eval.run import main as measure
    else:
        from eval.bench import main as measure
    return measure(given)


def _fail(message: str) -> int:
    sys.stderr.write(f"yiju: {' '.join(message.split())}\n")
    return BAD_INPUT
