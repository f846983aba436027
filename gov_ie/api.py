"""The main job in Python: load the pipeline, extract reports."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gov_ie.errors import ModelError, ReadError
from gov_ie.reading import Source, find_files, from_text, read
from gov_ie.report import Evidence, Report

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: A text longer than this is cut off, with a warning: no report comes near it.
MAX_CHARACTERS = 200_000
_LOCK = threading.Lock()


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
    if text is not None:
        return from_text(text, name=name or "text")
    if isinstance(path_or_text, Source):
        return path_or_text
    if isinstance(path_or_text, str) and ("\n" in path_or_text or len(path_or_text) > 500):
        return from_text(path_or_text, name=name or "text")
    return read(path_or_text)  # type: ignore[arg-type]


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
        ReadError: the file cannot be read; the message says why and what to do.
    """
    source = _source(path_or_text, text, name)
    pipeline = nlp if nlp is not None else load()
    return _finish(source, pipeline(_input(source)))


def extract_many(
    paths: Iterable[str | Path | Source], *, nlp: Language | None = None, n_process: int = 1, on_error: Callable[[Path, ReadError], None] | None = None
) -> Iterator[Report]:
    """Extract the reports of many files and of the files in folders, in order, as a stream.

    Args:
        paths: files, folders, or sources.
        nlp: a pipeline of your own; the shipped one by default.
        n_process: worker processes.
        on_error: what to do about a file that cannot be read; without it, a report that holds nothing but a warning takes its place.

    Yields:
        a report for every file, also for one that cannot be read (``report.source["error"]`` says why).
    """
    pipeline = nlp if nlp is not None else load()
    items: list[Source | Report] = []

    def flush() -> Iterator[Report]:
        sources = [item for item in items if isinstance(item, Source)]
        size = max(1, min(8, -(-len(sources) // max(n_process, 1))))
        docs = pipeline.pipe((_input(s) for s in sources), batch_size=size, n_process=n_process if len(sources) > 1 else 1)
        for item in items:
            yield _finish(item, next(docs)) if isinstance(item, Source) else item
        items.clear()

    for source in _sources(paths, on_error):
        items.append(source)
        if len(items) >= 64 * n_process:
            yield from flush()
    yield from flush()


def _sources(paths: Iterable[str | Path | Source], on_error: Callable[[Path, ReadError], None] | None) -> Iterator[Source | Report]:
    for path in paths:
        if isinstance(path, Source):
            yield path
            continue
        for file in find_files([path]):
            try:
                yield read(file)
            except ReadError as error:
                if on_error is not None:
                    on_error(file, error)
                yield Report(source={"name": file.name, "path": str(file), "error": str(error)}, warnings=[str(error)])


def _input(source: Source) -> str:
    return source.tidied.text[:MAX_CHARACTERS]


def _finish(source: Source, doc: Doc) -> Report:
    """The report of a processed source, its evidence moved to the text as it was read."""
    report: Report = doc._.report or Report()
    tidied = source.tidied
    moved = {}
    for path, evidence in report.evidence.items():
        start, end = tidied.original(evidence.start, evidence.end)
        moved[path] = Evidence(start=start, end=end, text=source.text[start:end])
    report.evidence = moved
    report.source = source.describe()
    report.warnings = [*source.warnings, *report.warnings, *_cut_off(tidied.text)]
    return report


def _cut_off(text: str) -> list[str]:
    return [f"only the first {MAX_CHARACTERS} characters were read"] if len(text) > MAX_CHARACTERS else []


def tag(source: Source, doc: Doc) -> dict[str, Any]:
    """The tags of a processed source, offsets into the text as it was read: ``{"name", "text", "ents", "spans"}``."""
    tidied = source.tidied

    def row(span: Any) -> dict[str, Any]:
        start, end = tidied.original(span.start_char, span.end_char)
        return {"start": start, "end": end, "label": span.label_}

    spans = [{**row(span), "group": key} for key, group in doc.spans.items() for span in group]
    return {"name": source.name, "text": source.text, "ents": [row(e) for e in doc.ents], "spans": spans}
