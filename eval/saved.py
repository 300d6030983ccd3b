"""Runs as JSON: every figure, and what became of each question; read again to compare a later run with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.difference import MEASURES, Values
from eval.figures import Report, SetReport
from eval.gold import GoldError
from eval.groups import GROUPINGS
from eval.judge import Judgement


def as_json(sets: Iterable[SetReport]) -> dict[str, Any]:
    """Every set by name, with every system by name."""
    return {held.name: _set_json(held) for held in sets}


def values_of(report: Report) -> Values:
    """Each question's measures that runs are compared by."""
    return {judgement.question.id: _compared(judgement) for judgement in report.judgements}


def read_run(path: Path, system: str) -> Mapping[str, Values]:
    """What a run saved by `as_json` measured of that system, by set.

    Raises GoldError when the file is no such run.
    """
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: {
                entry["id"]: {measure: float(value) for measure, value in entry["values"].items()}
                for entry in held["systems"][system]["questions"]
            }
            for name, held in saved.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(
            f"cannot read a run from {path} ({error!r}); expected what `yiju eval --json` wrote"
        ) from error


def _set_json(held: SetReport) -> dict[str, Any]:
    return {
        "documents": held.documents,
        "passages": held.passages,
        "made": None if held.made is None else asdict(held.made),
        "systems": {report.system: _report_json(report) for report in held.reports},
    }


def _report_json(report: Report) -> dict[str, Any]:
    return {
        "overall": asdict(report.overall),
        **{
            name: {label: asdict(figures) for label, figures in report.by(labels).items()}
            for name, labels in GROUPINGS.items()
        },
        "questions": [_judgement_json(judgement) for judgement in report.judgements],
    }


def _judgement_json(judgement: Judgement) -> dict[str, Any]:
    return {
        "id": judgement.question.id,
        "faults": judgement.faults,
        "refused": judgement.response.refused,
        "rights": judgement.rights,
        "ranked_rights": judgement.ranked_rights,
        "values": _compared(judgement),
        "shown": [shown.clause_id for shown in judgement.response.ranked],
        "scores": [shown.score for shown in judgement.response.ranked],
        "took_ms": judgement.response.took_ms,
    }


def _compared(judgement: Judgement) -> dict[str, float]:
    return {name: judgement.values[name] for name in MEASURES if name in judgement.values}
