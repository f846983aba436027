"""What stands on a printed page, and the tables that its ruled lines make: shared by PDF files and scans.

All places are in points (1/72 inch), x to the right and y *downwards* from the upper left corner of the page as it is read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from gov_ie.reading.grid import RawCell
from gov_ie.reading.pages.lines import Glyph, cell_text

#: Lines nearer to each other than this are one line drawn twice, or the two strokes of a double border.
TOLERANCE = 3.0
#: More rules than this on one page are no table but a drawing.
MAX_RULES = 6000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along the page or down the page; its thickness is left out of account."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it is wider than high."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass
class Page:
    """One page as printed: upright, with everything that was rotated turned back. ``number`` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule] = field(default_factory=list)


@dataclass
class Table:
    """A table on a page: cells that cover it without overlap, and the places of its column edges (``width + 1`` of them)."""

    top: float
    bottom: float
    edges: list[float]
    cells: list[RawCell]

    @property
    def height(self) -> int:
        """Number of rows."""
        return max((c.row + c.rows for c in self.cells), default=0)


@dataclass
class Frame:
    """The empty cells of a ruled table: ``owner[i][j]`` is the index into ``boxes`` of the cell that covers row ``i``, column ``j``."""

    xs: list[float]
    ys: list[float]
    boxes: list[tuple[int, int, int, int]]
    owner: list[list[int]]

    def find(self, x: float, y: float) -> int | None:
        """The cell around a point, ``None`` outside of the table."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.owner[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]

    def area(self, index: int) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom of a cell."""
        row, column, rows, columns = self.boxes[index]
        return self.xs[column], self.ys[row], self.xs[column + columns], self.ys[row + rows]


def frames(rules: Sequence[Rule]) -> list[Frame]:
    """The tables that rules make, from above; a box around prose (one column, or one cell) is none."""
    across = _merged([(r.top + r.bottom) / 2, r.x0, r.x1] for r in rules if r.is_horizontal)
    down = _merged([(r.x0 + r.x1) / 2, r.top, r.bottom] for r in rules if not r.is_horizontal)
    if len(across) + len(down) > MAX_RULES:
        return []
    found = [_frame([across[i] for i in hs], [down[i] for i in vs]) for hs, vs in _crossing(across, down)]
    return sorted((f for f in found if f is not None), key=lambda f: f.ys[0])


def _merged(lines: Iterable[list[float]]) -> list[tuple[float, float, float]]:
    """Lines (place, from, to) on about the same place that touch, overlap, or are the dashes of one line, made one; short ones left out."""
    result: list[list[float]] = []
    for group in _clusters(sorted(lines), lambda line: line[0], 1.2):
        place = sum(line[0] for line in group) / len(group)
        for line in sorted(group, key=lambda line: line[1]):
            if result and result[-1][0] == place and line[1] <= result[-1][2] + TOLERANCE:
                result[-1][2] = max(result[-1][2], line[2])
            else:
                result.append([place, line[1], line[2]])
    return [(p, a, b) for p, a, b in result if b - a >= 6]


