"""Reader processes: order, limits, what becomes of a process that dies, and how they end."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, Entry
from corpus.document import Document
from corpus.errors import CorpusError, UnreadableError
from corpus.frames import unpickle
from corpus.library import read_document, shipped_documents
from corpus.limits import Limits
from corpus.readers import Job, Readers
from corpus.task import Quoted, Task, TaskDeadline, TaskFrequency, TaskQuantity, TaskUnit
from corpus.tasks import tasks
from tests.corpus.generated import write_word

LINES = ("甲乙县安全生产条例", "第一条　为了加强安全生产，制定本条例。", "第二条　本条例自公布之日起施行。")


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1) as one:
        yield one


def texts(folder: Path, count: int) -> list[Job]:
    jobs = []
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text("\n".join((*LINES, f"第三条　{number}")), encoding="utf-8")
        jobs.append(Job(path, f"id-{number}"))
    return jobs


def only(found: Iterator[Document | CorpusError]) -> Document | CorpusError:
    (one,) = found
    return one


def test_a_process_reads_what_the_caller_would(readers: Readers) -> None:
    paths = shipped_documents()
    read = readers.read((Job(path, path.stem) for path in paths), Catalogue())
    expected = [read_document(path, catalogue=Catalogue()) for path in paths]
    assert list(read) == [replace(one, tasks=tasks(one)) for one in expected]


def test_outcomes_come_in_the_order_of_the_jobs_and_errors_among_them(tmp_path: Path) -> None:
    jobs = texts(tmp_path, 25)
    jobs[3] = Job(tmp_path / "none.txt", "none")
    jobs[4] = Job(tmp_path / "a.exe", "exe")
    with Readers(2) as readers:
        found = list(readers.read(jobs, Catalogue()))
    assert [isinstance(one, CorpusError) for one in found] == [at in (3, 4) for at in range(25)]
    assert [one.id for one in found if isinstance(one, Document)] == [
        f"id-{number}" for number in range(25) if number not in (3, 4)
    ]


def test_what_the_catalogue_says_and_what_looks_wrong_come_along(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n".join((*LINES[:2], "第三条　\ufffd施行。")), encoding="utf-8")
    found = only(readers.read([Job(path, "a")], Catalogue({"a": Entry(date="2024-03-25")})))
    assert isinstance(found, Document)
    assert found.date == "2024-03-25"
    assert [(flaw.kind, flaw.detail) for flaw in found.flaws] == [
        ("gap_in_numbering", "第一条 → 第三条"),
        ("strange_characters", "U+FFFD×1"),
    ]


def test_an_error_keeps_its_kind_and_is_one_line(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04 no archive")
    found = only(readers.read([Job(path, "a")], Catalogue()))
    assert type(found) is UnreadableError
    assert str(found).startswith("a.docx: ")
    assert "\n" not in str(found)


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    jobs = texts(tmp_path, 2)
    jobs[0].path.write_text("第一条　安全。\n" * 400_000, encoding="utf-8")
    with Readers(1, Limits(seconds=1, seconds_per_mib=0)) as readers:
        slow, quick = readers.read([jobs[0], jobs[1]], Catalogue())
    assert isinstance(slow, CorpusError)
    assert "0.txt: takes more than 1 s of processor time to read" in str(slow)
    assert isinstance(quick, Document)


def test_a_process_that_does_nothing_is_given_up_too(tmp_path: Path) -> None:
    jobs = texts(tmp_path, 3)
    with Readers(1, Limits(seconds=1, seconds_per_mib=0, patience=1)) as readers:
        read = readers.read(jobs[:1], Catalogue())
        assert isinstance(next(read), Document)
        process = readers._processes[0]._process
        assert process is not None
        os.kill(process.pid, signal.SIGSTOP)
        stopped, after = readers.read(jobs[1:], Catalogue())
    assert isinstance(stopped, CorpusError)
    assert "1.txt: takes more than 1 s" in str(stopped)
    assert isinstance(after, Document)


def test_a_file_that_takes_too_much_memory_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    jobs = texts(tmp_path, 2)
    jobs[0].path.write_text("第一条　安全。\n" * 700_000, encoding="utf-8")
    with Readers(1, Limits(memory_mib=128)) as readers:
        large, small = readers.read(jobs, Catalogue())
    assert isinstance(large, CorpusError)
    assert "128 MiB" in str(large)
    assert isinstance(small, Document)


def test_the_memory_of_a_large_caller_wears_out_no_process(tmp_path: Path) -> None:
    large = b"\1" * (160 * 2**20)  # more than half of what a process may take
    with Readers(1, Limits(memory_mib=256)) as readers:
        read = readers.read(texts(tmp_path, 1), Catalogue())
        assert isinstance(next(read), Document)
        assert readers._processes[0]._process is not None
    assert large


@pytest.mark.parametrize(
    ("limits", "said"),
    [(Limits(text_mib=1), "more than 1 MiB"), (Limits(characters=1000), "more than 1,000")],
)
def test_a_file_too_long_is_refused(tmp_path: Path, limits: Limits, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("安全。" * 200_000, encoding="utf-8")
    with Readers(1, limits) as readers:
        found = only(readers.read([Job(path, "a")], Catalogue()))
    assert isinstance(found, CorpusError)
    assert said in str(found)


def test_a_process_killed_from_outside_costs_one_file_at_most(readers: Readers, tmp_path: Path) -> None:
    jobs = texts(tmp_path, 6)
    read = readers.read(jobs, Catalogue())
    first = next(read)
    process = readers._processes[0]._process
    assert isinstance(first, Document)
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    rest = list(read)
    assert len(rest) == 5
    assert sum(isinstance(one, CorpusError) for one in rest) <= 1
    assert isinstance(rest[-1], Document)


def test_closing_amid_work_ends_the_processes(tmp_path: Path) -> None:
    jobs = texts(tmp_path, 12)
    jobs[1].path.write_text("第一条　安全。\n" * 400_000, encoding="utf-8")
    with Readers(1) as readers:
        next(readers.read(jobs, Catalogue()))
        process = readers._processes[0]._process
        assert process is not None
    assert process.returncode is not None
    assert not [
        thread for thread in threading.enumerate() if thread.name.startswith("reader-") and not thread.daemon
    ]
    with pytest.raises(ValueError, match="closed"):
        next(readers.read(jobs, Catalogue()))


def test_no_more_is_read_than_a_little_ahead(tmp_path: Path) -> None:
    taken: list[int] = []

    def counted() -> Iterator[Job]:
        for number, job in enumerate(texts(tmp_path, 40)):
            taken.append(number)
            yield job

    with Readers(1) as readers:
        read = readers.read(counted(), Catalogue())
        for done, _ in zip(range(20), read, strict=False):
            assert len(taken) <= done + 4 + 1


def test_a_thread_of_a_server_may_read(tmp_path: Path) -> None:
    found: list[Document | CorpusError] = []

    def serve() -> None:
        with Readers(1) as readers:
            found.extend(readers.read(texts(tmp_path, 2), Catalogue()))

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()
    assert [type(one) for one in found] == [Document, Document]


SCRIPT = """
import sys
from pathlib import Path
from corpus.catalogue import Catalogue
from corpus.readers import Job, Readers
print("main module ran")
readers = Readers(1)
read = readers.read([Job(Path(name), "a") for name in sys.argv[2:]], Catalogue())
print(next(read).id, flush=True)
if sys.argv[1] == "interrupt":
    raise KeyboardInterrupt
