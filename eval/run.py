"""`yiju eval`: asks every gold question of every system and reports."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from corpus.errors import CorpusError
from corpus.library import read_document, shipped_documents
from corpus.reader import read_source
from eval.bars import Bars, missed
from eval.gold import SETS, GoldError, GoldQuestion, load, shipped
from eval.metrics import Report, judge
from eval.ours import Ours
from eval.report import LAYOUTS, as_json, bar_lines, failures, tables
from eval.response import System
from index.errors import IndexingError
from rag.assistant import Assistant
from rag.errors import RagError

PASSED, FAILED, MISUSED = 0, 1, 2


def run(system: System, questions: Sequence[GoldQuestion]) -> Report:
    """Every question asked of the system, in order, and judged."""
    return Report(system.name, tuple(judge(question, system.respond(question)) for question in questions))


def main(argv: Sequence[str], stream: TextIO | None = None) -> int:
    """Run the command; returns the exit code: 1 when a bar is missed, 2 when something could not be read."""
    out = stream or sys.stdout
    options = _parser().parse_args(argv)
    try:
        questions = _questions(options)
        ours = Ours(Assistant.open(options.home))
        systems: list[System] = [ours, *(_peers() if options.peers else [])]
    except ModuleNotFoundError as error:
        out.write(
            f"the peers need {error.name}: pip install 'yiju[eval]', or leave them out with --no-peers\n"
        )
        return MISUSED
    except (GoldError, RagError, IndexingError, CorpusError) as error:
        out.write(f"{error}\n")
        return MISUSED
    reports = [run(system, questions) for system in systems]
    return _write(reports, options, out)


def _write(reports: Sequence[Report], options: argparse.Namespace, out: TextIO) -> int:
    out.write(tables(reports, LAYOUTS[options.layout]) + "\n")
    if options.failures:
        out.write("\n" + failures(reports[0]) + "\n")
    if options.json:
        text = json.dumps(as_json(reports), ensure_ascii=False, indent=1)
        try:
            options.json.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            out.write(
                f"{options.json} cannot be written ({error.strerror}); choose another file for --json\n"
            )
            return MISUSED
    misses = missed(reports[0].overall, Bars()) if options.bars else ()
    if misses:
        out.write("\n" + bar_lines(misses) + "\n")
    return FAILED if misses else PASSED


def _questions(options: argparse.Namespace) -> tuple[GoldQuestion, ...]:
    questions = load(options.questions or shipped(options.sets or ["plans"]))
    chosen = tuple(question for question in questions if options.part in (None, question.part))
    if not chosen:
        raise GoldError("no questions to ask; give a file of them, or leave --part out")
    return chosen


def _peers() -> list[System]:
    # Their libraries are only needed here, and take a second to import.
    from eval.peers.dense import Dense
    from eval.peers.lexical import Lexical
    from eval.peers.usual import Usual
    from index.encoder import BuiltinEncoder

    paths = shipped_documents()
    documents = [read_document(path) for path in paths]
    texts = {path.stem: read_source(path).text for path in paths}
    return [Lexical(documents), Dense(documents, BuiltinEncoder()), Usual(texts)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yiju eval", description="Measure answers against gold questions.")
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"sets that ship: {', '.join(SETS)} (default)")
    parser.add_argument(
        "--questions", nargs="+", type=Path, metavar="FILE", help="other gold questions instead"
    )
    parser.add_argument("--part", choices=["fit", "check"], help="only the questions of one part")
    parser.add_argument("--home", metavar="DIR", help="the home to ask (default $YIJU_HOME or ./.yiju)")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="measure only the product")
    parser.add_argument("--failures", action="store_true", help="list the questions that failed")
    parser.add_argument("--layout", choices=sorted(LAYOUTS), default="plain", help="how tables are written")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure and question there too")
    parser.add_argument("--bars", action="store_true", help="exit with 1 when a bar is missed")
    return parser
