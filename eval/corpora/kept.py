"""Homes made once and kept: made anew only when what goes in, or the code that takes it in, has changed."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from corpus.errors import CorpusError
from eval.corpora.corpus import Corpus
from eval.gold import GoldError
from eval.memory import peak_megabytes
from index.errors import IndexingError
from rag.errors import RagError
from rag.settings import Settings

HOME = "home"
NOTE = "made.json"
CODE = ("corpus", "index", "eval.corpora")
"""The packages whose code decides what a home of given documents looks like."""


@dataclass(frozen=True, slots=True)
class Made:
    """What it took to make a home, in a process of its own; `megabytes` is its peak memory, None where unknown."""

    seconds: float
    megabytes: float | None


def keep(corpus: Corpus, folder: Path, settings: Settings) -> Made:
    """Have `folder / HOME` be a home of the corpus under the set model, made now or kept from before.

    Raises GoldError in one line when the corpus cannot be read or the home not be made.
    """
    key = _key(corpus, settings)
    note = folder / NOTE
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))
        if noted["key"] == key:
            return Made(**noted["made"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no note, or one that says nothing: the home is made
    try:
        note.unlink(missing_ok=True)
        shutil.rmtree(folder / HOME, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        # A process of its own, so that its peak of memory is the making's alone, and is given back.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            made = pool.submit(_make, corpus, folder / HOME, settings).result()
        note.write_text(json.dumps({"key": key, "made": asdict(made)}, indent=1), encoding="utf-8")
    except OSError as error:
        raise GoldError(
            f"cannot make a home in {folder} ({error}); choose another folder with --work"
        ) from error
    return made


def _make(corpus: Corpus, home: Path, settings: Settings) -> Made:
    try:
        encoder = settings.encoder()
        seconds = corpus.make(home, encoder)
    except (CorpusError, IndexingError, RagError) as error:
        # Only an error of one message travels between processes unharmed.
        raise GoldError(str(error)) from None
    return Made(round(seconds, 1), peak_megabytes())


def _key(corpus: Corpus, settings: Settings) -> str:
    whole = hashlib.sha256(settings.encoder().fingerprint.encode())
    for path in (*corpus.inputs, *_code()):
        try:
            whole.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise GoldError(
                f"cannot read {path} ({error.strerror}); give the folder of the sets with --data"
            ) from error
    return whole.hexdigest()


def _code() -> Iterable[Path]:
    for name in CODE:
        folder = Path(str(import_module(name).__file__)).parent
        yield from sorted(path for path in folder.glob("*.*") if path.is_file())
