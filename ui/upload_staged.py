"""Files that were dropped on the page and do not count yet: put aside, read, and waiting for a decision."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Self

from rag.api.incoming import plain_name
from rag.report import Report
from ui.upload_gate import FOLDER


@dataclass(frozen=True, slots=True)
class Staged:
    """Files in a folder of their own, and for each the report of what adding it would do."""

    folder: Path | None = None
    paths: tuple[Path, ...] = ()
    reports: tuple[Report, ...] = ()

    def take_over(self, dropped: Iterable[str | Path]) -> tuple[Self, tuple[Path, ...]]:
        """Moves dropped files out of the page's own folder; returns what is staged then, and the new ones among it.

        The new ones have no reports yet. Raises OSError for a file that is gone or for which there is no room.
        """
        folder = self.folder or Path(mkdtemp(prefix="yiju-staged-", dir=os.environ.get(FOLDER)))
        new: list[Path] = []
        try:
            for dropped_at in map(Path, dropped):
                path = Path(mkdtemp(dir=folder)) / plain_name(dropped_at.name)
                shutil.move(dropped_at, path)
                new.append(path)
                if not any(dropped_at.parent.iterdir()):
                    dropped_at.parent.rmdir()
        except OSError:
            for left in [path.parent for path in new] if self.folder else [folder]:
                shutil.rmtree(left, ignore_errors=True)
            raise
        return replace(self, folder=folder, paths=(*self.paths, *new)), tuple(new)

    def told(self, reports: Sequence[Report]) -> Self:
        """The same with reports on the files that had none."""
        return replace(self, reports=(*self.reports, *reports))

    def left_after(self, reports: Sequence[Report]) -> Self:
        """What still waits once adding gave these reports: the files that are offered, not added."""
        waiting = [
            (path, report)
            for path, report in zip(self.paths, reports, strict=True)
            if report.outcome == "offered"
        ]
        if not waiting:
            self.let_go()
            return type(self)()
        return replace(
            self, paths=tuple(path for path, _ in waiting), reports=tuple(report for _, report in waiting)
        )

    def has(self, *outcomes: str) -> bool:
        """Whether any of the reports is one of these."""
        return any(report.outcome in outcomes for report in self.reports)

    def let_go(self) -> None:
        """Removes the files."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
