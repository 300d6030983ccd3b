"""A home as one file, to be taken to another machine."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from corpus.originals import Originals
from index.errors import HomeWriteError, SnapshotError
from index.manifest import FORMAT, file_hash
from index.recorded import recorded_holdings
from index.snapshot import MANIFEST, Snapshot, format_of
from index.swap import CURRENT, SNAPSHOTS, check_space, in_one_line, writing
from rag.errors import HomeError
from rag.examination import of_files
from rag.home import DOCUMENTS
from rag.parcel import BROKEN, Label, Part, opened, pack, unpack


def export_home(home: Path, file: Path) -> None:
    """Write what a home holds, its index included, into one .zip file.

    The file is there whole or not at all; writers wait meanwhile. Raises HomeError for a file that exists or cannot be
    written, and for a home whose files are not as they were taken in; SnapshotError when its index cannot be read;
    HomeLockedError or HomeWriteError when it cannot be locked.
    """
    if file.exists():
        raise HomeError(f"{file} exists already; name another", f"{file} 已经存在，请换一个文件名")
    with writing(home):
        label = _label(home, Snapshot.load(home))
        try:
            handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    pack(stream, label, home)
                    stream.flush()
                    os.fsync(stream.fileno())
                Path(beside).replace(file)
            finally:
                Path(beside).unlink(missing_ok=True)
        except ValueError as error:
            raise HomeError(
                f"{error}; see yiju doctor --home {home}", f"原件被改动过（{error}）；请运行 yiju doctor"
            ) from error
        except OSError as error:
            reason = in_one_line(error)
            raise HomeError(
                f"{file} cannot be written ({reason}); name another, or free its disk",
                f"{file} 不能写入（{reason}）；请换一个位置，或腾出磁盘空间",
            ) from error


def import_home(file: Path, home: Path) -> None:
    """Make a home of what `export_home` wrote; it opens at once where the program and its model are the same.

    Everything is checked before the home is there, and then it is there whole. Raises HomeError for a file that is
    damaged, hostile, or of a machine with another order of bytes, for a home that exists and is not empty, and for one
    that cannot be written.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise HomeError(f"{home} is not empty; name a new home", f"{home} 不是空的；请指定一个新的数据目录")
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent, prefix=f".{home.name}-") as beside:
            # A folder in it, which has the usual permissions.
            _unpack(file, Path(beside) / "home")
            if home.exists():
                home.rmdir()
            (Path(beside) / "home").rename(home)
    except (*BROKEN, SnapshotError) as error:
        raise HomeError(
            f"{file} is no home that can be taken over: {in_one_line(error)}; export it again",
            f"{file} 不能导入（{in_one_line(error)}）；请重新导出",
        ) from error
    except (OSError, HomeWriteError) as error:
        reason = in_one_line(error)
        raise HomeError(
            f"{file} cannot be unpacked to {home} ({reason}); see that both can be reached and the disk has room",
            f"{file} 不能解到 {home}（{reason}）；请检查权限和磁盘空间",
        ) from error


def _unpack(file: Path, home: Path) -> None:
    with file.open("rb") as stream:
        archive, label = opened(stream)
        if label.byteorder != sys.byteorder:
            raise ValueError(
                f"it was made on a {label.byteorder}-endian machine, this is a {sys.byteorder}-endian one: "
                "take its documents over by yiju add"
            )
        home.mkdir()
        check_space(home, label.size)
        with archive:
            unpack(archive, label, home)
    folder = home / SNAPSHOTS / label.snapshot
    holdings = recorded_holdings(home, folder)
    if holdings is None:
        raise ValueError("its list of documents is damaged")
    for finding in of_files(holdings, Originals(home / DOCUMENTS), frozenset()):
        raise ValueError(finding.message)
    if format_of(folder) == FORMAT:  # one of another version of the program is made anew from the files
        Snapshot.opened(home, folder)
    (home / CURRENT).write_text(label.snapshot, encoding="utf-8")
    if hasattr(os, "sync"):
        os.sync()


def _label(home: Path, snapshot: Snapshot) -> Label:
    folder = Path(SNAPSHOTS) / snapshot.name
    digests = {(folder / name).as_posix(): digest for name, digest in snapshot.manifest.files.items()}
    digests[(folder / MANIFEST).as_posix()] = file_hash(home / folder / MANIFEST)
    digests |= {f"{DOCUMENTS}/{holding.file}": holding.digest for holding in snapshot.holdings}
    try:
        parts = {name: Part((home / name).stat().st_size, digest) for name, digest in digests.items()}
    except OSError as error:
        raise HomeError(
            f"a file of {home} is gone ({in_one_line(error)}); see yiju doctor --home {home}",
            f"缺少原件（{in_one_line(error)}）；请运行 yiju doctor",
        ) from error
    return Label(snapshot.name, sys.byteorder, parts)
