"""What a cell of ``Report.tables`` is called in print."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from gov_ie.forms import FORM_IDS, FormId, load_form


class CellName(NamedTuple):
    """The printed names of a cell: its table or block, its row (empty where a block has one row), its column."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return " · ".join(filter(None, self))


#: What the forms call their three tables.
TITLES = {"disclosure": "主动公开政府信息情况", "applications": "收到和处理政府信息公开申请情况", "annex": "政府信息公开情况统计表"}


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
        return CellName(TITLES["annex"], rest, "") if rest else None
    editions = [edition for edition in FORM_IDS if edition == form] + [edition for edition in FORM_IDS if edition != form]
    return next((name for edition in editions if (name := _names(edition).get(path)) is not None), None)


@lru_cache(maxsize=4)
def _names(edition: FormId) -> dict[str, CellName]:
    form = load_form(edition)
    names = {f"disclosure.{row.key}.{column.key}": CellName(TITLES["disclosure"], row.label, column.label) for section in form.disclosure.sections for row in section.rows for column in section.columns}
    names |= {f"applications.{row.key}.{column.key}": CellName(TITLES["applications"], row.label, column.label) for row in form.applications.rows for column in form.applications.columns}
    return names | {f"{path}.{column.key}": CellName(label, "", column.label) for path, label in form.proceedings.blocks for column in form.proceedings.columns}
