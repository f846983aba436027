"""What was read from the tables of a report: cells with the place of their figures, and what could not be read for certain."""

from __future__ import annotations

from dataclasses import dataclass, field

from gov_ie.tables.lines import Piece
from gov_ie.tables.splits import MAX_COUNT


@dataclass(frozen=True)
class TableCell:
    """A figure of a form: where it stands in the text, and whether it stood apart there or had to be cut out of run-together digits."""

    value: float | int
    start: int
    end: int
    apart: bool = True


@dataclass
class TableReading:
    """The cells of one table by their path below ``Report.tables`` (``applications.received.total``).

    Attributes:
        cells: the figures that are certain.
        unsure: paths of cells that are printed, but could be read in more than one way.
        warnings: what a reader should know.
    """

    cells: dict[str, TableCell] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    def put(self, path: str, value: float | int, piece: Piece, *, apart: bool = True) -> None:
        """A cell, as long as none was read for the same path before; a count of more digits than any body has is none."""
        if isinstance(value, int) and abs(value) >= 10**MAX_COUNT and not path.endswith("amount"):
            self.unsure.add(path)
            return
        self.cells.setdefault(path, TableCell(value, piece.start, piece.end, apart))

    def update(self, other: TableReading) -> None:
        """Add what another reading holds; what was read first stays."""
        self.cells = {**other.cells, **self.cells}
        self.unsure |= other.unsure - self.cells.keys()
        self.warnings += other.warnings


def quoted(text: str) -> str:
    """A short quotation for a warning."""
    return text if len(text) <= 24 else text[:24] + "…"
