"""How a comparison is put into words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.document import Document
from corpus.task import TaskFrequency
from rag.comparison import Due, Side

MOST_SILENT = 12
"""Silent documents that are named (1–100)."""


def due_in_words(due: Due) -> str:
    """How a side's deadline stands to the others'.

    >>> due_in_words(Due(None, "none"))
    '未写期限'
    """
    if due.day is None:
        return "未写期限"
    order = {"earliest": "最早", "same": "期限相同", "later": f"晚 {due.days} 天"}.get(due.order, "")
    return f"{due.day.isoformat()} {order if not due.alone else ''}".strip()


def units_differing(side: Side) -> Iterator[str]:
    """The lines that tell how a side's units differ from the others'."""
    if side.units.only:
        yield f"只有这里写了：{'、'.join(side.units.only)}"
    if side.units.missing:
        yield f"别处都写了、这里没写：{'、'.join(side.units.missing)}"


def how_often(frequency: TaskFrequency) -> str:
    """The words of a frequency, and whom it concerns where these do not say so."""
    whom = frequency.whom.text if frequency.whom else ""
    return frequency.text if whom in frequency.text else f"{frequency.text}（{whom}）"


def silent_in_words(documents: Sequence[Document]) -> str:
    """Which documents lay down no such duty; of many, how many."""
    named = [f"《{one.title}》（{one.place or '地区不详'}）" for one in documents[:MOST_SILENT]]
    more = f"等 {len(documents)} 份文件" if len(documents) > MOST_SILENT else ""
    return f"未提到：{'、'.join(named)}{more}"


def unasked_in_words(count: int) -> str:
    """How many documents were not looked at one by one.

    >>> unasked_in_words(3)
    '另有 3 份文件没有逐份查看；限定地区或文件可以看全'
    """
    return f"另有 {count} 份文件没有逐份查看；限定地区或文件可以看全"
