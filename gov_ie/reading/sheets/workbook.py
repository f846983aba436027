"""Excel workbooks: rows of their sheets, and sheets that are a report's own tables."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.grid import RawCell, TextBuilder
from gov_ie.reading.kinds import Kind
from gov_ie.reading.sheets.rows import Row, Rows, unique

#: Bytes that a workbook may hold unpacked, as rows and as one report's tables (which are kept in memory whole).
MAX_UNPACKED = 500_000_000
MAX_FORM = 30_000_000
#: Columns that are looked at, and blank rows after which a sheet is taken to have ended.
MAX_COLUMNS = 300
MAX_BLANK_ROWS = 1_000
_MAX_ROWS = 5_000  # of a sheet that is a report's own tables
_HEADERS = 5
_CUT_OFF = 32_767  # an Excel cell holds no more
_MERGED = re.compile(r'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十]+条")


@dataclass(frozen=True)
class Sheet:
    """A visible sheet of one report's tables: texts by (row, column), and merged stretches (row, column, rows, columns), from 0."""

    name: str
    cells: dict[tuple[int, int], str]
    merged: tuple[tuple[int, int, int, int], ...]


def workbook_rows(data: bytes, kind: Kind, wanted: Sequence[str], *, path: str) -> Iterator[Rows]:
    """The rows of each visible sheet.

    Args:
        data: the file.
        kind: XLSX or XLS.
        wanted: names of columns by which a header row is known that does not stand first (lower case).
        path: for messages.

    Raises:
        ReadError: a library is missing, or the file is damaged, protected or too large.
    """
    if kind is Kind.XLS:
        for sheet in _xls_sheets(data, path):
            yield _table(sheet.name, _lines(sheet), wanted)
        return
    with _opened(data, path, MAX_UNPACKED) as book:
        for sheet in _visible(book):
            sheet.reset_dimensions()  # what a file says of its own size is often wrong
            yield _table(sheet.title, sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), wanted)


def _table(name: str, lines: Iterator[Sequence[Any]], wanted: Sequence[str]) -> Rows:
    """Rows below the header: the first row, or among the first few the one that has a wanted name."""
    filled = _filled(lines)
    head = list(islice(filled, _HEADERS))
    at = next((i for i, line in enumerate(head) if any(str(cell).strip().lower() in wanted for cell in line if cell is not None)), 0)
    width = max((i for line in head for i, cell in enumerate(line, start=1) if cell is not None and str(cell).strip()), default=0)
    columns = unique([*head[at], *[None] * width][:width]) if head else ()
    return Rows(columns, (_row(columns, line) for line in chain(head[at + 1 :], filled)), sheet=name)


def _lines(sheet: Sheet) -> Iterator[Sequence[Any]]:
    width, last = _width(sheet), max((row for row, _ in sheet.cells), default=-1)
    for row in range(last + 1):
        yield [sheet.cells.get((row, column)) for column in range(width)]


