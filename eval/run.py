"""`yiju eval`: asks every gold question of every system and reports."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from corpus.errors import CorpusError
from eval.alignment.run import ALIGNMENT
from eval.alignment.run import report as alignment
from eval.bars import BARS, missed
from eval.difference import Values, differences
from eval.figures import SetReport
from eval.gold import GoldError, load
from eval.measure import Setting, measure
from eval.ours import Ours
from eval.questions import changed, failures
from eval.reading.run import READING
from eval.reading.run import report as reading
from eval.report import bar_lines, changes, written
from eval.saved import as_json, read_run, values_of
from eval.sets import plans
from eval.sets.goldset import GoldSet
from eval.sets.named import NAMES, PLANS, gold_set
from eval.table import Layout, markdown, plain
from eval.tasks.run import TASKS
from eval.tasks.run import report as tasks
from index.errors import IndexingError
from rag.errors import RagError

PASSED, FAILED, MISUSED = 0, 1, 2
LAYOUTS: dict[str, Layout] = {"plain": plain, "markdown": markdown}


def main(argv: Sequence[str], stream: TextIO | None = None) -> int:
    """Run the command; returns the exit code: 1 when a bar is missed, 2 when something could not be read."""
    out = stream or sys.stdout
    options = _parser().parse_args(argv)
    try:
        before = read_run(options.against, Ours.name) if options.against else None
        if alone := {TASKS, ALIGNMENT, READING} & {*options.sets}:
            return _alone(min(alone), options, out)
        chosen = list(_sets(options))
        setting = Setting(options.home, options.work, options.peers)
        sets = [measure(gold, setting) for gold in chosen]
        _report(sets, before, options, out)
    except ModuleNotFoundError as error:
        out.write(f"yiju eval needs {error.name}: pip install 'yiju[eval]'\n")
        return MISUSED
    except (GoldError, RagError, IndexingError, CorpusError) as error:
        out.write(f"{error}\n")
        return MISUSED
    return _judged(sets, out) if options.bars else PASSED


def _alone(name: str, options: argparse.Namespace, out: TextIO) -> int:
    """Measure tasks that documents are broken into, how they are aligned, or how files are read: no questions."""
    other = [f"--{option}" for option in ("json", "html", "against", "questions") if getattr(options, option)]
    other += [one for one in options.sets if one != name]
    if options.sets != [name] or other:
        named = " ".join(other or options.sets)
        raise GoldError(
            f"{name} is measured alone, with --part, --failures, --layout or --bars; leave out {named}"
        )
    layout = LAYOUTS[options.layout]
    told = {"failures": options.failures, "bars": options.bars}
    if name == READING:
        failed = reading(options.data, layout, out, **told)
    elif name == TASKS:
        failed = tasks(options.part, layout, out, **told)
    else:
        failed = alignment(options.part, options.home, layout, out, **told)
    return FAILED if failed else PASSED


def _sets(options: argparse.Namespace) -> list[GoldSet]:
    """The sets that were named, or the questions given, with only the questions of the part asked for."""
    if options.questions:
        sets = [GoldSet(PLANS, load(options.questions, plans.read))]
    else:
        sets = [gold_set(name, options.data) for name in options.sets or [PLANS]]
    kept = []
    for held in sets:
        questions = tuple(one for one in held.questions if options.part in (None, one.part))
        if not questions:
            raise GoldError(f"no questions to ask of {held.name}; leave --part out, or give a file of some")
        kept.append(replace(held, questions=questions))
    return kept


def _report(
    sets: Sequence[SetReport],
    before: Mapping[str, Values] | None,
    options: argparse.Namespace,
    out: TextIO,
) -> None:
    layout = LAYOUTS[options.layout]
    out.write(written(sets, layout) + "\n")
    if options.failures:
        out.writelines(f"\n{failures(held.ours)}\n" for held in sets)
    for held in sets if before is not None else ():
        _compare(held, before or {}, layout, out)
    if options.json:
        _write(options.json, json.dumps(as_json(sets), ensure_ascii=False) + "\n", "--json")
    if options.html:
        from eval.page import page

        _write(options.html, page(sets), "--html")


def _compare(held: SetReport, before: Mapping[str, Values], layout: Layout, out: TextIO) -> None:
    if held.name not in before:
        out.write(f"\nthe earlier run has no set {held.name}; it has: {', '.join(before)}\n")
        return
    was = before[held.name]
    found = differences(was, values_of(held.ours))
    out.write(f"\n{layout(changes(held.name, found))}\n\n{changed(was, held.ours)}\n")


def _write(path: Path, text: str, option: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise GoldError(
            f"{path} cannot be written ({error.strerror}); choose another file for {option}"
        ) from error


def _judged(sets: Sequence[SetReport], out: TextIO) -> int:
    """Tell the bars that are missed."""
    failed = False
    for held in sets:
        misses = missed(BARS[held.name], held.ours.overall, held.made)
        if misses:
            failed = True
            out.write(f"\n{bar_lines(held.name, misses)}\n")
    return FAILED if failed else PASSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yiju eval", description="Measure answers against gold questions.")
    parser.add_argument(
        "sets",
        nargs="*",
        metavar="SET",
        help=f"some of: {', '.join((*NAMES, TASKS, ALIGNMENT, READING))} (default: {PLANS}, which ships)",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder of the sets that do not ship")
    parser.add_argument(
        "--questions", nargs="+", type=Path, metavar="FILE", help="other gold questions instead"
    )
    parser.add_argument("--part", choices=["fit", "check"], help="only the questions of one part")
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help=f"the home to ask {PLANS} of (default $YIJU_HOME or ./.yiju)"
    )
    parser.add_argument(
        "--work", type=Path, metavar="DIR", help="where homes of the other sets are kept (default HOME-eval)"
    )
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="measure only the product")
    parser.add_argument("--failures", action="store_true", help="list the questions that failed")
    parser.add_argument("--layout", choices=sorted(LAYOUTS), default="plain", help="how tables are written")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure and question there too")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write tables and plots there too")
    parser.add_argument(
        "--against", type=Path, metavar="FILE", help="compare with an earlier run, saved by --json"
    )
    parser.add_argument("--bars", action="store_true", help="exit with 1 when a bar is missed")
    return parser
