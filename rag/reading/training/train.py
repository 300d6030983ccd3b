"""From the data folder to a network's folder: broad reading first, then the questions asked of held documents."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file

from corpus.library import read_document, shipped_documents
from index.encoder import BuiltinEncoder
from rag.reading.checkpoint import ALPHABET_FILE, CONFIG_FILE, WEIGHTS_FILE, read_checkpoint
from rag.reading.shape import Shape
from rag.reading.symbols import Alphabet
from rag.reading.training.batches import Prepared, Preparer, frequent_characters
from rag.reading.training.gold import Folded, gold_samples
from rag.reading.training.learn import Epoch, Pace, run
from rag.reading.training.material import Material, read_material
from rag.reading.training.network import ReadingNetwork
from rag.training.examples import read_gold

SEED = 20240325
DROPOUT = 0.15
BROAD, NARROW, ONWARD = Pace(0.002), Pace(0.001), Pace(0.0007)
"""The greatest rates while reading broadly, on the questions asked of held documents, and on more of them later."""
MADE_EPOCHS, MADE_READING, MADE_CLAUSES = 3, 4000, 2000
"""The made questions are seen once, in so many parts, each with so many encyclopedia's and written questions."""
WRITTEN_EPOCHS, WRITTEN_READING, WRITTEN_MISSED = 7, 5000, 4000
LAST_EPOCHS, LAST_READING, LAST_MISSED = 4, 1500, 5000
GOLD_EPOCHS, ONWARD_EPOCHS, GOLD_CLAUSES, GOLD_MISSED = 5, 2, 1000, 500
"""Written questions seen beside those asked of held documents, so that the broad reading is not unlearnt."""
BROAD_FILE = "broad.pt"

log = logging.getLogger(__name__)


def train(
    data: Path, gold: Sequence[Path], out: Path, parts: Sequence[int], onward: Path | None = None
) -> None:
    """Writes to `out/fold-N` for each N of `parts` a network that never saw that part of the gold questions.

    Part `FOLDS` holds no question, so that the last network is the one that ships.
    The broad reading is kept in `out`, and taken up when it is of the same recipe. With `onward`, each network goes on from
    that of its part in that folder instead, which another set of gold questions made. The same data, seed, versions and
    number of threads give the same bytes. Raises FileNotFoundError when a file of the data is missing, ReadingModelError
    when a folder of `onward` is not whole.
    """
    out.mkdir(parents=True, exist_ok=True)
    encoder = BuiltinEncoder()
    material = read_material(data, SEED)
    held = [read_document(path) for path in shipped_documents()]
    asked = gold_samples(held, [example for path in gold for example in read_gold(path, part=None)], encoder)
    log.info("%d samples of gold questions, %d made", len(asked), len(material.made))
    texts = (*material.reading, *material.clauses, *material.missed, *material.made)
    before = {part: read_checkpoint(onward / f"fold-{part}", encoder.fingerprint) for part in parts if onward}
    characters = next((one.characters for one in before.values()), None) or frequent_characters(texts)
    alphabet = Alphabet(characters, encoder.vocabulary)
    preparer = Preparer(alphabet)
    torch.manual_seed(SEED)
    network = ReadingNetwork(encoder.units, len(alphabet), Shape(), DROPOUT)
    if not before:
        _read_broadly(network, material, preparer, recipe(alphabet, encoder.fingerprint), out / BROAD_FILE)
    start = {name: value.clone() for name, value in network.state_dict().items()}
    written = preparer.prepare(material.clauses), preparer.prepare(material.missed)
    epochs, pace = (ONWARD_EPOCHS, ONWARD) if before else (GOLD_EPOCHS, NARROW)
    for part in parts:
        known = before[part].weights if before else {}
        network.load_state_dict(start | {name: torch.from_numpy(each) for name, each in known.items()})
        kept = [one for one in asked if one.fold != part]
        run(network, [_narrow(kept, written, preparer)] * epochs, pace, SEED)
        write(network, alphabet, encoder.fingerprint, out / f"fold-{part}")


