"""`yiju bench`: how fast and how big, measured on this machine and this home."""

from __future__ import annotations

import argparse
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO, TypeVar

from corpus.errors import CorpusError
from corpus.library import read_document, shipped_documents
from corpus.tasks import tasks
from eval.adding import adding
from eval.gold import GoldError, GoldQuestion
from eval.measured import Measured
from eval.memory import RESIDENT, MemoryUnknownError, megabytes
from eval.metrics import percentile
from eval.ours import Ours
from eval.server import BenchError, running, yiju
from eval.sets import plans
from eval.table import Table, plain
from index.build import build
from index.encoder import load_encoder
from index.errors import IndexingError
from index.snapshot import Snapshot
from rag.assistant import Assistant
from rag.errors import RagError

COLD_RUNS = 3
COLD_QUESTION = "瓶改管 deadline?"
DONE, BROKEN = 0, 2
MILLISECONDS = 1000

Result = TypeVar("Result")


def main(argv: Sequence[str], stream: TextIO | None = None) -> int:
    """Run the command; returns the exit code: 2 when something could not be measured."""
    out = stream or sys.stdout
    options = _parser().parse_args(argv)
    try:
        assistant = Assistant.open(options.home)
        questions = plans.questions()
        home = assistant.home.path
        rows = [*asking(assistant, questions), *loading(home), cold_shell(home), *serving(home, questions)]
        rows += adding(home, options.add)
    except (GoldError, RagError, IndexingError, CorpusError, BenchError, MemoryUnknownError) as error:
        out.write(f"{error}\n")
        return BROKEN
    out.write(plain(Table(("measured", "value", "bar"), tuple(row.cells for row in rows))) + "\n")
    return DONE


def asking(assistant: Assistant, questions: Sequence[GoldQuestion]) -> Iterator[Measured]:
    """How long a question takes, when asked first and when everything is warm."""
    system = Ours(assistant)
    first, warm = ([_milliseconds(system, question) for question in questions] for _ in range(2))
    yield Measured("ask, first time, p99", percentile(first, 0.99), "ms")
    yield Measured("ask, warm, p50", percentile(warm, 0.5), "ms")
    yield Measured("ask, warm, p99", percentile(warm, 0.99), "ms")
    yield Measured("ask, warm, worst", max(warm), "ms")


def loading(home: Path) -> Iterator[Measured]:
    """How long the model and the snapshot take to load, and documents to be cut and indexed."""
    seconds, encoder = _timed(lambda: load_encoder("builtin"))
    yield Measured("load the built-in model", seconds, "s")
    seconds, _ = _timed(lambda: Snapshot.load(home))
    yield Measured("load the snapshot", seconds, "s")
    seconds, documents = _timed(lambda: [read_document(path) for path in shipped_documents()])
    yield Measured("read and cut the shipped documents", seconds, "s")
    seconds, _ = _timed(lambda: [tasks(document) for document in documents])
    yield Measured("find the duties of the shipped documents", seconds, "s")
    with tempfile.TemporaryDirectory() as folder:
        seconds, built = _timed(lambda: build(Path(folder), documents, encoder))
        yield Measured("index the shipped documents", len(built.passages) / seconds, "passages/s")


def cold_shell(home: Path) -> Measured:
    """How long `yiju ask` takes from the shell, the median of a few runs. Raises BenchError when it fails."""
    command = yiju("ask", COLD_QUESTION, "--home", str(home))
    seconds = [_timed(lambda: _finish(command))[0] for _ in range(COLD_RUNS)]
    return Measured("yiju ask from a cold shell", statistics.median(seconds), "s")


def serving(home: Path, questions: Sequence[GoldQuestion]) -> Iterator[Measured]:
    """How soon a server is ready, and its memory once it has answered every question."""
    with running(home) as server:
        yield Measured("server ready", server.ready_seconds, "s")
        for question in questions:
            server.ask(question.question, question.context)
        yield Measured("server memory", megabytes(server.process, RESIDENT), "MB")


def _milliseconds(system: Ours, question: GoldQuestion) -> float:
    return _timed(lambda: system.respond(question))[0] * MILLISECONDS


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _finish(command: Sequence[str]) -> None:
    try:
        code = subprocess.run(command, capture_output=True, check=False).returncode
    except OSError as error:
        raise BenchError(f"{command[0]} cannot be run ({error.strerror}); install with make serve") from error
    if code:
        raise BenchError(f"{shlex.join(command)} ended with {code}; run it by hand to see why")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="yiju bench", description="Measure speed and memory on this machine."
    )
    parser.add_argument("--home", metavar="DIR", help="the home to ask (default $YIJU_HOME or ./.yiju)")
    parser.add_argument(
        "--add",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="also measure adding these to a copy of it",
    )
    return parser
