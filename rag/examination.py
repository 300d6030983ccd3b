"""The single things that are looked at in a home."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from corpus.holding import Holding
from corpus.originals import Originals
from corpus.versions import current_id, older_id
from index.encoder import Encoder
from index.errors import SnapshotError, SnapshotMissingError
from index.leftovers import leftovers
from index.lock import OWNER, Owner, is_locked
from index.manifest import FORMAT
from index.snapshot import Snapshot, format_of
from index.swap import SNAPSHOTS, current
from rag.finding import Finding

ROOM = 2
"""For so many further snapshots of the size of the current one a disk has room, or it is told (1–10)."""


def of_index(home: Path, encoder: Encoder, documents: str) -> tuple[Snapshot | None, list[Finding]]:
    """The current snapshot where it can be used, and what is wrong with it."""
    try:
        folder = current(home)
    except SnapshotMissingError as error:
        mendable = (home / documents).is_dir()
        return None, [Finding("no_index", str(error), f"{home} 还没有索引", mendable)]
    except SnapshotError as error:
        return None, [Finding("pointer", str(error), f"记着当前索引的文件 {home / 'current'} 读不了", True)]
    try:
        snapshot = Snapshot.load(home)
    except SnapshotError as error:
        found = format_of(folder)
        if found is not None and found != FORMAT:
            return None, [Finding("format", str(error), f"索引的格式是 {found}，应为 {FORMAT}", True)]
        return None, [Finding("damaged", str(error), f"索引已损坏（{error}）", True)]
    if (snapshot.manifest.fingerprint, snapshot.manifest.dimension) != (
        encoder.fingerprint,
        encoder.dimension,
    ):
        told = f"the index of {home} was made with the model {snapshot.manifest.encoder}, not with {encoder.name}"
        told_zh = f"索引是用模型“{snapshot.manifest.encoder}”建的，不是现在的“{encoder.name}”"
        return snapshot, [Finding("model", told, told_zh, True)]
    return snapshot, list(_of_the_files(home, snapshot))


def _of_the_files(home: Path, snapshot: Snapshot) -> Iterator[Finding]:
    """Whether the index is of the texts that the holdings list."""
    listed = {holding.id: holding.digest for holding in snapshot.holdings}
    indexed = {document.id: document.digest for document in snapshot.documents.values()}
    for document_id in sorted(listed.keys() | indexed.keys()):
        if listed.get(document_id) != indexed.get(document_id):
            yield Finding(
                "not_of_the_files",
                f"the index of {home} and its list of files differ over {document_id!r}",
                f"索引与文件清单不一致：“{document_id}”",
                mendable=True,
            )


def of_files(holdings: Sequence[Holding], originals: Originals, named: Collection[str]) -> Iterator[Finding]:
    """Files that are listed and missing or changed, and files that are there and not listed.

    `named` are files that an older snapshot may still need.
    """
    for holding in holdings:
        path = originals.path(holding.file)
        if not path.is_file():
            yield Finding(
                "missing_file",
                f"the file of {holding.id!r} is gone ({path}); put it back, or remove the document",
                f"“{holding.id}”的原件不见了（{path}）；请放回原处，或移除这份文件",
            )
        elif _digest(path) != holding.digest:
            yield Finding(
                "changed_file",
                f"the file of {holding.id!r} was changed ({path}); put the original back, or take it as it is by "
                "yiju rebuild",
                f"“{holding.id}”的原件被改动过（{path}）；请换回原件，或用 yiju rebuild 按现在的内容重建",
            )
    listed = {holding.file for holding in holdings}
    for path in originals.by_hand():
        if path.name not in listed:
            yield Finding(
                "unknown_file",
                f"{path} is not held; take it in by yiju rebuild, or remove it",
                f"{path} 没有收入；请用 yiju rebuild 收入，或删掉它",
            )
    for path in originals.copies():
        if path.name not in listed and path.name not in named:
            yield Finding("leftover", f"{path} is held no longer", f"{path} 已不再需要", mendable=True)


def of_versions(snapshot: Snapshot) -> Iterator[Finding]:
    """Older versions without a newer one, numbers that do not fit, texts replaced by one that is not held."""
    held = {holding.id: holding for holding in snapshot.holdings}
    for holding in held.values():
        newest = current_id(holding.id)
        if newest != holding.id and (newest not in held or held[newest].version <= holding.version):
            yield _version(
                holding, f"is an older version, but there is no newer {newest!r}", f"没有更新的“{newest}”"
            )
        elif newest != holding.id and holding.id != older_id(newest, holding.version):
            yield _version(
                holding, f"says that it is version {holding.version}", f"记作第{holding.version}版"
            )
        if holding.replaced_by is not None and holding.replaced_by not in held:
            yield _version(
                holding,
                f"is replaced by {holding.replaced_by!r}, which is not held",
                f"替代它的“{holding.replaced_by}”不在库中",
            )


def of_lock(home: Path) -> Iterator[Finding]:
    """A writer at work, or the note of one that died."""
    snapshots = home / SNAPSHOTS
    owner = Owner.read(snapshots)
    if owner is not None and is_locked(snapshots):
        yield Finding("locked", f"home {home} is being written by {owner}", f"正在写入：{owner}")


def of_leftovers(home: Path) -> Iterator[Finding]:
    """What writers that were killed left behind."""
    for path in leftovers(home):
        if path.name == OWNER:
            told = (f"a writer died: {Owner.read(path.parent)}", f"写入进程已中断：{Owner.read(path.parent)}")
        else:
            told = (f"{path} was left by a writer that died", f"{path} 是中断的写入留下的")
        yield Finding("leftover", *told, mendable=True)


def of_disk(home: Path) -> Iterator[Finding]:
    """Whether the disk has room for further snapshots."""
    try:
        needed = ROOM * sum(path.stat().st_size for path in current(home).rglob("*") if path.is_file())
        free = shutil.disk_usage(home).free
    except (SnapshotError, OSError):
        return
    if free < needed:
        yield Finding(
            "space",
            f"the disk of {home} has {free / 1e6:,.0f} MB free; a change may need {needed / 1e6:,.0f} MB",
            f"{home} 所在磁盘只剩 {free / 1e6:,.0f} MB，一次改动可能要用 {needed / 1e6:,.0f} MB",
        )


def _version(holding: Holding, what: str, what_zh: str) -> Finding:
    return Finding(
        "version",
        f"{holding.id!r} {what}; say anew what is known of it, or remove it",
        f"“{holding.id}”的版本记录不对（{what_zh}）；请重新说明它的状态，或移除它",
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
