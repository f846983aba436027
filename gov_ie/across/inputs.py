"""A file that holds one report: of any kind that is read, or facts that ``gov-ie extract -o facts.jsonl`` wrote."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gov_ie.errors import ReadError
from gov_ie.export.stored import is_stored, read_stored
from gov_ie.report import Report

if TYPE_CHECKING:
    from spacy.language import Language


def read_report(path: Path, pipeline: Callable[[], Language]) -> Report:
    """The report in a file.

    Args:
        path: a file with one report, or a ``.jsonl`` file with the facts of one.
        pipeline: gives the pipeline; asked only where there is something to extract.

    Raises:
        ReadError: a folder, a file that cannot be read, or one with several reports; the message says which and what to do.
    """
    if path.is_dir():
        raise ReadError(f"{path}: a folder; give files with one report each")
    if not is_stored(path):
        from gov_ie.api import extract
        from gov_ie.reading import read

        source = read(path)
        return extract(source, nlp=pipeline())
    stored = list(islice(read_stored(path), 2))
    for report in stored:
        if report.source.get("error") and (len(stored) == 1 or report.source.get("path") == str(path)):  # a line of the file itself that is broken
            raise ReadError(str(report.source["error"]))
    if len(stored) > 1:
        raise ReadError(f"{path}: the facts of several reports; give files with one report each, or compare them in Python with gov_ie.compare")
    return stored[0]
