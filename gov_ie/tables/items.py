"""The rows of figures in a stretch of print, in reading order, each with the words that may be its label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from gov_ie.tables.lines import Line, Piece, find_numbers, is_blank, is_label, parse_number


@dataclass
class Item:
    """A row of figures.

    Attributes:
        label: the words on its own line, or, where every cell has a line of its own, those before it.
        before: all words since the row before.
        cells: its figures; an empty cell is an empty piece.
        placed: whether its cells are marked and empty ones kept, so that a cell's place tells its column.
        columns, width, exact: then the columns of the line in which its cells begin, how many the line has, and whether none is lost.
        marked: then whether something is printed in each cell, a figure or a stroke for none.
        merged: else, whether a marked cell held several of its figures.
        lines: else, on how many lines its figures stand.
    """

    label: str
    before: str
    cells: list[Piece]
    placed: bool
    columns: tuple[int, ...] = ()
    width: int = 0
    exact: bool = False
    marked: tuple[bool, ...] = ()
    merged: bool = False
    lines: int = 1


def read_items(lines: Iterable[Line]) -> list[Item]:
    """The rows of figures in some lines; a row without any figure is left out, its words stay with the next."""
    reader = _Reader()
    for line in lines:
        reader.line(line)
    return reader.finish()


class _Reader:
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.words: list[str] = []
        self.open: Item | None = None

    def line(self, line: Line) -> None:
        run = _value_run(line) if line.gridded else None
        if line.gridded and any(_several(cell) for cell in line.cells):
            # columns were lost; where empty ones went with them, nothing tells
            before = len(self.items)
            self.open = None
            for cell in line.cells:
                self._running(cell)
            for item in self.items[before:]:
                item.merged = True
            self.open = None
        elif run is not None:
            self._row(line, *run)
        elif line.gridded and not any(_mixed(cell) for cell in line.cells):
            self.words += [c.text for c in line.cells]
            self.open = None
        else:
            for cell in line.cells:
                self._running(cell)

    def _row(self, line: Line, first: int, last: int) -> None:
        label = "".join(dict.fromkeys(c.text for c in line.cells[:first] if is_label(c.text)))
        self.words.append(label)
        cells = line.cells[first:last]
        marked = tuple(bool(c.text) for c in cells)
        self._add(Item(label, "".join(self.words), [_value(c) for c in cells], placed=True, columns=line.columns[first:last], width=line.width, exact=line.exact, marked=marked))
        self.open = None

    def _running(self, piece: Piece) -> None:
        """Words and numbers of a line without marked cells; numbers go on from line to line until words come."""
        at = 0
        label = ""
        for number in find_numbers(piece):
            words = piece.text[at : number.start - piece.start]
            at = number.end - piece.start
            if _says_something(words):
                self.open = None
                label = words
                self.words.append(words)
            if self.open is None:
                self._add(Item(label, "".join(self.words), [number], placed=False))
                self.open = self.items[-1]
            else:
                self.open.cells.append(number)
                self.open.lines += not piece.text[: number.start - piece.start].strip()
        rest = piece.text[at:]
        if _says_something(rest):
            self.words.append(rest)
            self.open = None

    def _add(self, item: Item) -> None:
        self.items.append(item)
        self.words = []

    def finish(self) -> list[Item]:
        # Where each cell has a line of its own, the words before a row are its label.
        running = [item for item in self.items if not item.placed]
        spread = sum(item.lines > len(item.cells) / 2 and len(item.cells) > 1 for item in running)
        if running and spread > len(running) / 2:
            for item in running:
                item.label = item.label or item.before
        return [item for item in self.items if any(cell.text for cell in item.cells)]


def _value(cell: Piece) -> Piece:
    return cell.cut(0, 0) if is_blank(cell.text) else cell


def _mixed(cell: Piece) -> bool:
    return is_label(cell.text) and any(True for _ in find_numbers(cell))


def _several(cell: Piece) -> bool:
    """Whether a cell holds figures of several columns."""
    return not is_label(cell.text) and parse_number(cell.text) is None and sum(1 for _ in islice(find_numbers(cell), 2)) > 1


def _says_something(words: str) -> bool:
    return any(not c.isspace() and c not in "|｜*#()（）-—_" for c in words)


def _value_run(line: Line) -> tuple[int, int] | None:
    """The longest run of cells without words that holds a number; ``None`` when there is none."""
    best: tuple[int, int] | None = None
    for first, last in _runs(line):
        if any(parse_number(c.text) is not None for c in line.cells[first:last]) and (best is None or last - first > best[1] - best[0] or (first > 0 and best[0] == 0 and best[1] == 1)):
            best = first, last
    return best


def _runs(line: Line) -> Iterator[tuple[int, int]]:
    first = 0
    for i, cell in enumerate(line.cells):
        if not is_blank(cell.text) and parse_number(cell.text) is None:
            if i > first:
                yield first, i
            first = i + 1
    if first < len(line.cells):
        yield first, len(line.cells)
