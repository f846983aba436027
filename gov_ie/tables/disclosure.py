"""The table of information disclosed (主动公开政府信息情况): rows found by their labels, columns by the section they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gov_ie.forms import Disclosure, Label, Section
from gov_ie.tables.columns import Headers, apart, find_headers, place_cells
from gov_ie.tables.items import Item, read_items
from gov_ie.tables.labels import RowLabels
from gov_ie.tables.lines import Line, Piece, parse_money, parse_number
from gov_ie.tables.reading import TableReading, quoted

Values = tuple[float | int | None, ...]
_COUNT = re.compile(r"0|[1-9]\d*")
_CHANGE = re.compile(r"[+\-]?(?:0|[1-9]\d*)")
_AMOUNT = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?(?:万元|元)?")


def read_disclosure(lines: Sequence[Line], form: Disclosure, printed: str, *, sparse: bool) -> TableReading:
    """Read the table from its lines.

    Args:
        lines: of the table.
        form: what it should look like.
        printed: its whole text, for the units in its header.
        sparse: whether empty cells may have vanished where digits run together.
    """
    items = read_items(lines)
    reading = TableReading()
    rows = [(section, row) for section in form.sections for row in section.rows]
    labels = RowLabels([row for _, row in rows])
    found: dict[int, Item] = {}
    for item in items:
        match = labels.match(item.label) or labels.match(item.before)
        if match is not None:
            found.setdefault(match.row, item)
    for index, item in found.items():
        section, row = rows[index]
        units = {column.key: _unit(printed, column, form.money.get(f"{row.key}.{column.key}", "元")) for column in section.columns}
        alike = [found[i] for i, (s, _) in enumerate(rows) if i in found and len(s.columns) == len(section.columns)]
        headers = find_headers(alike, lines, section.columns, one_label=True)
        _read_row(reading, section, row, item, units, headers, sparse=sparse)
    return reading


def is_sparse(lines: Sequence[Line], form: Disclosure) -> bool:
    """Whether a row of run-together digits is missing, or has fewer digits than cells: then empty cells vanished."""
    rows = [(len(section.columns), row) for section in form.sections for row in section.rows]
    labels = RowLabels([row for _, row in rows])
    items = [(match.row, item) for item in read_items(lines) if not item.placed and (match := labels.match(item.label) or labels.match(item.before)) is not None]
    return bool(items) and (len({row for row, _ in items}) < len(rows) or any(len(item.cells) == 1 and len(item.cells[0].text) < rows[row][0] for row, item in items))


def _unit(printed: str, column: Label, otherwise: str) -> str:
    """The unit of money that the header of a column names."""
    words = r"\s*".join(map(re.escape, re.split("[（(]", column.label)[0]))
    header = re.search(words + r"\s*[（(][^）)万元]{0,12}(万?)\s*元", printed)
    return header.group(1) + "元" if header else otherwise


def _read_row(reading: TableReading, section: Section, row: Label, item: Item, units: dict[str, str], headers: Headers, *, sparse: bool) -> None:
    width = len(section.columns)
    cells = place_cells(item, width, headers) if item.placed else item.cells if len(item.cells) == width and apart(item.cells) and not item.merged else None
    if cells is not None:
        for column, cell in zip(section.columns, cells, strict=True):
            value = _value(cell.plain, column, units) if cell is not None else None
            if cell is not None and value is not None:
                reading.put(f"disclosure.{row.key}.{column.key}", value, cell)
        return
    runs = _runs(item.cells) if not item.merged else []
    paths = [f"disclosure.{row.key}.{column.key}" for column in section.columns]
    if len(runs) != 1 or item.placed:
        reading.unsure.update(paths)
        return
    (run,) = runs
    ways = list(_cuts(run.plain, section.columns, units, sparse=sparse and width > 1))
    for path, values in zip(paths, zip(*ways, strict=True) if ways else [()] * width, strict=True):
        if len(set(values)) == 1 and values[0] is not None:
            reading.put(path, values[0], run, apart=width == 1)
        else:
            reading.unsure.add(path)
    if len(ways) != 1:
        reading.warnings.append(f"table of disclosure, {row.label}: the digits {quoted(run.text)} can be read in {len(ways) or 'no'} ways")


def _runs(cells: Sequence[Piece]) -> list[Piece]:
    """The figures, those that touch each other taken together."""
    runs: list[Piece] = []
    for cell in cells:
        if runs and runs[-1].end == cell.start:
            runs[-1] = Piece(runs[-1].text + cell.text, runs[-1].start, cell.end)
        else:
            runs.append(cell)
    return runs


def _value(text: str, column: Label, units: dict[str, str]) -> float | int | None:
    if not text:
        return None
    if column.key == "amount":
        return parse_money(text, units["amount"])
    number = parse_number(text)
    return number if isinstance(number, int) else None


def _cuts(run: str, columns: Sequence[Label], units: dict[str, str], *, sparse: bool) -> Iterator[Values]:
    """The ways to cut run-together figures into the columns; ``sparse`` where empty cells may have vanished."""
    for values in _cut(run, columns, units, sparse=sparse):
        named = dict(zip((c.key for c in columns), values, strict=True))
        before, change = named.get("previous_items"), named.get("change")
        # there cannot be fewer items than none
        if before is None or change is None or before + change >= 0:
            yield values


def _cut(run: str, columns: Sequence[Label], units: dict[str, str], *, sparse: bool) -> Iterator[Values]:
    if not columns:
        if not run:
            yield ()
        return
    column, rest = columns[0], columns[1:]
    if sparse:
        for values in _cut(run, rest, units, sparse=sparse):
            yield (None, *values)
    pattern = {"change": _CHANGE, "amount": _AMOUNT}.get(column.key, _COUNT)
    for end in range(1, min(len(run), 16) + 1):
        head = run[:end]
        if pattern.fullmatch(head) and (column.key != "amount" or end == len(run)):
            for values in _cut(run[end:], rest, units, sparse=sparse):
                yield (_value(head, column, units), *values)
