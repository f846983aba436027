"""The cells of the printed forms as a table: a row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gov_ie.errors import GovIEError
from gov_ie.export.columns import Column, Layout, build
from gov_ie.export.keys import KEYS, key_values
from gov_ie.export.states import STATE, check_states
from gov_ie.fields import FIELDS
from gov_ie.forms.annex import annex_form, key
from gov_ie.forms.cells import cell_name
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd

#: Units of the columns of the first table, by key.
_DISCLOSURE = {"made": "documents", "disclosed": "documents", "repealed": "documents", "in_force": "documents", "previous_items": "items", "change": "items", "decisions": "decisions", "items": "items", "amount": "yuan"}
#: Units printed in the annex; an amount in 万元 has been turned into yuan when it was read.
_ANNEX = {"条": "pieces", "件": "cases", "次": "times", "篇": "pieces", "个": "places", "人": "people", "人次": "attendances", "万元": "yuan"}

EVIDENCE = (
    Column("evidence.start", "Int64", "原文起始位置", "where the words begin that the value was read from, in characters of the text as it was read", "characters", "evidence"),
    Column("evidence.end", "Int64", "原文结束位置", "where they end", "characters", "evidence"),
    Column("evidence.text", "string", "原文", "the words", source="evidence"),
    Column("confidence", "Float64", "置信度", "share of such values that was right on the project's dev reports, 0 to 1", source="confidence"),
)


def _columns() -> Iterator[Column]:
    yield from KEYS
    yield Column("path", "string", "单元格路径", "path of the cell, as in evidence", source="tables")
    yield Column("edition", "string", "表格版本", "edition of the form: 2019 (国办公开办函〔2019〕60号), 2021 (国办公开办函〔2021〕30号), 2014 (the statistics annex, also of other years)", source='origins["tables"], origins["tables.annex"]')
    yield Column("table", "string", "表", "disclosure, applications, reviews, litigation.direct, litigation.after_review, annex", source="tables")
    yield Column("table_label", "string", "表名", "its printed name", source="forms")
    yield Column("row", "string", "行键", "key of the row; of the annex, its printed name; missing where a table has a single row", source="tables")
    yield Column("row_group", "string", "行所属分组", "headings above the row or block, joined by “ / ”", source="forms")
    yield Column("row_label", "string", "行名", "printed name of the row", source="forms")
    yield Column("column", "string", "列键", "key of the column; missing in the annex, which has one", source="tables")
    yield Column("column_label", "string", "列名", "printed name of the column", source="forms")
    yield Column("value", "Float64", "数值", "figure of the cell; a cell that is empty, or could not be read, has no row", source="tables")
    yield Column("unit", "string", "单位", "unit of the figure; amounts printed in 万元 are in yuan", source="forms")
    yield from EVIDENCE
    yield STATE


def editions(report: Report) -> dict[str, str]:
    """``tables`` and ``tables.annex`` → the edition that was read, where these were."""
    return {path: origin.label for path in ("tables", "tables.annex") if (origin := report.origins.get(path)) is not None and origin.label is not None}


def count_cells(tables: Any) -> int:
    """The number of figures in ``Report.tables``."""
    return sum(map(count_cells, tables.values())) if isinstance(tables, dict) else 1


def _leaves(tables: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, name))
        else:
            yield (*path, name), value


def _rows(number: int, report: Report) -> Iterator[list[Any]]:
    if not report.tables:
        return
    states, edition, keys = check_states(report), editions(report), key_values(number, report)
    for steps, value in _leaves(report.tables):
        path = ".".join(("tables", *steps))
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise GovIEError(f"{report.source.get('name')}: {path} is no number but {value!r}")
        own = edition.get("tables.annex" if steps[0] == "annex" else "tables")
        yield [*keys, path, own, *_place(steps, own), float(value), _unit(steps), *evidence_values(report, path), states.get(path, "unchecked")]


def evidence_values(report: Report, path: str) -> tuple[Any, ...]:
    """The values of :data:`EVIDENCE` for a path."""
    evidence = report.evidence.get(path)
    return (*((evidence.start, evidence.end, evidence.text) if evidence is not None else (None, None, None)), report.confidence.get(path))


@lru_cache(maxsize=4096)
def _place(steps: tuple[str, ...], edition: str | None) -> tuple[str | None, ...]:
    """Table, its label, row, its headings, its label, column, its label; labels are missing for a cell of no known form."""
    name = cell_name(".".join(steps), edition)
    labels: tuple[str | None, ...] = tuple(part or None for part in name[:3]) if name is not None else (None, None, None)
    if steps[0] == "annex":
        return "annex", labels[0], ".".join(steps[1:]), None, labels[1], None, None
    table, row = (steps[0], ".".join(steps[1:-1])) if steps[0] in ("disclosure", "applications") else (".".join(steps[:-1]), "")
    return table, labels[0], row or None, " / ".join(name.groups) or None if name is not None else None, labels[1], steps[-1], labels[2]


def _unit(steps: tuple[str, ...]) -> str | None:
    if steps[0] == "annex":
        return _annex_unit(".".join(steps[1:]))
    return {"applications": "requests", "reviews": "cases", "litigation": "cases"}.get(steps[0]) or _DISCLOSURE.get(steps[-1])


@lru_cache(maxsize=4096)
def _annex_unit(name: str) -> str | None:
    """The unit of the field that a line of the annex fills, else the one that the annex prints."""
    form = annex_form()
    for path, ways in form.fields.items():
        if any(key(name) in map(key, names) for names in ways):
            return FIELDS[path].unit
    indicator = form.indicator(name) or form.indicator(name.rpartition("/")[2])
    return _ANNEX.get(indicator.unit or "") if indicator is not None else None


CELLS = Layout("cells", tuple(_columns()), _rows)


def tables_frame(reports: Report | Iterable[Report]) -> pd.DataFrame:
    """The cells of the printed forms as a pandas DataFrame, a row each, with their printed names, evidence, confidence and checks.

    Only cells with a figure have a row: what is printed empty, or could not be read, is not nought. Columns and types are those of :func:`gov_ie.data_dictionary`, layout ``cells``.

    Args:
        reports: gone through once, and not kept; or a single one.

    Raises:
        ImportError: pandas is missing (``pip install 'gov-ie[table]'``).
        GovIEError: ``report.tables`` holds something else than numbers, or something given is no report.
    """
    return build(reports, CELLS)[0]
