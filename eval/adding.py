"""How long it takes, and how much memory, to add files to a home; measured on a copy of it."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus.library import shipped_documents
from eval.gold import GoldError
from eval.measured import Measured
from eval.memory import MEGABYTE, peak_megabytes
from rag.home import Home
from rag.settings import Settings

KILOBYTE_OF_RUSAGE = 1024
"""Linux counts a finished process's memory in so many bytes."""
COPIED = ("documents", "snapshots", "current")


@dataclass(frozen=True, slots=True)
class _Added:
    """Seconds for all, of which reading took some; pages read; the most memory of the adding process and of a reader."""

    seconds: float
    pages: int
    megabytes: float
    reader_megabytes: float


def adding(home: Path, files: Sequence[Path]) -> Iterator[Measured]:
    """What adding a short text takes, and then each of `files`. Raises GoldError for one that cannot be added."""
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "short.txt"
        whole = shipped_documents()[0].read_text(encoding="utf-8")
        short.write_text(f"{whole}\n\n另起一行。\n", encoding="utf-8")
        for path in (short, *files):
            copy = Path(folder) / "home"
            shutil.rmtree(copy, ignore_errors=True)
            _copy(home, copy)
            # A process of its own, so that its peak of memory is the adding's alone.
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                added = pool.submit(_add, copy, path).result()
            name = "a short text" if path == short else path.name
            yield Measured(f"add {name}", added.seconds, "s")
            if added.pages:
                yield Measured(f"pages of {name}", added.pages / added.seconds, "pages/s")
            yield Measured(f"memory to add {name}", added.megabytes + added.reader_megabytes, "MB")


def _copy(home: Path, copy: Path) -> None:
    copy.mkdir()
    for name in COPIED:
        if (home / name).is_dir():
            shutil.copytree(home / name, copy / name)
        else:
            shutil.copy(home / name, copy / name)


def _add(home: Path, path: Path) -> _Added:
    import resource

    held = Home(home, Settings().encoder())
    started = time.perf_counter()
    [report] = held.add([path])
    seconds = time.perf_counter() - started
    if report.document is None:
        raise GoldError(f"{report.message}; name a file that can be read")
    pages = len(report.document.source_map.page_starts)
    readers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * KILOBYTE_OF_RUSAGE / MEGABYTE
    return _Added(seconds, pages + 1 if pages else 0, peak_megabytes() or 0.0, readers)
