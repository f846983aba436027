"""A table drawn into a text with tags, borders or blanks: its cells as stretches of the text, and the text rewritten as if the table had been marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from gov_ie.reading.grid import Cell, Grid

_PRINTED = re.compile(r"\S(?:.*\S)?", re.DOTALL)


@dataclass(frozen=True)
class DrawnCell:
    """A cell: its place in the grid, its spans, and the stretches of the text that hold its words, in reading order."""

    row: int
    column: int
    rows: int
    columns: int
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Drawing:
    """A table that takes up ``text[start:end]``."""

    start: int
    end: int
    cells: tuple[DrawnCell, ...]


@dataclass
class View:
    """A text with its drawn tables rewritten row by row, tabs between their cells, and the grids of these.

    Attributes:
        text: the rewritten text.
        grids: the tables in it, their cells pointing into ``text``.
    """

    text: str
    grids: list[Grid]
    _starts: list[int] = field(default_factory=list)
    _origins: list[tuple[int, int]] = field(default_factory=list)  # of each stretch that was kept: where it was, how long it is
    _tables: list[tuple[Grid, Drawing]] = field(default_factory=list)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the original text for a stretch of this one; of words from several places there, the first."""
        if not self._starts:
            return start, end
        at = max(bisect_right(self._starts, start) - 1, 0)
        origin, length = self._origins[at]
        first = origin + min(start - self._starts[at], length)
        return first, max(first, min(origin + end - self._starts[at], origin + length))

    def stretch_back(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the original text for a stretch of this one that may run over many places; a table that is mostly in it is taken whole."""
        if not self._starts:
            return start, end
        first, _ = self.back(start, start)
        at = max(bisect_right(self._starts, max(end - 1, start)) - 1, 0)
        origin, length = self._origins[at]
        last = origin + min(max(end - self._starts[at], 0), length)
        for grid, drawing in self._tables:
            inside = min(end, grid.end) - max(start, grid.start)
            if inside > 0 and 2 * inside >= grid.end - grid.start:
                first, last = min(first, drawing.start), max(last, drawing.end)
        return first, max(first, last)


def rewrite(text: str, drawings: Sequence[Drawing]) -> View:
    """The text with these tables rewritten; they stand in order and do not overlap."""
    view = View("", [])
    writer = _Writer(text, view)
    at = 0
    for drawing in drawings:
        writer.copy(at, drawing.start)
        writer.table(drawing)
        at = drawing.end
    writer.copy(at, len(text))
    view.text = "".join(writer.parts)
    return view


class _Writer:
    def __init__(self, text: str, view: View) -> None:
        self.source = text
        self.view = view
        self.parts: list[str] = []
        self.length = 0

    def copy(self, start: int, end: int) -> None:
        if start < end:
            self.view._starts.append(self.length)
            self.view._origins.append((start, end - start))
            self.write(self.source[start:end])

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def table(self, drawing: Drawing) -> None:
        self.write("\n")
        start, cells = self.length, []
        for _, row in groupby(sorted(drawing.cells, key=lambda c: (c.row, c.column)), key=lambda c: c.row):
            for i, cell in enumerate(row):
                if i:
                    self.write("\t")
                cells.append(self.cell(cell))
            self.write("\n")
        grid = Grid(tuple(cells), start, self.length)
        self.view.grids.append(grid)
        self.view._tables.append((grid, drawing))

    def cell(self, cell: DrawnCell) -> Cell:
        start = self.length
        text = ""
        for first, last in cell.pieces:
            printed = _PRINTED.search(self.source, first, last)
            if printed is None:
                continue
            if text and text[-1].isascii() and printed.group()[0].isascii():
                self.write(" ")
                text += " "
            self.copy(*printed.span())
            text += printed.group()
        return Cell(text, start, self.length, cell.row, cell.column, cell.rows, cell.columns)
