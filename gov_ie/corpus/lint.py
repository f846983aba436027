"""Check annotated reports: ``python -m gov_ie.corpus.lint PATH…`` (also ``gov-ie lint``).

An *error* breaks the guideline, cannot be learned, or states what the report does not hold; a *hint* is a place that deserves a look: mostly a stretch that usually carries a label
and does not. Each file is checked by itself, with the expected facts beside it (:mod:`gov_ie.facts`), then all together (:mod:`gov_ie.corpus.consistency`).

Who adds an entity label of their own names it in ``labels.json`` beside the reports, or above their ``train`` and ``dev``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from spacy.vocab import Vocab

from gov_ie.corpus.consistency import find_inconsistencies
from gov_ie.corpus.findings import Finding, found_at, line_and_column
from gov_ie.corpus.markup import AnnotatedText, Annotation, parse, read_marked
from gov_ie.corpus.reports import AnnotatedReport, tidied_annotations, to_doc
from gov_ie.errors import AnnotationError
from gov_ie.facts import doubtful_values, facts_path, read_facts
from gov_ie.labels import ENTITY_LABELS, FIGURE_LABELS, NAME_LABELS, NULL_LABEL, ROLE_FIELDS, UNIT_LABELS
from gov_ie.pipeline.tokenizer import PkusegTokenizer
from gov_ie.pipeline.units import cut_units
from gov_ie.reading.tidy import Tidied, tidy
from gov_ie.tables.debris import find_debris

_KNOWN = {*ENTITY_LABELS, *UNIT_LABELS, *NAME_LABELS, NULL_LABEL}
#: The file that names entity labels which the project does not have: ``{"PLATFORM": "what it covers, and what not"}``.
OWN_LABELS = "labels.json"
#: The name that goes with a figure of this role.
_NAMED = {"category": "CATEGORY", "channel": "CHANNEL", "route": "ROUTE"}
#: What states a role, where it is not a COUNT.
_STATED_BY = {"electronic_rate": ("PERCENT",), "category": ("COUNT", "PERCENT"), "fees_charged": ("MONEY",), "fees_waived": ("MONEY",), "budget": ("MONEY",)}
_GROUPS = {**dict.fromkeys(UNIT_LABELS, "units"), **dict.fromkeys(NAME_LABELS, "names"), NULL_LABEL: "denials"}
#: How far a figure's name may stand from it, in characters; in the project's reports none stands farther off.
_NEAR = 120
_NO_BODY = re.compile(r"[我本](?:机关|单位|部门|街道|中心|[省市县区乡镇局厅委办处院所站队])|各(?:[省市州县区旗乡镇村级局厅委处科股]|部门|单位|街道).*|有关部门|上级(?:机关|部门)?|全[省市县区乡镇]|局|厅|办公室|中央")
_MARKS = re.compile(r"[。；！？;!?]")
_QUOTED = re.compile(r"《.*》", re.DOTALL)
_EDGES = re.compile(r"^[\s，。；：、,;:！？]|[\s，。；：、,;:！？]$")
_HINTS = (
    ("COUNT", re.compile(r"(?<![第\d.,，])(?<!信息计)\d(?:[\d,，.]*\d)?[余多]?[万亿]?[余多]?(?:条|件|份|次|人次|篇|期|场|宗|例|起|项|个(?!工作日|月|自然日))")),
    ("YEAR", re.compile(r"(?<![\d-])(?:19|20)\d\d年(?:度)?(?!\d|底|初|末|[一二]|上半|下半)")),
    ("DATE", re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?")),
    ("PERCENT", re.compile(r"\d+(?:\.\d+)?[%％]")),
    ("REGULATION", re.compile(r"《[^》]*(?:条例|办法|规定|意见|通知|要点|方案|细则|指南|目录|制度)[^》]*》")),
    ("MONEY", re.compile(r"\d[\d.]*(?:万|亿)?元")),
)


def read_own_labels(folder: str | Path) -> dict[str, str]:
    """The entity labels that ``labels.json`` adds for the reports in a folder, each with what it covers; none without that file.

    A folder ``train`` or ``dev`` without the file has that of the folder above it.

    Raises:
        AnnotationError: the file is no JSON object of names and meanings, or a name cannot be a new label.
    """
    path = _own_labels_path(Path(folder))
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


def _own_labels_path(folder: Path) -> Path | None:
    places = [folder, folder.resolve().parent] if folder.resolve().name in ("train", "dev") else [folder]
    return next((place / OWN_LABELS for place in places if (place / OWN_LABELS).is_file()), None)


def lint_text(marked: str, *, own: Collection[str] = ()) -> Iterator[Finding]:
    """Yield what is wrong, or looks wrong, in one annotated report.

    Args:
        marked: the report with its labels in braces.
        own: entity labels besides those of the project (:func:`read_own_labels`).
    """
    try:
        annotated = parse(marked)
    except AnnotationError as error:
        yield Finding(*line_and_column(marked, error.offset or 0), "error", str(error))
        return
    text = annotated.text

    def finding(offset: int, level: str, message: str) -> Finding:
        return found_at(annotated, offset, level, message)

    for annotation in annotated.annotations:
        shown = _shown(annotated, annotation)
        if annotation.label not in _KNOWN and annotation.label not in own:
            yield finding(annotation.start, "error", f"{{{annotation.label} {shown}}}: no such label (one of your own is named in {OWN_LABELS} first)")
        for role in annotation.roles:
            if role not in ROLE_FIELDS:
                yield finding(annotation.start, "error", f"{{{annotation.label}:{role} {shown}}}: no such role")
        if annotation.roles and annotation.label not in (*FIGURE_LABELS, NULL_LABEL):
            yield finding(annotation.start, "error", f"{{{annotation.label} {shown}}}: only figures and NULL carry roles")
        for role in annotation.roles if annotation.label in FIGURE_LABELS else ():
            if role in ROLE_FIELDS and annotation.label not in _STATED_BY.get(role, ("COUNT",)):
                yield finding(annotation.start, "error", f"{{{annotation.label} {shown}}}: {role} is stated by a {' or a '.join(_STATED_BY.get(role, ('COUNT',)))}")
        if annotation.label == NULL_LABEL and not annotation.roles:
            yield finding(annotation.start, "error", f"{{NULL {shown}}}: says not what is denied ({{NULL:received …}})")
        if _EDGES.search(text[annotation.start : annotation.end]):
            yield finding(annotation.start, "error", f"{{{annotation.label} {shown}}}: begins or ends with a blank or a mark")
    tidied = tidy(text)
    overlapping = list(_overlaps(annotated))
    yield from (finding(a.start, "error", m) for a, m in overlapping)
    yield from (finding(a.start, "error", m) for a, m in _off_units(annotated, tidied))
    yield from (finding(a.start, "error", m) for a, m in _off_tokens(annotated, tidied, {a for a, _ in overlapping}))
    yield from (finding(at, "hint", m) for at, m in _unlabelled(annotated))
    yield from (finding(a.start, "hint", m) for a, m in _unlikely(annotated))


def lint_facts(report: AnnotatedReport) -> Iterator[Finding]:
    """Yield what is wrong, or looks wrong, in the expected facts beside a report (``NAME.facts.json``); nothing where there are none. The places are those in that file."""
    path = facts_path(report.path)
    if not path.is_file():
        return
    try:
        facts = read_facts(path)
    except (AnnotationError, OSError) as error:
        yield _refusal(path, error)
        return
    content = report.content
    figures = [(role, a.label, content.text[a.start : a.end]) for a in content.of(FIGURE_LABELS) for role in a.roles]
    denied = {role for a in content.of([NULL_LABEL]) for role in a.roles}
    for level, field, message in doubtful_values(facts.report, content.text, figures, denied):
        yield Finding(*line_and_column(facts.raw, facts.place(field)), level, f"{field}: {message}")


def _overlaps(annotated: AnnotatedText) -> Iterator[tuple[Annotation, str]]:
    """Labels inside others that cannot be: of one kind (a tagger or classifier sets one of them at a place), and units inside anything."""
    around: list[Annotation] = []
    for annotation in annotated.annotations:
        while around and around[-1].end <= annotation.start:
            around.pop()
        kind = _GROUPS.get(annotation.label, "entities")
        for outer in around:
            if _GROUPS.get(outer.label, "entities") == kind:
                yield annotation, f"{kind} overlap: {annotated.text[annotation.start : annotation.end]!r} lies in {outer.label}"
                break
            if kind == "units" and (outer.start, outer.end) != (annotation.start, annotation.end):
                yield annotation, f"{{{annotation.label} {_shown(annotated, annotation)}}} lies in {outer.label}; a unit may hold other labels, and none may hold it"
                break
        around.append(annotation)
    for annotation in annotated.of(ENTITY_LABELS):
        words = annotated.text[annotation.start : annotation.end]
        if annotation.label not in ("URL", "EMAIL") and _MARKS.search(_QUOTED.sub("", words)):
            yield annotation, f"{{{annotation.label} {_shown(annotated, annotation)}}} runs over the end of a unit"


def _off_units(annotated: AnnotatedText, tidied: Tidied) -> Iterator[tuple[Annotation, str]]:
    """Units that the cutter does not propose: they could never be learned."""
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


def _off_tokens(annotated: AnnotatedText, tidied: Tidied, overlapping: Collection[Annotation]) -> Iterator[tuple[Annotation, str]]:
    """Labels that end inside a token, and those of which tidying leaves nothing: they could never be learned.

    What a denial covers is learned on whole clauses, so it needs no token's border.
    """
    kept = set(tidied.offsets)
    sound = []
    for annotation in annotated.annotations:
        if kept.isdisjoint(range(annotation.start, annotation.end)):
            yield annotation, f"{{{annotation.label} {_shown(annotated, annotation)}}} covers a page number or a crawler's residue, which the program does not read"
        elif annotation.label != NULL_LABEL and annotation not in overlapping:
            sound.append(annotation)
    content = tidied_annotations(AnnotatedText(annotated.text, tuple(sound)))
    lost: list[Annotation] = []
    doc = to_doc(_tokenizer(), content, misaligned=lost)
    for annotation, seen in zip(sound, content.annotations, strict=True):
        if seen not in lost:
            continue
        token = next((t for t in doc if any(t.idx < border < t.idx + len(t) for border in (seen.start, seen.end))), None)
        if token is not None:
            yield annotation, f"{{{annotation.label} {_shown(annotated, annotation)}}} begins or ends inside {token.text!r}, which the tokenizer keeps together"


@cache
def _tokenizer() -> PkusegTokenizer:
    """The pipeline's tokenizer without a segmenter: pkuseg's cuts are features of the characters, and move no border of a token."""
    return PkusegTokenizer(Vocab(), granularity="characters")


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


def _unlikely(annotated: AnnotatedText) -> Iterator[tuple[Annotation, str]]:
    """Labels in a printed form, words that are no body's name, and figures of which it is not said what they are of."""
    forms = list(find_debris(annotated.text))
    for annotation in annotated.annotations:
        shown = _shown(annotated, annotation)
        if any(start <= annotation.start and annotation.end <= end for start, end in forms):
            yield annotation, f"{{{annotation.label} {shown}}} stands in a printed form, whose text carries no label"
        if annotation.label == "ORG" and _NO_BODY.fullmatch(shown):
            yield annotation, f"{{ORG {shown}}} is the name of no particular body"
        for role in annotation.roles if annotation.label in FIGURE_LABELS else ():
            name = _NAMED.get(role)
            if name is not None and not any(annotation.start - _NEAR < a.end and a.start < annotation.end + _NEAR for a in annotated.of([name])):
                yield annotation, f"{{{annotation.label}:{role} {shown}}} has no {{{name} …}} near it"


