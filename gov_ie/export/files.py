"""Writing reports to files: JSON lines, CSV, XLSX, Parquet. A file is written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gov_ie.errors import GovIEError
from gov_ie.report import Report

if TYPE_CHECKING:
    from gov_ie.export.columns import Layout

TABLES = (".csv", ".xlsx", ".parquet")
_NEEDED = {".csv": ("pandas",), ".xlsx": ("pandas", "openpyxl"), ".parquet": ("pandas", "pyarrow")}


def to_json_line(record: Report | dict[str, Any]) -> str:
    """One record as one line of JSON."""
    data = record.model_dump(mode="json") if isinstance(record, Report) else record
    return json.dumps(data, ensure_ascii=False)


def write_table(reports: Report | Iterable[Report], path: str | Path, *, layout: str | None = None) -> list[str]:
    """Write reports as a table; the suffix of ``path`` decides the format.

    ``.csv`` is in UTF-8 with a byte order mark, so that Excel shows Chinese, with line ends by RFC 4180; texts that a spreadsheet program would run are
    marked as text (:func:`gov_ie.export.spreadsheet.guard`). ``.parquet`` carries the data dictionary in its schema. Both hold one layout. ``.xlsx`` has the sheets ``reports`` (wide), ``facts`` (long),
    ``cells``, and ``data dictionary``.

    Args:
        reports: gone through once, or a single one; nothing is read from them when a library is missing or the place cannot be written.
        path: of the file; an old one is replaced when all went well.
        layout: ``wide`` (a row a report, the default), ``long`` (a row a fact) or ``cells`` (a row a cell of the printed forms).

    Returns:
        what a reader of the file should know.

    Raises:
        GovIEError: a library is missing, the place cannot be written, a sheet would have more rows than Excel knows, the layout does not go with the format, or something given is no report.
    """
    from gov_ie.export.columns import build
    from gov_ie.export.dictionary import LAYOUTS, data_dictionary

    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in TABLES:
        raise GovIEError(f"{path}: tables are written as {', '.join(TABLES)}")
    check_layout(path, layout)
    for library in _NEEDED[suffix]:
        try:
            import_module(library)
        except ImportError as error:
            raise GovIEError(f"{path}: {suffix} needs more libraries: pip install 'gov-ie[table]' ({error})") from error
    with Whole(path) as temporary:
        if suffix == ".xlsx":
            from gov_ie.export.workbook import MAX_ROWS, write_workbook

            reports_, facts, cells = build(reports, *LAYOUTS.values(), most=MAX_ROWS)
            return write_workbook({"reports": reports_, "facts": facts, "cells": cells, "data dictionary": data_dictionary()}, temporary)
        write = _write_csv if suffix == ".csv" else _write_parquet
        write(reports, LAYOUTS[layout or "wide"], temporary)
    return []


def check_ending(path: Path | None, *, summary: bool = False) -> None:
    """Refuse a file for ``gov-ie extract`` by whose ending one would expect another format.

    Raises:
        GovIEError: it is none of :data:`TABLES` and ``.jsonl``; of a summary, not ``.txt``.
    """
    suffix = path.suffix.lower() if path is not None else None
    if summary and suffix not in (None, ".txt"):
        raise GovIEError(f"{path}: a summary is written as .txt")
    if not summary and suffix not in (None, ".jsonl", *TABLES):
        raise GovIEError(f"{path}: tables are written as {', '.join(TABLES)}, JSON lines as .jsonl")


def check_layout(path: Path | None, layout: str | None) -> None:
    """Refuse a layout that is none, or for a file that has none to choose.

    Raises:
        GovIEError: ``layout`` is given, and unknown, or ``path`` is neither CSV nor Parquet.
    """
    from gov_ie.export.dictionary import LAYOUTS

    if layout is None:
        return
    if layout not in LAYOUTS:
        raise GovIEError(f"there is no layout {layout!r}: {', '.join(LAYOUTS)}")
    if path is None or path.suffix.lower() not in (".csv", ".parquet"):
        raise GovIEError(f"{path or 'standard output'}: a layout goes with a .csv or .parquet file; .xlsx has all of them as sheets, JSON has all facts")


def _write_csv(reports: Report | Iterable[Report], layout: Layout, path: Path) -> None:
    from gov_ie.export.columns import chunks
    from gov_ie.export.spreadsheet import guard

    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        for i, frame in enumerate(chunks(reports, layout)):
            texts = {column.name: frame[column.name].map(guard, na_action="ignore") for column in layout.columns if column.type == "string"}
            frame.assign(**texts).to_csv(stream, index=False, header=i == 0, lineterminator="\r\n", date_format="%Y-%m-%d")


def _write_parquet(reports: Report | Iterable[Report], layout: Layout, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from gov_ie import __version__
    from gov_ie.export.columns import chunks

    about = {column.name: {key: value for key in ("term", "meaning", "unit", "source") if (value := getattr(column, key))} for column in layout.columns}
    writer = None
    try:
        for frame in chunks(reports, layout):
            table = pa.Table.from_pandas(frame, preserve_index=False)
            if writer is None:
                metadata = {**(table.schema.metadata or {}), b"gov_ie": json.dumps({"version": __version__, "layout": layout.name}).encode()}
                schema = pa.schema([field.with_metadata(about[field.name]) for field in table.schema], metadata)
                writer = pq.ParquetWriter(path, schema)
            writer.write_table(table.cast(schema))
    finally:
        if writer is not None:
            writer.close()


class Whole:
    """A temporary file beside ``path`` that takes its place when all went well."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Path:
        try:
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.stem}-", suffix=self.path.suffix)
        except OSError as error:
            raise GovIEError(f"{self.path}: cannot be written ({error.strerror})") from error
        os.close(handle)
        self.temporary = Path(name)
        return self.temporary

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        if kind is None:
            self.temporary.chmod(0o644)
            self.temporary.replace(self.path)
        else:
            self.temporary.unlink(missing_ok=True)
