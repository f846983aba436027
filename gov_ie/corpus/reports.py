"""Annotated reports as spaCy documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span

from gov_ie.corpus.markup import AnnotatedText, Annotation, parse, read_marked
from gov_ie.errors import AnnotationError
from gov_ie.labels import DENIED, FACTS_KEY, FIGURE_LABELS, NAME_LABELS, NAMES_KEY, NULL_LABEL, ROLES, UNIT_LABELS, UNITS_KEY
from gov_ie.pipeline.figures import find_candidates
from gov_ie.reading.tidy import tidy
from gov_ie.tables.debris import find_debris


@dataclass(frozen=True)
class AnnotatedReport:
    """An annotated report and the file it stands in."""

    name: str
    path: Path
    content: AnnotatedText


def read_annotated(folder: str | Path) -> list[AnnotatedReport]:
    """Read every ``*.txt`` of a folder of annotated reports, in the order of their names.

    Raises:
        AnnotationError: a file breaks the form; the message names it.
    """
    reports = []
    for path in sorted(Path(folder).glob("*.txt")):
        marked = read_marked(path)
        try:
            content = parse(marked)
        except AnnotationError as error:
            raise AnnotationError(f"{path}: {error}", offset=error.offset) from error
        reports.append(AnnotatedReport(path.stem, path, content))
    return reports


def expected_facts(report: AnnotatedReport) -> dict[str, Any] | None:
    """The expected facts beside an annotated report, ``None`` when it has none."""
    path = report.path.with_name(f"{report.name}.facts.json")
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def corpus_hash(folders: Iterable[str | Path]) -> str:
    """SHA-256 over the names and contents of the annotated reports in ``folders``, 16 hexadecimal digits of it."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(Path(folder).glob("*.txt")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def tidied_annotations(content: AnnotatedText) -> AnnotatedText:
    """The annotated text as the pipeline sees it: tidied, its labels moved along. Labels of which nothing is left are dropped."""
    tidied = tidy(content.text)
    here = tidied.inverse()
    moved = []
    for a in content.annotations:
        start = next((here[i] for i in range(a.start, a.end) if i in here), None)
        end = next((here[i] for i in range(a.end - 1, a.start - 1, -1) if i in here), None)
        if start is not None and end is not None and end >= start:
            moved.append(Annotation(start, end + 1, a.label, a.roles))
    return AnnotatedText(tidied.text, tuple(moved))


def to_doc(tokenize: Callable[[str], Doc], content: AnnotatedText, *, misaligned: list[Annotation] | None = None) -> Doc:
    """A document with the gold entities (under whatever labels: the project's and those a user has added), units, names and facts of an annotated report (already tidied).

    Args:
        tokenize: a tokenizer, or ``nlp.make_doc``.
        content: a tidied annotated text.
        misaligned: a list that takes the annotations whose borders fall inside a token; they are left out of the document.
    """
    doc = tokenize(content.text)
    lost = misaligned if misaligned is not None else []

    def spans(annotations: Iterable[Annotation]) -> Iterator[Span]:
        for a in annotations:
            span = doc.char_span(a.start, a.end, label=a.label)
            if span is None:
                lost.append(a)
            else:
                yield span

    doc.set_ents(list(spans(content.entities())))
    doc.spans[UNITS_KEY] = list(spans(content.of(UNIT_LABELS)))
    doc.spans[NAMES_KEY] = list(spans(content.of(NAME_LABELS)))
    doc.spans[FACTS_KEY] = [
        span
        for start, end, role in gold_facts(content)
        if (span := doc.char_span(start, end, label=role, alignment_mode="expand")) is not None
    ]
    return doc


def gold_facts(content: AnnotatedText) -> list[tuple[int, int, str]]:
    """``(start, end, label)`` of every figure with its role, and of every denying clause with ``no_`` and what it denies.

    A denial is annotated as the writer saw it and learned on the clauses it touches, as :mod:`gov_ie.pipeline.figures` cuts them. A clause
    carries one label: of several things denied the first by :data:`~gov_ie.labels.ROLES`; the others are in its words.
    """
    rows = {(a.start, a.end, role) for a in content.of(FIGURE_LABELS) for role in a.roles}
    nulls = content.of([NULL_LABEL])
    if nulls:
        clauses = [c for c in find_candidates(content.text, skip=tuple(find_debris(content.text))) if c.kind == "NULL"]
        for a in nulls:
            first = min(a.roles, key=ROLES.index)
            rows |= {(c.start, c.end, DENIED + first) for c in clauses if c.start < a.end and a.start < c.end}
    return sorted(rows)
