"""The command `python -m rag.reading.training --data FOLDER --gold FILE… --out FOLDER`."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from rag.reading.training.train import train
from rag.training.examples import FOLDS


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(
        prog="python -m rag.reading.training", description="Train the reading network."
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder with questions.jsonl and the others"
    )
    parser.add_argument(
        "--gold", type=Path, nargs="+", required=True, help="questions over the shipped documents, JSON lines"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="where the network and those with a part left out are written"
    )
    parser.add_argument(
        "--parts",
        type=int,
        nargs="*",
        default=range(FOLDS + 1),
        help=f"which parts of the gold questions are left out, one network each ({FOLDS}: none; default all)",
    )
    parser.add_argument(
        "--onward",
        type=Path,
        help="a folder written before: each network goes on from its part's there instead of from broad reading",
    )
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(options.data, options.gold, options.out, options.parts, options.onward)


if __name__ == "__main__":
    main()
