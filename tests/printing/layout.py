"""The printed tables of a form: which label and which figure stands in which cell of the grid."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from printing.figures import FORMS, description, figure
from printing.style import Style, Wording

_SPANS = {
    # (spans of the headers, spans of the figures) for three, two and one columns of figures; what is left over on the right stays an empty cell
    "fine": {3: ((2, 2, 2), (2, 2, 2)), 2: ((3, 3), (3, 3)), 1: ((6,), (6,))},
    "coarse": {3: ((1, 1, 1), (1, 1, 1)), 2: ((1, 2), (1, 2)), 1: ((3,), (3,))},
    "crooked": {3: ((1, 2, 1), (2, 1, 1)), 2: ((2, 2), (2, 2)), 1: ((4,), (4,))},
    "ragged": {3: ((1, 1, 1), (1, 1, 1)), 2: ((1, 1), (1, 1)), 1: ((1,), (1,))},
}
#: Widths of the columns of the grid, the column of labels not counted; askew are borders that miss each other by little, as when rows were pasted in.
_WIDTHS = {"fine": (0.5,) * 6, "coarse": (1.0,) * 3, "crooked": (0.9, 0.2, 0.9, 1.0), "ragged": (1.0,) * 3}
_UNIT = "（单位：件）"
_REMARKS = "备注"


@dataclass(frozen=True)
class Cell:
    """A printed cell; ``role`` is heading, head, group, label, figure or empty, ``path`` says which figure it prints."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    role: str = "label"
    path: str | None = None


@dataclass(frozen=True)
class Table:
    """A printed table: its cells in reading order, the shares of its columns in the width, and how many rows are its header."""

    cells: tuple[Cell, ...]
    weights: tuple[float, ...]
    header: int = 0

    @property
    def height(self) -> int:
        """Number of rows."""
        return max(c.row + c.rows for c in self.cells)

    def rows(self) -> Iterator[list[Cell]]:
        """The cells row by row; a cell stands in the row in which it begins."""
        for _, row in groupby(self.cells, key=lambda c: c.row):
            yield list(row)

    def lattice(self) -> list[list[Cell]]:
        """Every place of the grid, row by row, with the cell that covers it."""
        places = {(r, c): cell for cell in self.cells for r in range(cell.row, cell.row + cell.rows) for c in range(cell.column, cell.column + cell.columns)}
        return [[places[r, c] for c in range(len(self.weights))] for r in range(self.height)]


@dataclass(frozen=True)
class Paragraph:
    """A line of text; ``role`` is title, heading, body or note."""

    text: str
    role: str = "body"


Block = Paragraph | Table


def form_blocks(tables: dict[str, Any], form: str, style: Style, rng: random.Random) -> list[Block]:
    """The headings and tables of a form, top to bottom; a table of which there are no contents at all is left out."""
    wording, described = Wording(style, rng), description(form)
    blocks: list[Block] = []
    for number, (name, keys) in zip("二三四", (("disclosure", ["disclosure"]), ("applications", ["applications"]), ("proceedings", ["reviews", "litigation"])), strict=True):
        if not any(key in tables for key in keys):
            continue
        if style.titles:
            others = [title for other in FORMS if (title := description(other)[name]["title"]) != described[name]["title"]]
            blocks.append(Paragraph(f"{number}、{wording.chosen(described[name]['title'], others)}", "heading"))
        if name == "disclosure":
            blocks += _disclosure(tables, described[name], wording)
        else:
            if style.unit == "line":
                blocks.append(Paragraph(wording.marks(_UNIT), "note"))
            blocks.append(_applications(tables, described[name], wording) if name == "applications" else _proceedings(tables, described[name], wording))
    return blocks


def _table(cells: list[Cell], weights: list[float], header: int = 0) -> Table:
    return Table(tuple(sorted(cells, key=lambda c: (c.row, c.column))), tuple(weights), header)


def _disclosure(tables: dict[str, Any], described: dict[str, Any], wording: Wording) -> list[Block]:
    style = wording.style
    units = len(_WIDTHS[style.grid])
    weights = [1.0, *_WIDTHS[style.grid]]
    blocks: list[Block] = []
    cells: list[Cell] = []
    row = 0
    for section in described["sections"]:
        heading = wording.marks(section["heading"])
        if style.sections != "one":
            cells, row = [], 0
        if style.sections == "headed":
            blocks.append(Paragraph(heading, "note"))
        else:
            cells.append(Cell(heading, row, 0, columns=1 + units, role="heading"))
            row += 1
        heads, spans = _SPANS[style.grid][len(section["columns"])]
        labels = [wording.label(column["label"], column["variants"]) for column in section["columns"]]
        cells.append(Cell(wording.label(described["corner"]), row, 0, role="head"))
        cells += _in_line(labels, heads, row, units, "head")
        for line in section["rows"]:
            row += 1
            cells.append(Cell(wording.label(line["label"], line["variants"]), row, 0))
            paths = [f"disclosure.{line['key']}.{column['key']}" for column in section["columns"]]
            texts = []
            for path, label in zip(paths, labels, strict=True):
                value, unit = figure(tables, path), described["money"].get(path.removeprefix("disclosure."))
                texts.append(wording.amount(value, unit=unit, head=label.replace(" ", "").replace("\n", "")) if unit else wording.count(value, signed=path.endswith(".change")))
            cells += _in_line(texts, spans, row, units, "figure", paths)
        row += 1
        if style.sections != "one":
            blocks.append(_table(cells, weights))
    if style.sections == "one":
        blocks.append(_table(cells, weights))
    return blocks


