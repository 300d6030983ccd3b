"""The gold of the duty register says what the documents say.

How it was labelled, so that it can be measured against and added to:

- A task is a sentence's duty: split at full stops and semicolons, and where a deadline or a frequency parts a
  sentence; acts that commas join share one task. A run-in heading is no task. Two frequencies of one duty
  (每季度, 高危行业领域每月) are two tasks of the same words.
- `duty` runs from the first act to the last, without lead-in (按照…, 聚焦…), subject, or closing aim (确保…).
- `lead` holds who stands before 牵头, 分别牵头 or 会同; who is said to 负责 does not lead by that. Units are split
  at 、 but not inside a name; 等部门 names none, 等县安委会有关成员单位 does; a standing note lends none; firms and
  persons are no units.
- A date is the last day that keeps the deadline; 主汛期前 has none. 定期 is a frequency without a duration.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from corpus.due_role import DeadlineRole
from corpus.library import read_document, shipped_documents

GOLD = Path(__file__).parents[2] / "eval" / "gold"
DOCUMENTS = {document.id: document for document in map(read_document, shipped_documents())}
DURATION = re.compile(r"P[1-9]\d*[YMWD]")
DEADLINES = {"earlier", "later", "same", "only one", "neither"}
UNITS = {"same", "differ", "only one", "neither"}

Line = dict[str, Any]


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


TEXTS = {
    clause.id: squeezed(document.text[clause.start : clause.end])
    for document in DOCUMENTS.values()
    for clause in document.clauses
}


def read(name: str) -> list[Line]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


CLAUSES = read("tasks.jsonl")
ALIGNED = read("alignment.jsonl")
PAIRS = [line for line in ALIGNED if "other" in line]
ABSENT = [line for line in ALIGNED if "absent" in line]
LABELLED = {line["clause"]: line["tasks"] for line in CLAUSES}


def document_of(side: Line) -> str:
    return str(side["clause"]).partition("#")[0]


def stands_in(words: str, clause: str) -> bool:
    return bool(squeezed(words)) and squeezed(words) in TEXTS[clause]


@pytest.mark.parametrize("line", CLAUSES, ids=lambda line: line["clause"])
def test_a_task_quotes_its_clause(line: Line) -> None:
    assert set(line) == {"clause", "tasks"}
    for task in line["tasks"]:
        assert set(task) == {"duty", "deadline", "lead", "units", "frequency"}
        words = [task["duty"], *task["units"]]
        words += [task[name]["text"] for name in ("deadline", "frequency") if task[name] is not None]
        assert [word for word in words if not stands_in(word, line["clause"])] == []


@pytest.mark.parametrize("line", CLAUSES, ids=lambda line: line["clause"])
def test_dates_durations_and_roles_are_well_formed(line: Line) -> None:
    for task in line["tasks"]:
        deadline, frequency = task["deadline"], task["frequency"]
        if deadline is not None:
            assert set(deadline) == {"text", "date", "role"}
            assert deadline["role"] in get_args(DeadlineRole)
            day = deadline["date"]
            assert day is None or date.fromisoformat(day).isoformat() == day
        if frequency is not None:
            assert set(frequency) == {"text", "value"}
            assert frequency["value"] is None or DURATION.fullmatch(frequency["value"])


@pytest.mark.parametrize("line", CLAUSES, ids=lambda line: line["clause"])
def test_leads_come_first_and_nothing_twice(line: Line) -> None:
    for task in line["tasks"]:
        assert task["units"][: len(task["lead"])] == task["lead"]
        assert len(set(task["units"])) == len(task["units"])
    tasks = [json.dumps(task, sort_keys=True) for task in line["tasks"]]
    assert len(set(tasks)) == len(tasks)


def test_there_are_enough_clauses_of_each_kind() -> None:
    assert len(LABELLED) == len(CLAUSES) >= 75
    names = [document_of(line) for line in CLAUSES]
    assert {name: names.count(name) >= 20 for name in names} == dict.fromkeys(
        ("xiangcheng-2024-5", "qingping-2024-23", "zhumadian-2024-7"), True
    )
    tasks = [task for line in CLAUSES for task in line["tasks"]]
    assert sum(not line["tasks"] for line in CLAUSES) >= 5
    assert sum(task["deadline"] is not None for task in tasks) >= 50
    assert sum(task["frequency"] is not None for task in tasks) >= 30
    assert sum(bool(task["lead"]) for task in tasks) >= 40
    several = [line for line in CLAUSES if sum(task["deadline"] is not None for task in line["tasks"]) > 1]
    assert len(several) >= 10


@pytest.mark.parametrize("line", ALIGNED, ids=lambda line: line["duty"])
def test_an_aligned_duty_quotes_its_clauses(line: Line) -> None:
    sides = [line[name] for name in ("one", "other") if name in line]
    for side in sides:
        assert set(side) == {"clause", "words"}
        assert stands_in(side["words"], side["clause"]), side
        assert "附件" not in side["clause"]
    if "other" in line:
        assert set(line) == {"duty", "one", "other", "differs"}
        assert document_of(line["one"]) != document_of(line["other"])
        assert set(line["differs"]) == {"deadline", "units"}
        assert line["differs"]["deadline"] in DEADLINES
        assert line["differs"]["units"] in UNITS
    else:
        assert set(line) == {"duty", "one", "absent"}
        assert line["absent"] in DOCUMENTS
        assert line["absent"] != document_of(line["one"])


def test_there_are_enough_pairs_and_none_twice() -> None:
    assert len(PAIRS) >= 70
    assert len(ABSENT) >= 20
    pairs = {
        frozenset((side["clause"], side["words"]) for side in (line["one"], line["other"])) for line in PAIRS
    }
    assert len(pairs) == len(PAIRS)
    assert {document_of(line[name]) for line in PAIRS for name in ("one", "other")} == set(DOCUMENTS)


@pytest.mark.parametrize("line", ABSENT, ids=lambda line: f"{line['duty']}-{line['absent']}")
def test_an_absent_duty_is_paired_with_no_clause_of_that_document(line: Line) -> None:
    one, absent = line["one"], line["absent"]
    assert not stands_anywhere(one["words"], absent)
    for pair in PAIRS:
        for this, that in ((pair["one"], pair["other"]), (pair["other"], pair["one"])):
            assert (this["clause"], this["words"], document_of(that)) != (one["clause"], one["words"], absent)


def stands_anywhere(words: str, document_id: str) -> bool:
    return squeezed(words) in squeezed(DOCUMENTS[document_id].text)


def holding(side: Line) -> list[Line]:
    """The labelled tasks of a side's clause whose duty holds its words, or is held by them."""
    words = squeezed(side["words"])
    tasks = [(squeezed(task["duty"]), task) for task in LABELLED.get(side["clause"], [])]
    return [task for duty, task in tasks if words in duty or duty in words]


def days_of(tasks: list[Line]) -> set[str]:
    return {task["deadline"]["date"] for task in tasks if task["deadline"] is not None}


def units_of(tasks: list[Line]) -> set[str]:
    return {unit for task in tasks for unit in task["units"]}


def compared(one: set[str], other: set[str], *, differ: str) -> str:
    if not one or not other:
        return "only one" if one or other else "neither"
    return "same" if one == other else differ


def test_both_files_say_the_same_of_a_duty() -> None:
    checked = 0
    for line in PAIRS:
        one, other = holding(line["one"]), holding(line["other"])
        if not one or not other:
            continue
        checked += 1
        days = days_of(one), days_of(other)
        order = "earlier" if max(days[0], default="") < max(days[1], default="") else "later"
        assert compared(*days, differ=order) == line["differs"]["deadline"], line
        assert compared(units_of(one), units_of(other), differ="differ") == line["differs"]["units"], line
    assert checked >= 50
