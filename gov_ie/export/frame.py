"""Reports as a flat table: a row each, a column for every field that holds one value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd

_LISTS = ("disclosure.by_category", "disclosure.by_channel", "applications.by_channel")
_PROSE = ("measures", "problems", "improvements")
_WHOLE = {"int": "Int64", "float": "Float64", "str": "string"}


def scalar_fields(model: type[BaseModel] = Report, prefix: str = "") -> dict[str, str]:
    """Path → type name (``int``, ``float``, ``str``) of every field that holds one value, in the order of the schema."""
    fields: dict[str, str] = {}
    for name, info in model.model_fields.items():
        kind: Any = info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields |= scalar_fields(kind, f"{prefix}{name}.")
        elif "None" in str(kind):
            fields[prefix + name] = next(t for t in ("int", "float", "str") if t in str(kind))
    return fields


def flatten(report: Report) -> dict[str, Any]:
    """One row: source, every single value, lists as ``name=count`` joined by ``; ``, numbers of prose units, failed checks."""
    row: dict[str, Any] = {"source": report.source.get("name"), "error": report.source.get("error")}
    row |= {path: report.get(path) for path in scalar_fields()}
    for path in _LISTS:
        items = report.get(path)
        row[path] = "; ".join(f"{item.name}={'' if item.count is None else item.count}" for item in items) or None
    row["regulations"] = "; ".join(report.regulations) or None
    for path in _PROSE:
        row[path] = len(report.get(path))
    row["checks.failed"] = sum(not check.ok for check in report.checks)
    return row


def to_frame(reports: Iterable[Report]) -> pd.DataFrame:
    """Reports as a pandas DataFrame, a row each; counts are nullable integers, so that ``0`` and «does not say» stay apart.

    Raises:
        ImportError: pandas is missing (``pip install 'gov-ie[table]'``).
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError("tables need pandas: pip install 'gov-ie[table]'") from error
    rows = [flatten(report) for report in reports]
    columns = list(flatten(Report()))
    frame = pd.DataFrame(rows, columns=columns)
    types = {path: _WHOLE[kind] for path, kind in scalar_fields().items()}
    types |= {"source": "string", "error": "string", "regulations": "string", **dict.fromkeys(_LISTS, "string"), **dict.fromkeys((*_PROSE, "checks.failed"), "Int64")}
    return frame.astype({column: kind for column, kind in types.items() if column in frame})