def _shown(annotated: AnnotatedText, annotation: Annotation) -> str:
    words = re.sub(r"\r?\n", "⏎", annotated.text[annotation.start : annotation.end])
    return words if len(words) < 30 else words[:27] + "…"


def find_reports(paths: Iterable[Path]) -> Iterator[Path | tuple[Path, Finding]]:
    """The annotated reports behind files and folders, each once; of a folder ``*.txt`` in it and in ``train`` and ``dev`` below. What is none, or is missing, comes as a finding."""
    seen: set[Path] = set()
    for path in paths:
        files = [path]
        if path.is_dir():
            folders = (path, path / "train", path / "dev")
            files = [file for folder in folders for file in sorted(folder.glob("*.txt"))]
            if not files:
                yield path, Finding(1, 1, "error", "no annotated report (*.txt) in this folder, nor in train/ or dev/ below")
            alone = {facts for folder in folders for facts in folder.glob("*.facts.json")} - {facts_path(file) for file in files}
            yield from ((facts, Finding(1, 1, "error", "no report of this name (*.txt) beside it")) for facts in sorted(alone))
        for file in files:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def lint_paths(paths: Iterable[Path]) -> tuple[list[tuple[Path, Finding]], int]:
    """Check files and folders of annotated reports, each by itself and all together.

    Returns:
        the findings, each with the file it is about, file by file in the order given and by place; and how many reports were looked at.
    """
    found: dict[Path, list[Finding]] = {}
    own: dict[Path, dict[str, str]] = {}
    reports: list[AnnotatedReport] = []
    number = 0
    for item in find_reports(paths):
        if isinstance(item, tuple):
            found.setdefault(item[0], []).append(item[1])
            continue
        number += 1
        if item.parent not in own:
            try:
                own[item.parent] = read_own_labels(item.parent)
            except AnnotationError as error:
                own[item.parent] = {}
                path = _own_labels_path(item.parent) or item.parent
                found[path] = [_refusal(path, error)]
        here = found.setdefault(item, [])
        try:
            marked = read_marked(item)
        except (AnnotationError, OSError) as error:
            here.append(_refusal(item, error))
            continue
        here.extend(lint_text(marked, own=own[item.parent]))
        try:
            report = AnnotatedReport(item.stem, item, parse(marked))
        except AnnotationError:
            continue  # found above
        reports.append(report)
        found[facts_path(item)] = list(lint_facts(report))
    for path, finding in find_inconsistencies(reports):
        found[path].append(finding)
    return [(path, finding) for path, here in found.items() for finding in sorted(here, key=lambda f: (f.line, f.column))], number


def _refusal(path: Path, error: AnnotationError | OSError) -> Finding:
    """A file that cannot be read, as a finding; an offset counts characters, in a file that is no UTF-8 bytes."""
    if isinstance(error, OSError):
        return Finding(1, 1, "error", f"cannot be read ({error.strerror})")
    data = path.read_bytes()
    try:
        before = data.decode("utf-8")[: error.offset or 0]
    except UnicodeDecodeError:
        before = data[: error.offset or 0].decode("utf-8", errors="replace")
    return Finding(*line_and_column(before, len(before)), "error", str(error).removeprefix(f"{path}: "))


def main(paths: list[str] | None = None) -> int:
    """Lint files and folders; print ``file:line:column: level: message`` for each finding, and their number on standard error. Exit status 1 when an error is found."""
    found, number = lint_paths(Path(name) for name in (sys.argv[1:] if paths is None else paths))
    for path, finding in found:
        print(f"{path}:{finding.line}:{finding.column}: {finding.level}: {finding.message}")
    errors = sum(finding.level == "error" for _, finding in found)
    print(f"{number} report(s): {errors} error(s), {len(found) - errors} hint(s)", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
