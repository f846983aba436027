"""Check annotated reports: ``python -m gov_ie.corpus.lint FILE…`` (also ``gov-ie lint``).

An *error* breaks the guideline; a *hint* is a stretch that usually carries a label and does not.

Who adds an entity label of their own names it in ``labels.json`` beside the reports, or above their ``train`` and ``dev``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from gov_ie.corpus.markup import AnnotatedText, Annotation, parse
from gov_ie.errors import AnnotationError
from gov_ie.labels import ENTITY_LABELS, FIGURE_LABELS, NAME_LABELS, NULL_LABEL, ROLE_FIELDS, UNIT_LABELS
from gov_ie.pipeline.units import cut_units
from gov_ie.reading.tidy import tidy
from gov_ie.tables.debris import find_debris

_KNOWN = {*ENTITY_LABELS, *UNIT_LABELS, *NAME_LABELS, NULL_LABEL}
#: The file that names entity labels which the project does not have: ``{"PLATFORM": "what it covers, and what not"}``.
OWN_LABELS = "labels.json"
_EDGES = re.compile(r"^[\s，。；：、,;:！？]|[\s，。；：、,;:！？]$")
_HINTS = (
    ("COUNT", re.compile(r"\d(?:[\d,，.]*\d)?[余多]?[万亿]?[余多]?(?:条|件|份|次|人次|篇|期|场|宗|例|起|项|个(?!工作日|月|自然日))")),
    ("YEAR", re.compile(r"(?<![\d-])(?:19|20)\d\d年(?:度)?(?!\d|底|初|末|[一二]|上半|下半)")),
    ("DATE", re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?")),
    ("PERCENT", re.compile(r"\d+(?:\.\d+)?[%％]")),
    ("REGULATION", re.compile(r"《[^》]*(?:条例|办法|规定|意见|通知|要点|方案|细则|指南|目录|制度)[^》]*》")),
    ("MONEY", re.compile(r"\d[\d.]*(?:万|亿)?元")),
)


@dataclass(frozen=True)
class Finding:
    """One finding: where in the file (line and column from 1), how grave, and what."""

    line: int
    column: int
    level: str
    message: str


def read_own_labels(folder: str | Path) -> dict[str, str]:
    """The entity labels that ``labels.json`` adds for the reports in a folder, each with what it covers; none without that file.

    A folder ``train`` or ``dev`` without the file has that of the folder above it.

    Raises:
        AnnotationError: the file is no JSON object of names and meanings, or a name cannot be a new label.
    """
    here = Path(folder)
    places = [here, here.resolve().parent] if here.resolve().name in ("train", "dev") else [here]
    path = next((p / OWN_LABELS for p in places if (p / OWN_LABELS).is_file()), None)
    if path is None:
        return {}
    try:
        labels = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise AnnotationError(f"{path}: offset {error.pos}: no JSON ({error.msg}); write {{\"LABEL\": \"what it covers\"}}", offset=error.pos) from error
    except UnicodeDecodeError as error:
        raise AnnotationError(f"{path}: offset {error.start}: not UTF-8; save the file as UTF-8", offset=error.start) from error
    if not isinstance(labels, dict) or not all(isinstance(meaning, str) for meaning in labels.values()):
        raise AnnotationError(f'{path}: offset 0: write one object, {{"LABEL": "what it covers"}}', offset=0)
    for label in labels:
        if label in _KNOWN:
            raise AnnotationError(f"{path}: {label} is a label of the project already; leave it out here, or take another name")
        if re.fullmatch("[A-Z]+", label) is None:
            raise AnnotationError(f"{path}: {label!r} cannot be a label; write it in capital letters A to Z")
    return labels


def lint_text(marked: str, *, own: Collection[str] = ()) -> Iterator[Finding]:
    """Yield what is wrong, or looks wrong, in one annotated report.

    Args:
        marked: the report with its labels in braces.
        own: entity labels besides those of the project (:func:`read_own_labels`).
    """
    try:
        annotated = parse(marked)
    except AnnotationError as error:
        yield Finding(*_place(marked, error.offset or 0), "error", str(error))
        return
    places = annotated.places or (0,)
    text = annotated.text

    def finding(offset: int, level: str, message: str) -> Finding:
        return Finding(*_place(marked, places[min(offset, len(places) - 1)]), level, message)

    for annotation in annotated.annotations:
        shown = text[annotation.start : annotation.end].replace("\n", "⏎")
        shown = shown if len(shown) < 30 else shown[:27] + "…"
        if annotation.label not in _KNOWN and annotation.label not in own:
            yield finding(annotation.start, "error", f"{{{annotation.label} {shown}}}: no such label (one of your own is named in {OWN_LABELS} first)")
        for role in annotation.roles:
            if role not in ROLE_FIELDS:
                yield finding(annotation.start, "error", f"{{{annotation.label}:{role} {shown}}}: no such role")
        if annotation.roles and annotation.label not in (*FIGURE_LABELS, NULL_LABEL):
            yield finding(annotation.start, "error", f"{{{annotation.label} {shown}}}: only figures and NULL carry roles")
        if annotation.label == NULL_LABEL and not annotation.roles:
            yield finding(annotation.start, "error", f"{{NULL {shown}}}: says not what is denied ({{NULL:received …}})")
        if _EDGES.search(text[annotation.start : annotation.end]):
            yield finding(annotation.start, "error", f"{{{annotation.label} {shown}}}: begins or ends with a blank or a mark")
    yield from (finding(a.start, "error", m) for a, m in _overlaps(annotated))
    yield from (finding(a.start, "error", m) for a, m in _off_units(annotated))
    yield from (finding(at, "hint", m) for at, m in _unlabelled(annotated))


def _overlaps(annotated: AnnotatedText) -> Iterator[tuple[Annotation, str]]:
    for stretches, kind in ((annotated.entities(), "entities"), (annotated.of(UNIT_LABELS), "units")):
        end, before = -1, None
        for annotation in stretches:
            if annotation.start < end and before is not None:
                yield annotation, f"{kind} overlap: {annotated.text[annotation.start : annotation.end]!r} lies in {before.label}"
            if annotation.end > end:
                end, before = annotation.end, annotation


def _off_units(annotated: AnnotatedText) -> Iterator[tuple[Annotation, str]]:
    """Units that the cutter does not propose: they could never be learned."""
    tidied = tidy(annotated.text)
    candidates = dict(tidied.original(s, e) for s, e in cut_units(tidied.text))
    for annotation in annotated.of(UNIT_LABELS):
        expected = candidates.get(annotation.start)
        if expected == annotation.end:
            continue
        if expected is None:
            near = [c for c in candidates.items() if c[0] < annotation.end and annotation.start < c[1]]
            hint = f"; the cutter finds {[annotated.text[s:e][:24] for s, e in sorted(near)]}"
        else:
            hint = f"; the cutter ends it with …{annotated.text[max(expected - 12, 0) : expected]!r}"
        yield annotation, f"{{{annotation.label} {annotated.text[annotation.start : annotation.end][:16]}…}} is not a whole unit{hint}"


def _unlabelled(annotated: AnnotatedText) -> Iterator[tuple[int, str]]:
    taken = [False] * (len(annotated.text) + 1)
    for annotation in annotated.entities():
        taken[annotation.start : annotation.end] = [True] * (annotation.end - annotation.start)
    for start, end in find_debris(annotated.text):
        taken[start:end] = [True] * (end - start)
    for label, pattern in _HINTS:
        for match in pattern.finditer(annotated.text):
            if not any(taken[match.start() : match.end()]):
                yield match.start(), f"{match.group()!r} looks like {label} and carries no label"


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def main(paths: list[str] | None = None) -> int:
    """Lint the files given; exit status 1 when an error is found."""
    errors = 0
    for name in sys.argv[1:] if paths is None else paths:
        for found in lint_text(Path(name).read_text(encoding="utf-8"), own=read_own_labels(Path(name).parent)):
            errors += found.level == "error"
            print(f"{name}:{found.line}:{found.column}: {found.level}: {found.message}")
    return 1 if errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
