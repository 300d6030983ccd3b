"""The commands that look after a home: examine and mend it, take it to another machine."""

from __future__ import annotations

import sys
from argparse import Namespace

from rag.errors import HomeError
from ui.exit_codes import FAULTY, OK
from ui.library_commands import home_of
from ui.progress import Bars


def doctor(options: Namespace) -> int:
    """Says what is wrong with a home, and with `--mend` puts right what can be."""
    from rag.doctor import examine, mend

    home = home_of(options)
    if not home.path.exists():
        raise HomeError(
            f"home {home.path} does not exist; yiju serve makes it",
            f"数据目录 {home.path} 不存在，yiju serve 会新建",
        )
    if options.mend:
        with Bars() as bars:
            mended = mend(home.path, home.encoder, bars)
        _say(*(f"已修复：{finding.message_zh}" for finding in mended.done))
        left = mended.left
    else:
        left = examine(home.path, home.encoder)
    _say(*(finding.message_zh for finding in left))
    if any(finding.mendable for finding in left):
        _say("加 --mend 修复能修复的")
    if not left:
        _say(f"{home.path} 一切正常：{len(home.documents())} 份文件")
    return FAULTY if left else OK


def export(options: Namespace) -> int:
    """Writes a home into one file."""
    from rag.moving import export_home

    home = home_of(options)
    export_home(home.path, options.file)
    _say(f"已导出到 {options.file}，在另一台电脑上用 yiju import 导入")
    return OK


def import_(options: Namespace) -> int:
    """Makes a home of a file that was exported."""
    from rag.moving import import_home

    home = home_of(options)
    import_home(options.file, home.path)
    with Bars() as bars:
        snapshot = home.open_or_create(progress=bars)
    _say(f"已导入 {home.path}：{len(snapshot.documents)} 份文件")
    return OK


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()
