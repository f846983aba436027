"""Columns with a fixed type and a meaning, and reports poured into them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

from gov_ie.errors import GovIEError
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd

Type = Literal["Int64", "Float64", "string", "datetime64[ms]"]
#: Rows that are packed at once.
CHUNK = 50_000
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: in the table.
        type: pandas' name of its type; all of them know a missing value.
        term: in Chinese.
        meaning: in English.
        unit: of its figures, as in :mod:`gov_ie.fields`.
        source: where it comes from: an attribute of :class:`~gov_ie.Report`, or what is computed.
    """

    name: str
    type: Type
    term: str
    meaning: str
    unit: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Layout:
    """What a row is.

    Attributes:
        name: ``wide``, ``long`` or ``cells``.
        columns: all of them, in order.
        rows: (number of the report from 1, report) → its rows, with a value for each column but the ``added`` ones.
        added: how many of the last columns ``finish`` adds, because they take all reports to know.
        finish: adds them.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[int, Report], Iterable[Sequence[Any]]]
    added: int = 0
    finish: Callable[[pd.DataFrame], pd.DataFrame] | None = None


def reports_of(reports: Report | Iterable[Report]) -> Iterator[Report]:
    """The reports of a stream, or a single one.

    Raises:
        GovIEError: what is given, or something in it, is no report.
    """
    if isinstance(reports, Report):
        yield reports
        return
    # A string gives characters, a mapping and a table give the names of their keys.
    if isinstance(reports, str | bytes | Mapping) or hasattr(reports, "columns") or not isinstance(reports, Iterable):
        raise no_report(reports)
    for report in reports:
        if not isinstance(report, Report):
            raise no_report(report)
        yield report


def no_report(given: object) -> GovIEError:
    """The error of something that is given for a report."""
    shown = f" {str(given)!r}" if isinstance(given, str | PathLike) and len(str(given)) <= 100 else ""
    return GovIEError(f"{type(given).__name__}{shown} is no gov_ie.Report: make one with gov_ie.extract, many with gov_ie.extract_many")


def build(reports: Report | Iterable[Report], *layouts: Layout, most: int | None = None) -> list[pd.DataFrame]:
    """The tables of a stream of reports, which is gone through once and not kept.

    Args:
        reports: any number, also none; or a single one.
        layouts: the tables wanted.
        most: rows that a table may have.

    Raises:
        ImportError: pandas is missing (``pip install 'gov-ie[table]'``).
        GovIEError: a table gets more rows than ``most``, a count has more than 64 bits, or ``reports`` are none (:func:`reports_of`).
    """
    packed: list[list[pd.DataFrame]] = [[] for _ in layouts]
    tables = [_Table(layout) for layout in layouts]
    for number, report in enumerate(reports_of(reports), 1):
        for table, parts in zip(tables, packed, strict=True):
            table.add(number, report)
            if most is not None and table.length > most:
                raise GovIEError(f"more than {most:,} rows in the layout “{table.layout.name}” (from report {number:,} on); write CSV or Parquet, or fewer reports to a file")
            if table.waiting >= CHUNK:
                parts.append(table.take())
    frames = []
    for table, parts in zip(tables, packed, strict=True):
        if table.waiting or not parts:
            parts.append(table.take())
        frame = parts[0] if len(parts) == 1 else _pandas().concat(parts, ignore_index=True)
        frames.append(table.layout.finish(frame) if table.layout.finish is not None else frame)
    return frames


def chunks(reports: Report | Iterable[Report], layout: Layout) -> Iterator[pd.DataFrame]:
    """The table of a stream of reports in parts of some :data:`CHUNK` rows, at least one; whole where its last columns take all reports to know.

    Raises:
        ImportError: pandas is missing.
        GovIEError: a count has more than 64 bits, or ``reports`` are none.
    """
    if layout.finish is not None:
        yield from build(reports, layout)
        return
    table, told = _Table(layout), False
    for number, report in enumerate(reports_of(reports), 1):
        table.add(number, report)
        if table.waiting >= CHUNK:
            told = True
            yield table.take()
    if table.waiting or not told:
        yield table.take()


class _Table:
    """Values column by column, until they are taken as a frame, whose typed arrays need a fraction of the memory."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.columns = layout.columns[: len(layout.columns) - layout.added]
        self.length = 0
        self._values: list[list[Any]] = [[] for _ in self.columns]

    @property
    def waiting(self) -> int:
        return len(self._values[0])

    def add(self, number: int, report: Report) -> None:
        for row in self.layout.rows(number, report):
            for values, value in zip(self._values, row, strict=True):
                values.append(value)
            self.length += 1

    def take(self) -> pd.DataFrame:
        frame = frame_of(self._values, self.columns)
        self._values = [[] for _ in self.columns]
        return frame


def frame_of(values: Iterable[Sequence[Any]], columns: Iterable[Column]) -> pd.DataFrame:
    """A table of values given column by column."""
    frame: pd.DataFrame = _pandas().DataFrame({column.name: _typed(own, column) for column, own in zip(columns, values, strict=True)})
    return frame


def _typed(values: Sequence[Any], column: Column) -> Any:
    """Values as an array of the column's type; ``None`` is missing, half a surrogate pair, which no file format takes, becomes ``\\ufffd``."""
    pandas = _pandas()
    if column.type == "datetime64[ms]":
        import numpy as np

        return np.array(values, dtype="datetime64[ms]")
    if column.type == "string":
        values = [value if value is None else _LONE_SURROGATE.sub("\ufffd", str(value)) for value in values]
    try:
        return pandas.array(values, dtype=column.type)
    except OverflowError as error:
        value = next(value for value in values if value is not None and not -(2**63) <= value < 2**63)
        raise GovIEError(f"{value:.3g} in the column {column.name!r} is more than a table can hold (64 bits); set the field to None, or leave that report out") from error


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError("tables need pandas: pip install 'gov-ie[table]'") from error
    return pandas