if sys.argv[1] == "raise":
    raise SystemExit(7)
"""


@pytest.mark.parametrize(("how", "code"), [("end", 0), ("raise", 7), ("interrupt", -signal.SIGINT)])
def test_a_program_ends_at_once_amid_a_long_file_and_its_main_module_runs_once(
    tmp_path: Path, how: str, code: int
) -> None:
    script = tmp_path / "main.py"
    script.write_text(SCRIPT)
    short = texts(tmp_path, 1)[0].path
    long = tmp_path / "long.txt"
    long.write_text("第一条　安全。\n" * 800_000, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, str(script), how, *map(str, [short] * 4 + [long])],
        capture_output=True, text=True, timeout=100, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert ended.stdout.split("\n")[:3] == ["main module ran", "a", ""]
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr or how == "interrupt"


def test_only_documents_are_unpickled() -> None:
    assert unpickle(pickle.dumps(Document("a", "b", "", (), None, "c", "d"))).title == "b"  # type: ignore[arg-type]
    duty, unit = Quoted("改", 0, 1), TaskUnit("局", 0, 1, "县局")
    every = TaskFrequency("每月", 0, 2, "P1M", duty)
    amount = TaskQuantity("一次", 0, 2, "=1次")
    task = Task(
        "a#1@1",
        "a",
        "a#1",
        duty,
        TaskDeadline("月底", 0, 2, None, "report"),
        (unit,),
        (unit,),
        every,
        (amount,),
    )
    assert unpickle(pickle.dumps(task)) == task
    for hostile in (print, os.system, subprocess.Popen, Path("x")):
        with pytest.raises(pickle.UnpicklingError, match="is no part of a document"):
            unpickle(pickle.dumps(hostile))


def test_a_word_document_is_read(readers: Readers, tmp_path: Path) -> None:
    write_word(LINES, tmp_path / "a.docx")
    found = only(readers.read([Job(tmp_path / "a.docx", "a")], Catalogue()))
    assert isinstance(found, Document)
    assert found.text == "\n".join(LINES)


@pytest.mark.parametrize("count", [0, -1])
def test_no_processes_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="give at least 1"):
        Readers(count)


def test_limits_are_above_nothing() -> None:
    with pytest.raises(ValueError, match="limit seconds is 0"):
        Limits(seconds=0)
