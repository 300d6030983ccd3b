"""A writer of a home may be killed at any moment: answers go on, none is stale or mixed, and nothing is lost."""

import random
import re
from pathlib import Path

from index.encoder import BuiltinEncoder
from index.lock import is_locked
from index.swap import CURRENT, SNAPSHOTS
from rag.assistant import Assistant
from rag.home import DOCUMENTS, Home
from tests.index.killing import Generations, Journal, Read, check, kill_writers, readers

TIMES = 50
PAUSE = 0.03
"""Seconds between two questions: an answer takes the processor longer than a look does."""
WRITE = "from tests.index.killing import breed; from tests.rag.test_killed import write; breed(write)"
LOOK = """
from pathlib import Path
from rag.assistant import Assistant
from tests.index.killing import look_until_killed
from tests.rag.test_killed import asking
look_until_killed(Path({journal!r}), asking(Assistant.open(Path({home!r}))), {pause})
"""
BATCH = re.compile(r"第(\d+)批")
NAMES = {"gas": "燃气管道", "lift": "电梯"}


def file_of(folder: Path, document_id: str, generation: int) -> Path:
    """The source file of one of the two documents, with the number of its text in each clause."""
    what = NAMES[document_id]
    clauses = "".join(
        f"{label}、每月检查第{generation}批{what}，2030年底前完成。\n\n" for label in ("一", "二", "三")
    )
    path = folder / f"{document_id}.txt"
    path.write_text(f"关于{what}检查的通知\n\n各单位：\n\n{clauses}", encoding="utf-8")
    return path


def state_of(home: Home) -> dict[str, int]:
    """The numbers in the current texts; each text has one."""
    found = {}
    for document_id, document in home.snapshot().documents.items():
        [number] = set(BATCH.findall(document.text))
        assert home.source_path(document_id).read_text("utf-8").count(f"第{number}批") == 3
        if document_id in NAMES:
            found[document_id] = int(number)
    return found


def write(path: Path, journal: Journal, chance: random.Random, generation: int) -> None:
    """Hold new versions of both documents or of one, take one out and in again, read all anew; until killed."""
    home = Home(path, BuiltinEncoder())
    journal.note("opened", state=state_of(home))

    def told(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("snapshot", 0):
            journal.note("snapshot")

    while True:
        generation += 1
        state = state_of(home)
        change = chance.choice(["add", "replace", "remove", "rebuild"]) if len(state) == len(NAMES) else "add"
        one = chance.choice(list(state))
        files = [file_of(path.parent, document_id, generation) for document_id in NAMES]
        if change == "add":
            state = dict.fromkeys(NAMES, generation)
            journal.note("intent", state=state)
            reports = home.add(files, same="version", progress=told)
            assert {report.outcome for report in reports} <= {"added", "replaced"}, reports
        elif change == "replace":
            state[one] = generation
            journal.note("intent", state=state)
            report = home.replace(one, path.parent / f"{one}.txt", progress=told)
            assert report.outcome == "replaced", report
        elif change == "remove":
            del state[one]
            journal.note("intent", state=state)
            home.remove(one, progress=told)
        else:
            journal.note("intent", state=state)
            home.rebuild(progress=told)
        journal.note("done", state=state)


def asking(assistant: Assistant) -> Read:
    """Asks about the two documents by turns; the numbers in what is cited, each document's the same throughout."""
    turn = 0

    def ask() -> Generations:
        nonlocal turn
        turn += 1
        answer = assistant.ask(f"{list(NAMES.values())[turn % len(NAMES)]}什么时候完成检查", top_k=10)
        found: dict[str, int] = {}
        for citation in (*answer.citations, *answer.nearest):
            for number in BATCH.findall(citation.text):
                assert found.setdefault(citation.document.id, int(number)) == int(number)
        return found

    return ask


def can_be_of(seen: Generations, state: Generations) -> bool:
    """Whether an answer over the state could cite this, of one document at least; an older version's text never."""
    return bool(seen) and seen.items() <= state.items()


def test_no_answer_is_stale_or_mixed_whenever_the_writer_is_killed(tmp_path: Path) -> None:
    path, journal = tmp_path / "home", Journal(tmp_path / "journal")
    home = Home(path, BuiltinEncoder())
    home.open_or_create(empty=True)
    home.add([file_of(tmp_path, document_id, 1) for document_id in NAMES])
    assistant = Assistant.open(path)
    code = LOOK.format(journal=str(journal.folder), home=str(path), pause=PAUSE)
    with readers(journal, [asking(assistant), asking(assistant)], code, PAUSE):
        kill_writers(WRITE, path, journal, TIMES, longest=0.6)
    assert len(journal.events("killed")) == TIMES
    assert len(journal.events("done")) >= TIMES // 4
    assert check(journal, can_be_of) > TIMES

    [report, _] = home.add([file_of(tmp_path, document_id, 7) for document_id in NAMES], same="version")
    assert report.outcome in ("added", "replaced")
    assert state_of(home) == dict.fromkeys(NAMES, 7)
    assert asking(assistant)().items() <= state_of(home).items()
    assert not is_locked(path / SNAPSHOTS)
    assert {entry.name for entry in path.iterdir()} == {CURRENT, SNAPSHOTS, DOCUMENTS}
    assert len([entry for entry in (path / SNAPSHOTS).iterdir() if entry.is_dir()]) == 2
    assert {entry.name for entry in (path / DOCUMENTS).iterdir()} >= {
        holding.file for holding in home.snapshot().holdings
    }
    assert not [entry for entry in (path / DOCUMENTS).iterdir() if entry.name.startswith(".")]
