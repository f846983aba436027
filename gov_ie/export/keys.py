"""The columns that every table has, by which their rows find each other."""

from __future__ import annotations

from typing import Any

from gov_ie.export.columns import Column
from gov_ie.fields import FIELDS
from gov_ie.report import Report

KEYS = (
    Column("report", "Int64", "报告序号", "number of the report in the order read, from 1; the same in all tables of one run", source="order"),
    Column("source", "string", "文件名", "name of the file, of the archive's member or of the row, “reports.csv#3”", source="source.name"),
    Column("organization.name", "string", FIELDS["organization.name"].term, FIELDS["organization.name"].meaning, source="organization.name"),
    Column("year", "Int64", FIELDS["year"].term, FIELDS["year"].meaning, source="year"),
)


def key_values(number: int, report: Report) -> tuple[Any, ...]:
    """The values of :data:`KEYS`."""
    return number, report.source.get("name"), report.organization.name, report.year
