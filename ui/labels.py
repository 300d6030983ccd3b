"""The fixed words of the interface, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.errors import CorpusError
from index.errors import EncoderError, HomeWriteError, SnapshotError
from rag.answer import Answer, Citation
from rag.task_query import TaskQuery
from rag.tasks import Entry
from ui.lights import Light

NAME = "依据"
MOTTO = "问政府文件，只引原文作答：每一条都注明出处，能逐字核对；没有依据，就说没有。"
PLACEHOLDER = "例如：瓶改管什么时候完成？"
EXAMPLES = (
    "瓶改管 deadline?",
    "襄城 五包一 谁负责",
    "高危行业多久自查一次",
    "岫岩县什么时候建成专家管理数据库",
    "驻马店 2024年 防汛 有什么要求",
    "哪些文件要求每年开展一次应急演练",
)

TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (SnapshotError, "索引打不开"),
    (HomeWriteError, "数据目录不能写入"),
    (EncoderError, "向量模型不能用"),
    (CorpusError, "文件读不了"),
    (ValueError, "输入或设置有误"),
)
"""What is wrong, in a few Chinese words, for errors whose own message is for logs; the first that fits."""


def trouble(error: Exception) -> str:
    """The error in one line for people: a few Chinese words, then its own message.

    >>> trouble(ValueError("top_k is too large"))
    '输入或设置有误（top_k is too large）'
    """
    words = next((words for kind, words in TROUBLES if isinstance(error, kind)), "出错")
    return f"{words}（{error}）"


SURE_FROM = 0.8
"""Probability, 0–1, from which a citation is called very likely."""
LIKELY_FROM = 0.5
"""Probability, 0–1, from which a citation is called likely."""


def score_in_words(score: float) -> tuple[str, str]:
    """A probability as a word people weigh rightly, with the style it is shown in.

    >>> score_in_words(0.93)
    ('很可能', 'sure')
    """
    if score >= SURE_FROM:
        return "很可能", "sure"
    return ("可能", "likely") if score >= LIKELY_FROM else ("不确定", "doubtful")


KINDS: Mapping[str, str] = {
    "deadline": "时限",
    "unit": "单位",
    "frequency": "频次",
    "quantity": "数量",
    "definition": "定义",
    "number": "文号",
    "text": "原文",
}
"""What kind of words are marked."""

WANTS: Mapping[str, str] = {
    "deadline": "时限",
    "who_leads": "牵头或负责单位",
    "units": "责任单位",
    "quantity": "数量",
    "frequency": "频次",
    "definition": "定义",
    "list": "列举",
    "compare": "比较",
    "number": "文号",
    "date": "日期",
    "issuer": "发文机关",
    "addressees": "主送机关",
    "title": "标题",
    "money": "金额",
}
"""What a question wants to know."""

STATUSES: Mapping[str, str] = {
    "in_force": "现行有效",
    "amended": "已修改",
    "repealed": "已废止",
    "superseded": "已被替代",
    "not_yet_in_force": "尚未施行",
}
"""Whether a document holds."""

STAGES: Mapping[str, str] = {
    "reading": "读取文件",
    "passages": "切分条款",
    "vectors": "计算向量",
    "terms": "编制词表",
    "snapshot": "写入索引",
}
"""What is done while a home is prepared."""

LIGHTS: Mapping[Light, str] = {
    "overdue": "逾期",
    "soon": "30日内",
    "later": "以后",
    "undated": "无期限",
}
"""How a deadline stands."""

REFUSAL = "现有文件里没有找到能回答这个问题的条款"
REASONS: Mapping[str, str] = {
    "place_unknown": "没有这个地区的文件，现有文件回答不了",
    "no_words": "现有文件里没有出现过这些说法，回答不了",
    "not_stated": "文件里没有写明这一项",
    "no_tasks": "没有符合条件的任务",
    "withdrawn": "所问的文件已废止、已被替代，或当时还没有印发；要查它，请选“包括已废止、已被替代的文件”或写明日期",
}
"""What a refusal of a named kind says instead of `REFUSAL`."""


def refusal_in_words(reason: str | None) -> str:
    """What a refusal says first."""
    return REASONS.get(reason or "", REFUSAL)


def verdict_in_words(answer: Answer) -> str:
    """What an answer with citations says first."""
    documents = len({citation.document.id for citation in answer.citations})
    count = f"{len(answer.citations)} 条依据，出自 {documents} 份文件"
    if answer.understood.places and not any(citation.document.place for citation in answer.citations):
        count += "（文件没有写明属于哪个地区，请核对是否适用）"
    return f"找到 {count}" if answer.status == "answered" else f"拿不准：以下 {count}，可能有答案，请核对原文"


WITHDRAWN_TOO = "包括已废止、已被替代的文件"
AS_OF = "按某日有效的文件回答"
"""What can be asked for beside what applies today."""


def warnings_in_words(citation: Citation) -> list[str]:
    """What warns of a citation and of its copies, each copy's with its number or title; nothing where all is in force."""
    told = [citation.caution.text] if citation.caution else []
    return told + [
        f"{copy.document.number or f'《{copy.document.title}》'}：{copy.caution.text}"
        for copy in citation.copies
        if copy.caution
    ]


