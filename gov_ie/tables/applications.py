"""The table of requests (收到和处理政府信息公开申请情况): rows of figures → rows and columns of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gov_ie.forms import Applications
from gov_ie.tables.columns import Headers, find_headers, place_cells, sums_up
from gov_ie.tables.items import Item, read_items
from gov_ie.tables.labels import RowLabels
from gov_ie.tables.lines import Line, Piece, han, parse_number
from gov_ie.tables.reading import TableReading, quoted
from gov_ie.tables.solve import solve
from gov_ie.tables.splits import MARKS, Cells, TooMany, split_row, split_sparse

_GLUED = re.compile(r"[\d/—]+")


def read_applications(lines: Sequence[Line], form: Applications) -> TableReading:
    """Read the table of requests from its lines."""
    items = read_items(lines)
    width = len(form.columns)
    rows = [piece for item in items for piece in _rows_of(item, width)]
    placed, doubtful = align(rows, form, han("".join(cell.text for line in lines for cell in line.cells)))
    reading = TableReading()
    if doubtful:
        names = "、".join(form.rows[row].label for row in doubtful)
        reading.warnings.append(f"table of requests: which figures stand beside {quoted(names)} could not be told by label or place, left out")
        reading.unsure |= {_path(form, row, column.key) for row in doubtful for column in form.columns}
    glued = {row: item for row, item in placed.items() if _is_glued(item)}
    if sum(len(item.cells[0].text) > 1 for item in glued.values()) < 2 and len(glued) < 3:
        glued = {}
    # Cells that hold figures of several columns show that the columns of the print are not those of the form.
    loose = any(item.merged for item in placed.values())
    headers = find_headers(list(placed.values()), lines, form.columns)
    for row, item in placed.items():
        if row not in glued:
            _read_apart(reading, form, row, item, headers, loose=loose)
    _doubt(reading, form, {row: item for row, item in placed.items() if row not in glued and not item.exact}, torn=bool(doubtful))
    if glued:
        _read_glued(reading, form, {form.rows[row].key: item.cells[0] for row, item in glued.items()}, sums=not doubtful)
    return reading


def _path(form: Applications, row: int, column: str) -> str:
    return f"applications.{form.rows[row].key}.{column}"


def is_sparse(lines: Sequence[Line], form: Applications) -> bool | None:
    """Whether empty cells vanished where digits run together; ``None`` where they do not run together.

    They did where many rows have fewer digits than cells, or one has enough but none of its cuts adds up.
    """
    glued = [item.cells[0].plain for item in read_items(lines) if _is_glued(item)]
    width = len(form.columns)
    return _sparse(glued, width) if len(glued) >= 3 else None


def _sparse(glued: Sequence[str], width: int) -> bool:
    short = sum(len(digits) < width for digits in glued)
    return len(glued) < 10 or short > 0.2 * len(glued) or sum(len(digits) > width and not _splits(digits, width) for digits in glued) > 1


def _splits(digits: str, width: int) -> bool:
    try:
        return bool(split_row(digits, width))
    except TooMany:
        return True


def _rows_of(item: Item, width: int) -> Iterator[Item]:
    """A run of figures as long as several rows is that many rows, the label that of the first."""
    count = len(item.cells)
    if item.placed or count <= width or count % width:
        yield item
        return
    yield replace(item, cells=item.cells[:width])
    for at in range(width, count, width):
        yield replace(item, label="", before="", cells=item.cells[at : at + width])


# -- which row is which ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Anchor:
    item: int
    row: int
    score: float


def align(items: Sequence[Item], form: Applications, printed: str) -> tuple[dict[int, Item], list[int]]:
    """Rows of the form → rows of figures, in the order of both; the second value are rows of the form whose figures are there, but cannot be told apart.

    Rows whose label was met are anchors. Rows of figures without one, between two anchors, are placed by their order when they are as
    many as the rows of the form that are missing there; a row of whose label nothing stands in ``printed``, the Chinese characters of the
    table, is none of them (some bodies print 其他处理 in one row).
    """
    labels = RowLabels(form.rows)
    anchors = _in_order([anchor for i, item in enumerate(items) if (anchor := _anchor(i, item, labels)) is not None])
    placed = {a.row: items[a.item] for a in anchors}
    doubtful: list[int] = []
    ends = [_Anchor(-1, -1, 1.0), *anchors, _Anchor(len(items), len(form.rows), 1.0)]
    for left, right in pairwise(ends):
        between = [i for i in range(left.item + 1, right.item) if _is_row(items[i], form)]
        rows = list(range(left.row + 1, right.row))
        if len(between) < len(rows):
            rows = [row for row in rows if not labels.absent(row, printed)]
        if len(between) == len(rows):
            placed.update({row: items[i] for row, i in zip(rows, between, strict=True)})
        elif between:
            doubtful += rows
    return placed, doubtful


def _anchor(index: int, item: Item, labels: RowLabels) -> _Anchor | None:
    match = labels.match(item.label, least=0.72)
    if match is None and item.label:
        # The label may be wrapped, its first half on the line before; what stands beside the figures is then its end.
        wrapped = labels.match(item.before, least=0.72)
        match = wrapped if wrapped is not None and labels.holds(wrapped.row, item.label) else labels.match(item.label)
    return None if match is None else _Anchor(index, match.row, match.score)


def _in_order(anchors: list[_Anchor]) -> list[_Anchor]:
    """The heaviest chain of anchors whose rows follow each other as in the form."""
    best: list[tuple[float, int]] = []
    for i, anchor in enumerate(anchors):
        before = max(((best[j][0], j) for j in range(i) if anchors[j].row < anchor.row), default=(0.0, -1))
        best.append((before[0] + anchor.score, before[1]))
    chain = []
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    while at >= 0:
        chain.append(anchors[at])
        at = best[at][1]
    return chain[::-1]


def _is_row(item: Item, form: Applications) -> bool:
    """Whether it is as wide as a row; a stray figure is none."""
    return len(item.cells) >= len(form.columns) or len(item.cells[0].text) >= len(form.columns)


# -- figures that stand apart ------------------------------------------------------------------------------------------


def _is_glued(item: Item) -> bool:
    return not item.placed and len(item.cells) == 1 and _GLUED.fullmatch(item.cells[0].plain) is not None


def _read_apart(reading: TableReading, form: Applications, row: int, item: Item, headers: Headers, *, loose: bool) -> None:
    """A row whose figures stand apart: by their place, or, where empty cells vanished, the total alone."""
    width = len(form.columns)
    cells = place_cells(item, width, headers) if item.placed else item.cells if len(item.cells) == width and (not item.merged or sums_up(item.cells)) else None
    if loose and item.placed and not item.exact and sum(item.marked) != width:
        cells = None
    if cells is not None:
        for column, cell in zip(form.columns, cells, strict=True):
            value = parse_number(cell.text) if cell is not None and cell.text else None
            if cell is not None and isinstance(value, int):
                reading.put(_path(form, row, column.key), value, cell)
        return
    if len(item.cells) > width:
        reading.warnings.append(f"table of requests, {form.rows[row].label}: {len(item.cells)} figures for {width} columns, left out")
    # Empty cells vanished, or the table has fewer columns: only the total can be told, by being the sum of the others.
    filled = [cell for cell in item.cells if cell.text]
    total = parse_number(filled[-1].text)
    if len(item.cells) < width and isinstance(total, int) and total > 0 and sums_up(filled):
        reading.put(_path(form, row, form.columns[-1].key), total, filled[-1])
    reading.unsure |= {_path(form, row, column.key) for column in form.columns} - reading.cells.keys()


def _doubt(reading: TableReading, form: Applications, rows: dict[int, Item], *, torn: bool) -> None:
    """Take back rows of a print that does not keep its columns: many totals are none there, or empty cells vanished beside one that is none."""
    width = len(form.columns)
    paths = {row: [_path(form, row, column.key) for column in form.columns] for row in rows}
    parts = {row: [reading.cells[path].value for path in paths[row][:-1] if path in reading.cells] for row in rows}
    totals = {row: reading.cells[paths[row][-1]].value if paths[row][-1] in reading.cells else None for row in rows}
    odd = {row for row in rows if parts[row] and _is_odd(parts[row], totals[row])}
    filled = sum(any(values) for values in parts.values())
    short = torn or any(not item.placed and len(item.cells) < width for item in rows.values())
    scattered = len(odd) > 2 and 4 * len(odd) > filled
    doubtful = [row for row, item in rows.items() if (row in odd and (scattered or (short and not item.placed))) or (scattered and parts[row] and not any(parts[row]))]
    if not doubtful:
        return
    names = "、".join(form.rows[row].label for row in doubtful)
    reading.warnings.append(f"table of requests: the figures beside {quoted(names)} do not add up in a print whose columns are uncertain, left out")
    for row in doubtful:
        reading.unsure |= reading.cells.keys() & set(paths[row])
        for path in paths[row]:
            reading.cells.pop(path, None)


def _is_odd(parts: Sequence[float], total: float | None) -> bool:
    """Whether a row does not add up; one without a total (some bodies print none for outcomes) is odd where its last figure looks like it."""
    if total is not None:
        return sum(parts) != total
    filled = [part for part in parts if part]
    return len(filled) >= 2 and sum(filled[:-1]) == filled[-1]


# -- figures run together ----------------------------------------------------------------------------------------------


def _read_glued(reading: TableReading, form: Applications, digits: dict[str, Piece], *, sums: bool) -> None:
    """Rows whose digits run together: the cuts that every sum of the form allows; ``sums`` whether those down the table can be used."""
    width = len(form.columns)
    full = not _sparse([piece.plain for piece in digits.values()], width)
    (outcomes,) = [r for r in form.down if r.right == ("handled",)]
    (flow,) = [r for r in form.down if r.right != ("handled",)]
    readings: dict[str, list[Cells]] = {}
    complete: dict[str, dict[int, set[Cells | None]]] = {}
    for key, piece in digits.items():
        try:
            if full:
                readings[key] = split_row(piece.plain, width) or _only_cut(piece.plain, width)
            else:
                sparse = {(total, cells) for total, cells in split_sparse(piece.plain, width) if total or cells}
                readings[key] = [(total,) for total in sorted({total for total, _ in sparse})]
                complete[key] = {total: {cells for t, cells in sparse if t == total} for total in {t for t, _ in sparse}}
        except TooMany:
            readings[key] = []
            reading.warnings.append(f"table of requests: the digits {quoted(piece.text)} can be read in too many ways, left out")
    # A row that is there but has no reading leaves the sums down the table open; a row that is not there holds nothing.
    unread = any(not found for found in readings.values())
    solution = solve(readings, flow, outcomes, absent_is_zero=sums and not unread)
    for key, piece in digits.items():
        left = solution.readings.get(key) or []
        cells: list[int | None] = solution.certain(key)
        if not full and cells:
            total = cells[0]
            whole = complete[key].get(total, {None}) if total is not None else {None}
            (only,) = whole if len(whole) == 1 else (None,)
            cells = [*only] if only is not None else [*[None] * (width - 1), total]
        for column, value, place in zip(form.columns, cells or [None] * width, _places(piece, cells, left, full), strict=True):
            path = f"applications.{key}.{column.key}"
            if place.plain in MARKS:
                continue
            if value is not None and not (value == 0 and place is piece and any(mark in piece.plain for mark in MARKS)):
                reading.put(path, value, place, apart=False)
            else:
                reading.unsure.add(path)
        if (full and len(left) != 1) or not left:
            reading.warnings.append(f"table of requests: the digits {quoted(piece.text)} can be read in {len(left) or 'no'} way{'s' * (len(left) != 1)} that the sums allow, left out")


def _only_cut(digits: str, width: int) -> list[Cells]:
    """One digit a cell, where there are as many: the only cut there is, whether its sum holds or not."""
    return [tuple(map(int, digits))] if len(digits) == width and digits.isdigit() else []


def _places(piece: Piece, cells: Sequence[int | None], left: Sequence[Cells], full: bool) -> list[Piece]:
    """Where each cell stands in the digits; where its borders are not known, the whole of them."""
    lengths = {tuple(len(str(v)) for v in row) for row in left} if full else set()
    if not full and cells and None not in cells:
        lengths = {tuple(len(str(v)) for v in cells)}
    if len(lengths) == 1:
        places, at = [], 0
        for length in next(iter(lengths)):
            places.append(piece.cut(at, at + length))
            at += length
        return places
    width = len(cells) or 7
    places = [piece] * width
    if cells and cells[-1] is not None:
        places[-1] = piece.cut(len(piece.text) - len(str(cells[-1])), len(piece.text))
    return places
