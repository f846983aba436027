"""Facts read back from the JSON lines that ``gov-ie extract -o facts.jsonl`` wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gov_ie.errors import ReadError
from gov_ie.report import Report

#: What a line of facts always has, and a line of somebody's records with a text in it does not have besides the rest of the schema.
_ALWAYS = frozenset(("checks", "confidence", "evidence", "source"))


def is_stored(path: Path) -> bool:
    """Whether a file holds stored facts: a ``.jsonl`` whose first line, of those that are JSON, is an object with the keys of a :class:`~gov_ie.report.Report` and no other.

    Records with a text to read have a key for the text, which the schema does not, so the two cannot be taken for each other.
    """
    if path.suffix.lower() != ".jsonl":
        return False
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            first = next((item for line in stream if line.strip() and (item := _json(line)) is not None), None)
    except OSError:  # reading it says what is wrong
        return False
    return isinstance(first, dict) and _ALWAYS <= first.keys() <= Report.model_fields.keys()


def read_stored(path: Path, on_error: Callable[[Path, ReadError], None] | None = None) -> Iterator[Report]:
    """Read stored facts; the reports have no text.

    Args:
        path: a file for which :func:`is_stored` holds.
        on_error: told of each line (``facts.jsonl#3``) that is no report, or of a file that could not be read when the facts were extracted.

    Yields:
        a report for every line, also for one that is no report (``report.source["error"]`` says why).
    """
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                report = Report.model_validate(json.loads(line.rstrip("\n")))
            except (ValueError, RecursionError) as error:
                failure = f"{path}: line {number} {_wrong(error)}; delete the line, or write the file anew with 'gov-ie extract -o'"
                report = Report(source={"name": f"{path.name}#{number}", "path": str(path), "error": failure}, warnings=[failure])
            if on_error is not None and report.source.get("error"):
                on_error(Path(f"{path}#{number}"), ReadError(report.source["error"]))
            yield report


def _json(line: str) -> Any:
    """``None`` for what is no JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _wrong(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return f"holds no stored facts, {'.'.join(str(step) for step in error.errors()[0]['loc']) or 'the line'}: {error.errors()[0]['msg']}"
    return f"is not valid JSON ({f'{error.msg}, column {error.colno}' if isinstance(error, json.JSONDecodeError) else error})"
