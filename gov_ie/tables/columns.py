"""Which column of a form each cell of a row stands in, by the row itself, by the header above it, or by the other rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from gov_ie.forms import Label
from gov_ie.tables.items import Item
from gov_ie.tables.lines import Line, Piece, han, is_label, parse_number


@dataclass(frozen=True)
class Header:
    """Where the columns of a form begin in lines of a certain width; ``repeated`` where a merged cell is printed in each column it covers."""

    starts: tuple[int, ...]
    repeated: bool = False


@dataclass(frozen=True)
class Headers:
    """The headers of the lines of a table, by the width of the lines.

    Where lines differ in width, cells at one of their ends are missing: empty ones at the right that were cut off, or, on the left, those
    that a merged cell covers.  ``ends`` says that lines of all widths end alike, ``begins`` that they begin alike; neither, that it is not known.
    """

    of: dict[int, Header]
    begins: bool = False
    ends: bool = False
    whole: bool = True  # no cells are missing at the right ends

    def place(self, item: Item, header: Header | None) -> list[Piece | None] | None:
        """The cell of each column by a header; where cells may be missing at both ends, only if the row adds up."""
        row = _by_header(item, header) if header is not None else None
        return row if row is None or item.exact or self.begins or self.whole or _is_sum(row) else None

    def near(self, width: int) -> Header | None:
        """The header for lines of a width for which none was seen."""
        if self.ends and self.of:
            size, header = next(iter(self.of.items()))
            starts = tuple(start - size + width for start in header.starts)
            return Header(starts) if starts[0] >= 0 else None
        return next((header for size, header in self.of.items() if size > width), None) if self.begins else None


def find_headers(items: Sequence[Item], lines: Sequence[Line], columns: Sequence[Label], *, one_label: bool = False) -> Headers:
    """Where the columns of a form begin in rows, by the rows that are full and the lines that print the labels.

    Args:
        items: rows of figures.
        lines: of the table.
        columns: of the form.
        one_label: whether every row has one cell with its label, so that none can be missing on the left.
    """
    of = {**_learned(items, len(columns)), **_printed(lines, columns)}
    ends, begins = False, one_label or any(_is_indented(line) for line in lines)
    if begins:
        pass
    elif len(of) > 1:
        ends = len({header.starts[0] - size for size, header in of.items()}) == 1
        begins = len({header.starts[0] for header in of.values()}) == 1
    elif of:
        # the right guess is the one by which totals are totals
        others = [item for item in items if item.placed and item.width not in of]
        right, left = (sum(_adds_up(item, headers.near(item.width)) for item in others) for headers in (Headers(of, ends=True), Headers(of, begins=True)))
        ends, begins = right > left, left > right
    return Headers(of, begins, ends, whole=any(line.gridded and not line.cells[-1].text for line in lines))


def _is_indented(line: Line) -> bool:
    """Whether empty cells stand before a label: then what merged cells cover is printed."""
    return line.gridded and not line.cells[0].text and any(is_label(cell.text) for cell in line.cells)


def _adds_up(item: Item, header: Header | None) -> bool:
    row = _by_header(item, header) if header is not None else None
    return row is not None and _is_sum(row)


def _is_sum(row: Sequence[Piece | None]) -> bool:
    return row[-1] is not None and parse_number(row[-1].text) != 0 and sums_up([cell for cell in row if cell is not None])


def _printed(lines: Sequence[Line], columns: Sequence[Label]) -> dict[int, Header]:
    """Width of lines → their header, by the lines that print all of their labels, over one or several lines of the same width."""
    names = [{han(name) for name in column.names} for column in columns]
    heads: dict[int, list[dict[int, int]]] = {}
    repeated: set[int] = set()
    for line in lines:
        if not line.gridded or any(parse_number(cell.text) is not None for cell in line.cells):
            continue
        labels = [next((i for i, known in enumerate(names) if han(cell.text) in known), None) for cell in line.cells]
        if any(a is not None and a == b for a, b in pairwise(labels)):
            repeated.add(line.width)
        heads.setdefault(line.width, []).append({at: i for at, i in zip(line.columns, labels, strict=True) if i is not None})
    headers = {width: Header(starts, width in repeated) for width, found in heads.items() if (starts := _starts(found, len(columns)))}
    if not headers and len(heads) > 1 and not any(line.piped for line in lines) and (starts := _starts([head for found in heads.values() for head in found], len(columns))):
        # Header lines that lost the empty cells at their ends differ in width.
        headers[max(heads)] = Header(starts)
    return headers


def _starts(heads: Sequence[dict[int, int]], columns: int) -> tuple[int, ...] | None:
    """Where each column begins, by the first of the lines that print its label; ``None`` unless all do, in their order."""
    starts: dict[int, int] = {}
    for head in heads:
        for at, column in sorted(head.items()):
            if column not in starts and at not in starts.values():
                starts[column] = at
    found = tuple(starts[column] for column in range(columns) if column in starts)
    return found if len(found) == columns and list(found) == sorted(set(found)) else None


def _learned(items: Iterable[Item], width: int) -> dict[int, Header]:
    """Width of rows → their header, by the rows that have a figure in each of them."""
    first: dict[int, Counter[tuple[int, ...]]] = {}
    for item in items:
        filled = [at for at, marked in zip(item.columns, item.marked, strict=True) if marked] if item.placed else []
        if len(filled) == width:
            first.setdefault(item.width, Counter())[tuple(filled)] += 1
    return {size: Header(counts.most_common(1)[0][0]) for size, counts in first.items()}


def place_cells(item: Item, width: int, headers: Headers) -> list[Piece | None] | None:
    """The cell of each column of a row whose cells are marked; ``None`` where that cannot be told."""
    cells = item.cells
    filled = [cell for cell in cells if cell.text]
    header = headers.of.get(item.width)
    if header is None and item.columns[0] > 0 and not item.exact:
        # a row whose label is torn off is another matter
        header = headers.near(item.width)
        if header is not None and filled and item.columns[cells.index(filled[0])] >= header.starts[0]:
            return headers.place(item, header)
    if header is not None and header.repeated and len(cells) > width:
        return _merged(cells, width)
    for row in (cells, [cell for cell, marked in zip(cells, item.marked, strict=True) if marked], filled):
        if len(row) == width:
            return [cell if cell.text else None for cell in row]
    if header is not None and filled and item.columns[cells.index(filled[0])] >= header.starts[0]:
        return headers.place(item, header)
    if headers.of and header is None and not headers.begins:
        return None
    if len(cells) > width:
        spare = len(cells) - width
        left, right = any(cell.text for cell in cells[:spare]), any(cell.text for cell in cells[-spare:])
        if (left and right) or (not left and not right and not item.exact):
            return None  # neither end is spare, or either may be
        return [cell if cell.text else None for cell in (cells[spare:] if right else cells[:width])]
    # The empty cells at its end are lost, unless the table has fewer columns, or the row looks as if it had.
    if item.exact or headers.ends or (headers.of and not headers.begins) or (len(filled) == len(cells) and sums_up(filled)):
        return None
    return [*(cell if cell.text else None for cell in cells), *[None] * (width - len(cells))]


def _merged(cells: Sequence[Piece], width: int) -> list[Piece | None] | None:
    """The row without the repetitions of its merged cells, where only one row can be meant."""
    same = [i for i, (a, b) in enumerate(pairwise(cells)) if a.plain == b.plain]
    spare = len(cells) - width
    if len(same) > 8:
        return None
    rows = {tuple(c.plain for i, c in enumerate(cells) if i not in dropped): dropped for dropped in combinations(same, spare)}
    if len(rows) != 1:
        return None
    (dropped,) = rows.values()
    return [cell if cell.text else None for i, cell in enumerate(cells) if i not in dropped]


def _by_header(item: Item, header: Header) -> list[Piece | None] | None:
    row: list[Piece | None] = [None] * len(header.starts)
    for at, cell in zip(item.columns, item.cells, strict=True):
        if not cell.text:
            continue
        column = max((i for i, start in enumerate(header.starts) if start <= at), default=0)
        if row[column] is not None:
            return None
        row[column] = cell
    return row


def sums_up(cells: Sequence[Piece]) -> bool:
    """Whether the last of several counts is the sum of the others."""
    values = [parse_number(cell.text) for cell in cells]
    counts = [v for v in values if isinstance(v, int)]
    return len(counts) == len(values) >= 2 and sum(counts[:-1]) == counts[-1]


def apart(cells: Sequence[Piece]) -> bool:
    """Whether something stands between the cells."""
    return all(a.end < b.start for a, b in pairwise(cells))
