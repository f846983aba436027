"""The main job in Python: load the pipeline, extract reports."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from errno import EINVAL, ENAMETOOLONG, ENOENT
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gov_ie.assembly.forms import fill_from_forms
from gov_ie.checks import find_checks
from gov_ie.errors import GovIEError, ModelError, ReadError
from gov_ie.limits import MAX_CHARACTERS
from gov_ie.reading import Source, Tidied, from_text, read, read_all
from gov_ie.reading.files import as_paths, unexpected
from gov_ie.report import Considered, Evidence, Report, Tag
from gov_ie.tables import Forms, read_forms

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_LOCK = threading.Lock()
_Placed = TypeVar("_Placed", Evidence, Considered)


def model_path() -> Path:
    """Where the shipped pipeline is: inside the installed package, or in ``models/`` of a checkout.

    Raises:
        ModelError: it is in neither place.
    """
    package = Path(__file__).parent
    for folder in (package / "_pipeline", package.parent / "models" / "zh_gov_ie" / "data"):
        if (folder / "config.cfg").is_file():
            return folder
    raise ModelError("the trained pipeline is not installed; in a checkout build it with 'gov-ie train'")


def load(path: str | Path | None = None) -> Language:
    """Load a trained pipeline, the shipped one by default, as an ordinary spaCy ``Language``.

    ``doc._.report`` holds the assembled report of a processed text. The shipped pipeline is loaded once and then shared.

    Raises:
        ModelError: there is no pipeline at ``path``, or it does not fit this version.
    """
    with _LOCK:
        return _load(str(path) if path is not None else None)


@lru_cache(maxsize=4)
def _load(path: str | None) -> Language:
    import spacy

    folder = Path(path) if path is not None else model_path()
    if not (folder / "config.cfg").is_file():
        raise ModelError(f"{folder}: no pipeline there (config.cfg is missing)")
    try:
        return spacy.load(folder)
    except (ValueError, OSError, KeyError) as error:
        raise ModelError(f"{folder}: the pipeline cannot be loaded ({error})") from error


def _source(path_or_text: str | Path | Source | None, text: str | None, name: str | None) -> Source:
    if (path_or_text is None) == (text is None):
        raise TypeError("give either a path or text=…")
    if isinstance(path_or_text, Source):
        return path_or_text
    if isinstance(path_or_text, str) and ("\n" in path_or_text or len(path_or_text) > 500 or not path_or_text.strip()):
        text = path_or_text
    if text is not None:
        if not text.strip():
            raise ReadError(f"{name or 'text'}: the text {'holds nothing but blanks' if text else 'is empty'}")
        return from_text(text, name=name or "text")
    try:
        return read(path_or_text)  # type: ignore[arg-type]
    except ReadError as error:
        if isinstance(path_or_text, str) and isinstance(error.__cause__, OSError) and error.__cause__.errno in (ENOENT, ENAMETOOLONG, EINVAL):
            shown = path_or_text if len(path_or_text) <= 60 else f"{path_or_text[:60]}…"
            raise ReadError(f"{shown}: there is no such file; if this is a text, pass it as text=…") from error
        raise


def extract(path_or_text: str | Path | Source | None = None, *, text: str | None = None, name: str | None = None, nlp: Language | None = None) -> Report:
    """Extract the report from one file or text.

    Args:
        path_or_text: a path, a :class:`~gov_ie.Source`, or a text of several lines.
        text: a text, when it might be taken for a path.
        name: what to call the text in ``report.source``.
        nlp: a pipeline of your own; the shipped one by default.

    Returns:
        the report; ``report.evidence`` points into the text as it was read.

    Raises:
        ReadError: the file cannot be read, or the text is blank; the message says why and what to do.
    """
    job = _Job.of(_source(path_or_text, text, name))
    pipeline = nlp if nlp is not None else load()
    return _finish(job, pipeline(job.input))


def extract_many(
    paths: str | Path | Source | Iterable[str | Path | Source],
    *,
    nlp: Language | None = None,
    n_process: int = 1,
    on_error: Callable[[Path, ReadError], None] | None = None,
    text_column: str | None = None,
    title_column: str | None = None,
) -> Iterator[Report]:
    """Extract the reports of many files, in order, as a stream: of folders, of ZIP archives, and of files with one report a row.

    Args:
        paths: files, folders, or sources, or one of them.
        nlp: a pipeline of your own; the shipped one by default.
        n_process: worker processes; -1 for as many as there are processors.
        on_error: told of each file (``archive.zip!/member`` in an archive) that cannot be read, or whose processing fails, and why.
        text_column: for CSV, JSON, Excel and Parquet with one report a row: name (or number, from 1) of the column with the text; guessed by default, with a warning.
        title_column: of the column with the title, which becomes the first line.

    Yields:
        a report for every file, member and row, also for one that cannot be read, or whose processing fails (``report.source["error"]`` says why).

    Raises:
        GovIEError: ``n_process`` is no number of processes.
        ModelError: the pipeline is missing or does not fit.
    """
    if n_process == -1:
        n_process = os.cpu_count() or 1
    if not isinstance(n_process, int) or n_process < 1:
        raise GovIEError(f"n_process={n_process!r}: give 1 or more worker processes, or -1 for as many as there are processors")
    sources: Iterable[str | Path | Source] = [paths] if isinstance(paths, Source) else as_paths(paths)  # type: ignore[arg-type]
    items = _jobs(sources, text_column, title_column)
    return _reports(items, nlp if nlp is not None else load(), n_process, on_error)


def _reports(items: Iterator[_Job | _Broken], pipeline: Language, n_process: int, on_error: Callable[[Path, ReadError], None] | None) -> Iterator[Report]:
    while block := list(islice(items, 64 * n_process)):
        reports = _processed([item for item in block if isinstance(item, _Job)], pipeline, n_process)
        for item in block:
            report = next(reports) if isinstance(item, _Job) else item
            if isinstance(report, _Broken):
                if on_error is not None:
                    on_error(Path(report.source["path"] or report.source["name"]), report.error)
                report = Report(source={**report.source, "error": str(report.error)}, warnings=[str(report.error)])
            yield report


def _processed(jobs: list[_Job], pipeline: Language, n_process: int) -> Iterator[Report | _Broken]:
    """The report of each, in order. After an error a stream gives nothing more and does not tell whose it was: what is left goes one by one."""
    size = max(1, min(8, -(-len(jobs) // n_process)))
    docs: Iterator[Doc] = iter(pipeline.pipe((job.input for job in jobs), batch_size=size, n_process=n_process if len(jobs) > 1 else 1))
    for job in jobs:
        try:
            doc = next(docs, None)
        except Exception:
            doc = None
        report: Report | _Broken
        try:
            if doc is None or doc.text != job.input:  # an error handler of the pipeline's own leaves documents out
                docs = iter(())
                (doc,) = pipeline.pipe([job.input])
            report = _finish(job, doc)
        except Exception as error:
            report = _Broken.by(error, job.source)
        yield report


def _jobs(paths: Iterable[str | Path | Source], text_column: str | None, title_column: str | None) -> Iterator[_Job | _Broken]:
    for path in paths:
        for item in [path] if isinstance(path, Source) else read_all([path], text_column=text_column, title_column=title_column):
            if not isinstance(item, Source):
                yield _Broken({"name": item.name, "path": item.path}, item.error)
                continue
            job: _Job | _Broken
            try:
                job = _Job.of(item)
            except Exception as error:
                job = _Broken.by(error, item)
            yield job


@dataclass(frozen=True)
class _Broken:
    """What could not be read or processed: what is known of it, and why."""

    source: dict[str, Any]
    error: ReadError

    @classmethod
    def by(cls, error: Exception, source: Source) -> _Broken:
        return cls(source.describe(), unexpected(source.path or source.name, error))


@dataclass(frozen=True)
class _Job:
    """A source on its way: its statistics tables, and the running text that is left for the pipeline."""

    source: Source
    forms: Forms
    prose: Tidied

    @classmethod
    def of(cls, source: Source) -> _Job:
        forms = read_forms(source.text, source.tables)
        return cls(source, forms, source.without(forms.stretches))

    @property
    def input(self) -> str:
        return self.prose.text[:MAX_CHARACTERS]


def _finish(job: _Job, doc: Doc) -> Report:
    """The report of a processed source, its evidence moved to the text as it was read, and what its tables say put in."""
    report: Report = doc._.report or Report()
    text = job.source.text

    def moved(row: _Placed) -> _Placed:
        start, end = job.prose.original(row.start, row.end)
        return row.model_copy(update={"start": start, "end": end, "text": text[start:end]})

    report.evidence = {path: moved(evidence) for path, evidence in report.evidence.items()}
    report.origins = {path: origin.model_copy(update={"considered": [moved(row) for row in origin.considered]}) for path, origin in report.origins.items()}
    report.keep(text, _tags(doc, job))
    compared = fill_from_forms(report, job.forms, text)
    report.checks = [*find_checks(report, unsure=job.forms.unsure), *compared]
    report.source = job.source.describe()
    report.warnings = [*job.source.warnings, *report.warnings, *_cut_off(job.prose.text)]
    return report


def _cut_off(text: str) -> list[str]:
    return [f"only the first {MAX_CHARACTERS} characters were read"] if len(text) > MAX_CHARACTERS else []


def tag(source: Source, *, nlp: Language | None = None) -> dict[str, Any]:
    """Tag a source, offsets into the text as it was read: ``{"name", "text", "ents", "spans"}``. Statistics tables are not tagged."""
    job = _Job.of(source)
    doc = (nlp if nlp is not None else load())(job.input)

    rows = [tag._asdict() for tag in _tags(doc, job)]
    ents = [{key: row[key] for key in ("start", "end", "label")} for row in rows if row["group"] == "ents"]
    return {"name": source.name, "text": source.text, "ents": ents, "spans": [row for row in rows if row["group"] != "ents"]}


def _tags(doc: Doc, job: _Job) -> list[Tag]:
    """The tags of a document, their offsets moved to the text as it was read."""
    from gov_ie.pipeline.components import tags_of

    return [tag._replace(start=start, end=end) for tag in tags_of(doc) for start, end in [job.prose.original(tag.start, tag.end)]]