def _in_line(texts: list[str], spans: tuple[int, ...], row: int, units: int, role: str, paths: list[str] | None = None) -> list[Cell]:
    cells, column = [], 1
    for i, (text, span) in enumerate(zip(texts, spans, strict=True)):
        cells.append(Cell(text, row, column, columns=span, role=role, path=paths[i] if paths else None))
        column += span
    return cells + [Cell("", row, at, role="empty") for at in range(column, 1 + units)]


def _applications(tables: dict[str, Any], described: dict[str, Any], wording: Wording) -> Table:
    style, columns = wording.style, described["columns"]
    everything, organizations = described["headings"]
    width = 3 + len(columns)
    unit = wording.marks(_UNIT) if style.unit == "head" else ""
    cells = [Cell(wording.marks(described["note"]), 0, 0, rows=3, columns=3, role="head"), Cell(wording.label(everything) + unit, 0, 3, columns=len(columns), role="head")]
    below = [i for i, column in enumerate(columns) if column.get("under") == organizations]
    cells.append(Cell(wording.label(organizations), 1, 3 + below[0], columns=len(below), role="head"))
    for i, column in enumerate(columns):
        top = 2 if i in below else 1
        cells.append(Cell(wording.label(column["label"], column["variants"]), top, 3 + i, rows=3 - top, role="head"))
    rows = [_unsplit(row, described["rows"], tables["applications"]) for row in described["rows"] if row["key"] in tables["applications"]]
    for level in range(2):
        cells += _groups(rows, level, wording)
    for at, row in enumerate(rows, start=3):
        depth = len(row["groups"])
        if style.own_enumerators and not depth:
            cells.append(Cell(row["enumerator"], at, 0, role="label"))
            cells.append(Cell(wording.label(row["label"], row["variants"]), at, 1, columns=2))
        else:
            cells.append(Cell(wording.label(row["label"], row["variants"], enumerator=row["enumerator"]), at, depth, columns=3 - depth))
        for i, column in enumerate(columns):
            path = f"applications.{row['key']}.{column['key']}"
            cells.append(Cell(wording.count(figure(tables, path)), at, 3 + i, role="figure", path=path))
    weights = [1.6 if style.own_enumerators else 0.6, 2.4, 4.4] + [1.0] * len(columns)
    if style.remarks:
        cells += [Cell(_REMARKS, 0, width, rows=3, role="head")] + [Cell("", at, width, role="empty") for at in range(3, 3 + len(rows))]
        weights.append(1.0)
    return _table(cells, weights, header=3)


def _unsplit(row: dict[str, Any], rows: list[dict[str, Any]], present: dict[str, Any]) -> dict[str, Any]:
    """A row that is the only one left of its group is printed under the name of the group."""
    fellows = [r["key"] for r in rows if len(row["groups"]) == 2 and r["groups"] == row["groups"]]
    if len(fellows) < 2 or any(key in present for key in fellows if key != row["key"]):
        return row
    return row | {"groups": row["groups"][:1], "enumerator": "", "label": row["groups"][1], "variants": []}


def _groups(rows: list[dict[str, Any]], level: int, wording: Wording) -> list[Cell]:
    cells, at = [], 3
    for name, members in groupby(rows, key=lambda row: tuple(row["groups"][: level + 1])):
        count = len(list(members))
        if len(name) > level:
            cells.append(Cell(wording.label(name[level]), at, level, rows=count, role="group"))
        at += count
    return cells


def _proceedings(tables: dict[str, Any], described: dict[str, Any], wording: Wording) -> Table:
    columns = described["columns"]
    cells: list[Cell] = []
    at = 0
    for under, members in groupby(described["blocks"], key=lambda block: block["under"]):
        blocks = list(members)
        if under:
            cells.append(Cell(wording.label(under), 0, at, columns=len(columns) * len(blocks), role="head"))
        for block in blocks:
            top = 1 if under else 0
            cells.append(Cell(wording.label(block["label"]), top, at, columns=len(columns), role="head"))
            for i, column in enumerate(columns):
                path = f"{block['path']}.{column['key']}"
                cells.append(Cell(wording.label(column["label"], column["variants"]), top + 1, at + i, rows=2 - top, role="head"))
                cells.append(Cell(wording.count(figure(tables, path)), 3, at + i, role="figure", path=path))
            at += len(columns)
    return _table(cells, [1.0] * at, header=3)


def joined(table: Table, blank: str = "") -> Table:
    """The table with every line end inside a cell turned into ``blank``."""
    return replace(table, cells=tuple(replace(c, text=c.text.replace("\n", blank)) for c in table.cells))
