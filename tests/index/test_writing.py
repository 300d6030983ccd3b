"""One writer at a time, and a disk that has room."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build import build
from index.errors import HomeLockedError, HomeWriteError
from index.lock import OWNER, Owner, is_locked
from index.snapshot import Snapshot
from index.swap import SNAPSHOTS, UNFINISHED, check_space, current, writing
from tests.index.sample import HashEncoder, Part, document, notice, plan

ROOT = Path(__file__).parent.parent.parent
HOLDING = """
import sys, time
from pathlib import Path
from index.swap import writing
with writing(Path(sys.argv[1]), 0):
    print("held", flush=True)
    time.sleep(600)
"""


@contextmanager
def other_writer(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is the home's writer until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    with other_writer(tmp_path) as process, pytest.raises(HomeLockedError) as refused, writing(tmp_path, 0):
        pass
    line = str(refused.value)
    assert f"process {process.pid} on " in line
    assert "\n" not in line


def test_the_lock_of_a_killed_writer_is_free_and_its_note_is_left(tmp_path: Path) -> None:
    with other_writer(tmp_path) as process:
        assert is_locked(tmp_path / SNAPSHOTS)
        process.send_signal(signal.SIGKILL)
        process.wait()
        owner = Owner.read(tmp_path / SNAPSHOTS)
        assert owner is not None
        assert owner.pid == process.pid
        assert not is_locked(tmp_path / SNAPSHOTS)
        with writing(tmp_path, 0):
            mine = Owner.read(tmp_path / SNAPSHOTS)
            assert mine is not None
            assert mine.pid == os.getpid()
    assert not (tmp_path / SNAPSHOTS / OWNER).exists()


def test_a_writer_may_say_it_again_but_another_thread_may_not(tmp_path: Path) -> None:
    refused: list[HomeLockedError] = []

    def attempt() -> None:
        try:
            with writing(tmp_path, 0):
                pass
        except HomeLockedError as error:
            refused.append(error)

    def other_thread() -> None:
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()

    with writing(tmp_path, 0):
        with writing(tmp_path, 0):
            other_thread()
        other_thread()
        assert build(tmp_path, [plan()], HashEncoder()).documents
    assert len(refused) == 2
    assert str(os.getpid()) in str(refused[0])
    other_thread()
    assert len(refused) == 2


def test_threads_take_turns(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def write(number: int) -> None:
        with writing(tmp_path, 60):
            inside.append(number)
            time.sleep(0.01)
            most.append(len(inside))
            inside.remove(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 5


def test_what_goes_wrong_inside_is_not_taken_for_the_lock(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing(tmp_path, 0):
        (tmp_path / "nowhere").read_bytes()
    assert not is_locked(tmp_path / SNAPSHOTS)


def test_a_disk_without_room_is_refused_in_one_line(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    check_space(tmp_path, free // 2)
    with pytest.raises(HomeWriteError, match=r"needs [\d,.]+ MB .* has [\d,.]+ MB free") as refused:
        check_space(tmp_path, free * 2)
    assert "\n" not in str(refused.value)


def large(document_id: str) -> list[Part]:
    return [Part(f"{number}.每季度检查第{number}条燃气管道。\n", depth=1) for number in range(400)]


def unchanged(home: Path, change: Callable[[], object], told: str) -> None:
    """The change is refused, and leaves what was held, and nothing else."""
    name = current(home).name
    with pytest.raises(HomeWriteError, match=told) as refused:
        change()
    assert "\n" not in str(refused.value)
    assert current(home).name == name
    assert list(Snapshot.load(home).documents) == ["plan"]
    assert [path.name for path in (home / SNAPSHOTS).iterdir() if path.is_dir()] == [name]


def test_a_file_that_cannot_grow_leaves_all_as_it_was(tmp_path: Path) -> None:
    before = build(tmp_path, [plan()], HashEncoder())
    long = document("long", "长", large("long"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        unchanged(tmp_path, lambda: build(tmp_path, [plan(), long], HashEncoder()), "File too large")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert build(tmp_path, [plan(), long], HashEncoder(), previous=before).documents.keys() == {
        "plan",
        "long",
    }


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own, where the system lets one be mounted."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True)
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None or os.getuid() != 0, reason="only root mounts")
def test_a_full_disk_is_refused_before_anything_changes(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=256k") as disk:
        home = disk / "home"
        build(home, [plan()], HashEncoder())
        long = document("long", "长", large("long"))
        unchanged(home, lambda: build(home, [plan(), long], HashEncoder()), "MB free")
        (disk / "ballast").write_bytes(b"0" * (shutil.disk_usage(disk).free - 4096))
        unchanged(home, lambda: build(home, [plan(), notice()], HashEncoder()), "free")


@pytest.mark.skipif(shutil.which("mount") is None or os.getuid() != 0, reason="only root mounts")
def test_a_read_only_home_answers_and_refuses_changes(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=2m") as disk:
        home = disk / "home"
        build(home, [plan()], HashEncoder())
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        unchanged(home, lambda: build(home, [notice()], HashEncoder()), "Read-only file system")


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_home_without_permission_answers_and_refuses_changes(tmp_path: Path) -> None:
    build(tmp_path, [plan()], HashEncoder())
    (tmp_path / SNAPSHOTS).chmod(0o555)
    try:
        unchanged(tmp_path, lambda: build(tmp_path, [notice()], HashEncoder()), "Permission denied")
    finally:
        (tmp_path / SNAPSHOTS).chmod(0o755)


def test_a_damaged_pointer_costs_no_snapshot(tmp_path: Path) -> None:
    """What is held is said in the snapshots: none may go while it is not known which counts."""
    name = build(tmp_path, [plan()], HashEncoder()).name
    (tmp_path / SNAPSHOTS / UNFINISHED).mkdir()
    (tmp_path / "current").write_text("gone", encoding="utf-8")
    seen: list[set[str]] = []

    def look(made: Snapshot) -> None:
        seen.append({path.name for path in (tmp_path / SNAPSHOTS).iterdir() if path.is_dir()} - {made.name})

    build(tmp_path, [plan()], HashEncoder(), before_swap=look)
    assert seen == [{name}]
