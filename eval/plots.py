"""The plots of one set, each as an SVG element that a page can hold."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval.figures import SetReport
from eval.metrics import calibration_bins, risk_by_coverage
from eval.report import hits_by_rank
from eval.response import DEPTH

INCHES = (3.6, 3.0)
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "yiju",
    "font.size": 8,
    "axes.grid": True,
    "grid.alpha": 0.3,
}
"""Words stay words, and the same figures make the same file."""
BIN_AREA = 200.0
"""The area of a dot, in square points, that holds all first results."""


def plots(held: SetReport) -> list[str]:
    """Hits by rank of every system; calibration, risk by coverage and latency of the product, where it has them."""
    drawn = [_draw(_by_rank, held)]
    if any(judgement.first for judgement in held.ours.judgements):
        drawn += [_draw(_calibration, held), _draw(_risk, held)]
    if any(judgement.response.took_ms for judgement in held.ours.judgements):
        drawn.append(_draw(_latency, held))
    return drawn


def _draw(onto: Callable[[Axes, SetReport], None], held: SetReport) -> str:
    with rc_context(STYLE):
        figure = Figure(figsize=INCHES, layout="constrained")
        onto(figure.subplots(), held)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None})
    # The page is the document: the drawing's own head would make it none.
    return written.getvalue()[written.getvalue().index("<svg") :]


def _by_rank(axes: Axes, held: SetReport) -> None:
    for report in held.reports:
        shares = [share or 0.0 for share in hits_by_rank(report)]
        axes.plot(range(1, DEPTH + 1), shares, marker=".", label=report.system)
    axes.set(title="right among the first …", xlabel="results", ylabel="share of questions", ylim=(0, 1))
    axes.legend(loc="lower right")


def _calibration(axes: Axes, held: SetReport) -> None:
    bins = calibration_bins([j.first for j in held.ours.judgements if j.first])
    count = sum(bin_.count for bin_ in bins)
    sizes = [BIN_AREA * bin_.count / count for bin_ in bins]
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
    axes.scatter([bin_.score for bin_ in bins], [bin_.right for bin_ in bins], s=sizes)
    axes.set(
        title="calibration of the first result",
        xlabel="score",
        ylabel="share right",
        xlim=(0, 1),
        ylim=(0, 1),
    )


def _risk(axes: Axes, held: SetReport) -> None:
    points = risk_by_coverage([j.first for j in held.ours.judgements if j.first])
    axes.plot([covered for covered, _ in points], [risk for _, risk in points])
    axes.set(
        title="risk by coverage", xlabel="share answered", ylabel="share wrong", xlim=(0, 1), ylim=(0, 1)
    )


def _latency(axes: Axes, held: SetReport) -> None:
    times = sorted(j.response.took_ms for j in held.ours.judgements if j.response.took_ms)
    axes.plot(times, [(at + 1) / len(times) for at in range(len(times))])
    axes.set(title="time to an answer", xlabel="ms", ylabel="share of questions", xscale="log", ylim=(0, 1))
