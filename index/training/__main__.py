"""The command `python -m index.training --data FOLDER --out FOLDER`."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from index.training.train import Recipe, train


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description="Train the built-in model.")
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder with laws.jsonl.xz and the others"
    )
    parser.add_argument("--out", type=Path, required=True, help="where the model folder is written")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        train(options.data, options.out, Recipe())
    except FileNotFoundError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