def _read_broadly(
    network: ReadingNetwork, material: Material, preparer: Preparer, made_of: str, kept: Path
) -> None:
    if not take_up(network, kept, made_of):
        run(network, _broad(material, preparer), BROAD, SEED)
        torch.save({"made of": made_of, "network": network.state_dict()}, kept)


def recipe(alphabet: Alphabet, encoder: str) -> str:
    """All that a broad reading depends on beside the texts: the places of the characters, the vectors, the numbers."""
    numbers = (SEED, DROPOUT, BROAD, asdict(Shape()), MADE_EPOCHS, MADE_READING, MADE_CLAUSES)
    more = (WRITTEN_EPOCHS, WRITTEN_READING, WRITTEN_MISSED, LAST_EPOCHS, LAST_READING, LAST_MISSED)
    return repr((encoder, alphabet.characters, numbers, more))


def take_up(network: ReadingNetwork, path: Path, made_of: str) -> bool:
    """Puts a broad reading kept before into the network; False where there is none, or one of another recipe.

    One whose characters have other places would be read without a complaint, and mean nothing.
    """
    if not path.is_file():
        return False
    held = torch.load(path, weights_only=True)
    if held.get("made of") != made_of:
        log.info("%s is of another recipe: starting anew", path)
        return False
    network.load_state_dict(held["network"])
    return True


def write(network: ReadingNetwork, alphabet: Alphabet, encoder: str, folder: Path) -> None:
    """The network's folder as `rag.reading.network.Network.load` reads it; weights in half precision."""
    folder.mkdir(parents=True, exist_ok=True)
    weights: dict[str, NDArray[np.float16]] = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in network.state_dict().items()
        if name != "tokens"
    }
    save_file(weights, folder / WEIGHTS_FILE)
    (folder / ALPHABET_FILE).write_text(alphabet.characters + "\n", "utf-8", newline="\n")
    config = {"shape": asdict(network.shape), "encoder": encoder}
    (folder / CONFIG_FILE).write_text(json.dumps(config, indent=1) + "\n", "utf-8")


def _broad(material: Material, preparer: Preparer) -> list[Epoch]:
    made, reading = preparer.prepare(material.made), preparer.prepare(material.reading)
    clauses, missed = preparer.prepare(material.clauses), preparer.prepare(material.missed)

    def some(prepared: list[Prepared], count: int, rng: random.Random) -> list[Prepared]:
        return rng.sample(prepared, min(count, len(prepared)))

    def made_part(part: int) -> Epoch:
        return lambda rng: [
            *made[part::MADE_EPOCHS],
            *some(reading, MADE_READING, rng),
            *some(clauses, MADE_CLAUSES, rng),
        ]

    def written(readings: int, misses: int) -> Epoch:
        return lambda rng: [*clauses, *some(reading, readings, rng), *some(missed, misses, rng)]

    return [
        *map(made_part, range(MADE_EPOCHS)),
        *[written(WRITTEN_READING, WRITTEN_MISSED)] * WRITTEN_EPOCHS,
        *[written(LAST_READING, LAST_MISSED)] * LAST_EPOCHS,
    ]


def _narrow(
    asked: Sequence[Folded], written: tuple[list[Prepared], list[Prepared]], preparer: Preparer
) -> Epoch:
    prepared = preparer.prepare([one.sample for one in asked])
    clauses, missed = written

    def draw(rng: random.Random) -> list[Prepared]:
        return [
            *prepared,
            # Right clauses twice: there are fewer of them than of near misses.
            *(one for one in prepared if one.sample.answers),
            *rng.sample(clauses, min(GOLD_CLAUSES, len(clauses))),
            *rng.sample(missed, min(GOLD_MISSED, len(missed))),
        ]

    return draw
