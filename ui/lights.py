"""How a deadline stands on a given day, as a traffic light."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal

Light = Literal["overdue", "soon", "later", "undated"]

SOON: Final = timedelta(days=30)
"""How long before its day a deadline is called near (1–365 days)."""


def light(due: date | None, at: date) -> Light:
    """The light of what is due on that day (None: on no day), seen `at` another; its own day still keeps a deadline.

    >>> light(date(2024, 12, 31), date(2025, 1, 1)), light(date(2024, 12, 31), date(2024, 12, 31))
    ('overdue', 'soon')
    """
    if due is None:
        return "undated"
    if due < at:
        return "overdue"
    # Days, not sums of days: the last days of the calendar have no thirty after them.
    return "soon" if due - at <= SOON else "later"
