"""The tables of a web page: which of them are tables at all, and where each cell stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, islice

from lxml.html import HtmlElement

from gov_ie.reading.grid import RawCell
from gov_ie.reading.web.main_text import Block

#: The largest table that is kept as a grid.
MAX_CELLS, MAX_COLUMNS = 50_000, 300
#: Wider spans are slips of the pen and reach to the end of the table.
_WIDEST_SPAN = 60
#: So many of them are stretched; each is compared with all other cells.
_MOST_WIDE = 200
#: A cell with more text than this is a piece of a page, not of a table.
_LONG_CELL = 400
#: A row of one cell is running text from this length on, if it holds a sentence.
_LONG_ROW = 60

#: The lines inside an element: what a walker of pages gives.
Lines = Callable[[HtmlElement], list[Block]]


def whole(value: str | None, otherwise: int) -> int:
    """A whole number in an attribute; anything else counts as not given."""
    return int(value) if value and re.fullmatch(r"\s*-?[0-9]{1,9}\s*", value) else otherwise


def read_table(table: HtmlElement, lines_of: Lines, warnings: list[str]) -> list[Block] | None:
    """The table as grids and the prose between them; ``None`` where it only lays out other things: to be walked like any element."""
    rows, rest = _own_rows(table)
    if table.get("role") == "presentation" or max(map(len, rows), default=0) < 2 or any(_holds_table(cell) for row in rows for cell in row):
        return None
    read = [[(cell, lines_of(cell)) for cell in row] for row in rows]
    lines = [line for row in read for _, inner in row for line in inner]
    if 2 * sum(line.linked for line in lines) > sum(line.solid for line in lines):
        return None
    blocks = [Block(table, text) for element in rest for text in _stray(element, lines_of)]
    for prose, group in groupby(read, key=lambda row: _is_prose([inner for _, inner in row])):
        piece = list(group)
        if prose or max(map(len, piece)) < 2:
            blocks += [line for row in piece for _, inner in row for line in inner]
        elif any(inner for row in piece for _, inner in row):
            cells = _placed([[(cell, "\n".join(line.text for line in inner)) for cell, inner in row] for row in piece])
            if cells is None:
                warnings.append(f"a table of more than {MAX_CELLS} cells or {MAX_COLUMNS} columns is read as text")
                blocks += [Block(table, "\t".join(" ".join(line.text for line in inner) for _, inner in row)) for row in piece]
            else:
                blocks.append(Block(table, "\n".join(cell.text for cell in cells), sum(line.linked for row in piece for _, inner in row for line in inner), tuple(cells)))
    return blocks


def _own_rows(table: HtmlElement) -> tuple[list[list[HtmlElement]], list[HtmlElement]]:
    """The cells of a table row by row, without those of tables inside; cells outside rows make rows of their own. Then the elements with other text."""
    rows: list[list[HtmlElement]] = []
    rest = [table]
    last: HtmlElement | None = None
    waiting = list(reversed(table))
    while waiting:
        element = waiting.pop()
        if element.tag in ("td", "th"):
            row = next(element.iterancestors("tr", "table"))
            if row is not last:
                rows.append([])
            rows[-1].append(element)
            last = row
        elif element.tag == "caption":
            last = None
        else:
            if element.tag == "tr":
                rows.append([])
                last = element
            waiting.extend(reversed(element))
        rest.append(element)
    return rows, rest


def _stray(element: HtmlElement, lines_of: Lines) -> Iterator[str]:
    """The caption, and text that stands in a table but in no cell."""
    if element.tag == "caption":
        yield from (line.text for line in lines_of(element))
    elif element.tag not in ("td", "th") and (element.text or "").strip():
        yield " ".join(element.text.split())
    if element.tag != "table" and (element.tail or "").strip():
        yield " ".join(element.tail.split())


def _holds_table(cell: HtmlElement) -> bool:
    """Whether a cell holds a table of more than one cell."""
    return any(len(list(islice(table.iter("td", "th"), 2))) > 1 for table in cell.iter("table"))


def _is_prose(row: list[list[Block]]) -> bool:
    """Whether a row of a table is running text: one sentence or more across the table, or as much text in a cell as no form has."""
    filled = ["".join(line.text for line in inner) for inner in row if inner]
    return any(len(text) > _LONG_CELL for text in filled) or (len(row) == 1 and bool(filled) and len(filled[0]) > _LONG_ROW and "。" in filled[0])


def _placed(rows: list[list[tuple[HtmlElement, str]]]) -> list[RawCell] | None:
    """The cells with their places in the grid, spans cut to what is there; ``None`` for a table beyond the limits."""
    if sum(map(len, rows)) > MAX_CELLS:
        return None
    taken: dict[int, int] = {}
    cells: list[RawCell] = []
    wide: list[int] = []
    for r, row in enumerate(rows):
        column = 0
        for cell, text in row:
            while taken.get(column, 0) > r:
                column += 1
            deep = whole(cell.get("rowspan"), 1)
            # 0 means «to the end», as does more than there is; negative spans mean nothing
            height = len(rows) - r if deep == 0 or deep > len(rows) - r else max(deep, 1)
            span = max(whole(cell.get("colspan"), 1), 1)
            if span > _WIDEST_SPAN:
                wide.append(len(cells))
                span = 1
            width = next((i for i in range(1, span) if taken.get(column + i, 0) > r), span)
            if column + width > MAX_COLUMNS:
                return None
            taken.update(dict.fromkeys(range(column, column + width), r + height))
            cells.append(RawCell(text, r, column, height, width))
            column += width
    ends = max((c.column + c.columns for c in cells), default=0)
    for i in wide[:_MOST_WIDE]:
        wide_cell = cells[i]
        others = [c.column for c in cells if c.column > wide_cell.column and c.row < wide_cell.row + wide_cell.rows and c.row + c.rows > wide_cell.row]
        cells[i] = replace(wide_cell, columns=min(others, default=ends) - wide_cell.column)
    return cells
