"""How the commands that change what a home holds are typed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ui import library_commands
from ui.labels import STATUSES
from ui.task_options import day


class Command(Protocol):
    """Makes a command of that name: what it runs and what it is about."""

    def __call__(self, name: str, run: Callable[[Namespace], int], about: str) -> ArgumentParser:
        """The command's parser, to which its options are added."""
        ...


def add_library_commands(command: Command) -> None:
    """Make the commands add, replace, remove, status, notice and list."""
    add = command("add", library_commands.add, "加入文件、文件夹或通配符所指的文件")
    add.add_argument("files", nargs="+", type=Path, metavar="文件")
    add.add_argument("--preview", action="store_true", help="只看读出了什么，不加入")
    add.add_argument(
        "--same",
        choices=("ask", "version", "apart"),
        help="文号或标题与已有文件相同时：ask 先不加入，version 作为新版本，apart 另存为一份；默认当场问，无人可问时另存",
    )
    replace = command("replace", library_commands.replace, "用新文件替换，旧版本仍可查阅")
    replace.add_argument("id", metavar="编号")
    replace.add_argument("file", type=Path, metavar="文件")
    command("remove", library_commands.remove, "移除文件及其旧版本").add_argument("id", metavar="编号")
    status = command("status", library_commands.status, "登记文件是否有效")
    status.add_argument("id", metavar="编号")
    status.add_argument(
        "status", metavar="状态", choices=tuple(STATUSES.values()), help="、".join(STATUSES.values())
    )
    status.add_argument("--since", type=day, metavar="日期", help="施行日期，如 2024-07-01")
    status.add_argument("--until", type=day, metavar="日期", help="从哪一天起不再有效")
    status.add_argument("--replaced-by", metavar="编号", help="被哪份文件替代")
    notice = command("notice", library_commands.notice, "看一份清理通知改变了哪些文件的有效性")
    notice.add_argument("id", metavar="编号")
    notice.add_argument("--confirm", action="store_true", help="确认更新")
    listed = command("list", library_commands.list_documents, "列出文件")
    listed.add_argument("--all", action="store_true", help="连同旧版本")
