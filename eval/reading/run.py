"""`yiju eval reading`: reads every Word file of the regulations and counts the characters that are lost."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from eval.gold import GoldError
from eval.reading.loss import Loss, losses
from eval.sets import regulations
from eval.table import Layout, Table

READING: Final = "reading"
SHOWN: Final = 40
"""So many of the characters that are missing are shown of each file (10–200)."""
_HEAD: Final = ("files", "read", "in order", "characters", "lost", "layout", "gained")


def measured(data: Path | None) -> list[Loss]:
    """What became of every file of the regulations in `data`.

    Raises GoldError when the folder is not given or its archive cannot be unpacked.
    """
    if data is None:
        raise GoldError(f"the files of {READING} do not ship; give the folder they lie in with --data DIR")
    package = regulations.documents(data / "regulations")
    with tempfile.TemporaryDirectory() as folder:
        return losses(sorted(package.unpack(package.path, Path(folder))))


def report(data: Path | None, layout: Layout, out: TextIO, *, failures: bool, bars: bool) -> bool:
    """Write the table, and the files that lost something and missed bars where asked; returns whether one is missed."""
    found = measured(data)
    out.write(f"{layout(table(found))}\n\n")
    if failures:
        out.writelines(f"  {line}\n" for loss in found for line in told(loss))
        out.write("\n")
    refused = sum(bool(loss.refused) for loss in found)
    lost = sum(loss.lost for loss in found)
    failed = bars and bool(refused or lost)
    if failed:
        out.write(
            f"bar missed: reading loses {lost} characters and {refused} of {len(found)} files, the bar is 0\n"
        )
    return failed


def table(found: Sequence[Loss]) -> Table:
    """All files together."""
    figures = (
        len(found),
        sum(not loss.refused for loss in found),
        sum(loss.in_order for loss in found if not loss.refused),
        sum(loss.said for loss in found),
        sum(loss.lost for loss in found),
        sum(loss.layout for loss in found),
        sum(loss.gained for loss in found),
    )
    return Table(("reading", *_HEAD), (("regulations", *(f"{figure:,}" for figure in figures)),))


def told(loss: Loss) -> list[str]:
    """What is to be told of one file; nothing where all of it was read."""
    if loss.refused:
        return [loss.refused]
    if loss.lost or loss.layout:
        return [f"{loss.name}: {loss.lost} lost, {loss.layout} taken as layout: {loss.missing[:SHOWN]}"]
    return [] if loss.in_order else [f"{loss.name}: its words are read in another order"]
