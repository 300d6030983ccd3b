"""Which files are meant: those named, those in a named folder, those a pattern names."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from corpus.reader import READERS


def gather(named: Iterable[Path]) -> tuple[Path, ...]:
    """Every file meant, each once, in the order given and by name within a folder or pattern.

    A folder stands for the files of a known format anywhere below it. What names nothing stays, to be reported.
    """
    found: dict[Path, None] = {}
    for path in named:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(filter(_is_source, path.rglob("*")))))
        elif not path.exists() and glob.has_magic(str(path)):
            found.update(
                dict.fromkeys(map(Path, sorted(glob.glob(str(path), recursive=True))) or {path: None})
            )
        else:
            found[path] = None
    return tuple(found)


def _is_source(path: Path) -> bool:
    return path.suffix.lower() in READERS and path.name[0] not in ".~" and path.is_file()
