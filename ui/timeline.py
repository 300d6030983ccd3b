"""When tasks fall due, as bars over the months: an inline SVG that needs no library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ui.lights import Light, light

MOST_BARS = 48
"""Bars that the chart has room for (12–120); a longer span than so many months is told by the year."""
MONTHS_A_YEAR = 12
TALLEST, BAR, STEP = 72, 16, 22
"""The height of the tallest bar, the width of each, and how far apart they begin, in pixels."""
BASE = 92
"""Where the bars stand, in pixels from the top; above is room for the counts."""
HEIGHT = 130
"""The height of the drawing in pixels; below the bars is room for months and years."""
MONTH_AT, YEAR_AT = 17, 34
"""How far below the bars months and years are written."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the year it begins or lies in, its month (None for a whole year), how many are due, and their light.

    The light is that of the last day of them.
    """

    year: int
    month: int | None
    count: int
    light: Light | None

    @property
    def name(self) -> str:
        """The month or year in words."""
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"


def timeline(days: Sequence[date], at: date) -> str:
    """The tasks due in each month as an SVG figure, coloured by their light seen `at` a day; empty without days."""
    if not days:
        return ""
    shown = bars(days, at)
    tallest = max(bar.count for bar in shown)
    drawn = "".join(_drawn(bar, number, tallest, shown) for number, bar in enumerate(shown))
    told = "；".join(f"{bar.name} {bar.count} 项" for bar in shown if bar.count)
    width = len(shown) * STEP
    return (
        f'<figure class="timeline"><figcaption>{"每月" if shown[0].month else "每年"}到期的任务</figcaption>'
        f'<div class="strip"><svg width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" role="img" '
        f'aria-label="{told}"><line class="base" x1="0" y1="{BASE}" x2="{width}" y2="{BASE}"/>{drawn}</svg></div></figure>'
    )


def bars(days: Sequence[date], at: date) -> list[Bar]:
    """One bar for each month from the first day to the last; for each year where that would be too many.

    Years too far apart for that too leave out those in which nothing is due, and the earliest of the others.
    """
    months = [day.year * MONTHS_A_YEAR + day.month - 1 for day in days]
    monthly = max(months) - min(months) < MOST_BARS
    periods = months if monthly else [day.year for day in days]
    counted, last = Counter(periods), {period: day for day, period in sorted(zip(days, periods, strict=True))}
    span: Sequence[int] = range(min(periods), max(periods) + 1)
    if len(span) > MOST_BARS:
        span = sorted(counted)[-MOST_BARS:]

    def bar(period: int) -> Bar:
        year, month = (period // MONTHS_A_YEAR, period % MONTHS_A_YEAR + 1) if monthly else (period, None)
        return Bar(year, month, counted[period], light(last[period], at) if period in last else None)

    return [bar(period) for period in span]


def _drawn(bar: Bar, number: int, tallest: int, shown: Sequence[Bar]) -> str:
    left, middle = number * STEP + (STEP - BAR) // 2, number * STEP + STEP // 2
    parts = list(_column(bar, left, middle, tallest))
    if bar.month:
        parts.append(f'<text class="month" x="{middle}" y="{BASE + MONTH_AT}">{bar.month}</text>')
    if not bar.month or number == 0 or bar.year != shown[number - 1].year:
        parts.append(f'<text class="year" x="{left}" y="{BASE + YEAR_AT}">{bar.year}</text>')
    return "".join(parts)


def _column(bar: Bar, left: int, middle: int, tallest: int) -> Iterator[str]:
    if not bar.count:
        return
    height = max(round(bar.count / tallest * TALLEST), 2)
    top = BASE - height
    yield (
        f'<g><title>{bar.name}：{bar.count} 项</title><rect class="{bar.light}" x="{left}" y="{top}" '
        f'width="{BAR}" height="{height}"/><text class="count" x="{middle}" y="{top - 5}">{bar.count}</text></g>'
    )
