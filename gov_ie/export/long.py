"""The facts of reports as a table: a row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from gov_ie.export.cells import EVIDENCE, evidence_values
from gov_ie.export.columns import Column, Layout, build
from gov_ie.export.frame import list_fields, scalar_fields
from gov_ie.export.keys import KEYS, key_values
from gov_ie.export.states import STATE, check_states
from gov_ie.fields import FIELDS
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd

_SCALARS, _LISTS = scalar_fields(), list_fields()
_GET = {path: attrgetter(path) for path in FIELDS if path in _SCALARS or path in _LISTS}


def _columns() -> Iterator[Column]:
    yield from KEYS
    yield Column("path", "string", "字段路径", "path of the value, as in evidence: disclosure.by_category[2].count", source="path")
    yield Column("field", "string", "字段", "path without the place in a list, as in the data dictionary: disclosure.by_category[].count", source="path")
    yield Column("item", "Int64", "列表序号", "place in the list, from 0; missing where the field is no list", source="path")
    yield Column("name", "string", "项目名称", "name of the list item (kind, channel, way); the same for its name, count and percent", source="path")
    yield Column("value", "Float64", "数值", "the value as a number; missing where it is words", source="the value at the path")
    yield Column("text", "string", "文本值", "the value as text, for numbers their digits", source="the value at the path")
    yield Column("unit", "string", "单位", "unit of the value; ISO 8601 for dates", source="fields")
    yield Column("origin", "string", "取值方式", "who decided: model, rule (the form of the words), wording (the words beside it), form (a printed table)", source="origins")
    yield from EVIDENCE
    yield STATE


def facts(report: Report) -> Iterator[tuple[str, str, int | None, str | None, Any]]:
    """Every stated value in the order of the schema: path, field, place in its list, name of its list item, value."""
    for path, get in _GET.items():
        value = get(report)
        if path in _SCALARS:
            if value is not None:
                yield path, path, None, None, value
            continue
        for i, item in enumerate(value):
            if not isinstance(item, BaseModel):
                yield f"{path}[{i}]", path, i, None, item
                continue
            for key, part in item:
                if part is not None:
                    yield f"{path}[{i}].{key}", f"{path}[].{key}", i, getattr(item, "name", None), part


def _rows(number: int, report: Report) -> Iterator[list[Any]]:
    states, keys = check_states(report), key_values(number, report)
    for path, field, index, name, value in facts(report):
        origin = report.origins.get(path)
        figure = float(value) if isinstance(value, int | float) else None
        yield [
            *keys, path, field, index, name, figure, str(value), FIELDS[field].unit, origin.by if origin is not None else None, *evidence_values(report, path), states.get(path, "unchecked"),
        ]  # fmt: skip


LONG = Layout("long", tuple(_columns()), _rows)


def to_long(reports: Report | Iterable[Report]) -> pd.DataFrame:
    """Facts as a pandas DataFrame, a row each: figures, names, dates, items of lists and passages, with evidence, confidence and checks.

    What a report does not say has no row, so nothing has to be told from nought; a file that could not be read has none at all and is found in :func:`gov_ie.to_frame`, by the
    number in ``report``. Columns and types are those of :func:`gov_ie.data_dictionary`, layout ``long``. The cells of the printed forms are in :func:`gov_ie.tables_frame`.

    Args:
        reports: gone through once, and not kept; or a single one.

    Raises:
        ImportError: pandas is missing (``pip install 'gov-ie[table]'``).
        GovIEError: something given is no report.
    """
    return build(reports, LONG)[0]
