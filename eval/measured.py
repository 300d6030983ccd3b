"""One thing measured, with its unit and the bar it has to clear."""

from __future__ import annotations

from dataclasses import dataclass

BARS: dict[str, float] = {
    "ask, warm, p50": 5,
    "ask, warm, p99": 20,
    "yiju ask from a cold shell": 3,
    "server ready": 8,
    "server memory": 700,
    "add a short text": 2,
}
"""The most that each of these may be, in its own unit."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement with its unit."""

    what: str
    value: float
    unit: str

    @property
    def cells(self) -> tuple[str, str, str]:
        """The row of a table: what, value with unit, bar."""
        bar = f"≤ {BARS[self.what]:g}" if self.what in BARS else ""
        return self.what, f"{self.value:,.2f} {self.unit}", bar
