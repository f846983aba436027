"""A table as a file printed it: cells with their place in the grid and in the text, and the builder that writes both in one go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

_BREAKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}\d])|(?<=\d) (?=[{_HAN}])")


@dataclass(frozen=True)
class Cell:
    """One cell: ``text == source.text[start:end]``; ``row`` and ``column`` count from 0, ``rows`` and ``columns`` are its spans."""

    text: str
    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    page: int | None = None


@dataclass(frozen=True)
class Grid:
    """A table: its cells in reading order (a merged cell once, at its upper left corner) and the stretch of the text that holds it."""

    cells: tuple[Cell, ...]
    start: int
    end: int

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((c.column + c.columns for c in self.cells), default=0)

    def rows(self) -> Iterator[list[Cell]]:
        """The cells row by row; a cell stands in the row in which it begins."""
        for _, cells in groupby(self.cells, key=lambda cell: cell.row):
            yield list(cells)


@dataclass
class RawCell:
    """A cell before its text has a place: what a reader builds up and hands to :meth:`TextBuilder.table`."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    page: int | None = None


class TextBuilder:
    """Writes the text of a source, paragraph by paragraph and table by table, and keeps where each cell and page stands.

    A paragraph ends in one line feed; a table stands row by row, its cells parted by tabs, between blank lines.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.grids: list[Grid] = []
        self.pages: list[int] = []

    @property
    def length(self) -> int:
        """Characters written so far."""
        return self._length

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def page(self) -> None:
        """The next page begins here."""
        self.pages.append(self._length)

    def paragraph(self, text: str) -> None:
        """A paragraph, as it is; nothing is written for a blank one."""
        if text.strip():
            self._write(text.rstrip("\n") + "\n")

    def table(self, cells: Iterable[RawCell]) -> Grid:
        """A table; line ends and runs of blanks inside a cell become one blank, none between Chinese characters."""
        if self._parts and not self._parts[-1].endswith("\n\n"):
            self._write("\n")
        start = self._length
        placed: list[Cell] = []
        for _, row in groupby(sorted(cells, key=lambda c: (c.row, c.column)), key=lambda c: c.row):
            for i, cell in enumerate(row):
                if i:
                    self._write("\t")
                text = _BETWEEN_HAN.sub("", _BREAKS.sub(" ", cell.text).strip())
                placed.append(Cell(text, self._length, self._length + len(text), cell.row, cell.column, cell.rows, cell.columns, cell.page))
                self._write(text)
            self._write("\n")
        grid = Grid(tuple(placed), start, self._length)
        self._write("\n")
        self.grids.append(grid)
        return grid
