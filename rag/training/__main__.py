"""Fits `rag/weights.json`: `python -m rag.training --questions Q --laws L --gold G [G…] --out rag/weights.json`."""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.library import read_document, shipped_documents
from index.build import build
from index.encoder import BuiltinEncoder
from index.snapshot import Snapshot
from rag.reading.network import Network
from rag.training.examples import FOLDS, Example, read_gold, read_questions, regulations
from rag.training.observe import observe, open_blank
from rag.training.stages import fit_weights
from rag.weights import SHIPPED

REGULATIONS = (
    500  # of the regulations asked about (1–1,500): enough that near-copies of other cities stand in the way
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the examples, observes what retrieval makes of them, fits and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m rag.training", description=__doc__)
    parser.add_argument(
        "--questions", type=Path, required=True, help="questions over regulations, JSON lines"
    )
    parser.add_argument("--laws", type=Path, required=True, help="the regulations' articles, JSON lines, xz")
    parser.add_argument(
        "--gold", type=Path, nargs="+", required=True, help="questions over the shipped documents"
    )
    parser.add_argument(
        "--networks",
        type=Path,
        required=True,
        help="the folder that rag.reading.training wrote: networks with a part of the gold questions left out",
    )
    parser.add_argument(
        "--also",
        type=Path,
        nargs=2,
        action="append",
        default=[],
        metavar=("HOME", "QUESTIONS"),
        help="another home with questions over it, as python -m eval.export writes them",
    )
    parser.add_argument("--part", help="fit on gold questions marked as of this part alone")
    parser.add_argument("--regulations", type=int, default=REGULATIONS)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args(arguments)
    encoder = BuiltinEncoder()
    *folds, whole = (Network.load(encoder, options.networks / f"fold-{fold}") for fold in range(FOLDS + 1))
    with tempfile.TemporaryDirectory() as folder:
        shipped = [read_document(path) for path in shipped_documents()]
        gold = [example for path in options.gold for example in read_gold(path, part=options.part)]
        plans_home = Path(folder) / "plans"
        plans = observe(
            open_blank(plans_home, build(plans_home, shipped, encoder), encoder, whole), gold, folds
        )
        held = regulations(options.questions, _lines(options.laws), keep=options.regulations)
        asked = list(_about(read_questions(options.questions), {document.id for document in held}))
        laws_home = Path(folder) / "regulations"
        others = observe(
            open_blank(laws_home, build(laws_home, held, encoder), encoder, whole), asked, [whole]
        )
        for home, questions in options.also:
            opened = open_blank(
                home, Snapshot.load(home, encoder.fingerprint, encoder.dimension), encoder, whole
            )
            # Some of these may be questions over plans, which the whole network has learnt.
            others += observe(opened, read_gold(questions, part=None), folds)
    weights, note = fit_weights(plans, others)
    options.out.write_text(weights.to_json({**note, "regulations": len(held)}), encoding="utf-8")
    sys.stderr.write(json.dumps(note, ensure_ascii=False, indent=1) + "\n")
    return 0


def _about(examples: Sequence[Example], held: set[str]) -> Iterator[Example]:
    """The questions on held regulations, and of those nothing answers the same share."""
    unanswerable = [example for example in examples if not example.answerable]
    answerable = [example for example in examples if example.answerable and example.golds[0][0] in held]
    share = len(answerable) / max(1, len(examples) - len(unanswerable))
    yield from answerable
    yield from unanswerable[: round(len(unanswerable) * share)]


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
