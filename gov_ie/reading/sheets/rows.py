"""Rows of CSV, JSON and Parquet files, whatever they mean: values by column."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from gov_ie.errors import ReadError
from gov_ie.reading.decode import decode

#: Characters that a field of a CSV file may have.
MAX_FIELD = 10_000_000
_DELIMITERS = ",;\t|"
_LINE = re.compile(r"^[ \t]*\{", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """Values by column; or, for a row that cannot be read, ``problem``. ``warning``: what is odd about it."""

    values: dict[str, Any]
    problem: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Rows:
    """The rows of one table, read once, and what the whole file has to be told of."""

    columns: tuple[str, ...]
    rows: Iterator[Row]
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    sheet: str = ""


def unique(header: Iterable[Any]) -> tuple[str, ...]:
    """Names of columns from a header row: none is empty, none comes twice."""
    names: list[str] = []
    for i, cell in enumerate(header, start=1):
        name = "" if cell is None else " ".join(str(cell).split())
        names.append(name if name and name not in names else f"{name} {i}".strip())
    return tuple(names)


def csv_rows(data: bytes, *, path: str) -> Rows:
    """The rows of a CSV file; delimiter (``, ; tab |``) and encoding are found out.

    A first row with a field of more than 100 characters is no header: the columns are called ``1``, ``2``, … then.

    Raises:
        ReadError: the file is no text, or (while the rows are read) a field is longer than :data:`MAX_FIELD`.
    """
    text, encoding = decode(data, name=path)
    text = text.removeprefix("\ufeff")
    if text[:4].lower() == "sep=" and text[5:6] in "\r\n":
        delimiter, text = text[4], text[5:].lstrip("\r\n")
    else:
        delimiter = _delimiter(text)
    warnings = ("a quotation mark is opened and never closed; rows may be glued together",) if text.count('"') % 2 else ()
    lines = _parsed(text, delimiter, path)
    first = next(lines, [])
    if any(len(field) > 100 for field in first):
        return Rows(tuple(map(str, range(1, len(first) + 1))), _csv_records(tuple(map(str, range(1, len(first) + 1))), chain([first], lines)), encoding, warnings)
    columns = unique(first)
    return Rows(columns, _csv_records(columns, lines), encoding, warnings)


def _parsed(text: str, delimiter: str, path: str) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), MAX_FIELD))  # the limit is the module's own, for all; only ever raised
    try:
        for fields in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(field.strip() for field in fields):
                yield fields
    except csv.Error as error:
        raise ReadError(f"{path}: not valid CSV ({error}); is a quotation mark left open?") from error


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into equally many fields, most of them."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_FIELD))

    def score(delimiter: str) -> tuple[int, int]:
        try:
            rows = [row for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 20) if row]
        except csv.Error:
            return 0, 0
        width = len(rows[0]) if rows else 0
        return (sum(len(row) == width for row in rows), width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=score)  # the first of equals


def _csv_records(columns: tuple[str, ...], lines: Iterable[list[str]]) -> Iterator[Row]:
    for fields in lines:
        more = len(fields) > len(columns) and any(field.strip() for field in fields[len(columns) :])
        warning = f"the row has {len(fields)} fields where the header has {len(columns)}: a text with unquoted delimiters may be cut" if more else ""
        yield Row(dict(zip(columns, fields, strict=False)), warning=warning)


def json_rows(data: bytes, *, path: str) -> Rows:
    """The objects of a file of JSON lines, of a JSON array, of an object that holds one array of objects, or a single object.

    Raises:
        ReadError: the file is no text, or none of its lines is JSON.
    """
    text, encoding = decode(data, name=path)
    text = text.removeprefix("\ufeff")
    wrong: ValueError | None = None
    try:
        whole = json.loads(text)
    except RecursionError as error:
        raise ReadError(f"{path}: the JSON is nested too deeply") from error
    except ValueError as error:
        wrong, objects = error, _lines(text) if _LINE.search(text) and text.lstrip()[:1] != "[" else iter(())
    else:
        if isinstance(whole, dict):
            arrays = [value for value in whole.values() if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)]
            whole = arrays[0] if len(arrays) == 1 and not any(isinstance(value, str) and len(value) > 100 for value in whole.values()) else [whole]
        if not isinstance(whole, list):
            raise ReadError(f"{path}: the JSON holds no objects; give an array of objects, or one object a line")
        objects = (Row(item) if isinstance(item, dict) else Row({}, problem="is no JSON object") for item in whole)
    sample = list(islice(objects, 50))
    if wrong is not None and all(row.problem for row in sample):
        line, what = (f"line {wrong.lineno}", f"{wrong.msg}, column {wrong.colno}") if isinstance(wrong, json.JSONDecodeError) else ("it", str(wrong))
        raise ReadError(f"{path}: {line} is not valid JSON ({what}); mend it or write the file anew, with one object a line or as an array of objects") from wrong
    columns = tuple(dict.fromkeys(name for row in sample for name in row.values))
    return Rows(columns, chain(sample, objects), encoding)


def _lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line.rstrip("\n"))
        except (ValueError, RecursionError) as error:
            what = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
            yield Row({}, problem=f"(line {number}) is not valid JSON ({what}); mend the line, or delete it")
            continue
        yield Row(item) if isinstance(item, dict) else Row({}, problem=f"(line {number}) is no JSON object")


def parquet_rows(data: bytes, *, path: str) -> Rows:
    """The rows of a Parquet file, a few dozen in memory at a time.

    Raises:
        ReadError: pyarrow is missing, or the file is damaged (also while the rows are read).
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ReadError(f'{path}: a Parquet file needs another library: pip install "gov-ie[table]"') from error
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        columns = tuple(file.schema_arrow.names)
    except (pa.ArrowException, OSError) as error:
        raise ReadError(f"{path}: the Parquet file is damaged ({_one_line(error)})") from error

    def rows() -> Iterator[Row]:
        try:
            for batch in file.iter_batches(batch_size=64):
                yield from map(Row, batch.to_pylist())
        except (pa.ArrowException, OSError) as error:
            raise ReadError(f"{path}: the Parquet file is damaged ({_one_line(error)})") from error

    return Rows(columns, rows())


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
