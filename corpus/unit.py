"""A unit that a text names as responsible, and the list of those that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UnitRole = Literal["lead", "joint", "support", "duty", "standing"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One named unit, half-open, in characters of the text it was found in, with the list it stands in.

    `role`: lead 牵头 (also who stands before 会同), joint 会同, support 配合, duty 负责; standing is the remark
    that covers all clauses that follow (以下均需各社区负责), which names nobody for this clause in particular.
    """

    start: int
    end: int
    role: UnitRole
    group_start: int
    group_end: int


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The unbroken list of units of one role, from the first unit's first character to the last one's last."""

    start: int
    end: int
    role: UnitRole
    units: tuple[Unit, ...]
