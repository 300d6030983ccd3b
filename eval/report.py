"""Figures as people read them: tables of sets, systems and groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from eval.bars import Miss
from eval.difference import Difference, differences
from eval.figures import Figures, Report, SetReport
from eval.groups import COMPARED, GROUPINGS
from eval.metrics import mean
from eval.ranking import HIT
from eval.response import DEPTH
from eval.saved import values_of
from eval.table import Layout, Table

COLUMNS: dict[str, str] = {
    "questions": "n",
    "hit_1": "hit@1",
    "hit_3": "hit@3",
    "hit_5": "hit@5",
    "mrr": "MRR@10",
    "recall_5": "rec@5",
    "coverage": "cov@10",
    "span": "span",
    "span_in_place": "span*",
    "refused": "refused",
    "wrongly_refused": "wrongly",
    "raw_hit_1": "raw@1",
    "raw_hit_3": "raw@3",
    "raw_hit_5": "raw@5",
    "raw_mrr": "rawMRR",
    "calibration": "ECE",
    "ask_p50": "p50 ms",
    "ask_p99": "p99 ms",
}
LEGEND = (
    "rec@5, cov@10: share of the golds shown, of questions that need all; span: marked among the first three, "
    "span*: and in a right citation; refused: unanswerable ones; wrongly: answerable ones refused; raw: ranking "
    "ignoring refusals; ECE: gap between score and share of right; intervals: 95%, paired bootstrap"
)
AGAINST_PEERS = ("hit_1", "hit_5", "mrr", "recall_5")
IN_MILLISECONDS = "ms"
NOTHING = "—"


def written(sets: Sequence[SetReport], layout: Layout) -> str:
    """Every table, and what the columns mean."""
    tables = [*summary(sets), *(table for held in sets for table in details(held))]
    return "\n\n".join([*map(layout, tables), *notes(sets)])


def notes(sets: Sequence[SetReport]) -> list[str]:
    """What the columns mean, and what to bear in mind of a set."""
    return [LEGEND, *(held.caution for held in sets if held.caution)]


def summary(sets: Sequence[SetReport]) -> Iterator[Table]:
    """All sets at once: figures, hits by rank, the lead over the peers, homes."""
    yield overall(sets)
    yield by_rank(sets)
    if any(len(held.reports) > 1 for held in sets):
        yield leads(sets)
    yield homes(sets)


def details(held: SetReport) -> Iterator[Table]:
    """The product by every grouping that tells questions apart, and all systems side by side."""
    for name, labels in GROUPINGS.items():
        groups = held.ours.by(labels)
        if len(groups) > 1:
            yield _figures(f"{held.name}, {name}", groups)
            if name in COMPARED and len(held.reports) > 1:
                yield _compared(held, name)


def overall(sets: Sequence[SetReport]) -> Table:
    """Every system of every set, all questions together."""
    return _figures("set · system", {_name(held, report): report.overall for held, report in _all(sets)})


def by_rank(sets: Sequence[SetReport]) -> Table:
    """The share of answerable questions with a right result among the first 1, 2, … 10."""
    ranks = range(1, DEPTH + 1)
    rows = (
        (_name(held, report), *(cell(share) for share in hits_by_rank(report))) for held, report in _all(sets)
    )
    return Table(("hit at", *map(str, ranks)), tuple(rows))


def hits_by_rank(report: Report) -> list[float | None]:
    """hit@1 … hit@10."""
    names = [HIT.format(depth) for depth in range(1, DEPTH + 1)]
    return [mean(j.values[name] for j in report.judgements if name in j.values) for name in names]


def leads(sets: Sequence[SetReport]) -> Table:
    """How far the product is ahead of each peer, with intervals."""
    rows = []
    for held in sets:
        ours = values_of(held.ours)
        for report in held.reports[1:]:
            found = {one.measure: one for one in differences(values_of(report), ours)}
            cells = (_interval(found.get(measure)) for measure in AGAINST_PEERS)
            rows.append((f"{held.name} · {held.ours.system} − {report.system}", *cells))
    return Table(("lead", *(COLUMNS[measure] for measure in AGAINST_PEERS)), tuple(rows))


def homes(sets: Sequence[SetReport]) -> Table:
    """How big each home is and what it took to make it."""
    rows = (
        (
            held.name,
            str(held.documents),
            str(held.passages),
            NOTHING if held.made is None else f"{held.made.seconds:.1f}",
            NOTHING if held.made is None or held.made.megabytes is None else f"{held.made.megabytes:.0f}",
        )
        for held in sets
    )
    return Table(("home", "documents", "passages", "making s", "peak MB"), tuple(rows))


def changes(name: str, found: Iterable[Difference]) -> Table:
    """A set's figures in an earlier run and now."""
    rows = (
        (COLUMNS[one.measure], str(one.questions), cell(one.before), cell(one.now), _interval(one),
         str(one.higher), str(one.lower))
        for one in found
    )  # fmt: skip
    return Table(
        (f"{name}, against the earlier run", "n", "before", "now", "change", "higher", "lower"), tuple(rows)
    )


def bar_lines(name: str, misses: Iterable[Miss]) -> str:
    """One line for each bar missed."""
    return "\n".join(
        f"bar missed: {name} {miss.bar.figure} is {miss.got:.3f}, "
        f"the bar is {'≤' if miss.bar.at_most else '≥'} {miss.bar.limit:g}"
        for miss in misses
    )


def cell(value: float | int | None) -> str:
    """A figure with three decimals, a count as it is."""
    if value is None:
        return NOTHING
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _all(sets: Iterable[SetReport]) -> Iterator[tuple[SetReport, Report]]:
    return ((held, report) for held in sets for report in held.reports)


def _name(held: SetReport, report: Report) -> str:
    return f"{held.name} · {report.system}"


def _figures(name: str, groups: Mapping[str, Figures]) -> Table:
    used = [key for key in COLUMNS if any(getattr(figures, key) is not None for figures in groups.values())]
    rows = (
        (label, *(_figure(key, getattr(figures, key)) for key in used)) for label, figures in groups.items()
    )
    return Table((name, *(COLUMNS[key] for key in used)), tuple(rows))


def _figure(key: str, value: float | int | None) -> str:
    in_milliseconds = value is not None and COLUMNS[key].endswith(IN_MILLISECONDS)
    return f"{value:.1f}" if in_milliseconds else cell(value)


def _compared(held: SetReport, name: str) -> Table:
    """Each system's hit@1 / hit@3 for each group."""
    groups = [report.by(GROUPINGS[name]) for report in held.reports]
    rows = (
        (label, *(f"{cell(group[label].hit_1)} / {cell(group[label].hit_3)}" for group in groups))
        for label in groups[0]
        if groups[0][label].hit_1 is not None
    )
    head = (f"{held.name}, {name}, hit@1 / hit@3", *(report.system for report in held.reports))
    return Table(head, tuple(rows))


def _interval(found: Difference | None) -> str:
    return NOTHING if found is None else f"{found.change:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"
