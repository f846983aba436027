"""Writing reports to files: JSON lines, CSV, XLSX, Parquet. A file is written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gov_ie.errors import GovIEError
from gov_ie.export.frame import to_frame
from gov_ie.report import Report

TABLES = (".csv", ".xlsx", ".parquet")


def to_json_line(record: Report | dict[str, Any]) -> str:
    """One record as one line of JSON."""
    data = record.model_dump(mode="json") if isinstance(record, Report) else record
    return json.dumps(data, ensure_ascii=False)


def write_table(reports: Iterable[Report], path: Path) -> None:
    """Write the flat table; the suffix of ``path`` decides the format.

    Raises:
        GovIEError: the library for the format is missing.
    """
    try:
        frame = to_frame(reports)
        with Whole(path) as temporary:
            if path.suffix == ".csv":
                frame.to_csv(temporary, index=False, encoding="utf-8-sig")
            elif path.suffix == ".xlsx":
                frame.to_excel(temporary, index=False, engine="openpyxl")
            else:
                frame.to_parquet(temporary, index=False)
    except ImportError as error:
        raise GovIEError(f"{path}: {path.suffix} needs more libraries: pip install 'gov-ie[table]' ({error})") from error


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
