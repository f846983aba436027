"""Reports annotated beforehand by the pipeline, the least certain first: correcting labels is quicker than setting them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gov_ie.corpus.formats import FORMATS, LeftOut, Task, read_tasks
from gov_ie.corpus.formats.tasks import write_exactly
from gov_ie.corpus.lint import read_own_labels
from gov_ie.corpus.markup import AnnotatedText, Annotation, format_marked
from gov_ie.errors import AnnotationError, GovIEError, ReadError
from gov_ie.labels import DENIED, ENTITY_LABELS, FACTS_KEY, FIGURE_LABELS, NAME_LABELS, NAMES_KEY, NULL_LABEL, ROLES, UNIT_LABELS, UNITS_KEY
from gov_ie.limits import MAX_CHARACTERS
from gov_ie.reading import Failure, Source
from gov_ie.tables import read_forms

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: The key under which the tagger leaves the entities it found, with their scores; ``doc.ents`` has the rules' in it and no scores.
_ENTITIES_KEY = "ents"
#: The share of a report's scores, from the lowest, whose mean is its certainty: a few doubts drown in hundreds of years and counts.
_DOUBTFUL = 0.1
_ENDING = re.compile(r"\.[A-Za-z]{2,5}$")
_NO_NAME = re.compile(r"[^\w.\-]+")
_INDEX = ("name", "certainty", "labels", "left_out", "source")


@dataclass(frozen=True)
class Preannotated:
    """A report with the pipeline's labels: ``task``, how many labels were left out because they crossed surer ones, and the file it was read from."""

    task: Task
    left_out: int
    source: str


class _Found(NamedTuple):
    annotation: Annotation
    rank: int
    score: float


def preannotate(items: Iterable[Source | Failure], nlp: Language) -> Iterator[Preannotated | ReadError]:
    """Annotate reports with a pipeline.

    Args:
        items: what :func:`gov_ie.reading.read_all` yields.
        nlp: a trained pipeline.

    Yields:
        for every report its tidied text without the statistics tables, with labels; in place of one that cannot be read, why.
    """
    for item in items:
        if isinstance(item, Failure):
            yield item.error
            continue
        text = item.without(read_forms(item.text, item.tables).stretches).text
        if len(text) > MAX_CHARACTERS:
            yield ReadError(f"{item.path or item.name}: {len(text)} characters are too many for one report; cut the file into its reports")
            continue
        doc = nlp(text)
        found = _found(doc)
        kept = _without_crossings(found)
        content = AnnotatedText(text, tuple(f.annotation for f in sorted(kept, key=lambda f: (f.annotation.start, -f.annotation.end, f.rank))))
        yield Preannotated(Task(_ENDING.sub("", item.name), content, certainty(_scores(doc))), len(found) - len(kept), item.path or item.name)


def own_labels(nlp: Language) -> list[str]:
    """The entity labels of a pipeline that the project does not have: a user added them, and trained it with them."""
    return [label for label in nlp.pipe_labels.get("ner", []) if label not in ENTITY_LABELS]


def certainty(scores: Sequence[float]) -> float:
    """The mean of the lowest tenth of a report's scores, from 0 to 1; a report in which nothing was found is not certain at all."""
    if not len(scores):
        return 0.0
    lowest = sorted(float(score) for score in scores)
    return float(np.mean(lowest[: max(1, round(len(lowest) * _DOUBTFUL))]))


def _scores(doc: Doc) -> list[float]:
    return [score for key in (_ENTITIES_KEY, NAMES_KEY, UNITS_KEY, FACTS_KEY) for _, score in _scored(doc, key)]


def _scored(doc: Doc, key: str) -> list[tuple[Any, float]]:
    """The spans of a group, with their scores; what has none was set by a rule and counts as sure."""
    if key not in doc.spans:
        return []
    group = doc.spans[key]
    scores = group.attrs.get("scores")
    return [(span, float(np.max(scores[i])) if scores is not None and i < len(scores) else 1.0) for i, span in enumerate(group)]


def _found(doc: Doc) -> list[_Found]:
    """The pipeline's spans as annotations: what a figure counts goes to the figure, what a clause denies becomes a ``NULL``."""
    facts: dict[tuple[int, int], list[tuple[str, float]]] = {}
    for span, score in _scored(doc, FACTS_KEY):
        facts.setdefault((span.start_char, span.end_char), []).append((span.label_, score))
    tagged = {(s.start_char, s.end_char, s.label_): score for s, score in _scored(doc, _ENTITIES_KEY)}
    found: list[_Found] = []
    for entity in doc.ents:
        place = (entity.start_char, entity.end_char)
        told = facts.get(place, []) if entity.label_ in FIGURE_LABELS else []
        roles = tuple(role for role in ROLES if any(label == role for label, _ in told))
        found.append(_Found(Annotation(*place, entity.label_, roles), 3, min([tagged.get((*place, entity.label_), 1.0), *(score for _, score in told)])))
    for place, told in facts.items():
        denied = tuple(role for role in ROLES if any(label == DENIED + role for label, _ in told))
        if denied:
            found.append(_Found(Annotation(*place, NULL_LABEL, denied), 1, min(score for _, score in told)))
    for key, labels, rank in ((UNITS_KEY, UNIT_LABELS, 0), (NAMES_KEY, NAME_LABELS, 2)):
        found += [_Found(Annotation(s.start_char, s.end_char, s.label_), rank, score) for s, score in _scored(doc, key) if s.label_ in labels]
    return found