def _filled(lines: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    blank = 0
    for line in lines:
        if any(cell is not None and str(cell).strip() for cell in line):
            blank = 0
            yield line
        elif (blank := blank + 1) > MAX_BLANK_ROWS:
            return


def _row(columns: tuple[str, ...], line: Sequence[Any]) -> Row:
    values = {name: shown(cell) for name, cell in zip(columns, line, strict=False)}
    cut = any(len(value) == _CUT_OFF for value in values.values())
    return Row(values, warning=f"a cell holds exactly {_CUT_OFF} characters, the most that Excel can: its text is probably cut off" if cut else "")


def shown(value: Any, number_format: str = "General") -> str:
    """A cell's value as a sheet shows it: whole numbers without a point, percentages with their sign, dates in Chinese."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, int | float):
        if "%" in number_format:
            return f"{round(value * 100, 6):g}%"
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).replace("_x000D_", "")  # how Excel's XML writes a carriage return


def workbook_form(data: bytes, kind: Kind, *, path: str) -> Content:
    """The tables of one report: each visible sheet with its titles and notes as paragraphs, and a grid for each of its tables.

    Blank rows part tables. A title above a table, and a note of the table's whole width, are paragraphs.

    Raises:
        ReadError: a library is missing, or the file is damaged, protected or too large.
    """
    builder = TextBuilder()
    for sheet in _xls_sheets(data, path) if kind is Kind.XLS else _xlsx_sheets(data, path):
        _write(sheet, builder)
    return Content.built(builder)


def _write(sheet: Sheet, builder: TextBuilder) -> None:
    spans = {(row, column): (rows, columns) for row, column, rows, columns in sheet.merged}
    covered = {(r, c) for row, column, rows, columns in sheet.merged for r in range(row, row + rows) for c in range(column, column + columns)} - set(spans)
    texts = {place: text for place, text in sheet.cells.items() if text.strip() and place not in covered}
    if not texts:
        return
    width = _width(sheet)
    last = max(row + spans.get((row, column), (1, 1))[0] for row, column in texts)
    inside = {r for row, _, rows, _ in sheet.merged for r in range(row + 1, row + rows)}
    table: list[RawCell] = []
    started = -1

    def finish() -> None:
        if len(table) > 1:
            left = min(cell.column for cell in table)
            builder.table(RawCell(c.text, c.row - started, c.column - left, c.rows, c.columns) for c in table)
        elif table:
            builder.paragraph(table[0].text)
        table.clear()

    for row in range(last):
        filled = [column for column in range(width) if (row, column) in texts]
        if not filled and row not in inside:
            finish()
            continue
        if len(filled) == 1 and row not in inside and _stands_aside(texts[row, filled[0]], spans.get((row, filled[0]), (1, 1))[1] >= width - filled[0], in_table=bool(table)):
            finish()
            builder.paragraph(texts[row, filled[0]])
            continue
        if not table:
            started = row
        table += [RawCell(texts.get((row, c), ""), row, c, *_within(spans.get((row, c), (1, 1)), row, c, last, width)) for c in range(width) if (row, c) not in covered]
    finish()


def _stands_aside(text: str, whole_width: bool, *, in_table: bool) -> bool:
    """Whether the only text of a row is a title or a note rather than a row of the table; «第二十条第（一）项» is one, it says what the rows below it count."""
    return not _ARTICLE.match(text) and (not in_table or len(text) > (40 if whole_width else 60))


def _within(span: tuple[int, int], row: int, column: int, rows: int, columns: int) -> tuple[int, int]:
    return min(span[0], rows - row), min(span[1], columns - column)


def _width(sheet: Sheet) -> int:
    """Columns that hold something."""
    merged = {(row, column): columns for row, column, _, columns in sheet.merged}
    return min(max((column + merged.get((row, column), 1) for (row, column), text in sheet.cells.items() if text.strip()), default=0), MAX_COLUMNS)


def _visible(book: Any) -> Iterator[Any]:
    yield from (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")


@contextmanager
def _opened(data: bytes, path: str, limit: int) -> Iterator[Any]:
    """An openpyxl workbook; what it raises while it is read becomes a ``ReadError``."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise ReadError(f'{path}: an Excel file needs another library: pip install "gov-ie[table]"') from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist() if member.filename.startswith("xl/") and member.filename.endswith(".xml"))
        if unpacked > limit:
            raise ReadError(f"{path}: the workbook is too large unpacked ({unpacked // 1_000_000} MB, at most {limit // 1_000_000}); save the reports as CSV or JSON lines")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        yield book
        book.close()
    except ReadError:
        raise
    except Exception as error:  # a damaged workbook can make openpyxl raise anything
        raise ReadError(f"{path}: the Excel file is damaged ({type(error).__name__}: {' '.join(str(error).split())[:200]})") from error


def _xlsx_sheets(data: bytes, path: str) -> Iterator[Sheet]:
    """The sheets with their merged stretches.

    Opened read-only as well, since openpyxl makes an object for every cell of a merged stretch otherwise, and a stretch may be the whole sheet; so
    the stretches are read from the sheet's XML.
    """
    with _opened(data, path, MAX_FORM) as book, zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet in _visible(book):
            sheet.reset_dimensions()
            cells = {
                (row, column): shown(cell.value, cell.number_format)
                for row, line in enumerate(_until_blank(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=_MAX_ROWS)))
                for column, cell in enumerate(line)
                if cell.value is not None
            }
            yield _bounded(sheet.title, cells, map(_stretch, _MERGED.findall(archive.read(sheet._worksheet_path).decode("utf-8", "replace"))))


def _until_blank(lines: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    blank = 0
    for line in lines:
        blank = 0 if any(cell.value is not None for cell in line) else blank + 1
        if blank > MAX_BLANK_ROWS:
            return
        yield line


def _stretch(reference: str) -> tuple[int, int, int, int]:
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = (int(edge or 1) for edge in range_boundaries(reference))
    return top - 1, left - 1, bottom - top + 1, right - left + 1


def _bounded(name: str, cells: dict[tuple[int, int], str], merged: Iterator[tuple[int, int, int, int]]) -> Sheet:
    """A sheet whose merged stretches go no further than its texts: whole columns are merged sometimes."""
    last = max((row for row, _ in cells), default=0) + 1
    width = max((column for _, column in cells), default=0) + MAX_COLUMNS
    kept: list[tuple[int, int, int, int]] = []
    area = 0
    for row, column, rows, columns in merged:
        if row < last and column < width and area < 1_000_000:
            kept.append((row, column, min(rows, last - row), min(columns, width - column)))
            area += kept[-1][2] * kept[-1][3]
    return Sheet(name, cells, tuple(kept))


def _xls_sheets(data: bytes, path: str) -> Iterator[Sheet]:
    try:
        import xlrd
    except ImportError as error:
        raise ReadError(f'{path}: an Excel 97 file needs another library: pip install "gov-ie[table]"; or save it as .xlsx') from error
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True)
        for sheet in (s for s in book.sheets() if s.visibility == 0):
            cells = {
                (row, column): shown(_xls_value(sheet.cell(row, column), book, xlrd), book.format_map[book.xf_list[sheet.cell(row, column).xf_index].format_key].format_str)
                for row in range(sheet.nrows)
                for column in range(min(sheet.row_len(row), MAX_COLUMNS))
                if sheet.cell_type(row, column) not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR)
            }
            yield _bounded(sheet.name, cells, ((top, left, bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells))
    except Exception as error:  # as above
        raise ReadError(f"{path}: the Excel file is damaged or protected ({type(error).__name__}: {' '.join(str(error).split())[:200]})") from error


def _xls_value(cell: Any, book: Any, xlrd: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value
