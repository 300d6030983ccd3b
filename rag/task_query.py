"""What is wanted of the duty register: its filters and the order of what they leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rag.errors import BadFilterError

TaskSort = Literal["due", "document"]


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """Which tasks are wanted; an empty filter leaves all of them.

    `documents` are ids; `places` and `units` are names in full or for short, any of them may fit. With `lead_only`
    a named unit must lead, and without a named unit the task must say who leads. `due_from` and `due_to` are
    the first and the last day that a deadline may fall on; `overdue_at` leaves the deadlines before that day.
    `recurring` leaves what has a frequency, `rhythm` what has this one (an ISO 8601 duration: P1M). All words of
    `topic` must occur in the duty or in its headings. Documents answer that apply today, or were issued by the day
    `as_of` and applied on it; those that were repealed or replaced only with `include_withdrawn`, or named by their id.
    Raises BadFilterError for days that leave no room for a deadline.
    """

    documents: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    lead_only: bool = False
    due_from: date | None = None
    due_to: date | None = None
    overdue_at: date | None = None
    recurring: bool = False
    rhythm: str = ""
    topic: str = ""
    sort: TaskSort = "document"
    as_of: date | None = None
    include_withdrawn: bool = False

    def __post_init__(self) -> None:
        if self.due_from and self.due_to and self.due_from > self.due_to:
            raise BadFilterError(
                f"got due_from {self.due_from} after due_to {self.due_to}, expected due_from <= due_to",
                f"期限起日 {self.due_from} 晚于止日 {self.due_to}，请对调或改正",
            )
        if self.due_from and self.overdue_at and self.due_from >= self.overdue_at:
            raise BadFilterError(
                f"got due_from {self.due_from} and overdue_at {self.overdue_at}, expected due_from < overdue_at: "
                "what is overdue was due before that day",
                f"期限起日 {self.due_from} 应早于逾期基准日 {self.overdue_at}：逾期的任务期限都在基准日之前",
            )

    def within(self, other: TaskQuery) -> TaskQuery:
        """What both want: the days that both allow, and the units of `other` where this names none.

        Raises BadFilterError where no day is left.
        """
        return replace(
            self,
            units=self.units or other.units,
            due_from=max(filter(None, (self.due_from, other.due_from)), default=None),
            due_to=min(filter(None, (self.due_to, other.due_to)), default=None),
        )

    @property
    def dated(self) -> bool:
        """Whether only tasks with a day to keep are wanted."""
        return bool(self.due_from or self.due_to or self.overdue_at)

    def holds(self, due: date | None) -> bool:
        """Whether a task that is due on that day, None for no day, may be wanted."""
        if due is None:
            return not self.dated
        return (
            (self.due_from is None or self.due_from <= due)
            and (self.due_to is None or due <= self.due_to)
            and (self.overdue_at is None or due < self.overdue_at)
        )
