"""Reports as a flat table: a row each, a column for every field that holds one value, and what is known of the report as a whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from gov_ie.export.cells import count_cells, editions
from gov_ie.export.columns import Column, Layout, Type, build
from gov_ie.export.duplicates import DUPLICATES, mark_duplicates
from gov_ie.export.keys import KEYS, key_values
from gov_ie.export.place import PLACE, place_values
from gov_ie.fields import ABOUT, FIELDS
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd

_TYPES: dict[str, Type] = {"int": "Int64", "float": "Float64", "str": "string"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PROSE = ("measures", "problems", "improvements")


def scalar_fields() -> dict[str, str]:
    """Path → type name (``int``, ``float``, ``str``) of every field that holds one value, in the order of the schema."""
    return {path: next(t.__name__ for t in get_args(kind) if t is not NoneType) for path, kind in _fields(Report) if NoneType in get_args(kind)}


def list_fields() -> dict[str, Any]:
    """Path → type of the items of every list field, in the order of the schema."""
    return {path: get_args(kind)[0] for path, kind in _fields(Report) if get_origin(kind) is list and path not in ABOUT}


def _fields(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Path and type of every field that is no part with fields of its own."""
    for name, info in model.model_fields.items():
        kind: Any = info.annotation
        if get_origin(kind) is None and isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _fields(kind, f"{prefix}{name}.")
        else:
            yield prefix + name, kind


_SCALARS = {path: (kind, attrgetter(path)) for path, kind in scalar_fields().items() if path not in ("organization.name", "year")}
_LISTS = {path: attrgetter(path) for path in list_fields() if path not in _PROSE}


def _columns() -> Iterator[Column]:
    yield from KEYS
    yield Column("source.path", "string", "文件路径", "path of the file; missing for a text that was passed in", source="source.path")
    yield Column("source.sha256", "string", "文件摘要", "SHA-256 of the file's bytes, the same for all reports in it; of the UTF-8 text where there is no file", source="source.sha256")
    yield Column("source.text_sha256", "string", "文本摘要", "SHA-256 of the text that was read, in UTF-8; missing for a report made from JSON", source="text")
    yield Column("source.characters", "Int64", "字符数", "length of the text that was read", "characters", "source.characters")
    yield Column("error", "string", "读取错误", "why the file could not be read; all other columns but those of the file are missing then", source="source.error")
    for path, (kind, _) in _SCALARS.items():
        field = FIELDS[path]
        dated = field.unit == "ISO 8601"
        yield Column(path, _TYPES[kind], field.term, field.meaning + ("; as precise as the text: 2013, 2013-12 or 2013-12-31" if dated else ""), field.unit, path)
        if dated:
            yield Column(f"{path}.date", "datetime64[ms]", f"{field.term}（日期）", f"{field.meaning}, where the text gives a full date that exists", source=path)
    yield from PLACE
    for path in _LISTS:
        shown = "as “name=number; …”, to be read by people; exact items in the long table" if path != "regulations" else "joined by “; ”; exact items in the long table"
        yield Column(path, "string", FIELDS[path].term, f"{FIELDS[path].meaning}, {shown}", source=path)
        yield Column(f"{path}.n", "Int64", f"{FIELDS[path].term}（项数）", f"{FIELDS[path].meaning}: number of items read", "items", path)
    for path in _PROSE:
        yield Column(path, "Int64", f"{FIELDS[path].term}（条数）", f"{FIELDS[path].meaning}: number of passages read; their words are in the long table", "passages", path)
    yield Column("tables.edition", "string", "表格版本", "editions of the printed forms that were read, joined by “; ”: 2019, 2021; 2014 is the statistics annex, also of other years", source='origins["tables"], origins["tables.annex"]')
    yield Column("tables.cells", "Int64", "表格单元格数", "cells of the printed forms that were read", "cells", "tables")
    yield Column("confidence.lowest", "Float64", "最低置信度", "least confidence among all values of the report, 0 to 1", source="confidence")
    yield Column("confidence.lowest_path", "string", "最低置信度字段", "path of the value with the least confidence", source="confidence")
    yield Column("checks", "Int64", "核对数", "checks of sums that the report promises", "checks", "checks")
    yield Column("checks.failed", "Int64", "未通过核对数", "those of them that fail", "checks", "checks")
    yield Column("checks.failed_rules", "string", "未通过的核对", "their rules, joined by “; ”", source="checks")
    yield Column("warnings", "string", "提示", "what a reader should know, joined by “; ”", source="warnings")
    yield Column("warnings.n", "Int64", "提示数", "number of warnings", "warnings", "warnings")
    yield from DUPLICATES


def _rows(number: int, report: Report) -> Iterator[list[Any]]:
    # Of a file that was not read nothing was counted: its numbers are missing, not nought.
    unread = report.source.get("error") is not None
    row: list[Any] = [*key_values(number, report), report.source.get("path"), report.source.get("sha256"), _digest(report.text), report.source.get("characters"), report.source.get("error")]
    for path, (_, get) in _SCALARS.items():
        value = get(report)
        row.append(value)
        if FIELDS[path].unit == "ISO 8601":
            row.append(_day(value))
    row += place_values(report)
    for get in _LISTS.values():
        items = get(report)
        row += ["; ".join(item if isinstance(item, str) else f"{item.name}={'' if item.count is None else item.count}" for item in items) or None, None if unread else len(items)]
    failed = [check.rule for check in report.checks if not check.ok]
    lowest = min(report.confidence, key=report.confidence.__getitem__, default=None)
    counts = [len(getattr(report, path)) for path in _PROSE]
    row += [None] * len(counts) if unread else counts
    row += ["; ".join(sorted(set(editions(report).values()))) or None, None if unread else count_cells(report.tables)]
    row += [None if lowest is None else report.confidence[lowest], lowest]
    row += [None, None, None] if unread else [len(report.checks), len(failed), "; ".join(failed) or None]
    row += ["; ".join(report.warnings) or None, len(report.warnings)]
    yield row


def _digest(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _day(text: str | None) -> date | None:
    """The date that an ISO 8601 string gives to the day, ``None`` where it gives less or there is no such day."""
    if text is None or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


WIDE = Layout("wide", tuple(_columns()), _rows, added=len(DUPLICATES), finish=mark_duplicates)


def to_frame(reports: Report | Iterable[Report]) -> pd.DataFrame:
    """Reports as a pandas DataFrame, a row each.

    The columns and their types (:func:`gov_ie.data_dictionary`, layout ``wide``) are always the same, whatever the reports hold. Every type knows a missing value, so that
    ``0`` and «does not say» stay apart; of a file that could not be read all counts are missing. Dates are given twice: as the string of the schema, as precise as the text
    (``2013-12``), and, where that names a day, as a date in the column with ``.date`` behind its name; nothing is filled in. Reports of one body and year are
    all kept, and marked in ``duplicate`` and the columns beside it.

    Args:
        reports: gone through once, and not kept; or a single one.

    Raises:
        ImportError: pandas is missing (``pip install 'gov-ie[table]'``).
        GovIEError: a count has more than 64 bits, or something given is no report.
    """
    return build(reports, WIDE)[0]