def _without_crossings(found: list[_Found]) -> list[_Found]:
    """What braces can hold: of two labels that cross, or that say the same twice, the surer one."""
    kept: list[_Found] = []
    for new in sorted(found, key=lambda f: (-f.score, f.rank, f.annotation)):
        if not any(_clash(new.annotation, old.annotation) for old in kept):
            kept.append(new)
    return kept


def _clash(one: Annotation, other: Annotation) -> bool:
    if (one.start, one.end) == (other.start, other.end):
        return one.label == other.label
    first, second = sorted([one, other], key=lambda a: (a.start, -a.end))
    return first.start < second.start < first.end < second.end


def write_preannotated(reports: Iterable[Preannotated], folder: Path, *, to: str = "markup", own: Collection[str] = ()) -> list[Preannotated]:
    """Write annotated reports into a folder, the least certain first, with ``index.csv``.

    Args:
        reports: the reports, in any order.
        folder: where they go; made when it is missing.
        to: ``"markup"`` for the project's own form, or a key of :data:`~gov_ie.corpus.formats.FORMATS`.
        own: entity labels besides those of the project (:func:`own_labels`).

    Returns:
        the reports as written: in their order, their names numbered.

    Raises:
        GovIEError: the folder is not empty, cannot be made or written to, or there is no such format.
    """
    if to != "markup" and to not in FORMATS:
        raise GovIEError(f"{to!r}: no such format; choose markup, {', '.join(FORMATS)}")
    check_empty(folder)
    ordered = sorted(reports, key=lambda r: (r.task.certainty or 0.0, r.source, r.task.name))
    width = max(3, len(str(len(ordered))))
    named = [
        Preannotated(Task(f"{number:0{width}d}-{_file_name(r.task.name)}", r.task.content, r.task.certainty), r.left_out, r.source)
        for number, r in enumerate(ordered, 1)
    ]  # fmt: skip
    tasks = [r.task for r in named]
    _make(folder)
    if to == "markup":
        for task in tasks:
            write_exactly(folder / f"{task.name}.txt", format_marked(task.content.text, task.content.annotations))
    else:
        FORMATS[to].write(tasks, folder, own)
    rows = io.StringIO()
    table = csv.writer(rows)
    table.writerow(_INDEX)
    for r in named:
        table.writerow([r.task.name, f"{r.task.certainty or 0.0:.4f}", len(r.task.content.annotations), r.left_out, r.source])
    # with the mark by which spreadsheet programs know UTF-8
    write_exactly(folder / "index.csv", "\ufeff" + rows.getvalue())
    return named


def import_finished(paths: Sequence[Path], folder: Path, *, source: str) -> tuple[list[Path], list[LeftOut]]:
    """Bring finished tasks of an annotation tool back as annotated reports, ``NAME.txt`` each. Nothing is written unless all can be.

    Args:
        paths: files and folders.
        folder: where the reports go; made when it is missing. A file that is there already is not written over. Its ``labels.json`` may name
            entity labels besides those of the project.
        source: a key of :data:`~gov_ie.corpus.formats.FORMATS`.

    Returns:
        the files written, and what was left out, with the reason.

    Raises:
        AnnotationError: a file cannot be read, or holds what an annotated report cannot; the message names file, task and offset.
        GovIEError: there is no such format, two reports have one name, or a report of that name is there already.
    """
    if source not in FORMATS:
        raise GovIEError(f"{source!r}: no such format; choose one of {', '.join(FORMATS)}")
    marked: dict[Path, str] = {}
    left_out: list[LeftOut] = []
    for item in read_tasks(paths, FORMATS[source], read_own_labels(folder)):
        if isinstance(item, LeftOut):
            left_out.append(item)
            continue
        target = folder / f"{item.name}.txt"
        if target in marked:
            raise AnnotationError(f"two reports are called {item.name!r}; import their files into different folders, or change a name")
        if target.exists():
            raise AnnotationError(f"{target}: is there already and is not written over; take it away or choose another folder")
        marked[target] = format_marked(item.content.text, item.content.annotations)
    _make(folder)
    return [write_exactly(target, text) for target, text in marked.items()], left_out


def check_empty(folder: Path) -> None:
    """Refuse a folder in which something is: the numbers of an earlier run would mix with the new ones.

    Raises:
        GovIEError: it is a file, or not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GovIEError(f"{folder}: is no empty folder; choose another one, so that corrected reports are not written over")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GovIEError(f"{folder}: cannot be made ({error.strerror})") from error


def _file_name(name: str) -> str:
    """A report's name as part of a file's name: letters, digits, and ``._-``, at most 60 characters."""
    return _NO_NAME.sub("-", name).strip("-.")[:60] or "report"
