"""Two small documents and their tasks, made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.document import Document
from corpus.due_role import DeadlineRole
from corpus.task import Quoted, Task, TaskDeadline, TaskFrequency, TaskQuantity, TaskUnit
from rag.tasks import Entry, TaskRegister
from tests.index.sample import Part, document

PLAN = replace(
    document(
        "plan",
        "示范县安全生产三年行动方案（2024—2026年）",
        [
            Part("一、主要任务\n", heading="一、主要任务", label="一、", kind="heading"),
            Part("（一）燃气治理\n", heading="（一）燃气治理", label="（一）", depth=1, kind="heading"),
            Part(
                "1.2024年底前基本完成“瓶改管”改造任务，2025年底前形成“一城一企”格局，抽查率不低于60%。"
                "（县住房和城乡建设局牵头，县公安局配合）\n",
                label="1.",
                depth=2,
            ),
            Part("2.每季度至少检查1次（高危行业领域每月）。（县应急局负责）\n", label="2.", depth=2),
            Part("二、保障\n", heading="二、保障", label="二、", kind="heading"),
            Part("3.自2024年4月1日起施行。4.加强宣传。\n", label="3.", depth=1),
            Part("以下均需各乡镇政府负责。\n", kind="paragraph"),
        ],
    ),
    date="2024-03-25",
    years=(2024, 2026),
)
NOTICE = replace(
    document("notice", "关于消防的通知", [Part("1.6月底前完成消防信息录入。（市公安局负责）\n", label="1.")]),
    number=None,
    place="驻马店市",
    years=None,
)
DOCUMENTS = (PLAN, NOTICE)


def quoted(held: Document, words: str) -> tuple[str, int, int]:
    start = held.text.index(words)
    return words, start, start + len(words)


def unit(held: Document, words: str, name: str | None = None) -> TaskUnit:
    return TaskUnit(*quoted(held, words), name or words)


def deadline(
    held: Document, words: str, day: str | None, role: DeadlineRole = "complete", inferred: str | None = None
) -> TaskDeadline:
    return TaskDeadline(*quoted(held, words), day, role, inferred)


HOUSING = unit(PLAN, "县住房和城乡建设局", "示范县住房和城乡建设局")
POLICE = unit(PLAN, "县公安局", "示范县公安局")
TOWNS = unit(PLAN, "各乡镇政府")
PIPES = Task(
    "plan#2@1", "plan", "plan#2", Quoted(*quoted(PLAN, "基本完成“瓶改管”改造任务")),
    deadline(PLAN, "2024年底前", "2024-12-31"), (HOUSING,), (HOUSING, POLICE),
    quantities=(TaskQuantity(*quoted(PLAN, "不低于60%"), ">=60%"),),
)  # fmt: skip
ONE_FIRM = Task(
    "plan#2@2", "plan", "plan#2", Quoted(*quoted(PLAN, "形成“一城一企”格局")),
    deadline(PLAN, "2025年底前", "2025-12-31", "establish"), (HOUSING,), (HOUSING, POLICE), standing=(TOWNS,),
)  # fmt: skip
CHECK = Task(
    "plan#3@1", "plan", "plan#3", Quoted(*quoted(PLAN, "每季度至少检查1次")),
    units=(unit(PLAN, "县应急局", "示范县应急管理局"),),
    frequency=TaskFrequency(*quoted(PLAN, "每季度至少检查1次"), "P3M", Quoted(*quoted(PLAN, "高危行业领域"))),
)  # fmt: skip
BEGIN = Task(
    "plan#5@1", "plan", "plan#5", Quoted(*quoted(PLAN, "施行")),
    deadline(PLAN, "自2024年4月1日起", "2024-04-01", "start"),
)  # fmt: skip
TELL = Task("plan#5@2", "plan", "plan#5", Quoted(*quoted(PLAN, "加强宣传")))
ENTER = Task(
    "notice#0@1", "notice", "notice#0", Quoted(*quoted(NOTICE, "完成消防信息录入")),
    deadline(NOTICE, "6月底前", "2024-06-30", inferred="年份取自文件标题的2024年"),
    units=(unit(NOTICE, "市公安局", "驻马店市公安局"),),
)  # fmt: skip
TASKS = {"plan": (PIPES, ONE_FIRM, CHECK, BEGIN, TELL), "notice": (ENTER,)}


def entry(task: Task) -> Entry:
    held = PLAN if task.document_id == "plan" else NOTICE
    return Entry(task, held, held.clause(task.clause_id))


def register() -> TaskRegister:
    return TaskRegister(DOCUMENTS, lambda held: TASKS[held.id])


def many(count: int) -> Iterator[Entry]:
    """So many tasks, made one after the other and not kept."""
    for number in range(count):
        yield entry(replace(PIPES, id=f"plan#2@{number + 1}"))


def worded(words: str, *, title: str = "通知") -> Entry:
    """A task whose duty and unit are these words, whatever they are."""
    held = document("any", title, [Part(words, label="1.")])
    named = TaskUnit(words, 0, len(words), words)
    task = Task("any#0@1", "any", "any#0", Quoted(words, 0, len(words)), lead=(named,), units=(named,))
    return Entry(task, held, held.clauses[0])
