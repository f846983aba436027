"""Fitting the confidence of values on the dev reports with scikit-learn (Platt scaling: logistic regression on the log-odds of the score)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language

from gov_ie.assembly.confidence import kind_of
from gov_ie.corpus.reports import AnnotatedReport, expected_facts, read_annotated, tidied_annotations
from gov_ie.labels import UNIT_LABELS
from gov_ie.report import Report
from gov_ie.training.scoring import comparable, leaves

#: Kinds with fewer values than this on the dev reports share one curve.
ENOUGH = 25
_PROSE = {"measures": "MEASURE", "problems": "PROBLEM", "improvements": "IMPROVEMENT"}


class Judged(NamedTuple):
    """A value of a report, and whether the annotated report says so."""

    report: str
    path: str
    score: float | None
    right: bool


def fit_calibration(nlp: Language, folder: Path) -> dict[str, Any]:
    """Measure on the dev reports how often a value of each kind, with each score, is right.

    Returns:
        ``{"kinds": {kind: row}, "default": row}``; a row holds the ``share`` of right values, and ``slope`` and ``intercept`` of the logistic curve.
    """
    return fit(judge(nlp, folder))


def judge(nlp: Language, folder: Path) -> list[Judged]:
    """Every value that a pipeline reads from the annotated reports of a folder, with its score before calibration."""
    assembler: Any = nlp.get_pipe("report")
    stored, assembler.calibration = assembler.calibration, None
    try:
        return [
            Judged(annotated.name, *row)
            for annotated in read_annotated(folder)
            for row in judged_values(annotated, nlp(tidied_annotations(annotated.content).text)._.report)
        ]
    finally:
        assembler.calibration = stored


def fit(values: Iterable[Judged]) -> dict[str, Any]:
    """The calibration of these values, see :func:`fit_calibration`."""
    samples: dict[str, list[tuple[float | None, bool]]] = defaultdict(list)
    for value in values:
        samples[kind_of(value.path)].append((value.score, value.right))
    everything = [sample for rows in samples.values() for sample in rows]
    default = _fit(everything)
    return {"kinds": {kind: _fit(rows) if len(rows) >= ENOUGH else {**default, "share": _share(rows, default["share"])} for kind, rows in sorted(samples.items())}, "default": default}


def judged_values(annotated: AnnotatedReport, report: Report) -> list[tuple[str, float | None, bool]]:
    """``(path, score, right)`` of every value of a report, by the annotated report's expected facts and units."""
    facts = expected_facts(annotated)
    if facts is None:
        return []
    expected = set(leaves(facts))
    units = {comparable(annotated.content.text[a.start : a.end]): a.label for a in annotated.content.of(UNIT_LABELS)}
    rows = []
    for path in report.evidence:
        if path.endswith("].name"):  # judged with its figure
            continue
        top = path.split("[")[0]
        value = comparable(report.get(path.removesuffix(".text")).text if top in _PROSE else report.get(path))
        if top in _PROSE:
            right = units.get(value) == _PROSE[top]
        elif "[" in path:
            item = path[: path.index("]") + 1]
            named = f"{top}[]" if top == "regulations" else f"{top}[{comparable(report.get(item).name)}]{path[len(item) :]}"
            right = (named, value) in expected
        else:
            right = (path, value) in expected
        rows.append((path, report.confidence.get(path), right))
    return rows


def _share(rows: list[tuple[float | None, bool]], prior: float) -> float:
    """The share of right values, drawn towards ``prior`` when there are few."""
    return round((sum(right for _, right in rows) + 4 * prior) / (len(rows) + 4), 4)


def _fit(rows: list[tuple[float | None, bool]]) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression

    row = {"share": _share(rows, 0.9)}
    scored = [(raw, right) for raw, right in rows if raw is not None]
    if len(scored) >= ENOUGH and 0 < sum(right for _, right in scored) < len(scored) and len({raw for raw, _ in scored}) > 5:
        logits = [[math.log(max(raw, 1e-4) / max(1 - raw, 1e-4))] for raw, _ in scored]
        curve = LogisticRegression(C=1.0).fit(logits, [right for _, right in scored])
        if curve.coef_[0][0] > 0:
            row |= {"slope": round(float(curve.coef_[0][0]), 5), "intercept": round(float(curve.intercept_[0]), 5)}
    return row
