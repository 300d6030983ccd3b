"""Writes a set's questions as `python -m rag.training` reads them: `python -m eval.export SET --data DIR --out FILE`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.gold import GoldError, GoldQuestion
from eval.rightness import Excerpt, Quote
from eval.sets.named import NAMES, gold_set

WRITTEN, MISUSED = 0, 2


def record(question: GoldQuestion) -> dict[str, Any]:
    """The question as a line holds it. Raises GoldError for gold that is no words of a document."""
    golds = []
    for gold in question.golds:
        if not isinstance(gold, Quote | Excerpt):
            raise GoldError(f"{question.id}: its gold is no quotation; only sets of quoted words are written")
        golds.append({"doc": gold.document, "quote": gold.words})
    return {
        "id": question.id,
        "question": question.question,
        "context": question.context,
        "gold": golds,
        "span": list(question.spans),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Write the file; returns the exit code, 2 when the set could not be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.export", description="Write a set's questions.")
    parser.add_argument("set", choices=NAMES)
    parser.add_argument("--data", type=Path, help="the folder of the sets that do not ship")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(argv)
    try:
        lines = [
            json.dumps(record(one), ensure_ascii=False)
            for one in gold_set(options.set, options.data).questions
        ]
        options.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except (GoldError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return MISUSED
    return WRITTEN


if __name__ == "__main__":
    sys.exit(main())
