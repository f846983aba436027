"""Which readings of the rows of a table satisfy the sums down its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from gov_ie.forms import Relation
from gov_ie.tables.splits import MAX_SUMS, Cells, TooMany, add, subtract

Readings = Mapping[str, Sequence[Cells]]


@dataclass(frozen=True)
class Solution:
    """What is left of the readings of each row, and which of the relations down the table were satisfied on the way."""

    readings: dict[str, list[Cells]]
    satisfied: tuple[Relation, ...]

    def certain(self, row: str) -> list[int | None]:
        """The cells of a row: a figure where all readings that are left agree, else ``None``."""
        left = self.readings.get(row) or []
        return [column[0] if len(set(column)) == 1 else None for column in zip(*left, strict=True)] if left else []


def solve(readings: Readings, flow: Relation, outcomes: Relation, *, absent_is_zero: bool) -> Solution:
    """Keep the readings that take part in a solution of both sums: received + carried in = handled + carried out, outcomes = handled.

    Where no solution satisfies both (the report broke one of its own sums), the one that can be satisfied decides; where neither can,
    the rows stand as they are.

    Args:
        readings: for each row that was printed, the ways to read its cells.
        flow: the sum of requests in and out.
        outcomes: the sum of the outcomes.
        absent_is_zero: whether a row without cells counts as zeros; where not, a sum that needs it is left out.
    """
    kept = {row: list(dict.fromkeys(cells)) for row, cells in readings.items() if cells}
    if prod(min(len(c), 2) for c in kept.values()) == 1:
        return Solution(kept, ())
    for chosen in ((flow, outcomes), (outcomes,), (flow,)):
        usable = [r for r in chosen if absent_is_zero or all(row in kept for row in (*r.left, *r.right))]
        if len(usable) < len(chosen):
            continue
        try:
            left = _filter(kept, flow if flow in chosen else None, outcomes if outcomes in chosen else None)
        except TooMany:
            continue
        if left is not None:
            return Solution({**kept, **left}, tuple(chosen))
    return Solution(kept, ())


def _filter(rows: dict[str, list[Cells]], flow: Relation | None, outcomes: Relation | None) -> dict[str, list[Cells]] | None:
    """The readings that take part in a solution of the relations given; ``None`` when there is no solution."""
    width = len(next(iter(rows.values()))[0])
    zero: list[Cells] = [(0,) * width]

    def of(row: str) -> list[Cells]:
        return rows.get(row) or zero

    handled = set(of("handled"))
    kept: dict[str, list[Cells]] = {}
    if outcomes is not None:
        # forwards: which sums the first rows can have; backwards: which of those lead to a printed total
        most = tuple(max(column) for column in zip(*handled, strict=True))
        sums: list[set[Cells]] = [{zero[0]}]
        for row in outcomes.left:
            reached = {s for s in (add(before, cells) for before in sums[-1] for cells in of(row)) if all(a <= b for a, b in zip(s, most, strict=True))}
            if len(reached) > MAX_SUMS:
                raise TooMany
            sums.append(reached)
        handled &= sums[-1]
    if flow is not None:
        handled, flowing = _flow(of, handled, flow)
        kept.update(flowing)
    if not handled:
        return None
    kept["handled"] = [c for c in of("handled") if c in handled]
    if outcomes is not None:
        wanted = handled
        for row, before in zip(reversed(outcomes.left), reversed(sums[:-1]), strict=True):
            kept[row] = [cells for cells in of(row) if any(subtract(after, cells) in before for after in wanted)]
            wanted = {b for cells in kept[row] for after in wanted if (b := subtract(after, cells)) in before}
    return {row: cells for row, cells in kept.items() if row in rows}


def _flow(of, handled: set[Cells], flow: Relation) -> tuple[set[Cells], dict[str, list[Cells]]]:  # type: ignore[no-untyped-def]
    """Readings of the four rows of the flow of requests that agree with each other."""
    (received, carried_in), (_, carried_out) = flow.left, flow.right
    if len(of(received)) * len(of(carried_in)) * len(handled) > MAX_SUMS * 10:
        raise TooMany
    outs = set(of(carried_out))
    fits = [(r, i, h, o) for r in of(received) for i in of(carried_in) for h in handled if (o := subtract(add(r, i), h)) in outs]
    columns = list(zip(*fits, strict=True)) if fits else [(), (), (), ()]
    named = {row: [c for c in of(row) if c in set(column)] for row, column in zip((received, carried_in, carried_out), (columns[0], columns[1], columns[3]), strict=True)}
    return set(columns[2]), named
