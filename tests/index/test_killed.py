"""A writer may be killed at any moment: readers go on, the home opens, the next change succeeds."""

import os
import random
import re
from pathlib import Path

from corpus.document import Document
from corpus.holding import Holding
from index.build import build
from index.lock import is_locked
from index.snapshot import Snapshot
from index.swap import CURRENT, SNAPSHOTS, writing
from tests.index.killing import Generations, Journal, check, kill_writers, readers
from tests.index.sample import HashEncoder, Part, document

TIMES = 50
WRITE = "from tests.index.killing import breed; from tests.index.test_killed import write; breed(write)"
LOOK = """
from pathlib import Path
from tests.index.killing import look_until_killed
from tests.index.test_killed import looking
look_until_killed(Path({journal!r}), looking(Path({home!r})))
"""


def text(document_id: str, generation: int) -> Document:
    """One of the two documents, with the number of its text in each clause."""
    what = "燃气管道" if document_id == "gas" else "电梯"
    parts = [Part(f"{n}.每月检查第{generation}批{what}。\n") for n in range(1, 6)]
    return document(document_id, f"关于{what}的通知", parts)


def commit(home: Path, state: Generations, previous: Snapshot | None) -> Snapshot:
    return build(
        home,
        [text(*entry) for entry in sorted(state.items())],
        HashEncoder(),
        holdings=[Holding(name, f"{name}~{number}.txt", f"{name}.txt", "") for name, number in state.items()],
        previous=previous,
        progress=None,
    )


def state_of(snapshot: Snapshot) -> dict[str, int]:
    """The numbers in the texts; they must be the same wherever they stand."""
    found: dict[str, int] = {}
    best = snapshot.lexical.scores({"检": 1.0})
    assert best.shape == (len(snapshot.vectors),) == (len(snapshot.passages),)
    for passage in snapshot.passages:
        [number] = re.findall(r"第(\d+)批", passage.indexed(snapshot.documents[passage.document_id]))
        assert found.setdefault(passage.document_id, int(number)) == int(number)
        assert snapshot.lexical.document_frequency(number) >= 5
    held = {
        holding.id: int(holding.file.partition("~")[2].partition(".")[0]) for holding in snapshot.holdings
    }
    assert held == found
    return found


def write(home: Path, journal: Journal, chance: random.Random, generation: int) -> None:
    """Replace both documents, take one out, put it back, build from nothing; until killed."""
    journal.note("opened", state=state_of(Snapshot.load(home)))
    while True:
        generation += 1
        with writing(home):
            before = Snapshot.load(home)
            state = state_of(before)
            change = chance.choice(["replace", "one", "remove", "rebuild"])
            if change == "replace" or len(state) < 2:
                state = {"gas": generation, "lift": generation}
            elif change == "one":
                state["gas"] = generation
            elif change == "remove":
                del state[chance.choice(["gas", "lift"])]
            journal.note("intent", state=state)
            journal.note("snapshot")
            commit(home, state, None if change == "rebuild" else before)
            journal.note("done", state=state)


class looking:  # noqa: N801 (called like the function it stands for)
    """Loads the current snapshot, every other time with the one before at hand, and reads all of it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.before: Snapshot | None = None

    def __call__(self) -> Generations:
        snapshot = Snapshot.load(self.home, previous=self.before)
        self.before = snapshot if self.before is None else None
        return state_of(snapshot)


def test_readers_see_one_committed_state_whenever_the_writer_is_killed(tmp_path: Path) -> None:
    home, journal = tmp_path / "home", Journal(tmp_path / "journal")
    commit(home, {"gas": 1, "lift": 1}, None)
    code = LOOK.format(journal=str(journal.folder), home=str(home))
    with readers(journal, [looking(home), looking(home)], code):
        kill_writers(WRITE, home, journal, TIMES, longest=0.3)
    assert len(journal.events("killed")) == TIMES
    assert len(journal.events("done")) >= TIMES // 4
    assert check(journal, lambda seen, state: seen == state) > TIMES
    last = commit(home, {"gas": 7}, Snapshot.load(home))
    assert state_of(Snapshot.load(home)) == {"gas": 7}
    assert not is_locked(home / SNAPSHOTS)
    folders = [path.name for path in (home / SNAPSHOTS).iterdir() if path.is_dir()]
    assert len(folders) == 2
    assert last.name in folders
    assert {path.name for path in home.iterdir()} == {CURRENT, SNAPSHOTS}
    assert {name for name in os.listdir(home / SNAPSHOTS) if name not in folders} == {".lock"}
