"""Confidence: raw scores → the share of such values that was right on the dev reports.

The span classifiers give a score, rules and the tagger none; so each kind of value has its own calibration, fitted on the dev reports with
scikit-learn when the pipeline is built (:mod:`gov_ie.training.calibrate`): a logistic curve over the score where there is one, a plain share
where there is none. Here only the stored figures are applied.
"""

from __future__ import annotations

import math
from typing import Any

from gov_ie.report import Report


def kind_of(path: str) -> str:
    """The kind of value that a path belongs to: ``disclosure.by_category[2].count`` → ``disclosure.by_category``."""
    head = path.split("[")[0]
    top = head.split(".")[0]
    return head if top == "disclosure" and "by_" in head else top


def calibrate(report: Report, calibration: dict[str, Any]) -> None:
    """Replace the raw scores of a report by calibrated confidence, and give the values without a score their kind's share."""
    for path in report.evidence:
        report.confidence[path] = confidence(calibration, path, report.confidence.get(path))


def confidence(calibration: dict[str, Any], path: str, score: float | None) -> float:
    """The calibrated confidence of a value with a raw score, 0 to 1."""
    row = calibration["kinds"].get(kind_of(path), calibration["default"])
    if score is None or "slope" not in row:
        value = row["share"]
    else:
        logit = math.log(max(score, 1e-4) / max(1 - score, 1e-4))
        value = 1 / (1 + math.exp(-(row["slope"] * logit + row["intercept"])))
    return round(min(max(value, 0.0), 1.0), 4)
