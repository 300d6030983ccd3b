"""What can be said after `yiju tasks`, and of the day that is asked about; every command line is parsed with it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Final

RHYTHMS: Final = ("P1D", "P1W", "P1M", "P3M", "P6M", "P1Y")
"""How often, as ISO 8601 durations: daily, weekly, monthly, quarterly, twice a year, yearly."""
DEFAULT_PAGE: Final = "http://127.0.0.1:7860/"


def add_options(parser: ArgumentParser) -> None:
    """What can be said after `yiju tasks`."""
    parser.add_argument("--place", action="append", default=[], help="只列这个地区，可重复")
    parser.add_argument("--document", action="append", default=[], help="只列这个文件编号，可重复")
    parser.add_argument(
        "--unit", action="append", default=[], help="责任单位，全称、简称或其中几个字，可重复"
    )
    parser.add_argument(
        "--lead-only", action="store_true", help="只列该单位牵头的；不指定单位时只列写明牵头单位的"
    )
    parser.add_argument("--due-from", type=day, metavar="日期", help="期限不早于这一天（2024-12-31）")
    parser.add_argument("--due-to", type=day, metavar="日期", help="期限不晚于这一天")
    parser.add_argument(
        "--overdue", type=day, metavar="日期", help="到这一天已逾期的；状态也按这一天算（默认今天）"
    )
    parser.add_argument("--rhythm", default="", choices=RHYTHMS, help="只列这样频次的，如 P1M：每月")
    parser.add_argument("--recurring", action="store_true", help="只列有频次的")
    parser.add_argument("--topic", default="", help="任务或标题里须有的词，空格隔开")
    parser.add_argument("--sort", choices=("document", "due"), default="document", help="按文件次序或按期限")
    parser.add_argument(
        "--as-schedule",
        metavar="文件或地区",
        help="画出这份文件（或这个地区的文件）的序时进度表；可加 --xlsx",
    )
    parser.add_argument(
        "--page", default=DEFAULT_PAGE, help=f"网页地址，表中链接指向那里（默认 {DEFAULT_PAGE}）"
    )
    add_day_options(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="输出 JSON，与 GET /v1/tasks 相同")
    form.add_argument("--csv", type=Path, metavar="文件", help="写成 CSV")
    form.add_argument("--xlsx", type=Path, metavar="文件", help="写成 Excel 工作簿")
    form.add_argument("--ics", type=Path, metavar="文件", help="写成日历")


def add_day_options(parser: ArgumentParser) -> None:
    """Of which day's documents is asked, and whether those that no longer apply answer as well."""
    parser.add_argument("--as-of", type=day, metavar="日期", help="按这一天有效的文件（默认今天）")
    parser.add_argument("--include-withdrawn", action="store_true", help="包括已废止、已被替代的文件")


def day(typed: str) -> date:
    """A day as it is typed, `2024-12-31`. Raises ArgumentTypeError, in Chinese, for a day that there is not."""
    try:
        return read_day(typed)
    except ValueError as error:
        raise ArgumentTypeError(f"应是 2024-12-31 这样的日期，收到 {typed}") from error


def read_day(typed: str) -> date:
    """A day written 2024-12-31, zeros left out or not. Raises ValueError for a day that there is not.

    >>> read_day("2024-6-30")
    datetime.date(2024, 6, 30)
    """
    return datetime.strptime(typed.strip(), "%Y-%m-%d").date()
