"""Files that enter a home as `yiju add` takes them in."""

from __future__ import annotations

import json
import lzma
import tarfile
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.reader import read_source
from eval.corpora.corpus import SourceText
from eval.gold import GoldError
from index.encoder import Encoder
from index.recorded import recorded_holdings
from rag.home import DOCUMENTS, Home


@dataclass(frozen=True, slots=True)
class Packed:
    """Many documents in one file; `unpack` writes them into a folder as files and returns those."""

    path: Path
    unpack: Callable[[Path, Path], list[Path]]


@dataclass(frozen=True, slots=True)
class Files:
    """The files of some packages, beside the shipped documents when `shipped`."""

    packages: tuple[Packed, ...]
    shipped: bool = False

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The packages."""
        return tuple(package.path for package in self.packages)

    def make(self, home: Path, encoder: Encoder) -> float:
        """Unpack, then open the home and add every file; the seconds are of opening and adding."""
        with tempfile.TemporaryDirectory() as folder:
            files = [path for package in self.packages for path in package.unpack(package.path, Path(folder))]
            started = time.perf_counter()
            held = Home(home, encoder)
            held.open_or_create(empty=not self.shipped)
            held.add(files)
            return time.perf_counter() - started

    def texts(self, home: Path) -> tuple[SourceText, ...]:
        """What the home's source files say."""
        return held_texts(home)


def held_texts(home: Path) -> tuple[SourceText, ...]:
    """What the source files held in a home say."""
    return tuple(
        SourceText(holding.id, read_source(home / DOCUMENTS / holding.file).text)
        for holding in recorded_holdings(home) or ()
    )


def unpack_tar(package: Path, folder: Path) -> list[Path]:
    """The files of a tar archive. Raises GoldError when it is none."""
    try:
        with tarfile.open(package, "r:") as archive:
            archive.extractall(folder, filter="data")
            return [folder / member.name for member in archive if member.isfile()]
    except (OSError, tarfile.TarError) as error:
        raise GoldError(f"cannot unpack {package}: {error}; expected a tar archive of documents") from error


def unpack_texts(package: Path, folder: Path) -> list[Path]:
    """One .txt file, named after its id, for each `{"id", "text"}` of an xz-compressed file of JSON lines.

    Raises GoldError when it is none.
    """
    paths = []
    for record in xz_records(package):
        paths.append(folder / f"{record['id']}.txt")
        paths[-1].write_text(record["text"], encoding="utf-8")
    return paths


def xz_records(path: Path) -> list[dict[str, str]]:
    """The records of an xz-compressed file of JSON lines. Raises GoldError when it is none."""
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]
    except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
        raise GoldError(f"cannot read {path}: {error}; expected xz-compressed JSON lines") from error