def _clusters(ordered: Iterable[T], key: Callable[[T], float], gap: float) -> list[list[T]]:
    """Neighbours in an ordered row that are no further apart than ``gap``."""
    groups: list[list[T]] = []
    for item in ordered:
        if groups and key(item) - key(groups[-1][-1]) <= gap:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _crossing(across: list[tuple[float, float, float]], down: list[tuple[float, float, float]]) -> list[tuple[list[int], list[int]]]:
    """Groups of lines that hang together by touching each other."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    # ``across`` is ordered by place: only the lines between the ends of a vertical one are looked at
    places = [y for y, _, _ in across]
    for v, (x, top, bottom) in enumerate(down):
        for h in range(bisect_right(places, top - TOLERANCE), bisect_right(places, bottom + TOLERANCE)):
            if across[h][1] - TOLERANCE <= x <= across[h][2] + TOLERANCE:
                parent[root(len(across) + v)] = root(h)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for i in range(len(parent)):
        part = groups.setdefault(root(i), ([], []))
        part[0 if i < len(across) else 1].append(i if i < len(across) else i - len(across))
    return [g for g in groups.values() if g[0] and g[1]]


def _frame(across: list[tuple[float, float, float]], down: list[tuple[float, float, float]]) -> Frame | None:
    # a table that is open at its sides, or cut by a page break, ends where its lines end
    ends_x = [min(h[1] for h in across), max(h[2] for h in across)]
    ends_y = [min(v[1] for v in down), max(v[2] for v in down)]
    xs = [sum(g) / len(g) for g in _clusters(sorted([v[0] for v in down] + ends_x), float, TOLERANCE)]
    ys = [sum(g) / len(g) for g in _clusters(sorted([h[0] for h in across] + ends_y), float, TOLERANCE)]
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > 40_000:
        return None
    right = _walls(down, xs, ys)
    below = _walls(across, ys, xs)
    n, m = len(ys) - 1, len(xs) - 1
    owner = [[-1] * m for _ in range(n)]
    boxes: list[tuple[int, int, int, int]] = []
    for i in range(n):
        for j in range(m):
            if owner[i][j] >= 0:
                continue
            columns = 1
            while j + columns < m and owner[i][j + columns] < 0 and not right[j + columns][i]:
                columns += 1
            rows = 1
            while i + rows < n and all(
                owner[i + rows][k] < 0 and not below[i + rows][k] and (k == j or not right[k][i + rows]) for k in range(j, j + columns)
            ):
                rows += 1
            for a in range(i, i + rows):
                for b in range(j, j + columns):
                    owner[a][b] = len(boxes)
            boxes.append((i, j, rows, columns))
    return _compressed(xs, ys, boxes)


def _walls(lines: list[tuple[float, float, float]], places: list[float], between: list[float]) -> list[list[bool]]:
    """``walls[k][i]``: whether a line on ``places[k]`` covers most of the stretch from ``between[i]`` to ``between[i + 1]``."""
    covered = [[0.0] * (len(between) - 1) for _ in places]
    for place, start, end in lines:
        k = min(range(len(places)), key=lambda k: abs(places[k] - place))
        for i in range(len(between) - 1):
            covered[k][i] += max(0.0, min(end, between[i + 1]) - max(start, between[i]))
    return [[covered[k][i] > 0.5 * (between[i + 1] - between[i]) for i in range(len(between) - 1)] for k in range(len(places))]


def _compressed(xs: list[float], ys: list[float], boxes: list[tuple[int, int, int, int]]) -> Frame | None:
    """Without the edges at which no cell begins."""
    columns, rows = sorted({b[1] for b in boxes}), sorted({b[0] for b in boxes})
    if len(columns) < 2 or len(boxes) < 2:
        return None
    x_at = {old: new for new, old in enumerate([*columns, len(xs) - 1])}
    y_at = {old: new for new, old in enumerate([*rows, len(ys) - 1])}

    def upto(index: dict[int, int], edge: int) -> int:
        return min(new for old, new in index.items() if old >= edge)

    small = [(y_at[i], x_at[j], upto(y_at, i + r) - y_at[i], upto(x_at, j + c) - x_at[j]) for i, j, r, c in boxes]
    owner = [[-1] * len(columns) for _ in rows]
    for k, (i, j, r, c) in enumerate(small):
        for a in range(i, i + r):
            for b in range(j, j + c):
                owner[a][b] = k
    return Frame([xs[k] for k in x_at], [ys[k] for k in y_at], small, owner)


def filled(frame: Frame, glyphs: Iterable[Glyph], page: int | None) -> tuple[Table, list[Glyph]]:
    """The table with the characters in its cells, and the characters that stand outside of it."""
    inside: dict[int, list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph in glyphs:
        at = frame.find(glyph.x, glyph.y)
        if at is None:
            outside.append(glyph)
        else:
            inside.setdefault(at, []).append(glyph)
    cells = [RawCell(cell_text(inside.get(k, ()), frame.xs[j + c] - frame.xs[j]), i, j, r, c, page) for k, (i, j, r, c) in enumerate(frame.boxes)]
    return Table(frame.ys[0], frame.ys[-1], frame.xs, cells), outside
