"""The statistics tables of a report (``Report.tables``) as rows and columns with their printed labels, for every way of showing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gov_ie.forms import FORM_IDS, Form, Label, load_form
from gov_ie.forms.annex import annex_form
from gov_ie.forms.cells import cell_names
from gov_ie.report import Report
from gov_ie.show.words import edition


@dataclass(frozen=True)
class GridCell:
    """A cell: its path in ``Report.evidence``, its figure (``None`` where it is empty or could not be read), and a unit that the print does not show."""

    path: str
    value: Any
    unit: str | None = None


@dataclass(frozen=True)
class GridRow:
    """A row: the headings it stands under, its label, its cells."""

    groups: tuple[str, ...]
    label: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Block:
    """Rows that share their columns; of each column the label and the headings above it."""

    columns: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[GridRow, ...]
    heading: str = ""


@dataclass(frozen=True)
class PrintedTable:
    """A table of a form, or of cells that no form has."""

    title: str
    blocks: tuple[Block, ...]


def printed_tables(report: Report) -> list[PrintedTable]:
    """The statistics tables of a report, those of which it has a cell; amounts are in yuan, whatever the print gives them in."""
    cells = dict(_leaves(report.tables, "tables"))
    if not cells:
        return []
    form = _form(report, cells)
    tables = [
        PrintedTable(form.disclosure.title, tuple(
            _block(section.columns, (Label(f"disclosure.{row.key}", row.label) for row in section.rows), cells, section.heading) for section in form.disclosure.sections
        )),
        PrintedTable(form.applications.title, (_block(form.applications.columns, (Label(f"applications.{row.key}", row.label, groups=row.groups) for row in form.applications.rows), cells),)),
        PrintedTable(form.proceedings.title, (_block(form.proceedings.columns, form.proceedings.blocks, cells),)),
        PrintedTable(annex_form().title, (Block((("数量", ()),), tuple(_annex_rows(cells))),)),
    ]  # fmt: skip
    shown = {cell.path for table in tables for block in table.blocks for row in block.rows for cell in row.cells}
    others = tuple(GridRow((), path.removeprefix("tables."), (GridCell(path, value),)) for path, value in cells.items() if path not in shown)
    return [table for table in [*tables, PrintedTable("cells of no printed form", (Block((("value", ()),), others),))] if _filled(table)]


def _form(report: Report, cells: dict[str, Any]) -> Form:
    """The form of the edition that the report tells, or else of the one that has most of its cells."""
    forms = [load_form(form) for form in FORM_IDS]
    return next((form for form in forms if form.id == edition(report)), None) or max(forms, key=lambda form: sum(f"tables.{path}" in cells for path in cell_names(form.id)))


def _block(columns: Sequence[Label], rows: Iterable[Label], cells: dict[str, Any], heading: str = "") -> Block:
    """Rows by their paths below ``Report.tables``."""
    return Block(
        tuple((_without_unit(column), column.groups) for column in columns),
        tuple(GridRow(row.groups, row.label, tuple(GridCell(at := f"tables.{row.key}.{column.key}", cells.get(at), "元" if column.key == "amount" else None) for column in columns)) for row in rows),
        heading,
    )


def _annex_rows(cells: dict[str, Any]) -> Iterator[GridRow]:
    form = annex_form()
    for path, value in cells.items():
        if path.startswith("tables.annex."):
            printed = path.removeprefix("tables.annex.")
            heading, _, name = printed.rpartition("/")
            under = form.indicator(name) if form.indicator(heading) else None
            known = under or form.indicator(printed)
            unit = known.unit if known else None
            yield GridRow((heading,) if under else (), name if under else printed, (GridCell(path, value, "元" if unit == "万元" else unit),))


def _without_unit(column: Label) -> str:
    """The label of a column of money without the unit in which it is printed: the cells are in yuan."""
    return column.label.partition("（")[0] if column.key == "amount" else column.label


def _filled(table: PrintedTable) -> bool:
    return any(cell.value is not None for block in table.blocks for row in block.rows for cell in row.cells)


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _leaves(below, f"{path}.{key}")
    elif value is not None:
        yield path, value
