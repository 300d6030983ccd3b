"""A run as one page of HTML that needs nothing else: the tables, and each set's plots."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from eval.figures import SetReport
from eval.plots import plots
from eval.report import details, notes, summary
from eval.table import as_html

STYLE = """
body { font: 14px/1.5 system-ui, sans-serif; margin: 2em; color: #222; }
table { border-collapse: collapse; margin: 1em 0 2em; font-variant-numeric: tabular-nums; }
th, td { padding: .2em .7em; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
.plots { display: flex; flex-wrap: wrap; gap: 1em; }
"""


def page(sets: Sequence[SetReport]) -> str:
    """The whole page."""
    return "\n".join(_parts(sets))


def _parts(sets: Sequence[SetReport]) -> Iterator[str]:
    yield f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>yiju eval</title><style>{STYLE}</style>'
    yield "</head><body><h1>yiju eval</h1>"
    yield from map(as_html, summary(sets))
    yield from (f"<p>{html.escape(note)}</p>" for note in notes(sets))
    for held in sets:
        yield f'<h2>{html.escape(held.name)}</h2>\n<div class="plots">'
        yield from plots(held)
        yield "</div>"
        yield from map(as_html, details(held))
    yield "</body></html>\n"
