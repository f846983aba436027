"""Tables as an Excel workbook, a sheet each: a frozen header that filters, dates as dates, and no formula from a report."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gov_ie.export.spreadsheet import MAX_CELL, visible

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.cell import Cell

#: Rows of a sheet below its header; Excel knows no more.
MAX_ROWS = 1_048_575
_WIDEST, _LOOKED_AT, _CHUNK = 48, 200, 10_000


def write_workbook(sheets: Mapping[str, pd.DataFrame], path: Path) -> list[str]:
    """Write tables as the sheets of a workbook.

    Args:
        sheets: name → table of at most :data:`MAX_ROWS` rows.
        path: of the workbook.

    Returns:
        what had to be changed: texts that were cut because a cell holds 32,767 characters.

    Raises:
        ImportError: openpyxl is missing (``pip install 'gov-ie[table]'``).
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    notes: list[str] = []
    for name, frame in sheets.items():
        _write_sheet(book.create_sheet(name), frame, notes)
    book.save(path)
    return notes


def _write_sheet(sheet: Any, frame: pd.DataFrame, notes: list[str]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    last = get_column_letter(len(frame.columns))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{len(frame) + 1}"
    for i, column in enumerate(frame.columns, 1):
        shown = [str(column), *(str(value) for value in islice(frame[column].dropna(), _LOOKED_AT))]
        sheet.column_dimensions[get_column_letter(i)].width = min(max(map(_width, shown)) + 2, _WIDEST)
    header = [WriteOnlyCell(sheet, column) for column in frame.columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for number, row in enumerate(_rows(frame), 2):
        cells = [_cell(sheet, value) for value in row]
        notes += [
            f"sheet “{sheet.title}”, {get_column_letter(i)}{number}: {len(value):,} characters, of which Excel's cells hold {MAX_CELL:,}; all are in a CSV, Parquet or JSON file"
            for i, value in enumerate(row, 1)
            if isinstance(value, str) and len(value) > MAX_CELL
        ]
        sheet.append(cells)


def _width(text: str) -> int:
    """Columns of a terminal or a sheet that a text takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text[:_WIDEST])


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows, missing values as ``None``; some thousand at a time, since Python's own values take much memory."""
    for start in range(0, len(frame), _CHUNK):
        part = frame.iloc[start : start + _CHUNK]
        yield from zip(*(part[column].astype(object).where(part[column].notna(), None).tolist() for column in part), strict=True)


def _cell(sheet: Any, value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.date() if value.year >= 1900 else value.date().isoformat()  # Excel's calendar begins in 1900
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    text = visible(value)[:MAX_CELL]
    if not text.startswith(("=", "#", "+", "-", "@")):
        return text
    from openpyxl.cell import WriteOnlyCell

    cell: Cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # else a formula, or an error such as #N/A
    cell.quotePrefix = True  # text it stays when somebody edits the cell
    return cell