def copies_in_words(citation: Citation) -> str:
    """What stands above the other documents that say the same as a citation.

    A document is counted once, however many of its clauses say so.
    """
    documents = len({copy.document.id for copy in citation.copies})
    return f"另有 {documents} 份文件写得相同"


MOST_UNITS = 4
"""Units that are named in one cell (1–20)."""


def units_in_words(entry: Entry) -> str:
    """Who is responsible for a task, who leads first; of many, as many as a cell holds and how many there are."""
    lead = list(dict.fromkeys(unit.text for unit in entry.task.lead))
    named = dict.fromkeys(unit.text for unit in (*entry.task.units, *entry.task.standing))
    others = [name for name in named if name not in lead]
    leading, joining = lead[:MOST_UNITS], others[: max(MOST_UNITS - len(lead), 0)]
    parts = [f"牵头：{'、'.join(leading)}"] if leading else []
    parts += ["、".join(joining)] if joining else []
    count = len(lead) + len(others)
    return "；".join(parts) + (f"等 {count} 个单位" if count > MOST_UNITS else "")


def tasks_in_words(count: int) -> str:
    """What is said above a list of so many tasks.

    >>> tasks_in_words(0)
    '没有符合条件的任务'
    """
    return f"共 {count} 项任务" if count else "没有符合条件的任务"


RHYTHMS: Mapping[str, str] = {
    "P1D": "每日",
    "P1W": "每周",
    "P1M": "每月",
    "P3M": "每季度",
    "P6M": "每半年",
    "P1Y": "每年",
}
"""How often, for the rhythms that can be chosen."""
ANY_RHYTHM = "定期（有频次的）"


def filters_in_words(query: TaskQuery) -> list[str]:
    """What is wanted of the duty register, filter by filter.

    >>> filters_in_words(TaskQuery(units=("住建局",), lead_only=True, rhythm="P1M"))
    ['牵头单位：住建局', '频次：每月']
    """
    days = f"{f'从 {query.due_from} ' if query.due_from else ''}{f'到 {query.due_to}' if query.due_to else ''}".strip()
    often = RHYTHMS.get(query.rhythm, query.rhythm) or (ANY_RHYTHM if query.recurring else "")
    said = {
        "地区": "、".join(query.places),
        "文件": f"指明的 {len(query.documents)} 份" if query.documents else "",
        "牵头单位" if query.lead_only else "单位": "、".join(query.units),
        "期限": days,
        "频次": often,
        "关键词": query.topic,
        "有效日期": query.as_of.isoformat() if query.as_of else "",
        "范围": WITHDRAWN_TOO if query.include_withdrawn else "",
    }
    return [f"{name}：{words}" for name, words in said.items() if words]
