"""What a cell of ``Report.tables`` is called in print."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from gov_ie.forms import FORM_IDS, FormId, load_form
from gov_ie.forms.annex import annex_form


class CellName(NamedTuple):
    """The printed names of a cell: its table or block, its row (empty where a block has one row), its column; the headings above the row or block, and above the column."""

    table: str
    row: str
    column: str
    groups: tuple[str, ...] = ()
    above: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " · ".join(filter(None, self[:3]))


def cell_name(path: str, form: FormId | str | None = None) -> CellName | None:
    """The printed names of a cell.

    Args:
        path: below ``Report.tables``, with or without ``tables.`` before it: ``applications.granted.total``, ``annex.收到申请数``.
        form: the edition; where it is not known, or has no such cell, the first of the editions that has it.

    Returns:
        ``None`` for a cell of no form.
    """
    path = path.removeprefix("tables.")
    top, _, rest = path.partition(".")
    if top == "annex":
        return CellName(annex_form().title, rest, "") if rest else None
    editions = [edition for edition in FORM_IDS if edition == form] + [edition for edition in FORM_IDS if edition != form]
    return next((name for edition in editions if (name := cell_names(edition).get(path)) is not None), None)


@lru_cache(maxsize=4)
def cell_names(edition: FormId) -> dict[str, CellName]:
    """Path below ``Report.tables`` → printed names, of every cell of an edition, in the order of print."""
    form = load_form(edition)
    names = {
        f"disclosure.{row.key}.{column.key}": CellName(form.disclosure.title, row.label, column.label, (section.heading,), column.groups)
        for section in form.disclosure.sections for row in section.rows for column in section.columns
    }  # fmt: skip
    names |= {f"applications.{row.key}.{column.key}": CellName(form.applications.title, row.label, column.label, row.groups, column.groups) for row in form.applications.rows for column in form.applications.columns}
    return names | {f"{block.key}.{column.key}": CellName(block.label, "", column.label, block.groups, column.groups) for block in form.proceedings.blocks for column in form.proceedings.columns}
