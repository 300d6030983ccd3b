"""Ruled tables of a PDF page: rules make a grid, the grid's cells hold characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final

from corpus.pdf_glyphs import Box, Glyph
from corpus.pdf_rules import Rule

TOUCH: Final = 4.0
"""Rules that come within this of one another meet (points, 2–6)."""
COVERED: Final = 0.5
"""Two cells are parted where rules cover this share of the side between them (0.3–0.8)."""
MOST_RULES: Final = 50_000
"""A page with more pieces of rules than this is a drawing, not a table (1,000–100,000)."""
MOST_LINES: Final = 1_000
"""A page with more whole rules than this is a drawing, too (100–2,000)."""
MOST_CELLS: Final = 20_000
"""A grid of more cells than this is a drawing, not a table (1,000–100,000)."""
FEWEST_CELLS: Final = 2
"""A grid of fewer cells than this is a frame around text (2–4)."""

Place = tuple[int, int]
"""A cell's row and column, from 0."""


@dataclass
class Grid:
    """A ruled table: where its rows and columns begin and end, and which places belong to one merged cell."""

    rows: list[float]
    columns: list[float]
    owner: dict[Place, Place]
    held: dict[Place, list[Glyph]] = field(default_factory=dict)

    @property
    def top(self) -> float:
        """Its upper edge, in points from the page's top."""
        return self.rows[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.rows[-1]

    def place(self, glyph: Glyph) -> Place | None:
        """The cell in which the middle of the character stands; None outside the table."""
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        row, column = bisect_right(self.rows, y) - 1, bisect_right(self.columns, x) - 1
        if not (0 <= row < len(self.rows) - 1 and 0 <= column < len(self.columns) - 1):
            return None
        return self.owner[row, column]

    def extents(self) -> dict[Place, Box]:
        """Each cell's left, top, right and bottom, by its first place."""
        boxes: dict[Place, Box] = {}
        for (row, column), owner in self.owner.items():
            left, top, right, bottom = boxes.get(owner, (inf, inf, -inf, -inf))
            boxes[owner] = (
                min(left, self.columns[column]), min(top, self.rows[row]),
                max(right, self.columns[column + 1]), max(bottom, self.rows[row + 1]),
            )  # fmt: skip
        return boxes


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that rules make, from the top; single frames and drawings are none."""
    if len(rules) > MOST_RULES:
        return []
    merged = _merged(rules)
    if len(merged) > MOST_LINES:
        return []
    grids = (_grid(group) for group in _connected(merged))
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.top)


def share_out(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> list[Glyph]:
    """Put each character into the cell it stands in; return those outside all tables."""
    outside = []
    for glyph in glyphs:
        for grid in grids:
            place = grid.place(glyph)
            if place is not None:
                grid.held.setdefault(place, []).append(glyph)
                break
        else:
            outside.append(glyph)
    return outside


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules with those that continue or double one another made one."""
    merged: list[Rule] = []
    for rule in sorted(rules):
        for index in range(len(merged) - 1, -1, -1):
            last = merged[index]
            if last.across != rule.across or rule.at - last.at > TOUCH / 2:
                merged.append(rule)
                break
            if rule.start <= last.end + TOUCH and last.start <= rule.end + TOUCH:
                merged[index] = Rule(
                    last.across, last.at, min(last.start, rule.start), max(last.end, rule.end)
                )
                break
        else:
            merged.append(rule)
    return merged


def _connected(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Groups of rules that cross or touch, directly or by others."""
    across = [rule for rule in rules if rule.across]
    down = [rule for rule in rules if not rule.across]
    group = {rule: index for index, rule in enumerate(rules)}
    members = {index: [rule] for index, rule in enumerate(rules)}
    for flat in across:
        for upright in down:
            if group[flat] == group[upright] or not _meet(flat, upright):
                continue
            smaller, larger = sorted((group[flat], group[upright]), key=lambda index: len(members[index]))
            for rule in members.pop(smaller):
                group[rule] = larger
                members[larger].append(rule)
    yield from members.values()


def _meet(flat: Rule, upright: Rule) -> bool:
    return (
        flat.start - TOUCH <= upright.at <= flat.end + TOUCH
        and upright.start - TOUCH <= flat.at <= upright.end + TOUCH
    )


def _grid(rules: Sequence[Rule]) -> Grid | None:
    across = [rule for rule in rules if rule.across]
    down = [rule for rule in rules if not rule.across]
    if not across or not down:
        return None
    # A side without a rule of its own ends where the rules that meet it end.
    rows = _edges([rule.at for rule in across], [end for rule in down for end in (rule.start, rule.end)])
    columns = _edges([rule.at for rule in down], [end for rule in across for end in (rule.start, rule.end)])
    cells = (len(rows) - 1) * (len(columns) - 1)
    if not FEWEST_CELLS <= cells <= MOST_CELLS:
        return None
    owner = _owners(rows, columns, across, down)
    return Grid(rows, columns, owner) if len(set(owner.values())) >= FEWEST_CELLS else None


def _edges(ruled: Sequence[float], ends: Sequence[float]) -> list[float]:
    """The places of rules, near ones made one, and the outermost ends where these lie further out."""
    edges: list[float] = []
    for at in sorted(ruled):
        if not edges or at - edges[-1] > TOUCH:
            edges.append(at)
    outer = 2 * TOUCH
    if min(ends) < edges[0] - outer:
        edges.insert(0, min(ends))
    if max(ends) > edges[-1] + outer:
        edges.append(max(ends))
    return edges


def _owners(
    rows: Sequence[float], columns: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> dict[Place, Place]:
    """For each place the first place of its cell: places without a rule between them are one cell."""
    flat = _by_edge(rows, across)
    upright = _by_edge(columns, down)
    owner: dict[Place, Place] = {}

    def root(place: Place) -> Place:
        while owner[place] != place:
            place = owner[place]
        return place

    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            place = (row, column)
            owner[place] = place
            side = (columns[column], columns[column + 1])
            if row and not _covered(side, flat[row]):
                _join(owner, root((row - 1, column)), root(place))
            side = (rows[row], rows[row + 1])
            if column and not _covered(side, upright[column]):
                _join(owner, root((row, column - 1)), root(place))
    return {place: root(place) for place in owner}


def _join(owner: dict[Place, Place], one: Place, other: Place) -> None:
    first, second = min(one, other), max(one, other)
    owner[second] = first


def _by_edge(edges: Sequence[float], rules: Sequence[Rule]) -> list[list[Rule]]:
    return [[rule for rule in rules if abs(rule.at - edge) <= TOUCH] for edge in edges]


def _covered(side: tuple[float, float], rules: Sequence[Rule]) -> bool:
    start, end = side
    covered = sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in rules)
    return covered >= COVERED * (end - start)
