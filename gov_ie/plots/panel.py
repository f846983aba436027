"""Reports or a frame → the panel that is plotted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gov_ie.errors import GovIEError
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd


def all_rows(data: pd.DataFrame | Iterable[Report], columns: Sequence[str]) -> pd.DataFrame:
    """The rows of every report.

    Args:
        data: reports, or the frame of :func:`gov_ie.series`.
        columns: what the plot needs.

    Raises:
        ImportError: pandas is missing (``pip install 'gov-ie[plots]'``).
        GovIEError: the frame is another one, or there is no report.
    """
    from gov_ie.across.series import KEYS, series

    frame: Any = data if hasattr(data, "columns") else series(data)
    missing = [column for column in (*KEYS, *columns) if column not in frame.columns]
    if missing:
        raise GovIEError(f"the frame has no column {', '.join(missing)}: plots take reports, or the frame of gov_ie.series(reports)")
    rows = frame[frame["reported"]]
    if rows.empty:
        raise GovIEError("there is no report to plot")
    return rows


def chosen_rows(data: pd.DataFrame | Iterable[Report], columns: Sequence[str]) -> pd.DataFrame:
    """One row for every body and year that has a report; errors as of :func:`all_rows`."""
    rows = all_rows(data, columns)
    panel = rows[rows["chosen"]]
    if panel.empty:
        raise GovIEError("no report states both its body and its year: there is nothing to plot by year")
    return panel


def span(panel: pd.DataFrame) -> list[int]:
    """Every year from the first to the last, also those without a report."""
    return list(range(int(panel["year"].min()), int(panel["year"].max()) + 1))


def numbers(column: pd.Series[Any]) -> Any:
    """A column as floats, what is not stated as NaN."""
    return column.astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
