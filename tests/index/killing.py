"""Writers that are killed amid their work while others read: what was written when, and who may have seen what."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
PAUSE = 0.005
"""Seconds between two quick looks: three readers look some hundred times a second and leave the writer its turn."""
Generations = Mapping[str, int]
"""Which text of each document: the number that stands in it."""
Read = Callable[[], Generations]
"""Looks once at what is held."""


class Journal:
    """Events of several processes in a folder, each with the time on the clock that they share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def note(self, event: str, **values: Any) -> None:
        """Put down what happens now; whole or, by one that is killed, not at all."""
        line = json.dumps({"event": event, "at": time.monotonic(), **values}) + "\n"
        handle = os.open(self._file(event), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)

    def events(self, *kinds: str) -> list[dict[str, Any]]:
        """The events of these kinds, in the order of their time."""
        files = [file for file in {self._file(kind) for kind in kinds} if file.exists()]
        # The last line may be half there yet.
        whole = [file.read_text("utf-8").rpartition("\n")[0] for file in files]
        lines = [line for text in whole for line in text.splitlines()]
        found = [event for event in map(json.loads, lines) if event["event"] in kinds]
        return sorted(found, key=lambda event: event["at"])

    def _file(self, event: str) -> Path:
        """What is seen stands apart: it is by far the most."""
        return self.folder / ("seen" if event == "seen" else "told")


def look(journal: Journal, read: Read, stop: Callable[[], bool], pause: float = PAUSE) -> None:
    """Read again and again, `pause` seconds apart, and put down what was seen from when to when."""
    while not stop():
        begun = time.monotonic()
        try:
            seen = dict(read())
        except Exception:  # noqa: BLE001 (whatever it is, it must not happen)
            journal.note("failed", what=traceback.format_exc())
            return
        journal.note("seen", begun=begun, seen=seen)
        time.sleep(pause)


def look_until_killed(journal: Path, read: Read, pause: float = PAUSE) -> None:
    """As `look`, for a process of its own."""
    look(Journal(journal), read, lambda: False, pause)


def breed(write: Callable[[Path, Journal, random.Random, int], None]) -> None:
    """Fork a writer for each line of input, say its process, and when it has ended; quicker than to start each anew."""
    for line in sys.stdin:
        order = json.loads(line)
        writer = os.fork()
        if writer == 0:
            journal = Journal(Path(order["journal"]))
            try:
                write(Path(order["home"]), journal, random.Random(order["seed"]), order["generation"])
            except BaseException:  # noqa: BLE001 (whatever it is, it must not happen)
                journal.note("failed", what=traceback.format_exc())
            os._exit(0)
        sys.stdout.write(f"{writer}\n")
        sys.stdout.flush()
        os.waitpid(writer, 0)
        sys.stdout.write("ended\n")
        sys.stdout.flush()


@contextmanager
def process(code: str, temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """Another Python process that runs the code until it is killed, with a folder for what it leaves behind."""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


@contextmanager
def readers(journal: Journal, reads: list[Read], code: str, pause: float = PAUSE) -> Iterator[None]:
    """Threads, one for each of `reads`, and a process that runs `code`, all looking."""
    stopped = threading.Event()
    threads = [
        threading.Thread(target=look, args=(journal, read, stopped.is_set, pause), daemon=True)
        for read in reads
    ]
    with process(code, journal.folder):
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stopped.set()
            for thread in threads:
                thread.join(60)


def kill_writers(code: str, home: Path, journal: Journal, times: int, longest: float) -> None:
    """Have so many writers work on the home, one after the other, each killed at a random moment.

    Every other one is killed within `longest` seconds of opening the home, the others while their first or second
    snapshot is being written.
    """
    chance = random.Random(5)
    with process(code, journal.folder) as breeder:
        assert breeder.stdin is not None
        assert breeder.stdout is not None
        for number in range(times):
            written = len(journal.events("snapshot"))
            order = {"home": str(home), "journal": str(journal.folder), "seed": number}
            breeder.stdin.write(json.dumps({**order, "generation": (number + 1) * 1000}) + "\n")
            breeder.stdin.flush()
            writer = int(breeder.stdout.readline())
            try:
                _wait(journal, "opened", number + 1)
                if number % 2:
                    _wait(journal, "snapshot", written + 1 + number // 2 % 2)
                    time.sleep(chance.uniform(0, 0.05))
                else:
                    time.sleep(chance.uniform(0, longest))
            finally:
                os.kill(writer, signal.SIGKILL)
            journal.note("killed")
            assert breeder.stdout.readline() == "ended\n"


def _wait(journal: Journal, event: str, times: int) -> None:
    deadline = time.monotonic() + 60
    while len(journal.events(event)) < times:
        if time.monotonic() > deadline or journal.events("failed"):
            pytest.fail(f"no {event}: {journal.events('failed', 'opened', 'killed')[-3:]}")
        time.sleep(0.002)


def check(journal: Journal, complete: Callable[[Generations, Generations], bool]) -> int:
    """See that everything seen was one committed state, current at some moment while it was looked at; how often.

    `complete(seen, state)` says whether what was seen can be the whole of a state.
    """
    assert journal.events("failed") == []
    states = _states(journal)
    seen = journal.events("seen")
    for one in seen:
        # State n may be current from the moment its swap could begin until that of the next one must be over.
        possible = [
            state
            for (state, begins, _), (_, _, over) in zip(
                states, [*states[1:], ({}, 0, float("inf"))], strict=True
            )
            if begins <= one["at"] and one["begun"] <= over
        ]
        assert any(complete(one["seen"], state) for state in possible), (one, possible)
    return len(seen)


def _states(journal: Journal) -> list[tuple[Generations, float, float]]:
    """Each committed state in its order, with the earliest and the latest moment at which it became current."""
    states: list[tuple[Generations, float, float]] = []
    intent: dict[str, Any] | None = None
    killed = 0.0
    for event in journal.events("opened", "intent", "done", "killed"):
        if event["event"] == "intent":
            intent = event
        elif event["event"] == "killed":
            killed = event["at"]
        elif event["event"] == "done":
            assert intent is not None
            states.append((event["state"], intent["at"], event["at"]))
            intent = None
        elif not states:
            states.append((event["state"], 0.0, event["at"]))
        elif event["state"] != states[-1][0]:
            # The one before was killed after its swap and before it could say so.
            assert intent is not None
            assert event["state"] == intent["state"]
            states.append((event["state"], intent["at"], killed))
            intent = None
    return states
